"""Lines of Markdown that are about the text: admonitions, containers, tabs, MDX imports and components, shortcodes.

They are a rule of markdown-it's own, so that code fences, lists and quotes are told as it tells them.
"""

import re
from collections.abc import Set

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from msgspec import Struct

from index.types import Range

_FIRST = frozenset(":/!?=[{<ie")
_MOST = 2_000  # characters of such a line; a longer one is text. By hand, 2026-11-30.
_MOST_LINES = 60  # of an import or an export
_COLONS = re.compile(r":{3,}[ \t]*(?:\{?[.]?(?P<name>[A-Za-z][\w-]*)[^\S\n]*(?P<rest>.*))?")
_BRACKETED = re.compile(r"\[(?P<label>[^\]]+)\]")
_SLASHES = re.compile(r"/{3,}(?:[ \t]*(?P<name>[A-Za-z][\w-]*)(?:[ \t]*\|[ \t]*(?P<label>.*?))?)?[ \t]*")
_ADMONITION = re.compile(r"(?:!!!|\?\?\?\+?)[ \t]+[\w-]+(?:(?:[ \t]+[\w-]+)*[ \t]+\"(?P<label>[^\"]*)\")?[ \t]*")
_TAB = re.compile(r"===[!+]{0,2}[ \t]+\"(?P<label>[^\"]+)\"[ \t]*")
_ALERT = re.compile(r"\[![A-Za-z]+\][+-]?[ \t]*(?P<label>.*)")
_SHORTCODE = re.compile(
    r"(?:(?:\{\{[<%][^{}]*[>%]\}\}|\{%[^{}]*%\}|\{#[^{}]*#\}|\{\*[^{}]*\*\}|\{/\*[^{}]*\*/\})\s*)++"
)
_SHORT_NAME = re.compile(r"\{[{%][<%]?-?\s*(?P<end>/|end)?\s*(?P<name>[A-Za-z][\w-]*)")
_COMPONENTS = re.compile(r"(?:</?[A-Z][\w.]*+(?:\s[^<>]*+)?/?>\s*)++")
_ATTRIBUTES = re.compile(r"\{:[^{}]*\}|\[\[?_?TOC_?\]?\]", re.IGNORECASE)
_IMPORT = re.compile(r"import\s+(?:[\w*{}\s,$]+\s+from\s+)?['\"][^'\"]+['\"];?\s*|import\s+(?:\w+\s*,\s*)?\{[^}'\"]*")
_EXPORT = re.compile(r"export\s+(?:default|const|let|var|function|class)\b.*")
_CLOSED = re.compile(r"</([A-Z][\w.]*)\s*>|\{[{%][<%]?-?\s*(?:/|end)\s*([A-Za-z][\w-]*)")
_LABEL = re.compile(
    r"\b(?:label|title|header|heading|summary|question|name)\s*=\s*(?:\"(?P<d>[^\"]+)\"|'(?P<s>[^']+)')", re.IGNORECASE
)


class Directive(Struct, frozen=True):
    """One line's mark. style: what kind of container it opens or closes, "" where it does neither. closes: it ends the
    container. label: the title that it gives to what is in it."""

    style: str
    closes: bool = False
    label: Range | None = None


def use_directives(parser: MarkdownIt) -> None:
    """Let the parser give such lines as tokens of type "directive"."""
    parser.block.ruler.before("table", "directive", _rule, {"alt": ["paragraph", "reference", "blockquote", "list"]})


def closed_names(text: str) -> Set[str]:
    """Names of the components and shortcodes that the text closes somewhere: those hold text. Linear."""
    return frozenset(found[1] or found[2] for found in _CLOSED.finditer(text))


def label_in(text: str, start: int, end: int) -> Range | None:
    """The title among the attributes `text[start:end]` of a tag or shortcode."""
    found = _LABEL.search(text, start, end)
    return None if found is None else Range(*found.span("d" if found["d"] else "s"))


