"""reStructuredText by its own structure: nothing is included, and no directive is run."""

import re

from index.language.dates import find_day
from index.layout.shapes import Shape
from index.readers.encoding import decode
from index.readers.light.draft import LightDraft, indent_of, where
from index.readers.writer import Markup, TableRow, TextWriter
from index.types import BlockKind, Field, Metadata, ParsedFile

_RULE = re.compile(r"([=\-`:'\"~^_*+#<>.!$%&(),/;?@\[\]{|}\\])\1{2,}[ \t]*$")
_FIELD = re.compile(r":([A-Za-z][\w -]{0,40}):(?:[ \t]+(.*))?$")
_DIRECTIVE = re.compile(r"\.\.[ \t]+(?:\|[^|\n]+\|[ \t]+)?([\w:+.-]+?)::(?:[ \t]+(.*))?$")
_NOTE = re.compile(r"\.\.[ \t]+\[(#?[\w*-]*)\][ \t]+(.*)$")
_ITEM = re.compile(r"([-*+•]|(?:\d{1,3}|#|[a-zA-Z])[.)]|\((?:\d{1,3}|#|[a-zA-Z])\))[ \t]+(\S.*)$")
_GRID = re.compile(r"\+[-=+]{3,}\+[ \t]*$")
_SIMPLE = re.compile(r"=+(?:[ ]+=+)+[ \t]*$")
_ROLE = re.compile(r":[\w:.+-]{1,40}:`([^`<\n]{0,200}?)(?:[ ]?<[^`<>\n]{1,300}>)?`")
_ROLE_TARGET = re.compile(r":[\w:.+-]{1,40}:`<?[~!]?([^`<>\n]{1,200})>?`")
_LINK = re.compile(r"`([^`<\n]{1,300}?)[ ]<([^`<>\s]{1,500})>`__?")
_NAMED = re.compile(r"(?<!`)`([^`\n]{1,300})`__?(?!`)")
_TICKED = re.compile(r"(`+[^`\n]*`+)")
_PLAIN_NAMED = re.compile(r"(?<![\w`])(\w[\w-]{0,60}\w)__?(?![\w`])")
_MARK = re.compile(r"[ ]?\[(?:#[\w-]*|\d{1,3}|\*)\]_")
_CODE_NAMES = frozenset(
    "code code-block sourcecode highlight parsed-literal productionlist prompt doctest testcode".split()
)
_NOTES = frozenset("note warning tip hint important caution danger attention error seealso admonition topic".split())
_SAYING = frozenset(
    "deprecated versionadded versionchanged rubric sidebar epigraph pull-quote compound container".split()
)
_DESCRIBED = re.compile(
    r"(?:\w+:)?(?:function|class|method|attribute|data|exception|module|option|envvar|describe|object|property|decorator|type|macro|staticmethod|classmethod|confval|setting)$"
)
_DESCRIBED_LEVEL = 6  # the deepest, below all sections
_HIDDEN = frozenset("toctree contents index raw meta include image highlight currentmodule module automodule".split())


class RstReader:
    """Reads reStructuredText."""

    def read(self, data: bytes, source: str) -> ParsedFile:
        """Raises DocumentError for what is no text."""
        decoded = decode(data, source)
        lines = decoded.text.removeprefix("\ufeff").expandtabs(8).splitlines()
        writer = TextWriter()
        body = _Body(writer)
        body.read(lines, 0)
        author, date = body.stated.get("author", ""), body.stated.get("date", "")
        day = find_day(date, 0, len(date))
        stated = Metadata(author=Field(author, 0, 0) if author else None, date=Field(day.value, 0, 0) if day else None)
        return writer.finished("rst", stated, [*decoded.warnings, *body.warnings])


