import itertools
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import given

from index.sentences.markup import display
from index.sentences.segmenter import LIMITS, split_sentences, split_text
from index.types import Block, BlockKind, Range, Sentence
from tests.strategies import texts, texts_with_blocks

P, H, F, X = BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.FOOTNOTE, BlockKind.BOILERPLATE


def lay(*parts: tuple[BlockKind, str]) -> tuple[str, list[Block]]:
    """The parts one under the other, and a block for each."""
    text, blocks = "", []
    for kind, body in parts:
        blocks.append(Block(kind, len(text), len(text) + len(body)))
        text += body + "\n\n"
    return text, blocks


def shown(*parts: tuple[BlockKind, str]) -> list[tuple[str, ...]]:
    """The pieces of each sentence, as they stand in the text."""
    text, blocks = lay(*parts)
    return [tuple(text[part.start : part.end] for part in found.ranges) for found in split_sentences(text, blocks)]


def test_titles_headings_and_bylines_are_one_sentence_each() -> None:
    found = shown(
        (BlockKind.TITLE, "# Who pays? A study. Part one"),
        (BlockKind.BYLINE, "By A. Lee<sup>1</sup>"),
        (H, "### **I. The Cost. And the Gain** ###"),
        (H, "Setext\n======"),
    )
    assert found == [
        ("Who pays? A study. Part one",),
        ("By A. Lee",),
        ("I. The Cost. And the Gain",),
        ("Setext",),
    ]


def test_list_items_are_split_each_on_its_own_without_their_markers() -> None:
    text = "- Tea. It is hot.\n- Rice\n  and beans\n  * [x] Salt\n3. Oil"
    assert shown((BlockKind.LIST, text)) == [("Tea.",), ("It is hot.",), ("Rice\n  and beans",), ("Salt",), ("Oil",)]
    assert shown((BlockKind.LIST, "Tea\nRice")) == [("Tea",), ("Rice",)]


def test_a_table_gives_one_sentence_a_row() -> None:
    found = shown((BlockKind.TABLE, "| Port | Depth |\n|---|:--:|\n| Aden. | 12 m |"))
    assert found == [("Port | Depth",), ("Aden. | 12 m",)]


def test_boilerplate_gives_none_and_footnotes_lose_their_number() -> None:
    found = shown((X, "Subscribe now. Really."), (F, "(*1) ^ Seen in May. Twice."), (F, "3. Ann Lee, Ports, 1990."))
    assert found == [("Seen in May.",), ("Twice.",), ("Ann Lee, Ports, 1990.",)]
    assert shown((F, "[^2]: A note."), (F, "<sup>iv</sup> “Tides”")) == [("A note.",), ("“Tides”",)]


def test_emphasis_over_several_sentences_and_a_label_stay_outside() -> None:
    found = shown((P, "**ABSTRACT:** *In 1999, the port was sold. It paid **well**. The end.*"), (P, "*All of it.*"))
    assert found == [
        ("ABSTRACT:",),
        ("In 1999, the port was sold.",),
        ("It paid **well**.",),
        ("The end.",),
        ("All of it.",),
    ]


def test_quoted_and_odd_lines() -> None:
    assert shown((P, "> Quoted once.\n> And again.")) == [("Quoted once.",), ("And again.",)]
    assert shown((P, "* * *"), (P, "[12]"), (P, "<sup>1</sup>"), (P, "\u200b"), (P, "🙂")) == []


LONG = "The harbour was enlarged twice. A new quay was built for the ships of the "


@pytest.mark.parametrize(
    "between",
    [
        (),
        ((X, "---"), (F, "<sup>1</sup> Ann Lee is a student."), (X, "12")),
        ((BlockKind.CAPTION, "The quay, seen from the west."),),
    ],
)
def test_a_sentence_that_is_cut_off_is_one_with_two_ranges(between: tuple[tuple[BlockKind, str], ...]) -> None:
    found = shown((P, LONG + "old"), *between, (P, "line.v On May 3, it opened."))
    assert found[0] == ("The harbour was enlarged twice.",)
    assert found[1] == ("A new quay was built for the ships of the old", "line.")
    assert found[-1] == ("On May 3, it opened.",)


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        (LONG + "old,", "slow line.", True),
        (LONG.strip(), "Northern Line and of others.", True),
        (LONG + "U.S.", "navy and others.", True),
        (
            "港は二度拡張された。新しい埠頭は古い船会社の大型客船のために、町の西側の浅い入り江を埋め立てて",
            "造られた。",
            True,
        ),
        (LONG + "old line.", "and of others.", False),
        (LONG + "old line:", "first, the ferry.", False),
        (LONG + "old", "Northern Line and others.", False),
        (LONG + "old", "b) the ferry.", False),
        (LONG + "old", "www.example.org", False),
        ("Opening hours", "from nine to five.", False),
    ],
)
def test_what_goes_on_and_what_does_not(first: str, second: str, joined: bool) -> None:
    found = shown((P, first), (P, second))
    assert any(len(parts) == 2 for parts in found) is joined


def test_headings_and_lists_stop_the_search_for_the_other_half() -> None:
    for kind in (H, BlockKind.LIST, BlockKind.TABLE, BlockKind.TITLE):
        assert all(len(parts) == 1 for parts in shown((P, LONG + "old"), (kind, "Next"), (P, "line goes on.")))


def test_a_cut_that_never_ends_does_not_swallow_a_list_of_lines() -> None:
    line = "and another line of words that never comes to any stop"
    found = shown(*[(P, line)] * 100)
    assert len(found) > 10
    assert max(len(parts) for parts in found) <= 8


def _flat(sentences: tuple[Sentence, ...]) -> list[Range]:
    return sorted(part for sentence in sentences for part in sentence.ranges)


