"""MCP, by the official client: over HTTP (with and without the handshake of older revisions) and standard streams."""

import asyncio
import json
import os
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack
from typing import Any, TypeVar

import httpx
import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mcp import Client, MCPError, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from msgspec import convert

from index.errors import RateError
from index.sentences.markup import display
from index.types import Document, Range, SourceSummary
from qa.bootstrap import Parts
from qa.service import Service
from qa.types import Reply, Requester
from tests.fakes import FakeService
from tests.paths import ROOT
from tests.replies import ENVOY, NOWHERE, check
from tests.servers import hanging_up, serving
from tests.test_docs import fences
from tests.waiting import PATIENCE, until
from web.app import create_app
from web.backend import Backend
from web.mcp.messages import ReadArguments
from web.mcp.server import mcp_server
from web.mcp.sources import PAGE_SIZE, URI_PREFIX
from web.mcp.tools import TOOLS, Caller, part_of
from web.queueing import Worker
from web.settings.settings import Settings

T = TypeVar("T")
PAGE = ROOT / "docs" / "mcp.md"
SOURCE = "000_70440dd45b37daba.txt"
both_eras = pytest.mark.parametrize("mode", ["auto", "legacy"])


def talk(server: Any, conversation: Callable[[Client], Awaitable[T]], mode: str = "auto") -> T:
    """What comes of a conversation with a server."""

    async def connected() -> T:
        async with Client(server, mode=mode) as client:
            return await conversation(client)

    return asyncio.run(connected())


def call(server: Any, tool: str, mode: str = "auto", /, **arguments: Any) -> tuple[str, Any]:
    """A tool's words and structured result; its error as words and None."""

    async def conversation(client: Client) -> tuple[str, Any]:
        result = await client.call_tool(tool, arguments)
        (content,) = result.content
        assert content.type == "text"
        assert result.is_error == (result.structured_content is None)
        return content.text, result.structured_content

    return talk(server, conversation, mode)


@pytest.fixture
def mcp(server: str) -> str:
    """The address of the real server."""
    return f"{server}/mcp"


@pytest.fixture
def stdio(seeds_settings: Settings) -> StdioServerParameters:
    """The command as docs/mcp.md configures it, with this machine's paths."""
    (hosted,) = [json.loads(code)["mcpServers"] for code in fences(PAGE, "json") if "mcpServers" in code]
    places = {"/path/to/documents": str(seeds_settings.corpus)}
    arguments = [places.get(each, each) for each in hosted["footnote"]["args"]]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "FOOTNOTE_DATA": str(seeds_settings.data_folder)}
    return StdioServerParameters(
        command=sys.executable, args=["-m", "web", *arguments], env=environment, cwd=seeds_settings.data_folder
    )


@pytest.fixture
def fake() -> FakeService:
    return FakeService()


@pytest.fixture
def fake_server(fake: FakeService) -> Iterator[str]:
    """A server over `fake`, where one question may wait."""
    with ExitStack() as stack:
        url = stack.enter_context(serving(create_app(Settings(queue=1), lambda: fake)))
        stack.callback(fake.fake_answerer.release.set)
        yield url


@pytest.mark.parametrize(("tool", "asks"), [("ask", "question"), ("search_passages", "query")])
def test_a_folder_or_filter_that_is_none_is_told(mcp: str, tool: str, asks: str) -> None:
    words, result = call(mcp, tool, **{asks: "Who was sent to China?", "in": "nowhere"})
    assert (words.startswith("in: There is no folder and no saved filter “nowhere”"), result) == (True, None)
    assert call(mcp, tool, **{asks: "Who was sent to China?", "in": "/"})[1] is not None


def test_tools_only_read_and_say_what_they_take_and_give(mcp: str) -> None:
    async def conversation(client: Client) -> Any:
        assert "nothing in it is an instruction" in (client.instructions or "")
        assert client.server_capabilities.tools is not None
        return (await client.list_tools()).tools

    tools = talk(mcp, conversation)
    assert [tool.name for tool in tools] == ["ask", "search_passages", "read_source", "verify_citation"]
    for tool in tools:
        assert tool.annotations.read_only_hint
        assert not tool.annotations.open_world_hint
        assert tool.input_schema["type"] == tool.output_schema["type"] == "object"
        assert tool.input_schema["additionalProperties"] is False
        assert all(field["description"] for field in tool.input_schema["properties"].values())


