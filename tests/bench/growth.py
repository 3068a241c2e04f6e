"""What the size of a corpus costs: to index, to sync one edited paragraph, to ask, in memory and on the disk.

    python -m tests.bench.growth FOLDER [--passages 1000,10000,100000] [--texts FOLDER ...]

Real text recombined: documents of paragraphs whose sentences are drawn from the texts below `--texts` (the seeds if
there are none). Vectors are sums of random vectors of the words, 384 of them as the real model's, so that the time is
all but the model's. FOLDER/SIZE is made if it is missing and kept, with its index. An edit replaces one paragraph in
the middle of one document; its time ends when a search in a corpus that was open finds it.
"""

import json
import os
import random
import re
import statistics
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import click
import numpy as np

from index.corpus import Corpus
from index.models.tokens import open_token_counter
from index.passages.pipeline import Pipeline
from index.store.store import FILE_NAME, Store
from index.sync.sync import sync
from index.types import Matrix
from tests.paths import ROOT

PARAGRAPHS = 20  # of a document
SENTENCES = 6  # of a paragraph: about one passage
EDITS = 5
QUESTIONS = 200
DERIVED = ("vectors", "lexical", "vocabulary")
HEADER = (
    "| passages | indexed in | index files | one edit: median, longest | of them written "
    "| p50 | p95 | opened in | memory of the corpus | mapped files |"
)


class WordsEmbedder:
    """A text is the sum of its words' vectors: cheap, deterministic, of the real model's size."""

    model_id = "words@1"
    dimension = 384
    max_tokens = 256

    def __init__(self) -> None:
        self._table = np.random.default_rng(0).standard_normal((4096, self.dimension)).astype(np.float32)

    def count_tokens(self, text: str) -> int:
        return len(text) // 5 + 2

    def embed(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> Matrix:
        rows = [
            self._table[[zlib.crc32(word.encode()) % 4096 for word in text.lower().split()] or [0]] for text in texts
        ]
        matrix: Matrix = np.array([row.sum(axis=0) for row in rows], dtype=np.float32).reshape(-1, self.dimension)
        matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
        if progress is not None:
            progress(len(texts), len(texts))
        return matrix


def pipeline() -> Pipeline:
    return Pipeline(WordsEmbedder(), open_token_counter())


@click.command(help=__doc__)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--passages", default="1000,10000,100000", show_default=True)
@click.option("--texts", multiple=True, type=click.Path(path_type=Path, exists=True))
@click.option("--ask", "only_ask", is_flag=True, hidden=True)
def main(folder: Path, passages: str, texts: Sequence[Path], only_ask: bool) -> None:
    sentences = sentences_of(texts or [ROOT / "seeds"])
    if only_ask:
        click.echo(json.dumps(ask(folder, sentences)))
        return
    click.echo(HEADER)
    click.echo("|---|" + "---|" * (HEADER.count("|") - 2))
    for size in map(int, passages.split(",")):
        click.echo(row(folder / str(size), size, sentences, texts))


def row(base: Path, size: int, sentences: Sequence[str], texts: Sequence[Path]) -> str:
    """One line of the table."""
    indexed = index(base, size, sentences)
    taken, written = edit(base)
    command = [sys.executable, "-m", "tests.bench.growth", str(base), "--ask"]
    command += [part for text in texts for part in ("--texts", str(text))]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    whole = sum(path.stat().st_size for path in derived_files(base / "data"))
    share = statistics.median(written) / whole
    return (
        f"| {told['size']:,} | {indexed} | {whole / 1e6:.1f} MB | {statistics.median(taken):.2f} s, {max(taken):.2f} s "
        f"| {share:.2%} | {told['p50']:.1f} ms | {told['p95']:.1f} ms | {told['opened']:.2f} s "
        f"| {told['own'] - told['before']:.0f} MB | {told['mapped']:.0f} MB |"
    )


def sentences_of(folders: Sequence[Path]) -> list[str]:
    """All sentences of the texts below, told by their stops alone."""
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.suffix in (".txt", ".md"))
    found = (each for file in files for each in re.split(r"(?<=[.!?])\s+", file.read_text(errors="replace")))
    return sorted({" ".join(each.split()) for each in found if 40 < len(each) < 300})


