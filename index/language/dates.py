"""Dates as texts write them: a day, a month, a year or a stretch of years, as far as they are told."""

import datetime
import re
from collections.abc import Iterator

from msgspec import Struct

from index.language.lexicon import MONTH_NUMBERS, MONTHS, ORDINALS, alternation
from index.types import Field

_SHORT_MONTHS = {m: f"{m[:3].title()}{'t?' if m == 'september' else ''}" for m in MONTHS}  # "Sept.", but no "Mart."
_MONTH = "(?:" + "|".join(rf"{m.title()}(?![a-z])|{short}(?:\.|(?= \d))" for m, short in _SHORT_MONTHS.items()) + ")"
_ANY_CASE = rf"(?i:{alternation(MONTHS)}|(?:{alternation(m[:3] for m in MONTHS)}|sept)\b\.?)"  # of a whole date
_DAY = r"\d{1,2}(?:st|nd|rd|th)?(?![\d:])"
_DAY_IN_WORDS = alternation(word for word, number in ORDINALS.items() if number <= 31)
_YEAR = r"(?:1\d{3}|20\d{2})"
_ERAS = r"BCE?|B\.C\.(?:E\.)?|CE|AD|A\.D\."
_DATE = re.compile(
    rf"(?<![^\W_])(?<!\d[.,])(?:(?P<iso>{_YEAR}(?P<sign>[-/.])\d{{1,2}}(?P=sign)\d{{1,2}}(?!\d))"
    rf"|(?P<east>{_YEAR}) ?年 ?(?P<east_month>\d{{1,2}}) ?月 ?(?P<east_day>\d{{1,2}}) ?日"
    rf"|(?P<numbers>\d{{1,2}}(?P<mark>[/.])\d{{1,2}}(?P=mark){_YEAR}(?!\d))"
    rf"|(?P<day0>{_DAY})\.? {{1,2}}(?:of )?(?P<month0>{_ANY_CASE}),? {{1,2}}(?:of )?(?P<year0>{_YEAR})(?!\d)"
    rf"|(?P<day1>{_DAY}|(?:{_DAY_IN_WORDS})(?= of)) (?:of )?(?P<month1>{_MONTH})"
    rf"(?:,? (?:of )?(?P<year1>{_YEAR})(?!\d))?"
    rf"|(?P<month3>{_ANY_CASE}) {{1,2}}(?P<day3>{_DAY}),? {{1,2}}(?P<year3>{_YEAR})(?!\d)"
    rf"|(?P<month2>{_MONTH})(?: (?P<day2>{_DAY})(?! (?:million|billion|percent|people)))?"
    rf"(?:,? (?:of )?(?P<year2>{_YEAR})(?!\d))?"
    rf"|(?P<century>\d{{1,2}}(?:st|nd|rd|th)|{alternation(ORDINALS)})[- ]centur(?:y|ies)(?: ?(?P<century_era>{_ERAS}))?"
    rf"|(?:AD|A\.D\.) (?P<ad>\d{{1,4}})"
    rf"|(?P<old>\d{{1,4}}) ?(?P<era>{_ERAS})"
    rf"|(?P<decade>(?:1\d{{2}}|20\d)0)[’']?s"
    rf"|(?P<year>{_YEAR})(?:[-–/](?P<last>\d{{4}}|\d{{2}})(?!\d))?)(?!(?!T\d\d:)[^\W_])",  # a time of day may follow
)
_ABOUT = re.compile(r"\b(?:about|around|circa|ca?\.|approximately|roughly|some time in|probably) ?$", re.IGNORECASE)
_BEFORE = re.compile(r"\b(?:before|by|until|till|up to|no later than|prior to) (?:the (?:end of )?)?$", re.IGNORECASE)
_AFTER = re.compile(r"\b(?:after|no earlier than) (?:the )?$", re.IGNORECASE)
_IN = re.compile(
    r"\b(?:in|of|since|by|until|till|from|to|and|during|early|late|mid|this|last|next|every|end|before|after|on)[ -]$",
    re.IGNORECASE,
)
_CONTEXT = 24  # characters before a date that may make it less exact
_FAR = 100_000  # years


