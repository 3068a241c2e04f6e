"""AsciiDoc: headings, lists, tables, blocks, what the head says."""

import re

from index.language.dates import find_day
from index.readers.encoding import decode
from index.readers.light.draft import LightDraft, where
from index.readers.writer import TableRow, TextWriter
from index.types import BlockKind, Field, Metadata, ParsedFile

_HEADING = re.compile(r"(={1,6}|#{1,6})[ \t]+(\S.*?)(?:[ \t]+\1)?[ \t]*$")
_ATTRIBUTE = re.compile(r":([\w-]+):[ \t]*(.*)$")
_FENCE = re.compile(r"(-{4,}|\.{4,}|={4,}|\*{4,}|_{4,}|/{4,}|\+{4,}|`{3,}\w*|--)[ \t]*$")
_BULLET = re.compile(r"[ \t]*(\*{1,6}|-|\.{1,6}|\d{1,3}\.)[ \t]+(?:\[[ xX*]\][ \t]+)?(\S.*)$")
_TERM = re.compile(r"[ \t]*(\S.{0,100}?)(:{2,4}|;;)(?:[ \t]+(.*))?$")
_ADMONITION = re.compile(r"(NOTE|TIP|IMPORTANT|WARNING|CAUTION):[ \t]+")
_MACRO = re.compile(r"(image|video|audio|include|toc|ifdef|ifndef|ifeval|endif)::(.*?)\[(.*)\][ \t]*$")
_LINK = re.compile(r"(?:link:|(?=https?://))([^\s\[\]]{1,500})\[([^\[\]\n]{0,300})\]")
_REFERENCE = re.compile(r"<<([^<>,\n]{1,200})(?:,[ ]?([^<>\n]{1,200}))?>>")
_ANCHOR = re.compile(r"\[\[[^\[\]\n]{1,200}\]\]|\[#[^\[\]\n]{1,200}\]")
_FOOTNOTE = re.compile(r"footnote:(?:[\w-]*)\[([^\[\]\n]{1,1000})\]")
_VARIABLE = re.compile(r"\{([\w-]{1,50})\}")
_UNIT = re.compile(r"(?:kbd|btn|menu|pass|xref|mailto|icon|image):[^\s\[\]]{0,200}\[([^\[\]\n]{0,200})\]")
_DOUBLED = re.compile(r"(\*\*|__|##)(\S(?:[^\n]{0,300}?\S)?)\1")
_QUOTED = re.compile(r'"`([^`\n]{1,300})`"')
_SPECIFIED = re.compile(r"(?:^|(?<=[ ]))(?:\d+(?:\.\d+)?[+*])?[<^>]?(?:\.[<^>])?[aehlmsdv]?$")  # before a cell's pipe
_COLUMNS = re.compile(r'cols="?(\d+)\*|cols="([^"]*)"')
_CODE_FENCES = ("-", ".", "`")


class AsciiDocReader:
    """Reads AsciiDoc. Nothing is included."""

    def read(self, data: bytes, source: str) -> ParsedFile:
        """Raises DocumentError for what is no text."""
        decoded = decode(data, source)
        lines = decoded.text.removeprefix("\ufeff").expandtabs(4).splitlines()
        writer = TextWriter()
        body = _Body(lines, writer)
        body.read()
        author, day = body.attributes.get("author", ""), find_day(body.attributes.get("revdate", ""), 0, 60)
        stated = Metadata(author=Field(author, 0, 0) if author else None, date=Field(day.value, 0, 0) if day else None)
        return writer.finished("asciidoc", stated, [*decoded.warnings, *body.warnings])