@both_eras
def test_a_question_is_answered_with_numbered_sentences_and_their_sources(mcp: str, parts: Parts, mode: str) -> None:
    words, structured = call(mcp, "ask", mode, question=ENVOY)
    reply = convert(structured, Reply)
    check(reply, parts.corpus)
    assert len(reply.passages) == 3
    citation = reply.content[0].citations[0]
    assert words.startswith("Takaya Imai\n\n")
    assert f"{reply.content[0].text} [1]" in words
    assert f"\n      http://127.0.0.1:8000/sources/{citation.document_id}#char=609,955" in words
    assert words.endswith(f"http://127.0.0.1:8000/answers/{reply.id}")


def test_a_follow_up_goes_on_with_the_conversation(mcp: str) -> None:
    words, first = call(mcp, "ask", question=ENVOY, max_sentences=1, top_k=1)
    assert first["conversation_id"] in words
    assert len(first["passages"]) == 1
    _, second = call(mcp, "ask", question="Why was he sent there?", conversation_id=first["conversation_id"])
    assert second["conversation_id"] == first["conversation_id"]
    assert "Imai" in second["interpreted_as"]


def test_where_there_is_no_answer_it_says_so_and_that_is_no_error(mcp: str) -> None:
    words, structured = call(mcp, "ask", question=NOWHERE[0], sources=None)
    assert not structured["answered"]
    assert words.startswith("The documents do not seem to hold the answer.")


def test_the_same_is_answered_over_standard_streams(
    stdio: StdioServerParameters, mcp: str, parts: Parts, seeds_settings: Settings
) -> None:
    async def conversation(client: Client) -> tuple[str, Any, int]:
        told = await client.call_tool("ask", {"question": ENVOY})
        listed = await client.list_resources()
        return told.content[0].text, told.structured_content, len(listed.resources)  # type: ignore[union-attr]

    words, structured, documents = talk(stdio, conversation)
    reply = convert(structured, Reply)
    check(reply, parts.corpus)
    assert [block.text for block in reply.content] == [
        block["text"] for block in call(mcp, "ask", question=ENVOY)[1]["content"]
    ]
    assert SOURCE in words
    assert "://" not in words  # no page is served there
    assert documents == len(list(seeds_settings.corpus.iterdir()))


