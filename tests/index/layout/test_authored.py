"""What a Markdown file's author wrote is text, whatever it looks like; a saved web page's chrome is not."""

import pytest

from index.readers import read
from index.types import BlockKind, Document

PROSE = (
    "The old mill by the river was rebuilt after the flood of 1931, and the new wheel turned for another forty years "
    "before the power line came."
)
NOTICE = 'We use cookies to give you the best experience. By clicking "Accept all" you agree to our privacy policy.'
TRAIL = "[Home](/) | [About](/about) | [Archive](/archive) | [Contact](/contact)"
RELATED = "## Related posts\n\n- [Rye](/rye)\n- [Oats](/oats)"


def left_out(document: Document) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if b.kind is BlockKind.BOILERPLATE]


@pytest.mark.parametrize(
    "text",
    [
        "`ssh {{user}}@{{host}}`",
        "{{placeholder}}",
        "- Toggle playback:",
        "## Contact\n\n- Phone: 5550\n- E-mail: a@b.org",
        "## Newsletter\n\nSubscribe to our newsletter.",
        "Home > Settings > Billing",
        "- Anna\n- Ben\n- Chu",
        "wpa_supplicant",
        RELATED,
        "Sign up for our newsletter and follow us on Twitter.",
        "See also: the other page",
        "![a heron on the roof](heron.jpg)",
    ],
)
def test_an_authors_closing_lines_are_text(text: str) -> None:
    for document in (f"# Mill\n\n{PROSE}\n\n{text}\n", f"{text}\n\n{PROSE}\n", f"{text}\n"):
        assert left_out(read(document.encode(), "a.md", "d")) == []


@pytest.mark.parametrize(
    ("head", "tail", "dropped"),
    [
        (f"{NOTICE}\n\n{TRAIL}", RELATED, True),
        (NOTICE, RELATED, False),  # two kinds of chrome
        (f"{NOTICE}\n\n{TRAIL}", "", False),  # none after the text
        ("", f"{NOTICE}\n\n{TRAIL}\n\n{RELATED}", False),  # none before it
    ],
)
def test_chrome_goes_where_three_kinds_of_it_agree(head: str, tail: str, dropped: bool) -> None:
    text = f"{head}\n\n# Mill\n\n{PROSE}\n\n{PROSE}\n\n{tail}\n"
    assert bool(left_out(read(text.encode(), "a.md", "d"))) is dropped


def test_badges_are_left_out() -> None:
    text = f"# Mill\n\n[![build](b.svg)](/ci) [![docs](d.svg)](/docs)\n\n{PROSE}\n"
    assert left_out(read(text.encode(), "a.md", "d")) == ["[![build](b.svg)](/ci) [![docs](d.svg)](/docs)"]
