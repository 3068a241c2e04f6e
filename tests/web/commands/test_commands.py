"""Each command at its work, on the shipped documents; test_cli.py has what is common to all."""

import asyncio
import re
import signal
import socket
import subprocess
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
from msgspec import convert, json

from index.sync.lock import indexing
from qa.types import Reply
from tests.paths import ROOT
from tests.shell import Shell, is_one_line, started
from tests.waiting import PATIENCE, until
from web.commands.serve import bind
from web.settings.settings import KEYS, Settings

SEEDS = ROOT / "seeds"
QUESTION = "Who was sent to China by the Japanese government in May?"


def test_ask_prints_an_answer_with_its_sources(shell: Shell) -> None:
    code, out, err = shell.here("ask", QUESTION, "--max-sentences", "1")
    assert (code, err) == (0, "")
    assert "[1]" in out.split("Sources:")[0]
    assert re.search(r"\n  \[1\] .+\(00\d_.+\.txt, characters \d+-\d+\)", out)


def _saved_reply(shell: Shell) -> dict[str, Any]:
    code, out, err = shell.here("ask", QUESTION, "--json", "--top-k", "2")
    assert (code, err) == (0, "")
    reply: dict[str, Any] = json.decode(out)
    return reply


def test_ask_prints_the_apis_json(shell: Shell) -> None:
    reply = _saved_reply(shell)
    assert convert(reply, Reply).answered
    assert len(reply["passages"]) == 2
    for citation in reply["content"][0]["citations"]:
        text = (SEEDS / citation["source"]).read_bytes().decode()
        assert text[citation["start_char_index"] : citation["end_char_index"]] == citation["cited_text"]


def test_an_abstention_is_said_plainly_and_is_no_failure(shell: Shell) -> None:
    code, out, _ = shell.here("ask", QUESTION, "--source", "nothing/*")
    said = "The documents do not seem to hold the answer. Nothing in them comes near the question.\n"
    assert (code, out) == (0, said)
    code, out, _ = shell.here("ask", QUESTION, "--source", "nothing/*", "--json")
    assert (code, json.decode(out)["answered"]) == (0, False)


def test_verify_tells_what_became_of_each_citation(shell: Shell, tmp_path: Path) -> None:
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
    said_again = json.encode({"citations": [citation], "also": [citation]}).decode()
    code, out, _ = shell.here("verify", said_again, "--json")
    assert (code, [each["verdict"]["status"] for each in json.decode(out)]) == (0, ["exact", "exact"])
    assert shell.here("verify", json.encode({**reply, "content": []}).decode())[:2] == (0, "No citations to check.\n")


def test_index_reports_on_every_file_and_fails_where_one_did(shell: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "good.txt").write_text("The lighthouse was built in 1872.\n")
    assert shell("index", str(folder))[0] == 0
    (folder / "broken.txt").write_bytes(b"\xff\xfe\x00\xd8 \x00\x81" * 9)
    (folder / "paper.xyz").write_bytes(bytes(range(256)) * 8)
    code, out, err = shell("index", str(folder), "--json")
    report = json.decode(out)
    assert (code, err) == (1, "")
    assert {file["source"]: file["status"] for file in report["files"]} == {
        "broken.txt": "failed",
        "good.txt": "unchanged",
        "paper.xyz": "skipped",
    }
    code, out, err = shell("index", str(folder))
    assert code == 1
    assert "1 of 3 files read; 1 TXT: could not be read; 1 XYZ: " in out
    assert "broken.txt: " in err
    assert "index --verbose" in err
    assert "1 documents" in out
    assert "paper.xyz" not in out
    _, out, _ = shell("index", str(folder), "--verbose")
    assert "paper.xyz" in out
    assert "good.txt" in out
    _, out, err = shell("sources", "--corpus", str(folder))
    assert "1 of 3 files read" in out
    assert "sources --verbose" in err
    assert "paper.xyz: " in shell("sources", "--corpus", str(folder), "--verbose")[1]
    code, out, _ = shell("sources", "--corpus", str(folder), "--json")
    assert [source["source"] for source in json.decode(out)] == ["good.txt"]


def test_a_folder_of_which_nothing_can_be_read_or_most_is_gone_is_not_well(shell: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "paper.xyz").write_bytes(bytes(range(256)) * 8)
    code, out, err = shell("index", str(folder))
    assert (code, "0 of 1 file read" in out) == (1, True)
    assert "holds no file that can be read: put documents into it" in err
    (folder / "good.txt").write_text("The lighthouse was built in 1872.\n")
    assert shell("index", str(folder))[0] == 0
    (folder / "good.txt").unlink()
    code, _, err = shell("index", str(folder))
    assert (code, "index --remove-all" in err) == (1, True)
    code, out, _ = shell("index", str(folder), "--remove-all")
    assert (code, "1 removed" in out) == (1, True)


