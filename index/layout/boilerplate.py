"""Which blocks are boilerplate, what a page puts round its text: points of several signals are added up.

Zones matter: the head is what stands before the first running text, the tail what stands after the last. Inside the
text only what cannot be text is taken.
"""

import re
from collections import Counter
from collections.abc import Container, Sequence, Set

from msgspec import Struct

from index.layout.page_breaks import find_page_marks
from index.layout.shapes import SHAPES
from index.layout.signals import (
    STRICT,
    BlockFeatures,
    addresses_reader,
    begins_with_command,
    count_words,
    has_command,
    has_placeholder,
    has_price,
    image_text,
    is_glued_labels,
    is_identifier,
    is_images,
    is_short_items,
    is_teaser,
    is_trail,
)
from index.types import BlockKind

_INTRODUCED = re.compile(r":\W*$|\b(?:following|below|these|as follows)\b[^.]*[.:]?\W*$", re.IGNORECASE)
_ELSEWHERE = re.compile(r"(?:read (?:more|next|also)|see also|related|more on this)\s*:\s+\S", re.IGNORECASE)
_ALWAYS_CONTENT = frozenset(
    {BlockKind.FOOTNOTE, BlockKind.BYLINE, BlockKind.TABLE, BlockKind.CODE, BlockKind.CAPTION, BlockKind.TITLE}
)


class BoilerplateThresholds(Struct, frozen=True):
    """Points of the signals, and up to how many words (unless said otherwise) a block may have for one to count.

    enough: points that make boilerplate. decisive, weak: points of a signal. *_hits: distinct web words of a notice,
    without and with an address to the reader. topic_*: a web word is the document's subject if so many paragraphs of
    running text have it, and one in `topic_share` of them. body_item_words: words of a mean item of a list that is
    text. caption_words: words of a picture's text that is shown as its caption.

    Set by hand on 2026-11-22 (b344ca4, e6a4323), against the five seeds and the invented documents of tests/documents;
    no bench fits them.
    """

    enough: int = 3
    decisive: int = 3
    weak: int = 1
    placeholder: int = 60
    link: int = 16
    price: int = 20
    label: int = 8
    label_in_text: int = 5
    label_above: int = 5
    around_words: int = 40
    call: int = 20
    notice: int = 70
    notice_least: int = 9
    notice_hits: int = 3
    addressed_hits: int = 2
    line_after: int = 14
    headed_least: int = 5
    short_text_least: int = 6
    body_item_words: int = 6
    caption_words: int = 4
    topic_paragraphs: int = 2
    topic_share: int = 30


THRESHOLDS = BoilerplateThresholds()


class Zones:
    """Where running text begins and ends, and which web words are its subject."""

    def __init__(self, block_features: Sequence[BlockFeatures]) -> None:
        self.topics = _topics(block_features)
        body = [number for number, features in enumerate(block_features) if self._is_body(features)]
        if not body:  # a text of short paragraphs
            body = [number for number, features in enumerate(block_features) if self._is_short_text(features)]
        self.empty = not body
        self.first = body[0] if body else len(block_features)
        self.last = body[-1] if body else len(block_features)

    def hits(self, features: BlockFeatures, loose: bool) -> list[str]:
        """Web words of a block that the document is not about."""
        return [word for word in features.web_words if not self._is_topic(word) and (loose or word in STRICT)]

    def _is_topic(self, phrase: str) -> bool:
        words = phrase.split()
        return phrase in self.topics or (len(words) <= 2 and any(word.rstrip("s") in self.topics for word in words))

    def is_notice(self, features: BlockFeatures) -> bool:
        """A consent or subscription notice: a short paragraph full of web words."""
        hits = len(set(self.hits(features, loose=True)))
        enough = hits >= THRESHOLDS.notice_hits or (hits >= THRESHOLDS.addressed_hits and addresses_reader(features))
        return features.words <= THRESHOLDS.notice and enough

    def _is_short_text(self, features: BlockFeatures) -> bool:
        return features.ended and features.words >= THRESHOLDS.short_text_least and not self.hits(features, loose=True)

    def _is_body(self, features: BlockFeatures) -> bool:
        kind = features.block.kind
        if kind is BlockKind.LIST:
            items = features.items
            ended = sum(item.rstrip()[-1:] in ".!?;" for item in items)
            return (
                features.words >= THRESHOLDS.body_item_words * len(items)
                and ended * 2 > len(items)
                and not is_teaser(features)
            )
        return (
            features.is_prose
            and not self.is_notice(features)
            and not has_placeholder(features)
            and not is_glued_labels(features)
        )