def read_directive(text: str, start: int, end: int, closed: Set[str]) -> Directive:
    """What the line `text[start:end]`, which is one, opens or closes. closed: as `closed_names` gives it."""
    if found := _COLONS.fullmatch(text, start, end):
        return Directive(":::", found["name"] is None, _colon_label(text, found) if found["name"] else None)
    if found := _SLASHES.fullmatch(text, start, end):
        return Directive("///", found["name"] is None, _group(found))
    if found := _ADMONITION.fullmatch(text, start, end) or _TAB.fullmatch(text, start, end):
        return Directive("indent", label=_group(found))
    if found := _ALERT.fullmatch(text, start, end):
        return Directive("quote", label=_group(found))
    if found := _SHORT_NAME.match(text, start, end):
        if found["name"] not in closed:
            return Directive("")
        quoted = re.compile(r"\"(?P<label>[^\"]+)\"").search(text, found.end(), end)
        label = label_in(text, found.end(), end) or (_group(quoted) if quoted else None)
        return Directive(found["name"], found["end"] is not None, label)
    return Directive("")


def is_components(line: str) -> bool:
    """Whether a line is tags of components and nothing else."""
    return bool(_COMPONENTS.fullmatch(line))


def _colon_label(text: str, found: re.Match[str]) -> Range | None:
    start, end = found.span("rest")
    if titled := label_in(text, start, end):
        return titled
    if bracketed := _BRACKETED.match(text, start, end):
        return _group(bracketed)
    stop = text.find("{", start, end)
    rest = Range(start, stop if stop >= 0 else end)
    piece = text[rest.start : rest.end]
    left = len(piece) - len(piece.lstrip("} \t"))
    kept = piece.strip("} \t")
    return Range(rest.start + left, rest.start + left + len(kept)) if kept.strip(":") else None


def _group(found: re.Match[str]) -> Range | None:
    start, end = found.span("label")
    return Range(start, end) if 0 <= start < end and found["label"].strip() else None


def _is_directive(line: str) -> bool:
    """A mark of one line, whatever stands before it."""
    if line[0] == ":":
        return bool(_COLONS.fullmatch(line))
    if line[0] in "!?":
        return bool(_ADMONITION.fullmatch(line))
    if line[0] == "/":
        return bool(_SLASHES.fullmatch(line))
    if line[0] == "=":
        return bool(_TAB.fullmatch(line))
    if line[0] == "[":
        return bool(_ATTRIBUTES.fullmatch(line))
    return line[0] == "{" and bool(_SHORTCODE.fullmatch(line) or _ATTRIBUTES.fullmatch(line))


def _rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    at, stop = state.bMarks[start] + state.tShift[start], state.eMarks[start]
    if at >= stop or state.src[at] not in _FIRST or stop - at > _MOST:
        return False
    line = state.src[at:stop].rstrip()
    lines = 0
    kind = "directive"
    if line[0] == "<":
        lines, kind = int(is_components(line)), "html_block"
    elif state.parentType == "blockquote" and _ALERT.fullmatch(line):
        lines = 1
    elif line[0] in "ie":
        lines = 0 if silent else _statement(state, start, end, line)
    elif _is_directive(line):
        lines = 1
    if lines and not silent:
        token = state.push(kind, "", 0)
        token.map = [start, start + lines]
        state.line = start + lines
    return lines > 0


def _statement(state: StateBlock, start: int, end: int, line: str) -> int:
    """How many lines an import or export of MDX has that begins here: to its end, or to a blank line."""
    if _EXPORT.fullmatch(line):
        at = start + 1
        while at < min(end, start + _MOST_LINES) and not state.isEmpty(at):
            at += 1
        return at - start
    if not _IMPORT.fullmatch(line):
        return 0
    if "'" in line or '"' in line:
        return 1
    for at in range(start + 1, min(end, start + _MOST_LINES)):
        if re.match(r"\s*\}\s*from\s+['\"]", state.src[state.bMarks[at] : state.eMarks[at]]):
            return at + 1 - start
    return 0
