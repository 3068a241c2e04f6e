"""The page of a PDF as a picture, with what is cited marked on it: in the panel and on the document's own page."""

from collections.abc import Iterator

import pytest
from litestar import Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, FromQuery
from msgspec import structs
from playwright.sync_api import Browser, Page, expect

from index.places import label_of, places_of
from index.readers import read
from index.readers.pdf.pictures import png_of
from index.readers.pdf.reader import open_pdf
from index.types import Document
from qa.types import Citation, PageBox
from tests.pdfs import HEIGHT, WIDTH, paragraph, pdf
from tests.web.page.browser import LOW_CONTRAST, NAMELESS, SMALL_TARGETS, Watched, visiting
from tests.web.page.fake_api import SCRIPT, FakeApi, as_json, make_app, problem, serving
from tests.web.page.fake_sources import detail
from web.http.messages import PlaceOfRange, SourcePages
from web.originals import PageSize

LINES = [f"Line {number} of the yearbook tells of the harbour and of its ships." for number in range(1, 50)]
CITED = "Line 40 of the yearbook tells of the harbour and of its ships."
DATA = pdf([paragraph(60, 60, LINES[:30], leading=24), paragraph(60, 60, LINES[30:], leading=24)])
SCRIPT["yearbook"] = ("paper", (CITED,), "")


class _Paged(FakeApi):
    """Has a PDF of two pages. gone: its file is no longer there."""

    gone = False

    def reset(self) -> None:
        super().reset()
        self.gone = False
        self.documents["paper"] = read(DATA, "yearbook.pdf", "paper")

    def cite(self, name: str, words: str, number: int) -> Citation:
        cited = super().cite(name, words, number)
        return structs.replace(cited, page=2, place="page 2") if name == "paper" else cited


def _handlers(fake: _Paged) -> list[HTTPRouteHandler]:
    @get("/api/sources/paper", sync_to_thread=False)
    def source() -> Response[bytes]:
        return as_json({**detail(fake.documents["paper"]), "pages": 2})

    @get("/api/sources/paper/pages", sync_to_thread=False)
    def pages() -> Response[bytes]:
        sizes = tuple(PageSize(number, WIDTH, HEIGHT) for number in (1, 2))
        return problem(404, "It has changed.") if fake.gone else as_json(SourcePages("paper", "", sizes))

    @get("/api/sources/paper/pages/{name:str}", sync_to_thread=False)
    def page(name: FromPath[str], width: FromQuery[int]) -> Response[bytes]:
        with open_pdf(DATA, "yearbook.pdf") as document:
            return Response(png_of(document, int(name.removesuffix(".png")), width), media_type="image/png")

    @get("/api/sources/paper/place", sync_to_thread=False)
    def place(start: FromQuery[int], end: FromQuery[int]) -> Response[bytes]:
        places = places_of(fake.documents["paper"].places, start, end)
        boxes = tuple(PageBox(each.page, *each.box) for each in places if each.box)
        return as_json(PlaceOfRange("paper", start, end, places[0].page, label_of(places), boxes))

    @get("/api/sources/paper/original", sync_to_thread=False)
    def original() -> Response[bytes]:
        return Response(DATA, media_type="application/octet-stream")

    return [source, pages, page, place, original]


@pytest.fixture(scope="module")
def paged() -> Iterator[tuple[_Paged, str]]:
    fake = _Paged()
    with serving(make_app(fake, *_handlers(fake))) as url:
        yield fake, url


@pytest.fixture(params=["desk", "phone"])
def visit(browser: Browser, paged: tuple[_Paged, str], request: pytest.FixtureRequest) -> Iterator[Watched]:
    paged[0].reset()
    with visiting(browser, paged[1], phone=request.param == "phone", scheme="dark") as visit:
        yield visit


def _range(document: Document) -> str:
    start = document.text.index(CITED)
    return f"#char={start},{start + len(CITED)}"


def _shown(page: Page, number: int) -> None:
    expect(page.locator(".page-count")).to_have_text(f"Page {number} of 2")
    expect(page.locator(".page-sheet img")).to_have_js_property("complete", True)


def test_the_panel_shows_the_page_and_marks_the_words_on_it(visit: Watched) -> None:
    visit.answered("What does the yearbook tell?")
    visit.open_citation(1)
    page = visit.page
    _shown(page, 2)
    assert visit.marked() == CITED
    expect(page.locator(".panel-where")).to_contain_text("page 2")
    expect(page.get_by_role("img", name="Page 2 of 2 of yearbook, with the cited words marked")).to_be_visible()
    expect(page.locator(".page-mark")).to_be_in_viewport()
    expect(page.locator("mark.main")).to_be_in_viewport()
    sheet, mark = page.locator(".page-sheet").bounding_box(), page.locator(".page-mark").bounding_box()
    assert sheet
    assert mark
    y = 60 + 24 * 9  # of its baseline, in points
    assert mark["y"] <= sheet["y"] + sheet["height"] * y / HEIGHT <= mark["y"] + mark["height"]
    assert mark["x"] == pytest.approx(sheet["x"] + sheet["width"] * 60 / WIDTH, abs=3)


def test_pages_are_turned_with_the_keyboard(visit: Watched, paged: tuple[_Paged, str]) -> None:
    page = visit.page
    page.goto(f"{visit.url}/sources/paper{_range(paged[0].documents['paper'])}")
    _shown(page, 2)
    assert page.locator(".page-mark").count() == 1
    page.get_by_role("button", name="Previous page").press("Enter")
    _shown(page, 1)
    expect(page.get_by_role("img", name="Page 1 of 2 of yearbook", exact=True)).to_be_visible()
    assert page.locator(".page-mark").count() == 0
    page.get_by_role("button", name="Previous page").press("Enter")
    _shown(page, 1)
    expect(page.get_by_role("button", name="Previous page")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for check in (LOW_CONTRAST, SMALL_TARGETS, NAMELESS):
        assert page.evaluate(check) == []


def test_a_page_that_cannot_be_had_leaves_the_text(visit: Watched, paged: tuple[_Paged, str]) -> None:
    fake, _ = paged
    fake.gone = True
    visit.page.goto(f"{visit.url}/sources/paper{_range(fake.documents['paper'])}")
    expect(visit.page.locator(".page-view .notice")).to_have_text("The page cannot be shown. It has changed.")
    assert visit.marked() == CITED


def test_the_original_is_saved(visit: Watched) -> None:
    visit.page.goto(f"{visit.url}/sources/paper")
    with visit.page.expect_download() as saving:
        visit.page.get_by_role("button", name="Original file").click()
    assert saving.value.path().read_bytes() == DATA
