"""Numbers of a Word document's lists and headings, as they are seen."""

import re
from xml.etree.ElementTree import Element

from msgspec import Struct

from index.readers.office.package import child, is_on, value
from index.readers.pages.lists import counted

_FORMATS = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}
_DRAWN = frozenset({"bullet", "none", "picture"})
_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9
_MOST = 1_000_000


class _Level(Struct, frozen=True):
    form: str
    text: str
    start: int
    legal: bool


class Number(Struct, frozen=True):
    """A paragraph's number. marker: as it is seen, "" for a bullet. level: how deep, from 0."""

    marker: str
    level: int


class Numbering:
    """Counts a document's numbered paragraphs in order. root: word/numbering.xml."""

    def __init__(self, root: Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, str] = {}
        self._overrides: dict[str, dict[int, int]] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        for abstract in root.findall("abstractNum") if root is not None else ():
            levels = {_number(each.get("ilvl", "0")): _level(each) for each in abstract.findall("lvl")}
            self._levels[abstract.get("abstractNumId", "")] = levels
        for each in root.findall("num") if root is not None else ():
            name = each.get("numId", "")
            self._lists[name] = value(each, "abstractNumId")
            for override in each.findall("lvlOverride"):
                start = value(override, "startOverride")
                if start:
                    self._overrides.setdefault(name, {})[_number(override.get("ilvl", "0"))] = _number(start)

    def next(self, name: str, level: int) -> Number | None:
        """The number of the next paragraph of this list and level; None where there is no such list, or it draws
        nothing."""
        abstract = self._lists.get(name)
        if abstract is None or name == "0":
            return None
        level = min(max(0, level), _LEVELS - 1)
        levels = self._levels.get(abstract, {})
        said = levels.get(level, _Level("decimal", f"%{level + 1}.", 1, legal=False))
        counts = self._counts.setdefault(abstract, [None] * _LEVELS)
        override = self._overrides.get(name, {}).get(level)
        before = counts[level]
        if override is not None and (name, level) not in self._begun:
            self._begun.add((name, level))
            counts[level] = override
        else:
            counts[level] = said.start if before is None else before + 1
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)
        if said.form == "none" and not said.text:
            return None
        return Number("" if said.form in _DRAWN else _seen(said, levels, counts), level)


def _seen(said: _Level, levels: dict[int, _Level], counts: list[int | None]) -> str:
    def place(found: re.Match[str]) -> str:
        number = int(found[1]) - 1
        level = levels.get(number, said)
        count = counts[number]
        form = "1" if said.legal else _FORMATS.get(level.form, "1")
        shown = counted(level.start if count is None else count, form)
        return f"0{shown}" if level.form == "decimalZero" and len(shown) == 1 else shown

    return _PLACE.sub(place, said.text).strip()


def _level(element: Element) -> _Level:
    return _Level(
        value(element, "numFmt", default="decimal"),
        value(element, "lvlText"),
        _number(value(element, "start", default="1")),
        legal=is_on(element, "isLgl"),
    )


def _number(said: str) -> int:
    return min(int(said), _MOST) if said.isascii() and said.isdigit() and len(said) < 8 else 0


def numbered(properties: Element | None) -> tuple[str, int] | None:
    """The list and level that a paragraph's properties name."""
    found = child(properties, "numPr")
    if found is None:
        return None
    return value(found, "numId"), _number(value(found, "ilvl", default="0"))
