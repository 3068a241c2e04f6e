"""What asks for a summary, of what, and how long."""

import pytest

from qa.summaries.intent import SummaryIntent, summary_intent
from qa.summaries.limits import SUMMARY_LIMITS

ASKED = [
    ("Summarise file 003", SummaryIntent("either", "file 003")),
    ("Can you please sum up the Kawa article in three sentences?", SummaryIntent("either", "the Kawa article", "", 3)),
    ("What is this document about?", SummaryIntent("document", "")),
    ("what's it about", SummaryIntent("document", "")),
    ("TL;DR", SummaryIntent("document", "", "", SUMMARY_LIMITS.brief_sentences)),
    ("A detailed overview of the harbour", SummaryIntent("either", "the harbour", "", SUMMARY_LIMITS.long_sentences)),
    ("What do the documents say about the harbour?", SummaryIntent("subject", "the harbour")),
    ("What does Kawa say about the harbour?", SummaryIntent("subject", "the harbour", "Kawa")),
    ("Summarise all documents", SummaryIntent("collection", "")),
    ("What are these documents about?", SummaryIntent("collection", "")),
    ("Summarise everything in two sentences", SummaryIntent("collection", "", "", 2)),
    ("What are the main arguments of the Kawa piece?", SummaryIntent("either", "the Kawa piece")),
]  # fmt: skip
OTHER = [
    "What does it cost?",
    "Who wrote the summary of the trial?",
    "What do three mayors want?",
    "Why did the harbour close?",
    "When was the abstract submitted?",
    "How many documents mention the harbour?",
    "What about the harbour?",
]


@pytest.mark.parametrize(("question", "intent"), ASKED)
def test_what_is_to_be_summed_up(question: str, intent: SummaryIntent) -> None:
    assert summary_intent(question) == intent


@pytest.mark.parametrize("question", OTHER)
def test_other_questions_ask_for_no_summary(question: str) -> None:
    assert summary_intent(question) is None


def test_a_length_is_kept_within_bounds() -> None:
    asked = [summary_intent(f"Summarise the trial in {count} sentences") for count in (0, 1, 99)]
    assert [each.sentences for each in asked if each] == [1, 1, SUMMARY_LIMITS.most_sentences]


def test_a_long_text_is_no_request() -> None:
    longest = "Summarise " + "x" * (SUMMARY_LIMITS.longest_question - len("Summarise "))
    assert summary_intent(longest) is not None
    assert summary_intent(longest + "x") is None