class Date(Struct, frozen=True):
    """From the year `first` to `last` (before Christ: negative), None where no year is told; month and day of it."""

    first: int | None
    last: int | None
    month: int | None = None
    day: int | None = None

    @property
    def iso(self) -> str | None:
        """YYYY-MM-DD of a whole date that the calendar has, else None."""
        if self.first is None or self.first != self.last or self.month is None or self.day is None:
            return None
        try:
            return datetime.date(self.first, self.month, self.day).isoformat()
        except ValueError:
            return None


class FoundDate(Struct, frozen=True):
    """A date and the range of the text that says it."""

    date: Date
    start: int
    end: int


def find_dates(text: str, start: int = 0, end: int | None = None) -> Iterator[FoundDate]:
    """The dates in `text[start:end]`, in order. A weekday or "last year" tells none; a month alone does by its capital.

    "About", "before" and "after" widen a date. Of "4/5/2017" only the year is sure; with points the day comes first.
    """
    for match in _DATE.finditer(text, start, len(text) if end is None else end):
        date = _read(match)
        before = text[max(start, match.start() - _CONTEXT) : match.start()]
        if date is None or (match.group() == "May" and not _IN.search(before)):
            continue
        yield FoundDate(_loosened(date, before), match.start(), match.end())


class DateReadings(Struct, frozen=True):
    """What is written as a date at `text[start:end]`, whatever stands before it: each way to read it."""

    dates: tuple[Date, ...]
    start: int
    end: int


_SHORT = re.compile(
    rf"(?<![^\W_])(?<!\d[.,/:-])(?:(?P<one>\d{{1,2}})(?P<mark>[/.-])(?P<two>\d{{1,2}})(?P=mark)(?P<year>{_YEAR}|\d{{2}})"
    rf"|(?P<iso_year>{_YEAR})-(?P<iso_month>0[1-9]|1[0-2])(?!-?\d)"
    rf"|(?P<month>0?[1-9]|1[0-2])/(?P<month_year>{_YEAR})"
    rf"|(?P<name>{_ANY_CASE}) {{1,2}}(?P<name_year>{_YEAR}))(?![^\W_])(?!/\d)",
)
_THIS_CENTURY = 70  # of two digits, those below it


def date_readings(text: str) -> Iterator[DateReadings]:
    """The dates of a text as they are written, in order, none in another: of "5/3/2026" both days, of "03/2026" and
    "2026-03" the month, of "5/3/26" the days of this century."""
    short = {match.start(): match for match in _SHORT.finditer(text)}
    reached = 0
    every: dict[int, DateReadings] = {}
    for found in find_dates(text):
        every[found.start] = DateReadings((_read_exactly(text, found),), found.start, found.end)
    for start, match in short.items():
        dates = _short_readings(match)
        if dates and (start not in every or every[start].end <= match.end()):
            every[start] = DateReadings(dates, start, match.end())
    for start in sorted(every):
        if start >= reached:
            yield every[start]
            reached = every[start].end


def _short_readings(match: re.Match[str]) -> tuple[Date, ...]:
    if match["iso_year"]:
        return (Date(int(match["iso_year"]), int(match["iso_year"]), int(match["iso_month"])),)
    if match["month"]:
        return (Date(int(match["month_year"]), int(match["month_year"]), int(match["month"])),)
    if match["name"]:
        year = int(match["name_year"])
        return (Date(year, year, MONTH_NUMBERS[re.sub(r"\W", "", match["name"].lower())]),)
    one, two, year = match["one"], match["two"], int(match["year"])
    if len(match["year"]) == 2:
        if match["mark"] != "/" and not len(one) == len(two) == 2:  # "2.10.26" may be a version
            return ()
        year += 2000 if year < _THIS_CENTURY else 1900
    ways = ((int(one), int(two)),) if match["mark"] == "." else ((int(one), int(two)), (int(two), int(one)))
    days = (Date(year, year, month, day) for day, month in ways)
    return tuple(dict.fromkeys(day for day in days if day.iso))


