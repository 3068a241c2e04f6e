"""The real service, driven with the official client, unchanged: answers, streams, conversations and errors."""

import asyncio
import re
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import httpx
import openai
import pytest
from msgspec import convert
from openai import AsyncOpenAI, OpenAI
from openai.types.chat import ChatCompletion, ChatCompletionChunk, ChatCompletionMessageParam

from index.models.tokens import open_token_counter
from qa.types import Reply
from tests.fakes import FakeService
from tests.paths import ROOT
from tests.servers import serving
from tests.test_docs import fences
from tests.waiting import PATIENCE, until
from web.app import create_app
from web.http.examples import ANSWERED
from web.rendering.unread import ABSTAINED
from web.settings.settings import Settings

QUESTION = "Who was sent to China by the Japanese government in May?"
NOWHERE = "What is the boiling point of tungsten?"


def asked(*contents: str) -> list[ChatCompletionMessageParam]:
    """A conversation in which user and assistant take turns."""
    return [
        {"role": "assistant", "content": text} if number % 2 else {"role": "user", "content": text}
        for number, text in enumerate(contents)
    ]


@pytest.fixture
def chat(server: str) -> Iterator[OpenAI]:
    """The official client of the server over the seeds."""
    with OpenAI(base_url=f"{server}/v1", api_key="none", max_retries=0, timeout=PATIENCE) as chat:
        yield chat


@pytest.fixture
def fake() -> FakeService:
    return FakeService()


@pytest.fixture
def fake_chat(fake: FakeService) -> Iterator[OpenAI]:
    """The official client of a server over `fake`, where one question may wait."""
    with ExitStack() as stack:
        url = stack.enter_context(serving(create_app(Settings(queue=1), lambda: fake)))
        stack.callback(fake.fake_answerer.release.set)
        yield stack.enter_context(OpenAI(base_url=f"{url}/v1", api_key="none", max_retries=0, timeout=PATIENCE))


def ask(chat: OpenAI, *contents: str, **fields: Any) -> ChatCompletion:
    completion: ChatCompletion = chat.chat.completions.create(model="footnote", messages=asked(*contents), **fields)
    return completion


def stream(chat: OpenAI, *contents: str, **fields: Any) -> list[ChatCompletionChunk]:
    chunks = chat.chat.completions.create(model="footnote", messages=asked(*contents), stream=True, **fields)
    return list(chunks)


def text_of(completion: ChatCompletion) -> str:
    content = completion.choices[0].message.content
    assert content is not None
    return content


def reply_of(thing: ChatCompletion | ChatCompletionChunk) -> Reply:
    """The field `footnote`, which the client keeps as it comes."""
    assert thing.model_extra is not None
    return convert(thing.model_extra["footnote"], Reply)


def test_there_is_one_model(chat: OpenAI) -> None:
    assert [(model.id, model.object) for model in chat.models.list()] == [("footnote", "model")]
    assert chat.models.retrieve("footnote").owned_by == "footnote"
    with pytest.raises(openai.NotFoundError) as raised:
        chat.models.retrieve("gpt-4o")
    assert raised.value.code == "model_not_found"


def test_an_answer_is_cited_and_its_links_show_what_is_cited(chat: OpenAI, client: httpx.Client) -> None:
    completion = ask(chat, QUESTION)
    message, reply = completion.choices[0].message, reply_of(completion)
    assert (completion.object, completion.model, message.role) == ("chat.completion", "footnote", "assistant")
    assert completion.choices[0].finish_reason == "stop"
    assert text_of(completion).startswith("**Takaya Imai** [1]\n\nIn May, the Japanese government sent Takaya Imai")
    assert reply.answered
    assert message.annotations
    for annotation, block in zip(message.annotations, reply.content, strict=True):
        cited, citation = annotation.url_citation, block.citations[0]
        assert annotation.type == "url_citation"
        assert text_of(completion)[cited.start_index : cited.end_index] == f"[{citation.number}]"
        assert f"{block.text} [{citation.number}]" in text_of(completion)
        assert cited.title == citation.document_title
        path, _, fragment = cited.url.partition("#char=")
        assert path == f"{client.base_url}/sources/{citation.document_id}"
        assert client.get(path).headers["content-type"].startswith("text/html")
        start, end = map(int, fragment.split(","))
        text = client.get(f"/api/sources/{citation.document_id}").json()["text"]
        assert text[start:end] == citation.cited_text
    assert client.get(f"/api/answers/{reply.id}").status_code == 200


