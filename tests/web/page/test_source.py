"""Citations and the documents behind them."""

from msgspec import structs
from playwright.sync_api import expect

from qa.conversations.entries import CitedRange
from tests.web.page.browser import Watched
from tests.web.page.documents import make_document
from tests.web.page.fake_api import EMOJI, HOSTILE_SENTENCES, IMAI, QUESTION, SCHEME, SPEECH, FakeApi


def test_a_chip_opens_the_source_at_the_very_words(desk: Watched) -> None:
    desk.answered(QUESTION)
    page = desk.page
    before = page.locator(".turn").bounding_box()
    for number, words, others in ((1, IMAI, SCHEME), (2, SCHEME, IMAI), (3, SPEECH, "")):
        desk.open_citation(number)
        assert desk.marked() == words
        assert desk.marked("other") == others
        expect(page.locator("mark.main").first).to_be_in_viewport()
        expect(page.locator(".chip[aria-current]")).to_have_text(str(number))
    assert page.locator(".turn").bounding_box() == before
    page.get_by_role("button", name="Close the source").click()
    expect(page.locator("#panel")).to_be_hidden()
    expect(page.locator(".chip[data-number='3']")).to_be_focused()


def test_next_and_previous_go_through_the_citations(desk: Watched) -> None:
    desk.answered(QUESTION)
    desk.open_citation(1)
    page = desk.page
    expect(page.locator(".panel-count")).to_have_text("Citation 1 of 3")
    for words in (SCHEME, SPEECH):
        page.get_by_role("button", name="Next citation").click()
        expect(page.locator("mark.main")).to_have_text(words)
    page.get_by_role("button", name="Next citation").click(force=True)
    expect(page.locator(".panel-count")).to_have_text("Citation 3 of 3")
    page.get_by_role("button", name="Previous citation").click()
    expect(page.locator("mark.main")).to_have_text(SCHEME)
    expect(page.get_by_role("button", name="Previous citation")).to_be_focused()


def test_what_documents_say_is_only_ever_text(desk: Watched, fake: FakeApi) -> None:
    question = 'hostile <img src=x onerror="window.hacked=6"> javascript:alert(1)'
    desk.answered(question)
    page = desk.page
    expect(page.locator(".question")).to_have_text(question)
    assert page.locator(".sentence bdi").all_text_contents() == list(HOSTILE_SENTENCES)
    for number, words in enumerate(HOSTILE_SENTENCES, 1):
        desk.open_citation(number)
        assert desk.marked() == words
    expect(page.locator("#panel-title")).to_have_text("<script>window.hacked = 1</script>")
    document = fake.documents["hostile"]
    page.goto(f"{desk.url}/sources/{document.document_id}#char=0,8")
    assert page.locator("mark.main").text_content() == "<script>"
    page.locator(".about-source summary").click()
    expect(page.locator(".facts")).to_contain_text(document.source)
    assert page.evaluate("window.hacked") is None
    assert page.locator("main img, main script, #log img, [href^='javascript:']").count() == 0


def test_bidi_overrides_end_with_their_sentence(desk: Watched) -> None:
    """The override turns its own sentence around; what follows stands to the right of what comes before."""
    desk.answered("hostile")
    isolated = desk.page.evaluate(
        "[...document.querySelectorAll('.sentence bdi, .sources bdi, .question, .documents bdi')]"
        ".map((e) => [getComputedStyle(e).unicodeBidi, e.dir])"
    )
    assert len(isolated) > 8
    assert {(bidi.startswith("isolate"), direction) for bidi, direction in isolated} == {(True, "auto")}
    chip = desk.page.locator(".chip[data-number='2']").bounding_box()
    end = desk.page.locator(".sentence bdi").nth(1).evaluate("(e) => [...e.getClientRects()].at(-1).right")
    assert chip
    assert abs(chip["x"] - end) < 12


def test_offsets_hold_behind_emoji(desk: Watched) -> None:
    desk.answered("emoji")
    desk.open_citation(1)
    assert desk.marked() == "𠮷野 wrote that 🎉 the party was held in Kyōto."
    assert desk.marked("other") == "Then they left."
    assert desk.page.locator(".doc-body").text_content() == EMOJI


def test_a_file_that_changed_since_is_said_to_have_changed(desk: Watched) -> None:
    desk.answered("changed")
    page = desk.page
    page.locator(".chip[data-number='1']").click()
    expect(page.locator("#panel .notice")).to_contain_text("no longer stand in it")
    expect(page.locator(".lost")).to_have_text("Words that never stood there.")
    assert page.locator("mark.main").count() == 0
    desk.open_citation(2)
    expect(page.locator("#panel .notice")).to_contain_text("The same words now stand here")
    assert desk.marked() == SCHEME


def test_a_source_that_is_gone(desk: Watched, fake: FakeApi) -> None:
    desk.answered(QUESTION)
    del fake.documents["seed0"]
    desk.page.locator(".chip").first.click()
    expect(desk.page.locator("#panel .notice")).to_have_text("This document is no longer here.")
    desk.page.goto(f"{desk.url}/sources/nothing")
    expect(desk.page.locator(".failed p")).to_contain_text("There is no such document here.")


