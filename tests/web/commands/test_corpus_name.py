"""Commands where the settings have several corpora: which they are about, and what becomes of one that is not there."""

from pathlib import Path

import pytest
from msgspec import json

from tests.shell import Shell
from tests.web.corpora.two import ANSWERS, QUESTIONS, folders
from web.access.keys import FILE_NAME, Keys


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with both, and the settings, in which commands are run."""
    folders(tmp_path)
    (tmp_path / "footnote.toml").write_text('[corpora]\ntides = "tides"\nforges = "forges"\n')
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_index_takes_all_and_the_others_one(shell: Shell, base: Path) -> None:
    code, out, _ = shell("index")
    assert (code, out.count("2 of 2 files read")) == (0, 2)
    assert {path.name for path in (base / ".footnote/corpora").iterdir()} == {"tides", "forges"}
    assert shell("index", "--corpus-name", "forges", "--json")[1].count('"index_version"') == 1
    for name in ANSWERS:
        reply = json.decode(shell("ask", QUESTIONS[name], "--corpus-name", name, "--json")[1])
        assert reply["answer"]["text"] == ANSWERS[name]
        saved = json.encode(reply).decode()
        assert shell("verify", saved, "--corpus-name", name)[0] == 0
    assert shell("verify", saved)[0] == 1
    assert not json.decode(shell("ask", QUESTIONS["forges"], "--json")[1])["answered"]
    assert "deep/hammer.txt" in shell("sources", "--corpus-name", "forges")[1]
    assert "deep/hammer.txt" not in shell("sources")[1]
    checks = {each["name"]: each["ok"] for each in json.decode(shell("doctor", "--json")[1])["checks"]}
    assert checks["tides: index"]
    assert checks["forges: index"]


def test_one_that_is_not_there_keeps_no_other_from_being_indexed(shell: Shell, base: Path) -> None:
    (base / "tides").rename(base / "away")
    code, out, err = shell("index")
    assert (code, out.count("2 of 2 files read")) == (1, 1)
    assert "There is no folder tides" in err
    code, _, err = shell("ask", "What?", "--corpus-name", "tides")
    assert (code, "There is no folder tides" in err) == (1, True)
    assert json.decode(shell("doctor", "--json", "--corpus-name", "forges")[1])["checks"][1]["ok"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("ask", "What?", "--corpus-name", "x"), "There is no corpus 'x' in [corpora]: there are tides, forges"),
        (("ask", "What?", "--corpus-name", "tides", "--corpus", "away"), "give one of the two"),
        (("keys", "add", "a", "--corpus-name", "x"), "There is no corpus 'x' for a key; there are tides, forges"),
        (("keys", "add", "a", "--scope", "admin", "--corpus-name", "tides"), "An admin key sees all corpora"),
    ],
)
def test_what_does_not_go_is_told(shell: Shell, base: Path, arguments: tuple[str, ...], said: str) -> None:  # noqa: ARG001
    code, out, err = shell(*arguments)
    assert (code, out, said in err) == (2, "", True)


def test_a_key_is_limited_by_name(shell: Shell, base: Path) -> None:
    code, key, _ = shell("keys", "add", "smiths", "--corpus-name", "forges")
    assert (code, key.startswith("fn_")) == (0, True)
    with Keys.open(base / ".footnote" / FILE_NAME, read_only=True) as keys:
        assert [each.requester.corpora for each in keys.all()] == [("forges",)]
    assert "corpus forges" in shell("keys", "list")[1]


def test_a_file_of_keys_from_before_is_brought_up(tmp_path: Path) -> None:
    with Keys.open(tmp_path / FILE_NAME) as keys:
        keys.add("old", "ask", ("a/*",))
        keys._database.query("ALTER TABLE keys DROP COLUMN corpora")
        keys._database.query("DELETE FROM migrations WHERE number = 2")
    with Keys.open(tmp_path / FILE_NAME) as keys:
        assert [(each.sources, each.corpora) for each in keys.all()] == [(("a/*",), ())]
