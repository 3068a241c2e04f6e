"""Puts a question into the corpus's own words: misspelt words as the corpus spells them, short names in full."""

import re
from collections.abc import Sequence
from typing import Protocol

from index.language.acronyms import acronym_key, acronyms
from index.language.lexicon import FUNCTION_WORDS
from index.search.vocabulary import Renaming
from qa.language.nations import governments

_WORD = re.compile(r"[^\W\d_]+")
_ENDING = re.compile(r"(?<=\w{4})(?:ing|ed|es|s|er|ers|ly)$")  # a known word's form is no slip

_MOST_EXPANSIONS = 2


class SpellingVocabulary(Protocol):
    """What is asked of the corpus's words (index.corpus.Corpus)."""

    def knows(self, word: str) -> bool:
        """Whether it is a word of the corpus, or one that the embedding model has a token of its own for."""
        ...

    def spelling(self, word: str) -> str | None: ...

    def long_name(self, key: str) -> str | None: ...


def normalise_query(question: str, vocabulary: SpellingVocabulary) -> str:
    """The question, with only such words changed as the corpus does not have. Case and all else stay as they are."""
    changed = question
    for short in acronyms(question):
        name = vocabulary.long_name(acronym_key(short))
        if name is not None and _stands_for(short, vocabulary):
            changed = name.join(re.split(rf"(?<![\w&]){re.escape(short)}(?![\w&])", changed))
    return _WORD.sub(lambda match: _respelt(match.group(), vocabulary), changed)


def _stands_for(short: str, vocabulary: SpellingVocabulary) -> bool:
    """Two letters fit too many names to tell one by, unless an "&" says how they are joined."""
    return "&" in short or (len(acronym_key(short)) > 2 and not vocabulary.knows(short))


def _respelt(word: str, vocabulary: SpellingVocabulary) -> str:
    if word.casefold() in FUNCTION_WORDS or vocabulary.knows(word) or vocabulary.knows(_ENDING.sub("", word)):
        return word
    if word.islower() and 3 <= len(word) <= 6 and (name := vocabulary.long_name(word)):
        return name
    found = vocabulary.spelling(word)
    if found is None:
        return word
    return found.capitalize() if word[0].isupper() else found


class Renamer(Protocol):
    """What is asked of the corpus's names (index.corpus.Corpus)."""

    def renamings(self, text: str) -> Sequence[Renaming]: ...


def expand_query(question: str, names: Renamer) -> tuple[str, ...]:
    """The question with other names for what it names, at most two: all renamed in one, since each costs a search."""
    found = _apart((*names.renamings(question), *governments(question)))
    most = min(_MOST_EXPANSIONS, max((len(one.names) for one in found), default=0))
    return tuple(_renamed(question, found, number) for number in range(most))


def _apart(found: Sequence[Renaming]) -> list[Renaming]:
    """In order, without those that overlap one before them."""
    kept: list[Renaming] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _renamed(question: str, found: Sequence[Renaming], number: int) -> str:
    for one in reversed(found):
        name = one.names[min(number, len(one.names) - 1)]
        question = question[: one.start] + name + question[one.end :]
    return question
