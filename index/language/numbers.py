"""Numbers as texts write them, in a normal form that tells how exact they are."""

import math
import re
from collections.abc import Iterator

from msgspec import Struct

from index.language.folding import fold
from index.language.lexicon import ONES, ORDINALS, SCALES, SMALL_NUMBERS, alternation

# Scales as they stand after digits.
_SCALES = {word: float(size) for word, size in SCALES.items()} | {
    "k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12, "trn": 1e12,
}  # fmt: skip
_SHARES = {
    "half": 50.0, "third": 100 / 3, "thirds": 200 / 3, "quarter": 25.0, "quarters": 75.0, "fifth": 20.0, "tenth": 10.0,
}  # fmt: skip
# Unit as written -> (unit it is counted in, how many of those). Where "pounds" are weight or money is not told.
_SIZES: dict[str, dict[str, float]] = {
    "%": {"%": 1, "percent": 1, "per cent": 1, "percentage points": 1, "percentage point": 1},
    "$": {"US dollars": 1, "U.S. dollars": 1, "dollars": 1, "dollar": 1, "USD": 1, "$": 1, "US$": 1, "cents": 0.01},
    "euro": {"euros": 1, "euro": 1, "EUR": 1, "€": 1},
    "pound": {"pounds sterling": 1, "pounds": 1, "pound": 1, "GBP": 1, "£": 1, "lbs": 1, "lb": 1},
    "yen": {"yen": 1, "JPY": 1, "¥": 1},
    "yuan": {"yuan": 1, "renminbi": 1, "RMB": 1},
    "rupee": {"rupees": 1, "₹": 1},
    "won": {"won": 1},
    "m": {
        "millimetres": 1e-3, "millimeters": 1e-3, "mm": 1e-3, "centimetres": 1e-2, "centimeters": 1e-2, "cm": 1e-2,
        "kilometres": 1e3, "kilometers": 1e3, "kilometre": 1e3, "kilometer": 1e3, "km": 1e3, "metres": 1, "m": 1,
        "meters": 1, "metre": 1, "meter": 1, "miles": 1609.344, "mile": 1609.344, "yards": 0.9144, "feet": 0.3048,
        "foot": 0.3048, "ft": 0.3048, "inches": 0.0254, "inch": 0.0254,
    },
    "m2": {
        "square kilometres": 1e6, "square kilometers": 1e6, "km²": 1e6, "km2": 1e6, "hectares": 1e4, "ha": 1e4,
        "square miles": 2589988.0, "acres": 4046.86, "square metres": 1, "square meters": 1, "m²": 1,
    },
    "kg": {"kilograms": 1, "kilogrammes": 1, "kg": 1, "grams": 1e-3, "tonnes": 1e3, "tons": 1e3, "tonne": 1e3},
    "day": {
        "seconds": 1 / 86400, "minutes": 1 / 1440, "hours": 1 / 24, "hour": 1 / 24, "days": 1, "day": 1, "weeks": 7,
        "week": 7, "months": 30.44, "month": 30.44, "years": 365.25, "year": 365.25, "decades": 3652.5,
        "centuries": 36525, "century": 36525,
    },
    "°C": {"°C": 1, "degrees Celsius": 1, "degrees C": 1},
    "°F": {"°F": 1, "degrees Fahrenheit": 1, "degrees F": 1},
    "W": {"kilowatts": 1e3, "kW": 1e3, "megawatts": 1e6, "MW": 1e6, "gigawatts": 1e9, "GW": 1e9},
    "km/h": {"km/h": 1, "kph": 1, "mph": 1.609344, "miles per hour": 1.609344, "kilometres per hour": 1},
    "litre": {"litres": 1, "liters": 1, "gallons": 3.785},
}  # fmt: skip
_UNITS = {name: (unit, factor) for unit, sizes in _SIZES.items() for name, factor in sizes.items()}
_SYMBOLS = {
    "$": "$", "US$": "$", "USD": "$", "€": "euro", "EUR": "euro", "£": "pound", "GBP": "pound", "¥": "yen",
    "JPY": "yen", "₹": "rupee", "A$": "A$", "C$": "C$", "HK$": "HK$",
}  # fmt: skip
UNIT_WORDS = frozenset(word for name in _UNITS for word in name.casefold().split())
_FOLDED_UNITS = {name.casefold(): found for name, found in _UNITS.items()}

