"""What a question sets beside each other, told from its form, and the question after each side alone."""

import re
from typing import Literal

from msgspec import Struct

from qa.language.combining import CombiningForms, ValueMeasure
from qa.language.english import ENGLISH
from qa.language.language import Language
from qa.language.question import content_words
from qa.language.verbs import is_participle

_OWNER = re.compile(r"['’]s?(?=\s|\Z)")


class ComparedThing(Struct, frozen=True):
    """One of two things. name: as the question has it. questions: after it alone, the likeliest to help first."""

    name: str
    questions: tuple[str, ...]


class ComparisonIntent(Struct, frozen=True):
    """Two things set beside each other. measure, more: by what, and the comparative that says so, if one does."""

    kind: Literal["sides", "measured"]
    sides: tuple[ComparedThing, ComparedThing]
    measure: ValueMeasure | None = None
    more: str = ""


def sources_topic(question: str, language: Language = ENGLISH) -> str | None:
    """What the documents shall be compared on, None where that is not asked."""
    asked = " ".join(question.split())
    found = next((match for form in language.combining.sources if (match := form.find(asked))), None)
    return found["topic"].strip() if found and content_words(found["topic"]) else None


def comparison_intent(question: str, language: Language = ENGLISH) -> ComparisonIntent | None:
    """The two things that a question compares, None where it does not, or names one by a pronoun."""
    asked, forms = " ".join(question.split()), language.combining
    for form in forms.sides:
        match = form.find(asked)
        if match:
            left, right, topic = match["left"].strip(), match["right"].strip(), (match["topic"] or "").strip()
            left = _whole(left, right)
            return _told(ComparisonIntent("sides", (_on(left, topic, forms), _on(right, topic, forms))), forms)
    for form in (forms.measured, *forms.choice):
        match = form.find(asked)
        measure = forms.measures.get(match["more"].casefold()) if match else None
        if match and measure:
            verb = (match.groupdict().get("verb") or "").strip()
            left, right = match["left"].strip(), match["right"].strip()
            if not verb and not measure.units:
                left, verb = _apart(left, plain=match["aux"].casefold() in language.verdicts.doing)
            made = (_by(measure, match["aux"], left, verb), _by(measure, match["aux"], right, verb))
            return _told(ComparisonIntent("measured", made, measure, measure.told or match["more"]), forms)
    return None


def _told(made: ComparisonIntent, forms: CombiningForms) -> ComparisonIntent | None:
    names = [side.name for side in made.sides]
    if any(forms.pronoun.fits(name) or not name for name in names) or names[0].casefold() == names[1].casefold():
        return None
    return made


def _whole(left: str, right: str) -> str:
    """The first thing, where it shares what it has with the second: "Weir's and Ghent's view of it"."""
    owner = _OWNER.search(right)
    return left + right[owner.end() :] if owner and _OWNER.search(left[-2:]) else left


def _on(name: str, topic: str, forms: CombiningForms) -> ComparedThing:
    on = (forms.on.format(name, topic),) if topic else ()
    return ComparedThing(name, (*on, forms.about.format(name)))


def _by(measure: ValueMeasure, auxiliary: str, name: str, verb: str) -> ComparedThing:
    return ComparedThing(name, (f"{measure.asked.format(auxiliary.lower())} {name} {verb}".strip() + "?",))


def _apart(left: str, *, plain: bool) -> tuple[str, str]:
    """A thing and what it did: "the mill built" -> "the mill", "built". plain: the verb, if there is one, is the last
    word whatever its form."""
    name, _, last = left.rpartition(" ")
    is_verb = last.islower() and (plain or is_participle(last))
    return (name, last) if name and is_verb else (left, "")
