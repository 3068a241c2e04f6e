"""The command line, run as a user would: exit codes, one-line errors, and output that means what it says."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from msgspec import convert, json

from index.lock import indexing
from qa.types import Reply
from web.cli import COMMANDS, footnote, run
from web.settings import KEYS, Settings

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
QUESTION = "Who was sent to China by the Japanese government in May?"


class _Shell:
    """Runs `footnote` in this process, on the index of the seeds."""

    def __init__(self, capture: pytest.CaptureFixture[str], settings: Settings) -> None:
        self._capture = capture
        self._folders = ["--corpus", str(settings.corpus), "--data", str(settings.data_folder)]

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        self._capture.readouterr()
        code = run(arguments)
        out, err = self._capture.readouterr()
        return code, out, err

    def here(self, command: str, *arguments: str) -> tuple[int, str, str]:
        return self(command, *self._folders, *arguments)


@pytest.fixture
def shell(
    capsys: pytest.CaptureFixture[str], seeds_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> _Shell:
    monkeypatch.chdir(tmp_path)  # no footnote.toml of the one who runs the tests
    for name in [name for name in os.environ if name.startswith("FOOTNOTE_")]:
        monkeypatch.delenv(name)
    return _Shell(capsys, seeds_settings)


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FOOTNOTE_")}
    return {**kept, "PYTHONPATH": str(ROOT)}


@contextmanager
def _started(*arguments: str) -> Iterator["subprocess.Popen[str]"]:
    """`footnote` in a process of its own, its stderr to read."""
    command = [sys.executable, "-m", "web", *arguments]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True,
                          cwd=ROOT, env=_environment()) as process:  # fmt: skip
        try:
            yield process
        finally:
            process.kill()


def _one_line(err: str) -> bool:
    return err.startswith("footnote: ") and err.count("\n") == 1


def test_help_is_answered_without_loading_anything() -> None:
    code = "import sys; from web.cli import run; run(['--help']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=_environment(), capture_output=True, text=True)
    assert all(f"  {name} " in done.stdout for name in COMMANDS)
    loaded = {name.partition(".")[0] for name in done.stdout.splitlines()[-1].split()}
    assert not loaded & {"torch", "sentence_transformers", "transformers", "numpy", "faiss", "litestar", "uvicorn"}


@pytest.mark.parametrize("name", list(COMMANDS))
def test_each_command_has_its_help(shell: _Shell, name: str) -> None:
    code, out, _ = shell(name, "--help")
    assert code == 0
    assert f"Usage: footnote {name}" in out
    assert COMMANDS[name].rstrip(".") in " ".join(out.split())


def test_no_command_loads_a_model_before_it_needs_one() -> None:
    code = f"import {', '.join(f'web.commands.{name}' for name in COMMANDS)}, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=_environment(), capture_output=True, text=True)
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert "litestar" in loaded
    assert not loaded & {"torch", "sentence_transformers", "transformers"}


def test_the_version_is_the_packages(shell: _Shell) -> None:
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
def test_wrong_input_is_one_line_and_code_2(shell: _Shell, arguments: list[str], says: str) -> None:
    code, out, err = shell(*arguments)
    assert (code, out) == (2, "")
    assert _one_line(err), err
    assert says in err


def test_what_cannot_be_done_is_one_line_and_code_1(shell: _Shell, tmp_path: Path) -> None:
    for arguments in (
        ["ask", "Who?", "--corpus", str(tmp_path / "none")],
        ["sources", "--data", str(tmp_path / "none")],
    ):
        code, out, err = shell(*arguments)
        assert (code, out) == (1, "")
        assert _one_line(err), err
        assert str(tmp_path / "none") in err


def test_a_setting_that_is_wrong_is_told_before_anything_is_done(shell: _Shell, tmp_path: Path) -> None:
    (tmp_path / "footnote.toml").write_text("prot = 1\n")
    code, _, err = shell.here("sources")
    assert code == 2
    assert "did you mean port?" in err


def test_ask_prints_an_answer_with_its_sources(shell: _Shell) -> None:
    code, out, err = shell.here("ask", QUESTION, "--max-sentences", "1")
    assert (code, err) == (0, "")
    assert "[1]" in out.split("Sources:")[0]
    assert re.search(r"\n  \[1\] .+\(00\d_.+\.txt, characters \d+-\d+\)", out)


def _saved_reply(shell: _Shell) -> dict[str, Any]:
    code, out, err = shell.here("ask", QUESTION, "--json", "--top-k", "2")
    assert (code, err) == (0, "")
    reply: dict[str, Any] = json.decode(out)
    return reply


def test_ask_prints_the_apis_json(shell: _Shell) -> None:
    reply = _saved_reply(shell)
    assert convert(reply, Reply).answered
    assert len(reply["passages"]) == 2
    for citation in reply["content"][0]["citations"]:
        text = (SEEDS / citation["source"]).read_bytes().decode()
        assert text[citation["start_char_index"] : citation["end_char_index"]] == citation["cited_text"]


def test_an_abstention_is_said_plainly_and_is_no_failure(shell: _Shell) -> None:
    code, out, _ = shell.here("ask", QUESTION, "--source", "nothing/*")
    assert (code, out) == (0, "That is not in these documents: nothing in them comes near.\n")
    code, out, _ = shell.here("ask", QUESTION, "--source", "nothing/*", "--json")
    assert (code, json.decode(out)["answered"]) == (0, False)


def test_verify_tells_what_became_of_each_citation(shell: _Shell, tmp_path: Path) -> None:
    reply = _saved_reply(shell)
    saved = tmp_path / "reply.json"
    saved.write_bytes(json.encode(reply))
    code, out, _ = shell.here("verify", str(saved))
    assert code == 0
    assert "exact" in out
    citation = reply["content"][0]["citations"][0]
    forged = json.encode({**citation, "cited_text": "Nobody was sent anywhere."}).decode()
    code, out, _ = shell.here("verify", str(saved), forged, "--json")
    statuses = [each["verdict"]["status"] for each in json.decode(out)]
    assert (code, statuses[-1]) == (1, "changed")
    assert set(statuses[:-1]) == {"exact"}
    assert shell.here("verify", json.encode({**reply, "content": []}).decode())[:2] == (0, "No citations to check.\n")


def test_index_reports_on_every_file_and_fails_where_one_did(shell: _Shell, tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "good.txt").write_text("The lighthouse was built in 1872.\n")
    assert shell("index", str(folder))[0] == 0
    (folder / "broken.txt").write_bytes(b"\xff\xfe\x00\xd8 \x00\x81" * 9)
    (folder / "paper.xyz").write_text("?")
    code, out, err = shell("index", str(folder), "--json")
    report = json.decode(out)
    assert (code, err) == (1, "")
    assert {file["source"]: file["status"] for file in report["files"]} == {
        "broken.txt": "failed",
        "good.txt": "unchanged",
        "paper.xyz": "skipped",
    }
    code, out, _ = shell("index", str(folder))
    assert code == 1
    assert "broken.txt" in out
    assert "1 documents" in out
    code, out, _ = shell("sources", "--corpus", str(folder), "--json")
    assert [source["source"] for source in json.decode(out)] == ["good.txt"]


def test_sources_lists_what_is_indexed(shell: _Shell) -> None:
    code, out, _ = shell.here("sources")
    assert code == 0
    assert all(path.name in out for path in SEEDS.iterdir())


def test_doctor_shows_settings_with_their_origin_and_what_it_checked(shell: _Shell, tmp_path: Path) -> None:
    (tmp_path / "footnote.toml").write_text("api_key = 'hush-hush'\nport = 8080\n")
    code, out, err = shell.here("doctor", "--json")
    found = json.decode(out)
    assert (code, err) == (0, "")
    assert "hush-hush" not in out
    assert [setting["key"] for setting in found["settings"]] == list(KEYS)
    origins = {setting["key"]: setting["origin"] for setting in found["settings"]}
    assert (origins["port"], origins["corpus"], origins["queue"]) == ("footnote.toml", "command line", "default")
    assert {check["name"]: check["ok"] for check in found["checks"]} == dict.fromkeys(
        ("address", "corpus folder", "data folder", "embedding model", "index"), True
    )
    assert shell("doctor", "--corpus", str(tmp_path / "none"), "--data", str(tmp_path))[0] == 1


def test_eval_scores_a_question_file(shell: _Shell, tmp_path: Path) -> None:
    file = tmp_path / "set" / "questions.jsonl"
    file.parent.mkdir()
    text = "The lighthouse at Skerry Point was built in 1872. It was lit by gas until 1931."
    (file.parent / "corpus.jsonl").write_bytes(json.encode({"doc_id": "d1", "text": text}) + b"\n")
    start = text.index("1872")
    row = {
        "qid": "q1",
        "question": "When was the lighthouse at Skerry Point built?",
        "answers": [
            {"doc_id": "d1", "start": 0, "end": 49, "text": text[:49], "short_answers": [text[start : start + 4]]}
        ],
    }
    file.write_bytes(json.encode(row) + b"\n")
    code, out, err = shell("eval", str(file), "--work", str(tmp_path / "work"), "--json")
    assert (code, err) == (0, "")
    assert json.decode(out)["questions"] == 1


def test_chat_keeps_the_conversation_and_shows_sources(seeds_settings: Settings) -> None:
    folders = ["--corpus", str(SEEDS), "--data", str(seeds_settings.data_folder)]
    with _started("chat", *folders) as process:
        lines = [QUESTION, "", "/show 1", "/show 99", "/what", "/new", " ", "/quit", "never asked"]
        out, err = process.communicate("\n".join(lines), timeout=120)
    assert process.returncode == 0, err
    assert out.count("Sources:") == 1
    assert "A new conversation." in out
    assert "The last answer has no source 99." in err
    assert re.search(r"00\d_.+\.txt, characters \d+-\d+\n\n\S", out)


def _first_line(process: "subprocess.Popen[str]") -> str:
    assert process.stderr is not None
    return process.stderr.readline()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_serve_says_where_it_is_and_stops_cleanly(seeds_settings: Settings, number: signal.Signals) -> None:
    folders = ["--corpus", str(SEEDS), "--data", str(seeds_settings.data_folder)]
    with _started("serve", "--port", "0", *folders) as process:
        found = re.search(r"http://127\.0\.0\.1:\d+", _first_line(process))
        assert found
        response = httpx.get(f"{found[0]}/api/sources", timeout=60)
        assert len(response.json()["sources"]) == 5
        assert "server" not in response.headers
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
    assert process.returncode in (130, -number)
    assert "Traceback" not in out + err


def test_a_port_in_use_is_one_line_and_code_1(shell: _Shell) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        code, _, err = shell.here("serve", "--port", str(taken.getsockname()[1]))
    assert code == 1
    assert _one_line(err)
    assert "in use" in err


def test_a_server_beside_an_indexing_process_serves_what_is_there(seeds_settings: Settings) -> None:
    folders = ["--corpus", str(SEEDS), "--data", str(seeds_settings.data_folder)]
    with indexing(seeds_settings.data_folder), _started("serve", "--port", "0", *folders) as process:
        assert "is indexing" in _first_line(process)
        found = re.search(r"http://127\.0\.0\.1:\d+", _first_line(process))
        assert found
        assert len(httpx.get(f"{found[0]}/api/sources", timeout=60).json()["sources"]) == 5


def test_a_command_waits_for_the_first_index_of_another_process(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / ".footnote").mkdir()
    with _started("ask", "Who?", "--corpus", str(tmp_path / "texts")) as process, ExitStack() as lock:
        lock.enter_context(indexing(tmp_path / ".footnote"))
        assert "Waiting for it." in _first_line(process)
        lock.close()
        out, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    assert "not in these documents" in out


def test_every_command_is_registered() -> None:
    for name in COMMANDS:
        command = footnote.get_command(None, name)  # type: ignore[arg-type]
        assert command is not None
        assert command.name == name
