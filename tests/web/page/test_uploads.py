"""Documents added, renamed and deleted on the page, over the service itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.servers import serving
from tests.web.page.browser import LOW_CONTRAST, NAMELESS, SMALL_TARGETS, Watched, visiting
from web.app import create_app
from web.bootstrap import Answers
from web.settings.settings import Settings

TEXT = "The harbour master of Aldwick is Ana Lima. She has held the post since 2019.\n"
QUESTION = "Who is the harbour master of Aldwick?"
# A drop as a browser makes one, but for its files, which scripts may only name.
DROP = """([names, type]) => {
  const data = new DataTransfer();
  for (const name of names) data.items.add(new File([`${name} is here.\\n`], name, {type: "text/plain"}));
  document.body.dispatchEvent(new DragEvent(type, {dataTransfer: data, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "corpus").mkdir()
    return tmp_path / "corpus"


@pytest.fixture
def settings(corpus: Path) -> Settings:
    return Settings(corpus=corpus, reader="features", upload_megabytes=1)


@pytest.fixture
def address(browser: Browser, settings: Settings) -> Iterator[str]:  # noqa: ARG001 (no server without a browser)
    answers = Answers(settings)
    answers.prepare()
    with serving(create_app(settings, answers.open, indexer=answers.indexer)) as url:
        yield url


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Watched]:
    with visiting(browser, address) as visit:
        yield visit


def choose(visit: Watched, *paths: Path) -> None:
    with visit.page.expect_file_chooser() as chooser:
        visit.page.get_by_role("button", name="Add documents").first.click()
    chooser.value.set_files(list(paths))


def test_an_upload_by_the_button_becomes_an_answer_with_a_citation(visit: Watched, tmp_path: Path) -> None:
    (tmp_path / "who.txt").write_text(TEXT)
    page = visit.page
    page.goto(visit.url)
    expect(page.locator(".first-steps:visible li")).to_have_count(3)
    choose(visit, tmp_path / "who.txt")
    row = page.get_by_role("region", name="Documents being added").locator("li")
    expect(row).to_contain_text("Ready to ask: who.txt")
    expect(page.locator(".uploads h2")).to_have_text("1 document added")
    visit.answered(QUESTION)
    expect(page.locator(".turn:last-child")).to_contain_text("Ana Lima")
    visit.open_citation(1)
    expect(page.locator("#panel mark.main").first).to_contain_text("The harbour master of Aldwick is Ana Lima.")
    assert (visit.strangers, visit.complaints) == ([], [])


def test_each_file_says_what_became_of_it(visit: Watched, corpus: Path, tmp_path: Path) -> None:
    files = {
        "a.txt": TEXT,
        "copy.txt": TEXT,
        "empty.txt": "",
        "long.txt": "x" * 1_000_001,
        "p.txt": "\x89PNG\r\n\x1a\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_bytes(text.encode("latin-1"))
    page = visit.page
    page.goto(f"{visit.url}/sources")
    choose(visit, *(tmp_path / name for name in files))
    rows = page.locator(".uploads li")
    expect(rows.nth(0)).to_contain_text("Ready to ask: a.txt")
    expect(rows.nth(1)).to_contain_text("Already here: a.txt")
    expect(rows.nth(2)).to_contain_text("Not added. It is empty.")
    expect(rows.nth(3)).to_contain_text("Not added. It has more than 1 MB.")
    expect(rows.nth(4)).to_contain_text("a PNG image")
    expect(page.locator(".uploads h2")).to_have_text("1 document added, 3 not added")
    expect(page.locator(".shelf")).to_have_count(1)
    assert [path.name for path in corpus.iterdir() if path.is_file()] == ["a.txt"]
    page.get_by_role("button", name="Put the list away").click()
    expect(page.locator(".uploads")).to_be_hidden()


def test_files_are_dropped_anywhere(visit: Watched, corpus: Path) -> None:
    page = visit.page
    page.goto(visit.url)
    expect(page.get_by_role("button", name="Add documents").first).to_be_visible()
    page.evaluate(DROP, [["one.txt", "two.txt"], "dragenter"])
    expect(page.locator(".drop-zone")).to_be_visible()
    page.evaluate(DROP, [["one.txt", "two.txt", ".hidden.txt"], "drop"])
    expect(page.locator(".drop-zone")).to_be_hidden()
    expect(page.locator(".uploads li", has_text="Ready to ask")).to_have_count(2)
    assert sorted(path.name for path in corpus.iterdir()) == ["one.txt", "two.txt"]


def test_a_document_is_renamed_deleted_and_brought_back(visit: Watched, corpus: Path) -> None:
    (corpus / "a.txt").write_text(TEXT)
    (corpus / "b.txt").write_text("Oats are eaten by horses.\n")
    page = visit.page
    page.goto(f"{visit.url}/sources")
    expect(page.locator(".shelf").first).to_be_visible()
    row = page.locator(".shelf", has_text="a.txt").first
    row.get_by_role("button", name="Rename or move").click()
    field = page.get_by_label("Name, with the folders before it")
    field.fill("b.txt")
    field.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("There is a file b.txt already.")
    field.fill("ports/who.txt")
    field.press("Enter")
    row = page.locator(".shelf", has_text="ports/who.txt")
    expect(row).to_be_visible()
    assert (corpus / "ports/who.txt").read_text() == TEXT
    row.get_by_role("button", name="Delete").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Cancel").click()
    row.get_by_role("button", name="Delete").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Delete").click()
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_focused()
    assert not (corpus / "ports/who.txt").exists()
    undo.click()
    expect(page.locator(".deleted")).to_contain_text("Restored")
    expect(page.locator(".shelf h2")).to_have_count(2)
    assert (corpus / "ports/who.txt").read_text() == TEXT


def test_without_the_right_nothing_is_offered(browser: Browser, corpus: Path) -> None:
    (corpus / "a.txt").write_text(TEXT)
    settings = Settings(corpus=corpus, reader="features", uploads=False)
    answers = Answers(settings)
    answers.prepare()
    with (
        serving(create_app(settings, answers.open, indexer=answers.indexer)) as url,
        visiting(browser, url) as visit,
    ):
        visit.page.goto(f"{url}/sources")
        expect(visit.page.locator("h1")).to_be_visible()
        expect(visit.page.get_by_role("button", name="Add documents")).to_have_count(0)
        expect(visit.page.get_by_role("button", name="Delete")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_all_of_it_can_be_read_and_pressed(
    browser: Browser, address: str, tmp_path: Path, scheme: str
) -> None:
    long = "a very long name of a document that somebody scanned last winter.txt"
    (tmp_path / long).write_text(TEXT)
    (tmp_path / "empty.txt").touch()
    with visiting(browser, address, phone=True) as visit:
        page = visit.page
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for path in ("/", "/sources"):
            page.goto(f"{visit.url}{path}")
            choose(visit, tmp_path / long, tmp_path / "empty.txt")
            expect(page.locator(".uploads li", has_text="Not added")).to_have_count(1)
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
            for finder in (LOW_CONTRAST, NAMELESS, SMALL_TARGETS):
                assert page.evaluate(finder) == [], path
