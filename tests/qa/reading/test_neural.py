"""What is this reader's own; what it shares with every other is in test_reader.py."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from index.types import Field, Metadata, PassageKind
from qa.language.question import analyse
from qa.reading.features import NAMES as FEATURES
from qa.reading.linear import FeatureReader, Weights, load_weights
from qa.reading.neural import NAMES, TrainedReader
from qa.reading.reader import OpenPassage, Reading
from tests.qa.reading.test_reader import opened_passages
from tests.reading import Tongue, cut, open_text
from tests.span_models import Score, WordModel, shared

TOWN = open_text(
    "The town of Weir lives from its mills. Its oldest mill was built by Ada Byron. It burned down twice before the "
    "war. The bridge is closed on Sundays. Nobody knows who built the bakery of Mary Ann Evans.",
    "town.txt",
)
QUESTION = analyse("Who built the oldest mill?")
BY_NETWORK = Weights({"evidence": 1.0})


def reader(model: WordModel, weights: Weights = BY_NETWORK) -> TrainedReader:
    return TrainedReader(FeatureReader(Tongue(), load_weights()), model, weights)


def text_of(reading: Reading, passages: list[OpenPassage], number: int = 0) -> str:
    item = reading.evidence[number]
    return passages[item.passage_index].document.text[item.sentence.start : item.sentence.end]


def constant(value: float) -> Score:
    return lambda _question, _text: value


def test_the_network_and_the_features_are_weighed() -> None:
    def of_bridges(_question: str, text: str) -> float:
        return float("bridge" in text)

    assert text_of(reader(WordModel(of_bridges)).read(QUESTION, [TOWN]), [TOWN]).startswith("The bridge")
    by_recall = reader(WordModel(of_bridges), Weights({"evidence": 1.0, "recall": 9.0}))
    assert text_of(by_recall.read(QUESTION, [TOWN]), [TOWN]).startswith("Its oldest mill")


def test_scores_are_the_weighed_rows_of_features_and_of_what_the_network_says() -> None:
    weights = Weights({name: 0.1 * number for number, name in enumerate(NAMES)})
    made = reader(WordModel(), weights)
    features = made.features(QUESTION, [TOWN])
    scores = {
        sentence.ordinal: row @ weights.vector(NAMES)
        for row, (_, sentence) in zip(features.rows, features.places, strict=True)
    }
    reading = made.read(QUESTION, [TOWN])
    assert {item.sentence.ordinal: item.score for item in reading.evidence} == pytest.approx(scores)
    plain = FeatureReader(Tongue(), load_weights()).features(QUESTION, [TOWN])
    assert [row[: len(FEATURES)] for row in features.rows] == plain.rows
    assert features.rows[1][len(FEATURES) :] == [2.0, 2.0, 4.0, 3.0], "evidence, span, relevant, answerable"


def test_the_span_is_of_the_sentence_cited_first_and_others_follow() -> None:
    reading = reader(WordModel()).read(QUESTION, [TOWN])
    assert reading.span is not None
    assert reading.span.evidence_index == 0
    assert TOWN.document.text[reading.span.start : reading.span.end] == "Ada Byron"
    assert reading.span in reading.spans
    told = [TOWN.document.text[span.start : span.end] for span in reading.spans]
    assert "Mary Ann Evans" in told
    assert [span.score for span in reading.spans] == sorted((span.score for span in reading.spans), reverse=True)


@settings(max_examples=25)
@given(opened_passages(), st.floats(-50, 50), st.floats(-50, 50))
def test_spans_lie_in_their_sentences_and_share_one_softmax_with_no_answer(
    passages: list[OpenPassage], least: float, step: float
) -> None:
    model = WordModel(lambda question, text: least + step * shared(question, text))
    reading = reader(model).read(QUESTION, passages)
    for span in reading.spans:
        item = reading.evidence[span.evidence_index]
        assert any(part.start <= span.start < span.end <= part.end for part in item.sentence.ranges)
        assert span.score <= 0.0
    assert sum(math.exp(span.score) for span in reading.spans) <= 1.0 + 1e-9
    indexes = [span.evidence_index for span in reading.spans]
    assert len(set(indexes)) == len(indexes)
    assert reading.spans == tuple(sorted(reading.spans, key=lambda span: -span.score))


def test_a_spans_score_is_its_share_of_the_probability() -> None:
    (one,) = reader(WordModel(constant(0.0))).read(QUESTION, [cut(TOWN, 1, 2)]).spans
    assert math.exp(one.score) == pytest.approx(1 / 2)
    two = reader(WordModel(constant(0.0))).read(QUESTION, [cut(TOWN, 0, 2)]).spans
    assert [math.exp(span.score) for span in two] == pytest.approx([1 / 3, 1 / 3])
    (sure,) = reader(WordModel(constant(40.0))).read(QUESTION, [cut(TOWN, 1, 2)]).spans
    assert math.exp(sure.score) == pytest.approx(1.0)


def test_only_the_likeliest_passages_are_read() -> None:
    other = [open_text(f"Rain fell on Ghent for {number} days.", f"{number}.txt", -0.5) for number in range(12)]
    model = WordModel()
    reading = reader(model).read(QUESTION, [*other, TOWN])
    assert len(model.read_texts) == 8
    assert reading.evidence[0].passage_index == 12
    unread = [number for number, relevance in enumerate(reading.relevance) if relevance == -math.inf]
    assert len(unread) == 5
    assert not {item.passage_index for item in reading.evidence} & set(unread)
    assert {passage.text for passage in model.read_texts} == {
        passage.document.text for number, passage in enumerate([*other, TOWN]) if number not in unread
    }


def test_the_network_reads_the_question_with_what_was_carried_over() -> None:
    asked: list[str] = []

    def listen(question: str, _text: str) -> float:
        asked.append(question)
        return 0.0

    reader(WordModel(listen)).read(analyse("Who built it?", "oldest mill"), [TOWN])
    assert set(asked) == {"Who built it? (oldest mill)"}


def test_without_passages_the_network_is_not_asked() -> None:
    model = WordModel()
    assert reader(model).read(QUESTION, []) == Reading((), (), None, {})
    assert model.read_texts == []


def test_a_passage_without_sentences_is_no_evidence() -> None:
    empty = replace(TOWN, sentences=())
    reading = reader(WordModel()).read(QUESTION, [empty])
    assert (reading.evidence, reading.relevance, reading.span) == ((), (-math.inf,), None)
    assert reader(WordModel()).read(QUESTION, [empty, TOWN]).evidence[0].passage_index == 1


def of_report(kind: PassageKind) -> OpenPassage:
    """A report that states its author, as its only passage."""
    opened = open_text("A Report On Mills by Ada Byron.", "report.txt")
    start = opened.document.text.index("Ada Byron")
    document = replace(opened.document, metadata=Metadata(author=Field("Ada Byron", start, start + 9)))
    return replace(opened, document=document, passage=replace(opened.passage, kind=kind))


def test_a_question_about_a_document_is_answered_by_the_field_it_states() -> None:
    asked = analyse("Who wrote the report?")
    assert asked.document_field == "author"
    reading = reader(WordModel()).read(asked, [of_report(PassageKind.METADATA), TOWN])
    (span,) = reading.spans
    item = reading.evidence[span.evidence_index]
    assert item.passage_index == 0
    assert of_report(PassageKind.METADATA).document.text[span.start : span.end] == "Ada Byron"
    assert span.score == 0.0, "stated, so no question of likelihood"


def test_what_only_the_formats_properties_state_is_no_place_to_cite() -> None:
    report = of_report(PassageKind.METADATA)
    document = replace(report.document, metadata=Metadata(author=Field("Ada Byron", 0, 0)))
    reading = reader(WordModel()).read(analyse("Who wrote the report?"), [replace(report, document=document)])
    assert all(span.start < span.end for span in reading.spans)


def test_a_title_or_byline_answers_no_other_question() -> None:
    assert reader(WordModel()).read(QUESTION, [of_report(PassageKind.METADATA)]).spans == ()
    assert len(reader(WordModel()).read(QUESTION, [of_report(PassageKind.BODY)]).spans) == 1


def test_signals_are_of_what_is_cited_first_and_of_the_best() -> None:
    signals = reader(WordModel(), Weights({"length": -1.0})).read(QUESTION, [TOWN]).signals
    # Shortest is "The bridge is closed on Sundays."
    assert (signals["evidence"], signals["best_evidence"]) == (0.0, 2.0)
    assert (signals["relevant"], signals["best_answerable"]) == (4.0, 3.0)
    assert 0.0 < signals["share"] < 0.5
    assert signals["score"] < 0.0, "the features' signals are there too"


@pytest.mark.parametrize("told", [-math.inf, -1e9, 1e9])
def test_signals_and_scores_are_finite_whatever_the_network_says(told: float) -> None:
    reading = reader(WordModel(constant(told))).read(QUESTION, [TOWN])
    assert all(map(math.isfinite, reading.signals.values()))
    assert all(math.isfinite(item.score) for item in reading.evidence)
    assert not any(math.isnan(span.score) for span in reading.spans)


def test_another_model_or_other_weights_are_another_reader() -> None:
    names = {
        reader(WordModel()).name,
        reader(WordModel(name="other")).name,
        reader(WordModel(), Weights({"evidence": 2.0})).name,
    }
    assert len(names) == 3
    assert reader(WordModel()).name in names
