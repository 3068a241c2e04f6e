"""Files that were not read, or not yet: what the page says of them, and when."""

from playwright.sync_api import expect

from index.sync.indexer import SyncStatus
from index.unread import UnreadFile
from tests.web.page.browser import LOW_CONTRAST, NAMELESS, Watched
from tests.web.page.fake_api import FakeApi

SCAN = UnreadFile("2019-report.pdf", "no text", "2019-report.pdf is a <b>scan</b>: install tesseract.")
READING = SyncStatus(
    state="embedding", files_done=3, files=44, bytes_done=300, bytes=4400, texts_done=9, texts=99, seconds_left=130.0
)


def test_how_far_reading_is_stands_there_until_it_is_done(desk: Watched, fake: FakeApi) -> None:
    fake.sources.status = READING
    desk.page.reload()
    line = desk.page.locator("#sync")
    expect(line).to_have_text("Reading the documents: 3 of 44 files, about 2 min left")
    bar = desk.page.get_by_role("progressbar", name="Documents read")
    expect(bar).to_have_attribute("value", "300")
    assert desk.page.evaluate(LOW_CONTRAST) == []
    assert desk.page.evaluate(NAMELESS) == []
    fake.sources.status = SyncStatus(finished_at="2026-02-01T00:00:00Z", counts={"added": 44})
    fake.sources.unread = (SCAN,)
    expect(line).to_be_hidden()
    expect(desk.page.locator("#status")).to_have_text("The documents are up to date")
    expect(desk.page.locator("#library")).to_contain_text("1 PDF: no text")


def test_what_could_not_be_done_is_said(desk: Watched, fake: FakeApi) -> None:
    fake.sources.status = SyncStatus(error="The corpus folder /srv/<b>x</b> does not exist.")
    desk.page.reload()
    expect(desk.page.locator("#sync")).to_contain_text("/srv/<b>x</b> does not exist.")


def test_the_files_that_were_not_read_are_one_step_away(desk: Watched, fake: FakeApi) -> None:
    fake.sources.unread = (SCAN, UnreadFile("notes.xyz", "no reader", "no reader for .xyz files"))
    desk.page.reload()
    desk.page.locator("#library").get_by_role("link", name="files read").click()
    listed = desk.page.get_by_role("list", name="Files that were not read")
    expect(listed.get_by_role("listitem")).to_have_count(2)
    expect(listed).to_contain_text("2019-report.pdf is a <b>scan</b>: install tesseract.")
    assert desk.page.evaluate(LOW_CONTRAST) == []
