"""Names from elsewhere: whatever is given, what comes of it is a name, and nothing else."""

import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import InputError
from index.library.names import clean_folder, clean_name, clean_path, numbered

PIECES = st.sampled_from(
    [
        *"/\\.:*?<>|\"'",
        "..",
        " ",
        "con",
        "NUL",
        "com¹",
        ".txt",
        ".tar.gz",
        "\0",
        "\n",
        "\u202e",
        "e\u0301",
        "ß",
        "日本語" * 30,
    ]
)
GIVEN = st.lists(PIECES | st.text(max_size=8), max_size=12).map("".join)


@pytest.mark.parametrize(
    ("given_name", "name"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\Report 2026.docx", "Report 2026.docx"),
        (".htaccess", "htaccess"),
        ("...", "document"),
        ("", "document"),
        ("..", "document"),
        ("a/", "a"),
        ("nul.txt", "_nul.txt"),
        ("COM1", "_COM1"),
        ("console.txt", "console.txt"),
        ("a\0b\x1b[31m.txt", "ab[31m.txt"),
        ("tpircs\u202etxt.exe", "tpircstxt.exe"),
        ("what? who: me*.txt", "what_ who_ me_.txt"),
        ("a  \t b .txt. ", "a b .txt"),
        ("re\u0301sume\u0301.md", "résumé.md"),
        ("می\u200cخواهم.txt", "می\u200cخواهم.txt"),
        ("x" * 300 + ".txt", "x" * 196 + ".txt"),
        ("語" * 100 + ".md", "語" * 65 + ".md"),
    ],
)
def test_a_name_is_made_safe_and_stays_itself_otherwise(given_name: str, name: str) -> None:
    assert clean_name(given_name) == name


@given(GIVEN)
def test_whatever_is_given_it_is_one_name_on_every_system(given_name: str) -> None:
    name = clean_name(given_name)
    assert name == clean_name(name), "cleaned again it stays"
    assert name == unicodedata.normalize("NFC", name)
    assert PurePosixPath(name).parts == PureWindowsPath(name).parts == (name,)
    assert not PureWindowsPath(name).is_reserved()
    assert not name.startswith(".")
    assert name.strip(" .") == name
    assert 0 < len(name.encode()) <= 200
    assert not any(unicodedata.category(each) in ("Cc", "Cs") for each in name)


@given(GIVEN, st.integers(2, 999))
def test_a_numbered_name_is_another_safe_name(given_name: str, number: int) -> None:
    name = clean_name(given_name)
    other = numbered(name, number)
    assert other != name
    assert other == clean_name(other)
    assert f"({number})" in other


@given(GIVEN)
def test_a_path_never_leads_out(given_path: str) -> None:
    try:
        path = clean_path(given_path)
    except InputError:
        return
    assert path == clean_path(path)
    parts = PurePosixPath(path).parts
    assert parts == tuple(path.split("/"))
    assert all(part == clean_name(part) for part in parts)


@pytest.mark.parametrize(
    ("given_path", "folder"), [("", ""), ("/a//b/./c/", "a/b/c"), ("a\\b", "a/b"), (".git/x", "git/x")]
)
def test_a_folder_is_below_the_corpus(given_path: str, folder: str) -> None:
    assert clean_folder(given_path) == folder


@pytest.mark.parametrize(
    "given_path", ["..", "a/../b", "a/ ../b", "..\\x", "/".join("a" * 17), "/".join(["x" * 200] * 5)]
)
def test_a_folder_elsewhere_is_refused(given_path: str) -> None:
    with pytest.raises(InputError):
        clean_folder(given_path)


@pytest.mark.parametrize("given_path", ["", "a/", "a/.", "a/..", " "])
def test_a_file_has_a_name(given_path: str) -> None:
    with pytest.raises(InputError):
        clean_path(given_path)


def test_numbers_stand_before_the_suffix() -> None:
    assert numbered("a.tar.gz", 2) == "a.tar (2).gz"
    assert numbered("README", 3) == "README (3)"
    assert len(numbered("x" * 196 + ".txt", 12).encode()) == 200
