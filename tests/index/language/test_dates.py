"""Dates as texts write them, and when two of them cannot be of one thing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.dates import Date, dates_differ, find_dates, find_day

_PIECES = (
    "Mar", "Mart", "t.", ".", " ", "5", " 5", "Sept", "Octt", "auguſt", "SEPT", "2019", ", ", "may", "first", "31st",
    " of ", "century", "19th ", "AD ", "BC", "1980s", "年", "月", "日", "-", "/", "\u0662",
)  # fmt: skip


def read(text: str) -> list[Date]:
    return [found.date for found in find_dates(text)]


def year(number: int, last: int | None = None) -> Date:
    return Date(number, number if last is None else last)


MAY_14 = Date(2017, 2017, 5, 14)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2017-05-14", MAY_14),
        ("2017/05/14", MAY_14),
        ("14.5.2017", MAY_14),
        ("14/5/2017", MAY_14),
        ("5/14/2017", MAY_14),
        ("4/5/2017", year(2017)),  # day or month first
        ("4.5.2017", Date(2017, 2017, 5, 4)),
        ("5/5/2017", Date(2017, 2017, 5, 5)),
        ("12/12/2017", Date(2017, 2017, 12, 12)),
        ("13/12/2017", Date(2017, 2017, 12, 13)),
        ("12/13/2017", Date(2017, 2017, 12, 13)),
        ("2017-12-31", Date(2017, 2017, 12, 31)),
        ("2017-01-01", Date(2017, 2017, 1, 1)),
        ("2017-13-10", Date(2017, 2017, 10, 13)),
        ("2017-13-13", year(2017)),
        ("2017-10-32", year(2017)),
        ("2017-00-10", year(2017)),
        ("2017-10-00", year(2017)),
        ("2017年5月14日", MAY_14),
        ("14 May 2017", MAY_14),
        ("14th of May, 2017", MAY_14),
        ("14th of May", Date(None, None, 5, 14)),
        ("May 14", Date(None, None, 5, 14)),
        ("May 14, 2017", MAY_14),
        ("May 2017", Date(2017, 2017, 5)),
        ("the first of May", Date(None, None, 5, 1)),
        ("the thirty-first of May", Date(None, None, 5, 31)),
        ("in June", Date(None, None, 6)),
        ("in 2017", year(2017)),
        ("1914–18", year(1914, 1918)),
        ("1914-1918", year(1914, 1918)),
        ("the 1930s", year(1930, 1939)),
        ("the 1900s", year(1900, 1999)),
        ("the 19th century", year(1800, 1900)),
        ("the nineteenth century", year(1800, 1900)),
        ("the twenty-first century", year(2000, 2100)),
        ("the twenty-second century", year(2100, 2200)),
        ("the thirty-first century", year(3000, 3100)),
        ("the 2nd century BC", year(-200, -101)),
        ("AD 44", year(44)),
        ("44 BC", year(-44)),
        ("44 AD", year(44)),
        ("about 1900", year(1890, 1910)),
        ("about 1904", year(1902, 1906)),
        ("before 1900", year(-100_000, 1900)),
        ("after 1900", year(1900, 100_000)),
    ],
)
def test_a_date_is_read(text: str, date: Date) -> None:
    assert read(text) == [date]


@given(st.lists(st.sampled_from(_PIECES) | st.text(max_size=3), max_size=8).map("".join))
def test_whatever_is_written_is_read(text: str) -> None:
    assert all(text[found.start : found.end].strip() for found in find_dates(text))


@pytest.mark.parametrize("text", ["He may go", "May he go?", "on Monday", "last year", "0 May"])
def test_these_are_no_dates(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("date", "iso"),
    [
        (MAY_14, "2017-05-14"),
        (Date(2017, 2017, 5), None),
        (year(2017), None),
        (year(1914, 1918), None),
        (Date(2017, 2017, 2, 30), None),
        (Date(None, None, 5, 14), None),
    ],
)
def test_whole_dates_have_an_iso_form(date: Date, iso: str | None) -> None:
    assert date.iso == iso


@pytest.mark.parametrize(
    ("left", "right", "differ"),
    [
        (year(2017), year(2018), True),
        (year(2017), MAY_14, False),
        (year(1914, 1918), year(1918), False),
        (year(1914, 1918), year(1919), True),
        (year(1914, 1918), year(1913), True),
        (Date(2017, 2017, 5), MAY_14, False),
        (Date(2017, 2017, 6), MAY_14, True),
        (Date(2017, 2017, 5, 15), MAY_14, True),
        (Date(None, None, 5, 14), MAY_14, False),
        (Date(None, None, 5, 15), MAY_14, True),
        (Date(None, None, 6), Date(None, None, 5), True),
        (Date(2016, 2018, 6), MAY_14, False),  # of more than a year
    ],
)
def test_dates_that_cannot_be_of_one_thing_differ(left: Date, right: Date, differ: bool) -> None:
    assert dates_differ(left, right) is differ
    assert dates_differ(right, left) is differ


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Ghent, 3 May 1900", "1900-05-03"),
        ("Ghent, 3 May 1899", None),
        ("before 3 May 2020", "2020-05-03"),  # what is written, whatever stands before it
        ("30 February 2020, 3 May 2021", "2021-05-03"),
        ("May 2020", None),
    ],
)
def test_the_first_whole_date_since_1900(text: str, iso: str | None) -> None:
    found = find_day(text)
    assert (found.value if found else None) == iso
