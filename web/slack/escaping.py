"""Text to and from Slack: what is ours or a document's never becomes a mention, a link or markup.

Slack's own rules: `&`, `<` and `>` are escaped in text objects and fallback text (docs.slack.dev/messaging/
formatting-message-text); the text of rich text elements is taken as it stands and needs no escaping.
"""

import re
from html import unescape

from web.rendering.plain import printable

CUT = " …"
_SPECIAL = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_MARKUP = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")


def escaped(text: str) -> str:
    """The text in one line, as a text object shows it: with nothing in it that Slack acts on."""
    return "".join(_SPECIAL.get(each, each) for each in printable(text))


def fitted(text: str, most: int) -> str:
    """The text in one line if it has at most `most` characters, else cut at a word, with "…" at its end."""
    line = printable(text)
    if len(line) <= most:
        return line
    return _cut(line, most)


def escaped_to(text: str, most: int) -> str:
    """`escaped`, of at most `most` characters: cut as `fitted` does, and never inside an escape."""
    line = printable(text)
    if len(escaped(line)) <= most:
        return escaped(line)
    length, kept = len(CUT), 0
    for each in line:
        length += len(_SPECIAL.get(each, each))
        if length > most:
            break
        kept += 1
    return escaped(_cut(line, kept + len(CUT)))


def question_of(text: str) -> str:
    """What a person wrote, out of Slack's markup: mentions of people are dropped, links and channels are their labels.

    text: as events and commands have it, with `&`, `<` and `>` escaped.
    """
    return unescape_once(_MARKUP.sub(_said, text)).strip()


def unescape_once(text: str) -> str:
    """The three escapes undone, no other: "&amp;lt;" is "&lt;"."""
    return re.sub(r"&(?:amp|lt|gt);", lambda found: unescape(found[0]), text)


def mentions(text: str) -> frozenset[str]:
    """The ids of people and groups that a message addresses; "!here" and the like for all."""
    found = (each[0] for each in _MARKUP.findall(text))
    return frozenset(
        each.lstrip("@") for each in found if each.startswith(("@", "!subteam", "!here", "!channel", "!everyone"))
    )


def _cut(line: str, most: int) -> str:
    head = line[: max(most - len(CUT), 0)]
    whole_words, space, _ = head.rpartition(" ")
    return (whole_words if space and len(whole_words) > len(head) // 2 else head).rstrip() + CUT


def _said(found: re.Match[str]) -> str:
    address, label = found[1], found[2]
    if address.startswith("@"):
        return " "
    if address.startswith("!"):
        return f" {label} " if label and not address.startswith("!subteam") else " "
    if address.startswith("#"):
        return f"#{label}" if label else " "
    return label or address.removeprefix("mailto:")
