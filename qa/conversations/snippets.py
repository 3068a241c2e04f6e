"""Words looked for in what was said, without regard to case; all else is a plain character."""

import unicodedata

_BEFORE = 40  # characters shown before a find
_LONGEST = 160  # characters of a snippet


def folded(text: str) -> str:
    """The text with its case folded and its accents composed, as `holds` takes what is sought."""
    return unicodedata.normalize("NFC", text).casefold()


def holds(text: str, sought: str) -> bool:
    """Whether the text has `sought`, which is `folded`."""
    return sought in folded(text)


def snippet(text: str, sought: str) -> str | None:
    """What stands round the first find of `sought` (which is `folded`), cut at words; None if it is not there."""
    shown = unicodedata.normalize("NFC", text)
    at = shown.casefold().find(sought)
    if at < 0:
        return None
    start, end = _place(shown, at, at + len(sought))
    first = _word_after(shown, max(0, start - _BEFORE), start)
    last = _word_before(shown, max(end, min(len(shown), first + _LONGEST)), end)
    return f"{'… ' if first else ''}{shown[first:last].strip()}{' …' if last < len(shown) else ''}"


def _place(text: str, start: int, end: int) -> tuple[int, int]:
    """A range of the case-folded text as one of the text: folding makes some characters two or three."""
    lengths = [len(each.casefold()) for each in text]
    reached, first = 0, 0
    for index, length in enumerate(lengths):
        if reached <= start:
            first = index
        if reached >= end:
            return first, index
        reached += length
    return first, len(text)


def _word_after(text: str, cut: int, limit: int) -> int:
    """The first beginning of a word from `cut` on, `cut` itself where there is none before `limit`."""
    if cut == 0:
        return 0
    space = text.find(" ", cut - 1, limit)
    return cut if space < 0 else space + 1


def _word_before(text: str, cut: int, limit: int) -> int:
    """The last end of a word up to `cut`, `cut` itself where there is none after `limit`."""
    if cut == len(text):
        return cut
    space = text.rfind(" ", limit, cut + 1)
    return cut if space < 0 else space
