"""Which constants retrieve best: dense, BM25 and ways to fuse them, on question sets with known answers.

    python -m tests.bench.retrieval --data FOLDER --questions FILE [--data FOLDER --questions FILE ...] [--sample 1000]

Each data folder was made by `footnote index` from the documents that its questions are about. A passage is right when
it and an answer share at least half of the shorter one. Prints one table a set.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import click
import numpy as np
from msgspec import Struct

from index.models.embedding import open_embedder
from index.search.lexical import STOP_WORDS, Analyzer, Bm25Index
from index.search.search import FusionWeights
from index.search.segments import numbered
from index.search.vectors import Cosines, FaissIndex, VectorCodec
from index.store.store import FILE_NAME, Store
from index.types import Ids, Matrix, Vector
from qa.datasets.question_set import Example, load_question_set

Ranked = list[tuple[int, float]]  # (passage id, score), best first
Fuse = Callable[[Ranked, Ranked], list[int]]

DEPTH = 100
FOUND = FusionWeights().depth
HEADER = f"{'':44}  hit@1  hit@5 hit@10 hit@20    MRR"


class Case(Struct, frozen=True):
    """A question with its lists and the passages that are right."""

    right: frozenset[int]
    dense: Ranked
    lexical: Ranked


@click.command(help=__doc__)
@click.option("--data", "folders", multiple=True, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--questions", "files", multiple=True, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--sample", default=1000, show_default=True)
def main(folders: Sequence[Path], files: Sequence[Path], sample: int) -> None:
    for folder, file in zip(folders, files, strict=True):
        examples = [example for example in load_question_set(file).examples if example.gold]
        if len(examples) > sample:
            examples = random.Random(0).sample(examples, sample)
        with Store.open(folder / FILE_NAME, read_only=True) as store:
            click.echo(f"\n{folder.parent.name}: {len(examples)} questions, {len(store.passage_owners())} passages")
            compare(store, examples)


def compare(store: Store, examples: Sequence[Example]) -> None:
    """Print the table of one set."""
    embedder = open_embedder()
    ids = store.passage_rows(embedder.model_id)[0]
    rows, matrix = store.passage_texts(ids), store.embeddings.passage_vectors(embedder.model_id, ids)
    vectors = FaissIndex.in_memory(numbered(ids), VectorCodec(lambda _: matrix))
    queries = embedder.embed([example.question for example in examples])
    dense = [ranked(*vectors.search(query, DEPTH)) for query in queries]
    right = [right_passages(store, example) for example in examples]
    click.echo(HEADER)
    show("dense", right, [[number for number, _ in one] for one in dense])
    for name, words, weight in lexicals():
        index = Bm25Index.of_texts(rows, Analyzer(words), weight)
        lists = [index.search(example.question, DEPTH) for example in examples]
        show(f"BM25, {name}, head {weight}", right, [[number for number, _ in one] for one in lists])
        if (words, weight) == (STOP_WORDS, 0.3):
            chosen = lists
    meant = [
        by_meaning(store, embedder.model_id, ids, matrix, *parts) for parts in zip(queries, dense, chosen, strict=True)
    ]
    show("the candidates by nearest sentence too", right, [[number for number, _ in one] for one in meant])
    cases = [Case(*parts) for parts in zip(right, meant, chosen, strict=True)]
    for name, fuse in fusions():
        show(name, right, [fuse(case.dense, case.lexical) for case in cases])


def lexicals() -> Iterator[tuple[str, list[str], float]]:
    """Name, stop words and weight of title and headings."""
    for weight in (0.0, 0.1, 0.2, 0.3, 0.5, 1.0):
        yield "stop words dropped", STOP_WORDS, weight
    yield "stop words kept", [], 0.3


def fusions() -> Iterator[tuple[str, Fuse]]:
    """Ways to make one list of two."""
    yield "as shipped", rrf(FusionWeights())
    for k in (0, 2, 4, 8, 20, 60):
        for weight in (0.5, 0.7, 0.85, 1.0, 1.3):
            yield f"RRF k {k}, dense {weight} to 1", rrf(FusionWeights(k=k, dense_weight=weight))
    for share in (0.4, 0.5, 0.6):
        yield f"min-max scores, dense share {share}", convex(share, minmax)
    for share in (0.4, 0.5, 0.6):
        yield f"scores by their best, dense share {share}", convex(share, by_best)


def rrf(fusion: FusionWeights) -> Fuse:
    def fuse(dense: Ranked, lexical: Ranked) -> list[int]:
        scores: dict[int, float] = {}
        lists = ((dense, fusion.dense_weight), (lexical[: fusion.depth], fusion.lexical_weight))
        for ranking, weight in lists:
            for rank, (number, _) in enumerate(ranking, 1):
                scores[number] = scores.get(number, 0.0) + weight / (fusion.k + rank)
        return best(scores)

    return fuse


def convex(share: float, norm: Callable[[Ranked], dict[int, float]]) -> Fuse:
    def fuse(dense: Ranked, lexical: Ranked) -> list[int]:
        one, other = norm(dense), norm(lexical)
        return best({n: share * one.get(n, 0.0) + (1 - share) * other.get(n, 0.0) for n in one.keys() | other.keys()})

    return fuse


def by_meaning(
    store: Store, model_id: str, ids: Ids, matrix: Matrix, query: Vector, dense: Ranked, lexical: Ranked
) -> Ranked:
    """What HybridSearch makes of both lists: each passage by the mean of its cosine and its nearest sentence's."""
    found = np.array(sorted({number for number, _ in dense[:FOUND] + lexical[:FOUND]}))
    owners, sentences = store.embeddings.sentence_vectors(model_id, found)
    cosines = {number: float(matrix[np.searchsorted(ids, number)] @ query) for number in found.tolist()}
    nearest = dict(cosines)
    for owner in set(owners.tolist()):
        nearest[owner] = float((sentences[owners == owner] @ query).max())
    scores = {number: (cosines[number] + nearest[number]) / 2 for number in cosines}
    return [(number, scores[number]) for number in best(scores)]


