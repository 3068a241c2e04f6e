"""Question sets: a file of questions with their right answers, and the corpus that may lie beside it.

Three formats are read (JSON lines, plain or gzipped): `answers` with `file`, `evidence`, `start`, `short`, asked of the
corpus that is served; `answers` with `doc_id`, `text`, `start`, beside a `corpus.jsonl` of `doc_id`, `text`; and
`expect`, a regular expression to be found in what is cited first or in the short answer (case ignored; null: the right
reply is to abstain), beside a folder `files` if there is one. Of the last, `case` is the folder of those files that is
asked, and `follow` says that the question goes on from the one before. A question may name the paragraph it was written
for: `para` ([start, end) in code points) of `source_doc`.
"""

import gzip
import re
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from index.errors import InputError, ReadOnlyError

_MARKDOWN = ".md"  # a document whose id ends so is written as that
_NEED = re.compile(r"NEED=(\[\[.*?\]\])")


class Gold(Struct, frozen=True):
    """A right answer: `[start:end)` of `source`. short: accepted short answers."""

    source: str
    start: int
    end: int
    short: tuple[str, ...]


class ParagraphRange(Struct, frozen=True):
    """`[start:end)` of `source`."""

    source: str
    start: int
    end: int


class Example(Struct, frozen=True):
    """A question and its right answers; none means the right reply is to abstain.

    turns: questions asked before it in the same conversation. need: groups of `gold`, each of which needs one cited.
    paragraph: what the question was written for, None where the set does not say. expected: the pattern of a right
    reply, where that is told by one instead of by `gold`. sources: globs of the documents asked, none means all.
    """

    qid: str
    question: str
    gold: tuple[Gold, ...]
    kind: str = ""
    turns: tuple[str, ...] = ()
    need: tuple[tuple[int, ...], ...] = ()
    paragraph: ParagraphRange | None = None
    expected: re.Pattern[str] | None = None
    sources: tuple[str, ...] = ()

    @property
    def answerable(self) -> bool:
        """Whether there is a right answer."""
        return bool(self.gold) or self.expected is not None

    @property
    def accepted(self) -> tuple[str, ...]:
        """The accepted short answers."""
        return tuple(text for gold in self.gold for text in gold.short)


class QuestionSet(Struct, frozen=True):
    """corpus: the file or folder of the documents the questions are about, None where they are the served ones."""

    name: str
    examples: tuple[Example, ...]
    corpus: Path | None


def load_question_set(path: Path) -> QuestionSet:
    """Read the questions of `path`. Raises InputError naming file and line."""
    examples: list[Example] = []
    for number, row in read_lines(path):
        try:
            if "expect" in row:
                examples.append(_by_pattern(row, number, examples[-1:]))
            elif row.get("answers") is not None:  # null: a set without spans, such as rewrites
                examples.append(_example(row))
        except re.error as error:
            raise InputError(f"{path}, line {number}: `expect` is no regular expression: {error}.") from error
        except (KeyError, TypeError, ValueError) as error:
            raise InputError(f"{path}, line {number}: {error!r} is missing or not as it should be.") from error
    if not examples:
        raise InputError(f"{path} holds no question with `answers` or `expect`.")
    beside = [path.with_name(name) for name in ("corpus.jsonl.gz", "corpus.jsonl")]
    corpus = next((file for file in (*beside, path.with_name("files")) if file.exists()), None)
    return QuestionSet(path.resolve().parent.name, tuple(examples), corpus)


def write_documents(corpus: Path, folder: Path) -> int:
    """Write each document of a corpus file as a text file into `folder`, and remove other text files there; returns how
    many they are. Raises InputError, and ReadOnlyError if the folder cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        written = _write_each(corpus, folder)
        for file in (*folder.glob("*.txt"), *folder.glob(f"*{_MARKDOWN}")):
            if file.name not in written:  # of another corpus file, or of an older one
                file.unlink()
    except OSError as error:
        raise ReadOnlyError(f"{folder} cannot be written ({error.strerror}): choose another work folder.") from error
    return len(written)


def _write_each(corpus: Path, folder: Path) -> set[str]:
    written: set[str] = set()
    for number, row in read_lines(corpus):
        doc_id, text = row.get("doc_id"), row.get("text")
        if not isinstance(doc_id, str) or not isinstance(text, str):
            raise InputError(f"{corpus}, line {number}: a document needs `doc_id` and `text`.")
        name = source_name(doc_id)
        if name in written:
            raise InputError(f"{corpus}, line {number}: a document named {name} came before; rename one.")
        (folder / name).write_bytes(text.encode())
        written.add(name)
    return written


def source_name(doc_id: str) -> str:
    """The file name a document of a corpus file is written under."""
    name = re.sub(r"[^\w .()'&+-]", "_", doc_id)[:120]
    return name if name.endswith(_MARKDOWN) else name + ".txt"


def read_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Numbered JSON objects of a file of JSON lines, gzipped or not. Raises InputError."""
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rb") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield number, msgspec.json.decode(line, type=dict[str, Any])
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{path} cannot be read: {error}.") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(f"{path}, line {number}: {error}.") from error


def _by_pattern(row: dict[str, Any], number: int, before: Sequence[Example]) -> Example:
    """before: the question of the line before, if any."""
    question, expect, case = row["question"], row["expect"], row.get("case")
    if not isinstance(question, str) or not isinstance(expect, str | None):
        raise TypeError("question, a string, or expect, a string or null,")
    turns = (*before[0].turns, before[0].question) if row.get("follow") and before else ()
    return Example(
        qid=str(row.get("qid", number)),
        question=question,
        gold=(),
        kind=str(row.get("kind") or ""),
        turns=turns,
        expected=re.compile(expect, re.IGNORECASE | re.DOTALL) if expect is not None else None,
        sources=(f"{case}/*",) if case else (),
    )


def _example(row: dict[str, Any]) -> Example:
    if not isinstance(row["question"], str) or not isinstance(row.get("turns") or [], list):
        raise TypeError("question, a string, or turns, a list of them,")
    need = _NEED.search(row.get("note") or "")
    return Example(
        qid=str(row["qid"]),
        question=row["question"],
        gold=tuple(_gold(answer) for answer in row["answers"]),
        kind=str(row.get("type") or ""),
        turns=tuple(row.get("turns") or ()),
        need=tuple(tuple(group) for group in msgspec.json.decode(need.group(1))) if need else (),
        paragraph=_paragraph(row["source_doc"], row["para"]) if row.get("para") is not None else None,
    )


def _paragraph(source_doc: Any, para: Any) -> ParagraphRange:
    start, end = msgspec.convert(para, tuple[int, int])
    if not isinstance(source_doc, str) or not 0 <= start < end:
        raise ValueError("para, [start, end) of source_doc,")
    return ParagraphRange(source_name(source_doc), start, end)


def _gold(answer: dict[str, Any]) -> Gold:
    if "file" in answer:
        end = answer["start"] + len(answer["evidence"])
        return Gold(answer["file"], answer["start"], end, tuple(answer.get("short") or ()))
    end = answer["start"] + len(answer["text"])
    return Gold(source_name(answer["doc_id"]), answer["start"], end, (answer["text"],))
