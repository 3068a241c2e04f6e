"""What steers the help of abstentions."""

from msgspec import Struct


class HelpLimits(Struct, frozen=True):
    """words: that are named as not mentioned, or as standing nowhere together, at most. related: share of the
    question's telling words, the rarer the weightier, that one passage must have to be shown unfolded. suggestions:
    that are made. titles: documents of the nearest passages that are suggested to be summed up, at most. sampled:
    documents whose language is looked at. By hand, 2026-12-01.
    """

    words: int = 4
    related: float = 0.5
    suggestions: int = 2
    titles: int = 3
    sampled: int = 24


HELP_LIMITS = HelpLimits()