def test_it_is_what_the_api_answers(chat: OpenAI, client: httpx.Client) -> None:
    reply = reply_of(ask(chat, QUESTION))
    other = convert(client.post("/api/ask", json={"question": QUESTION}).json(), Reply)
    assert (reply.content, reply.answer, reply.passages) == (other.content, other.answer, other.passages)


def test_what_is_not_in_the_documents_is_said_so_in_a_plain_sentence(chat: OpenAI) -> None:
    completion = ask(chat, NOWHERE)
    assert text_of(completion).startswith(f"{ABSTAINED} Nothing here mentions “boiling” or “tungsten”.")
    assert completion.choices[0].finish_reason == "stop"
    assert completion.choices[0].message.annotations == []
    assert not reply_of(completion).answered


def test_tokens_are_counted_with_our_tokenizer(chat: OpenAI) -> None:
    counter = open_token_counter()
    messages: list[ChatCompletionMessageParam] = [{"role": "system", "content": "Be brief."}, *asked(QUESTION)]
    completion = chat.chat.completions.create(model="footnote", messages=messages)
    usage = completion.usage
    assert usage is not None
    assert usage.prompt_tokens == counter.count("Be brief.") + counter.count(QUESTION)
    assert usage.completion_tokens == pytest.approx(counter.count(text_of(completion)), abs=5)
    assert usage.total_tokens == usage.prompt_tokens + usage.completion_tokens


@pytest.mark.parametrize("question", [QUESTION, NOWHERE, "Which documents mention Yachi?"])
def test_streamed_it_is_the_same(chat: OpenAI, question: str) -> None:
    whole, chunks = ask(chat, question), stream(chat, question, stream_options={"include_usage": True})
    *said, ended, counted = chunks
    assert said[0].choices[0].delta.role == "assistant"
    assert "".join(each.choices[0].delta.content or "" for each in said) == text_of(whole)
    extra = [each.choices[0].delta.model_extra or {} for each in said]
    annotations = [each for some in extra for each in some.get("annotations", [])]
    assert annotations == [each.model_dump() for each in whole.choices[0].message.annotations or []]
    assert [each.choices[0].finish_reason for each in said] == [None] * len(said)
    assert (ended.choices[0].finish_reason, ended.choices[0].delta.content) == ("stop", None)
    assert reply_of(ended).content == reply_of(whole).content
    assert (counted.choices, counted.usage) == ([], whole.usage)
    assert {(each.id, each.created, each.model, each.object) for each in chunks} == {
        (counted.id, counted.created, "footnote", "chat.completion.chunk")
    }


def test_sentences_come_whole_and_tokens_only_where_they_are_asked_for(chat: OpenAI) -> None:
    chunks = stream(chat, QUESTION)
    pieces = [each.choices[0].delta.content or "" for each in chunks]
    for block in reply_of(chunks[-1]).content:
        assert len([piece for piece in pieces if block.text in piece]) == 1
    assert all(each.usage is None for each in chunks)


def test_the_messages_are_the_conversation(chat: OpenAI, client: httpx.Client) -> None:
    first = ask(chat, QUESTION, user="a")
    second = ask(chat, QUESTION, text_of(first), "And what is his role?", user="a")
    assert text_of(second).startswith("Interpreted as: What is Takaya Imai’s role?\n\n**executive secretary** [1]\n\n")
    address = f"/api/conversations/{reply_of(first).conversation_id}"
    turns = client.get(address).json()["turns"]
    assert [turn["question"] for turn in turns] == [QUESTION, "And what is his role?"]
    client.delete(address)
    alone = ask(chat, QUESTION, text_of(first), "And what is his role?", user="b")
    assert reply_of(alone).interpreted_as == reply_of(second).interpreted_as
    assert reply_of(ask(chat, "And what is his role?")).interpreted_as is None


