"""Bytes to text: marks, UTF-16 without one, guesses and refusals, at the edges of what is plausible."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import DocumentError
from index.readers.encoding import decode

WESTERN = "Die Mühle am Fluß wurde für zwölf Bürger gebaut. Später hörten sie auf. "
RUSSIAN = "Мельница стоит на реке, и люди ходят к ней каждый день. "


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_utf8_is_read_as_it_is(text: str) -> None:
    found = decode(text.encode(), "a.txt")
    assert (found.text, found.warnings) == (text, ())


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_mark_decides_and_stays(encoding: str) -> None:
    found = decode("Straße".encode(encoding), "a.txt")
    assert found.text == "\ufeffStraße"
    assert found.warnings == ()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_told_by_its_spaces_and_stops(encoding: str) -> None:
    found = decode("The mill, of 1931.".encode(encoding), "a.txt")
    assert (found.text, found.encoding) == ("The mill, of 1931.", encoding)
    assert "No byte order mark" in found.warnings[0]
    spaced = ("뮤" * 49 + "。").encode(encoding)  # one anchor in fifty characters
    assert decode(spaced, "a.txt").encoding == encoding


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(WESTERN, "cp1252"), (RUSSIAN * 3, "cp1251"), (RUSSIAN * 3, "koi8_r"), ("水車は川のそばにある。" * 9, "cp932")],
)
def test_legacy_encodings_are_guessed_with_a_warning(text: str, encoding: str) -> None:
    found = decode(text.encode(encoding), "a.txt")
    assert (found.text, found.encoding) == (text, encoding)
    assert "which is a guess" in found.warnings[0]


@pytest.mark.parametrize(
    ("data", "offset", "what"),
    [
        (b"%PDF-1.7 text", 0, "a PDF file"),
        (b"PK\x03\x04\x00", 4, "a ZIP archive"),
        (b"\x89PNG\x00", 4, "a PNG image"),
        (b"SQLite format 3\x00\x10", 15, "an SQLite database"),
        (b"text\x00more", 4, "binary content"),
        (b"\xef\xbb\xbfab\x00", 5, "binary content"),
    ],
)
def test_binary_files_are_named_with_the_byte(data: bytes, offset: int, what: str) -> None:
    with pytest.raises(DocumentError, match=what) as caught:
        decode(data, "a.txt")
    assert caught.value.offset == offset


@pytest.mark.parametrize(
    ("data", "offset"),
    [
        ("naïve café über ".encode() + b"\xff", 19),  # damaged UTF-8 is not guessed at
        (b"\xff\xfea", 2),
        (b"\x81\x8d\x8f", 0),
        (b"a\xe9\x81\x8d\x90 \x9d\x81", 4),
        (bytes(range(0x80, 0x100)) * 4, 0),
    ],
)
def test_bytes_that_nothing_explains_are_refused_where_they_begin(data: bytes, offset: int) -> None:
    with pytest.raises(DocumentError, match="is not valid") as caught:
        decode(data, "a.txt")
    assert caught.value.offset == offset


CYRILLIC = "мельница стояла на реке"  # of 20 letters


@pytest.mark.parametrize(
    ("text", "encoding", "told"),
    [
        (CYRILLIC, "cp1251", True),
        (CYRILLIC[:-1], "cp1251", False),  # 19 letters are too few
        (CYRILLIC + " " + "mill " * 11 + "mm", "cp1251", True),  # 20 of 66 letters
        (CYRILLIC + " " + "mill " * 12, "cp1251", False),  # 20 of 68
        ("né " * 18 + "mill " * 6, "cp1252", True),  # 18 accented ones of 60
        ("né " * 18 + "mill " * 5 + "mmm", "cp1252", False),  # of 59
        ("mühle " * 19 + "aÉ", "cp1252", True),  # 19 of 20 stand in words of sane case
        ("mühle " * 18 + "aÉ", "cp1252", False),  # 18 of 19
    ],
)
def test_an_encoding_is_told_by_what_its_letters_do(text: str, encoding: str, told: bool) -> None:
    if told:
        assert (decode(text.encode(encoding), "a.txt").text, decode(text.encode(encoding), "a.txt").encoding) == (
            text,
            encoding,
        )
    else:
        with pytest.raises(DocumentError, match="is not valid"):
            decode(text.encode(encoding), "a.txt")
