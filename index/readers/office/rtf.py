"""Rich text (RTF): its paragraphs, tables and properties."""

import re

from msgspec import Struct

from index.errors import DocumentError
from index.readers.office.package import stated
from index.readers.writer import ListItem, TableRow, TextWriter
from index.types import BlockKind, ParsedFile

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
_SKIPPED = frozenset(
    "fonttbl colortbl stylesheet pict object datafield fldinst listtable listoverridetable rsidtbl generator xmlnstbl "
    "themedata colorschememapping latentstyles filetbl revtbl pgptbl mmathPr wgrffmtfilter shpinst bkmkstart bkmkend "
    "annotation atnid atnauthor atrfstart atrfend nonshppict panose falt listtext pntext pnseclvl fchars lchars".split()
)
_EDGES = frozenset("header headerl headerr headerf footer footerl footerr footerf".split())
_SIGNS = {"emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”"}
_SIGNS |= {"bullet": "•", "tab": "\t", "line": "\n", "emspace": " ", "enspace": " ", "~": "\u00a0", "_": "\u2011"}
_CODE_PAGES = {437: "cp437", 850: "cp850", 932: "cp932", 936: "gbk", 949: "cp949", 950: "big5", 10000: "mac_roman"}
_CHARSETS = {128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254", 177: "cp1255"}
_CHARSETS |= {178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250"}
_INFO = frozenset({"title", "author", "company"})
_BULLET = re.compile(r"(?:[•·▪◦-]|\(?[0-9]{1,3}[.)]|\(?[a-zA-Z][.)])[\t ]+")
_DEEP = 2_000  # groups in each other


class _Group(Struct):
    """What holds in a group. into: "text", "edge", "note" or the name of a property; "" for what is skipped."""

    into: str
    unicode_skip: int = 1
    hidden: bool = False
    encoding: str = ""


class RtfReader:
    """Reads rich text."""

    @property
    def suffixes(self) -> frozenset[str]:
        return frozenset({".rtf"})

    def read(self, data: bytes, source: str) -> ParsedFile:
        if not data.lstrip().startswith(b"{\\rtf"):
            raise DocumentError(f"{source}: this is no rich text (byte 0): save it again.", source, 0)
        reading = _Reading(source)
        reading.read(data)
        return reading.finished()


class _Reading:
    """A file that is being read, token by token."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._writer = TextWriter()
        self._groups = [_Group("text")]
        self._encoding = "cp1252"
        self._fonts: dict[int, str] = {}
        self._font = 0
        self._in_fonts = 0
        self._texts: dict[str, list[str]] = {}
        self._pending = bytearray()
        self._ignored = 0
        self._optional = False
        self._level = 0
        self._row: list[str] = []
        self._rows: list[TableRow] = []
        self._in_table = False
        self._items: list[ListItem] = []
        self._notes: list[str] = []
        self._edges: list[str] = []
        self._date: dict[str, int] = {}

    def read(self, data: bytes) -> None:
        """All tokens in order. Raises DocumentError where groups stand too deep in each other."""
        for token in _TOKEN.finditer(data):
            word, number, code, sign, brace, text = token.groups()
            if text is not None:
                self._bytes(text)
            elif code is not None:
                self._code(int(code, 16))
            elif word is not None:
                self._word(word.decode("ascii"), int(number) if number else None)
                if word == b"bin" and number:
                    continue
            elif brace is not None:
                self._brace(brace)
            elif sign is not None:
                self._sign(sign.decode("latin-1"))
        self._paragraph()
        self._end_table()

    def finished(self) -> ParsedFile:
        self._flush_items()
        for number, note in enumerate(self._notes, 1):
            self._writer.block(BlockKind.FOOTNOTE, f"[{number}] {note}")
        for edge in dict.fromkeys(self._edges):
            self._writer.block(BlockKind.BOILERPLATE, edge, reason="page header or footer")
        said = {name: " ".join("".join(self._texts.get(name, [])).split()) for name in _INFO}
        date = "{yr:04}-{mo:02}-{dy:02}".format(**{"yr": 0, "mo": 0, "dy": 0, **self._date})
        return self._writer.finished("rtf", stated(said["title"], said["author"], date, said["company"]))

    def _brace(self, brace: bytes) -> None:
        self._decode()
        if brace == b"{":
            if len(self._groups) > _DEEP:
                raise DocumentError(f"{self._source}: more than {_DEEP:,} groups stand in each other.", self._source)
            top = self._groups[-1]
            self._groups.append(_Group(top.into, top.unicode_skip, top.hidden, top.encoding))
        elif len(self._groups) > 1:
            closed = self._groups.pop()
            above = self._groups[-1].into
            if closed.into != above:
                self._leave(closed.into)
        self._optional = False

    def _leave(self, into: str) -> None:
        text = " ".join("".join(self._texts.pop(into, [])).split()) if into in {"note", "edge"} else ""
        if into == "note" and text:
            self._notes.append(text)
        elif into == "edge" and text:
            self._edges.append(text)

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self._optional = True
        elif sign in _SIGNS:
            self._text(_SIGNS[sign])
        elif sign in "\\{}":
            self._bytes(sign.encode())
        elif sign in "\r\n":
            self._paragraph()

    def _word(self, word: str, number: int | None) -> None:
        group = self._groups[-1]
        optional, self._optional = self._optional, False
        if word == "u" and number is not None:
            self._decode()
            self._text(chr(number % 65_536))
            self._ignored = group.unicode_skip
        elif word in _SKIPPED or (optional and word not in {"shptxt", "background"}):
            self._in_fonts = len(self._groups) if word == "fonttbl" else self._in_fonts
            group.into = ""
        elif word in _EDGES:
            group.into = "edge"
        elif word == "footnote":
            self._note(group)
        elif word == "info":
            group.into = ""
        elif word in _INFO and group.into == "":
            group.into = word
        elif word in {"yr", "mo", "dy"}:
            self._date.setdefault(word, min(9_999, max(0, number or 0)))
        elif word in _SIGNS:
            self._text(_SIGNS[word])
        elif word in {"par", "sect", "page", "cell", "row", "nestcell", "nestrow"}:
            self._ends(word)
        else:
            self._state(word, number, group)

    def _note(self, group: _Group) -> None:
        self._text(f"[{len(self._notes) + 1}]")
        group.into = "note"

    def _state(self, word: str, number: int | None, group: _Group) -> None:
        if word == "uc":
            group.unicode_skip = min(8, max(0, 1 if number is None else number))
        elif word in {"v", "deleted"}:
            group.hidden = number != 0
        elif word == "plain":
            group.hidden = False
        elif word == "ansicpg" and number:
            self._encoding = _CODE_PAGES.get(number, f"cp{number}")
        elif word == "mac":
            self._encoding = "mac_roman"
        elif word == "f" and number is not None:
            self._decode()
            self._font = number
            group.encoding = "" if self._in_fonts else self._fonts.get(number, "")
        elif word == "fcharset" and number is not None:
            self._fonts[self._font] = _CHARSETS.get(number, "")
        elif word == "outlinelevel" and number is not None:
            self._level = number + 1 if number < 9 else 0
        elif word == "intbl":
            self._in_table = True
        elif word == "pard":
            self._in_table, self._level = False, 0

    def _ends(self, word: str) -> None:
        self._decode()
        if self._groups[-1].into != "text":
            self._text(" ")
        elif word in {"cell", "nestcell"}:
            self._row.append(self._taken())
        elif word in {"row", "nestrow"}:
            if self._row:
                self._flush_items()
                self._rows.append(TableRow(self._row))
            self._row = []
        elif self._in_table or self._row:
            self._text("\n")
        else:
            self._paragraph()

    def _bytes(self, text: bytes) -> None:
        if self._ignored:
            dropped = min(self._ignored, len(text))
            self._ignored -= dropped
            text = text[dropped:]
        self._pending += text

    def _code(self, code: int) -> None:
        if self._ignored:
            self._ignored -= 1
        else:
            self._pending.append(code)

    def _decode(self) -> None:
        """Text that waits, in the encoding of its font."""
        if self._pending:
            data, self._pending = bytes(self._pending), bytearray()
            try:
                text = data.decode(self._groups[-1].encoding or self._encoding, "replace")
            except LookupError:
                text = data.decode("cp1252", "replace")
            self._text(text)

    def _text(self, text: str) -> None:
        self._decode()
        group = self._groups[-1]
        if group.into and not group.hidden:
            self._texts.setdefault(group.into, []).append(text)

    def _taken(self) -> str:
        text = "".join(self._texts.pop("text", []))
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip()

    def _paragraph(self) -> None:
        self._decode()
        text = self._taken()
        if not text:
            return
        self._end_table()
        marker = _BULLET.match(text)
        if self._level:
            self._flush_items()
            self._writer.heading(text, self._level)
        elif marker:
            mark = marker[0].strip()
            self._items.append(ListItem(text[marker.end() :], 0, mark if mark[-1] in ".)" else ""))
        else:
            self._flush_items()
            self._writer.paragraph(text.replace("\t", " "))

    def _end_table(self) -> None:
        rows, self._rows = self._rows, []
        if rows:
            self._writer.table(rows, header_rows=0)

    def _flush_items(self) -> None:
        self._writer.items(self._items)
        self._items = []
