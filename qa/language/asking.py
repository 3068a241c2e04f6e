"""Whether a message asks something, and which of a question's words no passage has."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Protocol

from index.language.folding import fold
from index.language.lexicon import FUNCTION_WORDS
from qa.language.english import ENGLISH
from qa.language.language import Language
from qa.language.question import words

_FEWEST_WORDS = 3  # of a question that is put to nobody
_SHORTEST = 3  # letters of a word that may be missing, in a script that puts spaces between words
_SHORTEST_RUN = 2  # characters, in a script that does not
_MOST_MISSING = 4  # words; more would be a list, not a hint
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*+")


class TermReader(Protocol):
    """What is asked of a corpus (index.corpus.Corpus)."""

    def terms(self, text: str) -> list[str]:
        """See index.search.lexical.LexicalIndex.terms."""
        ...


def is_question(text: str, language: Language = ENGLISH) -> bool:
    """Whether a message asks for something: it ends with a question mark, or begins as a request does."""
    return language.asking.marked.fits(text) or language.asking.begun.fits(text)


def is_plain_question(text: str, language: Language = ENGLISH) -> bool:
    """Whether a message that is put to nobody is a question: with a question mark at its end, and of a few words."""
    return language.asking.marked.fits(text) and len(text.split()) >= _FEWEST_WORDS


def missing_words(
    question: str, texts: Iterable[str], corpus: TermReader, language: Language = ENGLISH
) -> tuple[str, ...]:
    """The words of a question that tell what it is about and that none of the texts has in any form: as the question
    writes them, in its order, four at most.

    texts: of the passages shown, with their titles and headings. Where there are none, nothing is said to be missing.
    """
    every = "\n".join(texts)
    if not every.strip():
        return ()
    folded, terms = fold(every), frozenset(corpus.terms(every))
    missing: dict[str, str] = {}
    for word in telling_words(question, corpus, language):
        if is_unspaced(word, corpus):  # words there have no ends: what is missing are characters
            runs = ("".join(run) for there, run in groupby(word, lambda c: fold(c) in folded) if not there)
            missing.update((run, run) for run in runs if len(run) >= _SHORTEST_RUN)
        elif not any(form in terms or form in folded for form in (*corpus.terms(word), fold(word))):
            missing.setdefault(fold(word), word)
    return tuple(missing.values())[:_MOST_MISSING]


def telling_words(question: str, corpus: TermReader, language: Language = ENGLISH) -> Iterator[str]:
    """The words of a question that tell what it is about, as it writes them."""
    empty = FUNCTION_WORDS | language.asking.request_words
    for match in _WORD.finditer(question):
        word = match.group()
        long = len(word) >= _SHORTEST or word.isdigit() or is_unspaced(word, corpus)
        if long and not set(words(word)) <= empty:
            yield word


def is_unspaced(word: str, corpus: TermReader) -> bool:
    """Whether it is in a script without spaces, whose terms are characters and pairs of them."""
    return len(corpus.terms(word)) > len(words(word))
