"""The documents of the page's tests: the seeds, and some that are hostile, wide or long."""

import re
from hashlib import sha256

from index.types import Block, BlockKind, Document, Field, Metadata
from tests.paths import SEEDS
from tests.web.page.scenes import TEXTS

HOSTILE = (
    "<script>window.hacked = 1</script>\n\n"
    "Before <img src=x onerror=\"window.hacked = 2\"> after. <a href='javascript:window.hacked=3'>Click</a> & &lt;b&gt;.\n\n"  # noqa: E501
    "\u202eThis sentence is turned around by an override that nothing ends.\n\n"
    "The last sentence stands as it was."
)
EMOJI = "A 🦊 and a 𝒻ox 👩‍👩‍👧 met. 𠮷野 wrote that 🎉 the party was held in Kyōto. Then they left. 🦉"
LONG = "\n\n".join(f"Paragraph {n} of a long document speaks of the number {n}." for n in range(8000))


def make_document(source: str, text: str, title: str | None = None) -> Document:
    """`text` in blocks at its empty lines: the first long one is the title, short ones before it are furniture."""
    blocks: list[Block] = []
    stated: Field | None = None
    for found in re.finditer(r"\S(?:.|\n(?!\s*\n))*", text):
        words = found.group().rstrip()
        start, end = found.start(), found.start() + len(words)
        is_title = stated is None and (words == title if title else len(words) > 50)
        if is_title:
            stated = Field(words, start, end)
        kind = (
            BlockKind.TITLE if is_title else BlockKind.BOILERPLATE if stated is None and title else BlockKind.PARAGRAPH
        )
        blocks.append(Block(kind, start, end))
    digest = sha256(text.encode()).hexdigest()
    metadata = Metadata(title=stated) if title else Metadata()
    return Document(
        sha256(source.encode()).hexdigest()[:16], source, digest, text, "text", "utf-8", tuple(blocks), metadata
    )


def make_documents() -> dict[str, Document]:
    """By a short name for the tests."""
    seeds = sorted(SEEDS.glob("*.txt"))
    titles = ["Japan may support ‘One Belt, One Road’ as a trade-off for constitutional revision", None, None]
    documents = {
        f"seed{i}": make_document(path.name, path.read_bytes().decode(), title)
        for i, (path, title) in enumerate(zip(seeds, titles, strict=False))
    }
    documents["hostile"] = make_document("<img src=x onerror=window.hacked=4>.txt", HOSTILE, HOSTILE.split("\n")[0])
    documents["emoji"] = make_document("emoji.txt", EMOJI)
    documents["long"] = make_document("long.txt", LONG)
    documents |= {name: make_document(source, text, text.split("\n")[0]) for name, (source, text) in TEXTS.items()}
    return documents
