"""What a language brings to questions that are answered by more than a look-up: yes or no, sides, and two steps."""

from collections.abc import Mapping

from msgspec import Struct

from qa.language.forms import Form


class VerdictForms(Struct, frozen=True):
    """Questions that a "yes" or "no" would answer, and what makes a sentence one.

    asked: such a question, with the groups "aux", "not" and "rest". request: it is a question in form only. choice: it
    has sides to choose from. reserved: a sentence with it may mean less than its words say. opening: what may stand
    before a sentence's subject. half_denied: it is denied in part.

    All that follow are lower case. tenses: by a question's auxiliary, those that its sentence may have; `needed`:
    auxiliaries without which there is no such sentence. light: words between others that change nothing. speakers:
    words for whoever asks, or is told. going_on: what may follow a finished fact; describing: what something is said
    to be, after one of `indefinite`. allowed: words for what may be done; permitting: auxiliaries that ask for it.
    doing: auxiliaries that a sentence may lack; being: that of what is. deniers: they turn a clause round, as `none`
    does before its noun and before `longer`. contracted: words drawn together, and what they are.
    """

    asked: Form
    request: Form
    choice: Form
    reserved: Form
    opening: Form
    half_denied: Form
    tenses: Mapping[str, frozenset[str]]
    needed: frozenset[str]
    finished: frozenset[str]
    light: frozenset[str]
    speakers: frozenset[str]
    going_on: frozenset[str]
    describing: frozenset[str]
    indefinite: frozenset[str]
    allowed: frozenset[str]
    permitting: frozenset[str]
    doing: frozenset[str]
    being: str
    deniers: frozenset[str]
    none: str
    longer: str
    contracted: Mapping[str, tuple[str, ...]]
