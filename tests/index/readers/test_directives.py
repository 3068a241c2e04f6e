"""Marks about the text are no text; a box's or tab's title heads what is in it, and nothing after it."""

import pytest

from index.readers import read

Listing = list[tuple[str, int, str]]


def listing(text: str) -> Listing:
    document = read(text.encode(), "a.md", "d")
    return [(block.kind.value, block.level, document.text[block.start : block.end]) for block in document.blocks]


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        (":::warning\nText.\n:::", [("paragraph", 0, "Text.")]),
        ("::: {.note}\nText.\n:::", [("paragraph", 0, "Text.")]),
        (
            "::: tip Wear gloves\nText.\n:::\n\nAfter.",
            [("heading", 1, "Wear gloves"), ("paragraph", 0, "Text."), ("paragraph", 1, "After.")],
        ),
        (":::info[Wear gloves]\nText.\n:::", [("heading", 1, "Wear gloves"), ("paragraph", 0, "Text.")]),
        ('::: {.box title="Gloves"}\nText.\n:::', [("heading", 1, "Gloves"), ("paragraph", 0, "Text.")]),
        ("/// tip\n\nText.\n\n///", [("paragraph", 0, "Text.")]),
        ("/// Adds one to a number.\n", [("paragraph", 0, "/// Adds one to a number.")]),
        (
            "# A\n\n//// tab | Linux\n\nText.\n\n////\n\nAfter.",
            [("title", 1, "A"), ("heading", 2, "Linux"), ("paragraph", 0, "Text."), ("paragraph", 2, "After.")],
        ),
        (
            '!!! note "Downtime"\n    Text.\n\nAfter.',
            [("heading", 1, "Downtime"), ("paragraph", 0, "Text."), ("paragraph", 1, "After.")],
        ),
        ("!!! Wow this is great", [("paragraph", 0, "!!! Wow this is great")]),
        (
            '=== "A"\n\n    One.\n\n=== "B"\n\n    Two.',
            [("heading", 1, "A"), ("paragraph", 0, "One."), ("heading", 1, "B"), ("paragraph", 0, "Two.")],
        ),
        ("> [!NOTE]\n> Text.", [("paragraph", 0, "Text.")]),
        (
            "> [!tip]- Gloves\n> Text.\n\nAfter.",
            [("heading", 1, "Gloves"), ("paragraph", 0, "Text."), ("paragraph", 1, "After.")],
        ),
        ("import Tabs from '@theme/Tabs';\n\nText.", [("paragraph", 0, "Text.")]),
        ("import {\n  A,\n} from './a';\n\nText.", [("paragraph", 0, "Text.")]),
        ("export const a = {\n  b: 1,\n};\n\nText.", [("paragraph", 0, "Text.")]),
        ("import goods from Spain", [("paragraph", 0, "import goods from Spain")]),
        (
            '<Tabs>\n<TabItem label="Debian">\n\nText.\n\n</TabItem>\n</Tabs>\n\nAfter.',
            [("heading", 1, "Debian"), ("paragraph", 0, "Text."), ("paragraph", 1, "After.")],
        ),
        ("<FILE>\n\nText.", [("paragraph", 0, "<FILE>"), ("paragraph", 0, "Text.")]),
        ("{{< alert >}}Text.{{< /alert >}}", [("paragraph", 0, "Text.")]),
        ("{% include a.html %}\n\nText.", [("paragraph", 0, "Text.")]),
        ('{{< figure src="x.png" title="A heron" >}}', []),
        (
            '{% tab title="Debian" %}\nText.\n{% endtab %}\n\nAfter.',
            [("heading", 1, "Debian"), ("paragraph", 0, "Text."), ("paragraph", 1, "After.")],
        ),
        ("Send it to {{name}}.", [("paragraph", 0, "Send it to {{name}}.")]),
        ("{{name}}", [("paragraph", 0, "{{name}}")]),
        ("[TOC]\n\nText.\n{: .lead}", [("paragraph", 0, "Text.")]),
        ("```\n:::note\n!!! note\n{% if a %}\n```", [("code", 0, ":::note\n!!! note\n{% if a %}")]),
    ],
)
def test_marks_are_no_text(text: str, blocks: Listing) -> None:
    assert listing(text) == blocks


@pytest.mark.parametrize(
    ("line", "title"), [("# Install { #install }", "Install"), ("# Install {#a .b}", "Install"), ("# A {b}", "A {b}")]
)
def test_headings_come_without_their_anchors(line: str, title: str) -> None:
    assert listing(line) == [("title", 1, title)]


@pytest.mark.parametrize(
    "line", [":::", "!!! note", '=== "A"', "<Tabs>", "{% a %}", "{{< a >}}", "import {", "> [!NOTE] a"]
)
def test_many_marks_take_linear_time(line: str) -> None:
    assert listing(f"{line}\n" * 20_000 + "\nThe last line.")[-1][2].endswith("The last line.")
