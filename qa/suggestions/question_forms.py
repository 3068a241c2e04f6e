"""The forms of question that a plain clause answers: when, where, who, how many, how much, why, how and what."""

import re
from collections.abc import Callable, Iterator

from msgspec import Struct

from qa.datasets.perturbation import names_in
from qa.language.clauses import TAKING, Clause
from qa.language.dates import find_moments
from qa.language.people import person_noun
from qa.language.question import words
from qa.language.verbs import goes_with, past_of
from qa.reading.spans import names
from qa.suggestions.self_contained import POSSESSIVE, ready, up_to_break


class Asked(Struct, frozen=True):
    """A question, the name of its form, and the answer as far as the form tells it (else empty)."""

    question: str
    form: str
    answer: str = ""


# --- when ---

_BEFORE_DATE = re.compile(r"\s*\b(?:in|on)\s+(?:the\s+)?(?:(?:early|late|mid)[- ])?$")
_ENDS_ITSELF = frozenset(
    "die begin end open close collapse retire resign start arrive return surrender fall launch debut premiere".split()
)


def _when(clause: Clause) -> Iterator[Asked]:
    if clause.auxiliary not in ("", "was", "were", "will") or clause.tense == "present" or not clause.verb:
        return
    if clause.time:
        rest, time = up_to_break(clause.rest), clause.time
        if list(find_moments(rest)) or not re.search(r"\d", time):
            return
    else:
        dated = next(iter(find_moments(clause.rest)), None)
        before = _BEFORE_DATE.search(clause.rest[: dated.start]) if dated else None
        if dated is None or before is None or (dated.moment.first is None and dated.moment.day is None):
            return
        rest, time = clause.rest[: before.start()], clause.rest[dated.start : dated.end]
    if not rest and clause.base not in _ENDS_ITSELF and not clause.auxiliary:
        return
    question = ready(clause, "When", rest)
    if question:
        yield Asked(question, "when", time)


# --- where ---

_PLACED = re.compile(
    r"(?:in|at|near)\s+(?P<place>(?:the\s+)?(?:[A-Z][\w’'.-]*)(?:,?\s+(?:of\s+|the\s+)?[A-Z][\w’'-]*)*)"
    r"(?=\s*(?:$|,|in \d|on |and\s))"
)
_PLACING = frozenset("born located situated based headquartered held founded buried built signed discovered".split())


def _where(clause: Clause) -> Iterator[Asked]:
    verb = clause.verb.split()[-1:] if clause.auxiliary in _BE else []
    place = _PLACED.match(clause.rest)
    if not verb or verb[0] not in _PLACING or not place or any(find_moments(place["place"])):
        return
    yield Asked(f"{clause.asked('Where', '')}?", "where", place["place"])


# --- who ---

_ACHIEVING = frozenset(
    """founded invented discovered wrote built designed led won directed composed created developed established proposed
    introduced painted defeated conquered commanded coined formulated appointed nominated launched organized organised
    started published produced named signed elected captured ruled edited translated opened""".split()
)
_AGENT = re.compile(r"by\s+(?P<agent>(?:[A-Z][\w’'.-]*\s+)*[A-Z][\w’'-]*)(?=\s*(?:$|,|\sin \d|in the|on [A-Z]))")


def _who(clause: Clause) -> Iterator[Asked]:
    if not clause.auxiliary and clause.verb in _ACHIEVING and _is_person(clause.subject):
        rest = up_to_break(clause.rest)
        if rest and not POSSESSIVE & set(words(rest)) and ready(clause, "Who", rest):
            yield Asked(f"Who {clause.verb} {rest}?", "who", clause.subject)
    agent = _AGENT.match(clause.rest)
    if agent and clause.auxiliary in ("was", "were") and not any(find_moments(agent["agent"])):
        past = past_of(clause.verb)
        if past in _ACHIEVING:
            yield Asked(f"Who {past} {clause.subject}?", "who", agent["agent"])


def _is_person(subject: str) -> bool:
    """Two to four capitalised words, nothing else."""
    found = list(names(subject))
    whole = len(found) == 1 and (found[0].start, found[0].end) == (0, len(subject))
    return whole and 1 < len(subject.split()) < 5 and not {"of", "the", "and", "for"} & set(subject.split())


# --- how many, how much ---

_NUMBER = (
    r"(?:\d[\d,.]*(?:\s(?:million|billion|thousand))?"
    r"|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty)"
)
_ABOUT = r"(?:(?:about|around|some|approximately|over|nearly|almost|roughly|more than|at least|up to|a total of)\s+)?"
_COUNTED = re.compile(
    rf"{_ABOUT}(?P<number>{_NUMBER})\s+"
    r"(?P<things>(?!more\s)(?:[a-z][\w’'-]*\s+){0,2}?(?:[a-z][\w’'-]*s|people|men|women|children))"
    r"(?=\s*(?:$|,|\s(?:in|on|at|for|with|from|by|of|and|to|during|between|across)\s))"
)
_UNITS = frozenset(
    "percent years months weeks days hours minutes miles kilometres kilometers metres feet times".split()
)
_MONEY = re.compile(rf"{_ABOUT}(?P<sum>(?:US)?[$€£¥]\s?\d(?:[\d,.]*\d)?(?:\s(?:million|billion|trillion|thousand))?)")
_PAYING = frozenset("cost spend pay invest raise donate earn lose receive provide lend give borrow".split())


