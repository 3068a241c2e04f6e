"""How much a requester may ask, by a clock of the tests."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import RateError
from qa.types import Requester
from web.queueing import Rates


class _Clock:
    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def _admitted(rates: Rates, name: str = "sales") -> bool:
    try:
        rates.admit(Requester(name))
    except RateError:
        return False
    return True


def test_a_minutes_questions_may_come_at_once_and_then_come_back_evenly() -> None:
    clock = _Clock()
    rates = Rates(lambda _: 3, clock)
    assert [_admitted(rates) for _ in range(4)] == [True, True, True, False]
    clock.seconds += 19.9
    assert not _admitted(rates)
    clock.seconds += 0.1
    assert [_admitted(rates) for _ in range(2)] == [True, False]
    clock.seconds += 3600
    assert [_admitted(rates) for _ in range(4)] == [True, True, True, False], "no more than a minute's are saved up"


def test_a_question_given_back_can_be_asked_again() -> None:
    rates = Rates({"sales": 2}.get, _Clock())
    rates.give_back(Requester("sales"))
    assert [_admitted(rates) for _ in range(3)] == [True, True, False]
    rates.give_back(Requester("sales"))
    assert [_admitted(rates) for _ in range(2)] == [True, False]


def test_requesters_do_not_spend_each_others_and_some_have_no_limit() -> None:
    rates = Rates({"sales": 1, "hr": 1}.get, _Clock())
    assert _admitted(rates, "sales")
    assert not _admitted(rates, "sales")
    assert _admitted(rates, "hr")
    assert all(_admitted(rates, "") for _ in range(1000))


def test_the_refusal_says_what_may_be_asked_and_when() -> None:
    rates = Rates(lambda _: 4, _Clock())
    for _ in range(4):
        rates.admit(Requester("sales"))
    with pytest.raises(RateError, match=r"4 questions a minute: ask again in 15 seconds\.") as caught:
        rates.admit(Requester("sales"))
    assert caught.value.retry_after_seconds == 15


def test_a_key_with_another_rate_counts_by_that() -> None:
    limits = {"sales": 10}
    rates = Rates(limits.get, _Clock())
    assert _admitted(rates)
    limits["sales"] = 2
    assert [_admitted(rates) for _ in range(3)] == [True, True, False]


@given(st.integers(1, 20), st.lists(st.floats(0, 90), max_size=20))
def test_whatever_the_times_no_window_lets_through_more(most: int, waits: list[float]) -> None:
    clock = _Clock()
    rates = Rates(lambda _: most, clock)
    admitted: list[float] = []
    for wait in waits:
        clock.seconds += wait
        while _admitted(rates):
            admitted.append(clock.seconds)
    for first, began in enumerate(admitted):
        for count, ended in enumerate(admitted[first:], 1):
            assert count <= most + (ended - began) * most / 60 + 1e-6


@given(st.integers(1, 500), st.floats(0, 1))
def test_who_waits_as_long_as_it_is_told_is_admitted(most: int, step: float) -> None:
    clock = _Clock()
    rates = Rates(lambda _: most, clock)
    while True:
        try:
            rates.admit(Requester("sales"))
        except RateError as error:
            clock.seconds += error.retry_after_seconds
            break
        clock.seconds += step * 59 / most
    rates.admit(Requester("sales"))
