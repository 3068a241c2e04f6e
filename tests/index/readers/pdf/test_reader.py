"""PDF: what is read, in which order, as what, and where it stands."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from index.errors import DocumentError
from index.readers import read
from index.readers.pdf.pieces import PagePiece
from index.readers.pdf.reader import PdfReader, open_pdf
from index.readers.pdf.scans import pieces_of_tsv, recognised
from index.sentences.hyphens import joined_lines
from index.sentences.segmenter import split_sentences
from index.types import BlockKind, Document
from tests.counting import calls_of
from tests.pdfs import HEIGHT, WIDTH, Page, Stroke, Words, paragraph, pdf

STORY = [
    "The harbour of Linford was built by the brothers Hale in the spring of",
    "1911, when the old pier had burned down and no boat could land there for",
    "weeks on end. It has two moles, a crane for eleven tonnes and a light.",
]
LEFT = [
    "The first column tells how the sluice",
    "was opened every morning at six by the",
    "keeper, who lived in the small house at",
    "its side and kept the book of the levels",
]
RIGHT = [
    "and of the ships that had passed it by",
    "night. Nobody paid a toll before nine,",
    "since the collector was never there when",
    "the first ones came through the gates.",
]


def document(pages: Sequence[Page], **more: Any) -> Document:
    return read(pdf(pages, **more), "file.pdf", "")


def blocks(found: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, found.text[block.start : block.end]) for block in found.blocks]


def sentences(found: Document) -> list[str]:
    return [
        joined_lines(" ".join(found.text[part.start : part.end] for part in sentence.ranges)).replace("\n", " ")
        for sentence in split_sentences(found.text, found.blocks)
    ]


def kinds(found: Document, kind: BlockKind) -> list[str]:
    return [found.text[block.start : block.end] for block in found.blocks if block.kind is kind]


def test_a_page_is_title_headings_and_paragraphs_by_size_and_gaps() -> None:
    page = [
        Words(60, 80, "Harbours of the North", 22, True),
        *paragraph(60, 120, STORY),
        Words(60, 175, "The crane", 13, True),
        *paragraph(60, 200, STORY),
    ]
    found = document([page])
    assert blocks(found) == [
        ("title", "Harbours of the North"),
        ("paragraph", "\n".join(STORY)),
        ("heading", "The crane"),
        ("paragraph", "\n".join(STORY)),
    ]
    assert found.title == "Harbours of the North"


def test_every_line_has_its_place_as_shares_of_the_page() -> None:
    found = document([[], paragraph(60, 121, STORY)])
    assert [place.label for place in found.places] == ["page 2"] * 3
    first, second, _ = (place.box for place in found.places)
    assert first is not None
    assert second is not None
    assert found.text[found.places[1].start : found.places[1].end] == STORY[1]
    assert first[0] == pytest.approx(60 / WIDTH, abs=0.002)
    assert first[1] < 118 / HEIGHT < first[3] <= second[3]
    assert second[1] == pytest.approx(first[1] + 12 / HEIGHT, abs=0.002)


def test_two_columns_are_read_one_after_the_other_below_what_goes_over_both() -> None:
    page = [
        Words(60, 60, "A heading over both of the columns, wider than one", 16, True),
        *paragraph(60, 100, LEFT),
        *paragraph(320, 100, RIGHT),
        Words(60, 170, "A line in the middle of the page that goes over both columns again, and ends.", 10),
        *paragraph(60, 200, LEFT),
        *paragraph(320, 200, RIGHT),
    ]
    text = document([page]).text.replace("\n\n", "\n")
    assert text.split("\n")[1:] == [
        *LEFT,
        *RIGHT,
        "A line in the middle of the page that goes over both columns again, and ends.",
        *LEFT,
        *RIGHT,
    ]


def test_a_sentence_over_columns_and_pages_is_one() -> None:
    page = [*paragraph(60, 100, LEFT), *paragraph(320, 100, RIGHT[:-1])]
    found = document([page, paragraph(60, 100, ["the first ones came through the gates. It rained."])])
    assert sentences(found)[0] == " ".join(LEFT) + " and of the ships that had passed it by night."
    assert sentences(found)[1] == " ".join(RIGHT[1:])[7:]
    ends = [place.page for place in found.places]
    assert ends == [1] * 7 + [2]


def test_furniture_of_pages_is_left_out_and_parts_no_sentence() -> None:
    pages: list[Page] = []
    for number in range(1, 7):
        head = "Yearbook of Linford" if number % 2 else "Second part: the water"
        lines = [
            f"on page {number} the sentence goes on for some long while of many more words, and",
            "it is carried over to",
        ]
        pages.append([Words(60, 40, head, 8), *paragraph(60, 150, lines), Words(290, 810, f"- {number} -", 8)])
    found = document(pages)
    furniture = kinds(found, BlockKind.BOILERPLATE)
    assert furniture.count("Yearbook of Linford") == 3
    assert furniture.count("Second part: the water") == 3
    assert "- 4 -" in furniture
    assert len(sentences(found)) == 1


def test_lines_that_only_look_alike_are_no_furniture() -> None:
    pages = [[Words(60, 60, f"Invoice {n} of the year"), Words(60, 90, f"Sum of {n * n} euros")] for n in (31, 57, 60)]
    assert kinds(document(pages), BlockKind.BOILERPLATE) == []
    marked = [[Words(60, 40, f"Secret, page {n} of 3, again"), *paragraph(60, 150, STORY)] for n in (1, 2, 3)]
    assert len(kinds(document(marked), BlockKind.BOILERPLATE)) == 3


def test_page_numbers_in_roman_and_with_a_changing_head_are_furniture() -> None:
    heads = ["Geese", "Swans", "Herons", "Ducks"]
    pages = [
        [Words(60, 40, f"{number + 10} {head}", 8), *paragraph(60, 150, STORY)] for number, head in enumerate(heads)
    ]
    assert kinds(document(pages), BlockKind.BOILERPLATE) == ["10 Geese", "11 Swans", "12 Herons", "13 Ducks"]
    roman = [[*paragraph(60, 150, STORY), Words(290, 810, text, 8)] for text in ("iii", "iv", "v", "vi")]
    assert kinds(document(roman), BlockKind.BOILERPLATE) == ["iii", "iv", "v", "vi"]


def test_numbers_of_lines_at_the_margin_are_furniture() -> None:
    lines = [line for _ in range(4) for line in STORY]
    numbers = [Words(30, 100 + 12 * number, str(number + 1), 7) for number in range(12)]
    found = document([[*numbers, *paragraph(60, 100, lines)]])
    assert kinds(found, BlockKind.BOILERPLATE) == ["\n".join(str(number) for number in range(1, 13))]
    assert all(line in found.text for line in STORY)


def test_words_broken_at_the_end_of_a_line_are_shown_in_one_piece() -> None:
    lines = ["The keeper of the light was paid by the coun-", "cil of the town until the end of the war."]
    found = document([paragraph(60, 100, lines)])
    assert found.text == "\n".join(lines)
    assert sentences(found) == ["The keeper of the light was paid by the council of the town until the end of the war."]


def test_an_indent_begins_a_paragraph_and_a_hanging_one_does_not() -> None:
    page = [*paragraph(60, 100, STORY), Words(75, 136, STORY[0]), *paragraph(60, 148, STORY[1:])]
    assert len(kinds(document([page]), BlockKind.PARAGRAPH)) == 2
    hanging = [
        Words(60, 100, STORY[0]),
        *paragraph(80, 112, STORY[1:]),
        Words(60, 136, STORY[0]),
        Words(80, 148, STORY[1]),
    ]
    assert len(kinds(document([hanging]), BlockKind.PARAGRAPH)) == 2


def test_lists_keep_numbers_depth_and_further_lines() -> None:
    page = [
        *paragraph(60, 100, STORY),
        Words(60, 150, "\u2022 the first of the items, which is so long that it"),
        Words(68, 162, "goes on in a second line"),
        Words(80, 174, "\u2013 one that stands below it"),
        Words(60, 186, "\u2022 the second"),
    ]
    assert kinds(document([page]), BlockKind.LIST) == [
        "- the first of the items, which is so long that it\n  goes on in a second line\n"
        "  - one that stands below it\n- the second"
    ]


def test_cells_below_each_other_are_a_table() -> None:
    rows = [
        ("Port", "Depth", "Crane"),
        ("Linford", "4.2 m", "11 t"),
        ("Oxhey", "3.1 m", "none"),
        ("Wick", "6 m", "2 t"),
    ]
    cells = [
        Words(x, 150 + 14 * n, text) for n, row in enumerate(rows) for x, text in zip((60, 200, 300), row, strict=True)
    ]
    found = document([[*paragraph(60, 100, STORY), *cells, *paragraph(60, 230, STORY)]])
    assert kinds(found, BlockKind.TABLE) == [
        "| Port | Depth | Crane |\n|---|---|---|\n"
        "| Linford | 4.2 m | 11 t |\n| Oxhey | 3.1 m | none |\n| Wick | 6 m | 2 t |"
    ]
    assert len(kinds(found, BlockKind.PARAGRAPH)) == 2


def test_a_cell_of_several_lines_is_one_cell() -> None:
    cells = [
        *(Words(60, y, text) for y, text in ((100, "Step"), (120, "Load"), (152, "Move"), (184, "Stop"))),
        *(Words(160, y, text) for y, text in ((100, "What is done"), (120, "Put the boxes"), (132, "on the lorry"))),
        *(Words(160, y, text) for y, text in ((152, "Drive it to"), (164, "the pier"), (184, "Brake"))),
        *(Words(300, y, text) for y, text in ((100, "Time"), (120, "1 h"), (152, "2 h"), (184, "1 min"))),
    ]
    assert document([cells]).text.splitlines()[2:] == [
        "| Load | Put the boxes on the lorry | 1 h |",
        "| Move | Drive it to the pier | 2 h |",
        "| Stop | Brake | 1 min |",
    ]


def test_small_print_with_a_mark_at_the_foot_is_a_note() -> None:
    note = [Words(60, 700, "1 See the yearbook of 1912, which has the whole story.", 7)]
    assert kinds(document([[*paragraph(60, 100, STORY * 4), *note]]), BlockKind.FOOTNOTE) == [note[0].text]


def test_raised_figures_are_raised() -> None:
    page = [
        Words(60, 100, "The dam is long"),
        Words(128, 96, "7", 6),
        Words(134, 100, " and old, says everybody here."),
    ]
    assert "long⁷ and old" in document([page]).text


def test_what_is_printed_twice_is_read_once() -> None:
    found = document([[Words(60, 100, STORY[0]), Words(60.3, 100, STORY[0]), Words(60, 112, STORY[1])]])
    assert found.text == "\n".join(STORY[:2])


def test_letters_set_apart_are_a_word() -> None:
    letters = [Words(60 + 14 * number, 60, letter, 14) for number, letter in enumerate("HARBOUR")]
    assert document([[*letters, *paragraph(60, 100, STORY)]]).text.startswith("HARBOUR\n\n")
    spaced = [Words(60, 60, "H A R B O U R", 14), *paragraph(60, 100, STORY)]
    assert document([spaced]).text.startswith("HARBOUR\n\n")


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_pages_that_are_turned_are_read_and_marked_where_they_are_seen(degrees: int) -> None:
    upright = {90: 1, 180: 2, 270: 3}[degrees]  # text that is upright once the page is turned
    page = [Words(300, 400, STORY[0][:30], turn=upright), Words(300, 500, "Another line stands here", turn=upright)]
    found = document([page], rotate=degrees)
    assert STORY[0][:30] in found.text
    box = found.places[0].box
    assert box is not None
    assert (box[2] - box[0]) > (box[3] - box[1])


def test_text_at_the_margin_that_is_set_upright_is_left_out() -> None:
    found = document([[*paragraph(60, 100, STORY), Words(20, 500, "arXiv:1234.5678 [cs]", turn=1)]])
    assert kinds(found, BlockKind.BOILERPLATE) == ["arXiv:1234.5678 [cs]"]


def test_the_outline_gives_levels() -> None:
    page = [
        Words(60, 60, "Water", 13, True),
        *paragraph(60, 90, STORY),
        Words(60, 150, "Sluices", 10),
        *paragraph(60, 180, STORY),
    ]
    found = document([page], outline=[("Water", 0), ("Sluices", 0)])
    assert kinds(found, BlockKind.HEADING) == ["Sluices"] or len(kinds(found, BlockKind.HEADING)) == 2


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("Ports and Piers", "Ports and Piers"),
        ("Microsoft Word - x.doc", "file"),
        ("untitled", "file"),
        ("report_final.docx", "file"),
    ],
)
def test_a_stated_title_is_taken_unless_it_is_junk(stated: str, title: str) -> None:
    info = {"Title": stated, "Author": "Ann Hale", "CreationDate": "D:20240229120000Z"}
    found = document([paragraph(60, 100, STORY)], info=info)
    assert found.title == title
    assert found.metadata.author is not None
    assert found.metadata.author.value == "Ann Hale"
    assert found.metadata.date is not None
    assert found.metadata.date.value == "2024-02-29"


def test_invisible_text_over_a_scan_is_read() -> None:
    assert document([[Words(60, 100, STORY[0], mode=3)]]).text == STORY[0]


def test_a_broken_file_is_an_error_that_says_so() -> None:
    good = pdf([paragraph(60, 100, STORY)])
    with pytest.raises(DocumentError, match="it is damaged"):
        PdfReader().read(b"%PDF-1.7\n" + good[700:720], "file.pdf")


def test_an_empty_page_is_a_document_without_text() -> None:
    assert document([[Stroke(10, 10, 100, 10)]]).warnings == ("The file holds no text.",)


def scan() -> bytes:
    """A page that is a picture."""
    picture = b"q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"
    return pdf([[Words(0, 0, "", 1)]]).replace(b"BT /F 1 Tf 0 Tr 1 0 0 1 0 842 Tm () Tj ET", picture)


def test_a_scan_is_an_error_unless_it_can_be_recognised() -> None:
    with pytest.raises(DocumentError, match="pictures without text"):
        PdfReader(lambda *_: None).read(scan(), "scan.pdf")
    found = PdfReader(lambda *_: [PagePiece("Read by a machine.", 10, 10, 90, 20, 20, 10, False)]).read(
        scan(), "scan.pdf"
    )
    assert found.text == "Read by a machine."
    assert "recognised" in found.warnings[0]


def test_what_tesseract_says_becomes_lines() -> None:
    table = (
        "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
        "4\t1\t1\t1\t1\t0\t0\t0\t9\t9\t-1\t\n"
        "5\t1\t1\t1\t1\t1\t100\t50\t80\t20\t96.1\tTwo\n"
        "5\t1\t1\t1\t1\t2\t200\t50\t90\t22\t91.0\twords\n"
        "5\t1\t1\t1\t2\t1\t100\t90\t90\t20\t3.0\t~;\n"
    )
    (piece,) = pieces_of_tsv(table, 0.5)
    assert (piece.text, piece.left, piece.top, piece.right, piece.bottom) == ("Two words", 50, 25, 145, 36)


def test_work_grows_with_the_pages() -> None:
    def calls(pages: int) -> int:
        data = pdf([[*paragraph(60, 100, STORY * 8)]] * pages)
        return calls_of(lambda: PdfReader().read(data, "file.pdf"))

    assert calls(40) < 5 * calls(10)


def test_a_raised_number_alone_is_no_page_number_and_one_in_dashes_is() -> None:
    page = [Words(60, 60, "\u00b2", 8), *paragraph(60, 100, STORY), Words(280, 810, "- 41 -", 9)]
    found = document([page])
    assert kinds(found, BlockKind.BOILERPLATE)[-1] == "- 41 -"


def test_small_print_apart_at_the_foot_of_a_column_parts_no_sentence() -> None:
    rights = paragraph(60, 180, ["Permission to make copies of this work", "is granted to everybody."], 7, 9)
    page = [*paragraph(60, 100, LEFT), *rights, *paragraph(320, 100, RIGHT)]
    found = document([page])
    assert sentences(found)[0] == " ".join([*LEFT, *RIGHT]).split(" Nobody")[0]
    assert kinds(found, BlockKind.FOOTNOTE) == ["\n".join(words.text for words in rights)]


def test_a_line_without_a_word_parts_no_paragraph() -> None:
    page = [*paragraph(60, 100, LEFT), Words(60, 190, "."), *paragraph(320, 100, RIGHT)]
    assert len(kinds(document([page]), BlockKind.PARAGRAPH)) == 1


def test_tesseract_reads_a_page_and_what_is_missing_or_fails_reads_none(tmp_path: Path) -> None:
    program = tmp_path / "tesseract"
    row = r"5\t1\t1\t1\t1\t1\t165\t330\t330\t33\t96\tHarbour"
    program.write_text(f"#!/bin/sh\nhead -c 4 >/dev/null\nprintf 'level\\n{row}\\n'\n", encoding="utf-8")
    program.chmod(0o700)
    with open_pdf(scan(), "scan.pdf") as document:
        found = recognised(document, 1, str(program))
        assert found is not None
        assert [(piece.text, round(piece.left, 1)) for piece in found] == [("Harbour", 59.5)]
        assert recognised(document, 1, str(tmp_path / "nothing")) is None
        program.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
        assert recognised(document, 1, str(program)) is None
