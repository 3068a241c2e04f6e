"""Cohesion: what a sentence leans on, and the series it announces or is an item of ("First … Second …").

Connectives as Halliday and Hasan, "Cohesion in English", 1976, sort them; only what opens a sentence is looked at.
"""

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from index.types import BlockKind, Document, Sentence
from qa.composing.limits import SERIES

_PRONOUN = re.compile(
    r"[\W_]*(?:and |but |so |yet |thus |therefore,? |however,? |instead,? |moreover,? |additionally,? |also,? )?"
    r"(?:he|she|it|they|his|her|its|their|him|them|this|that|these|those|such|the (?:former|latter|same))\b",
    re.IGNORECASE,
)
# "It is clear that …" stands for nothing before it.
_EMPTY_IT = re.compile(
    r"[\W_]*(?:\w+,? )?it (?:is|was|seems|appears|remains|has been) (?:also |not |now |very |quite |more )?"
    r"(?:clear|true|likely|unlikely|possible|impossible|important|necessary|essential|evident|obvious|known|said|"
    r"believed|reported|thought|hoped|expected|estimated|hard|easy|difficult|worth)\b",
    re.IGNORECASE,
)
_CONSEQUENCE = re.compile(
    r"[\W_]*(?:therefore|thus|hence|consequently|accordingly|so(?! (?:far|called|much|many|long))|"
    r"as a (?:result|consequence)|because of (?:this|that)|"
    r"for (?:this|that|these|those) reasons?|that is why|this is why|in consequence)\b",
    re.IGNORECASE,
)
_MEMBER = (
    r"(?:\w+ ){0,2}(?:reason|factor|cause|point|step|way|part|goal|aim|principle|aspect|stage|type|kind|problem)s?\b"
)
_FIRST = re.compile(
    rf"[\W_]*(?:firstly|first,|first of all|to begin with|in the first place|on (?:the )?one (?:hand|side)|"
    rf"one,|one (?:is|was|{_MEMBER})|the first (?:is|was|{_MEMBER}))",
    re.IGNORECASE,
)
_LATER = re.compile(
    rf"[\W_]*(?:(?:second|third|(?:four|fif|six|seven|eigh|nin|ten)th)(?:ly\b|,)|finally,|lastly,|next,|last,|"
    rf"on the other(?: hand| side)?\b|the other (?:is|was|{_MEMBER})|another (?:is|was|{_MEMBER})|"
    rf"(?:the|a) (?:second|third|fourth|fifth|last|final) (?:is|was|{_MEMBER}))",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\b(two|three|four|five|several|various|(?:the )?following|a number of|a few|many)\s+(?:[\w-]+\s+){0,2}?"
    r"(?:reasons|factors|causes|ways|steps|parts|points|types|kinds|areas|goals|principles|measures|challenges|aspects|"
    r"stages|elements|objectives|problems|aims|forms|groups|phases|conditions|sources|features|advantages|effects)\b",
    re.IGNORECASE,
)
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5}


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
    return _PRONOUN.match(text) is not None and _EMPTY_IT.match(text) is None


def concludes(text: str) -> bool:
    """Whether it opens as the consequence of the sentence before it, which then holds the cause."""
    return _CONSEQUENCE.match(text) is not None


def continues(text: str) -> bool:
    """Whether it opens as a later item of a series."""
    return _LATER.match(text) is not None


def is_item(text: str) -> bool:
    """Whether it opens as an item of a series, the first or a later one."""
    return _FIRST.match(text) is not None or continues(text)


def series(document: Mapping[int, ReadSentence], ordinal: int) -> tuple[ReadSentence, ...]:
    """The other sentences of the series that a sentence announces or is an item of, in text order.

    document: the sentences of one document that were read, by ordinal. None where there is no series.
    """
    here = document[ordinal]
    if is_item(here.text):
        before = () if _FIRST.match(here.text) else tuple(_items_before(document, ordinal))
        return tuple(document[number] for number in (*reversed(before), *_items_after(document, ordinal)))
    if here.kind is BlockKind.LIST:
        return _list_around(document, ordinal)
    if _announces(here.text):
        return _announced(document, ordinal)
    return ()


def _announces(text: str) -> bool:
    return text.endswith(":") or _COUNTED.search(text) is not None


def _announced(document: Mapping[int, ReadSentence], ordinal: int) -> tuple[ReadSentence, ...]:
    """Items marked as such, else those of a list that follows, else as many sentences as it counts."""
    here, following = document[ordinal], document.get(ordinal + 1)
    marked = tuple(_items_after(document, ordinal))
    if marked:
        return tuple(document[number] for number in marked)
    if following is not None and following.kind is BlockKind.LIST:
        return (following, *_list_around(document, ordinal + 1)[1:])
    counted = _COUNTED.search(here.text)
    count = _COUNTS.get(counted[1].lower(), 0) if counted else 0
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
        if _FIRST.match(text):
            yield number
            return
        if continues(text):
            yield number
            reach = SERIES.item_reach + 1
        number, reach = number - 1, reach - 1


def _items_after(document: Mapping[int, ReadSentence], ordinal: int) -> Iterator[int]:
    """Ordinals of the items after a sentence, in order, up to a heading or another series."""
    number, reach, found = ordinal + 1, SERIES.item_reach, bool(_FIRST.match(document[ordinal].text))
    while reach > 0 and number in document and document[number].kind is not BlockKind.HEADING:
        text = document[number].text
        first = _FIRST.match(text) is not None
        if first and (found or continues(document[ordinal].text)):
            return
        if first or continues(text):
            yield number
            found, reach = True, SERIES.item_reach + 1
        number, reach = number + 1, reach - 1
