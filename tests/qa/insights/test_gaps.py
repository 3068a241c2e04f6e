"""What the documents lack, of a past made up for it. Clusters are by words here, to be reckoned by hand."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from msgspec import json
from msgspec.structs import replace

from index.types import Field, Matrix, Metadata, SourceSummary
from qa.insights.clustering import Clustering
from qa.insights.gaps import MOST_COMPARED, MOST_QUESTIONS, MOST_SHOWN, GapsReport, gaps
from tests.fakes import FakeCorpus
from tests.past import Past, cite, made, past

NOW = datetime(2026, 3, 18, 9, tzinfo=UTC)  # a Wednesday
TODAY = "2026-03-18T08:00:00+00:00"


def source(number: int, date: str | None = None, indexed: str = "2026-01-01T00:00:00+00:00") -> SourceSummary:
    metadata = Metadata(date=Field(date, 0, 0)) if date else Metadata()
    return SourceSummary(
        f"d{number}", f"{number}.txt", f"Document {number}", "0" * 64, "text", "utf-8", 9, 1, indexed, metadata
    )


class WordsCorpus(FakeCorpus):
    """Documents that are named only; an embedding is a text's words."""

    def __init__(self, *sources: SourceSummary) -> None:
        super().__init__()
        self.named = sources
        self.embedded: list[str] = []

    def sources(self) -> tuple[SourceSummary, ...]:
        return self.named

    def embed(self, texts: Sequence[str]) -> Matrix:
        self.embedded += texts
        vectors = np.zeros((len(texts), 64), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().strip("?").split():
                vectors[row, sha256(word.encode()).digest()[0] % 64] = 1.0
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors


@pytest.fixture
def before(tmp_path: Path) -> Iterator[Past]:
    with past(tmp_path) as opened:
        yield opened


def report(before: Past, corpus: FakeCorpus | None = None, most: int = MOST_QUESTIONS) -> GapsReport:
    corpus = corpus or WordsCorpus()
    return gaps(before.history, before.asked, before.feedback, corpus, Clustering(corpus), now=NOW, most=most)


def test_nothing_asked_is_a_report_too(before: Past) -> None:
    told = report(before, WordsCorpus(source(1)))
    assert (told.questions, told.unanswered, told.unsure, told.weeks, told.cited) == (0, (), (), (), ())
    assert [each.document_id for each in told.never_cited] == ["d1"]


def test_questions_alike_stand_together_the_most_asked_first(before: Past) -> None:
    for day, question in enumerate(
        ["who mends nets here", "where is the old crane", "where is the crane", "Where is the crane", "a fee?"],
        start=10,
    ):
        before.ask(question, f"2026-03-{day}T00:00:00+00:00")
    told = report(before)
    assert [(each.times, each.wordings, each.last_asked_at[:10]) for each in told.unanswered] == [
        (3, 2, "2026-03-13"),
        (1, 1, "2026-03-14"),
        (1, 1, "2026-03-10"),
    ]
    crane = told.unanswered[0]
    assert (crane.representative.question, crane.representative.times) == ("Where is the crane", 2)
    assert [each.question for each in crane.others] == ["where is the old crane"]
    assert told.unanswered_topics == 3


def test_what_has_been_answered_since_is_no_gap_and_unsure_answers_are_told_apart(before: Past) -> None:
    text = cite(1, "Ropes are sold in the yard.")
    before.ask("where are ropes sold", TODAY)
    before.ask("Where are ropes sold", TODAY, confidence=0.6, cited=(text,))
    before.ask("when does the gate shut", TODAY, confidence=0.3, cited=(text,))
    before.ask("when does the gate shut", TODAY, confidence=0.8, cited=(text,))
    before.ask("who rings bells", TODAY, confidence=0.95, cited=(text,))
    before.ask("who rings bells", TODAY)
    told = report(before)
    assert [each.representative.question for each in told.unanswered] == ["who rings bells"]
    assert [each.representative.question for each in told.unsure] == ["Where are ropes sold"]
    assert (told.answered, told.abstained) == (4, 2)


def test_a_follow_up_is_grouped_by_what_it_meant(before: Past) -> None:
    before.ask("how deep is the inner basin", TODAY)
    before.add(made("r9", "and the inner one?", interpreted_as="how deep is the inner basin"))
    (topic,) = report(before).unanswered
    assert (topic.times, topic.wordings, topic.representative.question) == (2, 1, "and the inner one?")


def test_judgements_are_told_with_the_citation_they_are_of(before: Past) -> None:
    wrong = cite(2, "The gate shuts at ten.", 40, "d2")
    before.add(made("r1", "When?", cite(1, "At nine."), wrong), made("r2", "Where?"))
    before.feedback.give("r1", "wrong_citation", 2, "It opens then. Call me on 555-0100.")
    before.feedback.give("r2", "not_helpful")
    before.feedback.give("r1", "helpful")
    told = report(before)
    assert [(each.kind, each.reply_id, each.citation) for each in told.disliked] == [
        ("not_helpful", "r2", None),
        ("wrong_citation", "r1", wrong),
    ]
    assert [(each.kind, each.reply_id, each.kept_at) for each in told.liked] == [("helpful", "r1", None)]
    assert told.unanswered[0].representative.judged == "not_helpful"
    written = json.encode(told)
    assert b"555-0100" not in written, "words of people other than questions stay out"
    assert b"conversation" not in written


def test_documents_are_told_by_how_often_and_how_old(before: Past) -> None:
    for number, times in ((1, 3), (2, 1), (3, 5), (4, 3)):
        for _ in range(times):
            quotes = (cite(1, "A.", 0, f"d{number}"), cite(2, "B.", 5, f"d{number}"))
            before.ask("What?", TODAY, confidence=0.9, cited=quotes)
    corpus = WordsCorpus(
        source(1, "2019-05-01"),
        source(2, "1990-01-01"),
        source(3, indexed="2025-12-31T00:00:00+00:00"),
        source(4, "in spring", indexed="2010-01-01T00:00:00+00:00"),
        source(5, "1980-01-01"),
    )
    told = report(before, corpus)
    assert [(each.document_id, each.times, each.dated[:10], each.is_stated) for each in told.cited] == [
        ("d4", 3, "2010-01-01", False),
        ("d1", 3, "2019-05-01", True),
        ("d3", 5, "2025-12-31", False),
    ]
    assert [each.document_id for each in told.never_cited] == ["d5"]
    assert (told.documents, told.never_cited_documents) == (5, 1)


def test_weeks_are_counted_from_monday_and_none_is_left_out(before: Past) -> None:
    before.ask("An old one?", "2025-01-01T00:00:00+00:00")
    before.ask("Sunday?", "2026-03-01T23:59:59+00:00")
    before.ask("Monday?", "2026-03-02T00:00:00+00:00", cited=(cite(1, "Yes."),))
    before.ask("Now?", TODAY)
    assert [(week.begins, week.asked, week.answered, week.abstained) for week in report(before).weeks] == [
        ("2026-02-23", 1, 0, 1),
        ("2026-03-02", 1, 1, 0),
        ("2026-03-09", 0, 0, 0),
        ("2026-03-16", 1, 0, 1),
    ]


def test_a_reply_that_was_replaced_counts_no_more(before: Past) -> None:
    before.add(made("r1", "where is it"))
    before.history.add(made("r2", "where is the lamp", cite(1, "Here.")), "r1")
    told = report(before)
    assert (told.questions, told.abstained, told.unanswered) == (1, 0, ())


def test_a_long_past_is_read_in_part_and_that_is_said(before: Past) -> None:
    with before.database.transaction():
        for number in range(520):
            before.ask(f"w{number} x{number} y{number}", TODAY)
    corpus = WordsCorpus()
    told = report(before, corpus, most=510)
    assert (told.questions, told.questions_read) == (520, 510)
    assert set(corpus.embedded) == {f"w{number} x{number} y{number}" for number in range(20, 520)}
    assert len(corpus.embedded) == MOST_COMPARED
    assert len(told.unanswered) == MOST_SHOWN < told.unanswered_topics
    assert sum(week.asked for week in told.weeks) == 520


def test_what_was_embedded_is_remembered() -> None:
    corpus = WordsCorpus()
    clustering = Clustering(corpus)
    assert clustering.groups(["a b", "c d", "A b"]) == ((0, 2), (1,))
    assert clustering.groups(["c d", "e f"]) == ((0,), (1,))
    assert corpus.embedded == ["a b", "c d", "A b", "e f"]
    assert clustering.groups([]) == ()


def test_all_of_a_group_are_like_its_first() -> None:
    corpus = WordsCorpus()
    texts = [f"{a} {b} {c}" for a in "kl" for b in "mno" for c in "pqr"]
    groups = Clustering(corpus).groups(texts, threshold=0.6)
    vectors = corpus.embed(texts)
    assert sorted(place for group in groups for place in group) == list(range(len(texts)))
    assert all(vectors[group[0]] @ vectors[place] >= 0.6 - 1e-6 for group in groups for place in group)
    leaders = [group[0] for group in groups]
    assert all(vectors[a] @ vectors[b] < 0.6 for a in leaders for b in leaders if a < b)
    assert 1 < len(groups) < len(texts)


def test_documents_that_are_gone_are_not_told(before: Past) -> None:
    before.ask("What?", TODAY, cited=(cite(1, "A.", 0, "gone"),))
    told = report(before, WordsCorpus(replace(source(1), source="a.txt")))
    assert told.cited == ()
    assert [each.source for each in told.never_cited] == ["a.txt"]
