"""Title and headings, told by size, weight, numbers and the file's outline; and paragraphs that go on elsewhere."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct

from index.readers.pdf.drafts import PdfDraft
from index.types import BlockKind

_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(
    r"(?:(?:chapter|section|part|appendix|annex|article)\s+)?(\d{1,3}(?:\.\d{1,3}){0,5})\.?\s+(?=[^\W\d_])",
    re.IGNORECASE,
)
_ENDED = re.compile(r"[.!?:;,…。]$")
_STOPPED = re.compile(r"[.!?:;…。！？][\"'”’»)\]]*[¹²³⁴-⁹⁰]*$")
_HEADABLE = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST})
Outline = Mapping[int, Mapping[str, int]]  # page -> words of the title -> level


class PdfHeadingLimits(Struct, frozen=True):
    """characters, lines: the most of a heading. larger: its size as a share of the text's. title: the title's. levels:
    the most that are told apart. body_bold: the share of bold text from which weight says nothing.

    Set by hand on 2026-11-30, against the same files as the other limits of this folder.
    """

    characters: int = 180
    lines: int = 4
    larger: float = 1.12
    title: float = 1.25
    levels: int = 6
    body_bold: float = 0.4


LIMITS = PdfHeadingLimits()


def key_of(title: str) -> str:
    """A title's words, as they are compared."""
    return " ".join(_WORD.findall(title.casefold()))


def find_headings(drafts: Sequence[PdfDraft], body: float, outline: Outline) -> None:
    """Give headings and the title their kinds and levels."""
    lines = Counter[bool]()
    for draft in drafts:
        lines[draft.bold] += sum(len(line.text) for line in draft.lines)
    weighs = lines[True] < LIMITS.body_bold * (lines[True] + lines[False])
    found: list[tuple[PdfDraft, int]] = []
    for number, draft in enumerate(drafts):
        if draft.kind not in _HEADABLE or not _could_be(draft):
            continue
        level = outline.get(draft.page, {}).get(key_of(draft.text), 0)
        after = drafts[number + 1] if number + 1 < len(drafts) else None
        if level or _looks_like_one(draft, after, body, weighs):
            found.append((draft, level))
    _set_levels(found, body)
    _find_title(found, body)


def _could_be(draft: PdfDraft) -> bool:
    text = draft.text
    letters = sum(character.isalpha() for character in text)
    return (
        len(text) <= LIMITS.characters
        and len(draft.lines) <= LIMITS.lines
        and letters >= max(2, 0.4 * len(text.replace(" ", "")))
    )


def _looks_like_one(draft: PdfDraft, after: PdfDraft | None, body: float, weighs: bool) -> bool:
    text, size = draft.text, draft.size
    number = _NUMBER.match(text)
    if size >= LIMITS.larger * body:
        return not text[0].islower() and (not _ENDED.search(text) or len(text) < 80)
    if draft.marked and not number:
        return False
    if size < 0.93 * body or (_ENDED.search(text) and not (text[-1] in "?." and draft.bold and len(text) < 60)):
        return False
    if after is None or len(draft.lines) > 2 or after.kind is BlockKind.BOILERPLATE:
        return False
    if weighs and draft.bold and len(text) <= 120:
        return True
    if len(draft.lines) > 1 or text[0].islower():
        return False
    if text.isupper() and 4 <= len(text) <= 90 and not after.text.isupper():
        return True
    return bool(number) and len(text) <= 80 and not _NUMBER.match(after.text) and len(after.text) > len(text)


def _set_levels(found: Sequence[tuple[PdfDraft, int]], body: float) -> None:
    """By the outline, else by the number, else by the rank of the style among those of headings."""
    styles = sorted({_style(draft, body) for draft, _ in found}, reverse=True)
    ranks = {style: number + 1 for number, style in enumerate(styles)}
    for draft, level in found:
        number = _NUMBER.match(draft.text)
        by_number = number[1].count(".") + 2 if number else 0
        draft.kind = BlockKind.HEADING
        draft.level = min(LIMITS.levels, level + 1 if level else by_number or ranks[_style(draft, body)] + 1)


def _style(draft: PdfDraft, body: float) -> tuple[float, bool]:
    return round(draft.size / body, 1), draft.bold


def _find_title(found: Sequence[tuple[PdfDraft, int]], body: float) -> None:
    """The largest heading of the first page, where it stands out."""
    first = min((draft.page for draft, _ in found), default=0)
    here = [draft for draft, _ in found if draft.page == first and first <= 2]
    largest = max((draft.size for draft in here), default=0.0)
    if largest >= LIMITS.title * body:
        title = next(draft for draft in here if draft.size >= 0.97 * largest)
        title.kind, title.level = BlockKind.TITLE, 1


def in_flow(drafts: Sequence[PdfDraft]) -> list[PdfDraft]:
    """The drafts, those in one that go on in another column or on another page; what stands between comes behind."""
    flow: list[PdfDraft] = []
    held: list[PdfDraft] = []
    last: PdfDraft | None = None
    for draft in drafts:
        if draft.kind not in _HEADABLE:
            (held if last is not None and draft.kind in _BETWEEN else flow).append(draft)
            if draft.kind not in _BETWEEN:
                flow[-1:-1] = held
                held, last = [], None
            continue
        if last is not None and goes_on(last, draft):
            last.lines += draft.lines
            continue
        flow += held
        held = []
        flow.append(draft)
        last = draft
    return flow + held


_BETWEEN = frozenset({BlockKind.FOOTNOTE, BlockKind.CAPTION, BlockKind.BOILERPLATE, BlockKind.TABLE})


def goes_on(draft: PdfDraft, other: PdfDraft) -> bool:
    """Whether the other is the same paragraph, begun in another column or on the page before."""
    last, first = draft.lines[-1], other.lines[0]
    if (last.page, last.column) == (first.page, first.column) or other.marked:
        return False
    if abs(last.size - first.size) > 0.06 * last.size or last.bold != first.bold:
        return False
    width = last.right_edge - last.left_edge
    if first.text[0].islower():
        return not _STOPPED.search(last.text) or last.text.endswith((";", ":"))
    full = last.right >= last.right_edge - 0.2 * width
    indented = len(other.lines) > 1 and first.left > other.lines[1].left + 0.7 * first.size
    if last.text.endswith(("-", "\u2010", "\u00ad")):
        return True
    if _STOPPED.search(last.text):
        return False
    return full and not indented and len(draft.text) > 60
