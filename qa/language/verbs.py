"""English verbs whose forms are sure: the base of a past or present form, so that a clause can be asked for with "did".

Only verbs of a list: what looks like a verb and is not on it is left alone.
"""

from typing import Literal

from msgspec import Struct

_REGULAR = """
abandon abolish absorb accept accuse achieve acquire add address adopt adjust advance affect agree aim allow announce
appear apply appoint approve argue arrive attack attract ban base believe belong block borrow call campaign cancel
capture carry cause celebrate change charge claim close collaborate collapse collect combine complain complete compose
conclude conduct confirm connect conquer consider consist construct contain continue contribute convert convince
cooperate cover create criticize criticise cross damage debut decide declare decline decrease defeat defend define
delay deliver demand deny depend deploy describe design destroy determine develop die direct discover discuss dismiss
divide donate earn elect eliminate emerge emphasize emphasise employ enable enact encourage end enforce enjoy enter
establish evolve examine exist expand expect explain exploit explore export express extend face fail favor favour
feature focus follow force form found fund gain gather generate grant happen harm help hire hope host identify ignore
impeach implement import improve incorporate increase influence inform inherit insist inspire inspect intend introduce
invade invent invest invite involve issue join justify kill lack land last launch learn limit link lower maintain
marry measure merge motivate move name need negotiate nominate note obtain occupy occur offer open operate oppose
order organize organise own paint participate pass permit persuade plan play please point portray praise predict
prefer premiere prepare present preserve prevent process produce prohibit promise promote prompt propose protect
protest prove provide publish purchase pursue push raise reach realize realise receive recognize recognise recommend
recover reduce refer reform refuse reject release rely remain remove rename renew replace report represent request
require rescue resign resist resolve respond restore restrict result resume retain retire return reveal revise reward
rule sail seem select separate serve settle shape share shift sign simplify sink specialize specialise stabilize start
state stay stop strengthen struggle study succeed suffer suggest support suppress surrender survive suspend switch
teach tend threaten tour trade train transfer transform translate travel treat trigger try turn undermine unite urge
use violate visit vote want warn weaken welcome work worry yield
"""
_IRREGULAR = """
bear bore born; become became become; begin began begun; break broke broken; bring brought brought; build built built;
buy bought bought; catch caught caught; choose chose chosen; come came come; cost cost cost; cut cut cut; deal dealt
dealt; draw drew drawn; drive drove driven; fall fell fallen; fight fought fought; find found found; flee fled fled;
forbid forbade forbidden; get got got; give gave given; go went gone; grow grew grown; have had had; hear heard heard;
hit hit hit; hold held held; keep kept kept; know knew known; lay laid laid; lead led led; leave left left; lend lent
lent; lose lost lost; make made made; mean meant meant; meet met met; oversee oversaw overseen; overthrow overthrew
overthrown; pay paid paid; put put put; ride rode ridden; rise rose risen; run ran run; say said said; see saw seen;
seek sought sought; sell sold sold; send sent sent; set set set; shoot shot shot; show showed shown; sink sank sunk;
speak spoke spoken; spend spent spent; split split split; spread spread spread; stand stood stood; steal stole stolen;
stem stemmed stemmed; strike struck struck; swear swore sworn; take took taken; teach taught taught; tell told told;
think thought thought; throw threw thrown; undertake undertook undertaken; wear wore worn; win won won; withdraw
withdrew withdrawn; write wrote written
"""
_WITH = """
consist of; depend on; refer to; result in; focus on; rely on; belong to; contribute to; suffer from; specialize in;
specialise in; participate in; deal with; lead to; stem from
"""
_DOUBLING = frozenset("ban permit plan prefer refer stop transfer".split())
_VOWELS = "aeiou"


class VerbForm(Struct, frozen=True):
    """A verb as it stands in a sentence: its base, and whether it is a past or a present third person's form."""

    base: str
    tense: Literal["past", "present"]


def finite(word: str) -> VerbForm | None:
    """The form that a word is, if it can be the verb of a sentence. A form that is its base ("put") is none: nobody
    could tell what it is of."""
    return _FINITE.get(word)


def goes_with(base: str, preposition: str) -> bool:
    """Whether the verb wants that preposition and what comes after it."""
    return (base, preposition) in _PAIRS


def is_base(word: str) -> bool:
    """Whether it is the base form of a verb of the list ("open"); many of them are nouns as well."""
    return word in _BASES


def past_of(participle: str) -> str | None:
    """ "written" -> "wrote"."""
    return _PASTS.get(participle)


def is_participle(word: str) -> bool:
    """Whether it looks like a past participle: one of the list, or by its ending."""
    return word in _PASTS or (len(word) > 3 and word.islower() and word.endswith("ed"))


def _past(base: str) -> str:
    if base.endswith("e"):
        return f"{base}d"
    if base[-1] == "y" and base[-2] not in _VOWELS:
        return f"{base[:-1]}ied"
    return f"{base}{base[-1]}ed" if base in _DOUBLING else f"{base}ed"


def _present(base: str) -> str:
    if base == "have":
        return "has"
    if base.endswith(("s", "sh", "ch", "x", "z", "o")):
        return f"{base}es"
    if base[-1] == "y" and base[-2] not in _VOWELS:
        return f"{base[:-1]}ies"
    return f"{base}s"


def _tables() -> tuple[dict[str, VerbForm], dict[str, str]]:
    triples = [tuple(verb.split()) for verb in _IRREGULAR.replace("\n", " ").split(";")]
    irregular = {base: (past, participle) for base, past, participle in triples}
    forms = {base: (_past(base), _past(base)) for base in _REGULAR.split()} | irregular
    found: dict[str, VerbForm] = {}
    pasts: dict[str, str] = {}
    for base, (past, participle) in forms.items():
        found[_present(base)] = VerbForm(base, "present")
        if past != base:
            found[past] = VerbForm(base, "past")
        pasts[participle] = past
    return found, pasts


_FINITE, _PASTS = _tables()
_BASES = frozenset(form.base for form in _FINITE.values())
_PAIRS = frozenset(tuple(pair.split()) for pair in _WITH.replace("\n", " ").split(";"))
