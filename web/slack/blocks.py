"""The parts of Slack messages that Footnote uses (docs.slack.dev/reference/block-kit), and their limits."""

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

Block = dict[str, Any]
LONGEST_TEXT = 3_000  # characters of a text object; held to for a part of rich text, too
LONGEST_MESSAGE = 12_000  # characters of all texts of a message together
LONGEST_FALLBACK = 3_000
LONGEST_LABEL = 75  # of buttons and options
_NOTHING = "…"  # for text of which nothing can be seen: Slack refuses an empty one
_LITERAL = {"emoji": False}  # ":tada:" of a document shows as that


class Message(Struct, frozen=True):
    """What is posted. text: for notifications and screen readers, already escaped."""

    text: str
    blocks: tuple[Block, ...] = ()

    def arguments(self) -> dict[str, Any]:
        """For chat.postMessage and response URLs: nothing in it is a link or a mention by itself, or shown at large."""
        return {
            "text": self.text,
            **({"blocks": list(self.blocks)} if self.blocks else {}),
            "mrkdwn": False,
            "unfurl_links": False,
            "unfurl_media": False,
        }


def length(blocks: Sequence[Block]) -> int:
    """Characters of all texts in them."""
    return sum(map(len, _texts(list(blocks))))


def plain(text: str) -> Block:
    """A text object without markup. text: escaped."""
    return {"type": "plain_text", "text": text or _NOTHING, **_LITERAL}


def markup(text: str) -> Block:
    """A text object with markup of ours; nothing of a document's goes in but escaped."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def section(text: str) -> Block:
    """A paragraph. text: escaped."""
    return {"type": "section", "text": plain(text)}


def context(*texts: Block) -> Block:
    """A small line, of at most ten texts."""
    return {"type": "context", "elements": list(texts)}


def actions(*elements: Block) -> Block:
    """A row of buttons."""
    return {"type": "actions", "elements": list(elements)}


def button(label: str, action_id: str, value: str) -> Block:
    """A button. label: escaped."""
    return {"type": "button", "text": plain(label), "action_id": action_id, "value": value}


def select(label: str, action_id: str, options: Sequence[Block]) -> Block:
    """A menu of at most 100 options."""
    return {"type": "static_select", "placeholder": plain(label), "action_id": action_id, "options": list(options)}


def option(label: str, value: str) -> Block:
    """One of a menu. label: escaped."""
    return {"text": plain(label), "value": value}


def rich_text(*parts: Block) -> Block:
    """Parts of rich text: lines, quotes, lists."""
    return {"type": "rich_text", "elements": list(parts)}


def line(*elements: Block) -> Block:
    """A paragraph of rich text."""
    return {"type": "rich_text_section", "elements": list(elements)}


def quote(*elements: Block) -> Block:
    """A quotation, with a bar beside it."""
    return {"type": "rich_text_quote", "elements": list(elements) or [words("")]}


def preformatted(text: str) -> Block:
    """Code, as it stands; not escaped, and nothing in it is markup."""
    return {"type": "rich_text_preformatted", "elements": [words(text)]}


def bullets(*lines: Block) -> Block:
    """A list."""
    return {"type": "rich_text_list", "style": "bullet", "elements": list(lines)}


def words(text: str, *, bold: bool = False, struck: bool = False) -> Block:
    """Text that shows as it stands; not escaped."""
    style = {name: True for name, on in (("bold", bold), ("strike", struck)) if on}
    return {"type": "text", "text": text or _NOTHING, **({"style": style} if style else {})}


def link(url: str, text: str) -> Block:
    """A link in rich text; not escaped."""
    return {"type": "link", "url": url, "text": text or _NOTHING}


def _texts(part: object) -> Iterator[str]:
    if isinstance(part, str):
        return
    for name, each in part.items() if isinstance(part, dict) else enumerate(part if isinstance(part, list) else ()):
        if name == "text" and isinstance(each, str):
            yield each
        else:
            yield from _texts(each)
