"""What rules ask of a corpus's words."""

from typing import Protocol


class TermStatistics(Protocol):
    """The terms of texts and how rare they are (index.corpus.Corpus)."""

    def terms(self, text: str) -> list[str]:
        """See index.search.lexical.LexicalIndex.terms."""
        ...

    def idf(self, term: str) -> float:
        """See index.search.lexical.LexicalIndex.idf."""
        ...
