"""The page /gaps, over a scripted report."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from litestar import Litestar, Request, Response, get, post
from litestar.datastructures import State
from litestar.params import FromPath
from msgspec import json
from msgspec.structs import replace
from playwright.sync_api import Browser, Page, expect

from qa.insights.gaps import GapQuestion, GapSource, GapsReport, GapTopic, Judged, Week
from tests.past import cite
from tests.servers import serving
from tests.web.page.browser import LOW_CONTRAST, NAMELESS, SMALL_TARGETS, visiting
from web.http.page import page_router

SCRIPT = "<script>window.hacked = 1</script><img src=x onerror=window.hacked=2>"
NOW = datetime.now(UTC)
ASKED_AT = (NOW - timedelta(days=3)).isoformat(timespec="seconds")
MONDAY = date(2026, 3, 2)


def question(number: int, words: str, times: int = 1, **fields: Any) -> GapQuestion:
    return GapQuestion(f"r{number}", words, fields.pop("meant", words), ASKED_AT, times, 0.2, **fields)


def topic(first: GapQuestion, *others: GapQuestion) -> GapTopic:
    times = sum(each.times for each in (first, *others))
    return GapTopic(first, times, ASKED_AT, 1 + len(others), others)


def judged(number: int, kind: str, **fields: Any) -> Judged:
    plain = Judged(f"f{number}", f"r{number}", "helpful", f"Question {number}?", True, ASKED_AT, None, None)
    return replace(plain, kind=kind, **fields)


def report() -> GapsReport:
    weeks = [(4, 1), (9, 3), (0, 0), (14, 2), (11, 6), (23, 4), (17, 9), (12, 1)]
    sources = [
        GapSource("d1", "a.txt", "Harbour rules, third printing", "1998-04-01", True, 12),
        GapSource("d2", "b.txt", "Ferry timetable", "2011-09-30", True, 31),
        GapSource("d3", "c.txt", SCRIPT, ASKED_AT, False, 9),
    ]
    return GapsReport(
        made_at=NOW.isoformat(timespec="seconds"),
        index_version="572e3f8910df2430",
        questions=12_345,
        questions_read=10_000,
        answered=7_420,
        abstained=2_580,
        unanswered=(
            topic(
                question(1, "What does a night at the guest pier cost?", 14),
                question(2, "How much is a berth for one night?", 5),
                question(3, "and per night?", meant="and per night (guest pier)?"),
            ),
            topic(question(4, SCRIPT, 3)),
            topic(question(5, "Is there a crane?", 2, judged="not_helpful")),
            *(topic(question(10 + n, f"Where can I buy rope number {n}?")) for n in range(9)),
        ),
        unanswered_topics=61,
        unsure=(topic(question(6, "When does the harbour master go home?", 4)),),
        unsure_topics=1,
        disliked=(judged(1, "wrong_citation", citation=cite(2, "The gate shuts at ten.", 40, "d1")),
                  judged(2, "not_helpful", answered=False)),
        liked=(judged(3, "helpful", kept_at=ASKED_AT), judged(4, "helpful"), judged(5, "helpful", question=SCRIPT)),
        documents=48,
        never_cited=(GapSource("d9", "z.txt", "Minutes of the knitting circle", "2019-01-01", True, 0),),
        never_cited_documents=37,
        cited=tuple(sources),
        weeks=tuple(
            Week((MONDAY + timedelta(weeks=n)).isoformat(), yes + no, yes, no) for n, (yes, no) in enumerate(weeks)
        ),
    )  # fmt: skip


EMPTY = GapsReport(
    NOW.isoformat(timespec="seconds"), "572e3f8910df2430", 0, 0, 0, 0, (), 0, (), 0, (), (), 0, (), 0, (), ()
)


class Script:
    """What the API is to answer, and what it was sent."""

    def __init__(self) -> None:
        self.begin(EMPTY, refuses=False)

    def begin(self, told: GapsReport, *, refuses: bool) -> None:
        self.told = told
        self.given: list[dict[str, Any]] = []
        self.kept: list[str] = []
        self.refuses = refuses

    def app(self) -> Litestar:
        @get("/api/gaps")
        async def gaps() -> Response[bytes]:
            return self._json(self.told, 500 if self.refuses else 200)

        @post("/api/feedback")
        async def give(request: Request[object, object, State]) -> Response[bytes]:
            self.given.append(json.decode(await request.body()))
            return self._json({"feedback_id": f"new{len(self.given)}"}, 201)

        @post("/api/feedback/{feedback_id:str}/keep")
        async def keep(feedback_id: FromPath[str]) -> Response[bytes]:
            if self.refuses:
                return self._json({"detail": "No quote of this answer stands any more."}, 400)
            self.kept.append(feedback_id)
            return self._json({"qid": "q"}, 201)

        return Litestar([page_router, gaps, give, keep], openapi_config=None)

    def _json(self, value: object, status: int) -> Response[bytes]:
        return Response(json.encode(value), status_code=status, media_type="application/json")


Open = Callable[..., AbstractContextManager[tuple[Script, Page]]]


@pytest.fixture(scope="module")
def at_the_page(browser: Browser) -> Iterator[Open]:
    """Opens the page over a report; one server for all tests, one visit each."""
    script = Script()

    @contextmanager
    def opened(told: GapsReport, *, refuses: bool = False, **options: Any) -> Iterator[tuple[Script, Page]]:
        script.begin(told, refuses=refuses)
        with visiting(browser, f"{url}/gaps", **options) as visit:
            visit.page.locator("#gaps:not([aria-busy])").wait_for()
            yield script, visit.page

    with serving(script.app()) as url:
        yield opened


def test_the_report_is_told(at_the_page: Open) -> None:
    with at_the_page(report()) as (_, page):
        expect(page.locator(".figure dd").first).to_have_text("10,000the newest of 12,345")
        first = page.locator("section:has(#unanswered) .topics > li").first
        expect(first.locator("a").first).to_have_attribute("href", "/answers/r1")
        expect(first.locator("p.about")).to_have_text("asked 20 times · last 3 days ago")
        first.locator("summary").click()
        expect(first.locator(".wordings li").nth(1)).to_contain_text("understood as and per night (guest pier)?")
        wrong = page.locator(".wrong a")
        expect(wrong).to_have_attribute("href", "/sources/d1#char=40,62")
        assert page.locator(".canvas svg").count() == 2
        page.locator("section:has(#weeks) .as-table summary").click()
        row = page.locator("section:has(#weeks) tbody tr").nth(1)
        assert row.locator("th, td").all_text_contents() == ["9 Mar 2026", "12", "9", "3"]
        expect(page.locator("section:has(#weeks) svg[role=img]").first).to_have_attribute(
            "aria-label", "116 questions in 8 weeks: 90 answered, 26 not"
        )
        assert page.evaluate("window.hacked") is None


def test_a_column_is_as_high_as_its_week_had_questions(at_the_page: Open) -> None:
    with at_the_page(report()) as (_, page):
        columns = page.locator("section:has(#weeks) .canvas g")
        heights = columns.evaluate_all(
            "all => all.map((g) => [...g.querySelectorAll('rect')].map((r) => +r.getAttribute('height')))"
        )
        weeks = report().weeks
        unit = heights[5][0] / weeks[5].answered
        for (answered, abstained), week in zip(heights, weeks, strict=True):
            assert answered == pytest.approx(week.answered * unit, abs=0.01)
            assert abstained == pytest.approx(week.abstained * unit, abs=0.01)
        page.set_viewport_size({"width": 500, "height": 900})
        expect(page.locator(".canvas svg").first).to_have_attribute("width", re.compile(r"^[1-4]?\d?\d$"))


def test_questions_are_kept(at_the_page: Open) -> None:
    with at_the_page(report()) as (script, page):
        first = page.locator("section:has(#unanswered) .topics > li").first
        first.get_by_role("button").click()
        expect(first.locator(".kept")).to_be_focused()
        expect(page.locator("#status")).to_have_text("Kept as a test question")
        assert script.given == [{"reply_id": "r1", "kind": "helpful"}]
        assert script.kept == ["new1"]
        third = page.locator("section:has(#unanswered) .topics > li").nth(2)
        expect(third.get_by_role("button")).to_have_count(0)  # somebody's "not helpful" is not written over
        liked = page.locator("section:has(#liked) .topics > li")
        expect(liked.nth(0).locator(".kept")).to_be_visible()
        liked.nth(1).get_by_role("button").click()
        expect(liked.nth(1).locator(".kept")).to_be_visible()
        assert script.kept == ["new1", "f4"]
        script.refuses = True
        liked.nth(2).get_by_role("button").click()
        expect(liked.nth(2).get_by_role("alert")).to_have_text("No quote of this answer stands any more.")
        expect(liked.nth(2).get_by_role("button")).to_be_enabled()


def test_a_long_list_unfolds_where_the_focus_goes(at_the_page: Open) -> None:
    with at_the_page(report()) as (_, page):
        part = page.locator("section:has(#unanswered)")
        assert part.locator(".topics > li").count() == 8
        part.get_by_role("button", name="Show 4 more").click()
        assert part.locator(".topics > li").count() == 12
        expect(part.locator(".topics > li").nth(8).locator("a").first).to_be_focused()


def test_nothing_to_tell_is_told(at_the_page: Open) -> None:
    with at_the_page(EMPTY) as (_, page):
        expect(page.locator("section:has(#unanswered)")).to_contain_text("Nothing that was asked is left")
        assert page.locator("svg[role=img]").count() == 0
        assert page.get_by_role("button").count() == 0


def test_a_failure_is_told_and_can_be_tried_again(at_the_page: Open) -> None:
    with at_the_page(report(), refuses=True) as (script, page):
        expect(page.get_by_role("alert")).to_contain_text("went wrong")
        script.refuses = False
        page.get_by_role("button", name="Try again").click()
        expect(page.locator("#unanswered")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("phone", [True, False])
def test_it_is_for_every_hand_and_eye(at_the_page: Open, scheme: str, phone: bool) -> None:
    with at_the_page(report(), phone=phone, scheme=scheme) as (_, page):
        page.locator(".wordings summary").first.click()
        for fold in page.locator(".as-table summary").all():
            fold.click()
        for width in (360, 320) if phone else (1280,):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width  # less a scrollbar
        assert page.evaluate(LOW_CONTRAST) == []
        assert page.evaluate(NAMELESS) == []
        assert page.evaluate(SMALL_TARGETS) == []


def test_it_loads_one_script(at_the_page: Open) -> None:
    with at_the_page(EMPTY) as (_, page):
        loaded = page.evaluate(
            """performance.getEntriesByType("resource")
              .map((each) => new URL(each.name).pathname).filter((name) => name.endsWith(".js"))"""
        )
        assert loaded == ["/static/gaps.bundle.js"]