def _how_many(clause: Clause) -> Iterator[Asked]:
    rest = _without_then(clause.rest)
    money = _MONEY.match(rest)
    if money and clause.base in _PAYING:
        spent_on = up_to_break(rest[money.end() :])
        question = ready(clause, "How much", spent_on)
        if question and spent_on:
            yield Asked(question, "how-much", money["sum"])
    counted = _COUNTED.match(rest)
    if counted and clause.base and counted["things"].split()[-1] not in _UNITS:
        question = ready(clause, f"How many {counted['things']}", up_to_break(rest[counted.end() :]))
        if question:
            yield Asked(question, "how-many", counted["number"])


def _without_then(rest: str) -> str:
    return re.sub(r"^(?:also|now|currently|already)\s+", "", rest)


# --- why, how ---

_CAUSE = re.compile(
    r",?\s+(?:(?:partly|largely|mainly|primarily|chiefly|mostly|in part|simply|perhaps|probably)\s+)?"
    r"(?P<because>because(?: of)?|due to|owing to)\s+(?P<cause>.{12,})"
)
_MEANS = re.compile(r"\s+by\s+(?P<means>[a-z]+ing\s.{8,})")


def _why(clause: Clause) -> Iterator[Asked]:
    found = _CAUSE.search(f" {clause.rest}")
    if not found or re.search(r"\bnot$", clause.rest[: max(0, found.start() - 1)]):
        return
    rest = f" {clause.rest}"[: found.start()].strip()
    if not rest and not clause.verb:  # "is due to"
        yield Asked(f"{clause.asked('What', 'due to')}?", "why", "")
    elif question := ready(clause, "Why", rest):
        yield Asked(question, "why")


def _how(clause: Clause) -> Iterator[Asked]:
    found = _MEANS.search(f" {clause.rest}")
    rest = f" {clause.rest}"[: found.start()].strip() if found else ""
    if found and clause.verb and not re.search(r"\bto [a-z]", rest):  # by which of two things it is done
        question = ready(clause, "How", rest)
        if question and len(words(question)) > 4:
            yield Asked(question, "how")


# --- what ---

_BE = ("is", "are", "was", "were")
_AIMING = frozenset("aim seek plan promise agree decide intend hope pledge refuse".split())
_DESIGNED = frozenset("designed intended expected required supposed".split())
_CAUSING = frozenset(
    """caused triggered prompted forced enabled inspired ended influenced motivated drove shaped delayed weakened
    threatened destroyed damaged""".split()
)
_UNTOLD = re.compile(r"the (?!.* of )[^A-Z]*$|the [A-Z]\w+s$")  # which "embargo"? And "the Mongols" are who, not what
_BY_THINGS = re.compile(r"by (?:the |an? )?[a-z]{3,} (?!\d)")
_OBJECT = re.compile(r"(?!in |on |at |with |by |up |only )[\w$]")
_INDEFINITE = re.compile(r"(?:an?|one of the|the)\s+(?P<noun>[^,]+)")
_KNOWN = re.compile(r"(?P<as>(?:also |commonly |often |widely |formerly )?(?:known|called|referred to))\s+as\s+\S")
_EMPTY = frozenset(
    """success failure example result reason problem issue matter case factor part sign source way time day one number
    lot kind type form thing subject topic question answer same only first second third last best most major key main
    member focus center centre site home product consequence target""".split()
)


def _what_is(clause: Clause) -> Iterator[Asked]:
    found = _INDEFINITE.match(clause.rest) if clause.auxiliary in _BE and not clause.verb else None
    if found is None or clause.time or len(clause.subject.split()) > 5 or " and " in clause.subject:
        return
    head = re.split(
        r"\s(?:of|for|in|on|at|to|from|with|by|that|who|which|where|during|between|based)\b", found["noun"]
    )[0]
    if _EMPTY & set(words(head)) or len(words(clause.rest)) < 6 or re.match(r"an?\s", clause.subject):
        return
    person = _is_person(clause.subject) or " " not in clause.subject
    who = person and person_noun(head.split()[-1])
    if not who and (person_noun(head.split()[-1]) or any(map(person_noun, clause.subject.split()))):
        return
    if not who and clause.subject[0].islower() and " " not in clause.subject.removeprefix("the "):
        return  # "What is time?": hardly what the documents are about
    yield Asked(f"{'Who' if who else 'What'} {clause.auxiliary} {clause.subject}?", "who-is" if who else "what-is")


