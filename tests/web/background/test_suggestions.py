"""Suggestions over the API, and who waits for whom while they are looked for."""

import asyncio
import threading
from collections.abc import Iterator

import httpx
import pytest

from index.errors import ModelError
from qa.suggestions.candidates import QuestionCandidate
from qa.suggestions.suggester import SuggestionSearch
from tests.fakes import FakeService
from tests.servers import serving
from tests.waiting import PATIENCE, until
from web.app import create_app
from web.backend import Backend
from web.background.suggestions import SuggestionSearches
from web.queueing import Worker
from web.settings.settings import Settings

CANDIDATE = QuestionCandidate("When?", "when", "", "d1", 0, 1, 1.0)


def search_of(done: list[str], name: str, count: int) -> SuggestionSearch:
    def prove(_: QuestionCandidate) -> bool:
        done.append(name)
        return True

    return SuggestionSearch(iter([CANDIDATE] * count), prove, enough=count, most=count)


def test_the_newest_search_goes_first_and_all_are_finished() -> None:
    done: list[str] = []
    old, new = search_of(done, "old", 3), search_of(done, "new", 2)

    async def run() -> None:
        async with SuggestionSearches.running(backend) as searches:
            await searches.want(old)
            await searches.completed(new, 30)
            assert new.known.complete
            await searches.completed(old, 30)
            assert old.known.complete
            await searches.completed(old, 30)  # and what is complete is not waited for

    backend = Backend.open(FakeService, Worker(4))
    asyncio.run(run())
    backend.close()
    assert done.count("old") == 3
    assert done.index("new") <= 1, "it goes before what is left of the older one"
    assert done[-1] == "old"


def test_a_question_waits_for_one_candidate_at_most() -> None:
    done: list[str] = []
    began, release = threading.Event(), threading.Event()

    def prove(_: QuestionCandidate) -> bool:
        done.append("candidate")
        began.set()
        return release.wait(30)

    async def run() -> None:
        async with SuggestionSearches.running(backend) as searches:
            search = SuggestionSearch(iter([CANDIDATE] * 5), prove, enough=5, most=5)
            await searches.want(search)
            await asyncio.to_thread(began.wait, 30)
            asked = backend.submit(lambda service: done.append(service.preview("Who?").question))
            assert backend.waiting == 1, "a candidate takes no room of it"
            release.set()
            await asyncio.wrap_future(asked)
            assert done[:2] == ["candidate", "Who?"]
            await searches.completed(search, 30)

    backend = Backend.open(FakeService, Worker(1))
    asyncio.run(run())
    backend.close()
    assert done.count("candidate") == 5


def test_a_search_that_takes_too_long_is_not_waited_for() -> None:
    release = threading.Event()

    async def run() -> None:
        async with SuggestionSearches.running(backend) as searches:
            search = SuggestionSearch(iter([CANDIDATE] * 2), lambda _: release.wait(30), enough=2, most=2)
            await searches.completed(search, 0.05)
            assert not search.known.complete
            release.set()

    backend = Backend.open(FakeService, Worker(1))
    asyncio.run(run())
    backend.close()


def test_where_no_index_opens_nothing_is_looked_for(caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> FakeService:
        raise ModelError("The weights are foreign.")

    async def run() -> None:
        async with SuggestionSearches.running(backend) as searches:
            await asyncio.to_thread(until, lambda: "No questions are suggested" in caplog.text)
            await searches.completed(search_of([], "any", 1), 0.05)

    backend = Backend.open(broken, Worker(1))
    asyncio.run(run())
    backend.close()
    assert "No questions are suggested: The weights are foreign." in caplog.text


@pytest.fixture
def bare() -> Iterator[httpx.Client]:
    """A client of a server without documents and history."""
    with (
        serving(create_app(Settings(), FakeService)) as url,
        httpx.Client(base_url=url, timeout=PATIENCE) as client,
    ):
        yield client


def test_where_there_is_nothing_nothing_is_suggested(bare: httpx.Client) -> None:
    until(lambda: bare.get("/api/suggestions").json()["complete"])
    assert bare.get("/api/suggestions").json()["questions"] == []
    assert bare.get("/api/suggestions", params={"reply_id": "r1"}).status_code == 503, "no conversations are kept"


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"), ("limit=9", "limit"), ("limit=x", "limit"), ("colour=red", "colour"),
        ("limit=1&limit=2", "limit"), (f"reply_id={'x' * 65}", "reply_id"), ("sources=", "sources"),
        (f"sources={'x' * 201}", "sources"), ("&".join(["sources=a"] * 21), "sources"),
    ],
)  # fmt: skip
def test_a_parameter_that_is_not_right_is_named(bare: httpx.Client, query: str, field: str) -> None:
    response = bare.get(f"/api/suggestions?{query}")
    assert response.status_code == 400
    assert [each["field"] for each in response.json()["errors"]] == [field]


def test_the_real_service_suggests_what_it_answers(client: httpx.Client) -> None:
    def suggested(**named: str) -> dict[str, object]:
        response = client.get("/api/suggestions", params=named)
        assert response.status_code == 200
        body: dict[str, object] = response.json()
        return body

    until(lambda: (given := suggested())["questions"] or given["complete"])
    questions = suggested()["questions"]
    assert isinstance(questions, list)
    assert len(questions) <= 4
    assert set(questions[0]) == {"question"}
    reply = client.post("/api/ask", json={"question": questions[0]["question"]}).json()
    assert reply["confidence_label"] in ("HIGH", "VERY_HIGH")
    following = suggested(reply_id=reply["id"], limit="2")["questions"]
    assert isinstance(following, list)
    assert len(following) <= 2
    assert all(each["conversation_id"] == reply["conversation_id"] for each in following)
    assert questions[0]["question"] not in [each["question"] for each in following]
    assert client.get("/api/suggestions", params={"reply_id": "unknown"}).status_code == 404
    assert suggested(sources="nothing/*")["questions"] == []
