import re

import pytest
from msgspec.structs import replace

from qa.datasets.question_set import Example, Gold
from qa.evaluation.evaluation import at_threshold, evaluate, judge, sampled, scored, summarise_outcomes
from qa.types import RetrievedPassage, ShortAnswer
from tests.conversations import turn
from tests.fakes import FakeAnswerer
from tests.qa.conversations.test_history import BLOCK

PASSAGE = RetrievedPassage(7, "d", "a.txt", 0, 40, "…", 0.5, 2, "T", None, "/sources/d")
REPLY = turn("Who opened it?", "Ada Byron opened it.", "Ada Byron").reply
assert REPLY is not None
ANSWERED = replace(
    REPLY,
    confidence=1.0,
    content=(BLOCK,),
    passages=(replace(PASSAGE, source="b.txt", rank=1), PASSAGE),
    answer=ShortAnswer("Ada Byron", 1, 0, 9),
    timings_ms={"total": 8.0},
)
EXAMPLE = Example("q", "?", (Gold("a.txt", 0, 20, ("Ada Byron",)),))
RIGHT = judge(ANSWERED, EXAMPLE)


def test_a_right_reply_is_right_in_everything() -> None:
    assert (RIGHT.first, RIGHT.any_cited, RIGHT.all_cited, RIGHT.exact, RIGHT.contained) == (True,) * 5
    assert (RIGHT.rank, RIGHT.cited, RIGHT.cited_right, RIGHT.f1) == (2, 1, 1, 1.0)


def test_what_comes_before_a_question_is_asked_with_the_bar_in_use() -> None:
    answerer, before = FakeAnswerer(), FakeAnswerer()
    example = Example("q", "and why?", (), turns=("Who opened it?", "and when?"))
    evaluate(answerer, [example], before=before)
    assert (before.asked, answerer.asked) == (["Who opened it?", "and when?"], ["and why?"])
    evaluate(answerer, [example])
    assert answerer.asked == ["and why?", "Who opened it?", "and when?", "and why?"]


def test_a_wrong_citation_is_wrong() -> None:
    wrong = judge(ANSWERED, Example("q", "?", (Gold("a.txt", 100, 120, ("Bob",)),)))
    assert (wrong.first, wrong.any_cited, wrong.all_cited, wrong.exact, wrong.contained) == (False,) * 5
    assert (wrong.rank, wrong.cited_right) == (None, 0)


def test_below_the_bar_nothing_is_cited() -> None:
    unsure = replace(RIGHT, confidence=0.3)
    assert at_threshold(unsure, 0.3) == unsure
    abstained = at_threshold(unsure, 0.31)
    assert not abstained.answered
    assert (abstained.first, abstained.cited, abstained.exact, abstained.rank) == (False, 0, False, 2)


def test_figures_count_what_they_say() -> None:
    unanswerable = judge(ANSWERED, Example("u", "?", ()))
    declined = at_threshold(replace(unanswerable, confidence=0.0), 0.5)
    missed = at_threshold(replace(RIGHT, confidence=0.1, rank=None), 0.5)
    figures = summarise_outcomes([RIGHT, missed, unanswerable, declined])
    assert (figures.questions, figures.answerable) == (4, 2)
    assert (figures.hit_at_1, figures.hit_at_5, figures.mrr_at_10) == (0.0, 0.5, 0.25)
    assert (figures.first_cited, figures.complete, figures.short_exact) == (0.5, 0.5, 0.5)
    assert (figures.right_abstentions, figures.false_abstentions) == (0.5, 0.5)
    assert figures.precision == 0.5
    assert (figures.answered, figures.cited) == (2, 2)
    assert figures.selective_accuracy == 0.5


def test_a_set_without_unanswerable_questions_has_no_such_figures() -> None:
    figures = summarise_outcomes([RIGHT])
    assert figures.right_abstentions is None
    assert figures.auroc is None
    with pytest.raises(ValueError, match="no outcomes"):
        summarise_outcomes([])


def test_the_type_of_a_question_is_the_sets_own_else_what_its_words_ask_for() -> None:
    assert judge(ANSWERED, replace(EXAMPLE, question="Who built the mill?")).kind == "person"
    assert judge(ANSWERED, replace(EXAMPLE, question="Who built the mill?", kind="typo")).kind == "typo"


def test_what_is_scored_is_confidence_and_the_first_citation() -> None:
    assert scored([replace(RIGHT, confidence=0.4), replace(RIGHT, confidence=0.2, first=False)]) == [(0.4, 1), (0.2, 0)]


def test_a_sample_is_the_same_each_time_and_in_order() -> None:
    examples = [replace(EXAMPLE, qid=f"{n:03}") for n in range(50)]
    chosen = sampled(examples, 10)
    assert chosen == sampled(examples, 10)
    assert len(chosen) == 10
    assert [e.qid for e in chosen] == sorted(e.qid for e in chosen)
    assert sampled(examples, None) is examples


@pytest.mark.parametrize(("pattern", "right"), [("byron opened", True), ("^Ada Byron$", True), ("Bob", False)])
def test_a_pattern_is_looked_for_in_the_first_thing_cited_and_in_the_short_answer(pattern: str, right: bool) -> None:
    example = Example("q", "?", (), expected=re.compile(pattern, re.IGNORECASE))
    found = judge(ANSWERED, example)
    assert (found.answerable, found.first, found.any_cited) == (True, right, right)
    assert summarise_outcomes([found]).hit_at_1 is None


def test_a_case_is_asked_of_its_own_documents() -> None:
    answerer = FakeAnswerer()
    evaluate(answerer, [Example("q", "Who?", (), sources=("one/*",))])
    assert [options.sources for options in answerer.options] == [("one/*",)]
