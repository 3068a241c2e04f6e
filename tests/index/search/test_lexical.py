"""BM25 over terms: any text is a query, and none of it is syntax."""

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import tantivy
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import StaleIndexError
from index.search.lexical import KIND, Analyzer, Bm25Index, LexicalCodec
from index.search.segments import numbered
from index.store.rows import PassageText
from tests.replacing import replace_content

ROWS = [
    PassageText(11, "Forests", "The oak forests of Brittany were cut down for ships."),
    PassageText(12, "Forests", "Beech trees replaced the oaks within a century."),
    PassageText(13, "Ships › Brest", "The arsenal at Brest built forty ships of the line."),
    PassageText(14, "", "東京都は日本の首都です。"),
    PassageText(15, "", "Çà et là, le café Müller ouvrait à midi."),
]


def build(folder: Path, texts: Sequence[PassageText], version: str = "v1", model_id: str = "model") -> Bm25Index:
    rows, codec = numbered(text.passage_id for text in texts), LexicalCodec(lambda _: texts)
    return Bm25Index.build(folder, rows, codec, version, model_id)


@pytest.fixture(scope="module")
def index() -> Bm25Index:
    return Bm25Index.of_texts(ROWS)


def found(index: Bm25Index, query: str, limit: int = 10) -> list[int]:
    return [number for number, _ in index.search(query, limit)]


def test_words_find_their_passages(index: Bm25Index) -> None:
    assert found(index, "Which ships were built at Brest?")[0] == 13
    assert found(index, "beech") == [12]
    assert found(index, "zebra") == []


def test_inflection_case_and_accents_do_not_matter(index: Bm25Index) -> None:
    assert found(index, "SHIP forest") == found(index, "ships, forests!")
    assert set(found(index, "oaks")) == set(found(index, "OAK")) == {11, 12}
    assert found(index, "cafe muller") == found(index, "CAFÉ Mu\u0308ller") == [15]


@pytest.mark.parametrize(("letters", "is_term"), [(1, True), (254, True), (255, False)])
def test_a_term_has_fewer_than_255_bytes(index: Bm25Index, letters: int, is_term: bool) -> None:
    assert index.terms("x" * letters) == (["x" * letters] if is_term else [])


def test_titles_and_headings_count_less_than_sentences() -> None:
    rows = [PassageText(1, "Ships", "They were many."), PassageText(2, "Other", "Ships were many.")]
    assert found(Bm25Index.of_texts(rows), "ships") == [2, 1]


def test_scripts_without_spaces_are_found(index: Bm25Index) -> None:
    assert found(index, "首都はどこ") == [14]
    assert found(index, "京") == [14]


def test_stop_words_find_nothing_by_themselves(index: Bm25Index) -> None:
    assert index.terms("What is it that they were of the") == []
    assert found(index, "what is the") == []


@pytest.mark.parametrize(
    "query",
    [
        '"',
        "*",
        "NEAR(",
        "-",
        "oak AND",
        "body:oak",
        "oak~2",
        "[a TO b]",
        "(",
        "oak^9",
        "/x/",
        "\0",
        "\u202eoak",
        "+-!{}",
    ],
)
def test_nothing_is_syntax(index: Bm25Index, query: str) -> None:
    assert found(index, query) == (found(index, "oak") if "oak" in query else [])


@settings(max_examples=100)
@given(query=st.text(max_size=300), limit=st.integers(-1, 7))
def test_any_text_is_a_query(index: Bm25Index, query: str, limit: int) -> None:
    hits = index.search(query, limit)
    assert len(hits) <= max(limit, 0)
    assert hits == sorted(hits, key=lambda hit: (-hit[1], hit[0]))
    assert {number for number, _ in hits} <= {row.passage_id for row in ROWS}


@given(text=st.text(max_size=100))
def test_terms_hold_no_space(index: Bm25Index, text: str) -> None:
    assert all(term and not any(map(str.isspace, term)) for term in index.terms(text))


def test_a_very_long_query_is_answered(index: Bm25Index) -> None:
    query = " ".join(f"word{number}" for number in range(5000)) + " oak"
    assert set(found(index, query)) <= {11, 12}


def test_only_those_allowed_are_found(index: Bm25Index) -> None:
    assert [number for number, _ in index.search("oak ships", 10, np.array([12, 13, 99]))] in (
        [12, 13],
        [13, 12],
    )
    assert index.search("oak", 10, np.zeros(0, np.int64)) == []


def test_a_filter_changes_no_score(index: Bm25Index) -> None:
    everywhere = dict(index.search("oak ships", 10))
    assert all(everywhere[number] == score for number, score in index.search("oak ships", 10, np.array([11, 13])))


def test_ties_go_to_the_smaller_id_even_at_the_last_place() -> None:
    rows = [PassageText(number, "", "the same words") for number in (9, 3, 7, 1, 5, 8)]
    assert found(Bm25Index.of_texts(rows), "words", 3) == [1, 3, 5]


def test_scores_are_bm25() -> None:
    rows = [PassageText(1, "", "oak oak elm"), PassageText(2, "", "elm ash fir yew"), PassageText(3, "", "fir")]
    index = Bm25Index.of_texts(rows)
    mean = (3 + 4 + 1) / 3
    expected = index.idf("oak") * 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 3 / mean))
    assert index.search("oak", 1)[0][1] == pytest.approx(expected, rel=1e-5)


def test_idf_is_of_passages_and_takes_words_and_terms(index: Bm25Index) -> None:
    assert index.idf("oak") == pytest.approx(math.log(1 + (5 - 2 + 0.5) / 2.5))
    assert index.idf("oaks") == index.idf("OAK") == index.idf("oak")
    assert index.idf("zebra") > index.idf("beech") > index.idf("oak")
    assert index.idf("") == index.idf("the") == index.idf("zebra")


