"""The numbers that steer how follow-ups are understood."""

from msgspec import Struct


class FollowUpLimits(Struct, frozen=True):
    """All set by hand; tests/bench/follow_ups.py and tests/bench/mid_conversation.py measure what they do.

    few_words: content words; a question with no more of its own is too thin to stand alone.
    most_forms: forms of a follow-up that are tried beside the question as it is put.
    verbless_words: words; a longer follow-up is hardly a mere phrase.
    answer_words: words; a longer answer is put into no question.
    phrase_words: words of a phrase after the one that opens it.
    gender_range: characters after a person's name in which a pronoun is taken to mean that person.
    shown_passages: passages of a reply that may show what a name is of.
    longest_title: words, joining ones aside; a longer title is no name.
    most_signs: signs of one kind, that a name is a person's or a place's, that count.
    longest_sign: characters before a name that are looked at for its role.
    margin: how much surer, in calibrated confidence, reading has to be of a less likely meaning.
    incomplete_margin: the same of a fragment as it stands: "and in 2020?" by itself is like many sentences.
    """

    few_words: int = 2
    most_forms: int = 2
    verbless_words: int = 5
    answer_words: int = 8
    phrase_words: int = 5
    gender_range: int = 120
    shown_passages: int = 4
    longest_title: int = 5
    most_signs: int = 3
    longest_sign: int = 60
    margin: float = 0.15
    incomplete_margin: float = 0.6


FOLLOW_UP_LIMITS = FollowUpLimits()
