"""Org mode: headings, lists, tables, blocks, what the file says of itself."""

import re

from index.language.dates import find_day
from index.readers.encoding import decode
from index.readers.light.draft import LightDraft, indent_of
from index.readers.writer import TextWriter
from index.types import BlockKind, Field, Metadata, ParsedFile

_HEADING = re.compile(
    r"(\*+)[ \t]+(?:(?:TODO|DONE|NEXT|WAITING|CANCELLED)[ \t]+)?(?:\[#[A-C]\][ \t]+)?(.*?)[ \t]*(?::[\w@:]+:)?[ \t]*$"
)
_KEYWORD = re.compile(r"[ \t]*#\+(\w+):[ \t]*(.*)$")
_BEGIN = re.compile(r"[ \t]*#\+begin_(\w+)", re.IGNORECASE)
_ITEM = re.compile(r"([ \t]*)([-+]|\d{1,3}[.)]|(?<=[ \t])\*)[ \t]+(?:\[[ xX-]\][ \t]+)?(.*)$")
_TERM = re.compile(r"(.{1,80}?)[ \t]+::[ \t]+(.*)$")
_DRAWER = re.compile(r"[ \t]*:([\w-]+):[ \t]*$")
_UNSAID = re.compile(r"[ \t]*(?:(?:SCHEDULED|DEADLINE|CLOSED):|#(?:[ \t]|$))")  # plans and comments
_NOTE = re.compile(r"\[fn:([\w-]+)\][ \t]+(.*)$")
_LINK = re.compile(r"\[\[([^\[\]\n]{1,500})\](?:\[([^\[\]\n]{1,500})\])?\]")
_CODE = re.compile(r"(?<![\w=~])([=~])([^\s=~](?:[^\n=~]{0,200}[^\s=~])?)\1(?![\w=~])")
_SLANTED = re.compile(r"(?<![\w/])/([^\s/](?:[^\n/]{0,200}[^\s/])?)/(?![\w/])")


class OrgReader:
    """Reads Org files."""

    def read(self, data: bytes, source: str) -> ParsedFile:
        """Raises DocumentError for what is no text."""
        decoded = decode(data, source)
        lines = decoded.text.removeprefix("\ufeff").expandtabs(8).splitlines()
        writer = TextWriter()
        body = _Body(lines, LightDraft(writer, inline))
        body.read()
        stated = Metadata(author=_property(body.stated.get("author", "")), date=_day(body.stated.get("date", "")))
        return writer.finished("org", stated, [*decoded.warnings, *body.warnings])


class _Body:
    def __init__(self, lines: list[str], draft: LightDraft) -> None:
        self.stated: dict[str, str] = {}
        self.warnings: list[str] = []
        self._lines = lines
        self._draft = draft
        self._unclosed: set[str] = set()

    def read(self) -> None:
        """All lines, one construct after the other."""
        at = 0
        while at < len(self._lines):
            at = self._one(at)
        self._draft.end()

    def _one(self, at: int) -> int:
        """What begins at a line. Returns the line after it."""
        line, draft = self._lines[at], self._draft
        if not line.strip():
            draft.blank()
        elif found := _HEADING.match(line):
            draft.heading(found[2], min(6, len(found[1]) + 1), at + 1)
        elif found := _BEGIN.match(line):
            return self._block(found[1].lower(), at)
        elif found := _KEYWORD.match(line):
            self._keyword(found[1].lower(), found[2], at)
        elif _DRAWER.match(line):
            return self._after(re.compile(r"[ \t]*:end:", re.IGNORECASE), at)
        elif line.lstrip().startswith("|"):
            return self._table(at)
        elif line.lstrip().startswith(": "):
            draft.code([line.lstrip()[2:]], at + 1)
        elif not _UNSAID.match(line):
            self._said(line, at)
        return at + 1

    def _said(self, line: str, at: int) -> None:
        draft = self._draft
        if found := _NOTE.match(line):
            draft.block(BlockKind.FOOTNOTE, f"[^{found[1]}]: {found[2]}", at + 1)
        elif found := _ITEM.match(line):
            term = _TERM.match(found[3])
            text = f"{term[1]}: {term[2]}" if term else found[3]
            draft.item(len(found[1]), found[2], text, at + 1)
        else:
            if draft.listing and not indent_of(line):
                draft.end()
            draft.text(line, at + 1)

    def _keyword(self, name: str, value: str, at: int) -> None:
        if name == "title" and "title" not in self.stated:
            self._draft.block(BlockKind.TITLE, value, at + 1)
        elif name in {"author", "date"}:
            self._draft.block(BlockKind.BYLINE, f"{name.capitalize()}: {value}", at + 1)
        elif name == "caption":
            self._draft.block(BlockKind.CAPTION, value, at + 1)
        elif name == "include":
            self.warnings.append(f"Line {at + 1} includes another file, which is not followed: {value}")
        self.stated.setdefault(name, value)

    def _block(self, name: str, at: int) -> int:
        end = self._after(re.compile(rf"[ \t]*#\+end_{re.escape(name)}", re.IGNORECASE), at)
        inner = self._lines[at + 1 : end - 1]
        if name in {"src", "example", "export"}:
            if name != "export":
                self._draft.code(inner, at + 2)
        elif name != "comment":
            self._draft.end()
            nested = _Body(inner, self._draft)
            nested.read()
        return end

    def _after(self, closing: re.Pattern[str], at: int) -> int:
        """The line after one that closes a block; the next one where none does, as none does from there on."""
        if closing.pattern in self._unclosed:
            return at + 1
        for number in range(at + 1, len(self._lines)):
            if closing.match(self._lines[number]):
                return number + 1
        self._unclosed.add(closing.pattern)
        return at + 1

    def _table(self, at: int) -> int:
        end = at
        while end < len(self._lines) and self._lines[end].lstrip().startswith("|"):
            end += 1
        rows = [line for line in self._lines[at:end] if not line.lstrip().startswith("|<")]
        self._draft.table(rows, at + 1)
        return end


def inline(text: str) -> str:
    """A line as Markdown would have it: links, code, emphasis."""
    text = _LINK.sub(_link, text)
    text = _CODE.sub(r"`\2`", text)
    return _SLANTED.sub(r"\1", text)


def _link(found: re.Match[str]) -> str:
    target = found[1].removeprefix("file:")
    if not found[2]:
        return target
    return f"[{found[2]}]({target})" if "://" in target and " " not in target else found[2]


def _property(value: str) -> Field | None:
    return Field(value, 0, 0) if value else None


def _day(value: str) -> Field | None:
    day = find_day(value, 0, len(value))
    return _property(day.value) if day else None
