"""Replies of every kind of block, made as the pipeline makes them from documents as they are written."""

from msgspec import convert
from msgspec.structs import replace

from index.types import Document, Range, Sentence, UnitKind
from qa.composing.citations import cite, prove
from qa.composing.selection import Quote
from qa.reading.reader import OpenPassage
from qa.types import BlockForm, ContentBlock, Reply
from tests.reading import evidence, open_text, shelf_of
from web.http.examples import ANSWERED

STEPS = """# Gateway

To install it, follow these steps:

3. Download the **archive**.
4. Unpack it. Keep `its` name.
   - On Linux use tar.
   - On Windows:
     a) open the explorer
7. Start the *service*.
"""
PORTS = """# Ports

The ports are:

| Port | Used by | Open |
|------|---------|------|
| 8080 | http    | yes  |
| 9090 |         | a\\|b |
"""
CARD = "# Contacts\n\nName: Ada Kowalska\nPhone: +48 555\n"
CODE = 'Restart it with:\n\n````sh\nsudo restart <b>\n  echo "```done```" # [x](y)\n````\n'
HOSTILE = "<img src=x onerror='window.hacked=6'>"
WIDE = (
    "# Wide\n\n| Name | " + " | ".join(f"Column number {n}" for n in range(1, 9)) + " |\n|---" + "|---" * 8 + "|\n"
    f"| {HOSTILE} | " + " | ".join(f"a value of {n} words, or so" for n in range(1, 9)) + " |\n"
)
STRUCK = (
    "# Prices\n\nThe prices are:\n\n- ~~A ticket costs 5 euros.~~ A ticket costs 6 euros.\n- Dogs are ~~not~~ free.\n"
)


def documents() -> dict[str, Document]:
    """All of them, by their ids."""
    written = {"steps": STEPS, "ports": PORTS, "card": CARD, "code": CODE, "wide": WIDE, "struck": STRUCK}
    return {f"{name}.md": open_text(text, f"{name}.md").document for name, text in written.items()}


def block_of(opened: OpenPassage, kind: BlockForm, *found: Sentence) -> ContentBlock:
    """A block of these sentences, with what announces a row or item and a row's header before it, proven."""
    last = found[-1]
    leads = {unit.ranges[0] for unit in opened.sentences if unit.kind is UnitKind.LEAD}
    names = [label.name for label in last.labels if label.name]
    header = [part for part in last.context if any(part.start <= name.start < part.end for name in names)]
    announced = [part for part in last.context if part in leads] if len(found) == 1 else []
    before: tuple[Range, ...] = tuple(sorted({*announced, *(header if kind == "row" else [])}))
    scored = replace(evidence(opened, *[1.0] * len(opened.sentences))[0], sentence=last)
    (block,) = cite([Quote(scored, found, before=before, kind=kind)], [opened])
    prove(shelf_of(opened), [block], None)
    return block


def answer_of(*blocks: ContentBlock) -> Reply:
    """A reply of these, their citations numbered through."""
    numbered = []
    number = 0
    for block in blocks:
        to = {c.number: at for at, c in enumerate((*block.citations, *block.also), number + 1)}
        number += len(to)
        citations = tuple(replace(each, number=to[each.number]) for each in block.citations)
        entries = tuple(replace(each, citation=to[each.citation]) for each in block.entries)
        numbered.append(replace(block, citations=citations, entries=entries))
    return replace(convert(ANSWERED, Reply), content=tuple(numbered), answer=None)


def steps() -> Reply:
    """A lead-in and its list."""
    opened = open_text(STEPS, "steps.md")
    first = next(n for n, unit in enumerate(opened.sentences) if unit.kind is UnitKind.LEAD)
    return answer_of(block_of(opened, "list", *opened.sentences[first:]))


def items() -> Reply:
    """Two items of one list, each a block."""
    opened = open_text(STEPS, "steps.md")
    (one, *_, other) = (unit for unit in opened.sentences if unit.kind is UnitKind.ITEM)
    return answer_of(block_of(opened, "list", one), block_of(opened, "list", other))


def rows(most: int = 2) -> Reply:
    """Rows of one table, each a block."""
    opened = open_text(PORTS, "ports.md")
    found = [unit for unit in opened.sentences if unit.kind is UnitKind.ROW]
    return answer_of(*(block_of(opened, "row", unit) for unit in found[:most]))


def records() -> Reply:
    """Two lines of `key: value`, each a block."""
    opened = open_text(CARD, "card.md")
    return answer_of(*(block_of(opened, "record", u) for u in opened.sentences if u.kind is UnitKind.RECORD))


def code() -> Reply:
    """Code with a fence in it, and the sentence that announces it."""
    opened = open_text(CODE, "code.md")
    return answer_of(block_of(opened, "code", *opened.sentences))


def wide() -> Reply:
    """A row of a table that is wider than any page, markup in it."""
    opened = open_text(WIDE, "wide.md")
    return answer_of(*(block_of(opened, "row", unit) for unit in opened.sentences if unit.kind is UnitKind.ROW))


def struck() -> Reply:
    """Items with words that are struck out, which keep their marks when they are shown."""
    opened = open_text(STRUCK, "struck.md")
    block = block_of(opened, "list", *(unit for unit in opened.sentences if unit.kind is UnitKind.ITEM))
    written = [opened.document.text[each.start_char_index : each.end_char_index] for each in block.entries]
    entries = tuple(replace(each, text=text) for each, text in zip(block.entries, written, strict=True))
    return answer_of(replace(block, text="\n".join(written), entries=entries))


def mixed() -> Reply:
    """Prose, steps, rows, code and prose again."""
    opened = open_text(CODE, "code.md")
    prose = block_of(opened, "sentence", opened.sentences[0])
    return answer_of(prose, *steps().content, *rows().content, *code().content, prose)
