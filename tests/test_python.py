"""docs/python.md, executed: each of its programs, one after another, on a folder of documents."""

import re
import shutil
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from qa.bootstrap import Parts
from tests.paths import ROOT, SEEDS
from tests.replies import ENVOY
from tests.test_docs import fences

PROGRAMS = fences(ROOT / "docs" / "python.md", "python")
TOLD = (
    r"sent Takaya Imai, .* \['000_70440dd45b37daba\.txt'\]",
    r"US\$308\.27 billion[^\n]* \[1: \d\d\d_\w+\.txt, characters \d+-\d+\]",
    r"\A000_70440dd45b37daba\.txt \d+ [^\n]*In May, the Japanese government sent Takaya Imai",
    r"\A000_70440dd45b37daba\.txt \d+ [^\n]*In May, the Japanese government sent Takaya Imai",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder with `documents` in it, which the first program indexes."""
    made = tmp_path_factory.mktemp("program")
    (made / "documents").mkdir()
    for source in ("000_70440dd45b37daba.txt", "004_927448596f21ff95.txt"):
        shutil.copy(SEEDS / source, made / "documents")
    return made


@pytest.mark.parametrize(("program", "told"), list(zip(PROGRAMS, TOLD, strict=True)))
def test_each_program_does_what_the_page_says(
    program: str, told: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    exec(compile(program, "docs/python.md", "exec"), {"__name__": "__main__"})
    said = capsys.readouterr()
    assert re.search(told, said.out), said.out
    assert said.err == ""


def test_the_shortest_program_takes_five_lines() -> None:
    assert len(PROGRAMS[0].splitlines()) == 5


def test_several_threads_may_search_at_once(parts: Parts) -> None:
    questions = [ENVOY, "trade between China and Japan", "infrastructure", "Abe's trip to Beijing"] * 4
    with ThreadPoolExecutor(max_workers=4) as pool:
        found = list(pool.map(parts.answerer.search, questions))
    assert found == [parts.answerer.search(question) for question in questions]


def test_the_packages_say_that_they_are_typed() -> None:
    packed = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["package-data"]
    for package in ("index", "qa"):
        assert "py.typed" in packed[package]
        assert (ROOT / package / "py.typed").is_file()
