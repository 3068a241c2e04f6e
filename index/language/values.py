"""Values as texts write them, in terms that are the same however a value is written: numbers, amounts, dates, times,
versions, identifiers, phone numbers and clauses.

A term begins with its kind: `n:` number, `b:` one without a unit, `q:` amount with its unit, `o:` ordinal, `d:` date,
`md:` day of a year that is not told, `mo:` month, `t:` time, `v:` version, `i:` identifier, `p:` phone, `c:` clause,
`w:` thing with a number.
"""

import re
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from index.language.dates import Date, date_readings
from index.language.designations import (
    Designation,
    DesignationKind,
    find_clauses,
    find_identifiers,
    find_numbered,
    find_phones,
    find_times,
    find_versions,
)
from index.language.folding import fold
from index.language.lexicon import MONTHS, ORDINALS, SCALES, SMALL_NUMBERS, alternation
from index.language.numbers import FoundNumber, find_numbers

ValueKind = Literal["number", "amount", "ordinal", "date", "year"] | DesignationKind

_WORDS = alternation([*SMALL_NUMBERS, *SCALES, *ORDINALS, *MONTHS, "noon", "midnight", "midday"])
_ANY = re.compile(rf"\d|§|\b(?:{_WORDS})|\b(?-i:[A-HJ-Z])\b", re.IGNORECASE)
_ORDINAL = re.compile(
    rf"(?<![^\W_])(?:(?P<digits>\d{{1,6}})(?:st|nd|rd|th)|(?P<word>{alternation(ORDINALS)}))(?![^\W_])", re.IGNORECASE
)
# Symbols of units that are not counted in others elsewhere; capitals tell them apart.
_SYMBOLS: dict[str, tuple[str, float]] = {
    "rpm": ("rpm", 1), "r/min": ("rpm", 1), "revolutions per minute": ("rpm", 1), "mAh": ("Ah", 1e-3), "Ah": ("Ah", 1),
    "Wh": ("Wh", 1), "kWh": ("Wh", 1e3), "MWh": ("Wh", 1e6), "V": ("V", 1), "kV": ("V", 1e3), "mV": ("V", 1e-3),
    "volts": ("V", 1), "A": ("A", 1), "mA": ("A", 1e-3), "amps": ("A", 1), "amperes": ("A", 1), "Hz": ("Hz", 1),
    "kHz": ("Hz", 1e3), "MHz": ("Hz", 1e6), "GHz": ("Hz", 1e9), "hertz": ("Hz", 1), "KB": ("B", 1e3), "kB": ("B", 1e3),
    "MB": ("B", 1e6), "GB": ("B", 1e9), "TB": ("B", 1e12), "kilobytes": ("B", 1e3), "megabytes": ("B", 1e6),
    "gigabytes": ("B", 1e9), "terabytes": ("B", 1e12), "MiB": ("MiB", 1), "GiB": ("MiB", 1024), "dB": ("dB", 1),
    "dB(A)": ("dB", 1), "decibels": ("dB", 1), "Pa": ("Pa", 1), "hPa": ("Pa", 1e2), "kPa": ("Pa", 1e3),
    "MPa": ("Pa", 1e6), "bar": ("bar", 1), "mbar": ("bar", 1e-3), "psi": ("psi", 1), "N": ("N", 1), "kN": ("N", 1e3),
    "Nm": ("Nm", 1), "J": ("J", 1), "kJ": ("J", 1e3), "kcal": ("kcal", 1), "l": ("litre", 1), "L": ("litre", 1),
    "ml": ("litre", 1e-3), "mL": ("litre", 1e-3), "cl": ("litre", 1e-2), "litre": ("litre", 1), "liter": ("litre", 1),
    "millilitres": ("litre", 1e-3), "milliliters": ("litre", 1e-3), "g": ("kg", 1e-3), "mg": ("kg", 1e-6),
    "gram": ("kg", 1e-3), "kilogram": ("kg", 1), "kilo": ("kg", 1), "kilos": ("kg", 1), "milligrams": ("kg", 1e-6),
    "t": ("kg", 1e3), "ton": ("kg", 1e3), "W": ("W", 1), "mW": ("W", 1e-3), "watts": ("W", 1), "lx": ("lx", 1),
    "lm": ("lm", 1), "px": ("px", 1), "pixels": ("px", 1), "ppm": ("ppm", 1), "Mbit/s": ("bit/s", 1e6),
    "Mbps": ("bit/s", 1e6), "Gbit/s": ("bit/s", 1e9), "Gbps": ("bit/s", 1e9), "ms": ("day", 1e-3 / 86400),
    "milliseconds": ("day", 1e-3 / 86400), "s": ("day", 1 / 86400), "sec": ("day", 1 / 86400),
    "second": ("day", 1 / 86400), "min": ("day", 1 / 1440), "mins": ("day", 1 / 1440), "minute": ("day", 1 / 1440),
    "h": ("day", 1 / 24), "hrs": ("day", 1 / 24), "°": ("°", 1), "degrees": ("°", 1), "m/s": ("m/s", 1),
    "m³": ("litre", 1e3), "m3": ("litre", 1e3), "cubic metres": ("litre", 1e3), "cubic meters": ("litre", 1e3),
    "in": ("m", 0.0254), "lbs": ("pound", 1), "Swiss francs": ("CHF", 1), "CHF": ("CHF", 1), "cm²": ("m2", 1e-4),
    "mm²": ("m2", 1e-6), "mi": ("m", 1609.344), "µm": ("m", 1e-6), "°C": ("°C", 1), "°F": ("°F", 1),
}  # fmt: skip
_LONGEST_FIRST = [re.escape(unit) for unit in sorted(_SYMBOLS, key=lambda unit: (-len(unit), unit))]
_SYMBOL = re.compile("[ \u00a0\u2009\u202f-]?(?P<unit>" + "|".join(_LONGEST_FIRST) + r")(?![^\W_²³/])")
_ATTACHED = re.compile(
    r"(?<![\w.,])(?P<number>\d{1,3}(?:,\d{3})+|\d{1,9}(?:[.,]\d{1,6})?)(?P<unit>"
    + "|".join(unit for unit in _LONGEST_FIRST if unit not in ("t", "A", "s"))
    + r")(?![^\W_²³/])"
)  # fmt: skip
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")
_LOOSE_UNITS = frozenset(("in", "A", "t", "h", "s", "V", "N", "J", "L", "l", "W", "°"))  # only right after the digits
_CAPITALS = frozenset("V N J L W".split())  # after a space, too
_BEFORE_MONEY = re.compile(r"(?P<unit>CHF|RMB|Fr\.|Rs\.?) ?$")
_DECADE = 9  # years from its first to its last
_FEWEST = 2  # in words: "one" is seldom a number


