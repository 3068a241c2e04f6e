"""What names one thing of many by letters and digits: versions, identifiers, phone numbers, clauses, times of day, and
things with a number ("room 12")."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from index.language.folding import fold
from index.language.lexicon import FUNCTION_WORDS, ORDINALS, SMALL_NUMBERS, alternation

DesignationKind = Literal["version", "identifier", "phone", "clause", "time", "numbered"]

_SPACE = "[ \u00a0\u2009\u202f]"
_MERIDIEM = rf"{_SPACE}?(?P<meridiem>[ap])(?:\.{_SPACE}?m\.|m)(?![^\W_])"
_TIME = re.compile(
    rf"(?<![\w.:,])(?:(?P<hour>[01]?\d|2[0-3])(?::(?P<minute>[0-5]\d)(?::[0-5]\d)?(?![\d:])(?:{_MERIDIEM})?"
    rf"|\.(?P<minute2>[0-5]\d){_MERIDIEM.replace('meridiem', 'meridiem2')}"
    rf"|{_MERIDIEM.replace('meridiem', 'meridiem3')}|h(?P<minute4>[0-5]\d)(?!\w))"
    r"|(?P<word>noon|midday|midnight)(?!\w))",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<![\w+.,/-])(?:\+|\(|\d)[\d() /.\u00a0\u2009\u202f-]{5,24}\d(?![\w])")
_PHONE_SHAPE = re.compile(r"\+|\(?0\d|\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}|\d{3}-\d{4}$")
_VERSION_WORD = r"(?:versions?|release|ver\.?|v)"
_VERSION = re.compile(
    rf"(?<![\w.,$€£¥-])(?P<word>{_VERSION_WORD}{_SPACE}?)?(?P<number>\d{{1,4}}(?:\.\d{{1,5}}){{0,4}})"
    rf"(?P<suffix>-?(?:alpha|beta|rc|a|b|dev|pre)\.?\d{{0,4}})?(?!\.?\d)(?![\w%(])",
    re.IGNORECASE,
)
_CLAUSE_WORD = alternation(
    "section sections sec. § §§ clause clauses article articles art. paragraph paragraphs para. rule rules regulation "
    "subsection subclause sub-clause chapter chapters ch. step steps appendix annex schedule part item figure fig. "
    "table exhibit".split()
)
_SAME_CLAUSES = {
    "sections": "section", "sec.": "section", "§": "section", "§§": "section", "clause": "section",
    "clauses": "section", "article": "section", "articles": "section", "art.": "section", "paragraph": "section",
    "paragraphs": "section", "para.": "section", "rule": "section",
    "rules": "section", "regulation": "section",
    "subsection": "section", "subclause": "section", "sub-clause": "section", "chapters": "chapter", "ch.": "chapter",
    "steps": "step", "fig.": "figure", "item": "step",
}  # fmt: skip
_NUMBER_WORD = alternation([*SMALL_NUMBERS, *ORDINALS])
_PATH = r"\d{1,4}[a-z]?(?:\.\d{1,4}){0,5}(?:\((?:[a-z]{1,4}|\d{1,3})\)){0,4}"
_CLAUSE = re.compile(
    rf"(?<![^\W_])(?:(?P<word>{_CLAUSE_WORD}){_SPACE}?(?:no\.{_SPACE}?)?"
    rf"(?P<path>{_PATH}|(?<=\s)(?-i:[A-Z])(?:\.\d{{1,3}}){{0,3}}|(?:{_NUMBER_WORD}))(?![^\W_]|\.\d)"
    rf"|(?P<ordinal>{alternation(ORDINALS)}|\d{{1,3}}(?:st|nd|rd|th)) (?P<of>step|section|chapter|article|clause)\b"
    rf"|(?P<bare>\d{{1,3}}(?:\.\d{{1,3}}){{0,5}}(?:\((?:[a-z]{{1,4}}|\d{{1,3}})\)){{1,4}})(?![^\W_]))",
    re.IGNORECASE,
)
_CURRENCIES = "USD|EUR|GBP|JPY|CHF|RMB|CAD|AUD|INR|CNY|SEK|NOK|DKK"
_MARK = re.compile(
    rf"\W{{0,4}}(?:(?P<word>{_CLAUSE_WORD}){_SPACE}?)?(?:(?P<number>{_PATH})(?=[.):]?(?:[\s:]|$))"
    rf"|(?P<letter>\(?(?:[a-zA-Z]|[ivx]{{1,5}}|\d{{1,3}})(?=[.)]\)?(?:\s|$)))|(?(word)(?P<spelt>{_NUMBER_WORD})(?![^\W_])|(?!)))",
    re.IGNORECASE,
)
# Letters and digits in one ("SRV-057", "E1042", "0x80070005"), or capitals before a number ("RFC 9871").
_IDENTIFIER = re.compile(
    rf"(?<![^\W_])(?<!\d[.,])(?:(?P<spaced>(?!(?:{_CURRENCIES})\b)[A-Z]{{2,8}}){_SPACE}(?P<digits>\d{{2,9}}(?:-\d{{1,9}})?)"
    r"|(?=[\w/#-]{0,40}\d)(?=\d{0,20}[-_/]?[^\W\d_])[^\W_]{1,40}(?:[-_/#][^\W_]{1,40}){0,6})(?![^\W_])(?!\.\d)"
)
_NUMBERED = re.compile(
    rf"(?<![^\W_])(?P<thing>[^\W\d_]{{3,20}}):?{_SPACE}(?:(?:no|nr)\.?{_SPACE}|number{_SPACE}|#)?"
    r"(?:(?!(?:1\d|20)\d\d(?!\d))(?P<number>\d{1,6})|(?P<letter>(?-i:[A-HJ-Z])))(?![^\W_]|[’'&])(?![.,:]\d|\.\w)",
    re.IGNORECASE,
)
_ORDINAL_TAIL = re.compile(r"\d+(?:st|nd|rd|th|s|m|k)", re.IGNORECASE)
_NO_LETTERS = re.compile(r"[^\W_]*\d[^\W_]*")


class Designation(Struct, frozen=True):
    """says: canonical terms, any of which is the thing. holds: of what it is a part, or of its shorter forms."""

    kind: DesignationKind
    says: tuple[str, ...]
    holds: tuple[str, ...]
    start: int
    end: int


def find_times(text: str) -> Iterator[Designation]:
    """The times of day of a text, in order: "14:30", "2.30 p.m.", "noon"; of "2:30" both that it may be."""
    for match in _TIME.finditer(text):
        if match["word"]:
            says: tuple[str, ...] = (f"t:{'00' if match['word'].casefold() == 'midnight' else '12'}:00",)
        else:
            hour = int(match["hour"])
            minute = match["minute"] or match["minute2"] or match["minute4"] or "00"
            half = (match["meridiem"] or match["meridiem2"] or match["meridiem3"] or "").casefold()
            if half and hour > 12:
                continue
            hours = [hour % 12 + 12 * (half == "p")] if half else [hour]
            if not half and 1 <= hour <= 12 and not match["hour"].startswith("0") and not match["minute4"]:
                hours.append(hour % 12 + 12 * (hour != 12))
            says = tuple(dict.fromkeys(f"t:{each:02d}:{minute}" for each in hours))
        yield Designation("time", says, (), match.start(), match.end())


def find_phones(text: str) -> Iterator[Designation]:
    """The phone numbers of a text, whatever parts their digits. One with a country's code holds those without it."""
    for match in _PHONE.finditer(text):
        written = match.group()
        digits = re.sub(r"\D", "", written)
        if not 7 <= len(digits) <= 15 or not _PHONE_SHAPE.match(written) or re.search(r"\d\s{2,}\d", written):
            continue
        abroad = written.startswith("+") or digits.startswith("00")
        bare = digits.lstrip("0") if abroad or digits.startswith("0") else digits
        holds = tuple(f"p:{bare[code:].removeprefix('0')}" for code in (1, 2, 3)) if abroad else ()
        yield Designation("phone", (f"p:{bare}",), holds, match.start(), match.end())


