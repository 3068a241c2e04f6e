"""What each block of a document is: invented documents block by block, the seeds, and the near misses."""

from pathlib import Path

import pytest

from index.readers import read
from index.types import BlockKind, Document
from tests.paths import DOCUMENTS, SEEDS

FILES = sorted(path for path in DOCUMENTS.iterdir() if path.suffix in {".txt", ".md"})
BOILERPLATE = BlockKind.BOILERPLATE


def listing(document: Document) -> list[str]:
    """One line a block: its kind and level, and how it begins."""
    return [
        f"{block.kind.value}{block.level or ''} | {' '.join(document.text[block.start : block.end].split())[:48]}"
        for block in document.blocks
    ]


def seed(number: str) -> Document:
    path = next(SEEDS.glob(f"{number}_*"))
    return read(path.read_bytes(), path.name, "d")


def kinds(text: str, name: str = "a.txt") -> list[tuple[BlockKind, str]]:
    document = read(text.encode(), name, "d")
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_invented_documents(path: Path) -> None:
    expected = path.with_suffix(".blocks").read_text(encoding="utf-8").splitlines()
    assert listing(read(path.read_bytes(), path.name, "d")) == expected


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_seeds(number: str) -> None:
    expected = (DOCUMENTS / f"seed_{number}.blocks").read_text(encoding="utf-8").splitlines()
    assert listing(seed(number)) == expected


def test_a_page_break_leaves_paragraph_rule_footnote_paragraph() -> None:
    document = seed("002")
    at = next(number for number, block in enumerate(document.blocks) if block.reason == "rule")
    found = [(block.kind, block.reason) for block in document.blocks[at - 1 : at + 3]]
    assert [kind for kind, _ in found] == ["paragraph", "furniture", "footnote", "paragraph"]


PROSE = (
    "The old mill by the river was rebuilt after the flood of 1931, and the new wheel turned for another forty years "
    "before the power line came."
)

REAL = {
    "a list at the end, introduced": f"{PROSE}\n\nThe owners were:\n\n- Anna\n- Ben\n- Clara\n",
    "a list under a heading": f"{PROSE}\n\nOwners\n\n- Anna\n- Ben\n- Clara\n",
    "a list announced in a sentence": f"{PROSE} The following families owned it.\n\n- Marsh\n- Quist\n",
    "headings that are buttons elsewhere": f"Manual\n\nPrint\n\n{PROSE}\n\nSearch\n\n{PROSE}\n\nHome\n\n"
    "Press it to go back home.\n",
    "a document about cookies": "Cookie Policy\n\nWhat are cookies?\n\nCookies are small files that a website keeps on "
    "your computer so that it knows you when you come again.\n\nCookie settings\n\nYou can delete cookies in the "
    "settings of your browser at any time you like, and nothing breaks on this page.\n",
    "an instruction under its question": f"Help\n\nHow do I hear of new mills?\n\nSubscribe to the newsletter on page "
    f"four.\n\nWho runs the mill?\n\n{PROSE}\n",
    "a price at the end": f"{PROSE}\n\nPrice: $89\n\nYou can return it within a month.\n",
    "steps at the end": f"{PROSE}\n\n1. Open the lid.\n2. Sign in to your account.\n3. Click Start.\n",
    "a changelog": "# Changelog\n\n## 1.2.0\n\n- Faster search\n- New menu\n\n## 1.1.0\n\n- Fixed login\n- Share key\n",
    "chapters after page breaks": f"CHAPTER 1\n\n{PROSE}\fCHAPTER 2\n\n{PROSE}\fCHAPTER 3\n\n{PROSE}",
    "template syntax explained": f"# Mail\n\n{PROSE}\n\nUse `{{{{ name }}}}` where the name should stand.\n",
    "a refrain": "The Song\n\nThe river runs,\nthe river runs.\n\nAnd at the mill\nthe river runs.\n\n"
    "The river runs,\nthe river runs.\n",
    "a short review": "Great lamp. You should buy it! I did not like the cable.\n",
    "one line": "Subscribe",
}


