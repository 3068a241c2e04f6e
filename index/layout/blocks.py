"""What each block is: the reader's blocks, judged by the signals of their text, their place and their neighbours."""

import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from index.language.lexicon import SECTION_WORDS, alternation
from index.layout.authored import left_out_of_authored
from index.layout.boilerplate import Zones, find_boilerplate, labels_above
from index.layout.header import (
    find_title,
    is_affiliation,
    is_bare_name,
    is_byline,
    is_caption,
    is_dateline,
    is_header_line,
)
from index.layout.shapes import SHAPES, Shape
from index.layout.signals import BlockFeatures, extract_features, is_glued_labels, is_images
from index.types import Block, BlockKind

_FOOTNOTE = re.compile(
    r"(?:\(\*\d+\)|\[\^?\d{1,3}\]:?|[¹²³⁴-⁹]+|<sup>[^<]{1,8}</sup>|\[\^[^\]]{1,20}\]:|\^|[†‡]|\*{1,3}\d{1,2}\)?)\s*\S"
)
_NUMBERED = re.compile(
    rf"(?:(?:§|{alternation(SECTION_WORDS)})\s+)?"
    r"(?:\d{1,3}(?:\.\d{1,3})*\.?|[IVXLC]{1,6}\.|[A-Z]\.)\s+(?=[^\W\d_]{2})",
    re.IGNORECASE,
)
_LETTERED = re.compile(r"\(?(?:[a-z]|[ivx]{1,5})[.)]")
_CLAUSE_END = re.compile(r"[.,;!…。、；！]$")
_SMALL = frozenset(
    "a an and as at but by for from if in into nor of on or over per so than that the to up via vs vs. with yet".split()
)
_DIGITS = re.compile(r"(?:[A-Za-z]+ )?(\d+(?:\.\d+)*)\b")
_TURN = re.compile(r"[A-Z][\w .'-]{0,30}: (?:.*[?!.]|.*\d.*)$")  # `ANNA: Why?`, `Price: 30`


class HeadingLimits(Struct, frozen=True):
    """words, characters: the most of a line that is a heading of plain text. plain_words: of one without number,
    question mark or capitals. colon_words: of one that ends in a colon. answer, text: words of a short text that a
    question or another heading has below it. capitals: share of a title's words that begin with one. byline: words of
    a byline. label_least, label: words of a line around the title. body: blocks that a name is looked for in.

    Set by hand on 2026-11-22 (b344ca4, ee53e39), against the seeds and tests/documents; no bench fits them.
    """

    words: int = 14
    characters: int = 110
    plain_words: int = 7
    colon_words: int = 3
    answer: int = 3
    text: int = 8
    capitals: float = 0.8
    byline: int = 30
    label_least: int = 5
    label: int = 24
    body: int = 200


LIMITS = HeadingLimits()


def classify(
    text: str, blocks: Sequence[Block], page_breaks: Sequence[int], *, stated: bool, authored: bool = False
) -> tuple[Block, ...]:
    """The blocks with their kinds. stated: the format marks headings itself, so none is looked for in plain lines.
    authored: the file is Markdown by its name, in which all that its author wrote is text."""
    block_features = [extract_features(text, block) for block in blocks]
    if not stated:
        block_features = _plain_headings(block_features, text)
    zones = Zones(block_features)
    boilerplate = find_boilerplate(block_features, zones, page_breaks)
    if authored:
        boilerplate = left_out_of_authored(block_features, zones, boilerplate)
    title = find_title(block_features, zones.first, _runs(text, blocks), boilerplate)
    if title is not None and not authored:
        boilerplate.update(labels_above(block_features, title, boilerplate))
    judged = []
    body = " ".join(features.text for features in block_features[: LIMITS.body])
    for number, features in enumerate(block_features):
        if number in boilerplate:
            judged.append(replace(features.block, kind=BlockKind.BOILERPLATE, level=0, reason=boilerplate[number]))
        elif number == title:
            judged.append(replace(features.block, kind=BlockKind.TITLE, level=1))
        else:
            judged.append(_judge(features, _Place(number, title, zones.first, zones.last, stated), body))
    return tuple(judged)


def _runs(text: str, blocks: Sequence[Block]) -> list[int]:
    """For each block the number of its run of lines: blocks without a blank line between them share one."""
    runs = [0]
    for before, block in itertools.pairwise(blocks):
        gap = text[before.end : block.start].replace("\r\n", "\n").replace("\r", "\n")
        runs.append(runs[-1] + (gap.count("\n") != 1))
    return runs[: len(blocks)]


class _Place(NamedTuple):
    """A block's number, the title's, those of the first and last running text, and whether the format states
    headings."""

    number: int
    title: int | None
    first_body: int
    last_body: int
    stated: bool

    @property
    def head(self) -> bool:
        return self.number < self.first_body

    @property
    def over_text(self) -> bool:
        """Before the text or its first block, with more text to come: where a picture and its caption stand."""
        return self.number <= self.first_body and self.number < self.last_body

    @property
    def under_title(self) -> int:
        """How many blocks below the title, within the head; 0 elsewhere."""
        return self.number - self.title if self.title is not None and self.title < self.number < self.first_body else 0