def find_versions(text: str) -> Iterator[Designation]:
    """The versions of a text: with two points or more, or named so; of a bare "2.10", which may be a number, too.

    2.10 and 2.10.0 are one, and 2.1 is another. 2.1.5 is one of 2.1.
    """
    for match in _VERSION.finditer(text):
        parts = [int(part) for part in match["number"].split(".")]
        if len(parts) == 1 and not match["word"]:
            continue
        if len(parts) == 4 and not match["word"] and all(part < 256 for part in parts):
            yield Designation("identifier", (f"i:{match['number']}",), (), match.start(), match.end())
            continue
        while len(parts) > 1 and parts[-1] == 0:
            parts.pop()
        suffix = re.sub(r"[^a-z0-9]", "", (match["suffix"] or "").casefold())
        name = ".".join(map(str, parts))
        series = tuple(f"vs:{'.'.join(map(str, parts[:n]))}" for n in range(1, len(parts)))
        holds = (*series, f"vs:{name}") if suffix else series
        yield Designation("version", (f"v:{name}{suffix}",), holds, match.start(), match.end())


def find_clauses(text: str) -> Iterator[Designation]:
    """The clauses, steps, figures and the like that a text names: "§ 12", "section 4.2(b)", "the third step"."""
    for match in _CLAUSE.finditer(text):
        if match["bare"]:
            kind, path = "section", match["bare"]
        else:
            word = fold(match["word"] or match["of"])
            kind, path = _SAME_CLAUSES.get(word, word), match["path"] or match["ordinal"]
        yield Designation("clause", (clause_term(kind, path),), _clauses_above(kind, path), match.start(), match.end())