def test_a_limit_leaves_out_whole_sentences(chat: OpenAI) -> None:
    whole = ask(chat, QUESTION)
    short = ask(chat, QUESTION, max_tokens=20)
    assert short.choices[0].finish_reason == "length"
    assert text_of(short) == "**Takaya Imai** [1]"
    assert short.usage is not None
    assert short.usage.completion_tokens <= 20
    none = ask(chat, QUESTION, max_completion_tokens=1)
    assert (text_of(none), none.choices[0].finish_reason) == ("", "length")
    assert whole.usage is not None
    assert text_of(ask(chat, QUESTION, max_tokens=whole.usage.completion_tokens)) == text_of(whole)
    assert text_of(ask(chat, QUESTION, stop=["Sources:"])) + "\n\n" == text_of(whole).partition("Sources:")[0]
    chunks = stream(chat, QUESTION, max_tokens=20)
    assert chunks[-1].choices[0].finish_reason == "length"


def test_the_asynchronous_client_works_too(server: str) -> None:
    async def both() -> tuple[str, str]:
        async with AsyncOpenAI(base_url=f"{server}/v1", api_key="none", timeout=PATIENCE) as chat:
            whole = await chat.chat.completions.create(model="footnote", messages=asked(QUESTION))
            chunks = await chat.chat.completions.create(model="footnote", messages=asked(QUESTION), stream=True)
            parts = [each.choices[0].delta.content or "" async for each in chunks]
            return text_of(whole), "".join(parts)

    whole, streamed = asyncio.run(both())
    assert whole == streamed


@pytest.mark.parametrize(
    ("fields", "kind", "param", "code"),
    [
        ({"model": "gpt-4o"}, openai.NotFoundError, "model", "model_not_found"),
        ({"n": 3}, openai.BadRequestError, "n", "unsupported_parameter"),
        ({"messages": asked("")}, openai.BadRequestError, "messages", "invalid_question"),
        ({"messages": asked("x" * 2001)}, openai.BadRequestError, "messages", "invalid_question"),
        ({"messages": []}, openai.BadRequestError, "messages", "invalid_field"),
        ({"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:,x"}}]}]},
         openai.BadRequestError, "messages[0].content[0]", "unsupported_content"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("streamed", [False, True])
def test_errors_are_those_the_client_knows(
    fake_chat: OpenAI,
    fields: dict[str, Any],
    kind: type[openai.APIStatusError],
    param: str,
    code: str,
    streamed: bool,
) -> None:
    given: dict[str, Any] = {"model": "footnote", "messages": asked("Who?"), "stream": streamed, **fields}
    with pytest.raises(kind) as raised:
        fake_chat.chat.completions.create(**given)
    assert (raised.value.param, raised.value.code) == (param, code)
    assert isinstance(raised.value.body, dict)
    assert raised.value.body["type"] == "invalid_request_error"
    assert raised.value.body["message"]


def test_refusals_before_the_handler_have_the_same_form(fake_chat: OpenAI) -> None:
    with serving(create_app(Settings(api_key="correct-horse"), FakeService)) as url:
        with OpenAI(base_url=f"{url}/v1", api_key="correct-horse", max_retries=0) as knowing:
            assert [model.id for model in knowing.models.list()] == ["footnote"]
        with OpenAI(base_url=f"{url}/v1", api_key="wrong") as guessing, pytest.raises(openai.APIError) as denied:
            guessing.models.list()
    assert isinstance(denied.value, openai.AuthenticationError)
    assert denied.value.code == "invalid_api_key"
    with pytest.raises(openai.APIStatusError) as too_long:
        ask(fake_chat, "x" * 1_100_000)
    assert (too_long.value.status_code, too_long.value.type) == (413, "invalid_request_error")
    assert text_of(ask(fake_chat, "Who?", "word " * 60_000, "And when?")) == ABSTAINED


def test_what_else_the_client_can_ask_for_is_not_there(fake_chat: OpenAI) -> None:
    with pytest.raises(openai.NotFoundError) as raised:
        fake_chat.embeddings.create(model="footnote", input="Who?")
    assert raised.value.code == "unknown_url"
    assert "POST /v1/chat/completions" in str(raised.value)
    with pytest.raises(openai.NotFoundError):
        fake_chat.responses.create(model="footnote", input="Who?")


