"""What people say of a reply: stored with it, replaced, exclusive, forgotten with its conversation."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.errors import NotFoundError
from qa.conversations.feedback import LONGEST_COMMENT, FeedbackError, FeedbackKind, clean_comment
from tests.past import Past, cite, made, past

ANSWERED = made("r1", "Who opened it?", cite(1, "Ada Byron opened it."))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Past]:
    with past(tmp_path) as desk:
        desk.add(ANSWERED)
        yield desk


def said(desk: Past, reply_id: str = "r1") -> list[tuple[str, int | None]]:
    return [(each.kind, each.citation) for each in desk.feedback.on_reply(reply_id)]


def test_it_is_stored_with_question_answer_and_index(desk: Past, tmp_path: Path) -> None:
    given = desk.feedback.give("r1", "wrong_citation", 1, "  Not\x00 him,\n her \u202e ")
    assert (given.conversation_id, given.kind, given.citation, given.surface) == ("c1", "wrong_citation", 1, "web")
    assert (given.question, given.interpreted_as, given.answered) == ("Who opened it?", None, True)
    assert (given.answer_text, given.index_version, given.comment) == ("Ada Byron opened it.", "v", "Not him, her")
    desk.database.close()
    with past(tmp_path) as again:
        assert again.feedback.one(given.feedback_id) == given


def test_the_same_said_again_replaces_and_keeps_its_id(desk: Past) -> None:
    first = desk.feedback.give("r1", "wrong_citation", 1, "a")
    second = desk.feedback.give("r1", "wrong_citation", 1, "b", surface="slack")
    assert first.feedback_id == second.feedback_id
    (only,) = desk.feedback.on_reply("r1")
    assert (only.comment, only.surface) == ("b", "slack")


KINDS = st.sampled_from([("helpful", None), ("not_helpful", None), ("wrong_citation", 1), ("wrong_citation", 2)])


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given=st.lists(KINDS, min_size=1, max_size=8))
def test_whatever_is_said_the_last_judgement_stands_once(
    desk: Past, given: list[tuple[FeedbackKind, int | None]]
) -> None:
    if not desk.history.turns("c2"):  # the fixture is shared by all examples
        desk.add(made("r2", "Who?", cite(1, "Ada."), cite(2, "Ida."), conversation_id="c2"))
    for old in desk.feedback.on_reply("r2"):
        desk.feedback.delete(old.feedback_id)
    for kind, citation in given:
        desk.feedback.give("r2", kind, citation)
    judged = [kind for kind, _ in given if kind != "wrong_citation"]
    expected = {each for each in given if each[0] == "wrong_citation"} | {(kind, None) for kind in judged[-1:]}
    assert len(said(desk, "r2")) == len(expected)
    assert set(said(desk, "r2")) == expected


@pytest.mark.parametrize(
    ("kind", "citation", "comment", "field"),
    [
        ("wrong_citation", None, None, "citation"),
        ("wrong_citation", 2, None, "citation"),
        ("wrong_citation", 0, None, "citation"),
        ("helpful", 1, None, "citation"),
        ("great", None, None, "kind"),
        ("helpful", None, "x" * (LONGEST_COMMENT + 1), "comment"),
    ],
)
def test_what_is_not_right_names_its_field_and_stores_nothing(
    desk: Past, kind: FeedbackKind, citation: int | None, comment: str | None, field: str
) -> None:
    desk.feedback.give("r1", "not_helpful")
    with pytest.raises(FeedbackError, match=field) as raised:
        desk.feedback.give("r1", kind, citation, comment)
    assert raised.value.field == field
    assert said(desk) == [("not_helpful", None)]


def test_what_is_not_there_is_said(desk: Past) -> None:
    for look in (
        lambda: desk.feedback.give("nobody", "helpful"),
        lambda: desk.feedback.one("nothing"),
        lambda: desk.feedback.delete("nothing"),
        lambda: desk.feedback.mark_as_regression_question("nothing"),
    ):
        with pytest.raises(NotFoundError):
            look()


def test_it_goes_with_its_conversation_and_no_other(desk: Past) -> None:
    desk.add(made("r2", "Who closed it?", conversation_id="c2"))
    desk.feedback.give("r1", "helpful")
    stays = desk.feedback.give("r2", "not_helpful")
    desk.history.delete("c1")
    assert desk.feedback.on_reply("r1") == desk.feedback.in_conversation("c1") == ()
    assert desk.feedback.in_conversation("c2") == (stays,)


def test_the_newest_come_first_good_apart_from_bad(desk: Past) -> None:
    for number in range(2, 6):
        desk.add(made(f"r{number}", "Who?", cite(1, "Ada.")))
        desk.feedback.give(f"r{number}", "helpful" if number % 2 else "wrong_citation", None if number % 2 else 1)
    assert [each.reply_id for each in desk.feedback.newest(9, good=True)] == ["r5", "r3"]
    assert [each.reply_id for each in desk.feedback.newest(1, good=False)] == ["r4"]


@given(st.text())
def test_a_comment_is_one_line_without_controls(comment: str) -> None:
    clean = clean_comment(comment)
    assert clean is None or (clean.strip() == clean != "" and clean == clean_comment(clean))
    assert clean is None or not {c for c in clean if ord(c) < 32 or c in "\x7f\u202e\ue000"}


@given(st.text("ab 🦊日é", max_size=50))
def test_a_comment_keeps_its_words(comment: str) -> None:
    assert (clean_comment(comment) or "").split() == comment.split()
