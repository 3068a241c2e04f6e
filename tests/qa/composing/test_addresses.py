"""A link's address is the short answer where it is what was asked for."""

import pytest

from index.sentences.links import links
from qa.composing.addresses import with_address
from qa.language.question import analyse
from qa.types import Citation, ContentBlock, ShortAnswer

CALENDAR = "The holiday calendar is [on the intranet](https://in.example/cal), kept by Ada."
NAMED = 'Ask [the help desk](/help "Help") or read <https://a.example/guide>.'


def block(text: str) -> ContentBlock:
    cited = Citation(
        number=1,
        cited_text=text,
        document_index=0,
        document_title="T",
        start_char_index=100,
        end_char_index=100 + len(text),
        source="a.md",
        document_id="d",
        passage_id=1,
        page=None,
        heading=None,
        content_sha256="",
        similarity=0.5,
        url="",
    )
    return ContentBlock(text, (cited,))


def answer(text: str, short: str) -> ShortAnswer | None:
    at = text.index(short) + 100 if short else 0
    return ShortAnswer(short, 1, at, at + len(short)) if short else None


@pytest.mark.parametrize(
    ("question", "text", "short", "given"),
    [
        ("Where is the holiday calendar?", CALENDAR, "on the intranet", "https://in.example/cal"),
        ("What is the link to the calendar?", CALENDAR, "", "https://in.example/cal"),
        ("Who keeps the holiday calendar?", CALENDAR, "Ada", "Ada"),
        ("Where does Ada live?", CALENDAR, "Ada", "Ada"),
        ("Where is the help desk?", NAMED, "", "/help"),
        ("What is the URL of the guide?", NAMED, "https://a.example/guide", "https://a.example/guide"),
        ("Where is the mill?", "The mill is by the river.", "by the river", "by the river"),
        ("What is the address of the mill?", "It is 4 Lock Lane.", "4 Lock Lane", "4 Lock Lane"),
        ("Where is the form?", '<a href="/f.pdf">The form</a> is short.', "The form", "/f.pdf"),
    ],
)
def test_where_something_is_found(question: str, text: str, short: str, given: str) -> None:
    found = with_address(analyse(question), answer(text, short), [block(text)])
    assert found is not None
    assert (found.text, text[found.start_char_index - 100 : found.end_char_index - 100]) == (given, given)


def test_nothing_is_made_up() -> None:
    assert with_address(analyse("Where is the mill?"), None, []) is None
    assert with_address(analyse("Where is the mill?"), None, [block("It burnt.")]) is None


def test_pictures_are_no_links_and_many_brackets_take_linear_time() -> None:
    assert list(links("![a heron](heron.jpg)")) == []
    assert list(links("[" * 50_000)) == []
