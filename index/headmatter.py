"""The head of a document: its title, and the lines about it that stand round the title."""

import re
from collections.abc import Container, Sequence

from index.dates import find_date
from index.signals import Piece, count_words
from index.types import BlockKind

_BY = re.compile(r"\(?\s*(?:written |words |story |text |photo |posted |published )?by:?\s+(?=[^\W\d_])", re.IGNORECASE)
_DATED = re.compile(
    r"(?:published|posted|updated|last (?:updated|modified|revised)|date|dated|issued|effective|version|revised)\b",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\s*[\[(][^\])]{1,30}[\])]\s*$|<sup>[^<]*</sup>|[¹²³*†‡]+$")
_PARTICLES = frozenset(
    {"de", "da", "del", "der", "den", "di", "du", "la", "le", "van", "von", "bin", "al", "el", "and", "y"}
)
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
_TITLE_WORDS = 30
_CAPTION = re.compile(
    r"\b(?:first|second|third|fourth|far|front|back|top|bottom|upper|lower)\b[ -]"
    r"(?:row[, ]+)?(?:from )?(?:the )?(?:left|right)\b"
    r"|\((?:left|right|center|centre|top|bottom|pictured|file)\)|, (?:left|right|center|centre|pictured),"
    r"|\(?(?:photo(?:graph)?|image|picture|illustration)(?: courtesy)?(?: of| by|:| credit)"
    r"|^(?:figure|fig\.|photo|image|table|chart|map|exhibit) ?\d*[.:] |/(?:reuters|afp|ap|getty images)\b",
    re.IGNORECASE,
)


def is_byline(text: str) -> bool:
    """`By Jane Doe`, alone in its line."""
    found = _BY.match(text)
    return (
        bool(found) and count_words(text) <= 12 and is_name(_BRACKETS.sub("", text[found.end() :].strip(" ).")))
        if found
        else False
    )


def is_dateline(text: str) -> bool:
    """A date and hardly anything else: `[2018.06.13]`, `Published: 3 May 2021, 10:15`."""
    field = find_date(text, 0, len(text))
    if field is None or len(text) > 90:
        return False
    rest = text[: field.start] + text[field.end :]
    return count_words(rest) <= 2 or (bool(_DATED.match(text.strip("[( "))) and count_words(rest) <= 8)


def is_header_line(text: str) -> bool:
    """`From: someone`, as letters and minutes begin."""
    return bool(_HEADER.match(text))


def is_name(text: str) -> bool:
    """One or more personal names by their shape: two to four capitalised words, joined by commas or `and`."""
    people = [person for person in re.split(r",\s*|\s+(?:and|&)\s+", text.strip()) if person]
    return 1 <= len(people) <= 8 and all(_is_person(person) for person in people)


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


def is_affiliation(piece: Piece) -> bool:
    return piece.words <= 30 and bool(_INSTITUTION.search(piece.text)) and not piece.ended


def is_caption(piece: Piece) -> bool:
    return piece.words <= 80 and bool(_CAPTION.search(piece.text))


def find_title(
    pieces: Sequence[Piece], first_body: int, groups: Sequence[int], furniture: Container[int]
) -> int | None:
    """The block that is the title; None if the text begins with its first paragraph.

    Markdown says so by its first heading. In plain text it is, of the lines before the first running text, the one in
    the first likely run of lines that shares most words with the text. groups: number of the run of lines per block.
    """
    for number, piece in enumerate(pieces):
        if piece.block.kind is BlockKind.TITLE:
            return number
    head = [number for number in range(min(first_body, len(pieces))) if number not in furniture]
    stated = [number for number in head if _is_stated(pieces[number])]
    if stated:
        return min(stated, key=lambda number: (pieces[number].block.level, number))
    likely = [number for number in head if _may_be_title(pieces[number])]
    if not likely or (first_body >= len(pieces) and len(pieces) < 3):
        return None
    text = " ".join(piece.text for piece in pieces[first_body : first_body + 12]).lower()
    best = max(likely, key=lambda number: min(pieces[number].words, 4))
    run = [number for number in likely if groups[number] == groups[best]]
    return max(run, key=lambda number: (_overlap(pieces[number].text, text), -number))


def _is_stated(piece: Piece) -> bool:
    return piece.block.kind is BlockKind.HEADING and piece.block.reason in {"", "underlined"}


def _may_be_title(piece: Piece) -> bool:
    text = piece.text
    if (
        piece.block.kind not in {BlockKind.PARAGRAPH, BlockKind.HEADING}
        or not 1 <= piece.words <= _TITLE_WORDS
        or len(piece.raw) > 250
    ):
        return False
    if is_byline(text) or is_dateline(text) or is_header_line(text) or is_caption(piece):
        return False
    if (piece.ended and text[-1:] != "?" and not text.endswith("!")) or text[-1:] in ",;:":
        return False
    return any(character.isalpha() for character in text) and not text[0].islower()


def _overlap(title: str, body: str) -> float:
    words = list(re.findall(r"[^\W\d_]{4,}", title.lower()))
    return sum(word in body for word in words) / len(words) if words else 0.0
