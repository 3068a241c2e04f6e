"""Calendars and address cards: each entry a record, with names that people use."""

from hypothesis import given
from hypothesis import strategies as st

from tests.extracted import blocks, document, place

CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
SUMMARY:Tide meeting
DTSTART;TZID=Europe/Paris:20261005T100000
DTEND:20261005T110000Z
ORGANIZER;CN=Ada:mailto:ada@x.org
DESCRIPTION:Long
 er text\\, here.
END:VEVENT
BEGIN:VEVENT
SUMMARY:Lunch
DTSTART;VALUE=DATE:20261006
END:VEVENT
END:VCALENDAR
"""
CARDS = "BEGIN:VCARD\nFN:Ada\nitem1.TEL;TYPE=home:123\nADR:;;Rue 1;Brest;;29200;France\nBDAY:1815-12-10\nEND:VCARD\n"


def test_a_calendar() -> None:
    made = document(CALENDAR, "a.ics")
    assert blocks(made, "heading") == ["Tide meeting", "Lunch"]
    assert "start: 2026-10-05 10:00\nend: 2026-10-05 11:00 UTC\norganizer: Ada" in made.text
    assert "description: Longer text, here." in made.text
    assert "start: 2026-10-06" in made.text
    assert place(made, "10:00") == "line 5"
    assert document(CALENDAR, "calendar").format == "ics"


def test_cards() -> None:
    made = document(CARDS, "a.vcf")
    assert blocks(made, "paragraph") == [
        "name: Ada\nphone: 123\naddress: Rue 1, Brest, 29200, France\nborn: 1815-12-10"
    ]
    assert document(CARDS, "ada").format == "vcf"


@given(
    st.lists(st.sampled_from(["BEGIN:VEVENT\n", "END:VEVENT\n", "SUMMARY:x\n", " y\n", "FN:\n", "x", "DTSTART:9\n"]))
)
def test_any_lines_read(lines: list[str]) -> None:
    document("".join(lines), "a.ics")