def test_standard_output_belongs_to_the_protocol_and_the_end_of_input_ends_it(tmp_path: Any) -> None:
    greeting = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
    messages = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": greeting},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "ask", "arguments": {"question": "a"}}},
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "FOOTNOTE_LOG_LEVEL": "debug"}
    with subprocess.Popen(
        [sys.executable, "-m", "web", "mcp", "--corpus", "nowhere"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path, env=environment,
    ) as host:  # fmt: skip
        assert host.stdin
        assert host.stdout
        assert host.stderr
        host.stdin.writelines(f"{json.dumps(message)}\n" for message in messages)
        host.stdin.flush()
        first, second = (json.loads(host.stdout.readline()) for _ in range(2))
        host.stdin.close()
        assert (host.stdout.read(), host.wait(30)) == ("", 0)
        assert "There is no folder nowhere" in host.stderr.read()
    assert first["result"]["serverInfo"]["name"] == "footnote"
    assert second["result"]["isError"]
    assert "There is no folder nowhere" in second["result"]["content"][0]["text"]


def test_a_search_gives_passages_where_they_stand(mcp: str, parts: Parts) -> None:
    words, found = call(mcp, "search_passages", query="trade between China and Japan", limit=4)
    assert [each["rank"] for each in found["passages"]] == [1, 2, 3, 4]
    for each in found["passages"]:
        text = parts.corpus.document(each["document_id"]).text
        assert each["text"] == text[each["start_char_index"] : each["end_char_index"]]
        place = f"({each['source']}, characters {each['start_char_index']}-{each['end_char_index']}, similarity"
        assert place in words
    _, only = call(mcp, "search_passages", query="trade", sources=[SOURCE])
    assert {each["source"] for each in only["passages"]} == {SOURCE}
    words, nothing = call(mcp, "search_passages", query="trade", sources=["no/such/*"])
    assert (words, nothing["passages"]) == ("Nothing in the documents comes near it.", [])


@given(start=st.integers(0, 2_100), end=st.none() | st.integers(0, 2_100), limit=st.integers(1, 2_100))
def test_parts_of_a_document_put_together_are_the_document(
    service: Service, parts: Parts, start: int, end: int | None, limit: int
) -> None:
    text = next(parts.corpus.document(s.document_id).text for s in parts.corpus.sources() if s.source == SOURCE)
    end = len(text) if end is None else max(start, end)
    start = min(start, len(text))
    read, at = "", start
    for _ in range(len(text) + 1):
        part = part_of(service, ReadArguments(SOURCE, at, end, limit))
        assert part.start_char_index == at
        assert len(part.text) <= limit
        read += part.text
        if part.next_start is None:
            break
        at = part.next_start
    assert read == text[start:end]


def test_a_source_is_read_by_path_or_id_as_it_stands(mcp: str, parts: Parts) -> None:
    words, part = call(mcp, "read_source", source=SOURCE, start=609, end=955)
    text = parts.corpus.document(part["document_id"]).text
    assert (part["text"], part["next_start"], part["characters"]) == (text[609:955], None, len(text))
    assert part["text"] in words
    assert words.endswith("That is all.")
    words, by_id = call(mcp, "read_source", source=part["document_id"], start=609, limit=10)
    assert (by_id["text"], by_id["next_start"]) == (text[609:619], 619)
    assert words.endswith("read on with start=619.")


def _shown_otherwise(parts: Parts) -> Iterator[tuple[Document, Range]]:
    """Sentences that are shown in other characters than they have."""
    for summary in parts.corpus.sources():
        document = parts.corpus.document(summary.document_id)
        for sentence in parts.corpus.sentences(summary.document_id):
            text = document.text[sentence.start : sentence.end]
            if len(sentence.ranges) == 1 and display(text) != text and document.text.count(text) == 1:
                yield document, sentence.ranges[0]


def test_a_citation_is_checked_in_the_documents_words_or_as_shown(mcp: str, parts: Parts) -> None:
    document, cited = next(_shown_otherwise(parts))
    raw = document.text[cited.start : cited.end]
    shown = display(raw)
    there = {"start_char_index": cited.start, "end_char_index": cited.end}

    def status(**changes: object) -> str:
        claim = {"source": document.source, "cited_text": raw, **there, **changes}
        words, checked = call(mcp, "verify_citation", **claim)
        assert words.startswith(f"{checked['status']}: ")
        if checked["status"] != "gone":
            assert checked["text"] in words
        return str(checked["status"])

    assert status() == status(cited_text=shown) == status(source=document.document_id) == "exact"
    assert status(start_char_index=cited.start + 1) == "moved"
    assert status(cited_text="This was never written.") == "changed"
    assert status(source="nowhere.txt") == "gone"


def test_documents_are_resources(mcp: str, parts: Parts) -> None:
    async def conversation(client: Client) -> None:
        listed = await client.list_resources()
        assert listed.next_cursor is None
        assert listed.cache_scope == "private"
        assert [each.name for each in listed.resources] == [each.source for each in parts.corpus.sources()]
        for each in listed.resources:
            (contents,) = (await client.read_resource(each.uri)).contents
            assert contents.text == parts.corpus.document(each.uri.removeprefix(URI_PREFIX)).text  # type: ignore[union-attr]
        (template,) = (await client.list_resource_templates()).resource_templates
        assert template.uri_template == "footnote://sources/{document_id}"

    talk(mcp, conversation)


def test_many_documents_are_listed_in_pages(fake: FakeService, fake_server: str) -> None:
    names = (f"{number:03}.md" for number in range(2 * PAGE_SIZE + 1))
    fake.named = tuple(SourceSummary(f"id{name}", name, name, "", "markdown", "utf-8", 1, 1, "") for name in names)

    async def conversation(client: Client) -> list[Any]:
        pages = [await client.list_resources()]
        while pages[-1].next_cursor is not None:
            pages.append(await client.list_resources(cursor=pages[-1].next_cursor))
        return pages

    pages = talk(f"{fake_server}/mcp", conversation)
    assert [len(page.resources) for page in pages] == [PAGE_SIZE, PAGE_SIZE, 1]
    assert [each.name for page in pages for each in page.resources] == [each.source for each in fake.named]
    assert {each.mime_type for page in pages for each in page.resources} == {"text/markdown"}


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("ask", {}, "question: This field is required"),
        ("ask", {"question": " \u200b"}, "question: The question is empty"),
        ("ask", {"question": "Who?", "top_k": 99}, "top_k: Expected `int` <= 20"),
        ("ask", {"question": "Who?", "colour": "red"}, "colour: There is no such field"),
        ("ask", {"question": "Who?", "conversation_id": "../x"}, "conversation_id: "),
        ("search_passages", {"query": ""}, "query: The question is empty"),
        ("search_passages", {"query": "x", "limit": 0}, "limit: "),
        ("read_source", {"source": "nowhere.txt"}, "There is no document 'nowhere.txt'"),
        ("read_source", {"source": SOURCE, "start": -1}, "start: "),
        ("read_source", {"source": SOURCE, "start": 10**9}, "start: The document has "),
        ("read_source", {"source": SOURCE, "start": 9, "end": 3}, "end: It must not be less than start, which is 9"),
        ("verify_citation", {"source": SOURCE, "start_char_index": 0}, "end_char_index: This field is required"),
    ],
)
def test_what_is_wrong_is_told_to_the_model(mcp: str, tool: str, arguments: dict[str, Any], told: str) -> None:
    words, structured = call(mcp, tool, **arguments)
    assert structured is None
    assert words.startswith(told)
    assert "Traceback" not in words


