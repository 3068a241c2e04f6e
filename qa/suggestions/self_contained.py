"""Whether a question stands by itself: nothing in it is cut off, or points to what only its neighbours tell."""

import re

from index.language.names import sure_names
from qa.language.clauses import BREAK, Clause
from qa.language.english import ENGLISH
from qa.language.language import Language, SuggestionForms
from qa.language.question import content_words, words
from qa.language.verbs import finite
from qa.suggestions.limits import LIMITS

# What has a sentence inside it, or brackets, or is torn.
_BROKEN = re.compile(r"[“”\"«»;:()]|\s[—–-]\s|\.\.|…|\d\s*[-–]$")


def stands_alone(question: str, title: str, language: Language = ENGLISH) -> bool:
    """Whether nothing in it points to what only its neighbours tell, and it is short and names what it is about."""
    forms = language.suggestions
    own = words(question)
    inner = question.removesuffix("?")
    is_long = len(own) > LIMITS.longest_question_words or len(question) > LIMITS.longest_question
    if is_long or forms.elsewhere & set(own):
        return False
    if _BROKEN.search(inner) or forms.stranded.fits(inner) or "  " in inner:
        return False
    if forms.possessives & set(own[: LIMITS.possessive_within]):
        return False
    if any(not _is_identified(inner, match, forms) for match in forms.definite.all_in(inner)):
        return False
    about = set(content_words(title))
    return bool(sure_names(question)) or bool(about & set(own))


def _is_identified(question: str, definite: re.Match[str], forms: SuggestionForms) -> bool:
    """Whether "the …" says by itself which one: by a name or a complement after it, or because there is but one."""
    identified = forms.identified.regex.match(question, definite.start(1))
    return identified is not None or bool(forms.unique & set(words(definite[1])[:2]))


def ready(asking: Clause, word: str, rest: str, forms: SuggestionForms) -> str | None:
    """The question, None where the rest seems to hold another clause or is cut in the middle."""
    rest = forms.also.put("", rest).strip(" ,")
    if BREAK.search(f" {rest} ") or "," in rest or any(_may_be_verb(each, forms) for each in _words_of(rest, asking)):
        return None
    own = rest.split()
    possessive = next((place for place, word in enumerate(own) if word in forms.possessives), 0)
    if possessive > 1 or (own and (forms.gerund.fits(own[-1]) or forms.gerund.fits(own[0]))):
        return None
    vague = forms.vague.fits(rest) or (asking.base and forms.manner.fits(rest))
    if vague:  # any such thing, or only how it was done
        return None
    return f"{asking.asked(word, rest)}?"


def _words_of(rest: str, clause: Clause) -> list[str]:
    """The words of a rest among which there should be no verb: after "to" and "of being" there may be."""
    found = rest.split()
    return found[1:] if clause.auxiliary and not clause.verb else found


def _may_be_verb(word: str, forms: SuggestionForms) -> bool:
    form = finite(word)
    past = form is not None and form.tense == "past"
    return past or word in forms.linking_words or forms.participle.fits(word)


def up_to_break(rest: str, forms: SuggestionForms) -> str:
    """As far as the clause goes without a doubt; a word that will not do where that is not clear."""
    found = BREAK.search(rest)
    cut = forms.clause_end.regex.split(rest[: found.start()] if found else rest)[0]
    goes_on = rest[len(cut) :]
    # ", Michigan-based" is of the name before it, and what "that" begins is of what stands before it
    return forms.no_rest if forms.goes_on.fits(goes_on) else cut
