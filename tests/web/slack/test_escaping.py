"""Text to and from Slack."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.web.slack.made_replies import HOSTILE
from web.rendering.plain import printable
from web.slack.escaping import escaped, escaped_to, fitted, mentions, question_of, unescape_once

TEXTS = st.text(max_size=80) | st.lists(st.sampled_from(HOSTILE)).map(" ".join)


@given(TEXTS)
def test_what_is_escaped_shows_as_it_is_and_holds_nothing_special(text: str) -> None:
    out = escaped(text)
    assert "<" not in out
    assert ">" not in out
    assert unescape_once(out) == printable(text)


@given(TEXTS, st.integers(2, 60))
def test_a_cut_is_at_most_so_long_and_never_inside_an_escape(text: str, most: int) -> None:
    for out in (fitted(text, most), escaped_to(text, most)):
        assert len(out) <= most
    out = unescape_once(escaped_to(text, most))
    line = printable(text)
    assert out == line or (out.endswith("…") and line.startswith(out.removesuffix("…").rstrip()))
    assert escaped(out) == escaped_to(text, most) or "&" in line


def test_a_cut_falls_between_words_where_there_are_any() -> None:
    assert fitted("one two three", 13) == "one two three"
    assert fitted("one two three", 12) == "one two …"
    assert fitted("x" * 20, 10) == "x" * 8 + " …"
    assert escaped_to("&" * 10, 12) == "&amp;&amp; …"


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("<@UFOOTNOTE> who went?", "who went?"),
        ("who <@U1> went?", "who   went?"),
        ("a &lt; b &amp;amp; c", "a < b &amp; c"),
        ("see <https://x.example/a|the page> and <https://y.example>", "see the page and https://y.example"),
        ("in <#C1|general>, <#C2>?", "in #general,  ?"),
        ("<mailto:a@x.example|a@x.example> wrote", "a@x.example wrote"),
        ("<!here> who? <!subteam^S1|@team> <!date^1^{date}|1 May>", "who?    1 May"),
    ],
)
def test_a_question_is_read_out_of_slacks_markup(said: str, asked: str) -> None:
    assert question_of(said) == asked


def test_those_who_are_addressed_are_told() -> None:
    assert mentions("<@U1> and <@U2|ann> and <!here>, <!subteam^S1>: <https://x|@U9> a@b") == {
        "U1",
        "U2",
        "!here",
        "!subteam^S1",
    }
    assert mentions("nobody <#C1|x>") == frozenset()
