"""The sentence that decides a question which "yes" or "no" would answer."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from index.types import UnitKind
from qa.composing.verdicts import Stems, decided, is_yes_no
from qa.language.question import Question
from qa.reading.reader import Evidence, OpenPassage, Reading, Span, with_first


class DecidingLimits(Struct, frozen=True):
    """candidates: sentences looked at, the best. margin: log-odds that the one that decides may lie below the best.
    longest: words of a sentence that is a short answer by itself. By hand (2026-12-01)."""

    candidates: int = 8
    margin: float = 3.0
    longest: int = 14


LIMITS = DecidingLimits()


def deciding_first(question: Question, reading: Reading, opened: Sequence[OpenPassage], stems: Stems) -> Reading:
    """The reading with the best sentence first that is sure to say yes or no, unless others say the contrary. The short
    answer is that sentence, if it is short: a fragment says neither."""
    if not reading.evidence or not is_yes_no(question.own):
        return reading
    least = reading.evidence[0].score - LIMITS.margin
    near = [each for each in reading.evidence[: LIMITS.candidates] if each.score >= least]
    kinds = decided(question, near, opened, stems)
    if len(set(kinds) - {None}) == 1:
        sure = next(each for each, kind in zip(near, kinds, strict=True) if kind is not None)
        reading = with_first(question, reading, sure)
    return replace(reading, span=_whole(reading.evidence[0], opened))


def _whole(evidence: Evidence, opened: Sequence[OpenPassage]) -> Span | None:
    """A short sentence of running text as a short answer, None of any other."""
    ranges = evidence.sentence.ranges
    text = opened[evidence.passage_index].document.text[ranges[0].start : ranges[0].end]
    is_short = len(ranges) == 1 and len(text.split()) <= LIMITS.longest and evidence.sentence.kind is UnitKind.SENTENCE
    return Span(0, ranges[0].start, ranges[0].end) if is_short else None
