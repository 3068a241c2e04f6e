"""The worker: each item is answered once, again where it failed, and no failure goes without a word."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from aiohttp import ClientConnectionError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from index.errors import BusyError
from tests.waiting import PATIENCE
from web.slack.delivery import Delivery, Pace, error_id
from web.slack.inbox import FILE_NAME, Arrival, Inbox, Item, ItemProgress

QUICK = Pace(first=0.01, longest=0.02, attempts=3, waits=6, deaths=2, look=0.05, drain=5.0)
PATIENT = Pace(first=0.01, look=0.05, drain=float(PATIENCE))
Answer = Callable[[Item, ItemProgress], Awaitable[None]]


class Recorder:
    """A handler that does as it is told, and notes what it was called for."""

    def __init__(self, answer: Answer | None = None, apology: Answer | None = None) -> None:
        self._answer = answer
        self._apology = apology
        self.begun: list[str] = []
        self.answered: list[str] = []
        self.apologies: list[tuple[str, str]] = []

    async def answer(self, item: Item, progress: ItemProgress) -> None:
        self.begun.append(item.key)
        if self._answer is not None:
            await self._answer(item, progress)
        self.answered.append(item.key)

    async def apologise(self, item: Item, progress: ItemProgress, error_id: str) -> None:
        if self._apology is not None:
            await self._apology(item, progress)
        self.apologies.append((item.key, error_id))


def arrival(key: str, thread: str | None = None) -> Arrival:
    return Arrival(key, "event", thread, {"type": "event_callback", "event": {"type": "app_mention", "text": key}})


def raising(*errors: BaseException) -> Answer:
    """Raises one after the other, then nothing."""
    left = list(errors)

    async def answer(_item: Item, _progress: ItemProgress) -> None:
        if left:
            raise left.pop(0)

    return answer


def slack_says(error: str, status: int = 200, **headers: str) -> SlackApiError:
    response = AsyncSlackResponse(
        client=None, http_verb="POST", api_url="", req_args={}, data={"ok": False, "error": error}, headers=headers,
        status_code=status,
    )  # fmt: skip
    return SlackApiError("refused", response)  # type: ignore[no-untyped-call]


def deliver(folder: Path, handler: Recorder, *arrivals: Arrival, pace: Pace = QUICK) -> None:
    """Until all of the inbox is finished."""

    async def work() -> None:
        with Inbox.open(folder / FILE_NAME) as inbox:
            inbox.put(arrivals, 0.0)
            delivery = Delivery(inbox, handler, folder / "lock", pace)
            async with delivery.running():
                await until(lambda: inbox.depth() == 0)

    asyncio.run(work())


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await asyncio.sleep(0.005)


def test_all_that_is_there_at_the_start_is_answered_once(tmp_path: Path) -> None:
    handler = Recorder()
    deliver(tmp_path, handler, *[arrival(str(n)) for n in range(40)])
    assert Counter(handler.answered) == {str(n): 1 for n in range(40)}


def test_what_arrives_is_answered_without_waiting_for_the_next_look(tmp_path: Path) -> None:
    async def work() -> None:
        handler = Recorder()
        with Inbox.open(tmp_path / FILE_NAME) as inbox:
            delivery = Delivery(inbox, handler, tmp_path / "lock", Pace(look=3600.0))
            async with delivery.running():
                await asyncio.sleep(0.05)
                inbox.put([arrival("a")], 0.0)
                delivery.arrived()
                await until(lambda: handler.answered == ["a"])

    asyncio.run(work())


def test_threads_are_answered_at_once_and_each_of_them_in_order(tmp_path: Path) -> None:
    in_hand: set[str] = set()
    most = 0

    async def answer(item: Item, _progress: ItemProgress) -> None:
        nonlocal most
        assert item.key[0] not in in_hand
        in_hand.add(item.key[0])
        most = max(most, len(in_hand))
        await until(lambda: most == 4)
        in_hand.remove(item.key[0])

    handler = Recorder(answer)
    deliver(tmp_path, handler, *[arrival(f"{thread}{n}", thread) for n in range(3) for thread in "abcd"])
    assert most == 4
    for thread in "abcd":
        assert [key for key in handler.answered if key[0] == thread] == [f"{thread}{n}" for n in range(3)]


def test_no_more_are_in_hand_than_there_are_slots_and_a_click_has_its_own(tmp_path: Path) -> None:
    gate = asyncio.Event()
    events, most = 0, 0

    async def answer(item: Item, _progress: ItemProgress) -> None:
        nonlocal events, most
        if item.kind == "interaction":
            await until(lambda: events == 3)
            gate.set()
            return
        events += 1
        most = max(most, events)
        await gate.wait()
        events -= 1

    click = Arrival("click", "interaction", None, {"type": "block_actions"})
    handler = Recorder(answer)
    deliver(tmp_path, handler, *[arrival(str(n)) for n in range(9)], click, pace=Pace(slots=3, look=0.05))
    assert most == 3
    assert handler.answered[0] == "click"


@pytest.mark.parametrize(
    "error",
    [
        slack_says("internal_error", 500),
        slack_says("fatal_error"),
        BusyError("Too many questions wait.", 0),
        ClientConnectionError(),
        TimeoutError(),
        asyncio.CancelledError(),
    ],
)
def test_what_passes_is_tried_until_it_works(error: BaseException, tmp_path: Path) -> None:
    handler = Recorder(raising(*[error] * 4))
    deliver(tmp_path, handler, arrival("a"))
    assert handler.begun == ["a"] * 5  # more than the attempts that a defect has
    assert handler.answered == ["a"]
    assert handler.apologies == []


def test_slack_is_left_alone_for_as_long_as_it_says(tmp_path: Path) -> None:
    begun: list[float] = []
    fails = raising(slack_says("ratelimited", 429, **{"Retry-After": "1"}))

    async def answer(item: Item, progress: ItemProgress) -> None:
        begun.append(asyncio.get_running_loop().time())
        await fails(item, progress)

    deliver(tmp_path, Recorder(answer), arrival("a"))
    first, second = begun
    assert second - first >= 0.9


@pytest.mark.parametrize("error", [slack_says("channel_not_found"), slack_says("invalid_blocks", 400)])
def test_what_does_not_pass_is_told_at_once(error: Exception, tmp_path: Path) -> None:
    handler = Recorder(raising(*[error] * 9))
    deliver(tmp_path, handler, arrival("a"))
    assert handler.begun == ["a"]
    assert [key for key, _ in handler.apologies] == ["a"]


def test_a_defect_is_tried_again_then_told_with_the_id_that_is_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    handler = Recorder(raising(*[KeyError("what was asked")] * 9))
    deliver(tmp_path, handler, arrival("a"))
    assert handler.begun == ["a"] * QUICK.attempts
    ((key, name),) = handler.apologies
    assert key == "a"
    assert name in caplog.text
    assert "KeyError" in caplog.text


def test_what_waits_for_too_long_is_told_too(tmp_path: Path) -> None:
    handler = Recorder(raising(*[TimeoutError()] * 99))
    deliver(tmp_path, handler, arrival("a"))
    assert len(handler.begun) == QUICK.waits
    assert len(handler.apologies) == 1


def test_an_apology_is_tried_again_and_where_it_cannot_be_made_the_log_has_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    refused = slack_says("channel_not_found")
    handler = Recorder(raising(refused), raising(ClientConnectionError(), ClientConnectionError()))
    deliver(tmp_path, handler, arrival("a"))
    assert len(handler.apologies) == 1
    mute = Recorder(raising(refused), raising(*[refused] * 9))
    with caplog.at_level(logging.ERROR):
        deliver(tmp_path, mute, arrival("b"))
    assert mute.apologies == []
    assert "no apology" in caplog.text


def test_one_that_killed_the_process_each_time_is_not_begun_for_ever(tmp_path: Path) -> None:
    with Inbox.open(tmp_path / FILE_NAME) as inbox:
        inbox.put([arrival("a")], 0.0)
        for _ in range(QUICK.deaths):
            inbox.begin(inbox.due("event", 1.0, 1, set()))
    handler = Recorder()
    deliver(tmp_path, handler)
    assert handler.begun == []
    assert [key for key, _ in handler.apologies] == ["a"]


def test_what_was_in_hand_when_the_process_died_twice_is_answered_alone(tmp_path: Path) -> None:
    in_hand: set[str] = set()
    together: dict[str, int] = {}

    async def answer(item: Item, _progress: ItemProgress) -> None:
        in_hand.add(item.key)
        together[item.key] = len(in_hand)
        if item.key in "ad":
            await until(lambda: len(in_hand) == 2 or max(together.values()) == 2)
        else:
            await asyncio.sleep(0.02)  # time for another to begin beside it, which none may
        together[item.key] = max(together[item.key], len(in_hand))
        in_hand.remove(item.key)

    with Inbox.open(tmp_path / FILE_NAME) as inbox:
        inbox.put([arrival(each) for each in "abcd"], 0.0)
        for _ in range(2):
            inbox.begin([item for item in inbox.due("event", 1.0, 9, set()) if item.key in "bc"])
    deliver(tmp_path, Recorder(answer), pace=Pace(look=0.05))
    assert (together["b"], together["c"]) == (1, 1)
    assert max(together["a"], together["d"]) == 2


def test_what_is_in_hand_is_finished_before_it_stops(tmp_path: Path) -> None:
    async def answer(_item: Item, _progress: ItemProgress) -> None:
        await asyncio.sleep(0.1)

    async def work() -> None:
        handler = Recorder(answer)
        with Inbox.open(tmp_path / FILE_NAME) as inbox:
            inbox.put([arrival("a")], 0.0)
            async with Delivery(inbox, handler, tmp_path / "lock", PATIENT).running():
                await until(lambda: handler.begun)
            assert handler.answered == ["a"]
            assert inbox.depth() == 0

    asyncio.run(work())


def test_what_takes_too_long_to_finish_is_left_to_the_next_start_as_it_was(tmp_path: Path) -> None:
    async def answer(_item: Item, progress: ItemProgress) -> None:
        if progress.get("begun") is None:
            progress.put("begun", "yes")
            await asyncio.sleep(3600)

    async def work(drain: float) -> Recorder:
        handler = Recorder(answer)
        with Inbox.open(tmp_path / FILE_NAME) as inbox:
            inbox.put([arrival("a")], 0.0)
            async with Delivery(inbox, handler, tmp_path / "lock", Pace(look=0.05, first=0.01, drain=drain)).running():
                await until(lambda: handler.begun)
            left = inbox.due("event", 1.0, 1, set())
            assert [item.begun for item in left] in ([], [0])
        return handler

    assert asyncio.run(work(0.01)).answered == []
    assert asyncio.run(work(float(PATIENCE))).answered == ["a"]


def test_of_two_processes_one_answers_and_the_other_takes_over(tmp_path: Path) -> None:
    async def work() -> None:
        first, second = Recorder(), Recorder()
        with Inbox.open(tmp_path / FILE_NAME) as inbox, Inbox.open(tmp_path / FILE_NAME) as other:
            async with Delivery(inbox, first, tmp_path / "lock", QUICK).running():
                inbox.put([arrival("a")], 0.0)
                await until(lambda: first.answered == ["a"])
                async with Delivery(other, second, tmp_path / "lock", QUICK).running():
                    other.put([arrival("b")], 0.0)  # taken in by the one, answered by the other
                    await until(lambda: first.answered == ["a", "b"])
                    assert second.begun == []
            async with Delivery(other, second, tmp_path / "lock", QUICK).running():
                other.put([arrival("c")], 0.0)
                await until(lambda: second.answered == ["c"])

    asyncio.run(work())


def test_an_inbox_that_cannot_be_read_is_tried_again(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async def work() -> None:
        handler = Recorder()
        with Inbox.open(tmp_path / FILE_NAME) as inbox:
            inbox.put([arrival("a")], 0.0)
            inbox.database.query("ALTER TABLE inbox RENAME TO hidden")
            async with Delivery(inbox, handler, tmp_path / "lock", QUICK).running():
                await until(lambda: "cannot be read" in caplog.text)
                inbox.database.query("ALTER TABLE hidden RENAME TO inbox")
                await until(lambda: handler.answered == ["a"])

    asyncio.run(work())


def test_what_cannot_be_written_down_is_done_again_not_lost(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async def work() -> None:
        with Inbox.open(tmp_path / FILE_NAME) as inbox:

            async def answer(_item: Item, _progress: ItemProgress) -> None:
                inbox.database.query(f"PRAGMA query_only = {int(len(handler.begun) == 1)}")

            handler = Recorder(answer)
            inbox.put([arrival("a")], 0.0)
            async with Delivery(inbox, handler, tmp_path / "lock", QUICK).running():
                await until(lambda: "cannot be written" in caplog.text)
                inbox.database.query("PRAGMA query_only = 0")
                await until(lambda: inbox.depth() == 0)
            assert handler.answered == ["a", "a"]

    asyncio.run(work())


def test_the_id_of_an_error_tells_nothing_and_stays_the_same() -> None:
    item = Item(1, "event:Ev0123456789", "event", {}, 0, 0, 0)
    assert error_id(item) == error_id(Item(2, item.key, "event", {}, 1, 3, 1))
    assert "Ev01" not in error_id(item)
