"""What is left out of a Markdown file: next to nothing, for its author wrote it as text.

Only a web page that was saved as Markdown has chrome; it is told by kinds of it that agree, before and after the text.
"""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from index.layout.boilerplate import Zones
from index.layout.signals import BlockFeatures, is_badges
from index.types import BlockKind

_CHROME = frozenset({"trail of links", "web words only", "calls on the reader", "a notice of the web page"})
_NEVER = frozenset({"template placeholder", "pictures without a caption", "page header or footer"})


class AuthoredLimits(Struct, frozen=True):
    """kinds: of chrome that make a Markdown file a saved web page, some of it before the text and some after. By hand,
    2026-11-30: a manual, a handbook or a README has one or two of them as its subject, seldom three.
    """

    kinds: int = 3


LIMITS = AuthoredLimits()


def left_out_of_authored(
    block_features: Sequence[BlockFeatures], zones: Zones, found: Mapping[int, str]
) -> dict[int, str]:
    """Of the blocks that would be boilerplate of a plain text, with their reasons, those that are of Markdown."""
    page = _is_saved_page(block_features, zones, found)
    kept = {number: "badges" for number, features in enumerate(block_features) if is_badges(features)}
    if page:
        kept |= {number: reason for number, reason in found.items() if reason not in _NEVER and number not in kept}
    return kept


def _is_saved_page(block_features: Sequence[BlockFeatures], zones: Zones, found: Mapping[int, str]) -> bool:
    chrome = {number: reason for number, reason in found.items() if reason in _CHROME}
    linked = any("](" in block_features[n].raw for n, reason in chrome.items() if reason == "trail of links")
    kinds = {reason for reason in chrome.values() if linked or reason != "trail of links"}
    first = next((n for n, f in enumerate(block_features) if f.block.kind is BlockKind.HEADING), zones.first)
    return (
        len(kinds) >= LIMITS.kinds
        and any(number < min(first, zones.first) for number in chrome)
        and any(number > zones.last for number in chrome)
    )
