"""What is this reader's own; what it shares with every other is in test_reader.py."""

import math

import pytest
from msgspec.structs import replace

from qa.confidence import load_calibration
from qa.language.question import analyse
from qa.reading.features import NAMES
from qa.reading.linear import FeatureReader, Weights, load_weights
from qa.reading.reader import OpenPassage
from tests.reading import Tongue, cut, open_text

TOWN = open_text(
    "The town of Weir lives from its mills. Its oldest mill was built in 1821. It burned down twice before the war. "
    "The bridge is closed on Sundays. Nobody knows who built the bakery.",
    "town.txt",
)
BY_RECALL = Weights({"recall": 1.0})
QUESTION = analyse("When was the oldest mill built?")


def reader(weights: Weights = BY_RECALL) -> FeatureReader:
    return FeatureReader(Tongue(), weights)


def best(found_by: FeatureReader, question: str, *passages: OpenPassage, carried: str = "") -> str:
    reading = found_by.read(analyse(question, carried), passages)
    evidence = reading.evidence[0]
    document = passages[evidence.passage_index].document
    return document.text[evidence.sentence.start : evidence.sentence.end]


def test_the_weights_decide() -> None:
    assert best(reader(), "When was the oldest mill built?", TOWN).startswith("Its oldest mill")
    shortest = reader(Weights({"length": -1.0}))
    assert best(shortest, "When was the oldest mill built?", TOWN).startswith("The bridge")
    first = reader(Weights({"opening": 1.0}))
    assert best(first, "When was the oldest mill built?", TOWN).startswith("The town")


def test_scores_are_the_weighed_rows() -> None:
    weights = Weights({name: 0.1 * number for number, name in enumerate(NAMES)})
    made = reader(weights)
    features = made.features(QUESTION, [TOWN])
    scores = {
        sentence.ordinal: row @ weights.vector()
        for row, (_, sentence) in zip(features.rows, features.places, strict=True)
    }
    reading = made.read(QUESTION, [TOWN])
    assert {e.sentence.ordinal: e.score for e in reading.evidence} == pytest.approx(scores)
    assert {e.similarity for e in reading.evidence} == {row[NAMES.index("similarity")] for row in features.rows}


def test_other_weights_are_another_reader() -> None:
    assert reader().name == reader().name != reader(Weights({"recall": 2.0})).name


def test_a_sentence_met_before_is_not_embedded_again() -> None:
    tongue = Tongue()
    made = FeatureReader(tongue, BY_RECALL)
    made.read(QUESTION, [TOWN])
    met = tongue.embedder.embedded
    made.read(QUESTION, [TOWN, cut(TOWN, 1, 3)])
    assert tongue.embedder.embedded == met + 1, "the question only"


def test_a_document_that_was_edited_is_read_anew() -> None:
    edited = open_text("The bakery of Weir was built in 1901. Its oldest mill is gone. A. B. C. D.", "town.txt")
    assert edited.document.document_id == TOWN.document.document_id
    made = reader()
    assert best(made, "When was the oldest mill built?", TOWN).startswith("Its oldest mill was built")
    assert best(made, "When was the bakery built?", edited).startswith("The bakery of Weir")


def test_of_overlapping_passages_each_is_worth_what_it_alone_has() -> None:
    whole, part, other = cut(TOWN, 0, 3), cut(TOWN, 1, 2), cut(TOWN, 3, 5)
    reading = reader().read(QUESTION, [whole, part, other])
    assert reading.evidence[0].passage_index == 0
    assert reading.relevance[0] > reading.relevance[2] > reading.relevance[1] == -math.inf


def test_a_follow_ups_own_words_weigh_more_than_those_brought_to_it() -> None:
    assert best(reader(), "And the bridge?", TOWN, carried="oldest mill") == "The bridge is closed on Sundays."
    assert best(reader(), "And why?", TOWN, carried="oldest mill").startswith("Its oldest mill")


def test_what_is_stated_before_the_passage_helps_its_first_sentence() -> None:
    weights = Weights({"recall": 1.0, "before_recall": 0.9})
    without = cut(TOWN, 2, 5)
    reading = reader(weights).read(analyse("Was the oldest mill rebuilt?"), [without])
    assert reading.evidence[0].sentence.ordinal == 2
    alone = reader(weights).read(analyse("Was the oldest mill rebuilt?"), [replace(without, before=None)])
    assert reading.evidence[0].score > alone.evidence[0].score


def test_the_span_is_of_the_best_sentence_or_there_is_none() -> None:
    reading = reader().read(QUESTION, [TOWN])
    assert reading.span is not None
    assert reading.span.evidence_index == 0
    assert TOWN.document.text[reading.span.start : reading.span.end] == "1821"
    assert reader().read(analyse("When is the bridge closed to carts?"), [cut(TOWN, 4, 5)]).span is None


def test_a_passage_without_sentences_is_no_evidence() -> None:
    empty = replace(TOWN, sentences=())
    reading = reader().read(QUESTION, [empty])
    assert (reading.evidence, reading.relevance, reading.span) == ((), (-math.inf,), None)
    assert reader().read(QUESTION, [empty, TOWN]).evidence[0].passage_index == 1


def test_shipped_weights_are_of_known_features_and_finite() -> None:
    shipped = load_weights()
    assert set(shipped.weights) <= set(NAMES)
    assert all(map(math.isfinite, shipped.weights.values()))
    assert any(shipped.weights.values())
    assert shipped.fitted_on


def test_the_shipped_calibration_asks_for_signals_that_are_given() -> None:
    shipped = load_calibration()
    assert set(shipped.weights) <= set(reader(load_weights()).read(QUESTION, [TOWN]).signals)
    assert all(map(math.isfinite, (shipped.intercept, *shipped.weights.values())))