def clause_term(kind: str, path: str) -> str:
    """The term of a clause: "4.2(b)" and "4.2.b" are one, "5" and "five" are."""
    return f"c:{kind}:{'.'.join(_steps(path))}"


def clause_marks(parts: Sequence[str]) -> tuple[str, ...]:
    """The terms of the clause that a text is, by what it and the parts over it, outermost first, begin with: "4. Rent",
    "4.2 The tenant pays:", "(b) in time" is 4.2(b). Of a list's bare number it is the step, too; () where none has one.
    """
    kind, path = "section", list[str]()
    for part in parts:
        match = _MARK.match(part)
        if match is None:
            continue
        if match["word"]:
            word = fold(match["word"])
            kind = _SAME_CLAUSES.get(word, word)
        steps = _steps(match["number"] or match["letter"] or match["spelt"])
        path = path + steps if match["letter"] or (path and len(steps) == 1 and not match["word"]) else steps
    if not path:
        return ()
    kinds = dict.fromkeys((kind, *(("section", "chapter", "step") if kind == "section" else ())))
    ends = [path] + ([path[-1:]] if path[-1].isdigit() and len(path) > 1 else [])
    return tuple(f"c:{each}:{'.'.join(end)}" for end in ends for each in kinds)


def _steps(path: str) -> list[str]:
    plain = fold(path)
    number = SMALL_NUMBERS.get(plain) or ORDINALS.get(plain)
    if number is None and (ordinal := re.fullmatch(r"(\d+)(?:st|nd|rd|th)", plain)):
        number = int(ordinal[1])
    return [str(number)] if number is not None else re.findall(r"\d+[a-z]?|[a-z]+", plain)


def _clauses_above(kind: str, path: str) -> tuple[str, ...]:
    steps = _steps(path)
    return tuple(f"c:{kind}:{'.'.join(steps[:n])}" for n in range(1, len(steps)))


def find_identifiers(text: str) -> Iterator[Designation]:
    """What letters and digits name: "SRV-057", "RFC 9871" and "RFC9871"."""
    for match in _IDENTIFIER.finditer(text):
        written = match.group()
        if _ORDINAL_TAIL.fullmatch(written) or (not match["spaced"] and not _mixed(written)):
            continue
        name = re.sub(r"[_/#-]", "-", fold(re.sub(r"\s", "", written)))
        name = re.sub(r"(?<=[a-z])-(?=\d)|(?<=\d)-(?=[a-z])", "", name)
        yield Designation("identifier", (f"i:{name}",), (), match.start(), match.end())


def _mixed(written: str) -> bool:
    """Whether digits stand in it as in a name: "covid-19", not "five-2" or "30-day"."""
    if not any(c.isdigit() for c in written) or not any(c.isalpha() for c in written):
        return False
    pieces = re.split(r"[-_/#]", written)
    if written[0].isdigit() and len(pieces) > 1 and pieces[0].isdigit() and not pieces[1][:1].isdigit():
        return any(any(c.isdigit() for c in piece) for piece in pieces[1:])  # "30-day", "19th-century" are words
    return not (written[0].isdigit() and re.fullmatch(r"\d+[^\W\d_]{1,5}", written) and not written.startswith("0"))


def find_numbered(text: str) -> Iterator[Designation]:
    """Things told apart by a number or capital after their name: "room 12", "belt no. 7", "zone B"."""
    for match in _NUMBERED.finditer(text):
        thing = fold(match["thing"])
        if thing in FUNCTION_WORDS or thing in SMALL_NUMBERS:
            continue
        which = match["letter"] or int(match["number"])
        yield Designation("numbered", (f"w:{thing}:{which}",), (), match.start(), match.end())
