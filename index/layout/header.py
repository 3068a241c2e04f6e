"""The head of a document: its title, and the lines about it that stand round the title."""

import re
from collections.abc import Container, Sequence

from msgspec import Struct

from index.language.dates import find_day
from index.language.lexicon import NAME_PARTICLES
from index.layout.shapes import CAPITALS, SHAPES
from index.layout.signals import BlockFeatures, count_words
from index.types import BlockKind

_BY = re.compile(r"\(?\s*(?:written |words |story |text |photo |posted |published )?by:?\s+(?=[^\W\d_])", re.IGNORECASE)
_DATED = re.compile(
    r"(?:published|posted|updated|last (?:updated|modified|revised)"
    r"|recorded|held|written|date|dated|issued|effective|version|revised)\b",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\s*[\[(][^\])]{1,30}[\])]\s*$|<sup>[^<]*</sup>|[¹²³*†‡]+$")
_PARTS = frozenset({"title of a part", "term", "definition"})  # of a Markdown file; none is its title
_AFTER_NAME = re.compile(r"\s*(?:[\[(<|•·;–—]|\d|\bon\b|\bin\b|\bfor\b|\s-\s|@|[¹²³*†‡_])")
_PARTICLES = NAME_PARTICLES | {"and"}
_NOUN_ENDINGS = (
    "ing",
    "tion",
    "sion",
    "ment",
    "ness",
    "ity",
    "ies",
    "ance",
    "ence",
    "ory",
    "ings",
    "ments",
    "tions",
    "cy",
)
_INSTITUTION = re.compile(
    r"\b(?:university|institute|college|school|department|laborator(?:y|ies)|faculty|academy|ministry|hospital"
    r"|centre|center for|research group|correspondent|staff (?:writer|reporter)|editor)\b",
    re.IGNORECASE,
)
_HEADER = re.compile(
    r"(from|to|cc|bcc|subject|date|sent|author|authors|title|reply-to|present|attendees|chair|location)\s*:\s+\S",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:(?:chapter|section|part|article)\s+)?\d{1,3}(?:\.\d{1,3})*[.)]?\s", re.IGNORECASE)
_SPEAKER = re.compile(r"[A-Z][A-Z .'-]+:\s")
_WHERE = re.compile(
    r"\b(?:first|second|third|fourth|far|front|back|top|bottom|upper|lower)\b[ -]"
    r"(?:row[, ]+)?(?:from )?(?:the )?(?:left|right)\b"
    r"|\((?:left|right|center|centre|top|bottom|pictured|file)\)|, (?:left|right|center|centre|pictured),",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"\(?\b(?:Photo(?:graph)?s?|Image|Picture|Illustration)(?: courtesy of| courtesy| by|:| credit:?) [^.]{2,60}\.?\)?$"
    r"|/(?:Reuters|AFP|AP|Getty Images)\b"
)
_CAPTION = re.compile(
    r"(?:Figure|Fig\.|Photo|Image|Table|Chart|Map|Exhibit) ?\d*[.:] |\((?:Photo|Image)\b", re.IGNORECASE
)


class HeaderLimits(Struct, frozen=True):
    """Of the lines at a document's head. byline, dated, caption, affiliation, title, section: the most words of each;
    bare_date: words beside a date that stands alone. dateline_characters, title_characters: the most characters.
    people: the most names of a byline. long_words: words from which on a line is title enough.

    long, signed, later: what a title gains by being long enough and by a byline below it, and loses by standing lower,
    against 1 for sharing all its words with the first paragraph.

    Set by hand on 2026-11-22 (b344ca4, e6a4323), against the seeds and tests/documents; no bench fits them.
    """

    byline: int = 14
    bare_date: int = 2
    dated: int = 8
    dateline_characters: int = 90
    caption: int = 80
    affiliation: int = 30
    title: int = 30
    title_characters: int = 250
    section: int = 6
    people: int = 8
    long_words: int = 4
    long: float = 0.4
    signed: float = 0.3
    later: float = 0.15


LIMITS = HeaderLimits()


def is_byline(text: str) -> bool:
    """`By Jane Doe`, with no more than a role or a date behind it."""
    found = _BY.match(text)
    return found is not None and count_words(text) <= LIMITS.byline and name_end(text, found.end(), len(text)) > 0


def name_end(text: str, start: int, end: int) -> int:
    """Where the name or names that begin at `start` end; 0 if none do."""
    stop = _AFTER_NAME.search(text, start, end)
    limits = [stop.start()] if stop else []
    limits += [comma for comma in range(start, end) if text[comma] == ","][:8]
    for limit in sorted({*limits, end}, reverse=True):
        if is_name(_BRACKETS.sub("", text[start:limit].strip(" ).*_"))):
            return limit
    return 0


def is_dateline(text: str) -> bool:
    """A date and hardly anything else: `[2018.06.13]`, `Published: 3 May 2021, 10:15`."""
    field = find_day(text, 0, len(text)) if len(text) <= LIMITS.dateline_characters else None
    if field is None:
        return False
    rest = text[: field.start] + text[field.end :]
    stated = bool(_DATED.match(text.strip("[( ")))
    return count_words(rest) <= (LIMITS.dated if stated else LIMITS.bare_date)


def is_header_line(text: str) -> bool:
    """`From: someone`, as letters and minutes begin."""
    return bool(_HEADER.match(text))


def is_name(text: str) -> bool:
    """One or more personal names by their shape: two to four capitalised words, joined by commas or `and`."""
    people = [person for person in re.split(r",\s*|\s+(?:and|&)\s+", text.strip()) if person]
    if _INSTITUTION.search(text):
        return False
    return 1 <= len(people) <= LIMITS.people and all(_is_person(person) for person in people)


