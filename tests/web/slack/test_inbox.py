"""The inbox: what is put in is there after a crash, comes out once and in order, is forgotten when answered."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.slack.inbox import FILE_NAME, Arrival, Inbox


@pytest.fixture
def inbox(tmp_path: Path) -> Iterator[Inbox]:
    with Inbox.open(tmp_path / FILE_NAME) as opened:
        yield opened


def event(key: str, thread: str | None = None) -> Arrival:
    return Arrival(key, "event", thread, {"type": "event_callback", "event": {"text": f"the words of {key}"}})


def keys(inbox: Inbox, now: float = 10.0, besides: set[int] | None = None) -> list[str]:
    return [item.key for item in inbox.due("event", now, 100, besides or set())]


def test_a_repetition_is_taken_once_also_when_it_was_answered(inbox: Inbox) -> None:
    assert inbox.put([event("a")], 1.0)
    assert not inbox.put([event("a")], 2.0)
    (item,) = inbox.due("event", 3.0, 10, set())
    inbox.finish(item, 4.0)
    assert not inbox.put([event("a")], 5.0)
    assert keys(inbox) == []


def test_another_connection_sees_it_at_once(inbox: Inbox, tmp_path: Path) -> None:
    inbox.put([event("a")], 1.0)
    with Inbox.open(tmp_path / FILE_NAME) as other:
        assert keys(other) == ["a"]
        assert other.due("event", 1.0, 1, set())[0].body["event"] == {"text": "the words of a"}


def test_what_is_put_in_is_synced_to_the_disk(inbox: Inbox) -> None:
    assert inbox.database.query("PRAGMA synchronous") == [(2,)]  # FULL


def test_of_a_thread_only_the_first_is_due(inbox: Inbox) -> None:
    for key, thread in (("a1", "a"), ("a2", "a"), ("b1", "b"), ("x", None), ("y", None)):
        inbox.put([event(key, thread)], 1.0)
    assert keys(inbox) == ["a1", "b1", "x", "y"]
    first = inbox.due("event", 1.0, 1, set())[0]
    assert keys(inbox, besides={first.number}) == ["b1", "x", "y"]
    inbox.put_off(first, 20.0)
    assert keys(inbox, 10.0) == ["b1", "x", "y"]
    inbox.finish(first, 10.0)
    assert keys(inbox) == ["a2", "b1", "x", "y"]


def test_kinds_do_not_stand_in_each_others_way(inbox: Inbox) -> None:
    inbox.put([event("a")], 1.0)
    inbox.put([Arrival("c", "command", None, {"command": "/ask"})], 1.0)
    assert [item.key for item in inbox.due("command", 1.0, 1, set())] == ["c"]


def test_an_attempt_counts_from_its_beginning_until_it_ends(inbox: Inbox) -> None:
    inbox.put([event("a")], 1.0)
    (first,) = inbox.due("event", 100.0, 1, set())

    def counts() -> tuple[int, int, int]:
        (only,) = inbox.due("event", 100.0, 1, set())
        return only.begun, only.attempts, only.waits

    inbox.begin([first])
    assert counts() == (1, 0, 0)
    inbox.begin([first])  # the process died
    assert counts() == (2, 0, 0)
    inbox.retry(first, 50.0)
    assert keys(inbox, 49.0) == []
    assert counts() == (0, 1, 0)
    inbox.begin([first])
    inbox.put_off(first, 60.0)
    assert counts() == (0, 1, 1)
    inbox.begin([first])
    inbox.release(first)
    assert counts() == (0, 1, 1)
    inbox.retry(first, 60.0, attempts=5)
    assert counts() == (0, 5, 1)


def test_progress_lasts_until_the_item_is_finished(inbox: Inbox, tmp_path: Path) -> None:
    inbox.put([event("a")], 1.0)
    inbox.put([event("b")], 1.0)
    one, other = inbox.due("event", 1.0, 2, set())
    progress = inbox.progress(one)
    assert progress.get("posted") is None
    progress.put("posted", "1.0")
    progress.put("posted", "2.0")
    assert inbox.progress(other).get("posted") is None
    with Inbox.open(tmp_path / FILE_NAME) as again:
        assert again.progress(one).get("posted") == "2.0"
    inbox.finish(one, 2.0)
    assert progress.get("posted") is None


def test_what_was_asked_is_gone_from_the_file_once_it_is_answered(inbox: Inbox, tmp_path: Path) -> None:
    inbox.put([event("a")], 1.0)
    assert b"the words of a" in (tmp_path / FILE_NAME).read_bytes()
    inbox.finish(inbox.due("event", 1.0, 1, set())[0], 2.0)
    assert b"the words of a" not in (tmp_path / FILE_NAME).read_bytes()
    assert inbox.depth() == 0


def test_only_what_was_finished_long_ago_is_forgotten(inbox: Inbox) -> None:
    for key in ("old", "new", "waiting"):
        inbox.put([event(key)], 1.0)
    old, new, _ = inbox.due("event", 1.0, 3, set())
    inbox.finish(old, 5.0)
    inbox.finish(new, 50.0)
    inbox.forget(10.0)
    assert inbox.put([event("old")], 60.0)
    assert not inbox.put([event("new")], 60.0)
    assert not inbox.put([event("waiting")], 60.0)
    assert inbox.depth() == 2


def test_a_finished_item_has_no_body_and_a_waiting_one_has(inbox: Inbox) -> None:
    inbox.put([event("a")], 1.0)
    with pytest.raises(sqlite3.IntegrityError), sqlite3.connect(inbox.database.path) as connection:
        connection.execute("UPDATE inbox SET body = NULL")
    connection.close()


@given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), max_size=20))
def test_whatever_comes_and_is_finished_threads_go_in_order(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, bool]]
) -> None:
    """put: one of a thread arrives; else what is due is finished. Of each thread they come out as they went in."""
    waiting: dict[str, list[str]] = {"a": [], "b": [], "c": []}
    with Inbox.open(tmp_path_factory.mktemp("inbox") / FILE_NAME) as inbox:
        for number, (thread, is_put) in enumerate(steps):
            if is_put:
                inbox.put([event(f"{thread}{number}", thread)], 1.0)
                waiting[thread].append(f"{thread}{number}")
            else:
                due = inbox.due("event", 1.0, 100, set())
                assert {item.key for item in due} == {each[0] for each in waiting.values() if each}
                for item in due:
                    inbox.finish(item, 1.0)
                    waiting[item.key[0]].pop(0)
        assert inbox.depth() == sum(map(len, waiting.values()))
