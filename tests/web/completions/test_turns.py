"""Messages as a conversation."""

import pytest
from msgspec import convert
from msgspec.structs import replace

from qa.types import Reply, Turn
from web.completions.completion import message_text
from web.completions.errors import CompletionError
from web.completions.request import ChatMessage, CompletionRequest, MessagePart
from web.completions.turns import MOST_TURNS, conversation_of, question_of, turns_of
from web.http.examples import ABSTAINED, ANSWERED

REPLY = convert(ANSWERED, Reply)
TITLES = (
    "### Task:\nGenerate a concise, 3-5 word title.\n### Chat History:\n<chat_history>\nUSER: Who?\n</chat_history>"
)


def user(content: str | tuple[MessagePart, ...]) -> ChatMessage:
    return ChatMessage("user", content)


def assistant(content: str) -> ChatMessage:
    return ChatMessage("assistant", content)


def _kept(reply: Reply) -> Turn:
    text = " ".join(block.text for block in reply.content)
    return Turn(reply.id, reply.question, reply.interpreted_as, reply.answered, text, "2026-01-01T00:00:00", reply)


def test_the_last_message_is_the_question() -> None:
    assert question_of([user("One?"), assistant("1"), user("Two?")]) == "Two?"
    parts = (MessagePart("text", "What"), MessagePart("text", "of this?"))
    assert question_of([ChatMessage("system", "Be brief."), user(parts)]) == "What\nof this?"
    assert question_of([user("Two?"), ChatMessage("developer", "Answer in rhymes.")]) == "Two?"


@pytest.mark.parametrize(
    ("messages", "param", "code"),
    [
        ([user("One?"), assistant("Because")], "messages[1].role", "invalid_value"),
        ([ChatMessage("system", "Be brief.")], "messages[0].role", "invalid_value"),
        ([user("One?"), ChatMessage("tool", "42")], "messages[1].role", "invalid_value"),
        (
            [user((MessagePart("text", "This?"), MessagePart("image_url")))],
            "messages[0].content[1]",
            "unsupported_content",
        ),
        ([user("One?"), user((MessagePart("input_audio"),))], "messages[1].content[0]", "unsupported_content"),
        ([user(TITLES)], "messages[0].content", "unsupported_task"),
        ([user("Suggest tags.\n<chat_history>\n</chat_history>")], "messages[0].content", "unsupported_task"),
    ],
)
def test_what_is_no_question_is_refused_by_its_place(messages: list[ChatMessage], param: str, code: str) -> None:
    with pytest.raises(CompletionError) as raised:
        question_of(messages)
    assert (raised.value.status, raised.value.param, raised.value.code) == (400, param, code)


def test_what_was_said_before_are_turns_oldest_first() -> None:
    abstention = message_text(convert(ABSTAINED, Reply))
    messages = [
        ChatMessage("system", "Be brief."),
        assistant("Hello, ask me."),
        user("Who\u200b went? "),
        assistant(message_text(replace(REPLY, interpreted_as="Who went to China?"))),
        user("And why?"),
        assistant(abstention),
        user("Nobody answered this."),
        user("And when?"),
    ]
    first, second, third = turns_of(messages)
    assert (first.question, first.interpreted_as, first.answered) == ("Who went?", "Who went to China?", True)
    assert first.answer_text == REPLY.content[0].text
    assert (second.question, second.answered, second.answer_text) == ("And why?", False, "")
    assert (third.question, third.answered) == ("Nobody answered this.", False)


def test_no_more_is_looked_back_at_than_is_of_use() -> None:
    messages = [each for n in range(9) for each in (user(f"Question {n}?"), assistant(f"Answer {n}."))]
    found = turns_of([*messages, user("Now?")])
    assert [turn.question for turn in found] == [f"Question {n}?" for n in range(9 - MOST_TURNS, 9)]
    assert turns_of([user("Now?")]) == ()


def test_what_could_not_have_been_asked_here_is_no_turn() -> None:
    before = [user("x" * 2001), assistant("Long."), user(TITLES), assistant("{}"), user((MessagePart("image_url"),))]
    assert turns_of([*before, assistant("A cat."), user("Who?")]) == ()
    (turn,) = turns_of([user("Who?"), assistant("word " * 10_000), user("And?")])
    assert len(turn.answer_text) == 8_000


def test_an_answer_that_is_stored_is_given_back_whole() -> None:
    kept = (_kept(replace(REPLY, id="other", question="Who else?")), _kept(REPLY))
    messages = [user(REPLY.question), assistant(message_text(REPLY)), user("And when?")]
    assert turns_of(messages, kept) == (kept[1],)
    assert turns_of([messages[0], assistant("Somebody else's words."), messages[2]], kept)[0].reply is None
    assert turns_of([user("Who?"), messages[1], messages[2]], kept)[0].reply is None


def test_a_conversation_is_told_by_who_asks_and_how_it_begins() -> None:
    def id_of(requester: str, *contents: str, **fields: object) -> str:
        return conversation_of(CompletionRequest("footnote", tuple(map(user, contents)), **fields), requester)  # type: ignore[arg-type]

    first = id_of("", "Who?")
    assert first == id_of("", "Who?", "And when?") == id_of("", "Who?")
    different = {first, id_of("a", "Who?"), id_of("", "Why?"), id_of("", "Who?", user="a"), id_of("", "Who?", user="b")}
    assert len(different) == 5
    assert len(first) <= 64
    assert first.replace("-", "").isalnum()
