"""Which meaning of a follow-up is taken: what reading is surest of, in doubt the likeliest."""

from collections.abc import Callable, Sequence

from msgspec import Struct

from qa.followups.interpretation import Interpretation
from qa.language.question import Question
from qa.reading.reader import OpenPassage, Reading

# How much surer (in calibrated confidence) reading has to be of a less likely meaning. Set by hand, not fitted;
# tests/bench/follow_ups.py and tests/bench/mid_conversation.py measure what they do.
MARGIN = 0.15
INCOMPLETE_MARGIN = 0.6  # "and in 2020?" by itself is like many sentences


class Look(Struct, frozen=True):
    """What was read for one meaning of a question. confidence: calibrated, that its first citation would be right."""

    meant: Interpretation
    question: Question
    opened: tuple[OpenPassage, ...]
    reading: Reading
    confidence: float


def settle(meanings: Sequence[Interpretation], look: Callable[[Interpretation], Look]) -> Look:
    """Reads for each meaning (likeliest first, one at least) and takes one."""
    looks = [look(meant) for meant in meanings]
    best = looks[0]
    for each in looks[1:]:
        if each.confidence > best.confidence + (INCOMPLETE_MARGIN if each.meant.incomplete else MARGIN):
            best = each
    return best
