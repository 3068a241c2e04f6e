"""Text that is shown as it is written, though it looks like markup: what extracts text of other formats writes it so.

The other half of index.sentences.markup: display(escaped(text)) is `text` on one line.
"""

import re

_PUNCTUATION = r"!-/:-@\[-`{-~"
_SPECIAL = re.compile(r"[\\`<&*_~\]]|^[ \t]*>", re.MULTILINE)
_MARKUP = re.compile(
    rf"""
      \\ (?=[{_PUNCTUATION}])          # would escape what follows
    | `                                # code
    | < (?=[A-Za-z/!] | [^<>\s]+@)     # a tag, an address
    | & (?=\#[0-9A-Fa-fxX]{{1,7}};|[A-Za-z][0-9A-Za-z]{{1,30}};)    # an entity
    | \] (?=[(\[])                     # a link
    | (?<![*_~]) (?:\*{{1,3}} | _{{1,3}} | ~~) (?![*_~])   # emphasis
    | (?<=[*_~]) [*_~]+ | [*_~]+ (?=[*_~])
    | (?:(?<=\n) | (?<=\r)) ([ \t]*) >  # a quote
    """,
    re.VERBOSE,
)
_SIGN = re.compile(r"[*_~]")


def escaped(text: str) -> str:
    """`text` with a backslash before what would be read as markup, wherever a sentence of it begins or ends. Linear."""
    return _MARKUP.sub(_escape, text) if _SPECIAL.search(text) else text


def _escape(found: re.Match[str]) -> str:
    marked = found[0]
    if marked[0] in "*_~":
        return _SIGN.sub(r"\\\g<0>", marked) if _is_emphasis(found) else marked
    if marked[-1] == ">":
        return f"{found[1]}\\>"
    return f"\\{marked}"


def _is_emphasis(found: re.Match[str]) -> bool:
    """Not within a word, as in snake_case and 2*3, and not with space on both sides."""
    text = found.string
    before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
    return not ((before.isalnum() and after.isalnum()) or ((not before or before.isspace()) and after.isspace()))
