"""What binds the sentences of an answer: what a sentence leans on, the series it announces or is an item of ("First …
Second …"), and the things a question sets beside each other, each of which its answer has to speak of.

Connectives as Halliday and Hasan, "Cohesion in English", 1976, sort them; only what opens a sentence is looked at.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from msgspec import Struct

from index.language.lexicon import FUNCTION_WORDS
from index.types import BlockKind, Document, Sentence
from qa.composing.limits import SERIES
from qa.language.english import ENGLISH
from qa.language.language import ComparisonForms, Language
from qa.language.question import Question, words

_FEWEST_LETTERS = 4  # of a word's beginning that tell it from others, whatever its ending


class Comparison(Struct, frozen=True):
    """things: two things, each by a word of the question that tells it from the other; empty if none are told apart.

    documents: whether what several documents say is asked for. at_length: whether more than a word would answer.
    """

    things: tuple[str, ...] = ()
    documents: bool = False
    at_length: bool = False


def comparison(question: Question, language: Language = ENGLISH) -> Comparison:
    """What a question compares, told from its form alone: what stands around "and", "or", "than" and their like."""
    text, forms = question.own, language.comparisons
    documents = forms.several_texts.fits(text)
    against = forms.against.find(text)
    if forms.between.fits(text):
        joined = list(forms.joined.all_in(text))
    else:
        joined = list(forms.either.all_in(text)) if forms.choice.fits(text) else []
    for parting in (against, *joined):
        if parting is None:
            continue
        left, right = _content(text[: parting.start()], forms), _content(text[parting.end() :], forms)
        left_only, right_only = [w for w in left if w not in right], [w for w in right if w not in left]
        if parting is against:  # the subject, which is a name if there is one, against the first thing after
            left_only = [word for word in left_only if not forms.degree.fits(word)] or left_only
            left_only = _capitalised(left_only, text)[:1] or left_only
            right_only = _capitalised(right_only, text)[:1] or right_only
        if left_only and right_only:
            at_length = against is not None or forms.between.fits(text)
            return Comparison((left_only[-1], right_only[0]), documents, at_length)
    return Comparison((), documents)


def speaks_of(thing: str, text: str) -> bool:
    """Whether a text has the word of a thing, in whatever form."""
    return any(_alike(thing, word) for word in _words_of(text))


@lru_cache(maxsize=4_096)
def _words_of(text: str) -> frozenset[str]:
    return frozenset(words(text))


def _content(text: str, forms: ComparisonForms) -> list[str]:
    return [word for word in words(text) if word not in FUNCTION_WORDS and not forms.comparing.fits(word)]


def _capitalised(wanted: list[str], text: str) -> list[str]:
    capitals = {word.casefold() for word in re.findall(r"[^\W\d_]\w*", text) if word[0].isupper()}
    return [word for word in wanted if word in capitals]


def _alike(left: str, right: str) -> bool:
    if left[0] != right[0]:
        return False
    shared = min(len(left), len(right))
    same = next((number for number in range(shared) if left[number] != right[number]), shared)
    return same == max(len(left), len(right)) or same >= max(_FEWEST_LETTERS, shared - 2)


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
