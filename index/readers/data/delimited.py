"""CSV, TSV and their relatives: rows of cells between any delimiter, with quotes and line breaks in them."""

import csv
from collections import Counter
from collections.abc import Sequence
from itertools import islice

from msgspec import Struct

from index.errors import DocumentError
from index.readers.encoding import decode
from index.readers.writer import TableRow, TextWriter, Where
from index.types import ParsedFile

_DELIMITERS = ",;\t|"
csv.field_size_limit(100_000_000)  # a cell may be as long as a file; the module's own limit is 128 KB


class DelimitedLimits(Struct, frozen=True):
    """looked: lines that tell the delimiter and whether there is a header. name: characters of a column's name.

    By hand, 2026-11-30.
    """

    looked: int = 50
    name: int = 80


LIMITS = DelimitedLimits()


class DelimitedReader:
    """Reads rows as a table whose header names the cells. delimiter: "" where the file itself has to tell it."""

    def __init__(self, format_: str, delimiter: str = "") -> None:
        self._format = format_
        self._delimiter = delimiter

    def read(self, data: bytes, source: str) -> ParsedFile:
        """Raises DocumentError for binary or undecodable content."""
        decoded = decode(data, source)
        lines = decoded.text.removeprefix("\ufeff").splitlines(keepends=True)
        if lines and lines[0].lower().startswith("sep=") and len(lines[0].strip()) == 5:  # a line that Excel writes
            lines[0] = "\n"
            delimiter = decoded.text.removeprefix("\ufeff")[4]
        else:
            delimiter = self._delimiter or delimiter_of(lines)
        rows = _rows(lines, delimiter, source)
        filled = [row for row in rows if any(cell.strip() for cell in row[1])]
        writer = TextWriter()
        rows_of_table = [TableRow(cells, Where(f"line {line}")) for line, cells in filled]
        writer.table(rows_of_table, header_rows=int(has_header([cells for _, cells in filled[: LIMITS.looked]])))
        return writer.finished(self._format, warnings=decoded.warnings)


def delimiter_of(lines: Sequence[str]) -> str:
    """What parts most of the first rows into the same number of cells; the comma where nothing does."""
    best, most = ",", (0.0, 0)
    head = [line for line in islice(lines, LIMITS.looked) if line.strip()]
    for delimiter in _DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(head, delimiter=delimiter) if row]
        except csv.Error:
            continue
        width, times = Counter(widths).most_common(1)[0] if widths else (1, 0)
        if width > 1 and (times / len(widths), width) > most:
            best, most = delimiter, (times / len(widths), width)
    return best


def has_header(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names the columns: short names, none twice, none a number, of all columns."""
    if len(rows) < 2:
        return False
    names = [name.strip() for name in rows[0]]
    while names and not names[-1]:
        names.pop()
    said = [name for name in names if name]
    if len(names) < 1 or len(said) < len(names) - 1 or len(set(said)) < len(said):
        return False
    return all(len(name) <= LIMITS.name and not _is_value(name) for name in said)


def _is_value(cell: str) -> bool:
    """A number, a date, an amount: digits and hardly a letter. A year may name a column."""
    digits, letters = sum(map(str.isdigit, cell)), sum(map(str.isalpha, cell))
    return digits > letters and not (cell.isdigit() and len(cell) == 4 and cell[0] in "12")


def _rows(lines: Sequence[str], delimiter: str, source: str) -> list[tuple[int, list[str]]]:
    """Each row with the line it begins in."""
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
    rows, line = [], 1
    try:
        for cells in reader:
            rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise DocumentError(
            f"{source}: line {reader.line_num + 1} cannot be read as a row ({error}): check its quotes.", source
        ) from error
    return rows
