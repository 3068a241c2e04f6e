"""Names as sentences give them, and when two of them may be of one and the same."""

import re

from msgspec import Struct
from rapidfuzz.distance import DamerauLevenshtein

from index.language.folding import fold
from index.language.lexicon import (
    ARTICLES,
    GENERIC_NAME_WORDS,
    HONORIFICS,
    NAME_LINKS,
    NAME_PARTICLES,
    OFFICE_PARTS,
    OFFICES,
)
from index.language.names import TITLE_LINKS, find_names

_TITLES = HONORIFICS | OFFICES | OFFICE_PARTS | frozenset("engineer architect".split())
_JOINING = ARTICLES | NAME_LINKS | NAME_PARTICLES
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
    kept = tuple(word for word in words if word and word not in _TITLES and word not in _JOINING)
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