class FoundValue(Struct, frozen=True):
    """A value at `text[start:end]`. says: its terms, any of which is it ("5/3/2026" may be two days). holds: terms of
    what it lies in or is one of (a day's month and year); who asks for those may mean it."""

    kind: ValueKind
    says: tuple[str, ...]
    holds: tuple[str, ...]
    start: int
    end: int

    @property
    def terms(self) -> frozenset[str]:
        """All its terms."""
        return frozenset((*self.says, *self.holds))


def find_values(text: str) -> tuple[FoundValue, ...]:
    """The values of a text, in order of where they begin. Linear in the text.

    What may be two things is both: "2.10" a version and a number, "1994" a year and a number.
    """
    if _ANY.search(text) is None:
        return ()
    taken = _Taken(len(text))
    found = [*_dates(text, taken)]
    for finder in (find_phones, find_clauses, find_times, find_identifiers):
        found += [_designated(each) for each in finder(text) if taken.take(each.start, each.end)]
    numbers = [number for number in find_numbers(text) if taken.is_free(number.start, number.end)]
    amounts = [value for number in numbers if (value := _value(text, number)) is not None]
    amounts += [_attached(match) for match in _ATTACHED.finditer(text)]
    found += [value for value in amounts if value.kind == "amount" and taken.take(value.start, value.end)]
    scaled = {value.start: value.end for value in amounts}
    for version in find_versions(text):
        if taken.is_free(version.start, version.end) and scaled.get(version.start, 0) <= version.end:
            found.append(_designated(version))
            if not text[version.start].isdigit() or text.count(".", version.start, version.end) > 1:
                taken.take(version.start, version.end)  # else it may be a number, too
    found += [value for value in amounts if value.kind == "number" and taken.is_free(value.start, value.end)]
    found += [_designated(each) for each in find_numbered(text) if taken.is_free(each.start, each.end)]
    found += [_ordinal(match) for match in _ORDINAL.finditer(text) if taken.is_free(*match.span())]
    return tuple(sorted(found, key=lambda value: (value.start, -value.end, value.says)))


