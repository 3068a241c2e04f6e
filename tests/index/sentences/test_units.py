"""What each unit of a document is, and what it is read with."""

import pytest
from hypothesis import given

from index.readers import read
from index.sentences.segmenter import split_sentences
from index.types import Block, BlockKind, Document, Sentence, UnitKind
from tests.strategies import texts_with_blocks


def units(text: str, name: str = "a.md") -> list[str]:
    """Each unit but headings and titles as `kind: context > context > its text [name=value]`."""
    document = read(text.encode(), name, "d")
    heads = {BlockKind.TITLE, BlockKind.HEADING}
    every = split_sentences(document.text, document.blocks)
    return [_told(document, unit) for unit in every if document.blocks[unit.block].kind not in heads]


def _told(document: Document, unit: Sentence) -> str:
    text = document.text
    parts = [*unit.context, *unit.ranges]
    labels = " ".join(
        f"[{text[label.name.start : label.name.end] if label.name else ''}={text[label.value.start : label.value.end]}]"
        for label in unit.labels
    )
    said = " > ".join(" ".join(text[part.start : part.end].split()) for part in parts)
    return f"{unit.kind.value}: {said}" + (f" {labels}" if labels else "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Town\n\n## Mill\n\nIt is old.\n", ["sentence: Mill > It is old."]),
        ("Buy these:\n\n- salt\n- oil\n", ["lead: Buy these:", "item: Buy these: > salt", "item: Buy these: > oil"]),
        (
            "1. Open the gate.\n2. Wait.\n",
            ["item: 1. > Open the gate.", "item: 2. > Wait."],
        ),
        (
            "- [x] Paint.\n- [ ] Mow.\n",
            ["item: [x] > Paint.", "item: [ ] > Mow."],
        ),
        (
            "- Fruit\n  - pears\n  - plums\n- Nuts\n",
            ["lead: Fruit", "item: Fruit > pears", "item: Fruit > plums", "item: Nuts"],
        ),
        (
            "| Boat | Crew |\n|---|---|\n| Tern | 4 |\n",
            ["lead: Boat | Crew", "row: Boat | Crew > Tern | 4 [Boat=Tern] [Crew=4]"],
        ),
        (
            "# Town\n\n## May I park here?\n\nYes, until noon.\n",
            ["sentence: May I park here? > Yes, until noon."],
        ),
        (
            "# Town\n\n**May I park here?**\n\nYes, until noon.\n",
            ["question: May I park here?", "sentence: May I park here? > Yes, until noon."],
        ),
        (
            "To start it, run:\n\n```sh\nmill start\n```\n",
            ["lead: To start it, run:", "code: To start it, run: > mill start"],
        ),
    ],
)
def test_units_of_markdown(text: str, expected: list[str]) -> None:
    assert units(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Town\n====\n\nQ: May I park here?\nA: Yes, until noon.\n",
            ["question: May I park here?", "sentence: May I park here? > Yes, until noon."],
        ),
    ],
)
def test_units_of_plain_text(text: str, expected: list[str]) -> None:
    assert units(text, "a.txt") == expected


@given(texts_with_blocks())
def test_context_stands_before_its_unit_and_labels_within_it(laid: tuple[str, list[Block]]) -> None:
    text, blocks = laid
    for unit in split_sentences(text, blocks):
        assert all(0 <= part.start < part.end <= unit.start for part in unit.context)
        assert list(unit.context) == sorted(set(unit.context))
        for label in unit.labels:
            assert unit.start <= label.value.start <= label.value.end <= unit.end
        assert (unit.kind is UnitKind.ROW) <= (blocks[unit.block].kind is BlockKind.TABLE)


def test_a_row_of_very_many_cells_takes_linear_time() -> None:
    text = "| " + " | ".join(f"c{n}" for n in range(20_000)) + " |\n|" + "---|" * 20_000 + "\n| " + "1 | " * 19_000
    document = read(text.encode(), "a.md", "d")
    rows = [unit for unit in split_sentences(document.text, document.blocks) if unit.kind is UnitKind.ROW]
    labels = [label for unit in rows for label in unit.labels]
    assert len(labels) == 39_000  # a header of so many names is a row itself
    assert not any(label.name for label in labels)