class _Body:
    def __init__(self, lines: list[str], writer: TextWriter) -> None:
        self.attributes: dict[str, str] = {}
        self.warnings: list[str] = []
        self._lines = lines
        self._writer = writer
        self._draft = LightDraft(writer, self._inline)
        self._options = ""
        self._unclosed: set[str] = set()

    def read(self) -> None:
        """All lines, one construct after the other."""
        at = self._head()
        while at < len(self._lines):
            at = self._one(at)
        self._draft.end()

    def _head(self) -> int:
        """The title, and the lines right below it that say who wrote it and when."""
        at = next((n for n, line in enumerate(self._lines) if line.strip() and not line.startswith("//")), 0)
        if not self._lines or not self._lines[at].startswith("= "):
            return 0
        self._draft.block(BlockKind.TITLE, self._lines[at][2:], at + 1)
        for number in (at + 1, at + 2):
            line = self._lines[number] if number < len(self._lines) else ""
            if not line.strip() or _ATTRIBUTE.match(line) or line.startswith("//"):
                return number
            self._draft.block(BlockKind.BYLINE, line, number + 1)
            if number == at + 1:
                self.attributes["author"] = line.partition("<")[0].partition(";")[0].strip()
            else:
                self.attributes["revdate"] = line
        return at + 3

    def _one(self, at: int) -> int:
        """What begins at a line. Returns the line after it."""
        line, draft = self._lines[at], self._draft
        if not line.strip():
            draft.blank()
        elif line.startswith("|===") or line.startswith("!==="):
            return self._table(at)
        elif found := _FENCE.match(line):
            return self._fenced(found[1], at)
        elif line.startswith("//") or line.strip() == "+":
            draft.blank()
        elif found := _HEADING.match(line):
            draft.heading(found[2], len(found[1]), at + 1)
        elif found := _ATTRIBUTE.match(line):
            self.attributes.setdefault(found[1], found[2])
        elif line.startswith("[") and line.rstrip().endswith("]"):
            self._options = line
            return at + 1
        elif found := _MACRO.match(line):
            self._macro(found, at)
        elif line.startswith(".") and line[1:2] not in {"", " ", "."}:
            draft.block(BlockKind.CAPTION, line[1:], at + 1)
            return at + 1
        else:
            self._said(line, at)
        self._options = ""
        return at + 1

    def _said(self, line: str, at: int) -> None:
        if found := _BULLET.match(line):
            depth = len(found[1]) if found[1][0] in "*." else 1
            numbered = found[1][0] == "."
            self._draft.item(depth + 10 * numbered, "" if found[1][0] in "*-." else found[1], found[2], at + 1)
        elif (found := _TERM.match(line)) and "://" not in found[1]:
            meaning = found[3] or ""
            if not meaning and at + 1 < len(self._lines) and self._lines[at + 1].strip():
                meaning, self._lines[at + 1] = self._lines[at + 1].strip(), ""
            self._draft.entry(found[1], meaning, at + 1)
        else:
            note = _ADMONITION.match(line)
            text = f"{note[1].capitalize()}: {line[note.end() :]}" if note else line
            self._draft.text(text.removesuffix(" +"), at + 1)

    def _macro(self, found: re.Match[str], at: int) -> None:
        if found[1] == "include":
            self.warnings.append(f"Line {at + 1} includes another file, which is not followed: {found[2]}")
        elif found[1] == "image" and found[3].partition(",")[0].strip('" ='):
            self._draft.block(BlockKind.CAPTION, found[3].partition(",")[0].strip('"'), at + 1)

    def _fenced(self, fence: str, at: int) -> int:
        closing = fence.rstrip("abcdefghijklmnopqrstuvwxyz") if fence[0] == "`" else fence
        lines = range(at + 1, len(self._lines)) if closing not in self._unclosed else ()
        end = next((n for n in lines if self._lines[n].rstrip() == closing), None)
        if end is None:
            self._unclosed.add(closing)
            return at + 1
        inner = self._lines[at + 1 : end]
        if (fence[0] in _CODE_FENCES and fence != "--") or "source" in self._options or "listing" in self._options:
            self._draft.code(inner, at + 2)
        elif fence[0] not in "/+":
            self._lines[end] = ""
            self._draft.end()
            return at + 1
        self._options = ""
        return end + 1

    def _table(self, at: int) -> int:
        """Cells begin with a pipe; a row is a line with as many, or as many as there are columns."""
        fence = self._lines[at].rstrip()
        end = next((n for n in range(at + 1, len(self._lines)) if self._lines[n].rstrip() == fence), len(self._lines))
        rows: list[tuple[int, list[str]]] = []
        blank = -1
        for number in range(at + 1, end):
            line = self._lines[number]
            parts = line.split(fence[0])
            cells = [*(_SPECIFIED.sub("", part).strip() for part in parts[:-1]), parts[-1].strip()]
            if line.lstrip().startswith(fence[0]) or len(cells) > 1:
                rows.append((number, [self._inline(cell) for cell in cells[1:]]))
            elif line.strip() and rows:
                rows[-1][1][-1] = f"{rows[-1][1][-1]} {self._inline(line.strip())}".strip()
            elif not line.strip() and len(rows) == 1 and blank < 0:
                blank = number
        width = self._width(rows)
        flat = [(number, cell) for number, cells in rows for cell in cells]
        grouped = [flat[n : n + width] for n in range(0, len(flat), width)] if width else []
        self._draft.end()
        table = [TableRow([cell for _, cell in group], where(group[0][0] + 1)) for group in grouped]
        headed = "header" in self._options or blank >= 0
        self._writer.table(table, header_rows=int(headed))
        self._options = ""
        return end + 1

    def _width(self, rows: list[tuple[int, list[str]]]) -> int:
        found = _COLUMNS.search(self._options)
        if found:
            return int(found[1]) if found[1] else len(found[2].split(","))
        return len(rows[0][1]) if rows else 0

    def _inline(self, text: str) -> str:
        """A line as Markdown would have it."""
        text = _ANCHOR.sub("", text)
        text = _VARIABLE.sub(lambda found: self.attributes.get(found[1], found[0])[:200], text)
        text = _FOOTNOTE.sub(r" (\1)", text)
        text = _LINK.sub(lambda found: f"[{found[2]}]({found[1]})" if found[2] else found[1], text)
        text = _REFERENCE.sub(lambda found: found[2] or found[1], text)
        text = _UNIT.sub(r"\1", text)
        text = _QUOTED.sub(r"“\1”", text)
        return _DOUBLED.sub(r"\2", text)
