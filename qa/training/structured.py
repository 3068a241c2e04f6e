"""Instances of documents that are not running text: passages as the reader meets them (qa.reading.flatten)."""

import random
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from index.models.embedding import open_embedder
from index.models.tokens import open_token_counter
from index.passages.pipeline import Pipeline
from index.readers import read
from index.types import Hit, PassageKind
from qa.language.question import content_words
from qa.reading.flatten import Joined, join
from qa.reading.reader import OpenPassage
from qa.training.instances import Instance, LabelledQuestion, Paragraph

_CACHED = 64  # documents
_ENDINGS = frozenset({".md", ".txt"})
_PIPES = re.compile(r"^\|.*\|$", re.MULTILINE)


class StructuredReader:
    """Cuts paragraphs, each a document of its own, into passages and labels their units."""

    def __init__(self, negatives: float) -> None:
        self._pipeline = Pipeline(open_embedder(), open_token_counter())
        self._negatives = negatives
        self._read: dict[Paragraph, list[Joined]] = {}

    def instances(self, asked: LabelledQuestion, draw: random.Random) -> Iterator[Instance]:
        """The passage with the answer, and by chance the most similar one without. Of a question without an answer the
        most similar passage. None where no passage has the answer."""
        passages = self._passages(asked.paragraph)
        labelled = [_labelled(asked, joined) for joined in passages]
        right = [each for each in labelled if each.answerable]
        wrong = sorted(
            (each for each in labelled if not each.answerable), key=lambda each: _likeness(asked.question, each)
        )
        if right:
            yield draw.choice(right)
        if wrong and (not asked.spans or (right and draw.random() < self._negatives)):
            yield wrong[-1]

    def _passages(self, paragraph: Paragraph) -> list[Joined]:
        if paragraph not in self._read:
            if len(self._read) >= _CACHED:
                self._read.clear()
            self._read[paragraph] = list(self._joined(paragraph))
        return self._read[paragraph]

    def _joined(self, paragraph: Paragraph) -> Iterator[Joined]:
        ending = PurePosixPath(paragraph.document).suffix
        if ending not in _ENDINGS:
            ending = ".md" if _PIPES.search(paragraph.text) else ".txt"
        name = f"{paragraph.title.replace('/', ' ')}{ending}"
        document = read(paragraph.text.encode(), name, "d")
        prepared = self._pipeline.prepare(document)
        for passage in prepared.passages:
            if passage.kind is PassageKind.BODY:
                own = prepared.sentences[passage.first_sentence : passage.end_sentence]
                yield join(OpenPassage(Hit(1, 0.0, 0.0), passage, prepared.document, own, None, prepared.sentences))


def _labelled(asked: LabelledQuestion, joined: Joined) -> Instance:
    """A unit is right where its sentence has an answer, or stands under what has one."""
    answers = [
        (part, start, end)
        for part in joined.parts
        for start, end in asked.spans
        if part.where.start <= start and end <= part.where.end
    ]
    spans = {
        (part.place + start - part.where.start, part.place + end - part.where.start) for part, start, end in answers
    }
    held = {part.where for part, _, _ in answers}
    right = {part.sentence.ordinal for part, _, _ in answers if part.sentence is not None}
    right |= {
        part.sentence.ordinal for part in joined.parts if part.sentence and held.intersection(part.sentence.context)
    }
    units = tuple(
        (
            start,
            end,
            part.where in held or (part.sentence is not None and part.sentence.ordinal in right),
        )
        for part, (start, end) in zip(joined.parts, joined.read.units, strict=True)
    )
    relevant = True if spans else (False if asked.spans else None)
    read = joined.read
    places = tuple(sorted(spans))
    return Instance(asked.question, read.head, read.text, places, bool(spans), relevant, asked.exact, units)


def _likeness(question: str, instance: Instance) -> int:
    said = f"{instance.head} {instance.text}".casefold()
    return sum(word.casefold() in said for word in content_words(question))
