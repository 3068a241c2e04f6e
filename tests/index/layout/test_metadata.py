"""Title, author, date and publisher, with their places."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.dates import find_day
from index.readers import read
from index.types import Document, Field

PROSE = (
    "The old mill by the river was rebuilt after the flood, and on 3 May 1931 Jane Doe opened it. It rained that day."
)


def document(text: str, name: str = "a.txt") -> Document:
    return read(text.encode(), name, "d")


def value(field: Field | None) -> str | None:
    return field.value if field else None


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Jane Doe", "Jane Doe"),
        ("by Jane Doe and Omar El Haddad", "Jane Doe and Omar El Haddad"),
        ("By Jane Doe, Transport Correspondent", "Jane Doe"),
        ("By Jane Doe | 4 March 2011", "Jane Doe"),
        ("Jane Doe", "Jane Doe"),
        ("Doe Jane [Profile]", "Doe Jane"),
        ("Ludwig van der Berg", "Ludwig van der Berg"),
        ("By the river", None),
        ("The Flood", None),
        ("Water Mills", None),
        ("By 1950 it was gone", None),
    ],
)
def test_authors(line: str, author: str | None) -> None:
    found = document(f"How water mills survived the flood\n\n{line}\n\n{PROSE}\n\n{PROSE}")
    assert value(found.metadata.author) == author
    if found.metadata.author:
        assert found.text[found.metadata.author.start : found.metadata.author.end] == author


def test_an_author_in_front_of_the_first_sentence() -> None:
    found = document(f"How water mills survived\n\n(By Jane Doe) {PROSE}")
    assert value(found.metadata.author) == "Jane Doe"
    assert found.blocks[-1].kind == "paragraph"


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("2011-03-04", "2011-03-04"),
        ("[2018.06.13]", "2018-06-13"),
        ("January 28, 2025", "2025-01-28"),
        ("Published: 13 June 2018, 10:15", "2018-06-13"),
        ("Updated Sept. 3rd, 2019", "2019-09-03"),
        ("2020年5月4日", "2020-05-04"),
        ("31 February 2020", None),
        ("Marathon 12, 2020", None),
        ("June 2018", None),
    ],
)
def test_dates(line: str, date: str | None) -> None:
    found = document(f"How water mills survived the flood\n\n{line}\n\n{PROSE}\n\n{PROSE}")
    assert value(found.metadata.date) == date


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)))
def test_every_form_of_a_date_is_the_same_day(day: datetime.date) -> None:
    forms = [day.isoformat(), f"{day:%Y.%m.%d}", f"{day:%B} {day.day}, {day.year}", f"{day.day} {day:%b} {day.year}"]
    for form in forms:
        field = find_day(f"on {form}, ", 0, len(form) + 5)
        assert field is not None
        assert (field.value, field.start, field.end) == (day.isoformat(), 3, 3 + len(form))


def test_a_date_of_the_running_text_or_of_a_widget_is_not_the_documents() -> None:
    assert document(f"How mills survived\n\n{PROSE}\n\n{PROSE}").metadata.date is None
    title = "How water mills survived the flood"
    widget = f"21.5 C\nPort Ansel\nMonday, 2024-07-21\ntop_banner\n\n{title}\n\n{PROSE}\n\n{PROSE}"
    found = document(widget)
    assert value(found.metadata.title) == title
    assert found.metadata.date is None


def test_front_matter() -> None:
    text = f'---\ntitle: "The Mill"\nauthor: Jane Doe\ndate: 2011-03-04\ntags: [a]\n---\n\n# The Mill\n\n{PROSE}\n'
    found = document(text, "a.md")
    metadata = found.metadata
    assert (value(metadata.title), value(metadata.author), value(metadata.date)) == (
        "The Mill",
        "Jane Doe",
        "2011-03-04",
    )
    assert [block.kind for block in found.blocks[:4]] == ["title", "byline", "byline", "paragraph"]


def test_what_is_no_front_matter_is_text() -> None:
    found = document(f"---\n\n{PROSE}\n\n---\n", "a.md")
    assert found.metadata.title is None
    assert [block.kind for block in found.blocks] == ["furniture", "paragraph", "furniture"]


def test_header_lines_of_a_letter() -> None:
    head = "From: Jane Doe <jane@example.org>\nSubject: The wheel\nDate: Tue, 3 March 2020 09:12"
    text = f"{head}\n\nDear all,\n\n{PROSE}\n"
    metadata = document(text).metadata
    assert (value(metadata.title), value(metadata.author), value(metadata.date)) == (
        "The wheel",
        "Jane Doe",
        "2020-03-03",
    )


@pytest.mark.parametrize(
    ("line", "publisher"),
    [
        ("© 2022 Port Ansel Courier. All rights reserved.", "Port Ansel Courier"),
        ("Copyright 2019-2021 Marsh Press", "Marsh Press"),
        ("Copyright is a difficult subject.", None),
        ("He wrote about copyright in 2011.", None),
    ],
)
def test_publishers(line: str, publisher: str | None) -> None:
    assert value(document(f"How mills survived\n\n{PROSE}\n\n{PROSE}\n\n{line}").metadata.publisher) == publisher


@pytest.mark.parametrize("text", ["", PROSE, f"{PROSE}\n\n{PROSE}", "a\n\nb"])
def test_nothing_is_stated(text: str) -> None:
    metadata = document(text).metadata
    assert (metadata.author, metadata.date, metadata.publisher) == (None, None, None)
