"""Values have the same terms however they are written, and others have others."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.language.designations import clause_marks
from index.language.values import find_values, value_terms

# Each row is one value in several forms.
ALIKE = (
    ("12500", "12,500", "12 500", "12\u00a0500", "12\u2009500", "12.500", "twelve thousand five hundred"),
    ("1200000", "1.2 million", "1,200,000"),
    ("3.5", "3,5"),
    ("3rd", "third"),
    ("21st", "twenty-first"),
    ("5km", "5 km", "5-km", "five kilometres", "5 kilometers", "5,000 m"),
    ("3000 rpm", "3 000 rpm", "3,000rpm", "3000 revolutions per minute"),
    ("10 m", "10m", "ten metres"),
    ("65dB(A)", "65 dB", "65 decibels"),
    ("4000 mAh", "4 Ah", "4000mAh"),
    ("1234 kg", "1,234 kg", "1234kg"),
    ("5%", "5 %", "5 percent", "5 per cent", "five percent"),
    ("$12", "12 dollars", "USD 12", "12 USD", "US$12"),
    ("€12.50", "12.50 EUR", "EUR 12,50", "12,50 €"),
    ("£3", "GBP 3", "3 pounds"),
    ("2026-03-05", "5 March 2026", "March 5, 2026", "05.03.2026", "5th of March 2026", "5 Mar 2026", "march 5th, 2026"),
    ("March 2026", "2026-03", "march 2026", "Mar 2026", "03/2026"),
    ("5 March", "March 5", "5th of March"),
    ("14:30", "2.30 pm", "2:30 p.m.", "2:30 PM", "14h30"),
    ("noon", "12:00 pm", "12 p.m."),
    ("v2.10", "2.10.0", "version 2.10", "v2.10.0", "release 2.10"),
    ("RFC 9871", "RFC9871", "RFC-9871", "rfc9871"),
    ("SRV-057", "SRV057", "srv-057", "SRV_057"),
    ("+49 30 555-0101", "0049 30 5550101", "+49 (30) 5550101"),
    ("4.2(b)", "section 4.2(b)", "Clause 4.2 (b)".replace(" (", "("), "§ 4.2(b)"),
    ("§ 12", "§12", "Section 12", "article 12", "Art. 12"),
    ("step 3", "Step three", "the third step", "3rd step"),
    ("room 12", "Room no. 12", "room: 12", "room number 12"),
)
UNLIKE = (
    ("version 2.1", "version 2.10"), ("v2.1", "2.10.0"), ("2.1", "2.10"), ("SRV-057", "SRV-057-2"), ("E1042", "E1043"),
    ("5 March 2026", "5 April 2026"), ("5 km", "5 kg"), ("5 km", "50 km"), ("4.2(b)", "4.2(c)"), ("§ 12", "§ 1.2"),
    ("14:30", "4:30 am"), ("$12", "€12"), ("room 12", "room 13"), ("third", "three"), ("SRV-057", "SRV-57"),
)  # fmt: skip


def said(text: str) -> set[str]:
    return {term for value in find_values(text) for term in value.says}


@pytest.mark.parametrize("forms", ALIKE, ids=lambda forms: forms[0])
def test_a_value_is_the_same_in_all_its_forms(forms: tuple[str, ...]) -> None:
    first = said(forms[0])
    assert first
    for form in forms:
        assert first & said(f"It is {form} here."), form


@pytest.mark.parametrize(("one", "other"), UNLIKE)
def test_other_values_share_no_term_that_says_them(one: str, other: str) -> None:
    assert said(one)
    assert said(other)
    assert not said(one) & said(other)


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("March 2026", "2026-03-19"), ("2026", "19.03.2026"), ("in April 2026", "07/04/2026"), ("1994", "1994-96"),
        ("1995", "the 1990s"), ("Section 4.2", "4.2(b)"), ("April", "2 April 2026"),
        ("(030) 555 0101", "+49 30 5550101"),
    ],
)  # fmt: skip
def test_a_value_holds_what_it_lies_in(asked: str, written: str) -> None:
    assert said(asked) & set(value_terms(written))


def test_an_ambiguous_date_is_both() -> None:
    assert said("5/3/2026") == {"d:2026-03-05", "d:2026-05-03"}
    assert said("25/3/26") == {"d:2026-03-25"}


def test_a_range_of_the_text_says_each_value() -> None:
    text = "On 2026-03-05 the SRV-057 turned at 3 000 rpm for 5km."
    assert [text[value.start : value.end] for value in find_values(text) if value.kind != "year"] == [
        "2026-03-05", "SRV-057", "3 000 rpm", "5km",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "No value is here.", "one of them", "a state-of-the-art sensor", "well-known"])
def test_words_are_no_values(text: str) -> None:
    assert find_values(text) == ()


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)))
@settings(deadline=None)
def test_every_day_has_its_term_in_every_form(day: datetime.date) -> None:
    month = f"{day:%B}"
    for form in (
        day.isoformat(), f"{day.day} {month} {day.year}", f"{month} {day.day}, {day.year}", f"{day:%d.%m.%Y}",
        f"{day:%d/%m/%Y}", f"{day:%m/%d/%Y}",
    ):  # fmt: skip
        assert f"d:{day.isoformat()}" in said(f"It was {form}."), form


@given(st.integers(1000, 999_999_999))
@settings(deadline=None)
def test_every_number_has_its_term_in_every_grouping(number: int) -> None:
    grouped = f"{number:,}"
    for form in (str(number), grouped, grouped.replace(",", " "), grouped.replace(",", "\u202f")):
        assert f"n:{number:.10g}" in value_terms(f"There are {form} of them."), form


@given(st.integers(0, 23), st.integers(0, 59))
@settings(deadline=None)
def test_every_time_has_its_term_on_both_clocks(hour: int, minute: int) -> None:
    half = "pm" if hour >= 12 else "am"
    for form in (f"{hour:02d}:{minute:02d}", f"{hour % 12 or 12}:{minute:02d} {half}"):
        assert f"t:{hour:02d}:{minute:02d}" in said(f"It was {form} then."), form


@given(st.text("0123456789.,:/-()§+ vkmE°%$a\n", max_size=200) | st.text(max_size=100))
@settings(deadline=None)
def test_values_lie_in_the_text_and_their_terms_are_whole(text: str) -> None:
    for value in find_values(text):
        assert 0 <= value.start < value.end <= len(text)
        assert all(term and not any(c.isspace() for c in term) for term in (*value.says, *value.holds))


@pytest.mark.parametrize(
    ("parts", "term"),
    [
        (("4. RENT", "4.2 The Tenant shall pay:", "(b) in time"), "c:section:4.2.b"),
        (("9. TERMINATION", "9.2 The Tenant may terminate:", "(a)", "if unfit"), "c:section:9.2.a"),
        (("Article 5", "The parties shall meet."), "c:section:5"),
        (("To reset it, do this:", "3. Press the button."), "c:step:3"),
        (("Chapter Two", "It rained."), "c:chapter:2"),
        (("Setup", "Step 3: Press the button."), "c:step:3"),
    ],
)
def test_a_clause_is_told_by_the_marks_over_it(parts: tuple[str, ...], term: str) -> None:
    assert term in clause_marks(parts)


def test_text_without_marks_is_no_clause() -> None:
    assert clause_marks(("Rent", "The tenant pays.", "In 2026 it rose.")) == ()
