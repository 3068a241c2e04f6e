import pytest

from index.vocabulary import Vocabulary
from qa.wording import reword

ENGLISH = frozenset("what is the dug of canals era who and did by".split())


class Words:
    """A vocabulary that also knows some English."""

    def __init__(self, *texts: str) -> None:
        self._own = Vocabulary.in_memory(texts)

    def knows(self, word: str) -> bool:
        return word in self._own or word.casefold() in ENGLISH

    def spelling(self, word: str) -> str | None:
        return self._own.spelling(word)

    def long_name(self, key: str) -> str | None:
        return self._own.long_name(key)


WORDS = Words("The Weir and Lock Company dug the canal for the United Mills, and the Eastern Rail Authority paid.")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who dug the cannal?", "Who dug the canal?"),
        ("Cannal: dug by who?", "Canal: dug by who?"),
        ("What is the WLC?", "What is the Weir and Lock Company?"),
        ("what is the wlc", "what is the Weir and Lock Company"),
        ("Did W&L pay?", "Did Weir and Lock pay?"),
        ("What is the UM?", "What is the UM?"),  # two letters fit too much
        ("what is the era of canals?", "what is the era of canals?"),  # a word, though also the initials of a name
        ("Who dug the canal?", "Who dug the canal?"),
        ("Who dug “naïve” 日本 <b>&amp;</b>?", "Who dug “naïve” 日本 <b>&amp;</b>?"),
    ],
)
def test_only_words_the_corpus_has_not_are_changed(question: str, expected: str) -> None:
    assert reword(question, WORDS) == expected
