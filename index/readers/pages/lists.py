"""Lists of a page: their items with the markers that a browser draws, and definition lists."""

from collections.abc import Iterator

from msgspec import Struct

from index.readers.pages.tree import Element

LISTS = frozenset({"ul", "ol", "menu", "dir"})
_TYPES = {"a": "a", "A": "A", "i": "i", "I": "I", "1": "1"}
_STYLES = {"lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "lower-roman": "i", "upper-roman": "I"}
_ROMAN = tuple(
    zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), "m cm d cd c xc l xl x ix v iv i".split(), strict=True)
)
_MOST = 10_000_000


class ListEntry(Struct, frozen=True):
    """An item, and its marker, "" for a bullet."""

    element: Element
    marker: str


def entries(listed: Element) -> Iterator[ListEntry]:
    """The items of a list itself; what stands in it outside of items, a list within a list, is one without a marker."""
    items = [child for child in listed.elements() if child.tag == "li" or child.tag in LISTS]
    number = _number(listed.get("start"), len(items) if "reversed" in listed.attributes else 1)
    step = -1 if "reversed" in listed.attributes else 1
    for item in items:
        if item.tag in LISTS or listed.tag != "ol":
            yield ListEntry(item, "")
            continue
        number = _number(item.get("value"), number)
        yield ListEntry(item, f"{counted(number, _type(item) or _type(listed) or '1')}.")
        number += step


def definitions(listed: Element) -> list[tuple[list[Element], list[Element]]]:
    """The terms of a definition list, each group with what it is defined as."""
    groups: list[tuple[list[Element], list[Element]]] = []
    for child in _flat(listed):
        if child.tag == "dt":
            if not groups or groups[-1][1]:
                groups.append(([], []))
            groups[-1][0].append(child)
        elif child.tag == "dd":
            if not groups:
                groups.append(([], []))
            groups[-1][1].append(child)
    return groups


def counted(number: int, kind: str) -> str:
    """A number as lists show it. kind: "1", "a", "A", "i" or "I"; what letters cannot count stays a number."""
    if kind in {"a", "A"} and number > 0:
        letters = ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(97 + rest) + letters
        return letters if kind == "a" else letters.upper()
    if kind in {"i", "I"} and 0 < number < 4000:
        roman = ""
        for value, sign in _ROMAN:
            count, number = divmod(number, value)
            roman += sign * count
        return roman if kind == "i" else roman.upper()
    return str(number)


def _flat(listed: Element) -> Iterator[Element]:
    """Its terms and definitions, which may stand in boxes."""
    for child in listed.elements():
        if child.tag == "div":
            yield from (inner for inner in child.elements() if inner.tag in {"dt", "dd"})
        else:
            yield child


def _type(element: Element) -> str:
    style = element.get("style").lower()
    said = _TYPES.get(element.get("type").strip(), "")
    return said or next((kind for name, kind in _STYLES.items() if name in style), "")


def _number(said: str, default: int) -> int:
    said = said.strip()
    bare = said.removeprefix("-")
    return int(said) if bare.isascii() and bare.isdigit() and int(bare[:9]) < _MOST and len(bare) < 9 else default
