"""A passage as one text for the network, made of its sentences and their context, and the way back to the document."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from index.sentences.context import is_header_of, spoken_context, task_state
from index.sentences.struck import held
from index.sentences.units import asks
from index.types import Document, Range, Sentence, UnitKind
from qa.reading.reader import OpenPassage
from qa.reading.span_model import ReadText, TextScore

_STOPS = ".!?:;,。！？：；…"
_INHERITED = 0.5  # share of what a question or lead-in speaks more to the question than what stands below it


class Part(Struct, frozen=True):
    """A stretch of the document's text that a span may lie in: at `place` of the joined text, from `start` of the
    document. sentence: whose it is, None for context that only precedes this passage's sentences. asks: whether it is a
    question, which is never an answer."""

    sentence: Sentence | None
    place: int
    where: Range
    asks: bool = False


class Joined(Struct, frozen=True):
    """parts: one a unit of `read`, in order."""

    read: ReadText
    parts: tuple[Part, ...]


class SentenceScore(Struct, frozen=True):
    """What the network says of a sentence (see UnitScore); start and end are the document's."""

    evidence: float
    span: float
    start: int
    end: int


class _Text:
    """The joined text in the making."""

    def __init__(self, text: str) -> None:
        self._source = text
        self._pieces: list[str] = []
        self._length = 0
        self.parts: list[Part] = []

    def say(self, piece: str) -> None:
        self._pieces.append(piece)
        self._length += len(piece)

    def quote(self, sentence: Sentence | None, part: Range) -> None:
        self.parts.append(Part(sentence, self._length, part, asks(self._source, part)))
        self.say(held(self._source, part.start, part.end))

    def joined(self, head: str) -> Joined:
        units = tuple((part.place, part.place + part.where.end - part.where.start) for part in self.parts)
        return Joined(ReadText(head, "".join(self._pieces), units), tuple(self.parts))


def join(opened: OpenPassage) -> Joined:
    """Its sentences with a space between; what stands between them in the file, such as a footnote, is left out.

    A row is read as its values, each after its column's name. Before a sentence comes what it has to be read with, if
    the passage does not hold it: a heading, a lead-in, a question.
    """
    text = opened.document.text
    made = _Text(text)
    said = {sentence.ranges[0] for sentence in opened.sentences}
    for number, sentence in enumerate(opened.sentences):
        if number:
            made.say(_between(text, opened.sentences[number - 1]))
        for part in _unsaid(opened.document, sentence, said):
            said.add(part)
            state = task_state(text, part)
            if state is None:
                made.quote(None, part)
            made.say(" " if state is None else f"{state}: ")
        if sentence.kind is UnitKind.ROW and sentence.labels:
            for place, label in enumerate(sentence.labels):
                made.say("; " if place else "")
                made.say(f"{text[label.name.start : label.name.end]}: " if label.name else "")
                made.quote(sentence, label.value)
            continue
        for place, part in enumerate(sentence.ranges):
            made.say(" " if place else "")
            made.quote(sentence, part)
    return made.joined(" › ".join((opened.document.title, *opened.passage.heading_path)))


def _between(text: str, before: Sentence) -> str:
    """What parts a unit from the next: lines and rows without a stop of their own would read as one sentence."""
    return " " if before.kind is UnitKind.SENTENCE or text[before.end - 1] in _STOPS else "; "


def _unsaid(document: Document, sentence: Sentence, said: set[Range]) -> Iterator[Range]:
    yield from (part for part in spoken_context(document, sentence) if part not in said)


def by_sentence(joined: Joined, score: TextScore) -> dict[int, SentenceScore]:
    """Sentence ordinal -> its score: of the part with the best span, with the highest evidence of its parts.

    What a sentence stands under may hold its short answer, as a heading does the version in which something changed;
    and what a question or lead-in says of the matter, what stands below it says with it.
    """
    found: dict[int, SentenceScore] = {}
    sentences: dict[int, Sentence] = {}
    places: dict[Range, SentenceScore] = {}
    asked: set[Range] = set()
    for part, unit in zip(joined.parts, score.units, strict=True):
        shift = part.where.start - part.place
        new = SentenceScore(unit.evidence, unit.span, unit.start + shift, unit.end + shift)
        places[part.where] = new
        if part.asks:
            asked.add(part.where)
        if part.sentence is None:
            continue
        sentences[part.sentence.ordinal] = part.sentence
        old = found.get(part.sentence.ordinal, new)
        best = max(old, new, key=lambda each: each.span)
        found[part.sentence.ordinal] = SentenceScore(max(old.evidence, new.evidence), best.span, best.start, best.end)
    for ordinal, sentence in sentences.items():
        for above_at in sentence.context:
            above = places.get(above_at)
            if above is None:
                continue
            own = found[ordinal]
            if above.evidence > own.evidence and not is_header_of(above_at, sentence):
                found[ordinal] = replace(own, evidence=own.evidence + _INHERITED * (above.evidence - own.evidence))
            if above.span > own.span and above_at not in asked:
                found[ordinal] = replace(found[ordinal], span=above.span, start=above.start, end=above.end)
    return found
