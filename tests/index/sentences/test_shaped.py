"""What the units of shaped text are read with: names of records, terms, speakers, writers, clauses and columns."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.readers import read
from index.sentences.markup import display
from index.sentences.segmenter import split_sentences

LINES = st.sampled_from(
    (
        "Name: Ada", "Role: clerk", "", "a;b;c", "1;2;3", "x,y,z", "| a | b |", "+---+---+", "> quoted", "From: Bo",
        "On Monday Bo wrote:", "(a) one;", "(i) two", "4.2 The tenant pays", "ANNA: No.", "[00:01] Bo: Yes.", "-- ",
        "-v     be loud", "TERM", "    its meaning.", "First .... 3", "[web]", "port = 80", "con-", "veyor belts run.",
    )
)  # fmt: skip


def units(text: str) -> list[tuple[str, list[str]]]:
    """Each unit as written, with what it is read with."""
    document = read(text.encode(), "a.txt", "d")
    found = split_sentences(document.text, document.blocks)
    return [(text[unit.start : unit.end], [text[part.start : part.end] for part in unit.context]) for unit in found]


@pytest.mark.parametrize(
    ("text", "unit", "context"),
    [
        ("Name: Ada\nPhone: 12\n\nName: Bo\nPhone: 34\n", "Phone: 34", ["Name: Bo"]),
        ("Id: 7\nName: Bo\nPhone: 34\n", "Phone: 34", ["Name: Bo"]),
        ("Rope Works\nPhone: 12\nDelivery: 3 days\n", "Delivery: 3 days", ["Rope Works"]),
        ("[mail]\nport = 25\nuser = bo\n\n[web]\nport = 80\nuser = ada\n", "port = 80", ["[web]"]),
        ("4.2 The tenant pays:\n   (a) the rent;\n   (b) the heating.\n", "the rent;", ["4.2 The tenant pays:", "(a)"]),
        ("A is due if\n(a) one holds;\n(b) two holds with\n(i) three; or\n(ii) four.\n", "four.",
         ["(b)", "two holds with", "(ii)"]),
        ("From: Bo\nTo: Ada\nSubject: Boats\n\nThe boat is sold.\n", "The boat is sold.", ["From: Bo"]),
        ("From: Bo\nTo: Ada\nSubject: Boats\n\nYes.\n\nOn Monday Ada wrote:\n> Sell the boat.\n", "Sell the boat.",
         ["On Monday Ada wrote:"]),
        ("ANNA: The boat is old. It leaks.\nBEN: Sell it.\n", "It leaks.", ["ANNA"]),
        ("Best,\nAda\n\n--\nAda Brandt\nTel. 555-0101\n", "Tel. 555-0101", ["Ada Brandt"]),
        ("Ship,Berth,Length\nAurora,North 1,120\nPetrel,South 2,88\n", "Petrel,South 2,88", ["Ship,Berth,Length"]),
    ],
)  # fmt: skip
def test_units_are_read_with_what_they_belong_to(text: str, unit: str, context: list[str]) -> None:
    assert (unit, context) in units(text)


def test_a_quoted_separator_parts_nothing() -> None:
    text = 'Item,Shelf,Count\n"Paint, red",C1,18\nRope,A4,140\n'
    document = read(text.encode(), "a.txt", "d")
    row = next(
        unit for unit in split_sentences(document.text, document.blocks) if "Paint" in text[unit.start : unit.end]
    )
    values = [text[label.value.start : label.value.end] for label in row.labels]
    names = [text[label.name.start : label.name.end] for label in row.labels if label.name]
    assert (names, values) == (["Item", "Shelf", "Count"], ["Paint, red", "C1", "18"])


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("con-\nveyor", "conveyor"),
        ("long-\nterm", "long-term"),
        ("state-of-\nthe-art", "state-of-the-art"),
        ("x-\nray", "x-ray"),
        ("Anna-\nLena", "Anna-Lena"),
        ("555-\n0199", "555-0199"),
        ("one-\nand two-storey", "one- and two-storey"),
        ("re\u00ad\nfund", "refund"),
        ("> con-\r\n> veyor", "> conveyor"),
        ("a - \nb", "a - b"),
    ],
)
def test_words_broken_at_line_ends_are_shown_in_one_piece(text: str, shown: str) -> None:
    assert display(text) == shown == display(shown)


@settings(deadline=None)
@given(st.lists(LINES, max_size=25), st.sampled_from(("\n", "\r\n", "\r")))
def test_units_are_in_order_apart_and_nothing_is_lost(lines: list[str], ending: str) -> None:
    text = ending.join(lines)
    document = read(text.encode(), "a.txt", "d")
    assert document.text == text
    for before, block in zip(document.blocks, document.blocks[1:], strict=False):
        assert before.end <= block.start
    covered = "".join(text[block.start : block.end] for block in document.blocks)
    assert "".join(covered.split()).replace(">", "") == "".join(text.split()).replace(">", "")
    end = 0
    for unit in split_sentences(text, document.blocks):
        assert end <= unit.start < unit.end <= len(text)
        end = unit.end
        for label in unit.labels:
            assert unit.start <= label.value.start < label.value.end <= unit.end
