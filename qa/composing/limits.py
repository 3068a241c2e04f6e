"""The numbers that composing steers by, a frozen struct a stage.

Where a field names no bench, its value was set by hand in November 2026 on the seeds' dev half and stands on tests at
its edge (`tests/qa/composing`), not on a sweep.
"""

from msgspec import Struct


class Measure(Struct, frozen=True):
    """How much is enough of an answer. All but `most` are log-odds, the scale of `Evidence.score`; all by hand.

    margin: how far below the best a further sentence may lie. most: quotes chosen for their scores.
    coverage: what a sentence gains that has all the question's words not yet met; beside: one next to a chosen one.
    repetition: what one loses all of whose words another has.
    """

    margin: float
    most: int
    coverage: float = 0.0
    beside: float = 0.0
    repetition: float = 0.0


class SelectionLimits(Struct, frozen=True):
    """Of what is quoted; all by hand.

    fact, open, list: the measure of questions for one fact (which need one sentence), of open ones (which need company)
    and of those for a list. series_margin: log-odds that an item of a series may lie below the best sentence, which
    announces it or is part of it. other_margin: the same of the best sentence on the other of two things compared.
    longest_run: characters of neighbouring sentences quoted as one. longest_lean: sentences of such a run.
    """

    fact: Measure = Measure(margin=0.7, most=2)
    open: Measure = Measure(margin=1.5, most=4, coverage=0.5, beside=0.3, repetition=1.0)
    list: Measure = Measure(margin=2.0, most=5, coverage=0.5, beside=0.3, repetition=1.0)
    series_margin: float = 4.0
    other_margin: float = 5.0
    longest_run: int = 700
    longest_lean: int = 4


class SeriesLimits(Struct, frozen=True):
    """Of the items of a series; by hand. item_reach: sentences between two items at most. longest_series: items."""

    item_reach: int = 8
    longest_series: int = 20


class RepetitionThresholds(Struct, frozen=True):
    """When a sentence says again what another has said; by hand.

    shortened: least share of a sentence's words that one which shortens it has. lengthened: least share of a longer
    sentence's words that have been said already; what it adds is not told. fewest: words; of fewer, all must be alike.
    """

    shortened: float = 0.5
    lengthened: float = 0.75
    fewest: int = 3


class ConflictThresholds(Struct, frozen=True):
    """When two sentences are sides of a disagreement; by hand, and careful on purpose: a side too many is worse than
    one too few.

    margin: natural logarithms that a span may score below the best: a twentieth as likely. most_spans: looked at, best
    first. most_sides: with more, the question has several answers rather than a disputed one.

    Shares of the rarity (inverse document frequency) of what a question is about: least_recall, which a sentence and
    what stands over it must have; most_apart, which only one of two sentences may have; most_names_missing, of its
    names alone, which may be missing. least_restated: share of the shorter sentence's words that the other has when
    both say the same. longest_noun: words looked at after a number for what it counts.
    """

    margin: float = 3.0
    most_spans: int = 24
    most_sides: int = 3
    least_recall: float = 0.5
    most_apart: float = 0.3
    most_names_missing: float = 0.2
    least_restated: float = 0.6
    longest_noun: int = 5


SELECTION = SelectionLimits()
SERIES = SeriesLimits()
REPETITION = RepetitionThresholds()
CONFLICT = ConflictThresholds()
