"""Each signal of boilerplate, at the edge of its threshold, alone in a text and beside what it belongs to."""

import pytest

from index.layout.boilerplate import Zones, find_boilerplate, labels_above
from index.layout.signals import BlockFeatures
from index.types import BlockKind
from tests.index.layout.features import PROSE, features_of, words

LIST, HEADING, TABLE = BlockKind.LIST, BlockKind.HEADING, BlockKind.TABLE
Content = str | tuple[BlockKind, str]
GLUED = "MailShareNow IconMenuTop BarHomePage SideBack"  # four words with a joint each
TEASER = f"Will it work?The {words(11)}"


def found(*blocks: Content) -> dict[int, str]:
    block_features = features_of(*blocks)
    return find_boilerplate(block_features, Zones(block_features), [])


def of_one(content: Content, where: str) -> str | None:
    """The reason for which a block before, in or after running text is boilerplate."""
    if where == "in":
        return found(PROSE, content, PROSE).get(1)
    return found(PROSE, PROSE, content).get(2) if where == "after" else found(content, PROSE, PROSE).get(0)


@pytest.mark.parametrize(
    ("content", "where", "reason"),
    [
        ("{{x}} " + words(59), "in", "template placeholder"),
        ("{{x}} " + words(60), "in", None),
        ("![a b c](i.png)", "in", "pictures without a caption"),
        ("![a b c d](i.png)", "in", None),
        ("![a b c d](i.png)\n![a b c](j.png)", "in", "pictures without a caption"),
        ("See also: " + words(14), "in", "link to another text"),
        ("See also: " + words(15), "in", None),
        ("See also: " + words(14, "."), "in", None),
        (GLUED, "in", "labels run together"),
        (f"{GLUED} {words(16)}", "in", "labels run together"),
        (f"{GLUED} {words(17)}", "in", None),
        ("MailShare IconMenu BarHome reed", "in", None),  # three joints
        (f"{GLUED}.", "in", None),
        ("site_footer_left", "after", "a program's name for a place on the page"),
        ("reed reed site_footer", "after", "a program's name for a place on the page"),
        ("reed reed reed site_footer", "after", None),
        ("site_footer_left", "in", None),
        ("World > Asia > Japan", "before", "trail of links"),
        ("World > Asia > Japan", "after", "trail of links"),
        ("World > Asia > Japan", "in", None),
        ("World > Asia > Japan.", "before", None),
        ((HEADING, "World > Asia > Japan"), "before", None),
        ("Terms and conditions reed reed", "in", "web words only"),
        ("Terms and conditions reed reed reed", "in", None),
        ("Terms and conditions reed reed reed", "after", "web words only"),
        ("Terms and conditions reed reed reed reed", "after", None),  # less than half
        ("Skip to main content " + words(4), "after", "web words only"),
        ("Skip to main content skip to main content reed", "after", None),  # nine words
        ("Terms and conditions.", "in", None),
        ("Menu", "after", "web words only"),  # an everyday word, which counts around the text alone
        ("Menu", "in", None),
        ("Sign up to the newsletter " + words(15), "in", "calls on the reader"),
        ("Sign up to the newsletter " + words(16), "in", None),
        ("Sign the book " + words(12), "in", None),
        ((LIST, "- Boats\n- River life\n- Old mills"), "after", "list of a few words each after the text"),
        ((LIST, "- Boats\n- River life\n- Old mills"), "in", None),
        ((LIST, "- Boats on the river\n- Mills"), "after", "list of a few words each after the text"),
        ((LIST, "- Boats on the big river\n- Mills"), "after", None),
        ((LIST, "- Boats on the river\n- Mills of the reed"), "after", None),  # four words each
        ((LIST, "- Boats\n- River life\n- Old mills."), "after", None),
        ((LIST, "- 20 boats\n- 3 mills\n- Reeds"), "after", None),
        ((LIST, f"- {TEASER}\n- {TEASER}"), "after", "headlines glued to their teasers"),
        ((LIST, f"- {TEASER}\n- {TEASER}"), "in", None),
        ("It is $9 in town", "after", None),  # one point is not enough
        (PROSE, "in", None),
        ((TABLE, "{{x}}"), "in", None),
    ],
)
def test_signals(content: Content, where: str, reason: str | None) -> None:
    assert of_one(content, where) == reason


@pytest.mark.parametrize(
    ("count", "reason"),
    [(2, "a notice of the web page"), (63, "a notice of the web page"), (64, None)],
)
def test_a_notice_is_short_and_full_of_web_words(count: int, reason: str | None) -> None:
    """Three web words, and no label since it ends."""
    assert of_one(f"Reed cookies, privacy policy, free trial {words(count)} mill.", "after") == reason


