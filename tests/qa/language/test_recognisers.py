"""One recogniser for each fact: the value each gives, and that each user reads by it."""

import math

import pytest

from index.language.acronyms import definitions
from index.language.dates import Date, find_dates, find_day
from index.language.folding import fold
from index.language.names import is_capitalised, name_texts, read_name
from index.language.numbers import find_quantities, ordinal
from index.layout.header import is_byline, is_dateline
from index.search.aliases import aliases
from qa.conversations.snippets import snippet
from qa.exhaustive.intent import ScanIntent
from qa.exhaustive.matcher import MentionMatcher
from qa.language.people import people_of
from qa.language.phrases import phrases
from qa.language.question import AnswerType, analyse
from qa.language.values import read_values, values_differ
from qa.reading.spans import best_span, candidates
from tests.qa.composing.test_conflicts import WORDS

# --- dates ---


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("3 Sept. 2019", Date(2019, 2019, 9, 3)),
        ("Sept. 3, 2019", Date(2019, 2019, 9, 3)),
        ("3rd of September 2019", Date(2019, 2019, 9, 3)),
        ("the third of September", Date(None, None, 9, 3)),
        ("3 september 2019", Date(2019, 2019, 9, 3)),
        ("3. September 2019", Date(2019, 2019, 9, 3)),
        ("2019-09-03", Date(2019, 2019, 9, 3)),
        ("2019-09-03T10:15", Date(2019, 2019, 9, 3)),
        ("2018.06.13", Date(2018, 2018, 6, 13)),
        ("13.06.2018", Date(2018, 2018, 6, 13)),
        ("4.5.2018", Date(2018, 2018, 5, 4)),
        ("13/06/2018", Date(2018, 2018, 6, 13)),
        ("06/13/2018", Date(2018, 2018, 6, 13)),
        ("4/5/2018", Date(2018, 2018)),  # day or month first
        ("2018年6月13日", Date(2018, 2018, 6, 13)),
        ("14 May", Date(None, None, 5, 14)),
        ("Sept 2019", Date(2019, 2019, 9)),
        ("May, 2017", Date(2017, 2017, 5)),
        ("in May", Date(None, None, 5)),
        ("1998", Date(1998, 1998)),
        ("44 BC", Date(-44, -44)),
        ("AD 44", Date(44, 44)),
        ("1998–2001", Date(1998, 2001)),
        ("1914-18", Date(1914, 1918)),
        ("1998/99", Date(1998, 1999)),
        ("the 1990s", Date(1990, 1999)),
        ("the 1900s", Date(1900, 1999)),
        ("19th century", Date(1800, 1900)),
        ("nineteenth-century", Date(1800, 1900)),
        ("2nd century BC", Date(-200, -101)),
        ("circa 1900", Date(1890, 1910)),
        ("about 1903", Date(1901, 1905)),
        ("before 1900", Date(-100_000, 1900)),
        ("after 1900", Date(1900, 100_000)),
    ],
)
def test_the_date_of(text: str, date: Date) -> None:
    (found,) = find_dates(text)
    assert found.date == date


@pytest.mark.parametrize(
    "text", ["they may come", "May they come", "on Monday", "last year", "32 May 99", "v2018.1", "120 km", "10:15", ""]
)
def test_no_date(text: str) -> None:
    assert list(find_dates(text)) == []


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Posted on 3 Sept. 2019, before lunch", "2019-09-03"),
        ("before 3 Sept. 2019", "2019-09-03"),
        ("Sept 2019, 2018.06.13", "2018-06-13"),
        ("31 April 2019", None),
        ("3 May 1821", None),
        ("2019", None),
    ],
)
def test_the_whole_date_of_a_byline(text: str, iso: str | None) -> None:
    found = find_day(text)
    assert (found.value if found else None) == iso


# --- numbers ---


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("twelve", 12, ""),
        ("a dozen", 12, ""),
        ("twenty-five", 25, ""),
        ("three hundred and five", 305, ""),
        ("two thousand and one", 2001, ""),
        ("one hundred twenty-three thousand", 123_000, ""),
        ("half a million", 500_000, ""),
        ("12,500", 12_500, ""),
        ("12 500", 12_500, ""),
        ("12\u202f500", 12_500, ""),
        ("1,00,000", 100_000, ""),
        ("1.250.000", 1_250_000, ""),
        ("1.250 €", 1250, "euro"),
        ("€1.250", 1250, "euro"),
        ("1.250,50 €", 1250.5, "euro"),
        ("1.250", 1.25, ""),
        ("12,5 %", 12.5, "%"),
        ("15%", 15, "%"),
        ("15 per cent", 15, "%"),
        ("a third", 100 / 3, "%"),
        ("three quarters", 75, "%"),
        ("US$1.2 billion", 1.2e9, "$"),
        ("USD 5 million", 5e6, "$"),
        ("£3bn", 3e9, "pound"),
        ("5 million euros", 5e6, "euro"),
        ("2.5 m", 2.5, "m"),
        ("12 km", 12_000, "m"),
        ("100 miles", 160_934.4, "m"),
        ("two weeks", 14, "day"),
        ("5 to 10", 7.5, ""),
        ("between five and six", 5.5, ""),
        ("more than 25", 25, ""),
        ("up to 25", 25, ""),
        ("about 300", 300, ""),
    ],
)
def test_the_quantity_of(text: str, value: float, unit: str) -> None:
    (found,) = find_quantities(text)
    assert found.quantity.value == pytest.approx(value)
    assert found.quantity.unit == unit


