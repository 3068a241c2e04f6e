"""Archives: every file in them that has a reader, and a reason for every one that has not."""

import gzip
import tarfile
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import DocumentError
from index.readers import archive
from index.readers.archive import LIMITS, format_of, open_archive
from tests.extracted import blocks, document, labels, place

NOTE = "The tide rises seven metres, and it falls at noon.\n"
FILES: dict[str, str | bytes] = {
    "b/notes.md": "# Notes\n\n" + NOTE,
    "a.csv": "name,price\nLamp,3\nBed,4\n",
    "p.png": b"\x89PNG\r\n\x1a\n",
    "__MACOSX/x.txt": "hidden",
    ".git/config": "hidden",
    "../../etc/evil.txt": NOTE,
}


def packed(files: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as made:
        for name, text in files.items():
            made.writestr(name, text)
    return stream.getvalue()


def test_files_stand_under_their_paths() -> None:
    made = document(packed(FILES), "a.zip")
    assert blocks(made, "heading") == ["../../etc/evil.txt", "a.csv", "b/notes.md", "Notes"]
    assert labels(made, "Lamp") == {"name": "Lamp", "price": "3"}
    assert place(made, "| Lamp") == "a.csv, line 2"
    assert "hidden" not in made.text
    assert "a PNG image" in made.warnings[0]
    assert made.metadata.title is None


def test_tar_archives_and_single_files_packed_by_gzip() -> None:
    stream = BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as made:
        for name, text in FILES.items():
            entry = tarfile.TarInfo(name)
            content = text.encode() if isinstance(text, str) else text
            entry.size = len(content)
            made.addfile(entry, BytesIO(content))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        made.addfile(link)
    read = document(stream.getvalue(), "a.tar.gz")
    assert "Notes" in blocks(read, "heading")
    assert "link.txt" not in read.text
    one = document(gzip.compress(NOTE.encode()), "notes.md.gz")
    assert (one.format, one.text) == ("markdown", NOTE)


def test_an_archive_in_an_archive_is_read_and_one_in_that_is_not() -> None:
    inner = packed({"note.txt": NOTE})
    assert "seven metres" in document(packed({"inner.zip": inner}), "a.zip").text
    made = document(packed({"outer.zip": packed({"inner.zip": inner})}), "a.zip")
    assert "seven metres" not in made.text
    assert "too deep" in " ".join(made.warnings)


def test_an_encrypted_file_is_told_and_the_rest_is_read() -> None:
    data = bytearray(packed({"a.txt": NOTE, "b.txt": NOTE}, zipfile.ZIP_STORED))
    for magic, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(magic) + at] |= 1
    made = document(bytes(data), "a.zip")
    assert made.warnings == ("a.txt is protected by a password: save it without one.",)
    assert blocks(made, "heading") == ["b.txt"]


def test_a_damaged_file_is_told_and_the_rest_is_read() -> None:
    data = bytearray(packed({"a.txt": NOTE, "b.txt": NOTE}, zipfile.ZIP_STORED))
    data[data.index(b"seven")] ^= 1
    made = document(bytes(data), "a.zip")
    assert "a.txt is damaged" in made.warnings[0]
    assert blocks(made, "heading") == ["b.txt"]


def test_bombs_are_refused_before_they_are_unpacked() -> None:
    zeros = bytes(LIMITS.small + 1)
    for data, name in ((packed({"a.txt": zeros}), "a.zip"), (gzip.compress(zeros), "a.txt.gz")):
        with pytest.raises(DocumentError, match="times its size"):
            document(data, name)
    small = packed({"a.txt": bytes(1_000_000)})
    assert document(small, "a.zip").warnings  # under the limit it is unpacked, and no text


def test_an_archive_of_too_many_files_or_bytes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LIMITS", archive.ArchiveLimits(members=3, unpacked=1000))
    assert open_archive(packed(dict.fromkeys("abc", NOTE)), "a.zip")
    with pytest.raises(DocumentError, match="more than 3 files"):
        open_archive(packed(dict.fromkeys("abcd", NOTE)), "a.zip")
    with pytest.raises(DocumentError, match="1,000 are allowed"):
        open_archive(packed({"a": "x" * 1001}), "a.zip")


@pytest.mark.parametrize("cut", [5, 30, 80, -1, -10])
def test_an_archive_that_is_cut_off_is_told(cut: int) -> None:
    with pytest.raises(DocumentError, match=r"damaged|cut off"):
        document(packed({"a.txt": NOTE})[:cut], "a.zip")
    with pytest.raises(DocumentError, match=r"damaged|cut off"):
        document(gzip.compress(bytes(range(256)))[:cut], "a.txt.gz")


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"[Content_Types].xml": "", "word/document.xml": ""}, "docx"),
        ({"[Content_Types].xml": "", "xl/workbook.xml": ""}, "xlsx"),
        ({"[Content_Types].xml": "", "ppt/presentation.xml": ""}, "pptx"),
        ({"mimetype": "application/epub+zip"}, "epub"),
        ({"mimetype": "application/vnd.oasis.opendocument.text"}, "odt"),
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet\n"}, "ods"),
        ({"mimetype": "x" * 1000}, "zip"),
        ({"META-INF/container.xml": "", "OEBPS/content.opf": ""}, "epub"),
        ({"a.txt": ""}, "zip"),
    ],
)
def test_what_an_archive_is_stands_in_its_list(files: dict[str, str | bytes], expected: str) -> None:
    assert format_of(open_archive(packed(files), "a"), "a") == expected


@given(st.binary(max_size=100), st.integers(0, 400))
def test_any_damage_is_an_error_or_a_warning(noise: bytes, at: int) -> None:
    data = packed({"a.txt": NOTE, "b.csv": "a,b\n1,2\n"})
    try:
        document(data[:at] + noise + data[at + len(noise) :], "a.zip")
    except DocumentError as error:
        assert error.source  # noqa: PT017 - either is right
