"""A list of messages as a conversation: the question that is asked now, and what was said before it."""

import re
from collections.abc import Sequence
from hashlib import sha256

import msgspec

from index.sentences.markup import visible
from qa.cleaning import LONGEST_QUESTION
from qa.types import Turn
from web.completions.completion import message_text
from web.completions.errors import CompletionError
from web.completions.request import ChatMessage, CompletionRequest
from web.completions.wording import parse_message

MOST_TURNS = 4
_LONGEST_ANSWER = 8_000  # characters of an earlier answer that are heeded: another program may have written it
_INSTRUCTIONS = ("system", "developer")
# What front ends ask of a model by themselves, such as a title for the conversation.
_TASK = re.compile(r"\A\s*#{1,6} *Task\b|<chat_history>", re.IGNORECASE)


def question_of(messages: Sequence[ChatMessage]) -> str:
    """What is asked now. Raises CompletionError where the last message is no question."""
    number, last = next(
        ((at, each) for at, each in reversed(list(enumerate(messages))) if each.role not in _INSTRUCTIONS),
        (len(messages) - 1, messages[-1]),
    )
    if last.role != "user":
        message = f"The last message has to be the user's question; it is of the role {last.role!r}."
        raise CompletionError(400, message, f"messages[{number}].role", "invalid_value")
    for place, part in enumerate(last.content if isinstance(last.content, tuple) else ()):
        if part.type != "text":
            message = f"Footnote reads text only, and this part is of the type {part.type!r}: send it without."
            raise CompletionError(400, message, f"messages[{number}].content[{place}]", "unsupported_content")
    if _TASK.search(last.text):
        message = "Footnote answers questions from its documents and does no other tasks, such as finding titles."
        raise CompletionError(400, message, f"messages[{number}].content", "unsupported_task")
    return last.text


def turns_of(messages: Sequence[ChatMessage], kept: Sequence[Turn] = ()) -> tuple[Turn, ...]:
    """The last questions before the one that is asked now and what was answered, oldest first.

    kept: turns that are stored; where a message is word for word an answer among them, that one is given back, which
    knows more of it than the words. Instructions, and what could not have been asked here, are left out.
    """
    spoken = [each for each in messages if each.role in ("user", "assistant")]
    pairs: list[tuple[str, str]] = []
    for each in spoken[:-1]:
        if each.role == "user":
            pairs.append((_asked(each.text), ""))
        elif pairs and each.text:
            pairs[-1] = (pairs[-1][0], each.text)
    pairs = [pair for pair in pairs if pair[0]][-MOST_TURNS:]
    known = {(turn.question, _answer_of(turn)): turn for turn in kept} if pairs else {}
    return tuple(known.get((asked, parse_message(answer).text)) or _turn(asked, answer) for asked, answer in pairs)


def conversation_of(request: CompletionRequest, requester: str) -> str:
    """The id under which the turns of this conversation are kept: the same as long as it begins with the same words.

    requester: the name of who asks.
    """
    first = next((each.text for each in request.messages if each.role == "user"), "")
    key = msgspec.json.encode((requester, request.user or request.safety_identifier, first))
    return f"chat-{sha256(key).hexdigest()[:32]}"


def _asked(text: str) -> str:
    """The question as it was asked, "" for what could not be."""
    question = visible(text[: 2 * LONGEST_QUESTION])
    return "" if len(question) > LONGEST_QUESTION or _TASK.search(text) else question


def _answer_of(turn: Turn) -> str:
    """What a message with that answer tells."""
    if turn.reply is None:
        return turn.answer_text
    return parse_message(message_text(turn.reply)).text


def _carried(asked: str, following_up_on: str) -> str:
    """What the message was about, as follow-ups to it are understood by."""
    return f"{asked.rstrip(' ?!.')} ({following_up_on.rstrip(' ?!.')})?"


def _turn(asked: str, answer: str) -> Turn:
    heard = parse_message(answer)
    return Turn(
        id="",
        question=asked,
        interpreted_as=_carried(asked, heard.following_up_on) if heard.following_up_on else heard.interpreted_as,
        answered=bool(heard.text),
        answer_text=heard.text[:_LONGEST_ANSWER],
        asked_at="",
    )