@pytest.mark.parametrize(
    ("text", "low", "high"), [("12", 12, 12), ("about 300", 270, 330), ("1.2", 1.15, 1.25), ("over 9", 9, math.inf)]
)
def test_the_range_of_a_quantity(text: str, low: float, high: float) -> None:
    (found,) = find_quantities(text)
    assert (found.quantity.low, found.quantity.high) == pytest.approx((low, high), rel=1e-4)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("five and six", [5, 6]), ("nineteen eighty-four", [19, 84]), ("the third man of v2.10.1", []), ("1.2.3", [])],
)
def test_what_is_one_number_and_what_is_none(text: str, numbers: list[float]) -> None:
    assert [found.quantity.value for found in find_quantities(text)] == numbers


def test_ordinals() -> None:
    told = {word: ordinal(word) for word in ("3rd", "third", "Twenty-First", "21st", "104th", "three", "3")}
    assert list(told.values()) == [3, 3, 21, 21, 104, None, None]


# --- names: each user reads the same ---

_NAMES = ["AT&T", "Ursula von der Leyen", "U.S.", "O'Brien", "McDonald", "São Paulo", "Xi Jinping", "de Gaulle", "US"]


@pytest.mark.parametrize("name", _NAMES)
def test_a_name_reads_the_same_through_each_user(name: str) -> None:
    sentence = f"It was then that {name} spoke of the mill."
    assert name_texts(sentence) == [name]
    assert [phrase.text for phrase in phrases(sentence) if phrase.kind == "name"] == [name]
    assert [sentence[each.start : each.end] for each in candidates(analyse("Which one spoke?"), sentence)] == [name]
    assert [each.written.strip(".") for each in read_name(name)] == [name.strip(".")]
    assert analyse(sentence).names == tuple(word for word in name.split() if is_capitalised(word))
    assert snippet(sentence, fold(name)) == sentence
    mentions = MentionMatcher(ScanIntent("mention", name), (), WORDS)
    assert mentions.are_in(sentence, WORDS.terms(sentence))
    assert not mentions.are_in("It rained.", WORDS.terms("It rained."))


@pytest.mark.parametrize("name", [name for name in _NAMES if " " in name and name != "São Paulo"])
def test_a_person_reads_the_same_through_each_user(name: str) -> None:
    full = f"Charles {name}" if name == "de Gaulle" else name
    assert list(people_of(f"There came {full}, a writer of Weir, by boat.")) == [full]
    assert is_byline(f"By {full}")
    span = best_span(analyse("Who built the mill?"), f"The mill was built by {full}.")
    assert span is not None
    assert f"The mill was built by {full}."[span.start : span.end] == full


# --- dates and numbers: each user reads the same ---


@pytest.mark.parametrize("text", ["3 Sept. 2019", "2019-09-03", "3rd of September 2019", "September 3, 2019"])
def test_a_date_reads_the_same_through_each_user(text: str) -> None:
    sentence = f"The mill burned on {text}."
    span = best_span(analyse("When did the mill burn?"), sentence)
    assert span is not None
    assert sentence[span.start : span.end] == text
    assert read_values(AnswerType.DATE, text, 0, len(text)) == (Date(2019, 2019, 9, 3),)
    assert is_dateline(f"Published: {text}")


@pytest.mark.parametrize("text", ["twelve", "12", "12.0"])
def test_a_number_reads_the_same_through_each_user(text: str) -> None:
    sentence = f"There are {text} mills."
    span = best_span(analyse("How many mills are there?"), sentence)
    assert span is not None
    assert sentence[span.start : span.end] == text
    twelve = read_values(AnswerType.NUMBER, "twelve", 0, 6)
    assert not values_differ(twelve, read_values(AnswerType.NUMBER, text, 0, len(text)))


def test_a_year_is_no_count() -> None:
    sentence = "In 1821 and again in May 1900 the mills burned."
    assert best_span(analyse("How many mills burned?"), sentence) is None


# --- acronyms ---


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("AIIB", "Asian Infrastructure Investment Bank"),
        ("OECD", "Organisation for Economic Co-operation and Development"),
        ("BoJ", "Bank of Japan"),
        ("DOD", "Department of Defense"),
        ("PPPs", "Public-private partnerships"),
    ],
)
def test_an_acronym_reads_the_same_through_each_user(short: str, long: str) -> None:
    text = f"It was {long} ({short})."
    assert [(one.short, one.long) for one in definitions(text)] == [(short, long)]
    assert list(aliases(text)) == [(long, short)]
    found = tuple(definitions(text))
    assert MentionMatcher(ScanIntent("mention", short), found, WORDS).are_in(
        f"The {long}.", WORDS.terms(f"The {long}.")
    )
