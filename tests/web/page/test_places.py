"""Folders, saved filters and the trash on the page, over the service itself; and very many folders."""

from collections.abc import Iterator

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from playwright.sync_api import Browser, Page, expect

from qa.collection.folders import folder_tree
from tests.qa.collection.test_collection import _source as source
from tests.qa.collection.test_folders import paths
from tests.servers import serving
from tests.waiting import PATIENCE, until
from tests.web.page.browser import LOW_CONTRAST, NAMELESS, SMALL_TARGETS, Watched, visiting
from tests.web.page.documents import make_document
from tests.web.page.fake_api import FakeApi
from web.app import create_app
from web.bootstrap import Answers, sync_corpus
from web.settings.settings import Settings

TEXTS = {
    "handbook/harbour.txt": "The harbour team\n\nThe harbour master is Ana Lima. The team has six pilots.\n",
    "handbook/policies/leave.txt": "Leave policy\n\nEvery employee has 28 days of annual leave.\n",
    "notes [old] */harbour.txt": "Notes of 2019\n\nThe harbour master is Bruno Dias. The quay is closed on Mondays.\n",
    "top.txt": "Opening hours\n\nThe canteen serves lunch until two.\n",
}
QUESTION = "Who is the harbour master?"
FOLDERS = """async (paths) => {
  const { foldersOf } = await import("/static/folders.js");
  return [...foldersOf(paths.map((source) => ({ source }))).values()].map(({ path, count }) => [path, count]);
}"""


@pytest.fixture(scope="module")
def address(
    browser: Browser,  # noqa: ARG001 (no server without a browser)
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """Of a server that the tests leave as they found it, but for filters."""
    corpus = tmp_path_factory.mktemp("places") / "corpus"
    for path, text in TEXTS.items():
        (corpus / path).parent.mkdir(parents=True, exist_ok=True)
        (corpus / path).write_text(text)
    settings = Settings(corpus=corpus, reader="features")
    sync_corpus(settings)
    answers = Answers(settings)
    answers.prepare()
    with serving(create_app(settings, answers.open, indexer=answers.indexer)) as url:
        until(lambda: httpx.get(f"{url}/health/ready", timeout=PATIENCE).status_code == 200)
        yield url


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Watched]:
    with visiting(browser, f"{address}/sources") as visit:
        expect(visit.page.locator(".shelf")).to_have_count(len(TEXTS))
        yield visit


def tree(page: Page) -> list[str]:
    return page.locator("[role=treeitem] .tree-name").all_text_contents()


def focused(page: Page) -> str | None:
    return page.evaluate("document.activeElement.dataset.path ?? null")  # type: ignore[no-any-return]


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_a_folder_is_found_by_the_keyboard_and_asked(visit: Watched) -> None:
    page = visit.page
    assert tree(page) == ["All documents", "handbook", "notes [old] *"]
    page.locator("[role=treeitem]").first.focus()
    press(page, "ArrowDown", "ArrowRight")
    assert tree(page) == ["All documents", "handbook", "policies", "notes [old] *"]
    press(page, "ArrowRight")
    assert focused(page) == "handbook/policies/"
    press(page, "ArrowLeft", "ArrowLeft")
    assert (focused(page), len(tree(page))) == ("handbook/", 3)
    press(page, "End", "Enter")
    expect(page.locator(".shelf")).to_have_count(1)
    expect(page.locator("[aria-selected=true]")).to_contain_text("notes [old] *")
    page.reload()
    expect(page.locator("#found")).to_have_text("1 document found")
    page.get_by_role("link", name="Ask within this folder").click()
    expect(page.locator("#asking")).to_contain_text("Asking within notes [old] */")
    visit.answered(QUESTION)
    turn = page.locator(".turn").first
    expect(turn.locator(".within")).to_contain_text("Asked within notes [old] */, 1 document")
    expect(turn).to_contain_text("Bruno Dias")
    page.reload()
    expect(page.locator("#asking")).to_contain_text("Asking within notes [old] */")
    expect(page.locator(".turn .within")).to_have_count(1)
    visit.answered("How many days of annual leave are there?")
    last = page.locator(".turn").last
    expect(last).to_contain_text("was asked; other documents may have it")
    last.get_by_role("button", name="Ask all documents").click()
    expect(last).to_contain_text("28 days of annual leave")
    expect(page.locator("#asking")).to_be_hidden()


