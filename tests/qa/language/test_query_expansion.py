import pytest

from index.search.vocabulary import Renaming, Vocabulary
from qa.language.query_expansion import expand_query, normalise_query

ENGLISH = frozenset("what is the dug of canals era who and did by".split())


class Words:
    """A vocabulary that also knows some English."""

    def __init__(self, *texts: str) -> None:
        self._own = Vocabulary.of_texts(texts)

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
    assert normalise_query(question, WORDS) == expected


NAMES = Vocabulary.of_texts(
    [
        "The Long Cut, formerly the Grand Canal, leaks. It is deep, the Long Cut. The Weir Lock Company (WLC)",
        "dug it; then the WLC failed.",
    ]
)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Is the Grand Canal deep?", ("Is the Long Cut deep?",)),
        ("did the weir lock company dig the grand canal?", ("did the WLC dig the Long Cut?",)),
        ("What does Oslo want of the Grand Canal?", ("What does Norway want of the Long Cut?",)),
        ("Is the Long Cut deep?", ()),
        ("", ()),
    ],
)
def test_a_question_is_put_with_the_names_the_corpus_uses(question: str, expected: tuple[str, ...]) -> None:
    assert expand_query(question, NAMES) == expected


def test_of_many_names_two_are_tried() -> None:
    class Many:
        def renamings(self, text: str) -> tuple[Renaming, ...]:
            return (Renaming(0, 1, ("x", "y", "z")), Renaming(text.index("b"), 3, ("v",)))

    assert expand_query("a b c", Many()) == ("x v c", "y v c")