@pytest.mark.parametrize("text", REAL.values(), ids=REAL.keys())
def test_real_text_is_not_boilerplate(text: str) -> None:
    assert not [piece for kind, piece in kinds(text) if kind is BOILERPLATE]


FRAMES = {
    "template": ("You have {{count}} articles left", "after"),
    "icons": ("IconMailIcon ShareIcon MenuArrow LeftArrow RightClose Dialog", "before"),
    "trail": ("Home > News > Mills", "before"),
    "share": ("Share this article", "after"),
    "tags": ("- Mills\n- Rivers\n- History", "after"),
    "teasers": (
        "- Who Owns the Harbour NowThe question has been asked in every council since the war, and nobody has found "
        "an answer to it.\n"
        "- Is the Bridge Safe?The engineers say so, but the drivers who cross it every day have begun "
        "to look for another way.",
        "after",
    ),
    "notice": ("We use cookies. Accept all or read our privacy policy.", "before"),
    "advert": ("Advertisement", "between"),
    "call": ("Sign up for our newsletter and get the best stories every week.", "between"),
}


@pytest.mark.parametrize(("frame", "where"), FRAMES.values(), ids=FRAMES.keys())
def test_frames_are_boilerplate(frame: str, where: str) -> None:
    title = "How the old mill was rebuilt"
    parts = {
        "before": [frame, title, PROSE, PROSE],
        "between": [title, PROSE, frame, PROSE],
        "after": [title, PROSE, PROSE, frame],
    }
    found = kinds("\n\n".join(parts[where]))
    assert [piece for kind, piece in found if kind is BOILERPLATE] == [frame]
    assert (BlockKind.TITLE, title) in found
    assert sum(kind is BlockKind.PARAGRAPH for kind, _ in found) == 2


def test_page_numbers_count_up() -> None:
    pages = "\n\n".join(f"{PROSE} {PROSE} {PROSE}\n\n{number}" for number in (7, 8, 9))
    assert [piece for kind, piece in kinds(pages) if kind is BOILERPLATE] == ["7", "8", "9"]
    formula = "\n\n".join(f"{PROSE}\n\n{number}" for number in (1, 0, 1))
    assert BOILERPLATE not in [kind for kind, _ in kinds(formula)]


@pytest.mark.parametrize(
    "line",
    ["How do I reset my password?", "2.1 Travel Expenses", "OPENING HOURS", "Annual Leave", "Method", "Ingredients:"],
)
def test_headings_in_plain_text(line: str) -> None:
    assert (BlockKind.HEADING, line) in kinds(f"The Handbook\n\n{PROSE}\n\n{line}\n\n{PROSE}\n")


@pytest.mark.parametrize(
    "line",
    ["It rained.", "ANNA: Why not?", "and so it went on", "He said this about the new wheel of the mill:"],
)
def test_lines_that_are_no_headings(line: str) -> None:
    assert (BlockKind.PARAGRAPH, line) in kinds(f"The Handbook\n\n{PROSE}\n\n{line}\n\n{PROSE}\n")


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("[1] Marsh, E. The Mill. Quist, 1998.", BlockKind.FOOTNOTE),
        ("(*2) ^ Accessed May 4, 2011.", BlockKind.FOOTNOTE),
        ("Figure 2: The wheel in 1940.", BlockKind.CAPTION),
        ("* * *", BlockKind.BOILERPLATE),
        ("14 May 2003", BlockKind.BYLINE),
    ],
)
def test_lines_within_the_text(line: str, kind: BlockKind) -> None:
    assert (kind, line) in kinds(f"The Handbook\n\n{PROSE}\n\n{line}\n\n{PROSE}\n")


def test_a_caption_by_who_stands_where_only_above_the_text() -> None:
    line = "Ella Marsh, second from left, and her sister at the opening of the mill in the spring of that year."
    assert (BlockKind.CAPTION, line) in kinds(f"The mill opens\n\n{line}\n\n{PROSE}\n\n{PROSE}")
    assert (BlockKind.PARAGRAPH, line) in kinds(f"The mill opens\n\n{PROSE}\n\n{PROSE}\n\n{line}")
