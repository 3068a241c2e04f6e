"""Server-sent events: their form, their order, and what becomes of work nobody waits for."""

import asyncio
from concurrent.futures import Future

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import convert

from index.errors import BusyError, NotFoundError
from qa.types import (
    ContentBlock,
    Event,
    Interpreted,
    Listener,
    PassagesFound,
    Reply,
    RetrievedPassage,
    SentenceProven,
    ShortAnswer,
    ShortAnswerFound,
)
from tests.fakes import reply
from web.http.examples import ANSWERED
from web.http.stream import AnswerStream, event_frame, frame


@given(st.text())
def test_a_frame_is_an_event_line_a_data_line_and_an_empty_one(text: str) -> None:
    name, data, *rest = frame("sentence", {"text": text}).decode().split("\n")
    assert (name, rest) == ("event: sentence", ["", ""])
    assert msgspec.json.decode(data.removeprefix("data: ")) == {"text": text}
    assert "\r" not in data


@pytest.mark.parametrize(
    ("event", "name", "data"),
    [
        (
            Interpreted("Who?", None),
            "interpreted",
            {"question": "Who?", "interpreted_as": None, "following_up_on": None},
        ),
        (ShortAnswerFound(None), "answer", {"answer": None}),
        (ShortAnswerFound(convert(ANSWERED["answer"], ShortAnswer)), "answer", {"answer": ANSWERED["answer"]}),
        (SentenceProven(convert(ANSWERED["content"][0], ContentBlock)), "sentence", ANSWERED["content"][0]),
        (
            PassagesFound((convert(ANSWERED["passages"][0], RetrievedPassage),)),
            "passages",
            {"passages": ANSWERED["passages"]},
        ),
    ],
)
def test_each_step_has_its_event(event: Event, name: str, data: object) -> None:
    first, second = event_frame(event).decode().split("\n")[:2]
    assert first == f"event: {name}"
    assert msgspec.json.decode(second.removeprefix("data: ")) == data


def _names(work: "Future[Reply]", events: tuple[Event, ...] = ()) -> list[str]:
    """The names of the frames of work that tells `events` and is then as `work` is."""

    def submit(listener: Listener) -> Future[Reply]:
        for event in events:
            listener(event)
        return work

    async def collect() -> list[str]:
        return [each.decode().split("\n")[0] async for each in AnswerStream(submit).frames()]

    return asyncio.run(collect())


def test_done_carries_the_reply_after_all_steps() -> None:
    work: Future[Reply] = Future()
    work.set_result(reply("Who?"))
    names = _names(work, (Interpreted("Who?", None), PassagesFound(()), ShortAnswerFound(None)))
    assert names == ["event: interpreted", "event: passages", "event: answer", "event: done"]


def test_a_failure_on_the_way_ends_the_stream_with_its_problem() -> None:
    work: Future[Reply] = Future()
    work.set_exception(NotFoundError("gone"))
    assert _names(work, (Interpreted("Who?", None),)) == ["event: interpreted", "event: error"]


def test_work_that_was_dropped_ends_the_stream_too() -> None:
    work: Future[Reply] = Future()
    work.cancel()
    work.set_running_or_notify_cancel()
    assert _names(work) == ["event: error"]


def test_a_full_queue_is_told_before_the_stream_begins() -> None:
    def submit(_: Listener) -> Future[Reply]:
        raise BusyError("full")

    async def begin() -> None:
        AnswerStream(submit)

    with pytest.raises(BusyError):
        asyncio.run(begin())


def test_when_the_listener_leaves_work_that_has_not_begun_is_dropped() -> None:
    work: Future[Reply] = Future()

    async def leave() -> None:
        frames = AnswerStream(lambda _: work).frames()
        first = asyncio.ensure_future(anext(frames))
        await asyncio.sleep(0)
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)

    asyncio.run(leave())
    assert work.cancelled()