def _topics(block_features: Sequence[BlockFeatures]) -> Set[str]:
    """Web words that several paragraphs of running text use: the document is about them."""
    counts: Counter[str] = Counter()
    prose = [features for features in block_features if features.is_prose]
    for features in prose:
        counts.update({form for phrase in features.web_words for form in (phrase, phrase.rstrip("s"))})
    least = max(THRESHOLDS.topic_paragraphs, len(prose) / THRESHOLDS.topic_share)
    return {word for word, count in counts.items() if count >= least}


def find_boilerplate(block_features: Sequence[BlockFeatures], zones: Zones, breaks: Sequence[int]) -> dict[int, str]:
    """Number of each block that is boilerplate, with the reason."""
    found = find_page_marks(block_features, breaks)
    for number, features in enumerate(block_features):
        if features.block.kind is BlockKind.BOILERPLATE or _is_always_content(features):
            continue
        outside = number < zones.first or number > zones.last
        points, reasons = _points(block_features, number, zones, outside)
        if points >= THRESHOLDS.enough:
            found.setdefault(number, reasons[0])
    found.update(_tail(block_features, zones, found))
    return found


def _is_always_content(features: BlockFeatures) -> bool:
    return features.block.kind in _ALWAYS_CONTENT or features.block.reason in SHAPES


def _points(block_features: Sequence[BlockFeatures], number: int, zones: Zones, outside: bool) -> tuple[int, list[str]]:
    """The points of all signals that hold, and their reasons, the strongest first."""
    features, limits = block_features[number], THRESHOLDS
    decisive = limits.decisive
    captioned = count_words(image_text(features)) >= limits.caption_words * len(features.items)
    elsewhere = bool(_ELSEWHERE.match(features.text)) and features.words <= limits.link and not features.ended
    signals = [
        (decisive, "template placeholder", has_placeholder(features) and features.words <= limits.placeholder),
        (decisive, "pictures without a caption", is_images(features) and not captioned),
        (decisive, "link to another text", elsewhere),
        (decisive, "labels run together", is_glued_labels(features)),
        (decisive, "a program's name for a place on the page", is_identifier(features) and outside),
        (decisive, "trail of links", is_trail(features) and outside and features.block.kind is BlockKind.PARAGRAPH),
    ]
    signals += _word_signals(block_features, number, zones, outside)
    if outside and number > zones.last:
        listed = features.block.kind is BlockKind.LIST
        introduced = _introduces(block_features[number - 1])
        signals += [
            (
                decisive,
                "list of a few words each after the text",
                listed and is_short_items(features) and not introduced,
            ),
            (decisive, "headlines glued to their teasers", listed and is_teaser(features)),
            (limits.weak, "speaks to the reader", addresses_reader(features)),
            (limits.weak, "a price", has_price(features) and features.words <= limits.price),
        ]
    hit = sorted(((points, reason) for points, reason, holds in signals if holds), key=lambda pair: -pair[0])
    return sum(points for points, _ in hit), [reason for _, reason in hit]


def _introduces(before: BlockFeatures) -> bool:
    """A heading or a lead-in, which makes the list behind it part of the text."""
    return before.block.kind is BlockKind.HEADING or bool(_INTRODUCED.search(before.text[-120:]))


