"""`footnote add`: files come into the folder of documents, under safe names, and can be asked."""

from pathlib import Path

import pytest
from msgspec import json

from tests.shell import Shell

TEXT = "The harbour master of Aldwick is Ana Lima. She has held the post since 2019.\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "corpus").mkdir()
    return tmp_path / "corpus"


def files(corpus: Path) -> list[str]:
    return sorted(path.relative_to(corpus).as_posix() for path in corpus.rglob("*") if path.is_file())


def test_files_and_folders_are_copied_and_indexed(shell: Shell, corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "in/deep").mkdir(parents=True)
    for name in ("who.txt", "in/a.md", "in/deep/b.txt", "in/.hidden.txt"):
        (tmp_path / name).write_text(f"{name}: {TEXT}")
    given = [str(tmp_path / name) for name in ("who.txt", "in")]
    code, out, err = shell("add", *given, "--to", "new", "--corpus", str(corpus))
    assert (code, files(corpus)) == (0, ["new/in/a.md", "new/in/deep/b.txt", "new/who.txt"]), err
    assert out.count("added") == 3
    code, out, _ = shell("sources", "--json", "--corpus", str(corpus))
    assert [each["source"] for each in json.decode(out)] == files(corpus)


def test_each_file_is_told_what_became_of_it(shell: Shell, corpus: Path, tmp_path: Path) -> None:
    (corpus / "who.txt").write_text("Other words.\n")
    (tmp_path / "who.txt").write_text(TEXT)
    (tmp_path / "copy.txt").write_text(TEXT)
    (tmp_path / "empty.txt").touch()
    given = [str(tmp_path / name) for name in ("who.txt", "copy.txt", "empty.txt")]
    code, out, _ = shell("add", *given, "--json", "--corpus", str(corpus))
    assert [(each["status"], each["source"]) for each in json.decode(out)] == [
        ("added", "who (2).txt"),
        ("duplicate", "who (2).txt"),
        ("refused", ""),
    ]
    assert code == 1
    code, out, _ = shell("add", given[0], "--replace", "--json", "--corpus", str(corpus))
    assert (code, json.decode(out)[0]["status"]) == (0, "replaced")
    assert (corpus / "who.txt").read_text() == TEXT


@pytest.mark.parametrize("name", ["corpus/a.txt", "corpus", "."])
def test_the_folder_itself_is_not_copied_into_itself(shell: Shell, corpus: Path, tmp_path: Path, name: str) -> None:
    (corpus / "a.txt").write_text(TEXT)
    code, _, err = shell("add", str(tmp_path / name), "--corpus", str(corpus))
    assert (code, files(corpus)) == (2, ["a.txt"])
    assert "folder of documents" in err
