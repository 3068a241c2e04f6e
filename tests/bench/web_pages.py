"""How much of web pages' text is read, and how much of their chrome is taken for text?

    python -m tests.bench.web_pages FOLDER [--against FILE.json ...] [--worst 10]

FOLDER is a copy of github.com/scrapinghub/article-extraction-benchmark (not ours, not kept here): `html/*.html.gz` and
`ground-truth.json`, the articles' texts as people marked them. Compared are runs of four words. --against: what another
program took from the same pages, as the files in its `output/`.
"""

import gzip
import re
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import click
from msgspec import Struct, json

from index.errors import DocumentError
from index.readers import read
from index.sentences.markup import display
from index.types import BlockKind

_WORD = re.compile(r"\w+")
_RUN = 4
_TEXT = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST, BlockKind.TABLE, BlockKind.CODE, BlockKind.HEADING})


class Article(Struct):
    """A page's text."""

    articleBody: str = ""  # noqa: N815 (as the benchmark names it)
    url: str = ""


def ours(data: bytes, name: str) -> str:
    """What is read of a page as text; no captions, notes or title, which its articles do not hold."""
    document = read(data, f"{name}.html", name)
    return "\n".join(display(document.text[each.start : each.end]) for each in document.blocks if each.kind in _TEXT)


def shares(found: str, marked: str) -> tuple[float, float]:
    """Precision and recall of a text's runs of words."""
    one, other = _runs(found), _runs(marked)
    same = sum((one & other).values())
    return same / max(1, sum(one.values())), same / max(1, sum(other.values()))


def _runs(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    size = min(_RUN, len(words))
    return Counter(tuple(words[at : at + size]) for at in range(len(words) - size + 1)) if words else Counter()


@click.command(help=__doc__)
@click.argument("folder", type=click.Path(path_type=Path, exists=True))
@click.option("--against", multiple=True, type=click.Path(path_type=Path, exists=True))
@click.option("--worst", default=0, help="Show so many of our worst pages.")
def main(folder: Path, against: tuple[Path, ...], worst: int) -> None:
    marked = json.decode((folder / "ground-truth.json").read_bytes(), type=dict[str, Article])
    texts: dict[str, str] = {}
    started = time.process_time()
    for name in marked:
        try:
            texts[name] = ours(gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes()), name)
        except DocumentError as error:
            click.echo(str(error), err=True)
    seconds = time.process_time() - started
    click.echo(f"{'':20}{'pages':>6}{'F1':>8}{'precision':>11}{'recall':>8}")
    for name in _told("Footnote", texts, marked)[:worst]:
        click.echo(f"  {name} {marked[name].url}")
    for file in against:
        theirs = json.decode(file.read_bytes(), type=dict[str, Article])
        _told(file.stem, {name: each.articleBody for name, each in theirs.items()}, marked)
    click.echo(f"{seconds:.1f} s of processor time for ours")


def _told(who: str, texts: Mapping[str, str], marked: Mapping[str, Article]) -> list[str]:
    """Prints a line, and gives the pages by how well they were read, the worst first."""
    scores = {name: shares(texts.get(name, ""), each.articleBody) for name, each in marked.items()}
    harmonic = {name: 2 * p * r / (p + r) if p + r else 0.0 for name, (p, r) in scores.items()}
    count = len(scores)
    precision, recall = (sum(each[at] for each in scores.values()) / count for at in (0, 1))
    click.echo(f"{who:20}{count:6}{sum(harmonic.values()) / count:8.3f}{precision:11.3f}{recall:8.3f}")
    return sorted(harmonic, key=harmonic.__getitem__)


if __name__ == "__main__":
    main()
