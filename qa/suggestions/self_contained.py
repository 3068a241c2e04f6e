"""Whether a question stands by itself: nothing in it is cut off, or points to what only its neighbours tell."""

import re

from qa.datasets.perturbation import names_in
from qa.language.clauses import BREAK, Clause
from qa.language.question import content_words, words
from qa.language.verbs import finite

_MOST_WORDS, _MOST_CHARACTERS = 17, 120  # of a question
# What points elsewhere: to another sentence, to the reader, or to something that was said before.
_ELSEWHERE = frozenset(
    """he she it they him them this these those we us you our your my i me here there such former latter another others
    then however thus further respectively following above below rest both same instead therefore so also own now today
    currently recently later earlier already still too again even else aforementioned""".split()
)
POSSESSIVE = frozenset("his her its their".split())
_UNIQUE = frozenset("world sea internet economy public press sun moon earth past future universe".split())
_DEFINITE = re.compile(r"\b[tT]he ((?:[a-z][\w’'-]*\s?){1,4})")
_TOLD = re.compile(  # after "the": a name, or a complement
    r"(?:[a-z][\w’'-]*\s){1,3}(?:(?:of|for|to|between|against)\s|(?:in|on|at|with|by|from)\s(?:the\s)?[A-Z])"
    r"|(?:[a-z][\w’'-]*\s){1,2}[A-Z]"
)
_STRANDED = re.compile(r"\b(?:and|or|the|an?|than|between|such|such as|both|not only|most|more|either|that)$")


def stands_alone(question: str, title: str) -> bool:
    """Whether nothing in it points to what only its neighbours tell, and it is short and names what it is about."""
    own = words(question)
    inner = question.removesuffix("?")
    if len(own) > _MOST_WORDS or len(question) > _MOST_CHARACTERS or _ELSEWHERE & set(own):
        return False
    if re.search(r"[“”\"«»;:()]|\s[—–-]\s|\.\.|…|\d\s*[-–]$", inner) or _STRANDED.search(inner) or "  " in inner:
        return False
    first_possessive = next((place for place, word in enumerate(own) if word in POSSESSIVE), None)
    if first_possessive is not None and first_possessive < 4:
        return False
    if any(not _is_told(inner, match) for match in _DEFINITE.finditer(inner)):
        return False
    about = set(content_words(title))
    return bool(names_in(question)) or bool(about & set(own))


def _is_told(question: str, definite: re.Match[str]) -> bool:
    """Whether "the …" says by itself which one: by a name or a complement after it, or because there is but one."""
    told = _TOLD.match(question, definite.start(1))
    return told is not None or bool(_UNIQUE & set(words(definite[1])[:2]))


def ready(asking: Clause, word: str, rest: str) -> str | None:
    """The question, None where the rest seems to hold another clause or is cut in the middle."""
    rest = re.sub(r"\balso\s", "", rest).strip(" ,")
    if BREAK.search(f" {rest} ") or "," in rest or any(_may_be_verb(word) for word in _words_of(rest, asking)):
        return None
    own = rest.split()
    possessive = next((place for place, word in enumerate(own) if word in POSSESSIVE), 0)
    if possessive > 1 or (own and (own[-1].endswith("ing") or own[0].endswith("ing"))):
        return None
    vague = re.match(r"an? (?:[^A-Z]*|[A-Z]\w+)$", rest) or (asking.base and re.match(r"[a-z]+ly\b", rest))
    if vague:  # any such thing, or only how it was done
        return None
    return f"{asking.asked(word, rest)}?"


def _words_of(rest: str, clause: Clause) -> list[str]:
    """The words of a rest among which there should be no verb: after "to" and "of being" there may be."""
    found = rest.split()
    return found[1:] if clause.auxiliary and not clause.verb else found


def _may_be_verb(word: str) -> bool:
    form = finite(word)
    past = form is not None and form.tense == "past"
    return (
        past
        or word in _JOINING
        or (word.islower() and len(word) > 4 and word.endswith("ed") and not word.endswith("eed"))
    )


_JOINING = frozenset(
    "is are was were has had who which when where while before after until since whose including".split()
)


def up_to_break(rest: str) -> str:
    """As far as the clause goes without a doubt; a word that will not do where that is not clear."""
    found = BREAK.search(rest)
    cut = re.split(r",\s|\s(?:and|but)\s(?=[a-z]+ed\b)", rest[: found.start()] if found else rest)[0]
    goes_on = rest[len(cut) :]
    # ", Michigan-based" is of the name before it, and what "that" begins is of what stands before it
    return "which" if re.match(r",\s[A-Z]|\s(?:that|if|unless)\s", goes_on) else cut
