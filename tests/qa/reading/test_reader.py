"""What every reader must keep to, whatever it is made of. A new one joins `READERS`."""

import math
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.language.question import Question, analyse
from qa.reading.linear import FeatureReader, Weights, load_weights
from qa.reading.neural import TrainedReader
from qa.reading.reader import OpenPassage, Reader, Reading
from tests.reading import Tongue, cut, open_text
from tests.span_models import WordModel


def features() -> FeatureReader:
    return FeatureReader(Tongue(), load_weights())


def trained() -> TrainedReader:
    return TrainedReader(features(), WordModel(), Weights({**load_weights().weights, "evidence": 1.0, "span": 0.5}))


READERS: dict[str, Callable[[], Reader]] = {"features": features, "trained": trained}

WORDS = ("the", "mill", "Weir", "1821", "Ada Byron", "burned", "was", "built", "because", "in", "12 boats", "🏭", "It")
QUESTIONS = (
    "Who built the mill?",
    "When was the mill built in Weir?",
    "How many boats burned?",
    "Why?",
    "日本",
    "mill",
)

sentences = (
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join).map(lambda text: f"The {text} ended.")
)
documents = st.lists(sentences, min_size=1, max_size=8).map(" ".join)
questions = st.sampled_from(QUESTIONS).map(analyse) | st.text(min_size=1, max_size=40).map(analyse)
every_reader = pytest.mark.parametrize("make", READERS.values(), ids=READERS)


@st.composite
def opened_passages(draw: st.DrawFn) -> list[OpenPassage]:
    """Up to eight passages, as many as every reader reads, of one to four documents; those of one may overlap."""
    passages = []
    for number in range(draw(st.integers(1, 4))):
        whole = open_text(draw(documents), f"{number}.txt")
        for _ in range(draw(st.integers(1, 2))):
            first = draw(st.integers(0, len(whole.sentences) - 1))
            end = draw(st.integers(first + 1, len(whole.sentences)))
            passages.append(cut(whole, first, end, draw(st.floats(-1, 1, width=32))))
    return draw(st.permutations(passages))


def places(reading: Reading, passages: list[OpenPassage]) -> list[tuple[str, int]]:
    return [(passages[e.passage_index].document.document_id, e.sentence.ordinal) for e in reading.evidence]


@every_reader
def test_it_has_a_name_that_stays(make: Callable[[], Reader]) -> None:
    assert make().name == make().name != ""


@every_reader
def test_no_passages_give_an_empty_reading(make: Callable[[], Reader]) -> None:
    assert make().read(analyse("Who built the mill?"), []) == Reading((), (), None, {})


@every_reader
@settings(max_examples=40)
@given(opened_passages(), questions)
def test_every_sentence_is_evidence_once_and_the_best_comes_first(
    make: Callable[[], Reader], passages: list[OpenPassage], question: Question
) -> None:
    reading = make().read(question, passages)
    scores = [evidence.score for evidence in reading.evidence]
    assert scores == sorted(scores, reverse=True)
    assert all(map(math.isfinite, scores))
    read = {(p.document.document_id, sentence.ordinal) for p in passages for sentence in p.sentences}
    assert sorted(places(reading, passages)) == sorted(read)
    for evidence in reading.evidence:
        assert evidence.sentence in passages[evidence.passage_index].sentences
        assert -1.0001 <= evidence.similarity <= 1.0001


@every_reader
@settings(max_examples=40)
@given(opened_passages(), questions)
def test_relevance_span_and_signals_belong_to_what_was_read(
    make: Callable[[], Reader], passages: list[OpenPassage], question: Question
) -> None:
    reading = make().read(question, passages)
    assert len(reading.relevance) == len(passages)
    best = reading.evidence[0]
    assert reading.relevance[best.passage_index] == max(reading.relevance)
    assert not any(map(math.isnan, reading.relevance))
    assert reading.signals
    assert all(map(math.isfinite, reading.signals.values()))
    if reading.span is not None:
        told_by = reading.evidence[reading.span.evidence_index]
        start, end = reading.span.start, reading.span.end
        assert any(part.start <= start < end <= part.end for part in told_by.sentence.ranges)
        assert passages[told_by.passage_index].document.text[start:end].strip()


@every_reader
@settings(max_examples=25)
@given(opened_passages(), opened_passages(), questions)
def test_what_was_read_before_changes_nothing(
    make: Callable[[], Reader], passages: list[OpenPassage], others: list[OpenPassage], question: Question
) -> None:
    reader = make()
    first = reader.read(question, passages)
    reader.read(analyse("Who burned?"), others)
    assert reader.read(question, passages) == first == make().read(question, passages)


@every_reader
def test_the_sentence_that_answers_is_found(make: Callable[[], Reader]) -> None:
    weir = open_text(
        "Ships came to Weir. The old mill was built by Ada Byron in 1821. Nobody knows the bakery.", "1.txt"
    )
    ghent = open_text("Rain fell on Ghent all day. The market was empty.", "2.txt")
    reading = make().read(analyse("Who built the old mill?"), [ghent, weir])
    assert (reading.evidence[0].passage_index, reading.evidence[0].sentence.ordinal) == (1, 1)
    assert reading.relevance[1] > reading.relevance[0]
    assert reading.span is not None
    assert weir.document.text[reading.span.start : reading.span.end] == "Ada Byron"
