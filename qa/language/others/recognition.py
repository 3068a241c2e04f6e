"""In which language a question is, or a text: by its letters, and by the commonest words of each language.

A question that may as well be English is English: of a short one or a name nothing is said.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from index.language.lexicon import FUNCTION_WORDS
from qa.language.others.tongue import ScriptTongue, Tongue
from qa.language.others.tongues import SCRIPT_TONGUES, TONGUES

ENGLISH_CODE, ENGLISH_NAME = "en", "English"
_WORD = re.compile(r"¿|[^\W\d_]+(?:['’-][^\W\d_]+)*+")


class TongueLimits(Struct, frozen=True):
    """letters: of a script, as a share of all, from which it is the text's. words: of a language that a question must
    have, one of them telling. opened: words of a question that a question word alone tells by opening it.
    lead: how many times as many they must be as English ones. unspaced: letters from which a run in a script without
    spaces is no name. sample: characters of a text that are looked at; least: words of it that must be some language's.

    By hand, 2026-12-01: of 143,900 questions of the public sets twelve are in other scripts and were told so, and one
    more was taken for another language, which is French but for its last word.
    """

    letters: float = 0.5
    words: int = 2
    opened: int = 3
    lead: float = 2.0
    unspaced: int = 8
    sample: int = 4_000
    least: int = 8


LIMITS = TongueLimits()


def tongue_of_question(question: str) -> Tongue | None:
    """The language that a question is in, where that is surely not English."""
    scripted = _scripted(question)
    if scripted is not None:
        return scripted if _is_asked_in(scripted, question) else None
    words = [word.replace("’", "'") for word in _WORD.findall(question.casefold())]
    best = max(TONGUES, key=lambda tongue: _met(words, tongue))
    telling, met = sum(word in best.telling for word in words), _met(words, best)
    english = sum(word in FUNCTION_WORDS and word not in best.telling | best.usual for word in words)
    if words and words[0] in FUNCTION_WORDS and words[0] not in best.telling | best.usual:
        return None  # an English question about a foreign title
    if telling and met >= LIMITS.words and met > LIMITS.lead * english:
        return best
    opened = [tongue for tongue in TONGUES if words and words[0] in tongue.opening]
    return opened[0] if opened and len(words) >= LIMITS.opened and not english else None


def languages_of(texts: Iterable[str]) -> tuple[str, ...]:
    """The codes of the languages that texts are in, the commonest first; texts without enough words tell none."""
    return tuple(code for code, _ in Counter(filter(None, map(_language_of, texts))).most_common())


def language_name(code: str) -> str:
    """In English."""
    every = {tongue.code: tongue.name for tongue in (*TONGUES, *SCRIPT_TONGUES)}
    return every.get(code, ENGLISH_NAME)


def _language_of(text: str) -> str:
    sample = text[: LIMITS.sample]
    scripted = _scripted(sample)
    if scripted is not None:
        return scripted.code
    words = _WORD.findall(sample.casefold())
    english = sum(word in FUNCTION_WORDS for word in words)
    best = max(TONGUES, key=lambda tongue: _met(words, tongue))
    met = _met(words, best)
    if max(english, met) < LIMITS.least:
        return ""
    return best.code if met > english else ENGLISH_CODE


def _met(words: Iterable[str], tongue: Tongue) -> int:
    return sum(word in tongue.telling or word in tongue.usual for word in words)


def _scripted(text: str) -> ScriptTongue | None:
    """The language of a script that no European language is written in, where most letters are of it. Kana are read
    before Han, which Japanese has, too."""
    letters = Counter(_script(character) for character in text if character.isalpha())
    every = sum(letters.values())
    if not every or letters["LATIN"] > (1 - LIMITS.letters) * every:
        return None
    for tongue in SCRIPT_TONGUES:
        own = sum(letters[script] for script in tongue.scripts)
        if own and (own >= LIMITS.letters * every or own + letters["CJK"] >= LIMITS.letters * every):
            return tongue
    return None


def _script(character: str) -> str:
    return unicodedata.name(character, "").partition(" ")[0].partition("-")[0]


def _is_asked_in(tongue: ScriptTongue, question: str) -> bool:
    """Whether it is more than a name: it has a word or character that no name is, or several words."""
    if tongue.telling:
        return not tongue.telling.isdisjoint(question) or sum(map(str.isalpha, question)) >= LIMITS.unspaced
    return len(question.split()) > 1