_SMALL = alternation(SMALL_NUMBERS)
_SCALE = alternation(SCALES)
# "Two hundred and five thousand", "twenty-five"; "five and six" are two numbers.
_WORD_RUN = (
    rf"(?:half an? |an? (?={_SCALE}))?\b(?:{_SMALL}|{_SCALE})s?\b(?:[ -](?:{_SCALE})\b"
    rf"|(?<=ty)[ -](?:{alternation(ONES[1:10])})\b"
    rf"|(?:(?<=hundred)|(?<=thousand)|(?<=million)|(?<=billion)),? (?:and )?(?:{_SMALL})\b)*"
)
# Groups parted by spaces, by commas (Indian ones of two), by points before a decimal comma or where there are several;
# a comma before one or two digits is a decimal one. Of "1.250" the sign of the euro tells.
_DIGITS = (
    r"\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?![\d,.]\d)|\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?(?![\d,]*\d)"
    r"|\d{1,3}(?:\.\d{3})+,\d{1,2}(?!\d)|\d{1,3}(?:\.\d{3}){2,}(?![\d.]*\d)|\d+,\d{1,2}(?![\d,]*\d)|\d+(?:\.\d+)?(?!\.?\d)"
)
_UNIT = "|".join(
    re.escape(name) for name in sorted(_UNITS, key=lambda name: (-len(name), name)) if name[0] not in "€£¥₹$"
)
_NUMBER = re.compile(
    rf"(?P<symbol>US\$|HK\$|A\$|C\$|[$€£¥₹]|\b(?:USD|EUR|GBP|JPY)(?= ?\d))? ?"
    rf"(?:(?P<digits>(?<![\w.,])(?:{_DIGITS}))(?P<scale>(?:[ -]?(?:hundred|thousand|million|billion|trillion)"
    rf"| ?(?:tn|trn|bn|mn)|(?(symbol) ?[mk]|(?:k| ?m(?= (?:US|dollars|euros|pounds|yen|people)))))(?![^\W_]))*"
    rf"|(?P<share>\b(?:(?:an? |one[ -]|two[ -]|three[ -])(?:half|thirds?|quarters?|fifth|tenth)|half)\b"
    rf"(?! (?:an? )?(?:{_SMALL}|{_SCALE})))"
    rf"|(?P<words>{_WORD_RUN}))"
    rf"(?:[ -]?(?P<unit>{_UNIT})(?![^\W_])| ?(?P<after>[€£¥₹]))?(?P<plus>\+)?(?![^\W_])",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?:\b(?:about|around|some|roughly|approximately|approx\.?|nearly|almost|close to|circa|ca?\.|(?:an )?estimated|"
    r"virtually|just (?:over|under))|[~≈])(?: the| an?)? ?$",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"(?:\b(?:more than|over|at least|above|exceed\w*|upwards? of|greater than|no (?:fewer|less) than|a minimum of|"
    r"well over|beyond)|[>≥])(?: the| an?)? ?$",
    re.IGNORECASE,
)
_LESS = re.compile(
    r"(?:\b(?:up to|at most|less than|fewer than|under|below|no more than|a maximum of|as (?:many|much) as)|[<≤])"
    r"(?: the| an?)? ?$",
    re.IGNORECASE,
)
_AFTER_ABOUT = re.compile(r"^(?:[ -]odd\b| or so\b)", re.IGNORECASE)
_AFTER_MORE = re.compile(r"^ or (?:more|over|above)\b", re.IGNORECASE)
_BETWEEN = re.compile(r" ?[-–—] ?| (?:to|and|or) ", re.IGNORECASE)
_CONTEXT = 24  # characters looked at on either side for what makes a number less exact
_ABOUT_SHARE = 0.1  # how far "about" may be off
_ROUND = 0.05  # how far a whole number that ends in noughts may be off, at most
_HALF = 0.4999  # of the last digit written: rounded to it, numbers next to each other do not meet
_CONVERTED = 0.05  # how far a number converted from another unit may be off


class Quantity(Struct, frozen=True):
    """Anything from `low` to `high`, both counted in `unit` ("" for a plain count).

    factor: how many `unit` the unit it was written in has: converted numbers are less exact.
    """

    low: float
    high: float
    unit: str = ""
    factor: float = 1.0

    @property
    def value(self) -> float:
        """What is told, in `unit`: the middle of the range, or its end where the other is open."""
        if math.isinf(self.high):
            return self.low
        return self.high if self.low == 0.0 else (self.low + self.high) / 2


class FoundQuantity(Struct, frozen=True):
    """A quantity and the range of the text that says it, its unit included."""

    quantity: Quantity
    start: int
    end: int


def quantities_differ(left: Quantity, right: Quantity) -> bool:
    """Whether both cannot be true of one thing. Numbers of units that do not convert are not comparable."""
    if left.unit != right.unit:
        return False
    slack = _CONVERTED if left.factor != right.factor else 1e-9
    return left.low > _more(right.high, slack) or right.low > _more(left.high, slack)


def _more(number: float, share: float) -> float:
    return number + abs(number) * share


def find_quantities(text: str) -> Iterator[FoundQuantity]:
    """The numbers of a text in digits or words, in order; "5 to 10 million" is one. Ordinals are none."""
    waiting: FoundQuantity | None = None
    for match in _NUMBER.finditer(text):
        found = _read(text, match)
        if found is None:
            continue
        if waiting is not None and _BETWEEN.fullmatch(text, waiting.end, found.start) and _ranges(text, waiting):
            waiting = _joined(waiting, found)
            continue
        if waiting is not None:
            yield waiting
        waiting = found
    if waiting is not None:
        yield waiting


class FoundNumber(Struct, frozen=True):
    """A number as written, whatever stands before it, and the range of the text that says it, its unit included.

    unit: what it is counted in, with the `factor` of that it is written in; "" for a plain count. grouped: what it is
    if the point of "1.250" groups its digits, else None. digits: without what groups them; "" of one in words.
    """

    number: float
    unit: str
    factor: float
    start: int
    end: int
    digits: str
    grouped: float | None = None


def find_numbers(text: str) -> Iterator[FoundNumber]:
    """The numbers of a text in digits or words, in order, each end of a range for itself. Shares ("half") are none."""
    for match in _NUMBER.finditer(text):
        if match["share"]:
            continue
        unit, factor = _unit(match)
        digits = "" if match["words"] else _plain(match["digits"], european="€" in (match["symbol"], match["after"]))
        other = re.fullmatch(r"(\d{1,3})\.(\d{3})", match["digits"] or "") if not match["scale"] else None
        grouped = float(other[1] + other[2]) if other and digits == match["digits"] else None
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        yield FoundNumber(_amount(match)[0], unit, factor, start, match.end(), digits, grouped)


def _ranges(text: str, first: FoundQuantity) -> bool:
    """Whether what follows `first` is the other end of a range: "and" joins one only after "between"."""
    if not re.match(r" and ", text[first.end : first.end + 5]):
        return True
    return re.search(r"\bbetween ?$", text[max(0, first.start - _CONTEXT) : first.start], re.IGNORECASE) is not None


def _joined(first: FoundQuantity, last: FoundQuantity) -> FoundQuantity:
    low, high = first.quantity, last.quantity
    if low.unit == "" and high.unit:  # "5 to 10 km": the unit is said once
        low = Quantity(low.low * high.factor, low.high * high.factor, high.unit, high.factor)
    if high.unit == "" and low.unit:  # "$5 to 10 million": the sign is said once
        high = Quantity(high.low, high.high, low.unit, low.factor)
    scale = 10 ** (3 * (math.floor(math.log10(max(high.low, 1)) / 3)))
    if low.high < 1000 <= scale and low.high * scale <= high.high:  # and so may be "million"
        low = Quantity(low.low * scale, low.high * scale, low.unit, low.factor)
    ends = (low.low, low.high, high.low, high.high)
    return FoundQuantity(Quantity(min(ends), max(ends), high.unit, high.factor), first.start, last.end)


def _read(text: str, match: re.Match[str]) -> FoundQuantity | None:
    number, slack = _amount(match)
    unit, factor = _unit(match)
    low, high = number - slack, number + slack
    start = match.start() + len(match.group()) - len(match.group().lstrip())
    before = text[max(0, start - _CONTEXT) : start]
    after = text[match.end() : match.end() + _CONTEXT]
    if _ABOUT.search(before) or _AFTER_ABOUT.match(after):
        low, high = number * (1 - _ABOUT_SHARE), number * (1 + _ABOUT_SHARE)
    elif _MORE.search(before) or match["plus"] or _AFTER_MORE.match(after):
        high = math.inf
    elif _LESS.search(before):
        low = 0.0
    return FoundQuantity(Quantity(low * factor, high * factor, unit, factor), start, match.end())


def _amount(match: re.Match[str]) -> tuple[float, float]:
    """The number, and how far it may be off by how it is written."""
    if match["share"]:
        word = match["share"].casefold().replace("-", " ").split()[-1]
        return _SHARES[word], 1.5
    if match["words"]:
        return _in_words(match["words"])
    bare = _plain(match["digits"], european="€" in (match["symbol"], match["after"]))
    scale = 1.0
    for word in re.findall(r"[a-z]+", (match["scale"] or "").casefold()):
        scale *= _SCALES[word]
    decimals = len(bare.partition(".")[2])
    number = float(bare) * scale
    if decimals or scale > 1:
        return number, _HALF * scale / 10**decimals
    return number, _roundness(number, bare)


def _plain(digits: str, *, european: bool) -> str:
    """Digits without what groups them, and a point before decimals."""
    decimal_comma = re.search(r",\d{1,2}$", digits) is not None
    grouped = digits.count(".") > 1 or decimal_comma or (european and re.search(r"\.\d{3}$", digits) is not None)
    bare = re.sub(r"[.\s]" if grouped else r"[\s]", "", digits)
    return bare.replace(",", "." if decimal_comma else "")


def _roundness(number: float, digits: str) -> float:
    noughts = len(digits) - len(digits.rstrip("0"))
    return min(10**noughts / 2, _ROUND * number) if noughts and number >= 100 else 0.0


def _in_words(run: str) -> tuple[float, float]:
    """As people count: "two hundred and fifty thousand" is (2 * 100 + 50) * 1000."""
    total = part = 0.0
    half = run.casefold().startswith("half ")
    largest = 1.0
    for word in re.findall(r"[a-z]+", run.casefold()):
        word = word if word in SMALL_NUMBERS else word.removesuffix("s")
        if word in SMALL_NUMBERS:
            part += SMALL_NUMBERS[word]
        elif word in _SCALES:
            scale = _SCALES[word]
            largest = max(largest, scale)
            if scale > 100:
                total, part = total + (part or 1) * scale, 0.0
            else:
                part = (part or 1) * scale
    number = (total + part) * (0.5 if half else 1.0)
    return number, _roundness(number, str(int(number))) if largest < 1e6 else _HALF * largest * (0.1 if half else 1.0)


def _unit(match: re.Match[str]) -> tuple[str, float]:
    if match["share"]:
        return "%", 1.0
    if match["symbol"]:
        return _SYMBOLS[match["symbol"].upper()], 1.0
    if match["after"]:
        return _SYMBOLS[match["after"]], 1.0
    return _FOLDED_UNITS[match["unit"].casefold()] if match["unit"] else ("", 1.0)


def ordinal(word: str) -> int | None:
    """What an ordinal tells, in digits or words ("3rd", "twenty-first"); None of another word. Of hundreds only digits
    do."""
    found = re.fullmatch(r"(\d{1,6})(?:st|nd|rd|th)", fold(word))
    return int(found[1]) if found else ORDINALS.get(fold(word))
