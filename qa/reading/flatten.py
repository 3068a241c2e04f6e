"""A passage as one text for the network, made of its sentences alone, and the way back to the document's offsets."""

from msgspec import Struct

from index.types import Sentence
from qa.reading.reader import OpenPassage
from qa.reading.span_model import ReadText, TextScore


class Part(Struct, frozen=True):
    """A stretch of a sentence: at `place` of the joined text, from `start` of the document."""

    sentence: Sentence
    place: int
    start: int


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


def join(opened: OpenPassage) -> Joined:
    """Its sentences with a space between; what stands between them in the file, such as a footnote, is left out."""
    parts, pieces, units = [], [], []
    place = 0
    for sentence in opened.sentences:
        for part in sentence.ranges:
            piece = opened.document.text[part.start : part.end]
            parts.append(Part(sentence, place, part.start))
            pieces.append(piece)
            units.append((place, place + len(piece)))
            place += len(piece) + 1
    head = " › ".join((opened.document.title, *opened.passage.heading_path))
    return Joined(ReadText(head, " ".join(pieces), tuple(units)), tuple(parts))


def by_sentence(joined: Joined, score: TextScore) -> dict[int, SentenceScore]:
    """Sentence ordinal -> its score: of the part with the best span, with the highest evidence of its parts."""
    found: dict[int, SentenceScore] = {}
    for part, unit in zip(joined.parts, score.units, strict=True):
        shift = part.start - part.place
        new = SentenceScore(unit.evidence, unit.span, unit.start + shift, unit.end + shift)
        old = found.get(part.sentence.ordinal, new)
        best = max(old, new, key=lambda each: each.span)
        found[part.sentence.ordinal] = SentenceScore(max(old.evidence, new.evidence), best.span, best.start, best.end)
    return found
