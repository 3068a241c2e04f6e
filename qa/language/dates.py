"""Dates as sentences give them: a day, a month, a year or a stretch of years, as far as they are told."""

import re
from collections.abc import Iterator

from msgspec import Struct

_MONTHS = "january february march april may june july august september october november december".split()
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth twenty-first"
).split()
_MONTH = "(?:" + "|".join(rf"{m[:3].title()}(?:{m[3:]}(?![a-z])|t?\.|t?(?= \d))" for m in _MONTHS) + ")"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?(?![\d:])"
_YEAR = r"(?:1\d{3}|20\d{2})"
_ERA = r" ?(?P<era>BCE?|B\.C\.(?:E\.)?|CE|AD|A\.D\.)"
_DATE = re.compile(
    rf"(?<![\w,.])(?:(?P<iso>{_YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}}(?!\d))"
    rf"|(?P<numbers>\d{{1,2}}[/.]\d{{1,2}}[/.]{_YEAR}(?!\d))"
    rf"|(?P<day_first>{_DAY} (?:of )?(?P<month1>{_MONTH})(?:,? (?:of )?(?P<year1>{_YEAR})(?!\d))?)"
    rf"|(?P<month2>{_MONTH})(?: (?P<day2>{_DAY})(?! (?:million|billion|percent|people)))?"
    rf"(?:,? (?:of )?(?P<year2>{_YEAR})(?!\d))?"
    rf"|(?P<century>\d{{1,2}}(?:st|nd|rd|th)|{'|'.join(_ORDINALS)})[- ]century(?:{_ERA})?"
    rf"|(?:AD|A\.D\.) (?P<ad>\d{{1,4}})"
    rf"|(?P<old>\d{{1,4}})(?P<old_era> ?(?:BCE?|B\.C\.(?:E\.)?|CE|AD|A\.D\.))"
    rf"|(?P<decade>(?:1\d{{2}}|20\d)0)s"
    rf"|(?P<year>{_YEAR})(?:[-–](?P<last>\d{{4}}|\d{{2}})(?!\d))?)(?![^\W_])",
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


class Moment(Struct, frozen=True):
    """From the year `first` to `last` (before Christ: negative), None where no year is told; month and day of it."""

    first: int | None
    last: int | None
    month: int | None = None
    day: int | None = None


class Dated(Struct, frozen=True):
    """A moment and the range of the text that says it."""

    moment: Moment
    start: int
    end: int


def moments_differ(left: Moment, right: Moment) -> bool:
    """Whether both cannot be the date of one thing: "2017" fits any day of that year."""
    if left.first is not None and right.first is not None and _apart(left, right):
        return True
    if left.month is None or right.month is None or _long(left) or _long(right):
        return False
    if left.month != right.month:
        return True
    return left.day is not None and right.day is not None and left.day != right.day


def _apart(left: Moment, right: Moment) -> bool:
    if left.first is None or left.last is None or right.first is None or right.last is None:
        return False
    return left.first > right.last or right.first > left.last


def _long(moment: Moment) -> bool:
    """More than a year, of which the month is not that of all."""
    return moment.first is not None and moment.first != moment.last


def find_moments(text: str) -> Iterator[Dated]:
    """The dates of a text, in order. A weekday or "last year" tells none; a month is one by its capital."""
    for match in _DATE.finditer(text):
        moment = _read(match)
        if moment is None or (
            match.group() == "May" and not _IN.search(text[max(0, match.start() - 8) : match.start()])
        ):
            continue
        before = text[max(0, match.start() - _CONTEXT) : match.start()]
        yield Dated(_loosened(moment, before), match.start(), match.end())


def whole_moment(text: str) -> Moment | None:
    """The date that `text` is, nothing else in it, None if it is none."""
    match = _DATE.fullmatch(text.strip())
    return _read(match) if match else None


def _read(match: re.Match[str]) -> Moment | None:
    if match["iso"] or match["numbers"]:
        return _numeric(match["iso"], match["numbers"])
    if match["century"]:
        return _century(match["century"], match["era"] or "")
    if match["ad"]:
        return Moment(int(match["ad"]), int(match["ad"]))
    if match["old"]:
        year = -int(match["old"]) if "B" in match["old_era"] else int(match["old"])
        return Moment(year, year)
    if match["decade"]:
        decade = int(match["decade"])
        return Moment(decade, decade + (99 if decade % 100 == 0 else 9))
    if match["year"]:
        year = int(match["year"])
        last = match["last"]
        return Moment(
            year, max(year, int(last if last is None or len(last) == 4 else f"{year // 100}{last}")) if last else year
        )
    name = match["month1"] or match["month2"]
    told = match["year1"] or match["year2"]
    day = re.match(r"\d+", match["day_first"] or match["day2"] or "")
    return _of_month(name, int(told) if told else None, int(day.group()) if day else None)


def _of_month(name: str, year: int | None, day: int | None) -> Moment | None:
    if day is not None and not 1 <= day <= 31:
        return None
    month = next(number for number, month in enumerate(_MONTHS, start=1) if month[:3] == name[:3].lower())
    return Moment(year, year, month, day)


def _numeric(iso: str | None, numbers: str | None) -> Moment | None:
    parts = [int(part) for part in re.findall(r"\d+", iso or numbers or "")]
    year, one, two = (parts[0], parts[1], parts[2]) if iso else (parts[2], parts[1], parts[0])
    if not iso and one <= 12 and two <= 12 and one != two:  # day or month first: only the year is sure
        return Moment(year, year)
    month, day = (two, one) if one > 12 else (one, two)
    return Moment(year, year, month, day) if 1 <= month <= 12 and 1 <= day <= 31 else Moment(year, year)


def _century(name: str, era: str) -> Moment:
    number = int(name[:-2]) if name[0].isdigit() else _ORDINALS.index(name) + 1
    if "B" in era:
        return Moment(-100 * number, -100 * number + 99)
    return Moment(100 * number - 100, 100 * number)  # 1900 is of the 19th to some and of the 20th to others


def _loosened(moment: Moment, before: str) -> Moment:
    if moment.first is None or moment.last is None:
        return moment
    if _ABOUT.search(before):
        slack = 10 if moment.first % 10 == 0 else 2
        return Moment(moment.first - slack, moment.last + slack)
    if _BEFORE.search(before):
        return Moment(-_FAR, moment.last)
    if _AFTER.search(before):
        return Moment(moment.first, _FAR)
    return moment
