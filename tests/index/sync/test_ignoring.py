"""`.footnoteignore`: what git ignores by the same lines is passed over, and the line is told."""

import os
import subprocess
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.errors import InputError
from index.sync.folder import walk
from index.sync.ignoring import FILE_NAME

NAMES = (
    "a",
    "b",
    "keep",
    "x.txt",
    "y.md",
    "a b.txt",
    "B.txt",
)  # ASCII: git takes `?` and `[!a]` for one byte, we for one character
PARTS = st.sampled_from([*NAMES, "*", "**", "?", "*.txt", "[ab]", "k*", "!a", "#a", "a\\ b.txt", "[!a].txt"])
LINES = st.builds(
    lambda negated, rooted, parts, folder: f"{negated}{rooted}{'/'.join(parts)}{folder}",
    st.sampled_from(["", "", "!"]),
    st.sampled_from(["", "", "/"]),
    st.lists(PARTS, min_size=1, max_size=3),
    st.sampled_from(["", "", "/"]),
)
PATHS = st.lists(st.sampled_from(NAMES[:3]), max_size=3).map("/".join)


def made(folder: Path, files: dict[str, str]) -> None:
    for source, text in files.items():
        (folder / source).parent.mkdir(parents=True, exist_ok=True)
        (folder / source).write_text(text, encoding="utf-8")


def passed(folder: Path) -> dict[str, str]:
    return {entry.source: entry.skipped for entry in walk(folder, folder / ".footnote") if entry.skipped}


def test_the_line_and_its_file_are_told(tmp_path: Path) -> None:
    made(
        tmp_path,
        {
            FILE_NAME: "# private things\n\n*.draft.txt\n/old/\n",
            "a.txt": "a",
            "a.draft.txt": "a",
            "old/b.txt": "b",
            "in/old/b.txt": "b",
            "in/c.txt": "c",
            f"in/{FILE_NAME}": "c.txt\n",
            "in/kept.draft.txt": "k",
            f"in/deep/{FILE_NAME}": "!*.draft.txt\n",
            "in/deep/k.draft.txt": "k",
        },
    )
    assert passed(tmp_path) == {
        "a.draft.txt": "ignored by line 3 of .footnoteignore",
        "old": "ignored by line 4 of .footnoteignore",
        "in/c.txt": "ignored by line 1 of in/.footnoteignore",
        "in/kept.draft.txt": "ignored by line 3 of .footnoteignore",
    }


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\xff\n", "is not UTF-8"),
        (b"a.txt\n!\n", "Line 2 of .footnoteignore is no pattern: '!'"),
        (b"#" * 1_000_001, "more than 1,000,000 bytes"),
    ],
)
def test_one_that_cannot_be_read_lets_nothing_through(tmp_path: Path, content: bytes, why: str) -> None:
    """What it would have kept private must not be read for a slip in it."""
    made(tmp_path, {"in/a.txt": "a", "b.txt": "b"})
    (tmp_path / "in" / FILE_NAME).write_bytes(content)
    other, folder = walk(tmp_path, tmp_path / ".footnote")
    assert (other.source, other.error, other.skipped, folder.source) == ("b.txt", "", "", "in")
    assert why.replace(" of .", " of in/.") in folder.error
    (tmp_path / FILE_NAME).write_bytes(content)
    with pytest.raises(InputError, match=why):
        walk(tmp_path, tmp_path / ".footnote")


def test_a_line_of_windows_and_a_mark_at_the_beginning_change_nothing(tmp_path: Path) -> None:
    made(tmp_path, {"a.txt": "a", "b.txt": "b"})
    (tmp_path / FILE_NAME).write_bytes(b"\xef\xbb\xbfa.txt\r\n")
    assert passed(tmp_path) == {"a.txt": "ignored by line 1 of .footnoteignore"}


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("git")
    subprocess.run(["git", "init", "-q", "--bare", str(folder)], check=True)
    return folder


@given(
    files=st.sets(st.builds(lambda folder, name: str(PurePosixPath(folder, name)), PATHS, st.sampled_from(NAMES[3:]))),
    rules=st.dictionaries(PATHS, st.lists(LINES, max_size=4), max_size=2),
)
@example(files={"a/b/x.txt", "a/y.md", "y.md"}, rules={"": ["*", "!*/", "!*.txt"]})
@example(files={"keep/a/x.txt", "keep/x.txt", "a/x.txt"}, rules={"": ["/*", "!/keep/"]})
@example(files={"a/x.txt", "a/b/y.md"}, rules={"": ["a/**", "!a/b/"]})
@example(files={"a/x.txt", "a/b/y.md"}, rules={"a": ["**/"], "": ["x.txt"]})
def test_it_is_what_git_ignores(repository: Path, files: set[str], rules: dict[str, list[str]]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        made(folder, dict.fromkeys(files, "x"))
        for place, lines in rules.items():
            (folder / place).mkdir(parents=True, exist_ok=True)
            for each in (FILE_NAME, ".gitignore"):
                (folder / place / each).write_text("\n".join(lines), encoding="utf-8")
        listed = subprocess.run(
            [
                "git",
                f"--git-dir={repository}",
                "--work-tree=.",
                "ls-files",
                "-z",
                "--others",
                "--exclude-per-directory=.gitignore",
            ],
            cwd=folder,
            check=True,
            capture_output=True,
            env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull},
        )
        wanted = {each for each in listed.stdout.decode().split("\0") if each and not each.endswith("ignore")}
        read = {entry.source for entry in walk(folder, folder / ".footnote") if not (entry.skipped or entry.error)}
        assert read == wanted
