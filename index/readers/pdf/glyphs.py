"""The characters of a PDF page where they are printed, as PDFium tells them."""

import ctypes
import math
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from msgspec import Struct

_BOLD = re.compile(r"bold|black|heavy|semibold|demi|cmbx|cmssbx|-medi$|[-,]bd", re.IGNORECASE)
_FORCE_BOLD = 0x40000
_FILL_AND_STROKE = 2
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_TEX = {0x0B: "ff", 0x0C: "fi", 0x0D: "fl", 0x0E: "ffi", 0x0F: "ffl"}  # codes of fonts that do not say what they mean
_HYPHENS = (0x02, 0xFFFE)  # what PDFium makes of a hyphen at a line's end
_SPACES = frozenset((9, 10, 13, 32, 0xA0, 0x3000))


class Glyph(NamedTuple):
    """A character. left, top, right, bottom: in points from the top left corner of the page as it is read. base: its
    baseline. size: of its font, in points. spaced: a space stands before it."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    base: float
    size: float
    bold: bool
    spaced: bool


class RulingLine(NamedTuple):
    """A line that is drawn: of a table, or over footnotes."""

    left: float
    top: float
    right: float
    bottom: float


class PageGlyphs(Struct):
    """What is printed on a page. width, height: in points, as it is looked at. turn: quarters of a turn, clockwise, by
    which it is turned to be read. glyphs: in the order of the file. aslant: those of another direction than most, by
    quarters. unknown: characters without a meaning. pictures: the share of the page that the largest one covers."""

    number: int
    width: float
    height: float
    turn: int
    glyphs: list[Glyph]
    aslant: list[list[Glyph]]
    rules: list[RulingLine]
    unknown: int = 0
    pictures: float = 0.0

    def shares(self, left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        """A box of the page as read, as shares of the page as looked at."""
        wide, high = (self.width, self.height) if self.turn % 2 == 0 else (self.height, self.width)
        box = (left / wide, top / high, right / wide, bottom / high)
        for _ in range(self.turn):  # a quarter counter-clockwise undoes one of the turn
            box = (box[1], 1 - box[2], box[3], 1 - box[0])
        kept = [min(1.0, max(0.0, round(share, 4))) for share in box]
        return (kept[0], kept[1], kept[2], kept[3])


class GlyphLimits(Struct, frozen=True):
    """objects: the most of a page's drawn objects that are looked at for lines; a map has a million. characters: the
    most of a page. thin: points that a rule is thick at most. depth: of forms within forms.

    Set by hand on 2026-11-30, against some 20 public PDFs.
    """

    objects: int = 4_000
    characters: int = 200_000
    thin: float = 3.0


LIMITS = GlyphLimits()


class _Style(NamedTuple):
    size: float
    bold: bool
    quarter: int  # direction of its text, counter-clockwise; -1 for one that is aslant
    key: int


def read_page(document: Any, index: int) -> PageGlyphs:
    """The page of that index. document: a pypdfium2.PdfDocument. Raises its PdfiumError where it is broken."""
    import pypdfium2.raw as raw  # heavy, and `footnote --help` needs none of it

    page = document[index]
    try:
        left, bottom, right, top = page.get_bbox()
        rotation = page.get_rotation() // 90 % 4
        reader = _Reader(raw, page, (left, bottom, right, top))
        found = reader.characters()
        most = _main_quarter(found, rotation)
        others: dict[int, list[Glyph]] = {}
        for each in found:
            if each[0] != most:
                others.setdefault(each[0], []).append(reader.placed(each, each[0] if each[0] >= 0 else rotation))
        rules, pictures = reader.drawings(most)
        wide, high = abs(right - left) or 1.0, abs(top - bottom) or 1.0
        return PageGlyphs(
            number=index + 1,
            width=high if rotation % 2 else wide,
            height=wide if rotation % 2 else high,
            turn=(most - rotation) % 4,
            glyphs=[reader.placed(each, most) for each in found if each[0] == most],
            aslant=[others[key] for key in sorted(others)],
            rules=rules,
            unknown=reader.unknown,
            pictures=pictures,
        )
    finally:
        page.close()


def _main_quarter(found: "list[_Found]", rotation: int) -> int:
    counts = [0, 0, 0, 0]
    for each in found:
        if each[0] >= 0:
            counts[each[0]] += 1
    best = max(range(4), key=lambda quarter: (counts[quarter], quarter == rotation))
    return best if counts[best] else rotation


_Found = tuple[int, str, float, float, float, float, float, float, _Style, bool]


class _Reader:
    """Reads one page. Coordinates are the file's until `placed` turns them."""

    def __init__(self, raw: Any, page: Any, bounds: tuple[float, float, float, float]) -> None:
        self._raw = raw
        self._page = page
        self._bounds = bounds
        self._styles: dict[int, _Style] = {}
        self._fonts: dict[int, bool] = {}
        self.unknown = 0

    def characters(self) -> list[_Found]:
        text_page = self._raw.FPDFText_LoadPage(self._page)
        if not text_page:
            return []
        try:
            return list(self._characters(text_page))
        finally:
            self._raw.FPDFText_ClosePage(text_page)

    def _characters(self, text_page: Any) -> Iterator[_Found]:
        raw = self._raw
        unicode_of, box_of, origin_of = (
            raw.FPDFText_GetUnicode,
            raw.FPDFText_GetLooseCharBox,
            raw.FPDFText_GetCharOrigin,
        )
        object_of = raw.FPDFText_GetTextObject
        rect, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        rect_ref, x_ref, y_ref = ctypes.byref(rect), ctypes.byref(x), ctypes.byref(y)
        seen: dict[tuple[str, int, int], int] = {}
        spaced, high = False, 0
        before = (0, 0.0, 0.0)
        for index in range(min(raw.FPDFText_CountChars(text_page), LIMITS.characters)):
            code = unicode_of(text_page, index)
            handle = object_of(text_page, index)
            if code in _SPACES and not (code == 13 and handle):
                spaced = True
                continue
            if 0xD800 <= code < 0xDC00:
                high = code
                continue
            if 0xDC00 <= code < 0xE000 and high:
                code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
            high = 0
            if not handle or not box_of(text_page, index, rect_ref):
                continue
            text = self._text(code)
            if not text:
                continue
            origin_of(text_page, index, x_ref, y_ref)
            key = ctypes.addressof(handle.contents)
            style = self._styles.get(key) or self._style(text_page, index, handle, key, rect)
            place = (text, round(x.value), round(y.value))
            if seen.setdefault(place, key) != key and style.quarter >= 0:
                continue  # printed twice, a hair apart, to look bold
            left, right = rect.left, rect.right
            if (key, left, right) == before and style.quarter == 0:
                left = right  # a ligature: its letters share a box, which the first one has
            before = (key, rect.left, rect.right)
            yield style.quarter, text, left, rect.bottom, right, rect.top, x.value, y.value, style, spaced
            spaced = False

    def _text(self, code: int) -> str:
        if code in _HYPHENS:
            return "-"
        if code in _TEX:
            return _TEX[code]
        if code == 0xFFFD or code < 32 or 0xE000 <= code < 0xF8FF:
            self.unknown += code != 0
            # Symbol fonts keep their bullets there.
            return "•" if code in (0xF0B7, 0xF0A7, 0xF0D8, 0xF076) else ""
        return _LIGATURES.get(code) or chr(code)

    def _style(self, text_page: Any, index: int, handle: Any, key: int, rect: Any) -> _Style:
        raw = self._raw
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(text_page, index, ctypes.byref(matrix))
        size = abs(raw.FPDFText_GetFontSize(text_page, index)) * math.hypot(matrix.c, matrix.d)
        angle = math.degrees(math.atan2(matrix.b, matrix.a))
        quarter = round(angle / 90) % 4 if abs(angle - 90 * round(angle / 90)) < 8 else -1
        tall = abs(rect.top - rect.bottom) if quarter % 2 == 0 else abs(rect.right - rect.left)
        if not 0.5 <= tall / (size or 1e-9) <= 3 and quarter >= 0 and tall:
            size = tall / 1.2
        bold = self._is_bold(raw.FPDFTextObj_GetFont(handle))
        if raw.FPDFTextObj_GetTextRenderMode(handle) == _FILL_AND_STROKE:
            bold = True
        style = self._styles[key] = _Style(size or 1.0, bold, quarter, key)
        return style

    def _is_bold(self, font: Any) -> bool:
        if not font:
            return False
        key = ctypes.addressof(font.contents)
        if key not in self._fonts:
            raw = self._raw
            buffer = ctypes.create_string_buffer(256)
            raw.FPDFFont_GetBaseFontName(font, buffer, 256)
            name = buffer.value.decode("utf-8", "replace")
            bold = bool(_BOLD.search(name)) or raw.FPDFFont_GetWeight(font) >= 600
            self._fonts[key] = bold or bool(raw.FPDFFont_GetFlags(font) & _FORCE_BOLD)
        return self._fonts[key]

    def placed(self, found: _Found, quarters: int) -> Glyph:
        """The character on the page that is turned clockwise by so many quarters."""
        _, text, left, bottom, right, top, x, y, style, spaced = found
        if bottom > top:
            bottom, top = top, bottom
        box = self._turned(left, bottom, right, top, quarters)
        base = self._turned(x, y, x, y, quarters)[1]
        return Glyph(text, *box, base, style.size, style.bold, spaced)

    def _turned(
        self, left: float, bottom: float, right: float, top: float, quarters: int
    ) -> tuple[float, float, float, float]:
        begin, low, end, high = self._bounds
        if quarters == 0:
            return left - begin, high - top, right - begin, high - bottom
        if quarters == 1:
            return bottom - low, left - begin, top - low, right - begin
        if quarters == 2:
            return end - right, bottom - low, end - left, top - low
        return high - top, end - right, high - bottom, end - left

    def drawings(self, quarters: int) -> tuple[list[RulingLine], float]:
        """The straight lines, and the share of the page that its largest picture covers."""
        raw, rules, largest = self._raw, [], 0.0
        area = abs((self._bounds[2] - self._bounds[0]) * (self._bounds[3] - self._bounds[1])) or 1.0
        sides = [ctypes.c_float() for _ in range(4)]
        refs = [ctypes.byref(side) for side in sides]
        for index in range(min(raw.FPDFPage_CountObjects(self._page), LIMITS.objects)):
            handle = raw.FPDFPage_GetObject(self._page, index)
            kind = raw.FPDFPageObj_GetType(handle)
            if kind not in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
                continue
            if not raw.FPDFPageObj_GetBounds(handle, *refs):
                continue
            left, bottom, right, top = (side.value for side in sides)
            if kind == raw.FPDF_PAGEOBJ_IMAGE:
                largest = max(largest, (right - left) * (top - bottom) / area)
                continue
            box = self._turned(left, bottom, right, top, quarters)
            if min(box[2] - box[0], box[3] - box[1]) <= LIMITS.thin:
                rules.append(RulingLine(*box))
        return rules, min(1.0, largest)
