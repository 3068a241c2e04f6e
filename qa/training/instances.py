"""What the reader learns from: a question, a text, and what is right about them."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from index.sentences.splitting import split_text
from index.types import Range


class Paragraph(Struct, frozen=True):
    """A text that questions were asked on. title: its document's, empty where the set has none."""

    document: str
    title: str
    text: str


class LabelledQuestion(Struct, frozen=True):
    """A question asked on `paragraph`. spans: right answers in its text; none means that it has none.

    exact: whether the spans are the answers' own words, not whole sentences or sections that hold them.
    """

    question: str
    paragraph: Paragraph
    spans: tuple[tuple[int, int], ...]
    exact: bool = True


class Instance(Struct, frozen=True):
    """One thing to read. spans: right answers, None where the text answers and it is not known by which words.

    answerable: whether the text answers. relevant: whether it is about what is asked, None where that is not known.
    exact: whether the spans are the answers' own words, not whole sentences or sections that hold them.
    units: what `sentences` gives, where the text is not running text.
    """

    question: str
    head: str
    text: str
    spans: tuple[tuple[int, int], ...] | None
    answerable: bool
    relevant: bool | None
    exact: bool = True
    units: tuple[tuple[int, int, bool], ...] = ()

    def sentences(self) -> list[tuple[int, int, bool]]:
        """Each sentence's range, and whether it answers: whether it has a span, or all of a text without spans."""
        if self.units:
            return list(self.units)
        parts = split_text(self.text)
        return [(part.start, part.end, self.answerable and _shares(part, self.spans)) for part in parts]


def load_questions(folder: Path) -> list[LabelledQuestion]:
    """The questions of a set's folder, each with its paragraph, in the file's order."""
    documents = {row["doc_id"]: row for row in _rows(folder / "corpus.jsonl.gz")}
    paragraphs: dict[tuple[str, int, int], Paragraph] = {}
    asked = []
    for row in _rows(folder / "questions.jsonl.gz"):
        if row.get("scenario") or row.get("start_inferred"):
            continue  # it needs a text that is not there, or its label is a guess
        start, end = row["para"]
        key = (row["source_doc"], start, end)
        document = documents[key[0]]
        paragraph = paragraphs.setdefault(key, Paragraph(key[0], document["title"], document["text"][start:end]))
        spans = {
            (answer["start"] - start, answer["start"] - start + len(answer["text"]))
            for answer in row["answers"]
            if start <= answer["start"] and answer["start"] + len(answer["text"]) <= end
        }
        asked.append(LabelledQuestion(row["question"], paragraph, tuple(sorted(spans)), "granularity" not in row))
    return asked


def load_pairs(path: Path) -> list[Instance]:
    """Questions with the sentence that answers each; by which words is known where they were labelled."""
    pairs = []
    for row in _rows(path):
        spans = ((row["start"], row["end"]),) if "start" in row else None
        pairs.append(Instance(row["question"], "", row["sentence"], spans, answerable=True, relevant=True))
    return pairs


def as_instance(asked: LabelledQuestion) -> Instance:
    """The question on its own paragraph."""
    paragraph, spans = asked.paragraph, asked.spans
    relevant = True if spans else None
    return Instance(asked.question, paragraph.title, paragraph.text, spans, bool(spans), relevant, asked.exact)


def _shares(part: Range, spans: tuple[tuple[int, int], ...] | None) -> bool:
    return spans is None or any(left < part.end and part.start < right for left, right in spans)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