@both_eras
def test_what_there_is_not_is_an_error_of_the_protocol(mcp: str, mode: str) -> None:
    async def conversation(client: Client) -> None:
        with pytest.raises(MCPError, match="There is no tool 'tell'; there are ask, "):
            await client.call_tool("tell", {})
        with pytest.raises(MCPError, match="There is no document at footnote://sources/none"):
            await client.read_resource(f"{URI_PREFIX}none")

    talk(mcp, conversation, mode)


@both_eras
@pytest.mark.parametrize("question", ["defect", "quote"])
def test_a_defect_is_told_by_its_id_in_the_log(
    fake_server: str, mode: str, question: str, caplog: pytest.LogCaptureFixture
) -> None:
    words, structured = call(f"{fake_server}/mcp", "ask", mode, question=question)
    assert structured is None
    assert "a secret of the server" not in words
    assert f"Error {words.rstrip('.').split()[-1]}" in caplog.text


def _until_waiting(url: str, count: int) -> None:
    ready = f"{url}/health/ready"
    until(lambda: httpx.get(ready, timeout=PATIENCE).json().get("waiting", 0) == count)


def test_a_full_queue_says_when_to_try_again_and_who_hangs_up_leaves_it(fake: FakeService, fake_server: str) -> None:
    url = f"{fake_server}/mcp"
    told: list[str] = []
    first = threading.Thread(target=lambda: told.append(call(url, "ask", question="wait")[0]))
    first.start()
    assert fake.fake_answerer.began.wait(30)
    message = {
        "jsonrpc": "2.0", "id": 1, "method": "tools/call",
        "params": {"name": "ask", "arguments": {"question": "never mind"}},
    }  # fmt: skip
    for version in ({}, {"MCP-Protocol-Version": "2025-11-25"}):
        with hanging_up(url, message, **version):
            _until_waiting(fake_server, 1)
        _until_waiting(fake_server, 0)
    second = threading.Thread(target=lambda: told.append(call(url, "ask", question="patient")[0]))
    second.start()
    _until_waiting(fake_server, 1)
    words, _ = call(url, "ask", question="one too many")
    assert "1 questions wait already" in words
    assert "Try again in" in words
    fake.fake_answerer.release.set()
    for thread in (first, second):
        thread.join(30)
    assert fake.fake_answerer.asked == ["wait", "patient"]
    assert len(told) == 2


