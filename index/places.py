"""Where ranges of a document's text stand in the original."""

from bisect import bisect_right
from collections.abc import Sequence

from index.types import Place


def places_of(places: Sequence[Place], start: int, end: int) -> tuple[Place, ...]:
    """Those that `[start:end)` touches, in text order. places: in text order, apart."""
    first = bisect_right(places, start, key=lambda place: place.end)
    last = first
    while last < len(places) and places[last].start < end:
        last += 1
    return tuple(places[first:last])


def label_of(places: Sequence[Place]) -> str:
    """What readers call the places that one range touches: the first one's name, and the last one's if that differs."""
    if not places:
        return ""
    first, last = places[0].label, places[-1].label
    return first if first == last else f"{first} – {last}"
