"""What paper puts on every page: running heads and feet, page numbers, numbers of lines at the margin."""

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct

from index.readers.pdf.lines import rows_of
from index.readers.pdf.pieces import PagePiece

_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[-–—\[( ]*(?:(?:page|p\.|seite|page no\.?) ?)?(\d{1,4}|[ivxlc]{1,7})(?: ?(?:of|/|von|de) ?\d{1,4})?[-–—\]) ]*",
    re.IGNORECASE,
)
_STATED_NUMBER = re.compile(r"[-–—] ?\d{1,4} ?[-–—]|(?:page|seite) \d{1,4}(?: ?(?:of|/|von) ?\d{1,4})?", re.IGNORECASE)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}

HEAD, NUMBER, LINE_NUMBERS = "running head or foot", "page number", "line numbers"


class FurnitureLimits(Struct, frozen=True):
    """edge: the share of the page's height at the top and at the bottom where heads and feet stand. rows: the most of
    them there. pages: on how many pages the same must stand, or on all of a shorter file. slot: in shares of the
    height, how exactly at the same place. counted: the fewest numbers at a margin that count up. small, apart,
    characters: size, as a share of the text's, distance from it in sizes, and the most characters of a head that stands
    on one page only.

    Set by hand on 2026-11-30, against the same files as the other limits of this folder.
    """

    edge: float = 0.14
    rows: int = 4
    pages: int = 3
    slot: float = 0.012
    counted: int = 8
    small: float = 0.93
    apart: float = 2.5
    characters: int = 120


LIMITS = FurnitureLimits()


class PagePieces(Struct):
    """A page's pieces, and those that are furniture, with the reason."""

    number: int
    height: float
    width: float
    pieces: list[PagePiece]
    furniture: list[tuple[PagePiece, str]]


def set_aside(pages: Sequence[PagePieces], body: float) -> None:
    """Move what is furniture out of the pieces of its page. body: size of the running text. Linear in the pieces."""
    for page in pages:
        _take(page, _line_numbers(page), LINE_NUMBERS)
    edges = [list(_edge_rows(page)) for page in pages]
    numbered = _page_numbers(pages, edges)
    repeated = _repeated(pages, edges)
    for page, rows in zip(pages, edges, strict=True):
        for number, row in enumerate(rows):
            if any((page.number, id(piece)) in numbered for piece in row):
                alone = all(_PAGE_NUMBER.fullmatch(piece.text) for piece in row)
                _take(page, row, NUMBER if alone else HEAD)
            elif len(row) == 1 and _STATED_NUMBER.fullmatch(row[0].text):
                _take(page, row, NUMBER)
            elif (page.number, id(row[0])) in repeated or _is_edge(page, rows, number, body):
                _take(page, row, HEAD)


def _take(page: PagePieces, pieces: Sequence[PagePiece], reason: str) -> None:
    taken = {id(piece) for piece in pieces}
    page.furniture += [(piece, reason) for piece in page.pieces if id(piece) in taken]
    page.pieces = [piece for piece in page.pieces if id(piece) not in taken]


def _edge_rows(page: PagePieces) -> Iterator[list[PagePiece]]:
    """The rows near the top and the bottom, from the edge inwards."""
    top = rows_of([piece for piece in page.pieces if piece.bottom <= page.height * LIMITS.edge])
    yield from top[: LIMITS.rows]
    bottom = rows_of([piece for piece in page.pieces if piece.top >= page.height * (1 - LIMITS.edge)])
    yield from bottom[::-1][: LIMITS.rows]


def _is_edge(page: PagePieces, rows: Sequence[Sequence[PagePiece]], number: int, body: float) -> bool:
    """Whether a row is small print alone at the very top or bottom, as a head is on the only page it stands on."""
    row = rows[number]
    base, text = row[0].base, " ".join(piece.text for piece in row)
    at_top = base < page.height / 2
    others = [piece.base for piece in page.pieces if piece not in row]
    if not others or row[0].size > LIMITS.small * body or len(text) > LIMITS.characters:
        return False
    apart = min(others) - base if at_top else base - max(others)
    alone = apart >= LIMITS.apart * row[0].size
    return alone and (text[-1] not in ".!?:;" if at_top else bool(_PAGE_NUMBER.fullmatch(text)))


_Place = tuple[int, int]  # of a row: its page's number, and the id of its first piece
_Key = tuple[str, int, int]  # of rows that are alike: the words, how far which number is from the page's


