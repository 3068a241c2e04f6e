"""The commands that README and docs/ show, run as they stand: localhost:8000 is a real server over the seeds."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from msgspec import Struct

from tests.pasted import ADDRESSES, LANGUAGES, LEFT_OUT, PAGES_LEFT_OUT, commands, fences, run, script_of, steps_of
from tests.paths import ROOT
from tests.servers import serving
from tests.waiting import PATIENCE, until
from web.app import create_app
from web.bootstrap import open_answers, sync_corpus
from web.settings.settings import Settings

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
OF_NO_COMMAND = {"", "text", "json", "toml", "yaml", "ini", "rooms", "promql"}
QUESTION = "Who was sent to China by the Japanese government in May?"


class Past(Struct, frozen=True):
    """A folder in which `seeds` was indexed and a question asked, found helpful and kept."""

    folder: Path
    conversation_id: str
    reply_id: str
    document_id: str


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Past:
    folder = tmp_path_factory.mktemp("past")
    for name in ("seeds", "home/documents"):
        shutil.copytree(ROOT / "seeds", folder / name)
    settings = settings_in(folder)
    sync_corpus(settings)
    with (
        serving(create_app(settings, lambda: open_answers(settings))) as url,
        httpx.Client(base_url=url, timeout=PATIENCE) as client,
    ):
        reply = client.post("/api/ask", json={"question": QUESTION}).json()
        document_id = client.get("/api/sources").json()["sources"][0]["document_id"]
        feedback = client.post("/api/feedback", json={"reply_id": reply["id"], "kind": "helpful"}).json()
        client.post(f"/api/feedback/{feedback['feedback_id']}/keep").raise_for_status()
    return Past(folder, reply["conversation_id"], reply["id"], document_id)


def settings_in(folder: Path) -> Settings:
    return Settings(corpus=folder / "seeds", data=folder / ".footnote")


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl")
@pytest.mark.parametrize("page", [page for page in PAGES if steps_of(page)], ids=lambda page: page.name)
def test_what_is_shown_works(page: Path, past: Past, tmp_path: Path, stack: ExitStack) -> None:
    folder = tmp_path / "here"
    shutil.copytree(past.folder, folder)
    address = ""
    if any(ADDRESSES.search(code) for _, code in steps_of(page)):
        settings = settings_in(folder)
        url = stack.enter_context(serving(create_app(settings, lambda: open_answers(settings))))
        until(lambda: httpx.get(f"{url}/health/ready", timeout=PATIENCE).status_code == 200)
        address = url.removeprefix("http://")
    named = {"ID": past.conversation_id, "REPLY_ID": past.reply_id, "DOCUMENT": past.document_id}
    done = run(script_of(page, folder, address), folder, named)
    assert done.returncode == 0, f"{page.name}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"


def test_no_command_hides_in_a_fence_of_another_language() -> None:
    languages = {language for page in PAGES for language, _ in fences(page)}
    assert languages - LANGUAGES <= OF_NO_COMMAND


def test_what_is_left_out_is_there_to_be_left_out() -> None:
    shown = [
        command for page in PAGES for language, code in fences(page) if language == "sh" for command in commands(code)
    ]
    assert [begin for begin in LEFT_OUT if not any(command.startswith(begin) for command in shown)] == []
    assert set(PAGES_LEFT_OUT) <= {page.name for page in PAGES}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("a b\nc\n", ["a b\n", "c\n"]),
        ("a \\\n  b\nc\n", ["a \\\n  b\n", "c\n"]),
        ("a '{\n}'\nc\n", ["a '{\n}'\n", "c\n"]),
        ("a <<'END'\nit's\nEND\nc\n", ["a <<'END'\nit's\nEND\n", "c\n"]),
        ("a  # it's\nc\n", ["a  # it's\n", "c\n"]),
    ],
)
def test_a_command_has_the_lines_that_belong_to_it(code: str, expected: list[str]) -> None:
    assert list(commands(code)) == expected


def test_a_failing_command_fails_and_is_named(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```sh\nmake nothing\necho before\nfalse\necho after\n```\n")
    done = run(script_of(page, tmp_path, ""), tmp_path, {})
    assert (done.returncode, done.stdout) == (1, "before\n")
    assert "This failed: false" in done.stderr
