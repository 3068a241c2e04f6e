"""A folder or saved filter that a Slack message names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.slack.asked_in import asked_in

CASES = [
    ("in: handbook who is the harbour master?", "who is the harbour master?", "handbook"),
    ("in:handbook, who is it?", "who is it?", "handbook"),
    ("IN: a/b/ who is it?", "who is it?", "a/b/"),
    ('in: "Old policies": who is it?', "who is it?", "Old policies"),
    ("in: “Old policies” who is it?", "who is it?", "Old policies"),
    ("who is it? in: handbook", "who is it?", "handbook"),
    ("who is it? in: Old policies *", "who is it?", "Old policies *"),
    ('who is it? in: "Old policies".', "who is it?", "Old policies"),
    ("who is it?\nin: /", "who is it?", "/"),
    ("who is it in: the port? in: handbook", "who is it in: the port?", "handbook"),
    ("who is within: the port?", "who is within: the port?", None),
    ("who is in the port?", "who is in the port?", None),
    ("in: handbook", "in: handbook", None),
    ("who is it? in:", "who is it? in:", None),
    ("", "", None),
]


@pytest.mark.parametrize(("text", "question", "name"), CASES)
def test_what_is_asked_in_what(text: str, question: str, name: str | None) -> None:
    assert asked_in(text) == (question, name)


@given(st.text(st.sampled_from('in: "“”/a?'), max_size=20))
def test_a_question_is_never_empty_and_never_made_up(text: str) -> None:
    question, name = asked_in(text)
    assert question in text
    assert name is None or (question and name and name in text)
