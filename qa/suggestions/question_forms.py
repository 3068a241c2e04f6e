"""The forms of question that a plain clause answers: when, where, who, how many, how much, why, how and what."""

from collections.abc import Callable, Iterator

from msgspec import Struct

from index.language.dates import find_dates
from index.language.names import find_names, sure_names
from qa.language.clauses import TAKING, Clause
from qa.language.language import SuggestionForms
from qa.language.people import person_noun
from qa.language.question import words
from qa.language.verbs import goes_with, past_of
from qa.suggestions.limits import LIMITS
from qa.suggestions.self_contained import ready, up_to_break


class MadeQuestion(Struct, frozen=True):
    """A question, the name of its form, and the answer as far as the form tells it (else empty)."""

    question: str
    form: str
    answer: str = ""


# --- when, where, who ---


def _when(clause: Clause, forms: SuggestionForms) -> Iterator[MadeQuestion]:
    if clause.auxiliary not in ("", *forms.passive, forms.ask["will"]) or clause.tense == "present" or not clause.verb:
        return
    if clause.time:
        rest, time = up_to_break(clause.rest, forms), clause.time
        if any(find_dates(rest)) or not any(character.isdigit() for character in time):
            return
    else:
        dated = next(iter(find_dates(clause.rest)), None)
        before = forms.before_date.find(clause.rest[: dated.start]) if dated else None
        if dated is None or before is None or (dated.date.first is None and dated.date.day is None):
            return
        rest, time = clause.rest[: before.start()], clause.rest[dated.start : dated.end]
    if not rest and clause.base not in forms.ends_itself and not clause.auxiliary:
        return
    question = ready(clause, forms.ask["when"], rest, forms)
    if question:
        yield MadeQuestion(question, "when", time)


def _where(clause: Clause, forms: SuggestionForms) -> Iterator[MadeQuestion]:
    verb = clause.verb.split()[-1:] if clause.auxiliary in forms.be else []
    place = forms.placed.find(clause.rest)
    if not verb or verb[0] not in forms.placing or not place or any(find_dates(place["place"])):
        return
    yield MadeQuestion(f"{clause.asked(forms.ask['where'], '')}?", "where", place["place"])


def _who(clause: Clause, forms: SuggestionForms) -> Iterator[MadeQuestion]:
    who = forms.ask["who"]
    if not clause.auxiliary and clause.verb in forms.achieving and _is_person(clause.subject, forms):
        rest = up_to_break(clause.rest, forms)
        if rest and not forms.possessives & set(words(rest)) and ready(clause, who, rest, forms):
            yield MadeQuestion(f"{who} {clause.verb} {rest}?", "who", clause.subject)
    agent = forms.agent.find(clause.rest)
    if agent and clause.auxiliary in forms.passive and not any(find_dates(agent["agent"])):
        past = past_of(clause.verb)
        if past in forms.achieving:
            yield MadeQuestion(f"{who} {past} {clause.subject}?", "who", agent["agent"])


def _is_person(subject: str, forms: SuggestionForms) -> bool:
    """Two to four capitalised words, nothing else."""
    found = list(find_names(subject))
    whole = len(found) == 1 and (found[0].start, found[0].end) == (0, len(subject))
    return whole and 1 < len(subject.split()) < 5 and not forms.not_in_a_person & set(subject.split())


# --- how many, how much ---


def _how_many(clause: Clause, forms: SuggestionForms) -> Iterator[MadeQuestion]:
    adverb = forms.adverb.find(clause.rest)
    rest = clause.rest[adverb.end() :] if adverb else clause.rest
    money = forms.money.find(rest)
    if money and clause.base in forms.paying:
        spent_on = up_to_break(rest[money.end() :], forms)
        question = ready(clause, forms.ask["how-much"], spent_on, forms)
        if question and spent_on:
            yield MadeQuestion(question, "how-much", money["sum"])
    counted = forms.counted.find(rest)
    if counted and clause.base and counted["things"].split()[-1] not in forms.units:
        asking = f"{forms.ask['how-many']} {counted['things']}"
        question = ready(clause, asking, up_to_break(rest[counted.end() :], forms), forms)
        if question:
            yield MadeQuestion(question, "how-many", counted["number"])


# --- why, how ---


def _why(clause: Clause, forms: SuggestionForms) -> Iterator[MadeQuestion]:
    found = forms.cause.find(f" {clause.rest}")
    if not found or forms.denied.fits(clause.rest[: max(0, found.start() - 1)]):
        return
    rest = f" {clause.rest}"[: found.start()].strip()
    if not rest and not clause.verb:  # "is due to"
        yield MadeQuestion(f"{clause.asked(forms.ask['what'], forms.ask['due'])}?", "why", "")
    elif question := ready(clause, forms.ask["why"], rest, forms):
        yield MadeQuestion(question, "why")


def _how(clause: Clause, forms: SuggestionForms) -> Iterator[MadeQuestion]:
    found = forms.means.find(f" {clause.rest}")
    rest = f" {clause.rest}"[: found.start()].strip() if found else ""
    if found and clause.verb and not forms.purpose.fits(rest):  # by which of two things it is done
        question = ready(clause, forms.ask["how"], rest, forms)
        if question and len(words(question)) >= LIMITS.shortest_how:
            yield MadeQuestion(question, "how")


# --- what ---