def test_sources_lists_what_is_indexed(shell: Shell) -> None:
    code, out, _ = shell.here("sources")
    assert code == 0
    assert all(path.name in out for path in SEEDS.iterdir())


def test_doctor_shows_settings_with_their_origin_and_what_it_checked(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "footnote.toml").write_text("api_key = 'hush-hush'\nport = 8080\n")
    code, out, err = shell.here("doctor", "--json")
    found = json.decode(out)
    assert (code, err) == (0, "")
    assert "hush-hush" not in out
    assert [setting["key"] for setting in found["settings"]] == list(KEYS)
    origins = {setting["key"]: setting["origin"] for setting in found["settings"]}
    assert (origins["port"], origins["corpus"], origins["queue"]) == ("footnote.toml", "command line", "default")
    assert {check["name"]: check["ok"] for check in found["checks"]} == dict.fromkeys(
        ("address", "corpus folder", "data folder", "embedding model", "index", "conversations", "Slack"), True
    )
    assert shell("doctor", "--corpus", str(tmp_path / "none"), "--data", str(tmp_path))[0] == 1


def test_chat_keeps_the_conversation_and_shows_sources(seeds_settings: Settings) -> None:
    folders = ["--corpus", str(SEEDS), "--data", str(seeds_settings.data_folder)]
    with started("chat", *folders) as process:
        lines = [QUESTION, "", "/show 1", "/show 99", "/what", "/new", " ", "/quit", "never asked"]
        out, err = process.communicate("\n".join(lines), timeout=PATIENCE)
    assert process.returncode == 0, err
    assert out.count("Sources:") == 1
    assert "A new conversation." in out
    assert "The last answer has no source 99." in err
    assert re.search(r"00\d_.+\.txt, characters \d+-\d+\n\n\S", out)


def test_chat_takes_back_what_was_carried_over(seeds_settings: Settings) -> None:
    folders = ["--corpus", str(SEEDS), "--data", str(seeds_settings.data_folder)]
    with started("chat", *folders) as process:
        out, err = process.communicate(
            "\n".join([QUESTION, "/undo", "When did he go there?", "/undo", "/in nowhere", "Who?", "/in /"]),
            timeout=PATIENCE,
        )
    assert process.returncode == 0, err
    assert err.count("The last question was taken as it was put.") == 1
    assert "There is no folder and no saved filter “nowhere”" in err
    assert out.endswith("Asking within nowhere.\nAsking all documents.\n")
    assert out.count("(Understood as: When did Takaya Imai go to China?)") == 1, "and not again after it is undone"


def _first_line(process: "subprocess.Popen[str]") -> str:
    assert process.stderr is not None
    return process.stderr.readline()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_serve_says_where_it_is_and_stops_cleanly(seeds_settings: Settings, number: signal.Signals) -> None:
    folders = ["--corpus", str(SEEDS), "--data", str(seeds_settings.data_folder)]
    with started("serve", "--port", "0", *folders) as process:
        found = re.search(r"http://127\.0\.0\.1:\d+", _first_line(process))
        assert found
        response = httpx.get(f"{found[0]}/api/sources", timeout=PATIENCE)
        assert len(response.json()["sources"]) == 5
        assert "server" not in response.headers
        process.send_signal(number)
        out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode in (130, -number)
    assert "Traceback" not in out + err


def test_a_port_in_use_is_one_line_and_code_1(shell: Shell) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        code, _, err = shell.here("serve", "--port", str(taken.getsockname()[1]))
    assert code == 1
    assert is_one_line(err)
    assert "in use" in err


def test_small_packets_are_sent_at_once() -> None:
    """TCP_NODELAY, on what asyncio makes of the socket that `footnote serve` binds."""
    found: list[int] = []

    async def greet(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        found.append(writer.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    async def met(listener: socket.socket) -> None:
        async with await asyncio.start_server(greet, sock=listener):
            reader, writer = await asyncio.open_connection(*listener.getsockname())
            await reader.read()
            writer.close()

    asyncio.run(met(bind(Settings(port=0))))
    assert found[0] != 0


def test_a_server_beside_an_indexing_process_serves_what_is_there(seeds_settings: Settings) -> None:
    folders = ["--corpus", str(SEEDS), "--data", str(seeds_settings.data_folder)]
    with indexing(seeds_settings.data_folder), started("serve", "--port", "0", *folders) as process:
        found = re.search(r"http://127\.0\.0\.1:\d+", _first_line(process))
        assert found
        until(lambda: "is indexing" in _first_line(process))
        assert len(httpx.get(f"{found[0]}/api/sources", timeout=PATIENCE).json()["sources"]) == 5


def test_a_command_waits_for_the_first_index_of_another_process(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / ".footnote").mkdir()
    with ExitStack() as lock:
        lock.enter_context(indexing(tmp_path / ".footnote"))
        with started("ask", "Who?", "--corpus", str(tmp_path / "texts")) as process:
            assert "Waiting for it." in _first_line(process)
            lock.close()
            out, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert "do not seem to hold the answer" in out
