"""The command line, run as a user would: exit codes, one-line errors, and output that means what it says."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.paths import ROOT
from tests.shell import Shell, environment, is_one_line
from web.cli import COMMANDS, footnote

SEEDS = ROOT / "seeds"
QUESTION = "Who was sent to China by the Japanese government in May?"


def test_help_is_answered_without_loading_anything() -> None:
    code = "import sys; from web.cli import run; run(['--help']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment(), capture_output=True, text=True)
    assert all(f"  {name} " in done.stdout for name in COMMANDS)
    loaded = {name.partition(".")[0] for name in done.stdout.splitlines()[-1].split()}
    assert not loaded & {"torch", "sentence_transformers", "transformers", "numpy", "faiss", "litestar", "uvicorn"}


@pytest.mark.parametrize("name", list(COMMANDS))
def test_each_command_has_its_help(shell: Shell, name: str) -> None:
    code, out, _ = shell(name, "--help")
    assert code == 0
    assert f"Usage: footnote {name}" in out
    assert COMMANDS[name].rstrip(".") in " ".join(out.split())


def test_no_command_loads_a_model_before_it_needs_one() -> None:
    code = f"import {', '.join(f'web.commands.{name}' for name in COMMANDS)}, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment(), capture_output=True, text=True)
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert "litestar" in loaded
    assert not loaded & {"torch", "sentence_transformers", "transformers"}


def test_the_version_is_the_packages(shell: Shell) -> None:
    declared = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert declared
    assert shell("--version") == (0, f"footnote, version {declared[1]}\n", "")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["colour"], "colour"),
        (["ask"], "QUESTION"),
        (["ask", "Who?", "--top-k", "21"], "21"),
        (["ask", "Who?", "--max-sentences", "0"], "0"),
        (["ask", "Who?", "--colour"], "--colour"),
        (["ask", "  "], "empty"),
        (["ask", "x" * 2001], "2,001"),
        (["serve", "--port", "65536"], "65536"),
        (["serve", "--host", "example.org"], "example.org"),
        (["serve", "--host", "0.0.0.0"], "api_key"),
        (["verify"], "FILE_OR_JSON"),
        (["verify", "/nowhere.json"], "/nowhere.json"),
        (["verify", "{"], "not a saved reply"),
        (["verify", '{"a": 1}'], "cited_text"),
        (["verify", '{"cited_text": 1}'], "not a saved reply"),
        (["verify", "[" * 9000], "not a saved reply"),
        (["eval", "/nowhere.jsonl"], "/nowhere.jsonl"),
        (["index", "/tmp", "/var"], "share"),
    ],
)
def test_wrong_input_is_one_line_and_code_2(shell: Shell, arguments: list[str], says: str) -> None:
    code, out, err = shell(*arguments)
    assert (code, out) == (2, "")
    assert is_one_line(err), err
    assert says in err


def test_what_cannot_be_done_is_one_line_and_code_1(shell: Shell, tmp_path: Path) -> None:
    for arguments in (
        ["ask", "Who?", "--corpus", str(tmp_path / "none")],
        ["sources", "--data", str(tmp_path / "none")],
    ):
        code, out, err = shell(*arguments)
        assert (code, out) == (1, "")
        assert is_one_line(err), err
        assert str(tmp_path / "none") in err


def test_a_setting_that_is_wrong_is_told_before_anything_is_done(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "footnote.toml").write_text("prot = 1\n")
    code, _, err = shell.here("sources")
    assert code == 2
    assert "did you mean port?" in err


def test_every_command_is_registered() -> None:
    for name in COMMANDS:
        command = footnote.get_command(None, name)  # type: ignore[arg-type]
        assert command is not None
        assert command.name == name
