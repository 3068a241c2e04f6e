"""What the page does with a turn that is there: feedback, suggestions, an answer at an address of its own."""

from typing import Any

from litestar import Request, Response, delete, get, post
from litestar.datastructures import State
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from msgspec import json

from qa.types import Reply, Turn

ApiRequest = Request[object, object, State]


class FakeTurns:
    """The turns of conversations, and what was said of them.

    suggested: follow-ups of any reply. suggested_later: calls that come too early for them. failing: names of
    what is answered with 500 ("feedback", "suggestions", "withdrawing").
    changed: numbers of citations by their status now.
    """

    def __init__(self) -> None:
        self.reset({})

    def reset(self, conversations: dict[str, list[Turn]]) -> None:
        """As it was at the start, over these conversations."""
        self.conversations = conversations
        self.given: list[dict[str, Any]] = []
        self.suggested: list[str] = []
        self.suggested_later = 0
        self.suggestions_asked: list[dict[str, list[str]]] = []
        self.failing: set[str] = set()
        self.changed: dict[int, str] = {}

    def keep(self, reply: Reply, replaces: str | None) -> None:
        """At the end of its conversation, or in the place of another."""
        turn = Turn(reply.id, reply.question, reply.interpreted_as, reply.answered, "", "2026-01-01T00:00:00Z", reply)
        turns = self.conversations.setdefault(reply.conversation_id, [])
        at = next((i for i, each in enumerate(turns) if each.id == replaces), len(turns))
        turns[at : at + 1] = [turn]

    def reply(self, reply_id: str) -> Reply:
        """A reply that is kept. Raises StopIteration."""
        return next(t.reply for turns in self.conversations.values() for t in turns if t.reply and t.id == reply_id)

    def give(self, said: dict[str, Any]) -> dict[str, Any]:
        """The same kind (and citation) again takes the other's place; helpful and not helpful exclude each other."""
        self.reply(said["reply_id"])
        pair = {"helpful", "not_helpful"}

        def stands(other: dict[str, Any]) -> bool:
            if other["reply_id"] != said["reply_id"]:
                return True
            same = (other["kind"], other["citation"]) == (said["kind"], said["citation"])
            return not (same or {other["kind"], said["kind"]} == pair)

        entry = {"feedback_id": f"f{len(self.given)}-{said['kind']}-{said['citation']}", **said}
        self.given = [*filter(stands, self.given), entry]
        return entry


def _answer(value: object, status: int = 200) -> Response[bytes]:
    return Response(json.encode(value), status_code=status, media_type="application/json")


def _failure() -> Response[bytes]:
    return _answer({"title": "Problem", "status": 500, "detail": "A <b>defect</b> was logged."}, 500)


def turn_handlers(fake: FakeTurns) -> list[HTTPRouteHandler]:
    """The endpoints, over `fake`."""

    @post("/api/feedback")
    async def give(request: ApiRequest) -> Response[bytes]:
        if "feedback" in fake.failing:
            return _failure()
        return _answer(fake.give(json.decode(await request.body())), 201)

    @get("/api/feedback")
    async def given(request: ApiRequest) -> Response[bytes]:
        if "feedback" in fake.failing:
            return _failure()
        turns = fake.conversations.get(request.query_params["conversation_id"], [])
        ids = {turn.id for turn in turns}
        return _answer({"feedback": [entry for entry in fake.given if entry["reply_id"] in ids]})

    @delete("/api/feedback/{feedback_id:str}", status_code=200)
    async def take_back(feedback_id: FromPath[str]) -> Response[bytes]:
        if "withdrawing" in fake.failing:
            return _failure()
        fake.given = [entry for entry in fake.given if entry["feedback_id"] != feedback_id]
        return Response(b"", status_code=204)

    @get("/api/suggestions")
    async def suggestions(request: ApiRequest) -> Response[bytes]:
        fake.suggestions_asked.append({key: request.query_params.getall(key) for key in request.query_params})
        if "suggestions" in fake.failing:
            return _failure()
        is_whole = not fake.suggested_later or len(fake.suggestions_asked) > fake.suggested_later
        questions = [{"question": each} for each in fake.suggested] if is_whole else []
        return _answer({"questions": questions, "complete": is_whole})

    @get("/api/answers/{reply_id:str}")
    async def answer(reply_id: FromPath[str]) -> Response[bytes]:
        reply = fake.reply(reply_id)
        cited = [citation for block in reply.content for citation in block.citations]
        verdicts = [{"number": c.number, "status": fake.changed.get(c.number, "exact")} for c in cited]
        about = {"conversation_id": reply.conversation_id, "replaced_by": None, "index_version": "v2"}
        changed = {"index_changed": bool(fake.changed), "asked_at": "2026-01-01T00:00:00Z"}
        return _answer({"reply": reply, "verdicts": verdicts, **about, **changed})

    return [give, given, take_back, suggestions, answer]