def find_day(text: str, start: int = 0, end: int | None = None) -> Field | None:
    """The first whole date in `text[start:end]` of 1900 or later, as YYYY-MM-DD and where it stands; None without one
    that the calendar has."""
    for found in find_dates(text, start, end):
        iso = _read_exactly(text, found).iso
        if iso is not None and iso >= "1900":
            return Field(iso, found.start, found.end)
    return None


def dates_differ(left: Date, right: Date) -> bool:
    """Whether both cannot be the date of one thing: "2017" fits any day of that year."""
    if left.first is not None and right.first is not None and _apart(left, right):
        return True
    if left.month is None or right.month is None or _long(left) or _long(right):
        return False
    if left.month != right.month:
        return True
    return left.day is not None and right.day is not None and left.day != right.day


def _apart(left: Date, right: Date) -> bool:
    if left.first is None or left.last is None or right.first is None or right.last is None:
        return False
    return left.first > right.last or right.first > left.last


def _long(date: Date) -> bool:
    """More than a year, of which the month is not that of all."""
    return date.first is not None and date.first != date.last


def _read_exactly(text: str, found: FoundDate) -> Date:
    """What is written, whatever stands before it."""
    match = _DATE.match(text, found.start, found.end)
    return (_read(match) if match else None) or found.date


def _read(match: re.Match[str]) -> Date | None:
    if match["iso"] or match["numbers"]:
        return _numeric(match["iso"], match["numbers"])
    if match["east"]:
        return Date(int(match["east"]), int(match["east"]), int(match["east_month"]), int(match["east_day"]))
    if match["century"]:
        return _century(match["century"], match["century_era"] or "")
    if match["ad"]:
        return Date(int(match["ad"]), int(match["ad"]))
    if match["old"]:
        year = -int(match["old"]) if "B" in match["era"] else int(match["old"])
        return Date(year, year)
    if match["decade"]:
        decade = int(match["decade"])
        return Date(decade, decade + (99 if decade % 100 == 0 else 9))
    if match["year"]:
        return _years(match["year"], match["last"])
    return next(
        _of_month(match[f"month{form}"], match[f"year{form}"], match[f"day{form}"])
        for form in range(4)
        if match[f"month{form}"]
    )


def _years(first: str, last: str | None) -> Date:
    year = int(first)
    if last is None:
        return Date(year, year)
    return Date(year, max(year, int(last if len(last) == 4 else first[:2] + last)))


def _of_month(name: str, year: str | None, day: str | None) -> Date | None:
    full_year = None if year is None else int(year)
    month = MONTH_NUMBERS[re.sub(r"\W", "", name.casefold())]
    if day is None:
        return Date(full_year, full_year, month)
    number = int(re.sub(r"\D", "", day)) if day[0].isdigit() else ORDINALS[day]
    return Date(full_year, full_year, month, number) if 1 <= number <= 31 else None


def _numeric(iso: str | None, numbers: str | None) -> Date | None:
    parts = [int(part) for part in re.findall(r"\d+", iso or numbers or "")]
    year, one, two = (parts[0], parts[1], parts[2]) if iso else (parts[2], parts[1], parts[0])
    if numbers and "/" in numbers and one <= 12 and two <= 12 and one != two:  # day or month first
        return Date(year, year)
    month, day = (two, one) if one > 12 else (one, two)
    return Date(year, year, month, day) if 1 <= month <= 12 and 1 <= day <= 31 else Date(year, year)


def _century(name: str, era: str) -> Date:
    number = int(name[:-2]) if name[0].isdigit() else ORDINALS[name]
    if "B" in era:
        return Date(-100 * number, -100 * number + 99)
    return Date(100 * number - 100, 100 * number)  # 1900 is of the 19th to some and of the 20th to others


def _loosened(date: Date, before: str) -> Date:
    if date.first is None or date.last is None:
        return date
    if _ABOUT.search(before):
        slack = 10 if date.first % 10 == 0 else 2
        return Date(date.first - slack, date.last + slack)
    if _BEFORE.search(before):
        return Date(-_FAR, date.last)
    if _AFTER.search(before):
        return Date(date.first, _FAR)
    return date
