"""Dates as bylines write them, normalised to YYYY-MM-DD."""

import datetime
import re

from index.types import Field

_MONTHS = "january february march april may june july august september october november december".split()
_NAME = r"(?P<month>" + "|".join(f"{name[:3]}(?:t?\\.|{name[3:]})?" for name in _MONTHS) + r")(?![a-z])"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_NUMBER = r"(?<!\d){year}(?P<sep>[-./]){month}(?P=sep){day}(?!\d)"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        _NUMBER.format(year=_YEAR, month=r"(?P<number>\d{1,2})", day=r"(?P<day>\d{1,2})"),
        rf"(?<!\w){_NAME} {{1,2}}{_DAY},? {{1,2}}{_YEAR}(?!\w)",
        rf"(?<!\w){_DAY}\.? {{1,2}}(?:of )?{_NAME},? {{1,2}}{_YEAR}(?!\w)",
        r"(?<!\d)(?P<year>(?:19|20)\d\d) ?年 ?(?P<number>\d{1,2}) ?月 ?(?P<day>\d{1,2}) ?日",
        r"(?<!\d)(?P<day>\d{1,2})\.(?P<number>\d{1,2})\.(?P<year>(?:19|20)\d\d)(?!\d)",
    )
)


def find_date(text: str, start: int, end: int) -> Field | None:
    """The first whole date in `text[start:end]`, day, month and year; None without one that the calendar has."""
    found = []
    for form in _FORMS:
        for match in form.finditer(text, start, end):
            parts = match.groupdict()
            month = int(parts["number"]) if parts.get("number") else _month(parts["month"])
            try:
                day = datetime.date(int(parts["year"]), month, int(parts["day"]))
            except ValueError:
                continue
            found.append(Field(day.isoformat(), match.start(), match.end()))
            break
    return min(found, key=lambda field: (field.start, -field.end), default=None)


def _month(name: str) -> int:
    return next(number for number, month in enumerate(_MONTHS, start=1) if month[:3] == name[:3].lower())
