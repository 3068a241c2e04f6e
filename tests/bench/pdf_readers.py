"""How many of the words, and in which order, do readers of PDFs give? Ours, pypdf, pdfminer.six.

    python -m tests.bench.pdf_readers [--other pypdf=PYTHON --other pdfminer=PYTHON] [--texts FOLDER]

The reference are texts: each is printed by Chromium in one column and in two, with running heads and page numbers, and
what a reader gives, its broken words joined by our rule and its ligatures taken apart, is held against the text's own
words. PYTHON is an interpreter in which that package is installed (`python -m venv` and `pip install pypdf
pdfminer.six`); without it a reader is left out. Columns: words of the text that are there (recall), words given that
are of it (precision: running heads and page numbers count against it, unless they are marked as such), and words at
their place in the order of the text (order: of a longest common sequence).
"""

import re
import subprocess
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from pathlib import Path

import click
from msgspec import Struct

from index.readers import read
from index.sentences.hyphens import joined_lines
from index.sentences.markup import display
from index.types import BlockKind
from tests.bench.seed_formats import MAKERS, pieces_of

_SCRIPTS = {
    "pypdf": "import sys,pypdf;print('\\n'.join(p.extract_text() for p in pypdf.PdfReader(sys.argv[1]).pages))",
    "pdfminer": "import sys;from pdfminer.high_level import extract_text;print(extract_text(sys.argv[1]))",
}
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
Reading = Callable[[Path], str]


class Score(Struct):
    """Sums over the files, in words."""

    wanted: int = 0
    given: int = 0
    found: int = 0
    in_order: int = 0

    def line(self, name: str) -> str:
        recall, precision = self.found / max(1, self.wanted), self.found / max(1, self.given)
        return f"{name:24}{recall:9.4f}{precision:11.4f}{self.in_order / max(1, self.wanted):9.4f}"


def ours(file: Path) -> str:
    """The text without what is marked as boilerplate, as it is shown."""
    document = read(file.read_bytes(), file.name, "")
    kept = [block for block in document.blocks if block.kind is not BlockKind.BOILERPLATE]
    shown = "\n".join(display(joined_lines(document.text[block.start : block.end])) for block in kept)
    return unicodedata.normalize("NFKC", shown)


def other(name: str, python: str) -> Reading:
    """Another reader, in its own interpreter."""

    def reading(file: Path) -> str:
        command = [python, "-c", _SCRIPTS[name], str(file)]
        said = subprocess.run(command, check=True, capture_output=True, timeout=300).stdout
        # As ours: broken words and ligatures shall not decide.
        return unicodedata.normalize("NFKC", joined_lines(said.decode("utf-8", "replace")))

    return reading


@click.command(help=__doc__)
@click.option("--texts", default=Path("seeds"), type=click.Path(path_type=Path, exists=True), show_default=True)
@click.option("--other", "others", multiple=True, metavar="NAME=PYTHON")
def main(texts: Path, others: Sequence[str]) -> None:
    readers: dict[str, Reading] = {"Footnote": ours}
    for each in others:
        name, _, python = each.partition("=")
        readers[name] = other(name, python)
    click.echo(f"{'':24}{'recall':>9}{'precision':>11}{'order':>9}")
    for kind in [name for name in MAKERS if name.startswith("pdf")]:
        scores = {name: Score() for name in readers}
        for text in sorted(texts.glob("*.txt")):
            document = read(text.read_bytes(), text.name, "")
            words = _WORD.findall(unicodedata.normalize("NFKC", " ".join(p.text for p in pieces_of(document))))
            with tempfile.TemporaryDirectory() as folder:
                made = Path(folder) / text.stem
                MAKERS[kind](document, made)
                for name, reading in readers.items():
                    score(scores[name], words, _WORD.findall(reading(made.with_suffix(".pdf"))))
        for name, sums in scores.items():
            click.echo(sums.line(f"{kind}, {name}"))


def score(sums: Score, wanted: Sequence[str], given: Sequence[str]) -> None:
    matcher = SequenceMatcher(None, wanted, given, autojunk=False)
    sums.wanted += len(wanted)
    sums.given += len(given)
    sums.found += (Counter(wanted) & Counter(given)).total()
    sums.in_order += sum(block.size for block in matcher.get_matching_blocks())


if __name__ == "__main__":
    main()
