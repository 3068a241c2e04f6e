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


class ValueMeasure(Struct, frozen=True):
    """What a comparative sets apart. asked: opens the question after the value of one thing. units: those that values
    may be in (`index.language.numbers`), none where they are dates. least: the lesser has it. told: how it is said of
    one thing alone, where not by the comparative."""

    asked: str
    units: frozenset[str]
    least: bool = False
    told: str = ""


class CombiningForms(Struct, frozen=True):
    """Questions that are put together of others.

    sides: two things set beside each other, in the groups "left" and "right", on "topic" if there is one. measured: by
    a comparative, "more", after what "aux" begins; "verb" belongs to either thing. choice: the same, which of both.
    steps: with a thing inside that another question tells: that is the groups "ask", "inner", and "tail" or "outer".
    inner: such a thing, "role" and what it is "of", or the "kind" that "does" something. person: a role or kind that
    people have. who, what, who_does, which_does: the question after it.
    sources: what the documents say differently, on "topic". pronoun: it names no thing. asks_whole: it is a question.

    measures: by comparative. about: opens the question after one thing; "on" joins a topic to it.
    only, one_source, by_values, both: what is said of it, with places for what is named.
    """

    sides: tuple[Form, ...]
    measured: Form
    choice: tuple[Form, ...]
    sources: tuple[Form, ...]
    steps: tuple[Form, ...]
    inner: tuple[Form, ...]
    person: Form
    pronoun: Form
    asks_whole: Form
    measures: Mapping[str, ValueMeasure]
    about: str
    on: str
    only: str
    one_source: str
    by_values: str
    both: str
    who: str
    what: str
    who_does: str
    which_does: str
    two_steps: str
    one_step: str
