"""Comparison: the things a question sets beside each other, each of which its answer has to speak of."""

import re
from functools import lru_cache

from msgspec import Struct

from index.language.lexicon import FUNCTION_WORDS
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
