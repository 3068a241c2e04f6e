"""Names as texts write them: runs of capitalised words, with the small words that names have inside."""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from msgspec import Struct

from index.language.dates import find_dates
from index.language.folding import fold
from index.language.lexicon import FUNCTION_WORDS, HONORIFICS, MONTH_NUMBERS, NAME_PARTICLES, WEEKDAYS

# A word: with inner hyphens, apostrophes, "&" and points ("AT&T", "O’Brien", "Co-operation"), or letters with points
# ("U.S."); "&" alone joins names as "and" does.
WORD = re.compile(r"(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?(?:[-‑][^\W_]+)*|[^\W_]+(?:[-‑’'.&][^\W_]+)*|&")
LINKS = frozenset("of the and & for".split()) | NAME_PARTICLES - frozenset("do y e".split())
TITLE_LINKS = LINKS | frozenset("in on".split())  # of long names: "Convention on Biological Diversity"
# That a name can begin with in small letters; those that are English words in other places cannot.
_OPENING_PARTICLES = NAME_PARTICLES - frozenset("do y e ten den des und al la le bin zum".split())
_STOPPED = HONORIFICS | frozenset("st ft mt".split())  # a full stop after them ends no name
_ELIDED = re.compile(r"(?:d|l|dell|al|el|ibn|an|as|ad)[-’'](?=[^\W\d_])", re.IGNORECASE)  # "d’Arc", "al-Sisi"
_POSSESSIVE = re.compile(r"[’'](?:s|(?=\W|$))$", re.IGNORECASE)
_ENDING = re.compile(r"[’'][^\W_]{1,2}$")
_MOST_LINKS = 2  # small words next to each other in a name: "of the", "van der"
_SENTENCE_END = (". ", "? ", "! ")


class FoundName(Struct, frozen=True):
    """`text[start:end]` is written as a name; `words` are its words as they stand, links included."""

    start: int
    end: int
    words: tuple[str, ...]


def find_names(text: str, *, links: AbstractSet[str] = LINKS, numbers: bool = True) -> Iterator[FoundName]:
    """The names in `text`, in order, none in another; dates are none. Linear in the text.

    A name begins with a capital that is not a function word's ("Did Abe" is Abe, "US" stays), and its end has no
    possessive and no full stop but an acronym's. links: what may join capitalised words. numbers: whether a name can go
    on with one ("Article 9").
    """
    tokens = list(WORD.finditer(text))
    shouted = text.isupper() and len(tokens) > 1
    at = 0
    while at < len(tokens):
        if not _begins(tokens, at, text, shouted=shouted):
            at += 1
            continue
        end = _end_of_run(tokens, at, text, links, numbers=numbers, shouted=shouted)
        last = tokens[end - 1]
        stop = last.start() + len(without_possessive(last.group()))
        found = FoundName(tokens[at].start(), stop, tuple(token.group() for token in tokens[at:end]))
        if not _is_date(text, found):
            yield found
        at = end


def name_texts(text: str) -> list[str]:
    """The names of a text as they stand there, each once, in order."""
    return list(dict.fromkeys(text[name.start : name.end] for name in find_names(text)))


def sure_names(text: str) -> list[str]:
    """Those names that begin no sentence, which may be all their capital is for; each once, in order, cut at "and"."""
    found = find_names(text, links=LINKS - {"and", "&"}, numbers=False)
    inside = (n for n in found if n.start and text[max(0, n.start - 2) : n.start] not in _SENTENCE_END)
    return list(dict.fromkeys(text[name.start : name.end] for name in inside))


def is_capitalised(word: str) -> bool:
    """Whether a word is written as names are: "Abe", "al-Sisi", "d’Arc", "eBay"."""
    if word[0].isupper() or word[0].istitle():
        return True
    elided = _ELIDED.match(word)
    return (elided is not None and word[elided.end()].isupper()) or (
        len(word) > 3 and word[0].islower() and word[1].isupper() and not word.isupper()
    )


def is_function_word(word: str, *, shouted: bool = False) -> bool:
    """Whether it only steers a sentence, whatever its case: "The", "It’s", "Don't". "US" and "WHO" are names, but
    in a text all in capitals."""
    if len(word) > 1 and word.isupper() and not shouted:
        return False
    plain = fold(_ENDING.sub("", word).replace("’", "'"))
    return plain in FUNCTION_WORDS or plain.endswith("n't") or fold(word).endswith(("n't", "n’t"))


def is_acronym(word: str) -> bool:
    """Whether it is written as one: "NATO", "U.S.", "AT&T", "APECs" with a plural's small letter."""
    letters = re.sub(r"[^\w]", "", word.removesuffix("s") if word[:-1].isupper() else word)
    return len(letters) > 1 and letters.isupper() and letters.isalpha()


def without_possessive(text: str) -> str:
    """ "Abe’s" -> "Abe", "the Keys’" -> "the Keys"."""
    return _POSSESSIVE.sub("", text)


def _begins(tokens: Sequence[re.Match[str]], at: int, text: str, *, shouted: bool) -> bool:
    word = tokens[at].group()
    if word in _OPENING_PARTICLES:  # "de Gaulle", "van der Leyen"
        ahead = at + 1
        while ahead < len(tokens) and ahead - at < _MOST_LINKS and tokens[ahead].group() in NAME_PARTICLES:
            ahead += 1
        together = ahead < len(tokens) and _joined(tokens, at, ahead, text)
        return together and is_capitalised(tokens[ahead].group()) and not tokens[ahead].group().isupper()
    return is_capitalised(word) and not is_function_word(word, shouted=shouted)


def _joined(tokens: Sequence[re.Match[str]], first: int, last: int, text: str) -> bool:
    return all(_gap(tokens[n], tokens[n + 1], text) for n in range(first, last))


def _gap(left: re.Match[str], right: re.Match[str], text: str) -> bool:
    """Whether one space parts them, or the stop of an initial or a title and a space."""
    between = text[left.end() : right.start()]
    if between in (" ", "\u00a0", "\u202f"):
        return True
    word = left.group()
    return between == ". " and ((len(word) == 1 and word.isupper()) or fold(word) in _STOPPED)


def _end_of_run(
    tokens: Sequence[re.Match[str]], at: int, text: str, links: AbstractSet[str], *, numbers: bool, shouted: bool
) -> int:
    """The number of the token after the last one of the run that begins at `at`."""
    end = ahead = at + 1
    while ahead < len(tokens) and _gap(tokens[ahead - 1], tokens[ahead], text):
        word = tokens[ahead].group()
        own = is_capitalised(word) and not (shouted and is_function_word(word, shouted=True))
        if own or (numbers and word[0].isdigit() and end == ahead):
            end = ahead + 1
        elif word not in links and word not in _OPENING_PARTICLES:
            break
        elif ahead - end >= _MOST_LINKS or (ahead > end and tokens[ahead - 1].group() in ("and", "&")):
            break  # "Japan and the West" are two
        ahead += 1
    return end


def _is_date(text: str, name: FoundName) -> bool:
    first = fold(name.words[0])
    if first in WEEKDAYS and len(name.words) == 1:
        return True
    if first not in MONTH_NUMBERS and not any(word[0].isdigit() for word in name.words):
        return False
    stop = name.end + (text[name.end : name.end + 1] == ".")  # "Sept."
    return any(date.start <= name.start and name.end <= date.end <= stop for date in find_dates(text, name.start, stop))
