import math
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from index.errors import InputError
from index.readers import read
from index.sentences.segmenter import split_sentences
from index.types import Document, Matrix, Passage, PassageKind, Sentence, SourceSummary
from qa.confidence import Calibration
from qa.datasets.question_set import Example, Gold, ParagraphRange
from qa.evaluation.paragraphs import Attempt, Paragraphs, attempt_all, best_threshold, scores, summarise_attempts
from qa.language.question import Question, analyse
from qa.reading.linear import FeatureReader, Weights
from qa.reading.reader import Evidence, OpenPassage, Reading, Span
from tests.reading import Tongue

TEXT = (
    "The mill of Weir was built in 1821. It grinds barley.\n\n"
    "Ghent has a market on Sundays. Cheese from forty farms is sold there. It closes at noon.\n\n"
    "Nobody knows who built the bakery."
)
MARKET = ParagraphRange("town.txt", TEXT.index("Ghent"), TEXT.index("\n\nNobody"))
SURE = Calibration(intercept=0.0, weights={"score": 1.0}, threshold=0.6)


class Town:
    """One document as the index keeps it; its second and third sentence make a stored passage."""

    def __init__(self) -> None:
        self.tongue = Tongue()
        self._document = read(TEXT.encode(), "town.txt", document_id="d1")
        self._sentences = split_sentences(TEXT, self._document.blocks)

    def sources(self) -> tuple[SourceSummary, ...]:
        return (SourceSummary("d1", "town.txt", "town", "", "plain", "utf-8", len(TEXT), 1, ""),)

    def document(self, document_id: str) -> Document:
        assert document_id == "d1"
        return self._document

    def sentences(self, document_id: str) -> tuple[Sentence, ...]:
        assert document_id == "d1"
        return self._sentences

    def document_passages(self, document_id: str) -> tuple[Passage, ...]:
        return (Passage(document_id, 4, PassageKind.BODY, 1, 3, 36, 83, ("Places",), passage_id=7),)

    def embed(self, texts: Sequence[str]) -> Matrix:
        return self.tongue.embed(texts)


class Parrot:
    """Answers any question with the first of its words that the passage has, as sure as that word is long."""

    name = "parrot"

    def __init__(self, *words: str) -> None:
        self._words = words

    def read(self, question: Question, passages: Sequence[OpenPassage]) -> Reading:  # noqa: ARG002 (a parrot)
        (opened,) = passages
        text = opened.document.text
        for word in self._words:
            for sentence in opened.sentences:
                start = text.find(word, sentence.start, sentence.end)
                if start >= 0:
                    evidence = (Evidence(0, sentence, 1.0, 0.5),)
                    return Reading(evidence, (1.0,), Span(0, start, start + len(word)), {"score": len(word) - 5.0})
        return Reading((), (0.0,), None, {"score": -9.0})


def example(question: str, *answers: str, place: ParagraphRange | None = MARKET) -> Example:
    found = tuple(Gold("town.txt", TEXT.index(text), TEXT.index(text) + len(text), (text,)) for text in answers)
    return Example(question, question, found, paragraph=place)


def test_a_paragraph_is_opened_with_its_own_sentences_only() -> None:
    opened = Paragraphs(Town()).open(analyse("When is the market?"), MARKET)
    text = opened.document.text
    assert [text[s.start : s.end] for s in opened.sentences] == [
        "Ghent has a market on Sundays.",
        "Cheese from forty farms is sold there.",
        "It closes at noon.",
    ]
    assert text[opened.passage.start : opened.passage.end].endswith("It closes at noon.")
    assert (opened.passage.first_sentence, opened.passage.end_sentence) == (2, 5)
    assert opened.passage.heading_path == ("Places",), "of the stored passage that has its first sentence"
    assert opened.before is None
    assert -1.0 <= opened.hit.similarity <= 1.0


@given(st.integers(0, len(TEXT) - 1), st.integers(1, len(TEXT)))
def test_whatever_the_place_no_sentence_outside_is_read(start: int, length: int) -> None:
    place = ParagraphRange("town.txt", start, min(start + length, len(TEXT)))
    opened = Paragraphs(Town()).open(analyse("When?"), place)
    assert all(place.start <= s.start and s.end <= place.end for s in opened.sentences)
    ordinals = [s.ordinal for s in opened.sentences]
    passage = opened.passage
    assert ordinals == list(range(passage.first_sentence, passage.end_sentence))


def test_answers_are_compared_and_confidence_is_the_calibrations() -> None:
    parrot = Parrot("Sundays", "noon", "1821")
    asked = [
        example("When is the market?", "on Sundays"),
        example("When does it close?", "noon"),
        example("Who built the mill?"),
    ]
    told: list[tuple[int, int]] = []
    first, second, third = attempt_all(parrot, SURE, Town(), asked, lambda done, of: told.append((done, of)))
    assert (first.answer, first.exact) == ("Sundays", 0.0)
    assert first.f1 == pytest.approx(2 / 3)
    assert (second.answer, second.exact, second.f1) == ("Sundays", 0.0, 0.0)
    assert (third.answerable, third.exact, third.f1) == (False, 0.0, 0.0), "it answered what has no answer"
    assert first.confidence == pytest.approx(1 / (1 + math.exp(-2)))
    assert (first.kind, third.kind) == ("date", "person")
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_no_span_is_the_empty_answer() -> None:
    wrong, right = attempt_all(Parrot("1821"), SURE, Town(), [example("When?", "noon"), example("Who?")])
    assert (wrong.answer, wrong.exact, wrong.f1) == ("", 0.0, 0.0), "1821 stands in another paragraph"
    assert (right.answer, right.exact, right.f1) == ("", 1.0, 1.0)


