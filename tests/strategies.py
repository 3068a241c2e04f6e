"""Texts made to be awkward: stops, quotes, markers, tags, odd spaces and every other character."""

from hypothesis import strategies as st

from index.types import Block, BlockKind

FRAGMENTS = (
    "The cat sat. ",
    "She left",
    "und so weiter",
    "Dr. Li",
    "U.S. ",
    "p. 5",
    "3.14",
    "1980 s",
    ". ",
    "? ",
    "!",
    "...",
    "…",
    " . . . ",
    ".” ",
    "’",
    "“",
    "”",
    '"',
    "(",
    ")",
    "[",
    "]",
    "[12]",
    "(*1)",
    "<sup>iv</sup>",
    ".ii ",
    "*",
    "**",
    "_",
    "__",
    "***",
    "~~",
    "`",
    "\\",
    "\\*",
    "&amp;",
    "&lt;",
    "&#42;",
    "<b>",
    "</b>",
    "<br>",
    "<",
    ">",
    "<!--",
    "-->",
    "[a](b)",
    "![x](y(z))",
    "](",
    "\n",
    "\r\n",
    "\n\n",
    "\n> ",
    "\n- ",
    "\n  1. ",
    "| a | b |\n",
    "---\n",
    "# ",
    "  ",
    "\u00a0",
    "\u200b",
    "\ufeff",
    "\x00",
    "\u202e",
    "\u2028",
    "。",
    "「",
    "」",
    "これはペンです",
    "हिन्दी। ",
    "👍🏽",
    "ō",
    "I. ",
    "a.m. ",
    "1) ",
    "2) ",
    "a. ",
    "• ",
    "^",
    "¹",
    "{{x}}",
    "http://a.b/c?D=e. ",
    "lower case goes on ",
    "A",
)

texts = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=6), max_size=40).map("".join)


@st.composite
def texts_with_blocks(draw: st.DrawFn) -> tuple[str, list[Block]]:
    """A text and blocks of any kind over some of it."""
    text, blocks = "", []
    for body in draw(st.lists(texts, max_size=8)):
        text += draw(st.sampled_from(("", "\n\n", "  ", "\n---\n")))
        if body:
            blocks.append(Block(draw(st.sampled_from(BlockKind)), len(text), len(text) + len(body)))
        text += body
    return text, blocks