def test_it_is_opened_as_it_was_built(tmp_path: Path, index: Bm25Index) -> None:
    build(tmp_path, ROWS)
    opened = Bm25Index.open(tmp_path, "v1", "model")
    for query in ("oak ships", "首都", "forest"):
        assert opened.search(query, 5) == index.search(query, 5)


def test_a_changed_file_is_refused_whichever_it_is(tmp_path: Path) -> None:
    build(tmp_path, ROWS)
    files = sorted((tmp_path / "v1").iterdir())
    assert sorted(file.suffix for file in files) == [".json", ".json", ".segment"]
    for file in files:
        kept = file.read_bytes()
        for broken in (kept[:-1], kept[:-1] + bytes([kept[-1] ^ 1]), b""):
            replace_content(file, broken)
            with pytest.raises(StaleIndexError):
                Bm25Index.open(tmp_path, "v1", "model")
        replace_content(file, kept)
    assert Bm25Index.open(tmp_path, "v1", "model").size == 5


def test_another_version_is_refused(tmp_path: Path) -> None:
    build(tmp_path, ROWS)
    with pytest.raises(StaleIndexError):
        Bm25Index.open(tmp_path, "v2", "model")


def test_an_empty_index_answers() -> None:
    index = Bm25Index.of_texts([])
    assert index.size == 0
    assert index.search("oak", 5) == []
    assert index.idf("oak") > 0


def test_title_and_headings_weigh_three_tenths() -> None:
    rows = [PassageText(1, "oak", "elm"), PassageText(2, "", "oak"), PassageText(3, "ash", "")]
    found_by = dict(Bm25Index.of_texts(rows).search("oak", 3))
    plain = dict(Bm25Index.of_texts(rows, head_weight=1.0).search("oak", 3))
    assert found_by[1] == pytest.approx(0.3 * plain[1], rel=1e-5)
    assert found_by[2] == pytest.approx(plain[2], rel=1e-5)


def test_of_a_long_query_the_sixty_four_rarest_terms_count() -> None:
    rare = " ".join(f"reed{number}x" for number in range(64))
    rows = [PassageText(1, "", "mill"), PassageText(2, "", "mill"), PassageText(3, "", rare)]
    index = Bm25Index.of_texts(rows)
    fewer = rare.rsplit(" ", 1)[0]
    assert [number for number, _ in index.search(f"mill {rare}", 9)] == [3]
    assert [number for number, _ in index.search(f"mill {fewer}", 9)] == [3, 1, 2]


def test_a_word_of_256_letters_is_none(index: Bm25Index) -> None:
    assert index.terms("z" * 254) == ["z" * 254]
    assert index.terms("z" * 256) == []


VALUED = [
    PassageText(1, "Motor", "The motor weighs 1,234 kg and turns at 3 000 rpm."),
    PassageText(2, "Log", "2026-03-05: The elevator was inspected."),
    PassageText(3, "Visits", "On 07/04/2026 the mayor came. The motor was shown, five kilometres from here."),
    PassageText(4, "Changes", "2.10.0: Dark mode. See RFC9871."),
    PassageText(5, "Changes", "2.1.0: Export. The motor weighs little."),
]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("1234 kg", 1), ("3000 rpm", 1), ("5 March 2026", 2), ("05.03.2026", 2), ("April 2026", 3), ("7 April 2026", 3),
        ("5km", 3), ("v2.10", 4), ("RFC 9871", 4), ("v2.1", 5),
    ],
)  # fmt: skip
def test_values_are_found_however_they_are_written(query: str, first: int) -> None:
    assert found(Bm25Index.of_texts(VALUED), query)[0] == first


def test_an_index_without_values_is_stale(tmp_path: Path) -> None:
    build(tmp_path, ROWS, model_id="")
    manifest = tmp_path / "v1" / "manifest.json"
    manifest.write_bytes(manifest.read_bytes().replace(KIND.encode(), b"lexical 2"))
    with pytest.raises(StaleIndexError, match="another index"):
        Bm25Index.open(tmp_path, "v1")


WORDS = st.lists(st.sampled_from("oak elm ash fir yew ships the".split()), max_size=60).map(" ".join)


def tantivy_index(texts: Sequence[PassageText], analyzer: Analyzer) -> tantivy.Index:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("passage_id", fast=True)
    builder.add_text_field("body", tokenizer_name="whitespace", index_option="freq")
    index = tantivy.Index(builder.build())
    writer = index.writer(15_000_000, num_threads=1)
    for text in texts:
        document = tantivy.Document()
        document.add_integer("passage_id", text.passage_id)
        document.add_text("body", " ".join(analyzer.terms(text.body)))
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return index


@settings(max_examples=20)
@given(bodies=st.lists(WORDS, min_size=1, max_size=12), query=WORDS)
def test_scores_are_tantivys(bodies: list[str], query: str) -> None:
    texts = [PassageText(number, "", body) for number, body in enumerate(bodies)]
    analyzer = Analyzer()
    theirs = tantivy_index(texts, analyzer)
    parts = [
        (tantivy.Occur.Should, tantivy.Query.term_query(theirs.schema, "body", term, "freq"))
        for term in set(analyzer.terms(query))
    ]
    searcher = theirs.searcher()
    hits = searcher.search(tantivy.Query.boolean_query(parts), 20).hits if parts else []
    ids = searcher.fast_field_values("passage_id", [address for _, address in hits])
    expected = {number: score for number, (score, _) in zip(ids, hits, strict=True)}
    ours = dict(Bm25Index.of_texts(texts).search(query, 20))
    assert ours == pytest.approx(expected, rel=1e-4)
