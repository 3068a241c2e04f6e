"""What is seen of one block, at the edge of each limit."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.layout.signals import (
    LIMITS,
    BlockFeatures,
    addresses_reader,
    begins_with_command,
    count_words,
    find_web_words,
    has_command,
    has_placeholder,
    has_price,
    image_text,
    is_glued_labels,
    is_identifier,
    is_images,
    is_short_items,
    is_teaser,
    is_trail,
)
from index.types import BlockKind
from tests.index.layout.features import features_of, words


def features(text: str, kind: BlockKind = BlockKind.PARAGRAPH) -> BlockFeatures:
    return features_of((kind, text))[0]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("The mill's old-time wheel, 3.5 m", 6),
        ("well_known names", 3),
        ("東京都は日本", 3),  # two wide characters are one word
        ("東京都 mill", 2),
        ("— … !", 0),
    ],
)
def test_words_are_counted(text: str, count: int) -> None:
    assert count_words(text) == count


@given(st.text(max_size=60), st.text(max_size=60))
def test_words_of_two_texts_add_up(one: str, other: str) -> None:
    apart = count_words(one) + count_words(other)
    assert apart <= count_words(f"{one} \n {other}") <= apart + 1  # two halves of a wide pair


@pytest.mark.parametrize(
    ("raw", "text", "ended"),
    [
        ("**Bold** and [a link](http://x.org) here.", "Bold and a link here.", True),
        ("a\n  b", "a b", False),
        ("It ended.[12]", "It ended.[12]", True),
        ("It “ended.”", "It “ended.”", True),
        ("It ended.<sup>12</sup>", "It ended.12", True),
        ("It goes on,", "It goes on,", False),
        ("終わった。", "終わった。", True),
    ],
)
def test_a_block_is_seen_without_its_markup(raw: str, text: str, ended: bool) -> None:
    seen = features(raw)
    assert (seen.text, seen.ended, seen.raw) == (text, ended, raw)


def test_only_the_beginning_of_a_long_block_is_looked_at_and_its_end() -> None:
    seen = features("a" * LIMITS.characters + " reed.")
    assert seen.raw == "a" * LIMITS.characters
    assert seen.ended


@pytest.mark.parametrize(
    ("text", "prose"), [(words(19, "."), False), (words(20, "."), True), (words(39), False), (words(40), True)]
)
def test_prose_is_long_or_long_enough_and_ended(text: str, prose: bool) -> None:
    assert features(text).is_prose is prose
    assert not features(text, BlockKind.LIST).is_prose


def test_items_lose_their_bullets() -> None:
    assert features("- one\n\n  2) two three\n•\tfour").items == ("one", "two three", "four")


@pytest.mark.parametrize(
    ("signal", "yes", "no"),
    [
        (is_images, ["![a](b.png)", "[![a](b.png)](c) | ![](d.png)"], ["![a](b.png) and text", "text"]),
        (
            is_short_items,
            ["a\nb", "one two three four\none two", "2 one\none two\nreed"],
            ["a", "one two three four five\na\nb\nc", "one two three four\none two three", "a\nb.", "2 one\n3 two"],
        ),
        (is_teaser, [f"Will it work?The {words(11)}", f"Will it work?The {words(11)}\nA menu"],
         [f"Will it work?The {words(10)}", f"Will it work? The {words(12)}", f"Will it work?The {words(12)}\nA\nB"]),
        (has_placeholder, ["a {{ name }} b", "<% x %>", "{% if %}"], ["`{{name}}`", "{{}}", "{{" + "a" * 81 + "}}"]),
        (is_glued_labels, ["MailShare IconMenu BarHome TopLeft"], ["MailShare IconMenu BarHome", "Mail. Icon"]),
        (is_identifier, ["site_footer", "reed -nav_bar_2"], ["Site_Footer", "a_b reed", "reed reed reed a_b"]),
        (
            is_trail,
            ["World > Asia", "Home | News | Sport", " > ".join(["reed reed"] * 7)],
            ["World", "Home | News", "World > Asia.", " > ".join(["reed reed"] * 7) + " reed"],
        ),
        (has_price, ["for $ 5", "5.00 EUR", "20% off"], ["5 dollars", "20%"]),
        (begins_with_command, ["Get the app", "subscribe"], ["They get it", "getting there"]),
        (has_command, ["Enjoyed it? Subscribe.", "Share it"], ["We subscribe.", words(100, ". Share")]),
        (
            addresses_reader,
            ["Get it", "It is yours and your mill", f"Get {words(19)}"],
            ["It is theirs", f"Get {words(20)}"],
        ),
    ],
)  # fmt: skip
def test_each_signal_holds_and_does_not(signal: Callable[[BlockFeatures], bool], yes: list[str], no: list[str]) -> None:
    assert [text for text in yes if not signal(features(text))] == []
    assert [text for text in no if signal(features(text))] == []


def test_what_pictures_say() -> None:
    assert image_text(features("![one two](a.png)\n[![three](b.png)](c)")) == "one two three"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Skip to main content", ("skip to main content",)),  # the longest at each place
        ("Share this article on Facebook", ("share this article", "facebook")),
        ("12 comments, 5 min read", ("# comments", "# min read")),
        ("Subscribed to the mill", ()),
        ("© 2020", ("©",)),
        ("Cookie cookie", ("cookie", "cookie")),
    ],
)
def test_web_words(text: str, found: tuple[str, ...]) -> None:
    assert find_web_words(text) == found
