"""Source code: comments and docstrings as text, under the name of what they belong to; the rest as code."""

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from msgspec import Struct

from index.layout.shapes import Shape
from index.readers.encoding import decode
from index.readers.writer import Line, TextWriter, Where
from index.types import BlockKind, ParsedFile

if TYPE_CHECKING:
    from pygments.lexer import Lexer

_DEFINES = re.compile(
    r"[ \t]*(?:(?:export|default|public|private|protected|internal|static|async|abstract|final|sealed|open|override|"
    r"virtual|inline|extern|unsafe|const|partial|data|pub(?:\([\w ]{1,20}\))?|create|or|replace|local)[ \t]+){0,6}"
    r"(?:def|class|function|func|fun|fn|interface|struct|enum|trait|impl|module|namespace|protocol|object|record|union|"
    r"sub|procedure|table|view|message|service|rpc|resource|defmodule|defp?|type|macro_rules!)(?:[ \t]+|[ \t]*\*[ \t]*)"
    r"(?:if[ \t]+not[ \t]+exists[ \t]+)?[\w$.:<>`\"'\[\]&*~()!?-]{1,200}",
    re.IGNORECASE,
)
_METHOD = re.compile(  # of languages that name the type first: `static int read(File file) {`
    r"[ \t]*(?!(?:if|for|while|switch|return|else|catch|do|new|throw|delete|case)\b)"
    r"(?:[A-Za-z_][\w<>\[\],.:*&?]{0,80}[ \t*&]+){1,6}[*&]{0,2}[A-Za-z_~][\w:~]{0,80}[ \t]*"
    r"\([^;{}]{0,400}\)?[^;{}=]{0,100}\{?[ \t]*$"
)
_TYPED_FIRST = frozenset({".java", ".c", ".h", ".cc", ".cpp", ".hpp", ".cs", ".m", ".dart", ".kt", ".scala", ".groovy"})
_CLEAN = re.compile(
    r"^[ \t]*(?:/\*+!?|\*+/|\*(?!\*)[ \t]?|//+!?[ \t]?|\#+[ \t]?|--+(?:\[\[)?[ \t]?|;+[ \t]?|%+[ \t]?|\"{3}|'{3}|<!--|"
    r"-->|\(\*+|\*+\)|\{-|-\}|rem[ \t])|(?:\*+/|\"{3}|'{3}|-->|\*+\)|-\}|\]\])[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_LICENCE = re.compile(r"copyright|licen[sc]e|spdx", re.IGNORECASE)
_HEAD = 5  # lines that a licence may begin in
_RULE = re.compile(r"[\W_]*$")


class CodeLimits(Struct, frozen=True):
    """piece: lines of code after which a blank line ends a block; most: at which it ends anyhow. wide: characters of a
    mean line that nobody wrote by hand. heading: the most of a definition's line that is its heading. By hand,
    2026-11-30."""

    piece: int = 25
    most: int = 60
    wide: int = 300
    heading: int = 160


LIMITS = CodeLimits()


class CodeReader:
    """Reads the languages that Pygments knows, by the file's name."""

    def read(self, data: bytes, source: str) -> ParsedFile:
        """Raises DocumentError for what is no text."""
        decoded = decode(data, source)
        text = decoded.text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        writer = TextWriter()
        lines = text.split("\n")
        if len(text) > LIMITS.wide * max(len(lines), 20):
            return writer.finished("code", warnings=["It is code made by a program (minified): it is left out."])
        suffix = PurePosixPath(source).suffix.lower()
        _Pieces(writer, lines, _said(text, _lexer(source)), suffix in _TYPED_FIRST).write()
        return writer.finished("code", warnings=decoded.warnings)


def _lexer(source: str) -> "Lexer":
    from pygments.lexers import TextLexer, get_lexer_for_filename  # heavy: one of 500 languages is loaded
    from pygments.util import ClassNotFound

    try:
        return get_lexer_for_filename(PurePosixPath(source).name, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return TextLexer(stripnl=False, ensurenl=False)


def _said(text: str, lexer: "Lexer") -> dict[int, int]:
    """The lines (from 0) that are nothing but a comment or docstring, each run of them with the line it ends before."""
    from pygments.token import Comment, String

    found: dict[int, tuple[int, bool]] = {}
    for at, token, value in lexer.get_tokens_unprocessed(text):
        said = token in Comment and token not in Comment.Preproc and token not in Comment.PreprocFile
        if not (said and token is not Comment.Hashbang) and token is not String.Doc:
            continue
        stripped = value.rstrip()
        start = text.rfind("\n", 0, at) + 1
        end = text.find("\n", at + len(stripped))
        end = len(text) if end < 0 else end
        if stripped and not text[start:at].strip() and not text[at + len(stripped) : end].strip():
            found[at] = at + len(stripped), token is String.Doc
    return dict(_by_lines(text, found))


def _by_lines(text: str, found: dict[int, tuple[int, bool]]) -> Iterator[tuple[int, int]]:
    """Ranges of characters as ranges of lines, neighbouring comments as one."""
    line, at, open_, close, joins = 0, 0, -1, -1, False
    for start, (end, alone) in sorted(found.items()):
        line += text.count("\n", at, start)
        last = line + text.count("\n", start, end)
        if not (joins and not alone and line == close):
            if open_ >= 0:
                yield open_, close
            open_ = line
        close, joins = last + 1, not alone
        line, at = last, end
    if open_ >= 0:
        yield open_, close


class _Pieces:
    """Cuts lines into headings, text and code."""

    def __init__(self, writer: TextWriter, lines: Sequence[str], said: dict[int, int], typed_first: bool) -> None:
        self._writer = writer
        self._lines = lines
        self._said = said
        self._typed_first = typed_first
        self._code: list[int] = []
        self._depths: list[int] = []

    def write(self) -> None:
        """All lines."""
        at = 0
        while at < len(self._lines):
            end = self._said.get(at)
            if end is not None:
                self._comment(at, end)
                at = end
                continue
            self._line(at)
            at += 1
        self._flush()

    def _comment(self, at: int, end: int) -> None:
        """Text; what stands right over a definition stands under its heading."""
        below = next((n for n in range(end, min(end + 4, len(self._lines))) if not _is_mark(self._lines[n])), end)
        if end < len(self._lines) and self._lines[end].strip() and below not in self._said and self._defines(below):
            self._define(below)
        self._flush(but_definition=True)
        text = _CLEAN.sub("", "\n".join(self._lines[at:end]))
        licence = at < _HEAD and _LICENCE.search(text) is not None
        kind = BlockKind.BOILERPLATE if licence else BlockKind.PARAGRAPH
        held: list[Line] = []
        for number, line in enumerate([*text.split("\n"), ""], start=at):
            if _RULE.match(line):
                self._writer.block(kind, held, reason="licence" if licence else "")
                held = []
            else:
                held.append(Line(line.strip(), Where(f"line {number + 1}")))

    def _line(self, at: int) -> None:
        line = self._lines[at]
        if self._defines(at):
            self._define(at)
        if not line.strip() and (len(self._code) >= LIMITS.piece or not self._code):
            self._flush()
            return
        self._code.append(at)
        if len(self._code) >= LIMITS.most:
            self._flush()

    def _defines(self, at: int) -> bool:
        line = self._lines[at] if at < len(self._lines) else ""
        if len(line) > 4 * LIMITS.heading or not line.strip():
            return False
        return _DEFINES.match(line) is not None or (self._typed_first and _METHOD.match(line) is not None)

    def _define(self, at: int) -> None:
        """A heading of the definition's line, at the depth that it is set in to. Told once."""
        line = self._lines[at]
        if self._depths and self._depths[-1] == -at - 1:
            return
        self._flush()
        depth = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
        indents = [each for each in self._depths if each >= 0 and each < depth]
        self._depths = [*indents, depth, -at - 1]
        heading = line.strip().rstrip("{:").strip()[: LIMITS.heading]
        self._writer.heading(heading, min(6, len(indents) + 1), Where(f"line {at + 1}"), reason=Shape.KEY)

    def _flush(self, *, but_definition: bool = False) -> None:
        """Write the code that is held. but_definition: not if it is no more than the line that its heading has."""
        held = self._code
        if but_definition and len(held) == 1 and self._depths and self._depths[-1] == -held[0] - 1:
            return
        self._code = []
        indent = min((_indent(self._lines[n]) for n in held if self._lines[n].strip()), default=0)
        lines = [Line(self._lines[n][indent:].rstrip(), Where(f"line {n + 1}")) for n in held]
        self._writer.block(BlockKind.CODE, lines)


def _is_mark(line: str) -> bool:
    """A decorator, annotation or attribute over a definition."""
    return line.lstrip().startswith(("@", "#["))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
