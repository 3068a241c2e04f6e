"""Cohesion: what a sentence leans on, and the series it announces or is an item of ("First … Second …").

Connectives as Halliday and Hasan, "Cohesion in English", 1976, sort them; only what opens a sentence is looked at.
"""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from index.types import BlockKind, Document, Sentence
from qa.composing.limits import SERIES
from qa.language.english import ENGLISH

_FORMS = ENGLISH.cohesion


class ReadSentence(Struct, frozen=True):
    """A sentence that was read, in its document. text: in display form."""

    document: Document
    sentence: Sentence
    text: str

    @property
    def kind(self) -> BlockKind:
        """Of the block it starts in."""
        return self.document.blocks[self.sentence.block].kind


def leans(text: str) -> bool:
    """Whether a sentence opens with a word that stands for something said before it."""
    return _FORMS.pronoun.fits(text) and not _FORMS.empty_it.fits(text)


def concludes(text: str) -> bool:
    """Whether it opens as the consequence of the sentence before it, which then holds the cause."""
    return _FORMS.consequence.fits(text)


def continues(text: str) -> bool:
    """Whether it opens as a later item of a series."""
    return _FORMS.later.fits(text)


def is_item(text: str) -> bool:
    """Whether it opens as an item of a series, the first or a later one."""
    return _FORMS.first.fits(text) or continues(text)


def series(document: Mapping[int, ReadSentence], ordinal: int) -> tuple[ReadSentence, ...]:
    """The other sentences of the series that a sentence announces or is an item of, in text order.

    document: the sentences of one document that were read, by ordinal. None where there is no series.
    """
    here = document[ordinal]
    if is_item(here.text):
        before = () if _FORMS.first.fits(here.text) else tuple(_items_before(document, ordinal))
        return tuple(document[number] for number in (*reversed(before), *_items_after(document, ordinal)))
    if here.kind is BlockKind.LIST:
        return _list_around(document, ordinal)
    if _announces(here.text):
        return _announced(document, ordinal)
    return ()


def _announces(text: str) -> bool:
    return text.endswith(":") or _FORMS.counted.fits(text)


def _announced(document: Mapping[int, ReadSentence], ordinal: int) -> tuple[ReadSentence, ...]:
    """Items marked as such, else those of a list that follows, else as many sentences as it counts."""
    here, following = document[ordinal], document.get(ordinal + 1)
    marked = tuple(_items_after(document, ordinal))
    if marked:
        return tuple(document[number] for number in marked)
    if following is not None and following.kind is BlockKind.LIST:
        return (following, *_list_around(document, ordinal + 1)[1:])
    counted = _FORMS.counted.find(here.text)
    count = _FORMS.counts.get(counted["count"].lower(), 0) if counted else 0
    after = [document.get(ordinal + step) for step in range(1, count + 1)]
    inside = tuple(place for place in after if place is not None and place.sentence.block == here.sentence.block)
    return inside if len(inside) == count else ()


def _list_around(document: Mapping[int, ReadSentence], ordinal: int) -> tuple[ReadSentence, ...]:
    """What introduces the list that an item stands in, if anything does, and its other items."""
    start = end = ordinal
    most = SERIES.longest_series
    while start - 1 in document and document[start - 1].kind is BlockKind.LIST and ordinal - start < most:
        start -= 1
    while end + 1 in document and document[end + 1].kind is BlockKind.LIST and end - ordinal < most:
        end += 1
    head = document.get(start - 1)
    if head is None or not _announces(head.text):
        return ()
    return (head, *(document[number] for number in range(start, end + 1) if number != ordinal))


def _items_before(document: Mapping[int, ReadSentence], ordinal: int) -> Iterator[int]:
    """Ordinals of the items before a later one, the nearest first, down to the first of them."""
    number, reach = ordinal - 1, SERIES.item_reach
    while reach > 0 and number in document and document[number].kind is not BlockKind.HEADING:
        text = document[number].text
        if _FORMS.first.fits(text):
            yield number
            return
        if continues(text):
            yield number
            reach = SERIES.item_reach + 1
        number, reach = number - 1, reach - 1


def _items_after(document: Mapping[int, ReadSentence], ordinal: int) -> Iterator[int]:
    """Ordinals of the items after a sentence, in order, up to a heading or another series."""
    number, reach, found = ordinal + 1, SERIES.item_reach, _FORMS.first.fits(document[ordinal].text)
    while reach > 0 and number in document and document[number].kind is not BlockKind.HEADING:
        text = document[number].text
        first = _FORMS.first.fits(text)
        if first and (found or continues(document[ordinal].text)):
            return
        if first or continues(text):
            yield number
            found, reach = True, SERIES.item_reach + 1
        number, reach = number + 1, reach - 1