@given(texts_with_blocks())
def test_ranges_are_in_bounds_ordered_apart_trimmed_and_not_empty(laid: tuple[str, list[Block]]) -> None:
    text, blocks = laid
    sentences = split_sentences(text, blocks)
    parts = _flat(sentences)
    assert [sentence.ordinal for sentence in sentences] == list(range(len(sentences)))
    assert [sentence.start for sentence in sentences] == sorted(sentence.start for sentence in sentences)
    assert all(left.end <= right.start for left, right in itertools.pairwise(parts))
    for sentence in sentences:
        block = blocks[sentence.block]
        assert block.kind is not X
        assert block.start <= sentence.ranges[0].start < sentence.ranges[0].end <= block.end
    for part in parts:
        piece = text[part.start : part.end]
        assert piece
        assert piece == piece.strip()
        assert display(piece)


@given(texts)
def test_every_word_of_plain_text_is_in_a_sentence(text: str) -> None:
    """Without what may be a marker (digits, roman numerals, tags, brackets) nothing is left out."""
    plain = "".join(c for c in text if c.isalpha() or c in ".!?,;“”\"' \n")
    plain = "".join("w" if c in "ivxlcIVXLC" else c for c in plain)
    if plain:
        parts = _flat(split_sentences(plain, [Block(P, 0, len(plain))]))
        kept = "".join(plain[part.start : part.end] for part in parts)
        assert sum(map(str.isalpha, kept)) == sum(map(str.isalpha, plain))


@given(texts_with_blocks())
def test_blocks_are_split_alike_alone_and_together(laid: tuple[str, list[Block]]) -> None:
    text, blocks = laid
    together = _flat(split_sentences(text, blocks))
    alone = [part for block in blocks for part in _flat(split_sentences(text, [block]))]
    assert together == alone


def _steps(work: Callable[[], object]) -> int:
    """Lines of our code run by `work`."""
    count = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace if Path(frame.f_code.co_filename).parent.name == "index" else None

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


ADVERSE = (
    "The U.S. cat sat. ",
    "! ",
    "a. ",
    "(a. ",
    "1. a ",
    "“a.” ",
    "[1]",
    "((.))",
    "word.ii ",
    "。「",
    "[a](",
    "\n \n",
)


@pytest.mark.parametrize("piece", ADVERSE)
def test_twice_the_text_takes_twice_the_steps(piece: str) -> None:
    text = piece * 200
    once, twice = _steps(lambda: split_text(text)), _steps(lambda: split_text(text * 2))
    assert twice <= 2.2 * once + 100


@pytest.mark.parametrize(
    "piece", [*ADVERSE, ".", " . . .", "a.a", "<sup>", "> \n", "- a\n", "*a ", "http://a?B", "\u200b"]
)
def test_long_adverse_paragraphs_come_back(piece: str) -> None:
    text = piece * (150_000 // len(piece))
    blocks = [Block(P, 0, len(text))]
    assert all(part.end <= len(text) for part in _flat(split_sentences(text, blocks)))
    assert all(part.end <= len(text) for part in split_text(text))


def test_a_sentence_without_an_end_is_cut_and_its_rest_left_out() -> None:
    clause = "the mill and the bakery and the bridge; "
    for text in (clause * 60, "x" * 5_000, "word " * 60_000):
        sentences = split_sentences(text, [Block(BlockKind.PARAGRAPH, 0, len(text.rstrip()))])
        assert len(sentences) <= 200
        assert all(0 < s.end - s.start <= LIMITS.sentence for s in sentences)
        gaps = [text[a.end : b.start] for a, b in itertools.pairwise(sentences)]
        assert not "".join(gaps).strip()
    text = clause * 60
    ends = {text[s.end - 1] for s in split_sentences(text, [Block(BlockKind.PARAGRAPH, 0, len(text.rstrip()))])}
    assert ends == {";"}


PROSE_CUT = "The mill stood by the river and was the oldest of"  # more than forty characters, and no stop


def _halves(between: int, last: str = "the lock") -> int:
    """How many ranges the cut sentence has with so many notes between its halves."""
    found = shown((P, PROSE_CUT), *[(F, "1 A note.")] * between, (P, f"{last} that anyone knew."))
    return len(next(ranges for ranges in found if ranges[0] == PROSE_CUT))


def test_a_page_has_at_most_twelve_notes_between_two_halves() -> None:
    assert [_halves(count) for count in (0, 1, 12, 13)] == [2, 2, 2, 1]


def test_where_the_other_half_of_a_cut_sentence_may_begin() -> None:
    assert _halves(1, "Weir") == 2  # after "of" a capital goes on, too
    assert _halves(1, "a) lock") == 1
    assert _halves(1, "https://lock.org is") == 1
    assert len(shown((P, "The oldest of"), (P, "the mills."))[0]) == 1  # too short to be prose
    assert len(shown((P, PROSE_CUT + " all."), (P, "the lock."))[0]) == 1
    ended = "The mill was given to the most venerable Prof."
    assert len(shown((P, ended), (P, "the lock's keeper."))[0]) == 2
    assert len(shown((P, ended), (P, "Weir, the lock's keeper."))[0]) == 1
    assert len(shown((P, PROSE_CUT), (H, "A heading"), (P, "the lock."))[0]) == 1


def test_a_sentence_over_more_than_eight_paragraphs_is_a_list_of_lines() -> None:
    parts = [(P, f"{PROSE_CUT} number {number} of" if not number else f"the {PROSE_CUT}") for number in range(12)]
    assert max(len(ranges) for ranges in shown(*parts)) == LIMITS.ranges == 8
    assert (LIMITS.cut_block, LIMITS.sentence, LIMITS.pieces) == (40, 1_000, 200)