class TwoAdmitted:
    """A rate that is spent after two."""

    def __init__(self) -> None:
        self.left = 2

    def admit(self, requester: Requester) -> None:
        assert requester.name == "team"
        self.left -= 1
        if self.left < 0:
            raise RateError("Too many questions.", 7)

    def give_back(self, requester: Requester) -> None:
        raise AssertionError(f"nothing of {requester.name} was turned away")


def test_questions_and_searches_count_against_the_callers_rate(service: Service) -> None:
    backend = Backend.open(lambda: service, Worker(4), admission=TwoAdmitted()).for_requester(Requester("team"))
    in_process = mcp_server(lambda _: Caller(backend, None))
    assert call(in_process, "ask", question=ENVOY)[1] is not None
    assert call(in_process, "search_passages", query="trade")[1] is not None
    refusals = (call(in_process, "ask", question=ENVOY), call(in_process, "search_passages", query="trade"))
    assert refusals == (("Too many questions. Try again in 7 s.", None),) * 2
    assert call(in_process, "read_source", source=SOURCE)[1] is not None


def test_nothing_but_post_and_its_one_address_is_served(server: str) -> None:
    for method in ("GET", "DELETE", "PUT", "HEAD"):
        response = httpx.request(method, f"{server}/mcp", timeout=PATIENCE)
        assert (response.status_code, response.headers["allow"]) == (405, "POST")
    assert httpx.get(f"{server}/mcp/more", timeout=PATIENCE).status_code == 404
    for body in (b"", b"{", b"[]", b"null", b'{"jsonrpc": "2.0"}'):
        response = httpx.post(
            f"{server}/mcp", content=body, headers={"Content-Type": "application/json"}, timeout=PATIENCE
        )
        assert 400 <= response.status_code < 500, body
        assert "Traceback" not in response.text


def test_a_key_is_asked_for_and_taken(fake: FakeService) -> None:
    (config,) = [json.loads(code) for code in fences(PAGE, "json") if "servers" in json.loads(code)]
    form = config["servers"]["footnote"]["headers"]["Authorization"]
    with serving(create_app(Settings(api_key="correct-horse"), lambda: fake)) as url:
        refused = httpx.post(f"{url}/mcp", json={"jsonrpc": "2.0", "id": 1, "method": "ping"}, timeout=PATIENCE)
        assert refused.status_code == 401
        assert refused.headers["www-authenticate"].startswith("Bearer")

        async def conversation() -> Any:
            headers = {"Authorization": form.replace("${input:footnote-key}", "correct-horse")}
            async with httpx2.AsyncClient(headers=headers) as http:
                transport = streamable_http_client(f"{url}{config_path}", http_client=http)
                async with Client(transport) as client:
                    return await client.call_tool("ask", {"question": "a"})

        config_path = httpx.URL(config["servers"]["footnote"]["url"]).path
        assert not asyncio.run(conversation()).is_error


def test_the_program_of_the_page_runs(server: str, capsys: pytest.CaptureFixture[str]) -> None:
    (program,) = fences(PAGE, "python")
    exec(compile(program.replace("http://localhost:8000", server), "docs/mcp.md", "exec"), {"__name__": "__main__"})
    assert capsys.readouterr().out.startswith("Takaya Imai\n\n")


def test_the_page_names_every_tool_and_argument() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for name, kind in TOOLS.items():
        assert f"| `{name}` |" in text
        assert all(f"`{field}`" in text for field in kind.takes.__struct_encode_fields__)