def _what_is(clause: Clause, forms: SuggestionForms) -> Iterator[MadeQuestion]:
    found = forms.indefinite.find(clause.rest) if clause.auxiliary in forms.be and not clause.verb else None
    long = len(clause.subject.split()) > LIMITS.longest_subject
    if found is None or clause.time or long or forms.pair.fits(clause.subject):
        return
    head = forms.complement.regex.split(found["noun"])[0]
    long_enough = len(words(clause.rest)) >= LIMITS.shortest_definition
    if forms.dull_nouns & set(words(head)) or not long_enough or forms.any_such.fits(clause.subject):
        return
    person = _is_person(clause.subject, forms) or " " not in clause.subject
    who = person and person_noun(head.split()[-1])
    if not who and (person_noun(head.split()[-1]) or any(map(person_noun, clause.subject.split()))):
        return
    if not who and clause.subject[0].islower() and " " not in clause.subject.removeprefix(f"{forms.ask['the']} "):
        return  # "What is time?": hardly what the documents are about
    asking = forms.ask["who" if who else "what"]
    yield MadeQuestion(f"{asking} {clause.auxiliary} {clause.subject}?", "who-is" if who else "what-is")


def _what(clause: Clause, forms: SuggestionForms) -> Iterator[MadeQuestion]:
    """What something depends on, consists of, contains."""
    what = forms.ask["what"]
    being = forms.being.find(f"{clause.verb} {clause.rest}".strip()) if clause.auxiliary in forms.be else None
    if being and not forms.person_object.fits(being["object"]):
        yield MadeQuestion(f"{what} {clause.auxiliary} {clause.subject} {being['what']}?", "what")
    with_it = forms.with_object.find(clause.rest)
    if with_it and goes_with(clause.base, with_it["with"]) and not forms.person_object.fits(with_it["object"]):
        yield MadeQuestion(f"{clause.asked(what, with_it['with'])}?", "what")
    plain = clause.base in TAKING and clause.tense == "present" and not forms.that.fits(clause.rest)
    if plain and forms.object.fits(clause.rest) and len(words(clause.subject)) > 1:
        yield MadeQuestion(f"{clause.asked(what, '')}?", "what")


def _what_for(clause: Clause, forms: SuggestionForms) -> Iterator[MadeQuestion]:
    """What somebody aims to do, and what something is designed to do."""
    what, does = forms.ask["what"], forms.infinitive.fits(clause.rest)
    aim = clause.base in forms.aiming and does and (clause.tense == "present" or clause.time)
    made = clause.auxiliary in forms.be and clause.verb in forms.designed and does
    if made or aim:
        aimed = f"{forms.ask['do']} {clause.time}"
        yield MadeQuestion(f"{clause.asked(what, aimed)}?", "what-for")
    is_now = clause.auxiliary in forms.be and clause.auxiliary not in forms.passive
    if is_now and clause.verb == forms.ask["used"] and forms.use.fits(clause.rest):
        yield MadeQuestion(f"{clause.asked(what, forms.ask['for'])}?", "what-for")


def _what_caused(clause: Clause, forms: SuggestionForms) -> Iterator[MadeQuestion]:
    led = forms.led_to.find(clause.rest) if clause.verb == forms.ask["led"] else None
    verb = forms.ask["led to"] if led else clause.verb
    if not clause.auxiliary and (verb in forms.causing or led) and not forms.unidentified.fits(clause.subject):
        rest = up_to_break(clause.rest[led.end() :] if led else clause.rest, forms)
        whole = ready(clause, forms.ask["what"], rest, forms) and not forms.possessives & set(words(rest))
        if whole and forms.object.fits(rest):
            yield MadeQuestion(f"{forms.ask['what']} {verb} {rest}?", "what-caused", clause.subject)
    past = past_of(clause.verb) if clause.auxiliary in forms.passive else None
    if past in forms.causing and forms.by_things.fits(clause.rest) and not forms.means.regex.match(f" {clause.rest}"):
        yield MadeQuestion(f"{forms.ask['what']} {past} {clause.subject}?", "what-caused")


def _known_as(clause: Clause, forms: SuggestionForms) -> Iterator[MadeQuestion]:
    found = forms.known.find(f"{clause.verb} {clause.rest}") if clause.auxiliary in forms.be else None
    if found:
        asking = clause.asked(forms.ask["what"], "").removesuffix(clause.verb).strip()
        yield MadeQuestion(f"{asking} {found['as']} {forms.ask['as']}?", "known-as")


# --- what somebody says ---


def _what_reported(clause: Clause, forms: SuggestionForms) -> Iterator[MadeQuestion]:
    if clause.base not in forms.saying:
        return
    reported = forms.reported.find(clause.rest)
    topic = _topic(reported["said"], clause.subject, forms) if reported else None
    if topic and sure_names(f"x {clause.subject}"):
        about = forms.ask["about"]
        question = f"{clause.asked(forms.ask['what'], about)} {topic}?"
        yield MadeQuestion(question.replace(f" {clause.base} {about}", f" {forms.ask['say']} {about}"), "what-said")


def _topic(reported: str, subject: str, forms: SuggestionForms) -> str | None:
    """The first name that is spoken of, with its article."""
    known = set(words(subject))
    for name in find_names(reported):
        clean = reported[name.start : name.end]
        if known & set(words(clean)) or any(find_dates(clean)) or len(clean) < LIMITS.shortest_topic:
            continue
        if not forms.no_adjective.regex.match(reported, name.end):
            return None
        return f"{forms.ask['the']} {clean}" if forms.article_before.fits(reported[: name.start]) else clean
    return None


QUESTION_FORMS: tuple[Callable[[Clause, SuggestionForms], Iterator[MadeQuestion]], ...] = (
    _why, _what_for, _what, _how, _how_many, _who, _when, _what_caused, _where, _what_is, _what_reported, _known_as,
)  # fmt: skip
