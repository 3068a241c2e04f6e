import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sentences.escapes import escaped
from index.sentences.markup import display

_PIECES = ["<b>", "</b>", "&lt;", "&amp;lt;", "*args", "**", "snake_case", "`", "[x](y)", "[x][y]", "|", "\\", "\\*"]
_PIECES += ["~~x~~", "<a@b>", "<!-- x -->", "a<sup>2</sup>", "__init__", " ", "Foo", "word.", ".", "]", "(", "_", "\t"]
looks_like_markup = st.lists(st.sampled_from(_PIECES), max_size=9).map("".join) | st.text(
    st.sampled_from(list("abAB1. \\`<>&*_~[]()!|#@:/;\"'=$x日é-")), max_size=30
)


@pytest.mark.parametrize(
    "text",
    ["snake_case and 2*3 * 4", "a < b > c", "R&D; AT&T", "C:\\Users", "[1] and [sic] (x)", "f(x) = y_1 - ~5", "#tag!"],
)
def test_what_is_no_markup_stays_as_it_is(text: str) -> None:
    assert escaped(text) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("<b>", r"\<b>"),
        ("&lt;", r"\&lt;"),
        ("*args, **kwargs", r"\*args, \*\*kwargs"),
        ("[x](y)", r"[x\](y)"),
        ("`x`", r"\`x\`"),
        (r"\*", r"\\\*"),
        ("one\n> two", "one\n\\> two"),
    ],
)
def test_what_would_be_read_as_markup_is_escaped(text: str, written: str) -> None:
    assert escaped(text) == written
    assert display(written) == " ".join(text.split())


@given(looks_like_markup, st.data())
def test_what_is_shown_is_what_was_written_in_whole_and_in_part(text: str, data: st.DataObject) -> None:
    words, written = text.split(), escaped(text).split()
    assert len(words) == len(written)
    start = data.draw(st.integers(0, len(words)))
    end = data.draw(st.integers(start, len(words)))
    assert display(escaped(text)) == " ".join(words)
    assert display(" ".join(written[start:end])) == " ".join(words[start:end])
