"""Courtesies are told by the whole message, and by nothing less."""

import pytest

from qa.courtesies import courtesy_kind, courtesy_reply
from qa.language.english import ENGLISH
from qa.language.language import CourtesyKind

SAID: list[tuple[str, CourtesyKind]] = [
    ("Hello!", "greeting"),
    ("hi there", "greeting"),
    ("Good morning, everyone!", "greeting"),
    ("Thanks", "thanks"),
    ("thank you very much for your help!", "thanks"),
    ("OK, thanks!", "thanks"),
    ("ok", "acknowledgement"),
    ("Great, got it.", "acknowledgement"),
    ("Who are you?", "identity"),
    ("are you an AI?", "identity"),
    ("What can you do?", "ability"),
    ("help", "ability"),
    ("How does this work?", "ability"),
    ("bye", "farewell"),
    ("How are you today?", "wellbeing"),
]
QUESTIONS = [
    "Hello Weir, who was its mayor?",
    "Thanks to whom did Weir win?",
    "Who are you quoting on the harbour?",
    "What can you do with a lathe?",
    "Is it ok to park at the harbour?",
    "Why not?",
    "And when?",
    "How do I say hello in Welsh?",
    "Who said goodbye?",
    "How does this work with curl?",
]


@pytest.mark.parametrize(("message", "kind"), SAID)
def test_a_courtesy_is_told(message: str, kind: CourtesyKind) -> None:
    assert courtesy_kind(message) == kind
    assert courtesy_reply(kind)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_is_no_courtesy(question: str) -> None:
    assert courtesy_kind(question) is None


def test_every_courtesy_has_a_reply() -> None:
    assert {kind for kind, _ in ENGLISH.courtesies.said.rows} == set(ENGLISH.courtesies.replies)