def _judge(features: BlockFeatures, place: _Place, body: str) -> Block:
    """Footnote, byline, caption or heading; otherwise what the reader said."""
    block = features.block
    if block.kind in {
        BlockKind.TITLE,
        BlockKind.TABLE,
        BlockKind.CODE,
        BlockKind.BOILERPLATE,
        BlockKind.FOOTNOTE,
        BlockKind.BYLINE,
    }:
        return block
    if block.reason in SHAPES:
        if block.reason == Shape.RECORD and place.head and is_header_line(features.text) and "\n" not in features.raw:
            return replace(block, kind=BlockKind.BYLINE, level=0, reason="header line")
        return block
    if place.stated and (block.kind is BlockKind.HEADING or block.reason == "front matter"):
        return block
    if _FOOTNOTE.match(features.raw) and not place.head and block.kind is not BlockKind.HEADING:
        return replace(block, kind=BlockKind.FOOTNOTE, level=0, reason="begins with a note mark")
    if features.words <= LIMITS.byline and (is_byline(features.text) or is_dateline(features.text)):
        return replace(block, kind=BlockKind.BYLINE, level=0, reason="byline or date")
    if place.head and is_header_line(features.text):
        return replace(block, kind=BlockKind.BYLINE, level=0, reason="header line")
    if place.under_title and (is_bare_name(_marked(features), body) or is_affiliation(features)):
        return replace(block, kind=BlockKind.BYLINE, level=0, reason="name or affiliation under the title")
    if block.kind is BlockKind.PARAGRAPH and (is_images(features) or is_caption(features, place.over_text)):
        return replace(block, kind=BlockKind.CAPTION, reason="says what is in a picture")
    if block.kind is BlockKind.PARAGRAPH and not place.stated and _is_label(features, place):
        return replace(block, kind=BlockKind.HEADING, level=2, reason="line at the head")
    return block


def _marked(features: BlockFeatures) -> str:
    return features.raw.strip("*_ ") if len(features.raw) <= 120 else features.text


def _is_label(features: BlockFeatures, place: _Place) -> bool:
    """A line over the title (the name of a series) or right under it (a subtitle)."""
    if place.title is None or not (place.number < place.title or 1 <= place.under_title <= 2):
        return False
    return (
        LIMITS.label_least <= features.words <= LIMITS.label
        and not features.ended
        and features.text[-1] not in ".,:;"
        and "\n" not in features.raw
    )


def _plain_headings(block_features: Sequence[BlockFeatures], text: str) -> list[BlockFeatures]:
    """Single lines that head what follows them."""
    headed = list(block_features)
    for number, features in enumerate(block_features[:-1]):
        after = block_features[number + 1]
        if _is_heading(features, after, text):
            headed[number] = extract_features(
                text,
                replace(
                    features.block, kind=BlockKind.HEADING, level=_level(features.text), reason="short line over a text"
                ),
            )
    return headed


def _level(text: str) -> int:
    numbered = _DIGITS.match(text)
    return min(6, 2 + numbered.group(1).count(".")) if numbered else 2


def _is_heading(features: BlockFeatures, after: BlockFeatures, text: str) -> bool:
    block = features.block
    line = text[block.start : min(block.end, block.start + 300)]
    if (
        block.reason in SHAPES
        or block.kind is not BlockKind.PARAGRAPH
        or len(line) > LIMITS.characters
        or "\n" in line
        or "\r" in line
    ):
        return False
    if not 1 <= features.words <= LIMITS.words or is_glued_labels(features) or is_dateline(line) or is_byline(line):
        return False
    numbered = _NUMBERED.match(line)
    if (
        _CLAUSE_END.search(line)
        or (line[-1] in ":：" and features.words > LIMITS.colon_words)
        or is_header_line(line)
        or _TURN.match(line)
    ):
        return False
    if not (_opens_section(line, after) if numbered else after.is_prose or _leads(after, line[-1] == "?")):
        return False
    rest = line[numbered.end() :] if numbered else line
    if numbered and after.block.kind is BlockKind.LIST and not _is_title_case(rest) and _LETTERED.match(after.raw):
        return False  # a clause, whose sentence goes on in its items
    if not rest or not (rest[0].isupper() or rest[0].isdigit() or rest[0] in "“\"'‘¿" or rest[0] > "\u2fff"):
        return False
    return (
        bool(numbered)
        or line[-1] == "?"
        or line.isupper()
        or _is_title_case(rest)
        or features.words <= LIMITS.plain_words
    )


def _opens_section(line: str, after: BlockFeatures) -> bool:
    """What follows a numbered heading: text, or a heading of its own number below it; a sibling makes both a list."""
    number, other = _DIGITS.match(line), _DIGITS.match(after.text)
    if number is None or other is None or after.words > LIMITS.words:
        return True
    return other.group(1).count(".") > number.group(1).count(".")


def _leads(after: BlockFeatures, asked: bool) -> bool:
    """Short text that a heading may have below it; an answer may be shorter still."""
    if (
        after.block.reason in {Shape.RECORD, Shape.ENTRY}
        or after.block.kind in {BlockKind.LIST, BlockKind.TABLE, BlockKind.CODE}
        or _FOOTNOTE.match(after.raw)
    ):
        return True
    return after.words >= (LIMITS.answer if asked else LIMITS.text) and after.ended


def _is_title_case(line: str) -> bool:
    words = [word for word in re.findall(r"[^\W\d_][\w'’-]*", line) if word.lower() not in _SMALL]
    return bool(words) and sum(word[0].isupper() for word in words) >= LIMITS.capitals * len(words)
