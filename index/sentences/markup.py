"""How a quote is shown: the document's own characters without its line breaks and inline markup."""

import re
from html import unescape

from index.sentences.emphasis import find_emphasis, stray_markers

_PASSES = 8  # markup inside markup inside markup is shallow; deeper than this it is no markup

# Not seen when shown, or able to reorder what is shown (Unicode TR 36): controls, zero-width space, byte order mark,
# soft hyphen, bidi embeddings, overrides and isolates. Joiners stay: emoji and Persian need them.
_CONTROLS = (*range(0x09), *range(0x0E, 0x1C), *range(0x7F, 0x85), *range(0x86, 0xA0))
_INVISIBLE = dict.fromkeys((*_CONTROLS, 0xAD, 0x200B, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_QUOTE_MARK = re.compile(r"\n[ \t]*(?:>[ \t]?)++")
_COMMENT = re.compile(r"<!--(?:(?!<!--|-->)[^\n])*+-->")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,14})([^<>]*+)>")
_AUTOLINK = re.compile(r"<((?:https?://|ftp://|mailto:)[^<>\s]++|[^<>\s@:/]{1,64}@[^<>\s@]++)>")
_LINK = re.compile(
    r"!?(?<!\\)\[((?:[^\[\]\\]|\\.|\[[^\[\]]*+\])*+)\]"
    r"\([ ]?(?:<[^<>]*+>|[^()\s]*+(?:\([^()\s]*+\)[^()\s]*+)?+)(?: (?:\"[^\"]*+\"|'[^']*+'))?+[ ]?\)"
)
_CODE = re.compile(r"(?<!`)(`{1,2})(?!`)((?:[^`])++)\1(?!`)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_NOTE_MARK = re.compile(
    r"(?:(?<=[^\W\d_]{4})|(?<=[.,;:!?…)\]\"”’»]))<sup>\s?(?:\d{1,3}|[ivxl]{1,6}|\*{1,3}|[†‡])\s?</sup>", re.IGNORECASE
)

_INLINE_TAGS = frozenset(
    "a abbr b bdi bdo big cite code data del dfn em font i ins kbd label mark q rp rt ruby s samp small span strike "
    "strong sub sup time tt u var wbr".split()
)
_BREAKING_TAGS = frozenset(
    "article aside blockquote br caption center dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 head "
    "header hr html body iframe img input li link main meta nav noscript object ol p picture pre script section select "
    "source style summary svg table tbody td tfoot th thead title tr ul video button form option textarea".split()
)
_HELD_BACK = frozenset("<>*_~`[]\\")  # an entity for one of these stays: decoded it would be read as markup


def _fold(text: str) -> str:
    return " ".join(text.translate(_INVISIBLE).split())


def _tag(found: re.Match[str]) -> str:
    """Nothing for an inline tag, a space for one that breaks the line, and text that only looks like a tag itself."""
    name, attributes = found[2].lower(), found[3]
    is_tag = not attributes.strip(" /") or (attributes[0] == " " and "=" in attributes)
    if is_tag and name in _INLINE_TAGS:
        return ""
    return " " if is_tag and name in _BREAKING_TAGS else found[0]


def _entity(found: re.Match[str]) -> str:
    decoded = unescape(found[0])
    return found[0] if decoded in _HELD_BACK or len(decoded) != 1 else decoded


def _without_emphasis(text: str) -> str:
    """Drops markers that pair, and those left alone by emphasis that spans several sentences."""
    emphasis = find_emphasis(text)
    dropped = [mark for pair in emphasis.pairs for mark in pair] + stray_markers(text, emphasis)
    parts, position = [], 0
    for mark in sorted(dropped):
        parts.append(text[position : mark.start])
        position = mark.end
    return "".join(parts) + text[position:]


def _once(text: str) -> str:
    text = _COMMENT.sub("", text)
    text = _NOTE_MARK.sub("", text)
    text = _AUTOLINK.sub(r"\1", text)
    text = _TAG.sub(_tag, text)
    text = _LINK.sub(r"\1", text)
    text = _CODE.sub(r"\2", text)
    text = _without_emphasis(text)
    text = _ESCAPE.sub(r"\1", text)
    text = _ENTITY.sub(_entity, text)
    return _fold(text)


def display(text: str) -> str:
    """`text` as a reader sees it: on one line, without emphasis markers, tags, link targets and escapes.

    Linear. display(display(text)) == display(text): passes are repeated until nothing changes; what has not settled
    after a few is no markup, and only its white space is folded.
    """
    folded = shown = _fold(_QUOTE_MARK.sub(" ", text))
    for _ in range(_PASSES):
        before, shown = shown, _once(shown)
        if shown == before:
            return shown
    return folded
