"""PDF files: text in reading order, with pages and boxes."""

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec import Struct

from index.errors import DocumentError
from index.readers.pdf.drafts import PdfDraft, drafts_of
from index.readers.pdf.facts import metadata_of, outline_of
from index.readers.pdf.furniture import HEAD, LINE_NUMBERS, NUMBER, PagePieces, set_aside
from index.readers.pdf.glyphs import PageGlyphs, read_page
from index.readers.pdf.headings import find_headings, in_flow
from index.readers.pdf.lines import PrintedLine, lines_of, rows_of
from index.readers.pdf.pieces import PagePiece, pieces_of
from index.readers.pdf.scans import Recogniser, recognised
from index.readers.writer import Line as WrittenLine
from index.readers.writer import Markup, TableRow, TextWriter, Where
from index.sentences.escapes import escaped
from index.types import BlockKind, ParsedFile

_BULLETS = "•▪▫●○◦‣⁃■□–—·*»➢✓❖-"
_SIDEWAYS = "set sideways or aslant"


class PdfLimits(Struct, frozen=True):
    """pages: the most that are read. scan: the share of a page that a picture covers where the page is one; letters:
    the most that such a page has beside it. unknown: the share of characters without a meaning that is worth a warning.
    """

    pages: int = 5_000
    scan: float = 0.5
    letters: int = 30
    unknown: float = 0.02


LIMITS = PdfLimits()


class PdfReader:
    """PDF, by PDFium. Scans are read by `tesseract` where that program is installed."""

    suffixes = frozenset({".pdf"})

    def __init__(self, recogniser: Recogniser = recognised) -> None:
        self._recognise = recogniser

    def read(self, data: bytes, source: str) -> ParsedFile:
        """Raises DocumentError if it is locked, broken, or a scan that cannot be read."""
        document = open_pdf(data, source)
        try:
            return _Reading(document, source, self._recognise).parsed()
        finally:
            document.close()


def open_pdf(data: bytes, source: str) -> Any:
    """The file as a pypdfium2.PdfDocument, to be closed. Raises DocumentError."""
    import pypdfium2  # heavy, and `footnote --help` needs none of it

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise DocumentError(
                f"{source}: it is encrypted and opens with a password only. Save it without one, and put that here.",
                source,
            ) from error
        raise DocumentError(
            f"{source}: it is damaged, or no PDF (byte 0). Open it in a viewer and save or print it anew.", source, 0
        ) from error


