"""What stands around cited words, of documents of any length."""

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from index.types import Document
from tests.web.slack.block_limits import check_blocks
from tests.web.slack.made_replies import one_sentence
from tests.web.slack.talk import PAGE, shown
from web.slack.passages import Around, context_message
from web.slack.places import Links

LINKS = Links(PAGE)


def around(text: str, start: int, end: int, reach: int) -> Around:
    """The words `text[start:end]`, shown with `reach` characters on each side."""
    cited = one_sentence("x" * (end - start)).content[0].citations[0]
    moved = replace(cited, start_char_index=start, end_char_index=end)
    document = Document("0" * 16, "a.txt", "0" * 64, text, "text", "utf-8", ())
    return Around(document, (moved,), max(start - reach, 0), min(end + reach, len(text)))


@settings(max_examples=60)
@given(
    st.text(alphabet="ab <>&*\n\u202e", min_size=1, max_size=40),
    st.integers(1, 300),
    st.integers(0, 3_000),
    st.integers(1, 4_000),
    st.integers(0, 4_000),
)
def test_whatever_is_around_slack_takes_it(piece: str, times: int, start: int, length: int, reach: int) -> None:
    text = piece * times
    start = min(start, len(text) - 1)
    message = context_message([around(text, start, min(start + length, len(text)), reach)] * 6, LINKS)
    assert check_blocks(list(message.blocks)) == []
    assert "2 more are behind the numbers" in shown(list(message.blocks))


def test_what_is_far_from_the_cited_words_goes_first() -> None:
    text = "before " * 500 + "THE WORDS" + " after" * 500
    at = text.index("THE")
    (block, *_) = context_message([around(text, at, at + 9, 3_000)], LINKS).blocks
    elements = block["elements"][1]["elements"]
    assert (elements[0]["text"], elements[-1]["text"]) == ("… ", " …")
    assert [each["text"] for each in elements if "style" in each] == ["THE WORDS"]
