"""How a language's questions lean on what was said before: its words and forms for it."""

from collections.abc import Mapping

from msgspec import Struct

from qa.language.forms import Form


class FollowUpForms(Struct, frozen=True):
    """How a question leans on what was said before.

    person, thing, place, many: pronouns, with the group "whose" where they own something, and "her" where they may.
    empty_it: pronouns that stand for nothing. object: one that cannot mean the name before it. that: a pointing word
    that stands for all that was said. another, of_many: what wants a noun, and what wants several. pointing, other:
    words that point back and can be put by no name. asked_for: names of what is asked for. opening, about, bare,
    asking, time, dated, preposition: of what a follow-up may be no more than, and how it begins. bare_words,
    bare_not, negated: what some bare questions ask, which asks for no, and how verbs are denied. behind, ordinal,
    bare_ordinal, owners: what can only be added, numbers in a row, and whose something is. asked_when, asked_who,
    asked_subject, asked_which: questions of which "rest" can be asked anew, after "aux" and the answer, which stands
    before what says where or when (says_where). placed: a
    place there has its preposition; going: it is gone to. row, determined: what parts names in a row, and what stands
    before one that is none's first. opens_phrase: words that phrases without a name begin with; of_what: how they go
    on; owned_phrase: one with its owner. determiner, owner, owner_end, link: parts of those, to be cut off or parted
    at. role: a word for what a person is. after_name, role_before, act_after, where_before, act_after_place, of_name,
    and_name: signs of what a name is of. institutions, auxiliaries, empty: words, lower case, of what is no person,
    before a phrase and its verb, that carry nothing over; being: the same, where the verb is a participle.
    in_phrases: function words that phrases have; pointing_openings: what opens those that were spoken of before.
    demonstratives, no_antecedents: openings and last words of phrases that nothing points back to. rows_after,
    row_joins: patterns of what stands between the names in a row. he, she: pronouns and titles of men and of women.
    being_a: after a name, the group "what" is what it is. kinds: what things with names are. follows_nothing: said to
    one that has nothing before it. article, joined,
    another_word, did, put_in, put_to, owned: words that are put in.
    """

    person: Form
    thing: Form
    place: Form
    empty_it: Form
    object: Form
    that: Form
    many: Form
    pointing: Form
    other: Form
    another: Form
    of_many: Form
    asked_for: Form
    opening: Form
    about: Form
    bare: Form
    bare_words: Mapping[str, str]
    bare_not: Form
    negated: Mapping[str, str]
    asking: Form
    time: Form
    dated: Form
    behind: Form
    ordinal: Form
    bare_ordinal: Form
    owners: Form
    preposition: Form
    asked_when: Form
    asked_who: Form
    asked_subject: Form
    asked_which: Form
    says_where: Form
    placed: Form
    going: Form
    row: Form
    determined: Form
    opens_phrase: Form
    of_what: Form
    owned_phrase: Form
    determiner: Form
    owner: Form
    owner_end: Form
    after_name: Form
    role: Form
    role_before: Form
    act_after: Form
    where_before: Form
    act_after_place: Form
    of_name: Form
    and_name: Form
    link: Form
    he: Form
    she: Form
    being_a: Form
    institutions: frozenset[str]
    auxiliaries: frozenset[str]
    being: frozenset[str]
    in_phrases: frozenset[str]
    demonstratives: frozenset[str]
    no_antecedents: frozenset[str]
    pointing_openings: frozenset[str]
    of: str
    empty: frozenset[str]
    rows_after: str
    row_joins: str
    kinds: frozenset[str]
    follows_nothing: str
    article: str
    joined: str
    another_word: str
    did: Mapping[str, str]
    put_in: str
    put_to: str
    owned: str