def _calls(block_features: Sequence[BlockFeatures], number: int, zones: Zones) -> bool:
    """`Sign up for our newsletter and never miss a story.` Under a heading it would be an instruction."""
    features = block_features[number]
    headed = number > 0 and block_features[number - 1].block.kind is BlockKind.HEADING
    called = (
        features.block.kind is BlockKind.PARAGRAPH
        and features.words <= THRESHOLDS.call
        and has_command(features)
        and not headed
    )
    return called and bool(zones.hits(features, loose=False))


def _heads_text(block_features: Sequence[BlockFeatures], number: int, zones: Zones) -> bool:
    """The next block is a text of its own: an everyday word over it is its heading, not a button."""
    after = block_features[number + 1] if number + 1 < len(block_features) else None
    return (
        after is not None
        and after.ended
        and after.words >= THRESHOLDS.headed_least
        and not zones.hits(after, loose=False)
    )


def _word_signals(
    block_features: Sequence[BlockFeatures], number: int, zones: Zones, outside: bool
) -> list[tuple[int, str, bool]]:
    features, limits = block_features[number], THRESHOLDS
    stated = features.block.kind is BlockKind.HEADING and not features.block.reason
    hits = zones.hits(features, loose=outside and not stated)
    covered = sum(len(hit.split()) for hit in hits)
    if zones.empty:
        return []
    if stated or set(hits).isdisjoint(STRICT):
        hits = [] if _heads_text(block_features, number, zones) else hits
    if features.block.kind is BlockKind.LIST and number and _introduces(block_features[number - 1]):
        return []
    label = features.words <= limits.label and not features.ended and covered * 2 >= max(1, features.words)
    notice = zones.is_notice(features)
    return [
        (
            limits.decisive,
            "web words only",
            bool(hits) and label and (outside or features.words <= limits.label_in_text),
        ),
        (limits.decisive, "calls on the reader", _calls(block_features, number, zones)),
        (limits.weak, "web words", bool(hits) and not label and outside and features.words <= limits.around_words),
        (limits.decisive, "a notice of the web page", notice and outside and features.words >= limits.notice_least),
    ]


def _tail(block_features: Sequence[BlockFeatures], zones: Zones, found: dict[int, str]) -> dict[int, str]:
    """After the text, boilerplate draws in its neighbours: short lines behind it, calls to the reader before it."""
    start = zones.last + 1
    first = next(
        (number for number in range(start, len(block_features)) if number in found and _is_web(found[number])), None
    )
    if first is None:
        return {}
    drawn: dict[int, str] = {}
    for number in range(first, len(block_features)):
        features = block_features[number]
        if number in found or _is_always_content(features) or features.block.kind is BlockKind.BOILERPLATE:
            continue
        points, reasons = _points(block_features, number, zones, True)
        if points or _is_unended(features):
            drawn[number] = reasons[0] if reasons else "among furniture after the text"
    for number in range(first - 1, start - 1, -1):
        points, reasons = _points(block_features, number, zones, True)
        called = begins_with_command(block_features[number]) or not block_features[number].ended
        if not points or not called or _is_always_content(block_features[number]):
            break
        drawn[number] = reasons[0]
    return drawn


def _is_unended(features: BlockFeatures) -> bool:
    """A short line, or items, without a full stop."""
    if features.block.kind is BlockKind.LIST:
        return not any(item[-1] in ".!" for item in features.items)
    return features.words <= THRESHOLDS.line_after and not features.ended


def _is_web(reason: str) -> bool:
    return not reason.startswith("page ")


def labels_above(block_features: Sequence[BlockFeatures], title: int, found: Container[int]) -> dict[int, str]:
    """Labels above the title: short, not ended; a long one may be the name of a series, and stays. What stands above
    text that is above the title is that text's."""
    texts = [number for number in range(title) if block_features[number].ended and number not in found]
    return {
        number: "label above the title"
        for number in range(texts[-1] + 1 if texts else 0, title)
        if number not in found
        and not _is_always_content(block_features[number])
        and block_features[number].block.kind in {BlockKind.PARAGRAPH, BlockKind.LIST, BlockKind.HEADING}
        and not block_features[number].ended
        and block_features[number].words <= THRESHOLDS.label_above
    }
