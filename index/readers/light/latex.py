"""LaTeX: its text without commands. Nothing is included, and no macro is run."""

from index.language.dates import find_day
from index.readers.encoding import decode
from index.readers.light.draft import where
from index.readers.light.latex_commands import OPTION, TOKEN, argument, past_option, plain, shown, simple_command
from index.readers.writer import ListItem, TableRow, TextWriter
from index.types import BlockKind, Field, Metadata, ParsedFile

_SECTIONS = {
    "part": 1,
    "chapter": 1,
    "section": 2,
    "subsection": 3,
    "subsubsection": 4,
    "paragraph": 5,
    "subparagraph": 6,
}
_RAW = frozenset("verbatim verbatim* Verbatim lstlisting minted alltt comment".split())
_MATH = frozenset("equation equation* align align* displaymath eqnarray eqnarray* gather gather* multline math".split())
_LISTS = frozenset("itemize enumerate description".split())
_TABLES = frozenset("tabular tabular* tabularx longtable array tabulary".split())
_BLANKS = 20  # pieces that may be held before any of them says something


class LatexReader:
    """Reads LaTeX."""

    def read(self, data: bytes, source: str) -> ParsedFile:
        """Raises DocumentError for what is no text."""
        decoded = decode(data, source)
        text = decoded.text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        writer = TextWriter()
        body = _Body(text, writer)
        body.read()
        author, date = body.stated.get("author", ""), body.stated.get("date", "")
        day = find_day(date, 0, len(date))
        stated = Metadata(author=Field(author, 0, 0) if author else None, date=Field(day.value, 0, 0) if day else None)
        return writer.finished("latex", stated, [*decoded.warnings, *body.warnings])