def value_terms(text: str) -> list[str]:
    """The terms of all the values of a text, in order; a term comes as often as it is said."""
    return [term for value in find_values(text) for term in (*value.says, *value.holds)]


class _Taken:
    """Which characters of a text a value has."""

    def __init__(self, length: int) -> None:
        self._marks = bytearray(length)

    def is_free(self, start: int, end: int) -> bool:
        return not any(self._marks[start:end])

    def take(self, start: int, end: int) -> bool:
        """Take them if all are free; whether they were."""
        if not self.is_free(start, end):
            return False
        self._marks[start:end] = b"\x01" * (end - start)
        return True


def _designated(found: Designation) -> FoundValue:
    return FoundValue(found.kind, found.says, found.holds, found.start, found.end)


def _dates(text: str, taken: _Taken) -> Iterator[FoundValue]:
    for found in date_readings(text):
        value = _date(found.dates, found.start, found.end)
        if value is None:
            continue
        if value.kind == "date":
            taken.take(found.start, found.end)
        yield value


def _date(dates: tuple[Date, ...], start: int, end: int) -> FoundValue | None:
    says: dict[str, None] = {}
    holds: dict[str, None] = {}
    for date in dates:
        if date.first is not None and date.first != date.last:
            if date.last is not None and date.last - date.first <= _DECADE:
                holds.update((f"d:{year}", None) for year in range(date.first, date.last + 1))
            continue
        levels = _levels(date)
        if levels:
            says[levels[0]] = None
            holds.update((level, None) for level in levels[1:])
    if not says and not holds:
        return None
    whole = any(date.month is not None for date in dates)
    return FoundValue("date" if whole else "year", tuple(says), tuple(holds), start, end)


def _levels(date: Date) -> list[str]:
    """The terms of a date, the narrowest first."""
    year, month, day = date.first, date.month, date.day
    levels = []
    if year is not None and month is not None and day is not None:
        levels.append(f"d:{year}-{month:02d}-{day:02d}")
    if month is not None and day is not None:
        levels.append(f"md:{month:02d}-{day:02d}")
        if year is None:
            levels.append(f"bd:{month:02d}-{day:02d}")  # of no year that is told
    if year is not None and month is not None:
        levels += [f"d:{year}-{month:02d}", f"d:{year}-q{(month + 2) // 3}"]
    if year is not None:
        levels.append(f"d:{year}")
    if month is not None:
        levels.append(f"mo:{month:02d}")
    return levels


def _value(text: str, number: FoundNumber) -> FoundValue | None:
    """An amount, or a number without a unit; None of "one" by itself."""
    written = [number.number] if number.grouped is None else [number.number, number.grouped]
    unit, factor, start, end = number.unit, number.factor, number.start, number.end
    if not unit and (symbol := _SYMBOL.match(text, end)) and _is_unit(text, end, symbol["unit"]):
        (unit, factor), end = _SYMBOLS[symbol["unit"]], symbol.end()
    elif not unit and (money := _BEFORE_MONEY.search(text, max(0, start - 5), start)):
        unit, start = money["unit"].rstrip("."), money.start()
    if not unit and not number.digits and number.number < _FEWEST:
        return None
    names = [_named(each) for each in written]
    if unit:
        says = tuple(f"q:{_named(each * factor)}{unit}" for each in written)
        return FoundValue("amount", says, tuple(f"n:{name}" for name in names), start, end)
    if "." in number.digits and number.digits.endswith("0"):
        names[0] = number.digits  # "2.10" may be a version, which 2.1 is not
    return FoundValue("number", tuple(f"n:{name}" for name in names), tuple(f"b:{name}" for name in names), start, end)


def _attached(match: re.Match[str]) -> FoundValue:
    """Of "65dB(A)"."""
    written = match["number"]
    number = float(written.replace(",", "" if _GROUPED.fullmatch(written) else "."))
    unit, factor = _SYMBOLS[match["unit"]]
    return FoundValue("amount", (f"q:{_named(number * factor)}{unit}",), (f"n:{_named(number)}",), *match.span())


def _is_unit(text: str, end: int, unit: str) -> bool:
    return unit not in _LOOSE_UNITS or text.startswith(unit, end) or (unit in _CAPITALS and text[end : end + 1] != "-")


def _named(number: float) -> str:
    return f"{number:.10g}"


def _ordinal(match: re.Match[str]) -> FoundValue:
    number = int(match["digits"]) if match["digits"] else ORDINALS[fold(match["word"])]
    return FoundValue("ordinal", (f"o:{number}",), (), *match.span())
