"""Scripted endpoints of the list of conversations: find, rename, delete, save."""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, delete, get, route
from litestar.datastructures import State
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from msgspec import json, structs

from qa.types import Reply, Turn
from tests.web.page.fake_api import FakeApi, problem

ApiRequest = Request[object, object, State]


class FakeHistory:
    """The conversations of `fake`, with titles and times.

    failing: names of what is answered with 500 ("list", "rename", "delete"). looked_for: each `q` that was sent.
    """

    def __init__(self, fake: FakeApi) -> None:
        self.fake = fake
        self.reset()

    def reset(self) -> None:
        """As it was at the start."""
        self.titles: dict[str, str] = {}
        self.at: dict[str, datetime] = {}
        self.failing: set[str] = set()
        self.looked_for: list[str] = []
        self.deleted: list[str] = []

    def hold(self, conversation_id: str, question: str, at: datetime | None = None) -> Reply:
        """Keeps a conversation of one question and its scripted reply, asked at that time (now where not given)."""
        reply = structs.replace(self.fake.reply(question, conversation_id), id=f"r-{conversation_id}")
        self.fake.conversations[conversation_id] = [
            Turn(reply.id, question, None, reply.answered, "", "2026-01-01T00:00:00Z", reply)
        ]
        self.at[conversation_id] = at or datetime.now(UTC)
        return reply

    def entry(self, conversation_id: str, q: str = "") -> dict[str, Any] | None:
        """As the list has it; None where it does not fit `q`."""
        turns = self.fake.conversations[conversation_id]
        title = self.titles.get(conversation_id, turns[0].question)
        texts = [
            title,
            *(turn.question for turn in turns),
            *(block.text for t in turns if t.reply for block in t.reply.content),
        ]
        found = next((text for text in texts if q.lower() in text.lower()), None)
        if found is None:
            return None
        at = self.at.get(conversation_id, datetime.now(UTC)).isoformat()
        about = {"began_at": at, "last_asked_at": at, "turns": len(turns), "found": found if q else None}
        return {"conversation_id": conversation_id, "title": title, **about}


def handlers(history: FakeHistory) -> list[HTTPRouteHandler]:
    """To be mounted in the app of the fake."""
    fake = history.fake

    @get("/api/conversations")
    async def found(request: ApiRequest) -> Response[bytes]:
        q = request.query_params.get("q", "")
        limit, offset = (int(request.query_params.get(name, value)) for name, value in (("limit", 50), ("offset", 0)))
        history.looked_for.append(q)
        if "list" in history.failing:
            return problem(500, "A <b>defect</b> was logged.")
        entries = [entry for each in fake.conversations if (entry := history.entry(each, q))]
        entries.sort(key=lambda entry: entry["last_asked_at"], reverse=True)
        body = {"conversations": entries[offset : offset + limit], "total": len(entries)}
        return Response(json.encode(body), media_type="application/json")

    @route("/api/conversations/{conversation_id:str}", http_method="PATCH")
    async def rename(conversation_id: FromPath[str], request: ApiRequest) -> Response[bytes]:
        if "rename" in history.failing:
            return problem(500, "A <b>defect</b> was logged.")
        history.titles[conversation_id] = json.decode(await request.body())["title"]
        return Response(json.encode(history.entry(conversation_id)), media_type="application/json")

    @delete("/api/conversations/{conversation_id:str}", status_code=200)
    async def forget(conversation_id: FromPath[str]) -> Response[bytes]:
        if "delete" in history.failing:
            return problem(500, "A <b>defect</b> was logged.")
        history.deleted.append(conversation_id)
        fake.conversations.pop(conversation_id, None)
        return Response(b"", status_code=204)

    @delete("/api/conversations", status_code=200)
    async def forget_all() -> Response[bytes]:
        history.deleted += fake.conversations
        fake.conversations.clear()
        return Response(b"", status_code=204)

    @get("/api/conversations/{conversation_id:str}/export")
    async def export(conversation_id: FromPath[str], request: ApiRequest) -> Response[bytes]:
        if fake.key and request.headers.get("Authorization") != f"Bearer {fake.key}":
            return problem(401, "A key is needed.")
        name = f"{conversation_id}.{'md' if request.query_params['format'] == 'markdown' else 'json'}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(b"saved", media_type="text/plain", headers=headers)

    @get("/health/ready")
    async def ready() -> Response[bytes]:
        return Response(b"{}", media_type="application/json")

    return [found, rename, forget, forget_all, export, ready]