def _keys(row: Sequence[PagePiece], page: int) -> Iterator[_Key]:
    """Rows that share one are the same but for numbers, one of which counts the pages, or the same in all."""
    text = " ".join(piece.text for piece in row).casefold()
    yield text, -1, 0
    shape = _DIGITS.sub("#", text)
    for number, digits in enumerate(_DIGITS.findall(text)[: LIMITS.rows]):
        if len(digits) <= 4:
            yield shape, number, int(digits) - page


def _repeated(pages: Sequence[PagePieces], edges: Sequence[list[list[PagePiece]]]) -> set[_Place]:
    """Rows of the same words at the same place on several pages, also on odd or even ones only."""
    held: dict[tuple[_Key, int], list[_Place]] = defaultdict(list)
    for page, rows in zip(pages, edges, strict=True):
        for row in rows:
            slot = round(row[0].base / page.height / LIMITS.slot)
            for key in _keys(row, page.number):
                held[key, slot].append((page.number, id(row[0])))
    found: set[_Place] = set()
    enough = min(LIMITS.pages, max(2, len(pages)))
    for (key, slot), places in held.items():
        near = [each for by in (-1, 0, 1) for each in held.get((key, slot + by), ())]
        if len({number for number, _ in near}) >= enough:
            found |= set(places)
    return found


def _page_numbers(pages: Sequence[PagePieces], edges: Sequence[list[list[PagePiece]]]) -> set[tuple[int, int]]:
    """Numbers that are as far from the number of their page on several pages."""
    offsets: Counter[tuple[int, bool]] = Counter()
    seen: list[tuple[int, int, tuple[int, bool]]] = []
    for page, rows in zip(pages, edges, strict=True):
        for row in rows:
            ends = (row[0], row[-1]) if len(row) > 1 else (row[0],)
            for piece in ends:
                for value, roman in _numbers(piece.text, len(row) == 1):
                    offset = (value - page.number, roman)
                    offsets[offset] += 1
                    seen.append((page.number, id(piece), offset))
    enough = min(LIMITS.pages, max(2, len(pages)))
    good = {offset for offset, count in offsets.items() if count >= enough}
    return {(number, piece) for number, piece, offset in seen if offset in good}


def _numbers(text: str, alone: bool) -> Iterator[tuple[int, bool]]:
    """The numbers that this may be, as a page's: all of it, or what begins or ends it ("12 Chapter One")."""
    whole = _PAGE_NUMBER.fullmatch(text)
    if whole:
        value = whole[1]
        if value.isdecimal():
            yield int(value), False
        else:
            yield _roman(value.lower()), True
    elif alone and len(text) <= 120:
        words = text.split()
        for word in {words[0], words[-1]}:
            if word.isdecimal() and len(word) <= 4:
                yield int(word), False


def _roman(text: str) -> int:
    values = [_ROMAN[letter] for letter in text]
    return sum(
        -value if later and value < max(later) else value
        for value, later in ((v, values[i + 1 :]) for i, v in enumerate(values))
    )


def _line_numbers(page: PagePieces) -> list[PagePiece]:
    """Numbers at a margin that count the lines: one below the other, by ones or fives, beside all text."""
    columns: dict[int, list[PagePiece]] = defaultdict(list)
    for piece in page.pieces:
        if piece.text.isdecimal() and len(piece.text) <= 4:
            columns[round(piece.right / 6)].append(piece)
    texts = [piece for piece in page.pieces if not piece.text.isdecimal()]
    for pieces in columns.values():
        if len(pieces) < LIMITS.counted or not texts:
            continue
        pieces.sort(key=lambda piece: piece.base)
        values = [int(piece.text) for piece in pieces]
        steps = Counter(after - before for before, after in itertools.pairwise(values))
        step, count = steps.most_common(1)[0]
        left = sum(piece.right <= text.left for piece in pieces[:1] for text in texts)
        right = sum(piece.left >= text.right for piece in pieces[:1] for text in texts)
        beside = max(left, right) >= 0.9 * len(texts)
        if step in (1, 5, 10) and count >= 0.8 * (len(values) - 1) and beside and _are_lines(pieces, texts):
            return pieces
    return []


def _are_lines(numbers: Sequence[PagePiece], texts: Sequence[PagePiece]) -> bool:
    """Whether lines of text stand beside them that are no cells of a table: nearly one long piece a line."""
    first, last = numbers[0].top, numbers[-1].bottom
    beside = [text for text in texts if first <= text.middle <= last]
    return len(beside) <= 1.6 * max(len(rows_of(beside)), 1) and sum(len(text.text) for text in beside) >= 20 * len(
        beside
    )
