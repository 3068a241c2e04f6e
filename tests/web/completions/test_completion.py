"""A message while it is said: whole pieces only, and each mark annotated where it stands."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import convert

from qa.types import Reply
from web.completions.completion import MessageBuilder, message_text
from web.completions.wording import Piece, pieces
from web.http.examples import ABSTAINED, ANSWERED, DIFFERING, EXHAUSTIVE, SAID_AGAIN
from web.rendering.plain import citations_of

EXAMPLES = [ANSWERED, SAID_AGAIN, DIFFERING, EXHAUSTIVE, ABSTAINED]


def _add_all(message: MessageBuilder, parts: Iterable[Piece]) -> list[str]:
    return [message.add(piece) for piece in parts]


@pytest.mark.parametrize("shown", EXAMPLES)
def test_every_citation_is_annotated_once_and_at_its_mark(shown: dict[str, object]) -> None:
    reply = convert(shown, Reply)
    message = MessageBuilder(len, "https://box")
    _add_all(message, pieces(reply, "https://box"))
    cited = citations_of(reply)
    found = [each.url_citation for each in message.annotations]
    assert [each.url for each in found] == [f"https://box{each.url}" for each in cited]
    assert [each.title for each in found] == [each.document_title for each in cited]
    marks = [message.content[each.start_index : each.end_index] for each in found]
    assert marks == [f"[{each.number}]" for each in cited]


@given(
    st.lists(st.text("ab \n", min_size=1, max_size=6), max_size=8),
    st.integers(1, 40) | st.none(),
    st.lists(st.text("ab\n", min_size=1, max_size=3), max_size=2),
)
def test_what_is_said_is_whole_pieces_up_to_the_limit(texts: list[str], most: int | None, stops: list[str]) -> None:
    message = MessageBuilder(len, "", most, stops)
    parts = [Piece(text, before="|") for text in texts]
    new = _add_all(message, parts)
    number = len([each for each in new if each])
    assert "".join(new) == message.content == "|".join(texts[:number])
    assert message.tokens == len(message.content) <= (most or len(message.content))
    assert not any(stop in message.content for stop in stops)
    if number < len(texts):
        one_more = "|".join(texts[: number + 1])
        is_too_long = most is not None and len(one_more) > most
        assert is_too_long or any(stop in one_more for stop in stops)
        assert message.finish_reason == ("length" if is_too_long else "stop")
    else:
        assert message.finish_reason == "stop"


def test_what_was_not_said_is_not_annotated() -> None:
    reply = convert(DIFFERING, Reply)
    whole = message_text(reply)
    second = whole.index(DIFFERING["content"][1]["text"])
    message = MessageBuilder(len, "", most_tokens=second)
    _add_all(message, pieces(reply, ""))
    assert message.content == whole[:second].rstrip()
    assert [each.url_citation.url for each in message.annotations] == [reply.content[0].citations[0].url]
    assert message.finish_reason == "length"
