"""The numbers that steer a scan."""

from msgspec import Struct


class ScanLimits(Struct, frozen=True):
    """longest_question: characters; a longer question asks for more than a scan. Set by hand.

    cited_hits: the most hits that one reply cites, though all are counted. Set by hand: what a page shows well.
    least_information: the share, by inverse document frequency, of what the other words of a statement tell that a
    sentence must have to be a hit. Set by hand on the questions of tests/qa/exhaustive, never on a question set.
    """

    longest_question: int = 400
    cited_hits: int = 50
    least_information: float = 0.6


SCAN_LIMITS = ScanLimits()
