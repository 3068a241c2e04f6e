"""The page of all documents: found, ordered, and what became of each."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from qa.conversations.entries import CitedRange
from tests.web.page.browser import LOW_CONTRAST, NAMELESS, SMALL_TARGETS, Watched, visiting
from tests.web.page.documents import make_document
from tests.web.page.fake_api import IMAI, SCHEME, FakeApi


def titles(page: Page) -> list[str]:
    page.locator(".shelf").first.wait_for()
    return page.locator(".shelf h2").all_text_contents()


def cite(fake: FakeApi, name: str, **times: int) -> None:
    """`times` by the words that are cited."""
    document = fake.documents[name]
    ranges = [(document.text.index(words), len(words), n) for words, n in times.items()]
    fake.sources.cited[document.document_id] = tuple(
        CitedRange(start, start + length, n, "2026-01-02T00:00:00+00:00") for start, length, n in ranges
    )


@pytest.fixture
def listing(desk: Watched, fake: FakeApi) -> Page:
    cite(fake, "seed0", **{IMAI: 3, SCHEME: 1})
    cite(fake, "report", **{"4.2 million euros": 2})
    desk.page.goto(f"{desk.url}/sources")
    desk.page.locator(".shelf").first.wait_for()
    return desk.page


def test_every_document_stands_with_what_became_of_it(listing: Page, fake: FakeApi) -> None:
    assert sorted(titles(listing)) == sorted(document.title for document in fake.documents.values())
    row = listing.locator(".shelf", has_text="constitutional revision")
    text = row.inner_text()
    document = fake.documents["seed0"]
    for part in (document.source, "plain text", "ago", f"{len(document.text):,} characters", "cited by 4 answers"):
        assert part in text
    kinds = [block.kind.value for block in document.blocks]
    expect(row.locator("> .kinds")).to_contain_text(f"Text {kinds.count('paragraph')}")
    expect(row.locator("> .kinds")).to_contain_text(f"Page furniture {kinds.count('furniture')}")
    total = sum(len(each.text) for each in fake.documents.values())
    expect(listing.locator("#totals")).to_contain_text(f"{len(fake.documents)} documents, {total:,} characters read")


def test_words_find_titles_and_paths(listing: Page, fake: FakeApi) -> None:
    listing.fill("#find", "REPORTS/ txt")
    expect(listing.locator("#found")).to_have_text("1 document found")
    assert titles(listing) == [fake.documents["report"].title]
    listing.fill("#find", "hàrbour")
    expect(listing.locator("#found")).to_have_text("2 documents found")
    listing.reload()
    expect(listing.locator("#find")).to_have_value("hàrbour")
    expect(listing.locator(".shelf")).to_have_count(2)
    listing.fill("#find", "<b>nothing</b>")
    expect(listing.locator("#documents")).to_contain_text("No title or path has all of “<b>nothing</b>”.")
    listing.get_by_role("button", name="Show all").click()
    expect(listing.locator(".shelf")).to_have_count(len(fake.documents))
    expect(listing.locator("#find")).to_be_focused()


def test_they_can_be_sorted(listing: Page, fake: FakeApi) -> None:
    names = [name.casefold() for name in titles(listing) if name[0].isalpha()]
    assert names == sorted(names)
    listing.select_option("#sort", "cited")
    expect(listing.locator(".shelf h2").first).to_have_text(fake.documents["seed0"].title)
    assert titles(listing)[1] == fake.documents["report"].title
    assert "sort=cited" in listing.url


def test_a_document_unfolds_to_the_whole_truth(listing: Page, fake: FakeApi) -> None:
    row = listing.locator(".shelf", has_text="constitutional revision")
    row.locator(".shelf-fold > summary").click()
    expect(row.locator(".honesty")).to_contain_text("9 sentences in 4 passages can be answered from")
    expect(row.locator(".left-out tr").nth(1)).to_have_text("<b>between</b> blocks3 characters")
    expect(row.locator(".fine")).to_have_text("No warnings.")
    expect(row.locator(".minimap summary")).to_have_text("Cited 4 times, from 2 places")
    expect(row.locator(".spot")).to_have_count(2)
    row.locator(".minimap summary").click()
    place = row.locator(".cited-places li").first
    expect(place).to_contain_text("cited 3 times, last")
    start = fake.documents["seed0"].text.index(IMAI)
    address = f"/sources/{fake.documents['seed0'].document_id}#char={start},{start + len(IMAI)}"
    expect(place.locator("a")).to_have_attribute("href", address)
    place.locator("a").click()
    expect(listing.locator("mark.main")).to_have_text(IMAI)


def test_a_past_that_cannot_be_had_is_said(listing: Page, fake: FakeApi) -> None:
    fake.sources.broken.add("cited")
    listing.locator(".shelf-fold > summary").first.click()
    expect(listing.locator(".shelf .notice")).to_contain_text("The past is <b>not</b> to be had.")
    expect(listing.locator(".shelf .facts")).to_be_visible()


def test_one_document_can_be_asked_alone(listing: Page, fake: FakeApi) -> None:
    link = listing.get_by_role("link", name=f"Ask this document only: {fake.documents['report'].title}")
    expect(link).to_have_attribute("href", "/?source=reports%2F2021.txt")
    link.click()
    expect(listing.locator("#asking")).to_contain_text(f"Asking only {fake.documents['report'].title}")
    assert listing.evaluate("location.search") == ""
    listing.fill("#question", "quay cost")
    listing.press("#question", "Enter")
    listing.locator(".turn:not([aria-busy])").wait_for()
    assert fake.asked[-1]["sources"] == ["reports/2021.txt"]


def test_thousands_are_drawn_in_slices(desk: Watched, fake: FakeApi) -> None:
    fake.documents = {
        str(n): make_document(f"many/{n}.txt", f"Title of number {n}\n\nBody.", f"Title of number {n}")
        for n in range(2000)
    }
    page = desk.page
    page.goto(f"{desk.url}/sources")
    expect(page.locator(".shelf")).to_have_count(40)
    page.get_by_role("button", name=re.compile("Show 40 more of 1,960")).click()
    expect(page.locator(".shelf")).to_have_count(80)
    expect(page.locator(".shelf").nth(40).locator("h2 a")).to_be_focused()
    page.fill("#find", "number 1999")
    expect(page.locator(".shelf")).to_have_count(1)


def test_no_documents_and_no_server(desk: Watched, fake: FakeApi) -> None:
    fake.documents = {}
    desk.page.goto(f"{desk.url}/sources")
    expect(desk.page.locator("#documents")).to_contain_text("No documents yet.")
    expect(desk.page.locator("#finder")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_for_every_hand_eye_and_width(browser: Browser, url: str, fake: FakeApi, scheme: str) -> None:
    cite(fake, "seed0", **{IMAI: 3, SCHEME: 1})
    with visiting(browser, f"{url}/sources", phone=True, scheme=scheme) as visit:
        page = visit.page
        row = page.locator(".shelf", has_text="constitutional revision")
        row.locator(".shelf-fold > summary").click()
        row.locator(".minimap summary").click()
        for width in (320, 360, 768, 1280):
            page.set_viewport_size({"width": width, "height": 740})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            # A mark of the strip is as wide as what was cited; the list below it has the same links in full size.
            assert [each for each in page.evaluate(SMALL_TARGETS) if 'class="spot"' not in each] == []
            assert page.locator(".cited-places a").count() == page.locator(".spot").count()
            assert page.evaluate(NAMELESS) == []
            assert page.evaluate(LOW_CONTRAST) == []
