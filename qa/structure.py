"""An answer's blocks as what is shown as one: running text, a list, a table, records, or code; and that as Markdown."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from qa.types import BlockForm, Citation, ContentBlock, Entry

Columns = tuple[tuple[int, str], ...]  # where a column's name stands, and the name; -1 and up for those without one
_NUMBER = re.compile(r"(\d{1,9})([.)])\Z")
_BACKTICKS = re.compile(r"`+")
_LIVE_STAR = re.compile(r"(?<!\\)((?:\\\\)*)\*")


class EntryLine(Struct, frozen=True):
    """An item, a row or a record, and what cites it. also: where it is said again."""

    entries: tuple[Entry, ...]
    citations: tuple[Citation, ...]
    also: tuple[Citation, ...] = ()


class Section(Struct, frozen=True):
    """What is shown as one. blocks: those it is made of; one, but for a table, list or records that go on.

    lead: what announces it. lines: of a list, table or records, else none. code: as it is written.
    """

    kind: BlockForm
    blocks: tuple[ContentBlock, ...]
    lead: str = ""
    lead_citations: tuple[Citation, ...] = ()
    lines: tuple[EntryLine, ...] = ()
    code: str = ""

    @property
    def columns(self) -> Columns:
        """Of all its lines, in the order in which the document has them."""
        return tuple(sorted({place: name for line in self.lines for place, (name, _) in cells(line).items()}.items()))


def sections(content: Iterable[ContentBlock]) -> tuple[Section, ...]:
    """The blocks in their order; rows of one table, items of one list and records that follow each other are one."""
    found: list[Section] = []
    for block in content:
        section = section_of(block)
        if found and not block.about and _goes_on(found[-1], section):
            last = found.pop()
            first, *rest = section.lines
            first = EntryLine(first.entries, (*section.lead_citations, *first.citations), first.also)
            lines = (*last.lines, first, *rest)
            section = Section(last.kind, (*last.blocks, block), last.lead, last.lead_citations, lines)
        found.append(section)
    return tuple(found)


def section_of(block: ContentBlock) -> Section:
    """A block alone. One that has no parts to tell apart is running text, whatever its kind."""
    if block.kind == "code" and block.citations:
        return Section("code", (block,), block.lead, block.citations[:-1], (), block.citations[-1].cited_text)
    if not block.entries:
        return Section("sentence", (block,))
    begins = {entry.citation: entry.line for entry in reversed(block.entries)}
    labels = [entry.label_start_char_index for entry in block.entries if entry.label_start_char_index is not None]
    cited: dict[int, list[Citation]] = {}
    lead: list[Citation] = []
    at: int | None = None
    for citation in block.citations:
        at = begins.get(citation.number, at)
        is_header = any(citation.start_char_index <= each < citation.end_char_index for each in labels)
        if at is None and block.lead and not is_header:
            lead.append(citation)
        else:
            cited.setdefault(block.entries[0].line if at is None else at, []).append(citation)
    numbers = list(dict.fromkeys(entry.line for entry in block.entries))
    lines = tuple(
        EntryLine(
            tuple(entry for entry in block.entries if entry.line == number),
            tuple(cited.get(number, ())),
            block.also if number == numbers[-1] else (),
        )
        for number in numbers
    )
    return Section(block.kind, (block,), block.lead, tuple(lead), lines)


def cells(line: EntryLine) -> dict[int, tuple[str, str]]:
    """A row's values with their columns' names, by where those stand; those without a name by their number."""
    found: dict[int, tuple[str, str]] = {}
    for number, entry in enumerate(line.entries):
        place = entry.label_start_char_index
        found[number - len(line.entries) if place is None else place] = (entry.label, entry.text)
    return found


def _goes_on(before: Section, after: Section) -> bool:
    if before.kind != after.kind or not before.lines or not after.lines or before.lead != after.lead:
        return False
    first, last = after.blocks[0].citations[0], before.blocks[-1].citations[0]
    if first.document_id != last.document_id:
        return False
    if before.kind != "row":
        return [c.start_char_index for c in before.lead_citations] == [c.start_char_index for c in after.lead_citations]
    named = {place for place, name in before.columns if name}
    return bool(named.intersection(place for place, _ in after.columns))


class Markdown(Struct, frozen=True):
    """How a section is written. text: shows foreign words as they are, in one line. marks: of citations."""

    text: Callable[[str], str]
    code: Callable[[str], str]

    def items(self, lines: Sequence[EntryLine]) -> Iterator[str]:
        """Items with their markers and indents. A number that Markdown would count otherwise is written as text."""
        counted: list[tuple[int, str] | None] = []  # of each depth, the number that its last item has
        indents = [0]
        for line in lines:
            entry = line.entries[0]
            depth = min(entry.depth, len(counted))
            del indents[depth + 1 :], counted[depth + 1 :]
            number = _NUMBER.match(entry.label)
            before = counted[depth] if depth < len(counted) else None
            is_first = depth >= len(counted)
            now = (int(number[1]), number[2]) if number else None
            counts = now is not None and (is_first or before == (now[0] - 1, now[1]))
            counted[depth:] = [now if counts else None]
            marker, said = (entry.label, entry.text) if counts else ("-", f"{entry.label} {entry.text}".lstrip())
            indents.append(indents[depth] + len(marker) + 1)
            yield f"{' ' * indents[depth]}{marker} {self.text(said)}"

    def named(self, entry: Entry) -> str:
        """`**Column:** value`."""
        name = _LIVE_STAR.sub(r"\1\\*", self.text(entry.label))
        return f"**{name}:** {self.text(entry.text)}" if entry.label else self.text(entry.text)

    def head(self, columns: Columns) -> str:
        """The first two lines of a table."""
        return f"{self._row([name for _, name in columns])}\n|{' --- |' * len(columns)}"

    def row(self, columns: Columns, line: EntryLine, marks: str) -> str:
        """A table's row; the marks stand in its last cell."""
        own = cells(line)
        return self._row([own[place][1] if place in own else "" for place, _ in columns], marks)

    def _row(self, texts: Sequence[str], marks: str = "") -> str:
        written = [self.text(each).replace("|", "\\|") for each in texts]
        return f"| {' | '.join(written)}{marks} |"

    def fenced(self, code: str) -> str:
        """Code between fences longer than any in it."""
        fence = "`" * max(3, 1 + max(map(len, _BACKTICKS.findall(code)), default=0))
        return f"{fence}\n{self.code(code)}\n{fence}"


def plain_lines(code: str) -> str:
    """Code line by line, without the characters that move a cursor, change a colour or reorder what is shown."""
    lines = code.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join("".join(each for each in line if each.isprintable() or each in "\t\u00a0\u200d") for line in lines)