def test_a_notice_needs_fewer_web_words_where_it_speaks_to_you() -> None:
    two = "Reed cookies reed privacy policy reed reed reed"
    assert of_one(f"{two} reed.", "after") is None
    assert of_one(f"{two} your reed.", "after") == "a notice of the web page"
    assert of_one(f"Reed cookies {words(6)} your reed.", "after") is None
    assert of_one("Your reed cookies reed privacy policy reed reed.", "after") is None  # eight words


def test_a_list_or_an_everyday_word_that_the_text_introduces_is_text() -> None:
    menu = (LIST, "- Boats\n- River life\n- Old mills")
    assert found(PROSE, "The owners were:", menu) == {}
    assert found(PROSE, (HEADING, "Owners"), menu) == {}
    assert found(PROSE, (LIST, "- Search the archive")) == {1: "web words only"}
    assert found(PROSE, "They did the following", (LIST, "- Search the archive")) == {}
    assert 0 not in found("Menu", "Press it to go back.", PROSE)  # five words that end
    assert found("Menu", "Press it to go.", PROSE, PROSE)[0] == "web words only"


def test_what_the_text_is_about_is_no_web_word() -> None:
    about = (
        "Cookies are small files that a website keeps so that it knows a reader who comes again on another day of it."
    )
    assert found(about, about, "Cookies") == {}
    assert found(about, PROSE, "Cookies") == {2: "web words only"}
    assert found(*[about] * 2, *[PROSE] * 58, "Cookies") == {}
    assert found(*[about] * 2, *[PROSE] * 59, "Cookies") == {61: "web words only"}


def test_after_the_text_boilerplate_draws_in_its_neighbours() -> None:
    drawn = found(PROSE, "Get yours for $9", "Subscribe now", words(14), words(15), "They went there again.")
    assert drawn == {
        1: "speaks to the reader",  # before it, calls
        2: "web words only",
        3: "among furniture after the text",  # behind it, short lines
    }
    assert found(PROSE, "The reed is green.", "Subscribe now") == {2: "web words only"}
    assert found(PROSE, "The best of the river", "Another short line") == {}
    items = (LIST, "- the mill of the old town\n- the reed by the water")
    assert found(PROSE, "Subscribe now", items)[2] == "among furniture after the text"


def test_a_text_of_short_paragraphs_has_its_body_too() -> None:
    brief = words(5, " grow.")
    zones = Zones(features_of("Menu", brief, "The reed is green.", brief, "Menu"))
    assert (zones.first, zones.last, zones.empty) == (1, 3, False)
    empty = Zones(features_of("Menu", words(4, " grow.")))
    assert (empty.first, empty.last, empty.empty) == (2, 2, True)
    assert found("Share on Facebook") == {}  # nothing is known of a text without a body


def test_a_list_of_sentences_is_body_and_a_menu_is_not() -> None:
    def first(*items: str) -> int:
        return Zones(features_of("Reed", (LIST, "\n".join(f"- {item}" for item in items)), PROSE)).first

    assert first(words(6, "."), words(6, ".")) == 1
    assert first(words(6, "."), words(5, ".")) == 2
    assert first(words(6, "."), words(6)) == 2


def test_labels_above_the_title_are_short_and_not_ended() -> None:
    block_features = features_of("It is.", "News", words(5), words(6), (TABLE, "a"), "The title", "Below")
    assert labels_above(block_features, 5, {1}) == {2: "label above the title"}


def test_a_label_above_text_that_is_above_the_title_is_that_texts() -> None:
    block_features = features_of("Opening times", "From nine to five.", "Menu", "The title", "Below")
    assert labels_above(block_features, 3, ()) == {2: "label above the title"}


def test_page_marks_come_first() -> None:
    def page(number: int) -> list[Content]:
        return [f"{PROSE} {PROSE} {PROSE}", f"{number}"]

    block_features: list[BlockFeatures] = features_of(*page(1), *page(2), *page(3))
    assert find_boilerplate(block_features, Zones(block_features), []) == dict.fromkeys((1, 3, 5), "page number")


def test_weak_signals_add_up() -> None:
    assert found(PROSE, "We sell your cookies for $9 in town.") == {1: "web words"}  # a web word, a price, an address
    assert found(PROSE, "We sell your reed for $9 in town.") == {}
    assert found(PROSE, "It has cookies for $9 in town.") == {}
    assert found(PROSE, "We sell your cookies in town.") == {}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (f"It is $9 {words(17)}", "a price"),
        (f"It is $9 {words(18)}", None),
        (f"Get it {words(18)}", "speaks to the reader"),
        (f"Get it {words(19)}", None),
        ((LIST, f"- Cookies {words(39)}"), "web words"),
        ((LIST, f"- Cookies {words(40)}"), "among furniture after the text"),
    ],
)
def test_among_boilerplate_a_weak_signal_is_enough(content: Content, reason: str | None) -> None:
    assert found(PROSE, "Subscribe now", content).get(2) == reason
