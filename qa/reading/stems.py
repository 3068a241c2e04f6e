"""The terms of questions and of what documents stand under, as a corpus tells them."""

from functools import lru_cache

from qa.language.question import Question
from qa.reading.features import QuestionTerms, question_terms
from qa.reading.known import TermModel
from qa.reading.reader import OpenPassage

_CACHED = 50_000  # words and headings


class Stemmer:
    """Keeps the terms of the words met last; safe for one thread at a time."""

    def __init__(self, language: TermModel) -> None:
        self._language = language
        self.stems = lru_cache(maxsize=_CACHED)(lambda text: tuple(language.terms(text)))

    def question_terms(self, question: Question) -> QuestionTerms:
        """Of a question's own words, and of those that the conversation brought."""
        own = [term for word in question.content if word not in question.carried for term in self.stems(word)]
        carried = [term for word in question.content if word in question.carried for term in self.stems(word)]
        return question_terms(own, carried, self.stems(question.text), self._language.idf)

    def title_terms(self, opened: OpenPassage) -> frozenset[str]:
        """Of a passage's document's title and author, and of its headings."""
        return frozenset(self.stems(" ".join(heads(opened))))


def heads(opened: OpenPassage) -> tuple[str, ...]:
    """What a passage stands under: its document's title and author, and its headings."""
    author = opened.document.metadata.author
    return (opened.document.title, *((author.value,) if author else ()), *opened.passage.heading_path)
