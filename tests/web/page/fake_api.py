"""A small stand-in for the service, for the page's tests: true texts and offsets, scripted answers and failures.

It speaks the API of the real one. What it answers is decided by words in the question; see `SCRIPT`.
"""

import asyncio
import re
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from socket import socket
from typing import Any

import uvicorn
from litestar import Litestar, Request, Response, get, post
from litestar.datastructures import State
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.response import ServerSentEvent, ServerSentEventMessage
from msgspec import json, structs

from index.types import Document
from index.unread import grouped
from qa.types import Citation, ContentBlock, Conversation, Reply, RetrievedPassage, ShortAnswer, Turn
from tests import structured
from tests.waiting import PATIENCE
from tests.web.page.documents import EMOJI as EMOJI
from tests.web.page.documents import HOSTILE, make_documents
from tests.web.page.fake_sources import FakeSources, detail, source_handlers
from tests.web.page.fake_turns import FakeTurns, turn_handlers
from tests.web.page.scenes import fields
from web.http.page import page_router


class FakeApi:
    """Documents, conversations, and what was asked. key: required as a bearer token where given."""

    def __init__(self, key: str | None = None) -> None:
        self.key = key
        self.release = threading.Event()  # lets a "slow" answer end
        self.turns = FakeTurns()
        self.reset()

    def reset(self) -> None:
        """As it was at the start."""
        self.documents = make_documents()
        self.conversations: dict[str, list[Turn]] = {}
        self.asked: list[dict[str, Any]] = []
        self.turns.reset(self.conversations)
        self.sources = FakeSources()
        self.busy = 0  # answers of 503 still to give
        self.release.clear()

    def by_id(self, document_id: str) -> Document | None:
        listed = next((d for d in self.documents.values() if d.document_id == document_id), None)
        return listed or structured.documents().get(document_id)

    def cite(self, name: str, words: str, number: int) -> Citation:
        document = self.documents[name]
        start = document.text.index(words)
        end = start + len(words)
        return Citation(
            number=number,
            cited_text=words,
            document_index=0,
            document_title=document.title,
            start_char_index=start,
            end_char_index=end,
            source=document.source,
            document_id=document.document_id,
            passage_id=number,
            page=None,
            heading=None,
            content_sha256=document.content_sha256,
            similarity=0.7,
            url=f"/sources/{document.document_id}#char={start},{end}",
        )

    def passage(self, name: str, start: int, end: int, rank: int) -> RetrievedPassage:
        document = self.documents[name]
        return RetrievedPassage(
            passage_id=rank,
            document_id=document.document_id,
            source=document.source,
            start_char_index=start,
            end_char_index=end,
            text=document.text[start:end],
            similarity=0.5,
            rank=rank,
            document_title=document.title,
            heading="A heading",
            url="javascript:window.hacked=5",
        )

    def reply(self, question: str, conversation_id: str) -> Reply:
        name, sentences, short = script(question)
        names = name.split(",")
        cited = [self.cite(names[min(i, len(names) - 1)], words, i + 1) for i, words in enumerate(sentences)]
        start = cited[0].start_char_index + cited[0].cited_text.index(short) if short else 0
        if "changed" in question:
            cited = [with_text(cited[0], "Words that never stood there."), with_moved(cited[1])]
        content = tuple(ContentBlock(" ".join(c.cited_text.split()), (c,)) for c in cited)
        text = self.documents["seed1"].text
        starts = [m.end() for m in re.finditer(r"\n\n+", text)][4:10]
        carried = "Who was sent to China by <b>Japan</b>?" if "there" in question else None
        plain = Reply(
            id=f"r{len(self.asked)}",
            conversation_id=conversation_id,
            question=question,
            interpreted_as=carried,
            answered=bool(content),
            answer=ShortAnswer(short, 1, start, start + len(short)) if short else None,
            content=content,
            passages=tuple(self.passage("seed1", s, s + 700, i + 1) for i, s in enumerate(starts)),
            confidence=0.9,
            confidence_label="HIGH",
            index_version="v1",
            timings_ms={"total": 1.0},
            missing=() if content else tuple(word for word in ("weather", "Samarkand") if word in question),
            unmentioned=("Samarkand",) if "Samarkand" in question and not content else (),
            related="Samarkand" not in question,
            suggestions=("What is “<b>Trade</b>” about?",) if "Samarkand" in question else (),
        )
        return structs.replace(plain, **fields(question, self.cite))


def with_text(citation: Citation, words: str) -> Citation:
    return structs.replace(citation, cited_text=words)


def with_moved(citation: Citation) -> Citation:
    start, end = citation.start_char_index + 7, citation.end_char_index + 7
    return structs.replace(citation, start_char_index=start, end_char_index=end)


QUESTION = "Who was sent to China by the Japanese government?"
IMAI = (
    "In May, the Japanese government sent Takaya Imai, an executive secretary to Prime Minister Abe, to China to "
    "attend an international forum on the “One Belt, One Road” project, but Abe has made the “openness of "
    "infrastructure” and “transparency” preconditions [for extending support to China] and has yet to show a strong "
    "commitment to cooperation."
)
SCHEME = (
    "This is where the trade-off scheme between constitutional revision and the One Belt, One Road initiative comes "
    "into play."
)
SPEECH = (
    "China’s Belt and Road Initiative is said to have been originally proposed in a speech delivered by President Xi "
    "Jinping during a visit to Kazakhstan in 2013."
)

