"""What is said of files that were not read, or not yet, on every surface that speaks in words."""

from msgspec.structs import replace

from index.types import Indexing
from index.unread import UnreadFile
from tests.fakes import reply
from web.completions.completion import message_text
from web.completions.wording import parse_message
from web.rendering.plain import plain_reply
from web.rendering.unread import abstained

HALF_WAY = replace(reply("Who?"), indexing=Indexing(3, 1044))
UNREAD = replace(
    reply("Who?"),
    unread=(
        UnreadFile("a/2019-report.pdf", "no text", "a/2019-report.pdf is a scan."),
        UnreadFile("b.xyz", "no reader", "no reader for .xyz files"),
    ),
)


def test_nothing_is_denied_while_files_are_being_read() -> None:
    said = "The documents are still being read (3 of 1,044 files so far): what has been read does not answer this yet."
    assert abstained(HALF_WAY).startswith(said)
    for text in (plain_reply(HALF_WAY), message_text(HALF_WAY)):
        assert said in text
        assert "do not seem to hold" not in text
        assert "Nothing in them comes near" not in text
    unknown = replace(HALF_WAY, indexing=Indexing(0, 0))
    assert abstained(unknown).startswith("The documents are still being read: what")


def test_a_message_that_says_so_is_no_answer_to_go_on_from() -> None:
    assert parse_message(message_text(HALF_WAY)).text == ""


def test_files_that_may_hold_the_answer_are_named() -> None:
    for text in (plain_reply(UNREAD), message_text(UNREAD)):
        assert "Not read: a/2019-report.pdf is a scan." in text
        assert "Not read: b.xyz: no reader for .xyz files" in text
