"""A file is what its bytes say, whatever its name."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.errors import DocumentError
from index.readers import Readers, read
from index.readers.detection import detect, is_text
from index.readers.formats import FORMATS

TEXT = b"The tide at Brest rises seven metres.\n"


@pytest.mark.parametrize(
    ("head", "source", "format_"),
    [
        (TEXT, "a.txt", "text"),
        (TEXT, "A.TXT", "text"),
        (TEXT, "README", "text"),
        (TEXT, "notes.unknown", "text"),
        (TEXT, "b.md", "markdown"),
        (TEXT.decode().encode("utf-16"), "NOTES", "text"),
        (TEXT.decode().encode("utf-16-le"), "NOTES", "text"),
        ("Ein Märchen für Kinder".encode("cp1252"), "NOTES", "text"),
        (b"", "a.txt", "text"),
        (b"", "EMPTY", "text"),
        (b"abc\x00def", "a.txt", "text"),  # its reader says where the byte is that is no text
        (b"BM is how it begins, and MZ or ID3 do not make it an image.", "note", "text"),
    ],
)
def test_what_is_read(head: bytes, source: str, format_: str) -> None:
    assert detect(head, source).format == format_
    assert Readers.why_not(head, source) == ""


@pytest.mark.parametrize(
    ("head", "source", "words"),
    [
        (b"\x89PNG\r\n\x1a\n\0", "a", "a PNG image: no text"),
        (b"\xff\xd8\xff\xe0", "a.jpeg", "a JPEG image"),
        (b"\xff\xd8", "a.jpg", "an image"),
        (b"BM\x00\x01\x00", "a", "an image"),
        (b"\x00\x00\x00\x20ftypmp42", "a", "a film"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "a", "a sound file"),
        (b"\x7fELF\x02", "tool", "a program"),
        (b"MZ\x90\x00", "a.exe", "a program"),
        (b"SQLite format 3\x00", "a.db", "an SQLite database"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc", "an old Word document: save it as .docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xls", "an old Excel workbook: save it as .xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a", "an old office document"),
        (b"Rar!\x1a\x07", "a.rar", "a RAR archive: unpack it"),
        (b"\x00\x01\x02\x03", "a.bin2", "binary content"),
        (b"PK\x03\x04", "a.jar", "a program"),
        (b"<?xml version='1.0'?><svg>", "a.svg", "an image"),
        (b"", "a.png", "an image"),
    ],
)
def test_what_is_passed_over_and_why(head: bytes, source: str, words: str) -> None:
    assert Readers.why_not(head, source).startswith(words)
    with pytest.raises(DocumentError, match=words):
        read(head, source, "d")


def test_a_name_that_promises_text_is_never_passed_over() -> None:
    assert Readers.why_not(b"\x89PNG\r\n\x1a\n\0", "a.txt") == ""
    with pytest.raises(DocumentError, match=r"^a\.txt: this is a PNG image"):
        read(b"\x89PNG\r\n\x1a\n\0", "a.txt", "d")


@given(head=st.binary(max_size=200), suffix=st.sampled_from(["", ".x", *(s for f in FORMATS for s in f.suffixes)]))
@example(head=b"PK\x03\x04", suffix="")
@example(head=b"PK\x05\x06" + bytes(18), suffix=".zip")
@example(head=b"%PDF-1.7", suffix=".txt")
def test_any_bytes_with_any_name_are_read_or_refused_with_a_reason(head: bytes, suffix: str) -> None:
    content = detect(head, f"a{suffix}")
    assert bool(content.format) != bool(content.reason)
    try:
        told = read(head, f"a{suffix}", "d").source
    except DocumentError as error:
        told = str(error)
    assert told.startswith(f"a{suffix}")


@given(st.text(min_size=30))
def test_text_in_any_encoding_is_text(text: str) -> None:
    if not any(character < " " or character == "\x7f" for character in text):
        assert is_text(text.encode())
        assert is_text(text.encode("utf-16"))
