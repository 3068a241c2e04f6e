"""FusionWeights by weighted reciprocal rank, and questions of any length."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.models.embedding import embed_any
from index.search.lexical import Bm25Index
from index.search.search import FusionWeights, HybridSearch
from index.store.rows import PassageText
from index.types import Ids, Matrix
from tests.exact_index import ExactIndex
from tests.small_model import SmallEmbedder

WORDS = "oak beech ship tide May forest Brest arsenal Brittany century metre cut built turn rise sail".split()
RANDOM = np.random.default_rng(3)
ROWS = [PassageText(100 + number, "Sea", " ".join(RANDOM.choice(WORDS, 8))) for number in range(60)]
MATRIX = SmallEmbedder().embed([row.body for row in ROWS])
IDS = np.array([row.passage_id for row in ROWS])
FUSION = FusionWeights(depth=12, k=5, dense_weight=0.5, lexical_weight=1.0)


class OneVector(SmallEmbedder):
    """Every text has the same vector."""

    def __init__(self, vector: Matrix) -> None:
        super().__init__()
        self._vector = vector

    def embed(self, texts: Sequence[str], _: Callable[[int, int], None] | None = None) -> Matrix:
        return np.repeat(self._vector, len(texts), axis=0)


@pytest.fixture(scope="module")
def search() -> HybridSearch:
    return HybridSearch(ExactIndex(IDS, MATRIX), Bm25Index.of_texts(ROWS), SmallEmbedder(), fusion=FUSION)


@settings(max_examples=50)
@given(words=st.lists(st.sampled_from([*WORDS, "unknown"]), min_size=1, max_size=6), limit=st.integers(1, 30))
def test_hits_are_fused_by_rank_and_all_have_their_cosine(search: HybridSearch, words: list[str], limit: int) -> None:
    question = " ".join(words)
    hits = search.search(question, limit)
    query = SmallEmbedder().embed([question])[0]
    assert len(hits) <= limit
    assert len({hit.passage_id for hit in hits}) == len(hits)
    assert [(-hit.score, hit.passage_id) for hit in hits] == sorted((-hit.score, hit.passage_id) for hit in hits)
    cosines = {hit.passage_id: hit.similarity for hit in search.search(question, 60)}
    for hit in hits:
        assert hit.similarity == pytest.approx(float(MATRIX[hit.passage_id - 100] @ query), abs=1e-6)
        assert (hit.bm25 > 0) == (hit.lexical_rank is not None)
        by_meaning = round(1 / ((hit.score - (1.0 / (5 + hit.lexical_rank) if hit.lexical_rank else 0)) / 0.5)) - 5
        nearer = sum(cosine > hit.similarity for cosine in cosines.values())
        assert 1 <= by_meaning <= (hit.dense_rank or 10**9)
        assert hit.dense_rank is None or hit.dense_rank > nearer


def test_both_halves_find_what_the_other_does_not() -> None:
    rows = [PassageText(number, "", f"arsenal {'tide ' * number}") for number in range(1, 40)]
    flat = ExactIndex(np.arange(1, 60), SmallEmbedder().embed([row.body for row in rows] + ["arsenals"] * 20))
    search = HybridSearch(
        flat, Bm25Index.of_texts(rows), SmallEmbedder(), fusion=FusionWeights(5, k=10, dense_weight=1)
    )
    hits = search.search("arsenals", 5)
    assert [hit.passage_id for hit in hits] == [1, 2, 3, 4, 5]
    assert {(hit.dense_rank, hit.lexical_rank) for hit in hits} == {(None, rank) for rank in range(1, 6)}
    hits = search.search("arsenals arsenals", 10)
    assert {hit.passage_id for hit in hits} >= {1, 40}


def test_only_those_allowed_are_found(search: HybridSearch) -> None:
    only = IDS[[4, 9, 30]]
    assert {hit.passage_id for hit in search.search("oak ship", 10, only)} == set(only.tolist())
    assert search.search("oak ship", 10, IDS[:0]) == ()


@pytest.mark.parametrize("question", ["", " ", "zzz", '"*NEAR(-', "\0", "？", "x" * 2000, "oak " * 500, "a " * 1000])
def test_any_question_is_answered(search: HybridSearch, question: str) -> None:
    assert len(search.search(question, 5)) == 5


def test_the_same_question_finds_the_same(search: HybridSearch) -> None:
    assert search.search("which oak was cut?", 20) == search.search("which oak was cut?", 20)


def test_a_rephrasing_brings_what_the_question_does_not_find(search: HybridSearch) -> None:
    asked, other = "oak forest", "arsenal tide"
    alone = {hit.passage_id: hit.score for hit in search.search(asked, 60)}
    apart = {hit.passage_id: hit.score for hit in search.search(other, 60)}
    both = search.search(asked, 60, paraphrases=(other, asked))
    assert {hit.passage_id for hit in both} == alone.keys() | apart.keys()
    for hit in both:
        assert hit.score == pytest.approx(alone.get(hit.passage_id, 0) + apart.get(hit.passage_id, 0))
    assert search.search(asked, 5, paraphrases=(asked,)) == search.search(asked, 5)


def test_an_empty_corpus_has_no_hits() -> None:
    empty = ExactIndex(IDS[:0], MATRIX[:0])
    assert HybridSearch(empty, Bm25Index.of_texts([]), SmallEmbedder()).search("oak", 5) == ()


def test_all_of_a_long_question_counts() -> None:
    embedder = SmallEmbedder()
    vector = embed_any(embedder, ["oak " * 300 + "tide " * 300])[0]
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-6)
    assert all(vector @ word > 0.5 for word in embedder.embed(["oak oak", "tide tide"]))


def test_a_passage_is_as_near_as_its_nearest_sentence_makes_it() -> None:
    class OneSentence:
        """Passage 7 holds a sentence that is the question."""

        def sentence_vectors(self, model_id: str, ids: Ids) -> tuple[Ids, Matrix]:
            assert model_id == SmallEmbedder().model_id
            return np.array([number for number in ids if number == 7]), SmallEmbedder().embed(["how high is the tide"])

    bodies = ["tide", "the tide is high", "a long passage of oak and beech with much else in it"]
    vectors = ExactIndex(np.array([3, 5, 7]), SmallEmbedder().embed(bodies))
    lexical = Bm25Index.of_texts([PassageText(3, "", "x"), PassageText(5, "", "x"), PassageText(7, "", "x")])
    question = "how high is the tide"
    plain = [hit.passage_id for hit in HybridSearch(vectors, lexical, SmallEmbedder()).search(question)]
    helped = HybridSearch(vectors, lexical, SmallEmbedder(), OneSentence()).search(question)
    assert plain == [5, 3, 7]
    assert [hit.passage_id for hit in helped] == [5, 7, 3]
    assert helped[1].similarity < helped[2].similarity  # shown is the passage's own cosine


@pytest.mark.parametrize(("own", "nearest", "first"), [(0.5, 0.52, 2), (0.5, 0.48, 1), (0.4, 0.62, 2), (0.4, 0.58, 1)])
def test_both_cosines_of_a_passage_count_alike(own: float, nearest: float, first: int) -> None:
    """Passage 1 has no sentence with a vector: its own cosine, .5, is all. Passage 2 has these two."""

    class Nearest:
        def sentence_vectors(self, model_id: str, ids: Ids) -> tuple[Ids, Matrix]:
            assert (model_id, ids.tolist()) == (SmallEmbedder().model_id, [1, 2])
            return np.array([2, 2]), np.array([[nearest, 0, 0, 0], [-1, 0, 0, 0]], np.float32)

    matrix = np.array([[0.5, 0.1, 0, 0], [own, 0, 0.1, 0]], np.float32)
    query = np.array([[1, 0, 0, 0]], np.float32)
    lexical = Bm25Index.of_texts([PassageText(1, "", "oak"), PassageText(2, "", "oak")])
    found = HybridSearch(ExactIndex(np.array([1, 2]), matrix), lexical, OneVector(query), Nearest()).search("ship")
    assert [hit.passage_id for hit in found] == [first, 3 - first]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_the_shipped_weights_decide_between_the_lists(number: int) -> None:
    """A passage's score is .85 / (2 + its place by meaning) + 1 / (2 + its place by words)."""
    rows = [PassageText(1, "", "oak"), PassageText(2, "", "oak ship ship"), PassageText(3, "", "ship tide tide tide")]
    matrix = np.eye(3, 4, dtype=np.float32)
    query = np.array([[0.9, 0.3, 0.2, 0.0]], np.float32)
    shipped = HybridSearch(ExactIndex(np.array([1, 2, 3]), matrix), Bm25Index.of_texts(rows), OneVector(query))
    hits = {hit.passage_id: hit for hit in shipped.search("ship")}
    lexical = {2: 1, 3: 2}
    expected = 0.85 / (2 + number) + (1 / (2 + lexical[number]) if number in lexical else 0)
    assert hits[number].score == pytest.approx(expected)


