"""`--in`, and `footnote collections`: folders and saved filters on the command line."""

from pathlib import Path

import pytest
from msgspec import json

from qa.collection.filters import FilterRule
from qa.collection.saved import SavedFilters
from tests.shell import Shell
from web.bootstrap import sync_corpus
from web.settings.settings import Settings

TEXTS = {
    "handbook/harbour.txt": "The harbour team\n\nThe harbour master is Ana Lima. The team has six pilots.\n",
    "notes [old] */harbour.txt": "Notes of 2019\n\nThe harbour master is Bruno Dias. The quay is closed on Mondays.\n",
}
QUESTION = "Who is the harbour master?"


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("within")
    for path, text in TEXTS.items():
        (folder / "corpus" / path).parent.mkdir(parents=True)
        (folder / "corpus" / path).write_text(text)
    settings = Settings(corpus=folder / "corpus", data=folder / "data", reader="features")
    sync_corpus(settings)
    SavedFilters(folder / "data").add("Old notes", FilterRule(sources=("notes*",)))
    return settings


@pytest.fixture
def here(
    indexed: Settings, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Shell:
    monkeypatch.chdir(tmp_path)
    return Shell(capsys, indexed)


@pytest.mark.parametrize(
    ("name", "shown", "answer"),
    [("handbook", "handbook/", "Ana Lima"), ("old notes", "Old notes", "Bruno Dias")],
)
def test_one_place_is_asked(here: Shell, name: str, shown: str, answer: str) -> None:
    code, out, _ = here.here("ask", QUESTION, "--in", name)
    assert (code, out.startswith(f"(Asked within {shown}, 1 document.)\n\n{answer}\n")) == (0, True), out
    code, out, _ = here.here("ask", QUESTION, "--in", name, "--json")
    assert json.decode(out)["within"]["name"] == shown
    code, out, _ = here.here("summarise", "--in", name)
    assert (code, answer in out, out.count("harbour.txt")) == (0, True, 1)


@pytest.mark.parametrize("command", [("ask", QUESTION), ("summarise",)])
def test_an_unknown_name_is_told_in_one_line(here: Shell, command: tuple[str, ...]) -> None:
    code, out, err = here.here(*command, "--in", "handbok")
    assert (code, out) == (2, "")
    assert err == "footnote: There is no folder and no saved filter “handbok”. Near it: “handbook/”.\n"


def test_files_and_a_folder_are_too_much(here: Shell) -> None:
    code, _, err = here.here("summarise", "handbook/harbour.txt", "--in", "handbook")
    assert (code, "not both" in err) == (2, True)


def test_what_can_be_named_is_listed(here: Shell) -> None:
    code, out, _ = here.here("collections")
    assert code == 0
    assert [line.split("│")[1].strip() for line in out.splitlines() if "│" in line] == [
        "Old notes",
        "handbook/",
        "notes [old] */",
    ]
    listed = json.decode(here.here("collections", "--json")[1])
    assert (listed["whole"]["documents"], listed["filters"][0]["rule"]) == (2, {"sources": ["notes*"]})