class _Reading:
    """One file being read."""

    def __init__(self, document: Any, source: str, recognise: Recogniser) -> None:
        self._document = document
        self._source = source
        self._recognise = recognise
        self._glyphs: dict[int, PageGlyphs] = {}
        self._sideways: dict[int, list[PagePiece]] = {}
        self._warnings: list[str] = []
        self._writer = TextWriter()

    def parsed(self) -> ParsedFile:
        pages = list(self._pages())
        self._read_scans(pages)
        body = _body_size(pages)
        set_aside(pages, body)
        drafts: list[PdfDraft] = []
        for page in pages:
            drafts += drafts_of(lines_of(page.pieces, page.number), body)
            drafts += self._furniture(page)
        find_headings(drafts, body, outline_of(self._document))
        self._write(in_flow(drafts))
        return self._writer.finished("pdf", metadata_of(self._document), self._warnings)

    def _pages(self) -> Iterator[PagePieces]:
        import pypdfium2

        count = len(self._document)
        if count > LIMITS.pages:
            self._warnings.append(f"Only the first {LIMITS.pages:,} of its {count:,} pages are read.")
        broken, unknown, known = [], 0, 0
        for index in range(min(count, LIMITS.pages)):
            try:
                glyphs = read_page(self._document, index)
            except pypdfium2.PdfiumError:
                broken.append(index + 1)
                continue
            unknown, known = unknown + glyphs.unknown, known + len(glyphs.glyphs)
            wide, high = (glyphs.width, glyphs.height) if glyphs.turn % 2 == 0 else (glyphs.height, glyphs.width)
            page = PagePieces(index + 1, high, wide, pieces_of(glyphs.glyphs), [])
            self._sideways[index + 1] = [piece for run in glyphs.aslant for piece in pieces_of(run)]
            glyphs.glyphs, glyphs.aslant = [], []
            self._glyphs[index + 1] = glyphs
            yield page
        if broken:
            self._warnings.append(f"{_pages_named(broken)} could not be read: damaged.")
        if unknown > LIMITS.unknown * (known + unknown):
            self._warnings.append(f"{unknown:,} of its characters have no known meaning and are left out.")

    def _read_scans(self, pages: Sequence[PagePieces]) -> None:
        scans = [page for page in pages if self._is_scan(page)]
        if not scans:
            return
        missing = []
        for page in scans:
            found = self._recognise(self._document, page.number)
            if found is None:
                missing.append(page.number)
            else:
                page.pieces = found
        read = len(scans) - len(missing)
        if read:
            self._warnings.append(f"{read:,} of its pages are scans; their text was recognised and may have errors.")
        if not missing:
            return
        advice = "Install tesseract, or give the file a text layer (ocrmypdf does)."
        if len(missing) == len(pages):
            raise DocumentError(
                f"{self._source}: its pages are pictures without text, as of a scan. {advice}", self._source
            )
        self._warnings.append(f"{_pages_named(missing)} without text, as of a scan, not read. {advice}")

    def _is_scan(self, page: PagePieces) -> bool:
        letters = sum(len(piece.text) for piece in page.pieces)
        return letters <= LIMITS.letters and self._glyphs[page.number].pictures >= LIMITS.scan

    def _furniture(self, page: PagePieces) -> Iterator[PdfDraft]:
        """A block for each reason: heads and feet row by row, the numbers of lines in one."""
        for reason in (HEAD, NUMBER, LINE_NUMBERS):
            rows = rows_of([piece for piece, why in page.furniture if why == reason])
            if rows:
                lines = [PrintedLine(tuple(row), page.number, -1, 0.0, page.width) for row in rows]
                yield PdfDraft(BlockKind.BOILERPLATE, lines, reason=reason, page=page.number)
        if aside := self._sideways.get(page.number):
            lines = [PrintedLine((piece,), 0, -1, 0.0, page.width) for piece in aside]
            yield PdfDraft(BlockKind.BOILERPLATE, lines, reason=_SIDEWAYS, page=page.number)

    def _write(self, drafts: Iterable[PdfDraft]) -> None:
        for is_list, group in itertools.groupby(drafts, lambda draft: draft.kind is BlockKind.LIST):
            if is_list:
                self._write_list(list(group))
                continue
            for draft in group:
                self._write_draft(draft)

    def _write_draft(self, draft: PdfDraft) -> None:
        writer = self._writer
        if draft.table is not None:
            rows = [TableRow(row.cells, self._where(row.lines, draft.page)) for row in draft.table.rows]
            writer.table(rows)
        elif draft.kind is BlockKind.HEADING:
            writer.heading(draft.text, draft.level, self._where(draft.lines, draft.page))
        elif draft.kind is BlockKind.TITLE:
            writer.block(BlockKind.TITLE, draft.text, self._where(draft.lines, draft.page))
        else:
            lines = [WrittenLine(line.text, self._where([line], draft.page)) for line in draft.lines]
            writer.block(draft.kind, lines, reason=draft.reason)

    def _write_list(self, drafts: Sequence[PdfDraft]) -> None:
        """Items a line each and deeper where they are indented; further lines below their item."""
        lines: list[WrittenLine] = []
        lefts: list[float] = []
        for draft in drafts:
            left, size = draft.lines[0].left, draft.size
            while lefts and left < lefts[-1] - 0.6 * size:
                lefts.pop()
            if not lefts or left > lefts[-1] + 0.6 * size:
                lefts.append(left)
            indent = "  " * (len(lefts) - 1)
            for number, line in enumerate(draft.lines):
                text = _item(line.text) if number == 0 else f"  {escaped(line.text)}"
                lines.append(WrittenLine(Markup(indent + text), self._where([line], draft.page)))
        self._writer.block(BlockKind.LIST, lines)

    def _where(self, lines: Sequence[PrintedLine], page: int) -> Where:
        """On one page; of lines on several, those of the first one."""
        number = lines[0].page or page
        label = f"page {number}"
        glyphs = self._glyphs.get(number)
        if glyphs is None or not lines[0].page:
            return Where(label, number)
        here = [line for line in lines if line.page == lines[0].page]
        left, right = min(line.left for line in here), max(line.right for line in here)
        return Where(
            label, number, glyphs.shares(left, min(line.top for line in here), right, max(line.bottom for line in here))
        )


def _item(text: str) -> str:
    marker, _, rest = text.partition(" ")
    return f"{'-' if marker in _BULLETS else marker} {escaped(rest)}"


def _body_size(pages: Iterable[PagePieces]) -> float:
    """The size of most characters."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for piece in page.pieces:
            sizes[round(piece.size * 2) / 2] += len(piece.text)
    return max(sizes, key=lambda size: (sizes[size], size)) if sizes else 10.0


def _pages_named(numbers: Sequence[int]) -> str:
    shown = ", ".join(str(number) for number in numbers[:12])
    more = f" and {len(numbers) - 12:,} more" if len(numbers) > 12 else ""
    return f"Page{'s' if len(numbers) > 1 else ''} {shown}{more}"