def _is_person(text: str) -> bool:
    words = text.split()
    if not 2 <= len(words) <= 5:
        return False
    capitals = 0
    for word in words:
        if word in _PARTICLES:
            continue
        if not re.fullmatch(r"(?:[^\W\d_]\.)+|[^\W\d_]+(?:['’-][^\W\d_]+)*\.?", word) or not word[0].isupper():
            return False
        if len(word) > 1 and word.isupper() and "." not in word and len(words) < 2:
            return False
        capitals += 1
    return capitals >= 2


def is_bare_name(text: str, body: str) -> bool:
    """A name alone in a line after the title. None of its words stands in small letters in the text, as headings'
    words do, and none has the ending of a noun; a bracket or note mark after it is proof enough."""
    bare = _BRACKETS.sub("", text).strip()
    if not is_name(bare):
        return False
    if bare != text.strip():
        return True
    words = [word for word in re.findall(r"[^\W\d_]+", bare) if word not in _PARTICLES]
    if any(word.lower().endswith(_NOUN_ENDINGS) for word in words):
        return False
    return not any(re.search(rf"\b{re.escape(word.lower())}\b", body) for word in words)


def is_affiliation(features: BlockFeatures) -> bool:
    if features.words > LIMITS.affiliation or features.ended or features.raw[:1].isdigit():
        return False
    return bool(_INSTITUTION.search(features.text))


def is_caption(features: BlockFeatures, placed: bool) -> bool:
    """It begins as captions do, or credits the picture. placed: it stands above the running text, where words that
    say who is on the left are enough."""
    if features.words > LIMITS.caption:
        return False
    return bool(
        _CAPTION.match(features.text) or _CREDIT.search(features.text) or (placed and _WHERE.search(features.text))
    )


def find_title(
    block_features: Sequence[BlockFeatures], first_body: int, runs: Sequence[int], boilerplate: Container[int]
) -> int | None:
    """The block that is the title; None if the text begins with its first paragraph.

    Markdown says so by its first heading. In plain text it is the likeliest of the lines before the first running
    text. runs: number of the run of lines of each block. boilerplate: numbers of the blocks that are that already.
    """
    for number, features in enumerate(block_features):
        if features.block.kind is BlockKind.TITLE:
            return number
    head = [number for number in range(min(first_body, len(block_features))) if number not in boilerplate]
    manual = next((n for n in head if block_features[n].block.reason == CAPITALS), len(block_features))
    head = [number for number in head if number < manual]
    stated = [number for number in head if _is_stated(block_features[number])]
    if stated:
        return min(stated, key=lambda number: (block_features[number].block.level, number))
    odd = {runs[number] for number in range(len(block_features)) if number in boilerplate}
    if first_body >= len(block_features):
        head = head[:1]  # no text to be the title of, but a first line
    likely = [
        n for n in head if _may_be_title(block_features[n]) and not (runs[n] in odd and block_features[n].words <= 3)
    ]
    if not likely or len(block_features) < 2:
        return None
    first = _section_like(block_features, likely[0])
    rest = [number for number in likely[1:] if not _section_like(block_features, number)] if not first else []
    lead = block_features[first_body].text.lower() if first_body < len(block_features) else ""

    def worth(number: int) -> float:
        return _titleness(block_features, number, lead) - LIMITS.later * (number > likely[0])

    return max([likely[0], *rest], key=lambda number: (worth(number), -number))


def _section_like(block_features: Sequence[BlockFeatures], number: int) -> bool:
    """A heading of the text below it, not of the whole: numbered, a question, or short where there are others."""
    features = block_features[number]
    if features.block.kind is not BlockKind.HEADING:
        return _NUMBER.match(features.text) is not None
    others = any(other.block.kind is BlockKind.HEADING and other is not features for other in block_features)
    return others and (
        features.words <= LIMITS.section or features.text.endswith("?") or _NUMBER.match(features.text) is not None
    )


def _titleness(block_features: Sequence[BlockFeatures], number: int, lead: str) -> float:
    """Enough words, shared with the first paragraph, and a byline or a date right below."""
    features = block_features[number]
    stems = {word[:4] for word in re.findall(r"[^\W\d_]{4,}", features.text.lower())}
    leading = {word[:4] for word in re.findall(r"[^\W\d_]{4,}", lead)}
    overlap = len(stems & leading) / len(stems) if stems else 0.0
    below = [other.text for other in block_features[number + 1 : number + 3]]
    signed = any(is_byline(text) or is_dateline(text) for text in below)
    return overlap + LIMITS.long * (features.words >= LIMITS.long_words) + LIMITS.signed * signed


def _is_stated(features: BlockFeatures) -> bool:
    return features.block.kind is BlockKind.HEADING and features.block.reason in {"", "underlined"}


def _may_be_title(features: BlockFeatures) -> bool:
    text = features.text
    if (
        features.block.kind not in {BlockKind.PARAGRAPH, BlockKind.HEADING}
        or features.block.reason in SHAPES | _PARTS
        or not 1 <= features.words <= LIMITS.title
        or len(features.raw) > LIMITS.title_characters
    ):
        return False
    if is_byline(text) or is_dateline(text) or is_header_line(text) or is_caption(features, True):
        return False
    if (features.ended and text[-1:] != "?" and not text.endswith("!")) or text[-1:] in ",;:":
        return False
    if "   " in features.raw or "\t" in features.raw or _SPEAKER.match(text):
        return False
    return any(character.isalpha() for character in text) and not text[0].islower()