_BEING = re.compile(
    r"(?P<what>(?:(?:highly|largely|mainly|heavily|closely|best|solely|directly|partly|strongly)\s)?"
    r"(?:dependent on|responsible for|known for|famous for|based on|related to|opposed to|similar to|named after"
    r"|concerned with|aimed at|derived from|linked to|composed of|made of))\s+(?P<object>.+)"
)
_PEOPLE_OF_IT = re.compile(r"[A-Z]|who\b|an? [a-z]+er\b|an? [a-z]+or\b|the [A-Z]")


def _what(clause: Clause) -> Iterator[Asked]:
    """What something depends on, consists of, contains."""
    being = _BEING.match(f"{clause.verb} {clause.rest}".strip()) if clause.auxiliary in _BE else None
    if being and not _PEOPLE_OF_IT.match(being["object"]):
        yield Asked(f"What {clause.auxiliary} {clause.subject} {being['what']}?", "what")
    with_it = re.match(r"(?P<with>[a-z]+)\s+(?P<object>.+)", clause.rest)
    if with_it and goes_with(clause.base, with_it["with"]) and not _PEOPLE_OF_IT.match(with_it["object"]):
        yield Asked(f"{clause.asked('What', with_it['with'])}?", "what")
    plain = clause.base in TAKING and clause.tense == "present" and not clause.rest.startswith("that ")
    if plain and _OBJECT.match(clause.rest) and len(words(clause.subject)) > 1:
        yield Asked(f"{clause.asked('What', '')}?", "what")


def _what_for(clause: Clause) -> Iterator[Asked]:
    """What somebody aims to do, and what something is designed to do."""
    aim = clause.base in _AIMING and re.match(r"to\s+[a-z]+\s", clause.rest)
    made = clause.auxiliary in _BE and clause.verb in _DESIGNED and re.match(r"to\s+[a-z]+\s", clause.rest)
    if made or (aim and (clause.tense == "present" or clause.time)):
        yield Asked(f"{clause.asked('What', f'to do {clause.time}')}?", "what-for")
    used = clause.auxiliary in ("is", "are") and clause.verb == "used" and re.match(r"(?:in|for|to)\s", clause.rest)
    if used:
        yield Asked(f"{clause.asked('What', 'for')}?", "what-for")


def _what_caused(clause: Clause) -> Iterator[Asked]:
    verb = "led to" if clause.verb == "led" and clause.rest.startswith("to ") else clause.verb
    if not clause.auxiliary and (verb in _CAUSING or verb == "led to") and not _UNTOLD.match(clause.subject):
        rest = up_to_break(clause.rest.removeprefix("to ") if verb == "led to" else clause.rest)
        if ready(clause, "What", rest) and not POSSESSIVE & set(words(rest)) and _OBJECT.match(rest):
            yield Asked(f"What {verb} {rest}?", "what-caused", clause.subject)
    past = past_of(clause.verb) if clause.auxiliary in ("was", "were") else None
    if past in _CAUSING and _BY_THINGS.match(clause.rest) and not _MEANS.match(f" {clause.rest}"):
        yield Asked(f"What {past} {clause.subject}?", "what-caused")


def _known_as(clause: Clause) -> Iterator[Asked]:
    known = f"{clause.verb} {clause.rest}" if clause.auxiliary in _BE else ""
    found = _KNOWN.match(known)
    if found:
        yield Asked(
            f"{clause.auxiliary and clause.asked('What', '').removesuffix(clause.verb).strip()} {found['as']} as?",
            "known-as",
        )


# --- what somebody says ---

_SHORTEST_TOPIC = 4  # letters
_IS_NO_ADJECTIVE = re.compile(
    r"\s*$|[,.]|\s(?:is|are|was|were|has|had|have|will|would|could|should|can|may|must|and|or|of|in|on|to|for|as|by)\b"
)
_SAYING = frozenset("say note state argue claim warn declare insist suggest emphasize emphasise predict deny".split())


def _what_said(clause: Clause) -> Iterator[Asked]:
    if clause.base not in _SAYING:
        return
    said = re.match(r"(?:that\s+)?(?P<said>.+)", clause.rest)
    topic = _topic(said["said"], clause.subject) if said else None
    if topic and names_in(f"x {clause.subject}"):
        yield Asked(
            f"{clause.asked('What', 'about')} {topic}?".replace(f" {clause.base} about", " say about"), "what-said"
        )


def _topic(said: str, subject: str) -> str | None:
    """The first name that is spoken of, with its article."""
    known = set(words(subject))
    for name in names(said):
        clean = said[name.start : name.end]
        if known & set(words(clean)) or any(find_moments(clean)) or len(clean) < _SHORTEST_TOPIC:
            continue
        if not _IS_NO_ADJECTIVE.match(said, name.end):
            return None
        return f"the {clean}" if re.search(r"\b[tT]he $", said[: name.start]) else clean
    return None


FORMS: tuple[Callable[[Clause], Iterator[Asked]], ...] = (
    _why, _what_for, _what, _how, _how_many, _who, _when, _what_caused, _where, _what_is, _what_said, _known_as,
)  # fmt: skip