SCRIPT: dict[str, tuple[str, tuple[str, ...], str]] = {
    "weather": ("seed0", (), ""),
    "emoji": ("emoji", ("𠮷野 wrote that 🎉 the party was held in Kyōto.", "Then they left."), "Kyōto"),
    "hostile": ("hostile", HOSTILE_SENTENCES := tuple(HOSTILE.split("\n\n")[1:]), ""),
    "number": ("long", ("Paragraph 5000 of a long document speaks of the number 5000.",), "5000"),
}


def script(question: str) -> tuple[str, tuple[str, ...], str]:
    """Documents, sentences to cite from them, and the short answer."""
    for word, scene in SCRIPT.items():
        if word in question:
            return scene
    return "seed0,seed0,seed1", (IMAI, SCHEME, SPEECH), "Takaya Imai"


ApiRequest = Request[object, object, State]


def problem(status: int, detail: str, headers: dict[str, str] | None = None) -> Response[bytes]:
    body = json.encode({"type": "about:blank", "title": "Problem", "status": status, "detail": detail})
    return Response(body, status_code=status, media_type="application/problem+json", headers=headers)


def as_json(value: object, status: int = 200) -> Response[bytes]:
    return Response(json.encode(value), status_code=status, media_type="application/json")


async def stream(fake: FakeApi, question: str, reply: Reply) -> AsyncIterator[ServerSentEventMessage]:
    """The events of a question. "slow" stops after the first sentence until released, "reading" while reading; "cut"
    ends after the first sentence.
    """

    def event(name: str, value: object) -> ServerSentEventMessage:
        return ServerSentEventMessage(event=name, data=json.encode(value).decode())

    yield event("interpreted", {"question": question, "interpreted_as": reply.interpreted_as})
    yield event("reading", {"passages": len(reply.passages), "documents": 1})
    while "reading" in question and not fake.release.is_set():
        await asyncio.sleep(0.02)
    yield event("passages", {"passages": reply.passages})
    for block in reply.content:
        yield event("sentence", block)
        if "cut" in question:
            return
        while "slow" in question and not fake.release.is_set():
            await asyncio.sleep(0.02)
    yield event("answer", {"answer": reply.answer})
    yield event("done", reply)


def make_app(fake: FakeApi, *more: HTTPRouteHandler) -> Litestar:
    """The page over the fake. more: handlers for parts of the page that have fakes of their own."""

    @post("/api/ask", status_code=200)
    async def ask(request: ApiRequest) -> Response[Any]:
        if fake.key and request.headers.get("Authorization") != f"Bearer {fake.key}":
            return problem(401, "A key is needed.")
        body = json.decode(await request.body())
        fake.asked.append(body)
        question: str = body["question"]
        if fake.busy:
            fake.busy -= 1
            return problem(503, "Too many questions are waiting.", {"Retry-After": "1"})
        if "broken" in question:
            return problem(500, "A <b>defect</b> was logged.")
        conversation_id = body.get("conversation_id") or f"c{len(fake.asked)}"
        reply = fake.reply(question, conversation_id)
        if as_told := body.get("interpreted_as"):
            reply = structs.replace(reply, interpreted_as=None if as_told == question else as_told)
        fake.turns.keep(reply, body.get("replaces"))
        return ServerSentEvent(stream(fake, question, reply))

    @get("/api/sources")
    async def sources(request: ApiRequest) -> Response[bytes]:
        if fake.key and request.headers.get("Authorization") != f"Bearer {fake.key}":
            return problem(401, "A key is needed.")
        unread = fake.sources.unread
        listed = [fake.sources.row(document) for document in fake.documents.values()]
        return as_json({"sources": listed, "files": len(listed) + len(unread), "unread": grouped(unread)})

    @get("/api/sources/{document_id:str}")
    async def source(document_id: FromPath[str]) -> Response[bytes]:
        document = fake.by_id(document_id)
        if document is None:
            return problem(404, "No such document.")
        return as_json(detail(document))

    @get("/api/conversations/{conversation_id:str}")
    async def conversation(conversation_id: FromPath[str]) -> Response[bytes]:
        turns = fake.conversations.get(conversation_id)
        if turns is None:
            return problem(404, "No such conversation.")
        return as_json(Conversation(conversation_id, tuple(turns)))

    parts = [*turn_handlers(fake.turns), *source_handlers(fake), *more]
    return Litestar([page_router, ask, sources, source, conversation, *parts], openapi_config=None)


@contextmanager
def serving(app: Litestar) -> Iterator[str]:
    """Serves `app` on a free loopback port; yields its address."""
    with socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="none", lifespan="on"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        wait_until(lambda: server.started)
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.should_exit = True
            thread.join(10)


def wait_until(condition: Callable[[], bool], timeout_s: float = PATIENCE) -> None:
    """Raises TimeoutError if `condition` stays false."""
    pause = threading.Event()
    for _ in range(int(timeout_s / 0.02)):
        if condition():
            return
        pause.wait(0.02)
    raise TimeoutError
