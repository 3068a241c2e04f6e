"""Words looked for in what was said, without regard to case and accents; all else is a plain character."""

from index.language.folding import Folded, fold

_BEFORE = 40  # characters shown before a find
_LONGEST = 160  # characters of a snippet


def holds(text: str, sought: str) -> bool:
    """Whether the text has `sought`, which is folded (index.language.folding.fold)."""
    return sought in fold(text)


def snippet(text: str, sought: str) -> str | None:
    """What stands round the first find of `sought`, which is folded, cut at words; None if it is not there."""
    place = Folded(text).find(sought) if holds(text, sought) else None
    if place is None:
        return None
    start, end = place
    first = _word_after(text, max(0, start - _BEFORE), start)
    last = _word_before(text, max(end, min(len(text), first + _LONGEST)), end)
    return f"{'… ' if first else ''}{text[first:last].strip()}{' …' if last < len(text) else ''}"


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