class _Body:
    """Reads a text from its start to its end, once. What is said is held until a block ends."""

    def __init__(self, text: str, writer: TextWriter) -> None:
        self.stated: dict[str, str] = {}
        self.warnings: list[str] = []
        self._text = text
        self._writer = writer
        self._held: list[str] = []
        self._items: list[ListItem] = []
        self._lists: list[str] = []
        self._rows: list[list[str]] | None = None
        self._notes: list[str] = []
        self._math = False
        self._line, self._counted, self._begun = 1, 0, 0

    def read(self) -> None:
        """All of it; what stands before the document begins only tells title, author and date."""
        begin = self._text.find("\\begin{document}")
        for name in ("title", "author", "date"):
            at = self._text.find(f"\\{name}{{")
            if at >= 0:
                self.stated[name] = " ".join(plain(argument(self._text, at + len(name) + 1).text).split())
        if self.stated.get("title"):
            self._writer.block(BlockKind.TITLE, self.stated["title"])
        for name in ("author", "date"):
            if self.stated.get(name):
                self._writer.block(BlockKind.BYLINE, f"{name.capitalize()}: {self.stated[name]}")
        at = begin + len("\\begin{document}") if begin >= 0 else 0
        while at < len(self._text):
            at = self._one(at)
        self._paragraph()
        self._flush()

    def _one(self, at: int) -> int:
        found = TOKEN.match(self._text, at)
        if found is None:
            return at + 1
        kind, value = found.lastgroup, found[0]
        if kind == "blank":
            self._paragraph()
        elif kind == "name":
            return self._command(found["name"], found.end())
        elif kind == "math":
            self._math = not self._math
        elif kind == "cell" and self._rows is not None:
            self._cell()
        elif kind in {"space", "text"}:
            if value.strip() and len(self._held) < _BLANKS and not "".join(self._held).strip():
                self._begun = at
            self._held.append(" " if kind == "space" or value == "\n" else value)
        return found.end()

    def _command(self, name: str, end: int) -> int:
        bare = name.removesuffix("*")
        if name in {"begin", "end"}:
            return self._environment(name, end)
        if bare in _SECTIONS:
            given = argument(self._text, end)
            self._heading(given.text, _SECTIONS[bare], end)
            return given.end
        if bare == "item":
            return self._item(end)
        if name in {"\\", "newline", "tabularnewline"}:
            return self._break(end)
        if bare in {"caption", "footnote", "thanks"}:
            given = argument(self._text, past_option(self._text, end))
            self._noted(bare, " ".join(plain(given.text).split()), end)
            return given.end
        if bare in {"input", "include", "subfile"}:
            given = argument(self._text, end)
            self.warnings.append(f"Line {self._number(end)} includes another file, which is not followed: {given.text}")
            return given.end
        if bare in {"title", "author", "date"}:
            return argument(self._text, past_option(self._text, end)).end
        said = simple_command(self._text, name, end)
        self._held.append(said.text)
        return said.end

    def _environment(self, name: str, end: int) -> int:
        given = argument(self._text, end)
        kind = given.text.strip()
        if name == "begin" and kind in _RAW:
            return self._raw(kind, given.end)
        if kind in _MATH:
            self._held.append(" ")
        elif kind in _LISTS:
            self._list(kind, begins=name == "begin")
        elif kind in _TABLES:
            return self._table(kind, given.end, begins=name == "begin")
        elif name == "begin":
            self._paragraph()
            if kind == "abstract":
                self._heading("Abstract", 2, end)
            return past_option(self._text, given.end)
        else:
            self._paragraph()
        return given.end

    def _raw(self, kind: str, at: int) -> int:
        closing = f"\\end{{{kind}}}"
        stop = self._text.find(closing, at)
        stop = stop if stop >= 0 else len(self._text)
        self._paragraph()
        self._flush()
        first = past_option(self._text, at)
        if kind == "minted":
            first = argument(self._text, first).end
        if kind != "comment":
            self._writer.block(BlockKind.CODE, self._text[first:stop].strip("\n"), where(self._number(first)))
        return stop + len(closing)

    def _list(self, kind: str, *, begins: bool) -> None:
        self._paragraph()
        if begins:
            self._lists.append(kind)
        elif self._lists:
            self._lists.pop()
            if not self._lists:
                self._flush()

    def _item(self, end: int) -> int:
        self._paragraph()
        option = OPTION.match(self._text, end)
        label = plain(option[1]).strip() if option else ""
        depth = max(0, len(self._lists) - 1)
        self._items.append(ListItem("", depth, where=where(self._number(end))))
        self._held = [f"{label}: "] if label and self._lists[-1:] == ["description"] else [label, " "] if label else []
        return option.end() if option else end

    def _table(self, kind: str, end: int, *, begins: bool) -> int:
        if not begins:
            self._end_table()
            return end
        self._paragraph()
        self._rows = [[]]
        if kind in {"tabular*", "tabularx", "tabulary"}:
            end = argument(self._text, end).end
        return argument(self._text, past_option(self._text, end)).end

    def _cell(self) -> None:
        if self._rows is not None:
            self._rows[-1].append(shown("".join(self._held)))
            self._held = []

    def _break(self, end: int) -> int:
        if self._rows is not None:
            self._cell()
            self._rows.append([])
        else:
            self._held.append(" ")
        return past_option(self._text, end)

    def _end_table(self) -> None:
        self._cell()
        rows = [TableRow(cells) for cells in self._rows or [] if any(cells)]
        self._rows = None
        self._writer.at(where(self._number(self._begun)))
        self._writer.table(rows, header_rows=1 if len(rows) > 1 else 0)
        self._writer.at(None)

    def _noted(self, kind: str, text: str, at: int) -> None:
        if kind == "caption":
            self._paragraph()
            self._writer.block(BlockKind.CAPTION, text, where(self._number(at)), reason="caption")
        else:
            self._notes.append(text)

    def _heading(self, text: str, level: int, at: int) -> None:
        self._paragraph()
        self._flush()
        self._writer.heading(plain(text), level, where(self._number(at)))

    def _paragraph(self) -> None:
        """What is held is a paragraph, or goes on with the item that is open. In a table it is a part of a cell."""
        if self._rows is not None:
            return
        text = shown("".join(self._held))
        self._held = []
        if text and self._lists and self._items:
            last = self._items[-1]
            self._items[-1] = ListItem(f"{last.text} {text}".strip(), last.depth, last.marker, last.where)
        elif text:
            self._writer.paragraph(text, where(self._number(self._begun)))
        notes, self._notes = self._notes, []
        for note in notes:
            self._writer.block(BlockKind.FOOTNOTE, note, where(self._number(self._begun)))

    def _flush(self) -> None:
        self._writer.items(self._items)
        self._items = []

    def _number(self, at: int) -> int:
        """The line of a position, counted on from the last one that was asked for."""
        if at > self._counted:
            self._line += self._text.count("\n", self._counted, at)
            self._counted = at
        return self._line
