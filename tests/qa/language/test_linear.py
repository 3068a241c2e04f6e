"""No pattern that meets a question or a sentence is slower than linear, whatever the text is.

Measured is the processor time of this thread, in which other processes do not count. Four times the text takes a
pattern of square cost sixteen times as long and a linear one four times, so the line is drawn at eight, for what is not
done at once.
"""

import time
from collections.abc import Callable

import pytest

from tests.patterns import searches_of

PACKAGES = ("qa.language", "qa.exhaustive", "qa.followups", "qa.suggestions")
# Bare patterns that are held against all of a word or sentence, and one that is looked for in 160 characters.
NOT_LOOKED_FOR = {
    "qa.language.clauses._ADVERB",
    "qa.exhaustive.matcher._SHORT_NAME",
    "qa.suggestions.templates._PLAIN",
    "qa.language.short_names._BREAK",
}
SEARCHES = {
    name: search
    for package in PACKAGES
    for name, search in searches_of(package).items()
    if name not in NOT_LOOKED_FOR and (package == "qa.language" or ".ENGLISH." not in name)
}
SIZES = (16_384, 65_536)  # characters
AT_ONCE = 0.05  # seconds of processor time for the short text; one of square cost takes four times that and more
GROWTH = 8
TRIES = 3  # what is linear passes one of them, however busy the machine is
UNITS = (
    " ", "\t \n", "word ", "Word ", "a", "A", "1", "1,234 ", "“", "’", "\"a", ". ", "A.", ", ", "a-", "(", "'s ",
    "when who what which ", "the of the ", "Ada and ", "how many what does ", "went said that ", "in the first of ",
    "Ada, Bob, ", "and what ", "a list of ",
)  # fmt: skip


@pytest.mark.parametrize("search", SEARCHES.values(), ids=SEARCHES)
def test_time_grows_with_the_text_and_no_faster(search: Callable[[str], object]) -> None:
    for unit in UNITS:
        for begins in ("", "What about "):
            short, long = (begins + (unit * size)[:size] + "\x00" for size in SIZES)
            if _seconds(search, short) > AT_ONCE:
                assert any(_seconds(search, long) < GROWTH * _seconds(search, short) for _ in range(TRIES)), (
                    unit,
                    begins,
                )


def _seconds(search: Callable[[str], object], text: str) -> float:
    began = time.thread_time()
    search(text)
    return time.thread_time() - began