def minmax(ranking: Ranked) -> dict[int, float]:
    if not ranking:
        return {}
    low, high = ranking[-1][1], ranking[0][1]
    return {number: (score - low) / max(high - low, 1e-9) for number, score in ranking}


def by_best(ranking: Ranked) -> dict[int, float]:
    return {number: score / max(ranking[0][1], 1e-9) for number, score in ranking}


def best(scores: dict[int, float]) -> list[int]:
    return sorted(scores, key=lambda number: (-scores[number], number))


def ranked(ids: Ids, cosines: Cosines) -> Ranked:
    return list(zip(ids.tolist(), cosines.tolist(), strict=True))


def right_passages(store: Store, example: Example) -> frozenset[int]:
    """Passages that share with an answer at least half of the shorter one."""
    right = set()
    for gold in example.gold:
        summary = store.find_source(gold.source)
        for passage in store.document_passages(summary.document_id) if summary else ():
            shared = min(passage.end, gold.end) - max(passage.start, gold.start)
            if 2 * shared >= min(passage.end - passage.start, gold.end - gold.start):
                right.add(passage.passage_id)
    return frozenset(right)


def show(name: str, right: Sequence[frozenset[int]], lists: Sequence[list[int]]) -> None:
    """Print one row: share of questions with a right passage among the first n, and mean reciprocal rank to 10."""
    ranks = [
        next((rank for rank, number in enumerate(found, 1) if number in wanted), 10**9)
        for wanted, found in zip(right, lists, strict=True)
    ]
    hits = "".join(f"{np.mean([rank <= n for rank in ranks]):7.3f}" for n in (1, 5, 10, 20))
    mrr = np.mean([1 / rank if rank <= 10 else 0.0 for rank in ranks])
    click.echo(f"{name:44}{hits}{mrr:7.3f}")


if __name__ == "__main__":
    main()
