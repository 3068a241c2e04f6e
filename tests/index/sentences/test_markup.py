import itertools

import pytest
from hypothesis import given

from index.sentences.markup import LIMITS, display, find_emphasis, stray_markers
from index.types import Range
from tests.strategies import texts


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**NOTE:** *In 1999, the harbour's owner sold it.", "NOTE: In 1999, the harbour's owner sold it."),
        ("It paid for the rest of the century.*", "It paid for the rest of the century."),
        ("*The first of three. ", "The first of three."),
        ("***Both*** and **bold *and* more** and _this_", "Both and bold and more and this"),
        ("~~gone~~ but ~10", "~~gone~~ but ~10"),
        ("**太字**です", "太字です"),
        (r"[https://a\_b.org](https://a_b.org)", "https://a_b.org"),
        ('[a [b] c](x(y)z) ![alt](i.png) [t](u "v")', "a [b] c alt t"),
        ("<https://a.org/x> and <me@a.org>", "https://a.org/x and me@a.org"),
        ("`x = 1` and ``y``", "x = 1 and y"),
        ("one<br>two<br/>three <a href='x'>four</a><!-- no -->", "one two three four"),
        ("x<sup>2</sup> + H<sub>2</sub>O on the 5<sup>th</sup>", "x2 + H2O on the 5th"),
        ("in trouble.<sup>iii</sup> A harbour<sup>12</sup>, too", "in trouble. A harbour, too"),
        ("Smith &amp; Sons&nbsp;Ltd &#8212; &eacute;", "Smith & Sons Ltd — é"),
        (r"5\% of \$10 \(about\)", "5% of $10 (about)"),
        ("use &lt;b&gt; here, &amp;lt; there", "use <b> here, &lt; there"),
        (r"\<b> and `<b>` and `*x*`, \*y\* and \[a](b)", "<b> and <b> and *x*, *y* and [a](b)"),
        (r"**`--flag`** or **\*args**", "--flag or *args"),
        ("hard\n  wrapped\r\ntext\u00a0with\u2003spaces", "hard wrapped text with spaces"),
        ("first\n> second\n> > third", "first second third"),
        ("zero\u200bwidth\ufeff, \u202ebidi\u202c and NUL\x00", "zerowidth, bidi and NUL"),
        ("👩\u200d🚀 Hokkaidō “curly” ‘quotes’", "👩\u200d🚀 Hokkaidō “curly” ‘quotes’"),
        ("", ""),
        (" \n\u00a0", ""),
    ],
)
def test_markup_and_space_go(text: str, shown: str) -> None:
    assert display(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "in the 1980 s",
        "the nation’s finances.”(*1) and (*2)",
        "2 * 3 * 4 = 24, 2*3*4 and 2**3**4",
        "snake_case_words and __init__ and _private",
        "*args and **kwargs",
        "an A* search",
        "a < b and c > d",
        "I <really> mean <b and c>",
        "[1] and [2018] and [sic]",
        "**/*.py",
        "fill in ____ and ***** ~~~~x~~~~",
        "{{name}} costs ~5 #tags @home",
        "AT&T; R&D",
    ],
)
def test_what_only_looks_like_markup_stays(text: str) -> None:
    assert display(text) == text


def test_markup_too_deep_to_settle_is_shown_as_it_is() -> None:
    deep = "<" * 50 + "b>" * 50
    assert display(f" {deep}\n") == deep


@given(texts)
def test_it_is_idempotent_and_on_one_line(text: str) -> None:
    shown = display(text)
    if not any(sign in text for sign in "\\`&"):  # what was literal is none the second time
        assert display(shown) == shown
    assert shown == " ".join(shown.split())


@given(texts)
def test_white_space_makes_no_difference(text: str) -> None:
    folded = " ".join(text.replace(">", "").split())
    assert display(folded.replace(" ", " \n\t ")) == display(folded)


@given(texts)
def test_letters_of_plain_text_all_stay(text: str) -> None:
    plain = "".join(character for character in text if character.isalnum() or character.isspace())
    assert display(plain) == " ".join(plain.split())


@pytest.mark.parametrize(
    "piece", ["*a ", "[a](", "[", "<b ", "<!--", "\\*", "`", "&amp;", "*a_ ", "(*", "![a", "<a b="]
)
def test_long_adverse_text_comes_back(piece: str) -> None:
    text = piece * (300_000 // len(piece))
    assert len(display(text)) <= len(text)


def test_runs_pair_from_the_inside() -> None:
    assert find_emphasis("***a** b*").pairs == ((Range(1, 3), Range(4, 6)), (Range(0, 1), Range(8, 9)))


def test_a_closing_bracket_forgets_what_was_opened_in_it() -> None:
    emphasis = find_emphasis("finances (*1) and more*")
    assert emphasis.pairs == ()
    assert emphasis.closing == (Range(22, 23),)
    assert stray_markers("finances (*1) and more*", emphasis) == []


def test_a_marker_left_alone_is_stray_before_a_capital_or_after_a_stop() -> None:
    opened, closed = "*The harbour was sold.", "It paid for years.*"
    assert stray_markers(opened, find_emphasis(opened)) == [Range(0, 1)]
    assert stray_markers(closed, find_emphasis(closed)) == [Range(18, 19)]


@given(texts)
def test_markers_are_markers_and_do_not_overlap(text: str) -> None:
    emphasis = find_emphasis(text)
    marks = sorted([mark for pair in emphasis.pairs for mark in pair] + [*emphasis.opening, *emphasis.closing])
    assert all(set(text[mark.start : mark.end]) in ({"*"}, {"_"}, {"~"}) for mark in marks)
    assert all(left.end <= right.start for left, right in itertools.pairwise(marks))
    for opening, closing in emphasis.pairs:
        assert opening.end < closing.start
        assert text[opening.start : opening.end] == text[closing.start : closing.end]


def test_markup_in_markup_is_followed_eight_deep() -> None:
    assert display("****four****") == "****four****"
    assert display("***three***") == "three"
    assert LIMITS.passes == 8
