"""What every reader promises, and what each format asks for."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.errors import DocumentError
from index.readers import FORMATS, read
from index.types import BlockKind, Document
from tests.paths import DOCUMENTS

FILES = sorted(path for path in DOCUMENTS.iterdir() if path.suffix in {".txt", ".md"})
NAMES = ["a.txt", "a.md"]

PIECES = ["# ", "- ", "> ", "1. ", "* * *", "---", "```", "|a|b|\n|-|-|\n", "\n", "\n\n", "\r\n", "\r", "\f", "\t", " "]
PIECES += [
    "Word word word. ",
    "Menu",
    "[x](y)",
    "![a](b)",
    "<!-- ",
    "<div>",
    "By Jane Doe",
    "2020-01-02",
    "\u2028",
    "\xa0",
]
PIECES += ["[^1]: ", "{{x}}", "=====", "title: x", "\ufeff", "日本。", "😀", "\u202e", "\x0b", "\x85", "    "]
markup = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
anything = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=300)


def text_of(document: Document, kind: BlockKind) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks if block.kind is kind]


def check(document: Document, data: bytes) -> None:
    """The promises of a Document."""
    text = document.text
    assert text == data.decode(document.encoding)
    assert document.content_sha256 == hashlib.sha256(data).hexdigest()
    end = 0
    for block in document.blocks:
        assert end <= block.start < block.end <= len(text)
        assert text[block.start : block.end] == text[block.start : block.end].strip()
        assert not text[block.start : block.end].startswith("\ufeff") or block.start > 0
        assert (block.level > 0) == (block.kind in {BlockKind.TITLE, BlockKind.HEADING})
        assert block.reason or block.kind is not BlockKind.BOILERPLATE
        end = block.end
    for field in (document.metadata.title, document.metadata.author, document.metadata.publisher):
        assert field is None or " ".join(text[field.start : field.end].split()) == field.value
    assert document.blocks or document.warnings


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=120)
@given(text=markup | anything)
@example(text="")
@example(text="\ufeff\ufeff")
@example(text="---\ntitle: x\n---\n")
@example(text="-\n  -\n    - a\n> # b\n")
def test_any_text_reads(name: str, text: str) -> None:
    data = text.encode()
    if data.startswith((b"%PDF-", b"\xff\xfe", b"\xfe\xff")):
        return
    document = read(data, name, "d")
    check(document, data)
    assert document == read(data, name, "d")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_encodings(name: str, encoding: str) -> None:
    text = "Ein Brief\n\nDie Fähre fährt um neun Uhr ab, und niemand winkt. 東京は雨。"
    document = read(text.encode(encoding), name, "d")
    check(document, text.encode(encoding))
    assert document.text.removeprefix("\ufeff") == text
    assert text_of(document, BlockKind.PARAGRAPH)[-1].startswith("Die Fähre")


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "L’été à Genève fut très long – et Noël où l’on rêve était déjà loin."),
        ("cp1252", "It’s a “café”. Thirty words of plain English follow, and nothing else is foreign in it."),
        ("cp1250", "Zażółć gęślą jaźń. Wczoraj w Łodzi odbyło się spotkanie, które przyniosło świetne wyniki."),
        ("cp1251", "Президент вчера встретился в Москве с министром. Стороны договорились о сотрудничестве."),
        ("cp932", "日本の首相は昨日、北京で会談した。両国は経済協力を強化することで合意した。カタカナも使う。"),
        ("gb18030", "国家主席昨天在北京会见了首相。双方同意加强经济合作，并讨论了地区安全问题。"),
        ("cp949", "대통령은 어제 서울에서 총리와 만났다. 양국은 경제 협력을 강화하기로 합의했다."),
    ],
)
def test_legacy_encodings_are_guessed_with_a_warning(encoding: str, text: str) -> None:
    document = read(text.encode(encoding), "a.txt", "d")
    assert document.text == text
    assert document.encoding == encoding
    assert "guess" in document.warnings[0]


@pytest.mark.parametrize(
    ("data", "offset", "words"),
    [
        (b"Hello \xff\xfe\xfa world, this is text.", 6, "UTF-8"),
        (b"plain words here. " * 30_000 + b"\xff\xff", 540_000, "UTF-8"),
        ("Fähre, Brücke, Straße ".encode() + b"\xff und", 25, "UTF-8"),
        (b"abc\x00def and more text", 3, "binary"),
        (b"\x89PNG\r\n\x1a\n\xff", 0, "PNG"),
        (b"\xff\xfeh\x00e", 4, "utf-16-le"),
        (bytes(range(256)) * 4, 0, "binary"),
    ],
)
@pytest.mark.parametrize("name", NAMES)
def test_unreadable_bytes_name_file_and_offset(name: str, data: bytes, offset: int, words: str) -> None:
    with pytest.raises(DocumentError, match=words) as caught:
        read(data, f"sub/{name}", "d")
    assert caught.value.source == f"sub/{name}"
    assert caught.value.offset == offset
    assert str(caught.value).startswith(f"sub/{name}: ")
    assert str(offset) in str(caught.value)


@pytest.mark.parametrize("data", [b"", b" \r\n\t", "\ufeff".encode()])
@pytest.mark.parametrize("name", NAMES)
def test_a_file_without_text_is_a_document_with_a_warning(name: str, data: bytes) -> None:
    document = read(data, name, "d")
    assert document.blocks == ()
    assert "no text" in document.warnings[0] or "empty" in document.warnings[0]


def test_endings_are_lower_case_and_belong_to_one_format() -> None:
    suffixes = [suffix for each in FORMATS for suffix in each.suffixes]
    assert len(set(suffixes)) == len(suffixes)
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in suffixes)
    assert len({each.name for each in FORMATS}) == len(FORMATS)
    assert all(each.confined for each in FORMATS if each.binary)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_line_endings_change_nothing(path: Path, ending: str) -> None:
    text = path.read_text(encoding="utf-8")
    document = read(text.encode(), path.name, "d")
    other = read(text.replace("\n", ending).encode(), path.name, "d")
    assert [(block.kind, block.level) for block in document.blocks] == [(b.kind, b.level) for b in other.blocks]


def test_markdown_in_a_txt_file_is_read_as_markdown() -> None:
    text = "# A report\n\nIt has **two** kinds of markup, which is enough to tell.\n\n## A part\n\nText."
    assert read(text.encode(), "a.txt", "d").format == "markdown"
    assert read(b"# a comment\nkey = value\n", "a.txt", "d").format == "text"
    assert read(b"The price is *not* final, see # 4.", "a.txt", "d").format == "text"


def test_markdown_structure() -> None:
    text = (DOCUMENTS / "readme.md").read_text(encoding="utf-8")
    document = read(text.encode(), "readme.md", "d")
    assert text_of(document, BlockKind.HEADING)[:2] == ["Installation", "Usage"]
    assert text_of(document, BlockKind.CODE)[0] == "pip install tidepool\ntidepool fetch --station 4711"
    levels = [block.level for block in document.blocks if block.kind is BlockKind.HEADING]
    assert levels == [2, 2, 3, 2, 2]


def test_headings_come_without_their_marks() -> None:
    text = "Top\n===\n\n## One ##\n\nA text.\n\n> ### Two\n> quoted text\n"
    document = read(text.encode(), "a.md", "d")
    assert text_of(document, BlockKind.TITLE) == ["Top"]
    assert text_of(document, BlockKind.HEADING) == ["One", "Two"]
    assert text_of(document, BlockKind.PARAGRAPH) == ["A text.", "quoted text"]


def test_lines_broken_by_hand_are_one_paragraph() -> None:
    text = "The first line of the paragraph was broken by hand\nand goes on here, and then it ends with this.\n\nNext."
    document = read(text.encode(), "a.txt", "d")
    assert text_of(document, BlockKind.PARAGRAPH)[0].count("\n") == 1


def test_one_paragraph_a_line() -> None:
    document = read((DOCUMENTS / "wiki_talk.txt").read_bytes(), "a.txt", "d")
    assert len(text_of(document, BlockKind.PARAGRAPH)) == 3


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "text",
    [
        ">" * 20_000 + " deep",
        "- " * 20_000 + "deep",
        "".join("  " * depth + "- item\n" for depth in range(400)),
        "[" * 200_000,
        "*" * 200_000,
        "<!-- \n\n" * 5_000,
        "word " * 200_000,
        "line\n" * 20_000,
    ],
    ids=["quotes", "lists", "nested", "brackets", "stars", "comments", "one line", "many lines"],
)
def test_hostile_shapes_read(name: str, text: str) -> None:
    check(read(text.encode(), name, "d"), text.encode())
