"""Names as texts write them, and when two of them may be of one and the same.

A name is a run of capitalised words, with the small words that names have inside.
"""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from msgspec import Struct
from rapidfuzz.distance import DamerauLevenshtein

from index.language.dates import find_dates
from index.language.folding import fold
from index.language.lexicon import (
    ARTICLES,
    FUNCTION_WORDS,
    GENERIC_NAME_WORDS,
    HONORIFICS,
    MONTH_NUMBERS,
    NAME_LINKS,
    NAME_PARTICLES,
    OFFICE_PARTS,
    OFFICES,
    WEEKDAYS,
)

_TITLES = HONORIFICS | OFFICES | OFFICE_PARTS | frozenset("engineer architect".split())
_SMALL_WORDS = ARTICLES | NAME_LINKS | NAME_PARTICLES
# Short forms of first names that begin with another letter.
_SHORT_FORMS = tuple(
    frozenset(group.split())
    for group in (
        "bill billy will william", "bob bobby rob robert", "dick rick richard", "ted ned eddie edward theodore",
        "peggy meg margaret", "tony anthony antony", "liz betty beth elizabeth lisa", "hank harry henry", "jack john",
        "jim james", "molly polly mary", "kate cathy katherine catherine", "sasha alexander alexandra",
        "nell ellen helen",
        "chuck charles", "gus august augustus", "drew andrew", "gene eugene", "kit christopher", "ike dwight",
    )
)  # fmt: skip
_COUNTRIES = frozenset(
    """africa america asia europe oceania antarctica afghanistan albania algeria angola argentina armenia australia
    austria azerbaijan bahrain bangladesh belarus belgium benin bhutan bolivia botswana brazil britain brunei
    bulgaria burundi cambodia cameroon canada chad chile china colombia congo croatia cuba cyprus czechia denmark
    ecuador egypt england eritrea estonia ethiopia fiji finland france gabon gambia georgia germany ghana greece
    guatemala guinea guyana haiti honduras hungary iceland india indonesia iran iraq ireland israel italy jamaica
    japan jordan kazakhstan kenya korea kosovo kuwait kyrgyzstan laos latvia lebanon lesotho liberia libya
    liechtenstein lithuania luxembourg madagascar malawi malaysia maldives mali malta mauritania mauritius mexico
    moldova monaco mongolia montenegro morocco mozambique myanmar namibia nepal netherlands nicaragua niger nigeria
    norway oman pakistan panama paraguay peru philippines poland portugal qatar romania russia rwanda scotland
    senegal serbia singapore slovakia slovenia somalia spain sudan sweden switzerland syria taiwan tajikistan
    tanzania thailand togo tunisia turkey turkmenistan uganda ukraine uruguay us usa uk ussr uzbekistan venezuela
    vietnam wales yemen zambia zimbabwe""".split()
)
_TWO_WORD_COUNTRIES = ("united states", "united kingdom", "saudi arabia", "new zealand", "sri lanka", "south africa")
_ALIASES = {"usa": "us", "america": "us", "united states": "us", "britain": "uk", "united kingdom": "uk"}
_ITEM = re.compile(r",|;| and | or | & |\(|\)")
_NOT_A_NAME = re.compile(r"^ ?[a-zß-ÿ]")  # a small letter after it: the name is no more than an adjective
_APPOSITION = re.compile(r"(?:an?|the|who|which|then|his|her|its|their)\b", re.IGNORECASE)
_OF = re.compile(r"\b(?:of|in|for|from|to|at|by|with|on)(?: the)? $")
_SLIP = 5  # letters from which on one letter off is another spelling


class Name(Struct, frozen=True):
    """words: folded, without titles and joining words, in order. written: as the text has it."""

    words: tuple[str, ...]
    written: str

    @property
    def is_country(self) -> bool:
        """Whether it is a country's or a continent's: those hold other places."""
        return any(word in _COUNTRIES for word in self.words) or " ".join(self.words) in _TWO_WORD_COUNTRIES

    @property
    def initials(self) -> str:
        """Of its capitalised words, lower case; its own letters where it is one word in capitals."""
        letters = re.sub(r"[^\w]", "", self.written)
        if letters.isupper() and len(letters) > 1:
            return letters.casefold()
        return "".join(word[0] for word in re.findall(r"[\w’'-]+", self.written) if word[0].isupper()).casefold()

    @property
    def is_short(self) -> bool:
        """Whether it is written as an acronym."""
        letters = re.sub(r"[^\w]", "", self.written)
        return 1 < len(letters) <= 6 and letters.isupper() and " " not in self.written


def read_name(text: str) -> tuple[Name, ...]:
    """The names that `text` gives, one after another ("A, B and C"); what is said of a name is left out. None of a
    description ("the mayor of Weir", "Roman troops") or a mere title."""
    found: list[Name] = []
    for item in _ITEM.split(text):
        name = None if found and _APPOSITION.match(item.strip()) else _name_of(item.strip())
        if name is not None:
            found.append(name)
        elif not found:
            return ()
    return tuple(found)


def _name_of(item: str) -> Name | None:
    runs = list(find_names(item, links=TITLE_LINKS))
    if not runs:
        return None
    run = runs[-1]
    before = item[: run.start]
    if _NOT_A_NAME.match(item[run.end :]) or (_OF.search(before) and re.search(r"\w (?:of|in|for|from)", before)):
        return None
    written = re.sub(r"[’']s?$", "", item[run.start : run.end].strip(" .,'’\"”“"))
    words = [re.sub(r"[’']s$", "", word).strip(".’'-") for word in fold(written).replace("-", " ").split()]
    words = [re.sub(r"[.’']", "", word) for word in words]
    kept = tuple(word for word in words if word and word not in _TITLES and word not in _SMALL_WORDS)
    without = tuple(word for word in kept if word not in GENERIC_NAME_WORDS) or kept
    return Name((_ALIASES[" ".join(without)],) if " ".join(without) in _ALIASES else without, written) if kept else None


def names_differ(left: Name, right: Name) -> bool:
    """Whether they cannot be of one and the same, by spelling alone.

    One that shares a word with the other is taken for a form of it, unless both are a first name and a surname and the
    first names are not alike. Places of unlike rank (a town, a country) do not differ: one may lie in the other.
    """
    if left.is_country != right.is_country or _is_short_for(left, right) or _is_short_for(right, left):
        return False
    if "".join(left.words) == "".join(right.words):
        return False
    if not any(_alike(one, other) for one in left.words for other in right.words):
        return True
    return len(left.words) == len(right.words) == 2 and _same_surname_only(left.words, right.words)


def _same_surname_only(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    first, other = left[0], right[0]
    if not _alike(left[1], right[1]) or first[0] == other[0] or min(len(first), len(other)) < 3:
        return False
    return not any({first, other} <= forms for forms in _SHORT_FORMS)


def _is_short_for(short: Name, long: Name) -> bool:
    return short.is_short and short.initials in (long.initials, "".join(word[0] for word in long.words))


def _alike(one: str, other: str) -> bool:
    """Equal, an initial, a form with another ending, or one letter off."""
    short, long = sorted((one, other), key=len)
    if one == other or (len(short) == 1 and long.startswith(short)):
        return True
    if len(short) < 4 or short[0] != long[0]:
        return False
    return long.startswith(short) or (
        len(short) >= _SLIP and DamerauLevenshtein.distance(short, long, score_cutoff=1) <= 1
    )


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
