"""The numbers that steer which questions are suggested."""

from types import MappingProxyType

from msgspec import Struct


class SuggestionLimits(Struct, frozen=True):
    """All set by hand on the shipped documents; `python -m tests.bench.suggestions FOLDER` prints what comes of them.

    enough_first, most_first: questions to begin with that are kept, and candidates tried for them.
    enough_following, most_following: the same of questions to go on with.
    alike: cosine from which on two questions are hardly two. asked_already: the same to a question that was asked.
    searches_kept: searches that go on where they stopped.
    most_documents, most_sentences: that are read for questions to begin with, and of one document.
    near_sentences: on either side of a citation, that may be asked about next.
    used_again: what every use of a form takes from its worth. fewest_heading_words: content words of a heading.
    longest_sentence: characters. long_ago: a year before which people are spoken of in the past.
    longest_question_words, longest_question: words and characters. possessive_within: words from the beginning, within
    which "its" has nobody to belong to.
    shortest_how, shortest_definition: words of a question after means, and of what is said of a thing.
    longest_subject: words. shortest_topic: letters.
    """

    enough_first: int = 8
    most_first: int = 32
    enough_following: int = 3
    most_following: int = 6
    alike: float = 0.8
    asked_already: float = 0.8
    searches_kept: int = 32
    most_documents: int = 24
    most_sentences: int = 600
    near_sentences: int = 40
    used_again: float = 0.7
    fewest_heading_words: int = 2
    longest_sentence: int = 420
    long_ago: int = 1960
    longest_question_words: int = 17
    longest_question: int = 120
    possessive_within: int = 4
    shortest_how: int = 5
    shortest_definition: int = 6
    longest_subject: int = 5
    shortest_topic: int = 4


LIMITS = SuggestionLimits()
# How much each form of question is worth beside the others; see `qa.suggestions.candidates`.
WORTH = MappingProxyType(
    {
        "heading": 3.0, "why": 2.6, "how": 2.5, "what-for": 2.5, "what": 2.4, "what-caused": 2.3, "what-is": 2.2,
        "what-said": 2.0, "how-much": 2.0, "how-many": 2.0, "who": 2.0, "when": 1.7, "where": 1.6, "known-as": 1.5,
        "who-is": 1.5,
    }
)  # fmt: skip
