"""Each number that steers a scan, at its edge."""

import pytest

from qa.exhaustive.intent import ScanIntent, scan_intent
from qa.exhaustive.limits import SCAN_LIMITS
from qa.exhaustive.matcher import MentionMatcher


class EvenWords:
    """A corpus in which each word tells as much as any other."""

    def terms(self, text: str) -> list[str]:
        return text.casefold().split()

    def idf(self, term: str) -> float:
        return 1.0 + 0 * len(term)


def test_a_question_of_400_characters_is_the_longest() -> None:
    begins = "documents that mention "
    assert scan_intent(begins + "x" * (400 - len(begins))) is not None
    assert scan_intent(begins + "x" * (401 - len(begins))) is None


@pytest.mark.parametrize(
    ("sentence", "is_hit"),
    [("amber brass cedar drum ember", True), ("amber brass cedar", True), ("amber brass", False)],
)
def test_a_statement_must_have_three_fifths_of_what_its_words_tell(sentence: str, is_hit: bool) -> None:
    matcher = MentionMatcher(ScanIntent("statement", "amber brass cedar drum ember"), (), EvenWords())
    assert matcher.are_in(sentence, sentence.split()) is is_hit


def test_fifty_hits_are_cited_at_most() -> None:
    assert SCAN_LIMITS.cited_hits == 50  # tests/qa/exhaustive/test_scan.py counts those of a reply