@pytest.mark.parametrize(("nearest", "lexical_rank"), [(50, 50), (51, None)])
def test_the_shipped_search_takes_fifty_of_each_list(nearest: int, lexical_rank: int | None) -> None:
    ids = np.arange(1, 81)
    rows = [PassageText(int(number), "", "oak") for number in ids]  # equal, so that their ids order them
    matrix = np.zeros((80, 4), np.float32)
    matrix[nearest - 1, 0] = 1
    query = np.array([[1, 0, 0, 0]], np.float32)
    search = HybridSearch(ExactIndex(ids, matrix), Bm25Index.of_texts(rows), OneVector(query))
    hits = {hit.passage_id: hit for hit in search.search("oak", 49)}
    assert hits[nearest].lexical_rank == lexical_rank
    assert len(search.search("oak", 80)) == 80  # who asks for more gets more


def test_other_words_weigh_as_much_as_the_question() -> None:
    rows = [PassageText(1, "", "oak"), PassageText(2, "", "ship")]
    query = np.array([[0, 0, 0, 1]], np.float32)
    search = HybridSearch(
        ExactIndex(np.array([1, 2]), np.eye(2, 4, dtype=np.float32)), Bm25Index.of_texts(rows), OneVector(query)
    )
    alone = {hit.passage_id: hit.score for hit in search.search("oak")}
    both = {hit.passage_id: hit.score for hit in search.search("oak", paraphrases=["ship"])}
    other = {hit.passage_id: hit.score for hit in search.search("ship")}
    assert both == pytest.approx({number: alone[number] + other[number] for number in (1, 2)})
