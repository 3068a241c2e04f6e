"""HTML in Markdown: its text by blocks, without tags and comments."""

import pytest

from index.readers import read

Listing = list[tuple[str, int, str]]


def listing(text: str) -> Listing:
    document = read(f"# T\n\n{text}\n".encode(), "a.md", "d")
    return [(block.kind.value, block.level, document.text[block.start : block.end]) for block in document.blocks][1:]


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        (
            "<details>\n<summary>Where?</summary>\n\nHere.\n\n</details>\n\nAfter.",
            [("heading", 2, "Where?"), ("paragraph", 0, "Here."), ("paragraph", 2, "After.")],
        ),
        (
            "<details><summary><b>Where?</b></summary>Here.</details>",
            [("heading", 2, "<b>Where?</b>"), ("paragraph", 0, "Here.")],
        ),
        (
            "<details>\n<summary>Where?</summary>\nHere:\n- a\n- b\n</details>",
            [("heading", 2, "Where?"), ("paragraph", 0, "Here:"), ("list", 0, "- a\n- b")],
        ),
        (
            '<Tabs><TabItem value="apt" label="Debian">Run it.</TabItem></Tabs>',
            [("heading", 2, "Debian"), ("paragraph", 0, "Run it.")],
        ),
        ('<Card title="Billing" href="/b" />', [("paragraph", 0, "Billing")]),
        ("<table>\n<tr><td>a</td></tr>\n\n</table>", [("table", 0, "<table>\n<tr><td>a</td></tr>\n\n</table>")]),
        ("<ul><li>a</li></ul>", [("list", 0, "<ul><li>a</li></ul>")]),
        ("<pre><code>x = 1</code></pre>", [("code", 0, "x = 1")]),
        ("<dl><dt>Sun</dt><dd>A star.</dd></dl>", [("heading", 2, "Sun"), ("paragraph", 0, "A star.")]),
        ('<img src="a.png" alt="A red boat">', [("caption", 0, "A red boat")]),
        ('<img src="a.png">', []),
        ("<script>\nlet a = 1;\n</script>", []),
        ("Press <kbd>Q</kbd> now.", [("paragraph", 0, "Press <kbd>Q</kbd> now.")]),
        (
            "One <!-- two --> three.",
            [("paragraph", 0, "One"), ("furniture", 0, "<!-- two -->"), ("paragraph", 0, "three.")],
        ),
        ("Write `<!-- a -->` there.", [("paragraph", 0, "Write `<!-- a -->` there.")]),
        (
            "Sun\n: A star.\n: A paper.\n\nAfter.",
            [
                ("heading", 2, "Sun"),
                ("paragraph", 0, "A star."),
                ("paragraph", 0, "A paper."),
                ("paragraph", 2, "After."),
            ],
        ),
        ("[^1]: One.\n[^2]: Two.", [("footnote", 0, "[^1]: One."), ("footnote", 0, "[^2]: Two.")]),
        ("- a:\n  ```sh\n  b\n  ```\n- c", [("list", 0, "- a:"), ("code", 0, "b"), ("list", 0, "- c")]),
        ('```py title="a.py"\nx\n```', [("caption", 0, "a.py"), ("code", 0, "x")]),
    ],
)
def test_blocks_of_html(text: str, blocks: Listing) -> None:
    assert listing(text) == blocks


def test_a_comment_never_closed_is_warned_of() -> None:
    document = read(b"Text.\n\n<!-- a\n\nHidden.", "a.md", "d")
    assert [block.kind.value for block in document.blocks] == ["paragraph", "furniture"]
    assert "never closed" in document.warnings[0]


@pytest.mark.parametrize(
    "unit", ["<div>", "<ul><li>", "<table>", "<details><summary>", "<dt>a", "<A>", "<!-- ", "</ul>\n\n"]
)
def test_open_tags_take_linear_time(unit: str) -> None:
    read((unit * 40_000).encode(), "a.md", "d")
    read(f"{unit}\n\n".encode() * 20_000, "a.md", "d")