def test_a_defect_is_told_by_its_number_only(fake_chat: OpenAI, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(openai.InternalServerError) as raised:
        ask(fake_chat, "defect")
    with pytest.raises(openai.APIError) as broken:
        stream(fake_chat, "defect")
    for error in (raised.value, broken.value):
        assert "secret" not in str(error)
        assert isinstance(error.body, dict)
        assert error.body["type"] == "server_error"
        assert re.findall(r"log as (\w+)\.", error.body["message"])[0] in caplog.text


def _until_waiting(chat: OpenAI, number: int) -> None:
    health = str(chat.base_url).replace("/v1/", "/health/ready")
    until(lambda: httpx.get(health, timeout=PATIENCE).json().get("waiting", 0) == number)


def test_a_full_queue_is_told_as_one_the_client_tries_again(fake_chat: OpenAI, fake: FakeService) -> None:
    waiting = [threading.Thread(target=ask, args=(fake_chat, f"wait {number}")) for number in (1, 2)]
    waiting[0].start()
    assert fake.fake_answerer.began.wait(30)
    waiting[1].start()
    _until_waiting(fake_chat, 1)
    for streamed in (False, True):
        with pytest.raises(openai.InternalServerError) as raised:
            fake_chat.chat.completions.create(model="footnote", messages=asked("too many"), stream=streamed)
        assert (raised.value.status_code, raised.value.code) == (503, "busy")
        assert int(raised.value.response.headers["retry-after"]) >= 1
    fake.fake_answerer.release.set()
    for thread in waiting:
        thread.join(30)
    assert "too many" not in fake.fake_answerer.asked


async def _leaves(fake_chat: OpenAI, streamed: bool) -> None:
    """Asks by the official client, and gives up once the question waits."""
    async with AsyncOpenAI(base_url=fake_chat.base_url, api_key="none", max_retries=0, timeout=PATIENCE) as chat:
        asking = chat.chat.completions.create(model="footnote", messages=asked("never mind"), stream=streamed)
        work = asyncio.ensure_future(asking)
        await asyncio.to_thread(_until_waiting, fake_chat, 1)
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)


def test_who_leaves_while_waiting_is_not_answered(fake_chat: OpenAI, fake: FakeService) -> None:
    first = threading.Thread(target=ask, args=(fake_chat, "wait 1"))
    first.start()
    assert fake.fake_answerer.began.wait(30)
    for streamed in (False, True):
        asyncio.run(_leaves(fake_chat, streamed))
        _until_waiting(fake_chat, 0)
    fake.fake_answerer.release.set()
    first.join(30)
    assert text_of(ask(fake_chat, "next")) == ABSTAINED
    assert fake.fake_answerer.asked == ["wait 1", "next"]


def test_what_was_said_before_goes_with_the_question(fake_chat: OpenAI, fake: FakeService) -> None:
    ask(fake_chat, "Who?", "Nobody said **that**.", "And when?")
    (turns,) = fake.fake_answerer.turns
    assert turns is not None
    assert [(turn.question, turn.answer_text) for turn in turns] == [("Who?", "Nobody said **that**.")]
    ask(fake_chat, "Alone?")
    assert fake.fake_answerer.turns[-1] == ()


class _Answering(FakeService):
    """Answers everything alike."""

    def ask(self, *_: object) -> Reply:
        return convert(ANSWERED, Reply)


def test_links_begin_with_the_public_address() -> None:
    settings = Settings(public_url="https://box.lan/footnote/")
    with (
        serving(create_app(settings, _Answering)) as url,
        OpenAI(base_url=f"{url}/v1", api_key="none", max_retries=0) as chat,
    ):
        completion = ask(chat, "Who?")
    citation = ANSWERED["content"][0]["citations"][0]
    (annotation,) = completion.choices[0].message.annotations or []
    assert annotation.url_citation.url == f"https://box.lan/footnote{citation['url']}"
    assert text_of(completion).endswith(f": https://box.lan/footnote{citation['url']}")


def test_the_program_in_the_documentation_runs(server: str, capsys: pytest.CaptureFixture[str]) -> None:
    (program,) = fences(ROOT / "docs" / "completions.md", "python")
    exec(compile(program.replace("http://localhost:8000", server), "completions.md", "exec"), {})
    said = capsys.readouterr().out
    assert said.startswith("**Takaya Imai** [1]\n")
    assert "Interpreted as: What is Takaya Imai’s role?\n\n**executive secretary** [1]\n" in said