def test_a_filter_is_saved_asked_and_deleted(visit: Watched) -> None:
    page = visit.page
    page.locator("[data-path='handbook/']").click()
    page.get_by_role("button", name="Save as a filter").click()
    page.get_by_label("Name", exact=True).fill("a/b")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("dialog .notice")).to_contain_text('leave the "/" out')
    page.get_by_label("Name", exact=True).fill("The book *")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#filters li")).to_contain_text("2 documents · in handbook/")
    page.goto(visit.url.replace("/sources", "/"))
    page.get_by_role("button", name="Choose which documents to ask").click()
    page.get_by_label("Within").select_option("The book *")
    expect(page.get_by_label("Find a document")).to_be_hidden()
    page.get_by_role("button", name="Ask within it").click()
    visit.answered(QUESTION)
    expect(page.locator(".turn .within")).to_contain_text("Asked within The book *, 2 documents")
    expect(page.locator(".turn")).to_contain_text("Ana Lima")
    page.get_by_role("button", name="Choose which documents to ask").click()
    page.get_by_label("Within").select_option("")
    page.get_by_role("checkbox").first.uncheck()
    page.get_by_role("button", name="Save this choice…").click()
    page.get_by_label("Name to save").fill("All but one")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Within")).to_have_value("All but one")
    page.get_by_role("button", name="Ask within it").click()
    expect(page.locator("#asking")).to_contain_text("Asking within All but one")
    page.get_by_role("button", name="Ask all documents", exact=True).last.click()
    expect(page.locator("#asking")).to_be_hidden()
    page.goto(visit.url)
    expect(page.locator("#filters li")).to_have_count(2)
    page.get_by_role("button", name="Delete: The book *").click()
    page.get_by_role("button", name="Delete", exact=True).last.click()
    expect(page.locator("#filters li")).to_have_count(1)
    assert [page.evaluate(finder) for finder in (LOW_CONTRAST, NAMELESS, SMALL_TARGETS)] == [[], [], []]


def test_what_was_deleted_is_brought_back_after_a_reload(visit: Watched) -> None:
    page = visit.page
    page.get_by_role("button", name="Delete: Leave policy").click()
    page.get_by_role("button", name="Delete", exact=True).last.click()
    expect(page.locator("#trash summary")).to_have_text("Trash: 1 deleted document")
    page.reload()
    page.locator("#trash summary").click()
    expect(page.locator("#trash li")).to_contain_text("handbook/policies/leave.txt")
    expect(page.locator("#trash li")).to_contain_text("kept until")
    assert [page.evaluate(finder) for finder in (LOW_CONTRAST, NAMELESS, SMALL_TARGETS)] == [[], [], []]
    page.get_by_role("button", name="Restore: handbook/policies/leave.txt").click()
    expect(page.locator("#trash li")).to_contain_text("Restored, and being read again")
    expect(page.get_by_role("button", name="Delete all for good")).to_be_hidden()
    expect(page.locator(".shelf")).to_have_count(len(TEXTS))


def test_of_ten_thousand_folders_few_are_drawn(desk: Watched, fake: FakeApi) -> None:
    fake.documents = {
        str(n): make_document(f"many {n % 5000}/deep/{n}.txt", f"Title of number {n}\n\nBody.", f"Title of number {n}")
        for n in range(10_000)
    }
    page = desk.page
    page.goto(f"{desk.url}/sources")
    expect(page.locator("[role=treeitem]")).to_have_count(200)
    expect(page.locator(".shelf")).to_have_count(40)
    page.locator("[role=treeitem]").nth(1).click()
    expect(page.locator(".shelf")).to_have_count(2)
    expect(page.locator("[role=treeitem]").nth(2)).to_contain_text("deep")
    page.get_by_role("button", name="Show 200 more of 4,802").click()
    expect(page.locator("[role=treeitem]")).to_have_count(400)


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(every=paths)
def test_the_page_knows_the_same_folders_as_the_service(desk: Watched, every: list[str]) -> None:
    expected = {each.path: each.documents for each in folder_tree([source(path, path) for path in every])}
    assert dict(desk.page.evaluate(FOLDERS, every)) == {"": len(every), **expected}


def test_on_a_phone_the_folders_fold_away(phone: Watched) -> None:
    page = phone.page
    page.goto(f"{phone.url}/sources")
    expect(page.locator(".shelf").first).to_be_visible()
    expect(page.locator("[role=tree]")).to_be_hidden()
    page.get_by_text("Folders and saved filters").click()
    page.locator("[data-path='reports/']").click()
    expect(page.locator(".shelf")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert [page.evaluate(finder) for finder in (LOW_CONTRAST, NAMELESS, SMALL_TARGETS)] == [[], [], []]