class _Body:
    """The lines of a file, or of a block that is set in."""

    def __init__(self, writer: TextWriter) -> None:
        self.stated: dict[str, str] = {}
        self.warnings: list[str] = []
        self._writer = writer
        self._draft = LightDraft(writer, inline)
        self._styles: list[str] = []
        self._depth = 0

    def read(self, lines: list[str], first: int) -> None:
        """All lines, one construct after the other. first: number of lines of the file before them."""
        at = 0
        while at < len(lines):
            at = self._one(lines, at, first)
        self._draft.end()

    def _one(self, lines: list[str], at: int, first: int) -> int:
        line, draft, number = lines[at], self._draft, first + at + 1
        if not line.strip():
            draft.blank()
            return at + 1
        if indent_of(line) == 0 and (end := self._heading(lines, at, number)):
            return end
        if _GRID.match(line.strip()) or _SIMPLE.match(line.strip()):
            return self._table(lines, at, number)
        if line.startswith(".."):
            return self._explicit(lines, at, first)
        if line.lstrip().startswith(">>> "):
            end = next((n for n in range(at, len(lines)) if not lines[n].strip()), len(lines))
            draft.code(lines[at:end], number)
            return end
        if found := _FIELD.match(line):
            self._field(found, number)
            return at + 1
        if found := _ITEM.match(line.lstrip()):
            draft.item(indent_of(line), found[1], found[2], number)
            return self._literal(lines, at, first)
        if self._is_term(lines, at):
            meaning = _block(lines, at + 1)
            draft.entry(line, " ".join(lines[n].strip() for n in range(at + 1, meaning)), number)
            return meaning
        if draft.listing and not indent_of(line):
            draft.end()
        draft.text(_without_colons(line), number)
        return self._literal(lines, at, first)

    def _heading(self, lines: list[str], at: int, number: int) -> int:
        """A line with a rule below it, or between two."""
        under = lines[at + 1].rstrip() if at + 1 < len(lines) else ""
        rule = _RULE.match(lines[at])
        if rule and at + 2 < len(lines) and lines[at + 2].rstrip() == lines[at].rstrip() and under:
            self._draft.heading(under, self._level(f"{rule[1]}{rule[1]}"), number + 1)
            return at + 3
        if rule:
            self._draft.end()
            return at + 1
        if (
            (found := _RULE.match(under))
            and len(under) >= min(len(lines[at].rstrip()), 4)
            and not _ITEM.match(lines[at])
        ):
            self._draft.heading(lines[at], self._level(found[1]), number)
            return at + 2
        return 0

    def _level(self, style: str) -> int:
        if style not in self._styles:
            self._styles.append(style)
        return min(6, self._styles.index(style) + 1)

    def _field(self, found: re.Match[str], number: int) -> None:
        name, value = found[1].lower(), found[2] or ""
        if name in {"author", "authors", "date", "organization", "version", "status"} and value:
            self.stated.setdefault({"authors": "author"}.get(name, name), value)
            self._draft.block(BlockKind.BYLINE, f"{found[1]}: {value}", number)
        elif value:
            self._draft.text(f"{found[1]}: {value}", number)
            self._draft.blank()

    def _is_term(self, lines: list[str], at: int) -> bool:
        """A line over lines that are set in: a term over its meaning."""
        if at + 1 >= len(lines) or not lines[at + 1].strip() or (self._draft.listing and indent_of(lines[at])):
            return False
        alone = at == 0 or not lines[at - 1].strip()
        return alone and indent_of(lines[at + 1]) > indent_of(lines[at]) and not lines[at].rstrip().endswith("::")

    def _literal(self, lines: list[str], at: int, first: int) -> int:
        """The line after one that may announce a block of code."""
        if not lines[at].rstrip().endswith("::"):
            return at + 1
        start = next((n for n in range(at + 1, len(lines)) if lines[n].strip()), len(lines))
        if start == at + 1 or start >= len(lines) or indent_of(lines[start]) <= indent_of(lines[at]):
            return at + 1
        end = _block(lines, start)
        self._draft.code(lines[start:end], first + start + 1)
        return end

    def _explicit(self, lines: list[str], at: int, first: int) -> int:
        """A directive, a note, a target or a comment, with what is set in below it."""
        number = first + at + 1
        end = _block(lines, at + 1)
        inner = lines[at + 1 : end]
        if found := _NOTE.match(lines[at]):
            text = " ".join([found[2], *(line.strip() for line in inner if line.strip())])
            self._draft.block(BlockKind.FOOTNOTE, f"[^{found[1] or '1'}]: {text}", number)
        elif found := _DIRECTIVE.match(lines[at]):
            self._directive(found[1].lower(), found[2] or "", inner, first + at + 1)
        return end

    def _directive(self, name: str, argument: str, inner: list[str], first: int) -> None:
        options = next((n for n, line in enumerate(inner) if not _FIELD.match(line.strip())), len(inner))
        body = inner[options:]
        if name in _CODE_NAMES:
            self._draft.code(body, first + options + 1)
        elif name == "include":
            self.warnings.append(f"Line {first} includes another file, which is not followed: {argument}")
        elif name in {"figure", "table", "csv-table", "list-table"}:
            self._draft.block(BlockKind.CAPTION, argument if name != "figure" else "", first)
            self._nested(body, first + options) if name != "list-table" else self._list_table(body, first)
        elif name in _NOTES | _SAYING or _DESCRIBED.match(name):
            self._headed(name, argument, body, first + options)
        elif name not in _HIDDEN:
            self._nested(body, first + options)

    def _headed(self, name: str, argument: str, body: list[str], first: int) -> None:
        self._draft.end()
        if _DESCRIBED.match(name):
            self._writer.heading(argument, _DESCRIBED_LEVEL, where(first), reason=Shape.KEY)
        elif name in _NOTES:
            titled = name in {"admonition", "topic"}
            indent = min((indent_of(line) for line in body if line.strip()), default=0)
            body = body if titled or not argument else [" " * indent + argument, *body]
            lead = next((n for n, line in enumerate(body) if line.strip()), len(body))
            said = body[lead].strip() if lead < len(body) else ""
            label = argument if titled else name.capitalize()
            body = [*body[:lead], f"{' ' * indent}{label}: {said}", *body[lead + 1 :]]
        else:
            text = {
                "versionadded": "New in version",
                "versionchanged": "Changed in version",
                "deprecated": "Deprecated since",
            }
            self._draft.text(f"{text.get(name, '')} {argument}".strip(), first)
            self._draft.end()
        self._nested(body, first)
        if _DESCRIBED.match(name):
            self._writer.leave(_DESCRIBED_LEVEL)

    def _nested(self, lines: list[str], first: int) -> None:
        """What is set in, as if it stood at the edge."""
        self._depth += 1
        indent = min((indent_of(line) for line in lines if line.strip()), default=0)
        self._draft.end()
        if self._depth < 20:
            self.read([line[indent:] for line in lines], first)
        self._depth -= 1

    def _list_table(self, lines: list[str], first: int) -> None:
        """Rows are items, and cells items in them."""
        rows: list[list[str]] = []
        for line in lines:
            text = line.strip()
            if text.startswith("* -") or text.startswith("- -"):
                rows.append([text[3:].strip()])
            elif text.startswith("-") and rows:
                rows[-1].append(text[1:].strip())
            elif text and rows:
                rows[-1][-1] = f"{rows[-1][-1]} {text}".strip()
        self._draft.end()
        self._writer.table([TableRow([Markup(inline(cell)) for cell in row], where(first)) for row in rows])

    def _table(self, lines: list[str], at: int, number: int) -> int:
        end = at
        grid = lines[at].strip().startswith("+")
        while end < len(lines) and (lines[end].strip() if grid else end == at or not self._closes(lines, at, end)):
            end += 1
        self._draft.table(lines[at:end], number)
        return end

    def _closes(self, lines: list[str], at: int, end: int) -> bool:
        """Whether a table in columns is over: a blank line after its last rule."""
        return not lines[end].strip() and bool(_SIMPLE.match(lines[end - 1].strip())) and end - at > 2


def _block(lines: list[str], at: int) -> int:
    """The line after those that are set in from `at` on, blank ones among them."""
    end = at
    indent = 0
    for number in range(at, len(lines)):
        if not lines[number].strip():
            continue
        indent = indent or indent_of(lines[number])
        if indent_of(lines[number]) < max(1, indent):
            break
        end = number + 1
    return end


def _without_colons(line: str) -> str:
    """A paragraph's end that announces code: `so::` is shown as `so:`."""
    text = line.rstrip()
    return text[:-1] if text.endswith("::") and text.strip() != "::" else "" if text.strip() == "::" else text


def inline(text: str) -> str:
    """A line as Markdown would have it: roles, links, targets."""
    text = _ROLE.sub(lambda found: found[1].strip() or found[0], text)
    text = _ROLE_TARGET.sub(r"\1", text)
    text = _LINK.sub(r"[\1](\2)", text)
    text = _MARK.sub("", text)
    text = _NAMED.sub(r"\1", text)
    if "_" not in text:
        return text
    parts = _TICKED.split(text)  # between ticks nothing is the name of a link
    return "".join(part if number % 2 else _PLAIN_NAMED.sub(r"\1", part) for number, part in enumerate(parts))