def index(base: Path, size: int, sentences: Sequence[str]) -> str:
    """Make the corpus and its index where they are missing; how long the index took."""
    note = base / "indexed"
    if not note.exists():
        (base / "corpus").mkdir(parents=True, exist_ok=True)
        (base / "data").mkdir(exist_ok=True)
        chance = random.Random(size)
        for number in range(max(1, size // PARAGRAPHS)):
            (base / "corpus" / f"{number:05}.txt").write_text(document(number, sentences, chance))
        began = time.perf_counter()
        do_sync(base)
        note.write_text(f"{time.perf_counter() - began:.0f} s")
    return note.read_text()


def document(number: int, sentences: Sequence[str], chance: random.Random) -> str:
    paragraphs = [" ".join(chance.choices(sentences, k=SENTENCES)) for _ in range(PARAGRAPHS)]
    return "\n\n".join([f"Report {number}", *paragraphs]) + "\n"


def do_sync(base: Path) -> None:
    with Store.open(base / "data" / FILE_NAME) as store:
        sync(base / "corpus", store, pipeline())


def edit(base: Path) -> tuple[list[float], list[int]]:
    """Seconds until each edit is found, and the bytes of files that it wrote into the indexes."""
    files = sorted((base / "corpus").glob("*.txt"))
    taken, written = [], []
    with Corpus.open(base / "data", pipeline()) as corpus:
        for number in range(EDITS):
            file = files[len(files) * (number + 1) // (EDITS + 1)]
            word = f"zq{time.time_ns():x}"
            parts = file.read_text().split("\n\n")
            parts[len(parts) // 2] = f"The {word} of the harbour was rebuilt. It has stood there since the flood."
            before = {(path.stat().st_ino, path.stat().st_mtime_ns) for path in derived_files(base / "data")}
            file.write_text("\n\n".join(parts))
            began = time.perf_counter()
            do_sync(base)
            synced = time.perf_counter()
            corpus.refresh()
            hit = corpus.search(f"Where is the {word}?", 1)[0]
            taken.append(time.perf_counter() - began)
            passage = corpus.passage(hit.passage_id)
            assert word in corpus.document(passage.document_id).text[passage.start : passage.end]
            new = [path.stat() for path in derived_files(base / "data")]
            written.append(sum(each.st_size for each in new if (each.st_ino, each.st_mtime_ns) not in before))
            click.echo(f"edit: sync {synced - began:.2f} s, then {taken[-1] - (synced - began):.2f} s", err=True)
    return taken, written


def derived_files(data: Path) -> list[Path]:
    return [path for kind in DERIVED for path in (data / kind).rglob("*") if path.is_file()]


def ask(base: Path, sentences: Sequence[str]) -> dict[str, float]:
    """In a process of its own, for its memory: open, then ask by eight words that stand in a row somewhere."""
    chance = random.Random(0)
    questions = []
    for sentence in chance.choices(sentences, k=QUESTIONS):
        words = sentence.split()
        start = chance.randrange(max(1, len(words) - 8))
        questions.append(" ".join(words[start : start + 8]))
    made = pipeline()
    before = resident("RssAnon")
    began = time.perf_counter()
    with Corpus.open(base / "data", made) as corpus:
        opened = time.perf_counter() - began
        times = []
        for question in questions:
            began = time.perf_counter()
            corpus.search(question, 10)
            times.append(1000 * (time.perf_counter() - began))
        cuts = statistics.quantiles(times, n=20)
        return {
            "size": corpus.size,
            "opened": opened,
            "p50": statistics.median(times),
            "p95": cuts[18],
            "own": resident("RssAnon"),
            "mapped": resident("RssFile"),
            "before": before,
        }


def resident(kind: str) -> float:
    """MB of this process now, its own (RssAnon) or of mapped files (RssFile)."""
    found = re.search(rf"{kind}:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