class TwoMinds(Parrot):
    """Cites the first sentence, where it sees nothing, and has its best span in the last."""

    def read(self, question: Question, passages: Sequence[OpenPassage]) -> Reading:
        reading = super().read(question, passages)
        return replace(reading, span=None, spans=(reading.span,) if reading.span else ())


def test_the_best_span_counts_and_that_of_a_reply_beside_it() -> None:
    (attempt,) = attempt_all(TwoMinds("noon"), SURE, Town(), [example("When does it close?", "noon")])
    assert (attempt.answer, attempt.exact, attempt.cited_exact, attempt.cited_f1) == ("noon", 1.0, 0.0, 0.0)


def test_a_real_reader_reads_a_paragraph() -> None:
    town = Town()
    reader = FeatureReader(town.tongue, Weights({"recall": 1.0, "form": 0.5}))
    (attempt,) = attempt_all(reader, SURE, town, [example("How many farms sell cheese?", "forty")])
    assert (attempt.answer, attempt.exact) == ("forty", 1.0)


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (example("When?", place=None), "does not say which paragraph"),
        (example("When?", place=ParagraphRange("elsewhere.txt", 0, 4)), "elsewhere.txt is not indexed"),
        (example("When?", place=ParagraphRange("town.txt", 0, 10_000)), "before 10,000"),
        (example("?!"), r"Question \?!: The question is empty"),
    ],
)
def test_what_cannot_be_asked_is_told(bad: Example, words: str) -> None:
    with pytest.raises(InputError, match=words):
        attempt_all(Parrot(), SURE, Town(), [bad])


def attempt(confidence: float, exact: float, f1: float, *, answerable: bool = True) -> Attempt:
    return Attempt("q", "date", answerable, confidence, "x", exact, f1, f1 / 2, f1 / 4, 5.0)


# By hand: at 0.9 one is answered rightly, at 0.8 an unanswerable one is answered, at 0.5 a half right one, at 0.3 a
# wrong one; a reader that gave nothing is right on the last.
HAND = [
    attempt(0.9, 1.0, 1.0),
    attempt(0.8, 0.0, 0.0, answerable=False),
    attempt(0.5, 0.0, 0.5),
    attempt(0.3, 0.0, 0.0),
    replace(attempt(0.1, 1.0, 1.0, answerable=False), answer=""),
]


@pytest.mark.parametrize(
    ("threshold", "exact", "f1", "answerable_f1", "refused"),
    [(-math.inf, 2 / 5, 2.5 / 5, 1.5 / 3, 1 / 2), (0.6, 2 / 5, 2 / 5, 1 / 3, 1 / 2), (0.85, 3 / 5, 3 / 5, 1 / 3, 1.0)],
)
def test_scores_worked_by_hand(threshold: float, exact: float, f1: float, answerable_f1: float, refused: float) -> None:
    found = scores(HAND, threshold)
    assert (found.exact, found.f1) == pytest.approx((exact, f1))
    assert (found.answerable_f1, found.refused) == pytest.approx((answerable_f1, refused))


def test_figures_worked_by_hand() -> None:
    figures = summarise_attempts(HAND, 0.6)
    assert (figures.best_exact, figures.best_exact_threshold) == pytest.approx((3 / 5, 0.9))
    assert figures.best == scores(HAND, 0.9)
    assert (figures.shipped, figures.always) == (scores(HAND, 0.6), scores(HAND, 0.0))
    assert figures.auroc == pytest.approx((2 + 1 + 1) / 6)
    assert (figures.cited_exact, figures.cited_f1) == pytest.approx((0.25, 0.125))
    of_answerable = summarise_attempts([a for a in HAND if a.answerable], 0.6)
    assert (of_answerable.best, of_answerable.best_exact, of_answerable.auroc) == (None, None, None)
    assert of_answerable.always.exact == pytest.approx(1 / 3)
    assert of_answerable.always.refused is None
    with pytest.raises(ValueError, match="no attempts"):
        summarise_attempts([], 0.5)


def test_to_refuse_all_is_a_threshold_too() -> None:
    bad = [attempt(0.5, 0.0, 0.0), attempt(0.5, 0.0, 0.0, answerable=False)]
    threshold, share = best_threshold(bad, lambda a: a.f1)
    assert threshold > 0.5
    assert share == 0.5 == scores(bad, threshold).f1


parts = st.sampled_from([0.0, 0.25, 0.5, 1.0])


@given(st.lists(st.builds(attempt, parts, parts, parts, answerable=st.booleans()), min_size=1, max_size=12))
def test_no_bar_beats_the_best(attempts: list[Attempt]) -> None:
    threshold, share = best_threshold(attempts, lambda a: a.f1)
    assert scores(attempts, threshold).f1 == pytest.approx(share)
    assert all(scores(attempts, other).f1 <= share + 1e-9 for other in (-1.0, 0.0, 0.25, 0.5, 1.0, 1.1))
