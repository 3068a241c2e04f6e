"""The plain text of an element that is not read for its structure, and which elements stand by themselves."""

from index.readers.pages.inline import is_anchor
from index.readers.pages.tree import Element

HEADINGS = {f"h{level}": level for level in range(1, 7)}
BLOCK_TAGS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form header hgroup hr html legend li main menu nav ol p pre search section summary table tbody td tfoot th "
    "thead tr ul listing xmp plaintext".split()
) | frozenset(HEADINGS)


def plain_lines(element: Element) -> str:
    """The text of an element, each block in a line of its own."""
    lines: list[str] = []
    run: list[str] = []
    stack: list[Element | str | None] = [element]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            run.append(node)
        elif node is None or node.tag == "br":
            lines.append(" ".join("".join(run).split()))
            run = []
        elif node.tag in BLOCK_TAGS:
            stack += [None, *reversed(node.children), None]
        elif not is_anchor(node):
            stack += [" " if node.tag == "a" else "", *reversed(node.children)]
    lines.append(" ".join("".join(run).split()))
    return "\n".join(filter(None, lines))