def test_a_permalink_marks_its_range(desk: Watched, fake: FakeApi) -> None:
    document = fake.documents["seed0"]
    page = desk.page
    start = document.text.index(IMAI)
    address = f"{desk.url}/sources/{document.document_id}"
    page.goto(f"{address}#char={start},{start + len(IMAI)}")
    expect(page.locator("h1")).to_have_text(document.title)
    expect(page.locator("mark.main")).to_have_text(IMAI)
    expect(page.locator("mark.main")).to_be_in_viewport()
    start = document.text.index(SCHEME)
    page.evaluate("(hash) => { location.hash = hash; }", f"char={start},{start + len(SCHEME)}")
    expect(page.locator("mark.main")).to_have_text(SCHEME)
    for wrong in ("char=5,5", f"char=0,{len(document.text) + 1}", "char=9,3", "nonsense"):
        page.evaluate("(hash) => { location.hash = hash; }", wrong)
        expect(page.locator(".notice")).to_contain_text("a place that is not in the document")
        assert page.locator("mark").count() == 0
    expect(page.locator(".doc-fold summary").first).to_contain_text("Not part of the text")
    expect(page.locator(".doc-furniture").first).to_be_hidden()
    shown = "".join("".join(page.locator(".doc-body > *:not(details), .doc-furniture").all_text_contents()).split())
    assert shown == "".join(document.text.split())


def test_a_mark_in_furniture_unfolds_it(desk: Watched, fake: FakeApi) -> None:
    document = fake.documents["seed0"]
    start = document.text.index("PRINT")
    desk.page.goto(f"{desk.url}/sources/{document.document_id}#char={start},{start + 5}")
    expect(desk.page.locator("mark.main")).to_be_visible()


def test_a_long_document_is_shown_around_the_place(desk: Watched, fake: FakeApi) -> None:
    page = desk.page
    desk.answered("number")
    desk.open_citation(1)
    assert desk.marked() == "Paragraph 5000 of a long document speaks of the number 5000."
    text = page.locator(".doc-body").text_content() or ""
    assert len(text) < len(fake.documents["long"].text) / 3
    page.get_by_role("button", name="Show earlier text").click()
    page.get_by_role("button", name="Show later text").click()
    assert len(page.locator(".doc-body").text_content() or "") > len(text) * 1.8
    assert desk.marked() == "Paragraph 5000 of a long document speaks of the number 5000."


def test_a_documents_page_goes_from_one_cited_place_to_the_next(desk: Watched, fake: FakeApi) -> None:
    document = fake.documents["seed0"]
    starts = [document.text.index(words) for words in (IMAI, SCHEME)]
    fake.sources.cited[document.document_id] = tuple(
        CitedRange(start, start + len(words), 2, "2026-01-02T00:00:00+00:00")
        for start, words in zip(starts, (IMAI, SCHEME), strict=True)
    )
    page = desk.page
    page.goto(f"{desk.url}/sources/{document.document_id}")
    expect(page.locator(".step-bar")).to_contain_text("2 cited places")
    expect(page.locator(".minimap .spot")).to_have_count(2)
    expect(page.get_by_role("button", name="Copy as quote")).to_be_hidden()
    for key, words in (("]", IMAI), ("]", SCHEME), ("]", SCHEME), ("[", IMAI)):
        page.keyboard.press(key)
        expect(page.locator("mark.main")).to_have_text(words)
        expect(page.locator("mark.main")).to_be_in_viewport()
    expect(page.locator(".step-bar")).to_contain_text("Cited place 1 of 2")
    expect(page.locator(".strip .here")).to_have_count(1)
    page.locator(".minimap summary").click()
    page.locator(".cited-places a").nth(1).click()
    expect(page.locator("mark.main")).to_have_text(SCHEME)
    expect(page.get_by_role("button", name="Copy as quote")).to_be_visible()
    page.locator(".minimap .spot").first.click()
    expect(page.locator("mark.main")).to_have_text(IMAI)
    link = page.get_by_role("link", name="Ask this document only")
    expect(link).to_have_attribute("href", f"/?source={document.source}")


def test_a_document_reads_as_well_without_its_past(desk: Watched, fake: FakeApi) -> None:
    fake.sources.broken.add("cited")
    document = fake.documents["seed0"]
    desk.page.goto(f"{desk.url}/sources/{document.document_id}")
    expect(desk.page.locator(".source-head")).to_contain_text("The past is <b>not</b> to be had.")
    expect(desk.page.locator(".step-bar")).to_be_hidden()
    expect(desk.page.locator(".doc-body")).to_contain_text(IMAI)
    fake.sources.broken.clear()
    desk.page.reload()
    expect(desk.page.locator(".minimap")).to_contain_text("No answer has been cited from this version yet.")
    desk.page.locator(".about-source > summary").click()
    expect(desk.page.locator(".honesty")).to_contain_text("9 sentences")


def test_markup_stands_faintly_and_offsets_hold(desk: Watched, fake: FakeApi) -> None:
    text = "# Title of it\n\nIt was **very** large and <sup>1</sup> wide __indeed__."
    document = make_document("notes.md", text, "# Title of it")
    fake.documents["notes"] = structs.replace(document, format="markdown")
    start, end = text.index("was"), text.index(" wide")
    desk.page.goto(f"{desk.url}/sources/{document.document_id}#char={start},{end}")
    expect(desk.page.locator("mark.main")).to_have_text(text[start:end])
    faint = desk.page.locator(".doc-paragraph .markup").all_text_contents()
    assert faint == ["**", "**", "<sup>", "</sup>", "__", "__"]
