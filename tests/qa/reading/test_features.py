import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from qa.language.question import Question, analyse
from qa.reading.features import (
    CARRIED_DISCOUNT,
    NAMES,
    QuestionTerms,
    SentenceFacts,
    question_terms,
    recall,
    sentence_features,
)

MILL = analyse("When did the mill burn?")
WORDS = ("mill", "burn", "weir", "bakery", "flood", "barge")
TERMS = question_terms(["mill", "burn"], [], ["when", "did", "the", "mill", "burn"], lambda _: 2.0)
PLAIN = SentenceFacts(
    text="The mill stands in Weir.",
    terms=("mill", "stands", "weir"),
    before=frozenset(),
    title=frozenset(),
    passage_terms=frozenset({"mill", "stands", "weir"}),
    similarity=0.4,
    passage_similarity=0.5,
    passage_bm25=0.6,
    form=0.0,
    form_before=0.0,
    opening=False,
    note=False,
    metadata=False,
    states_field=False,
)

some_terms = st.frozensets(st.sampled_from(WORDS))
question_weights = st.builds(
    lambda own, carried, weight: question_terms(own, carried, own + carried, lambda term: weight * len(term)),
    st.lists(st.sampled_from(WORDS), max_size=4),
    st.lists(st.sampled_from(WORDS), max_size=4),
    st.floats(0, 9),
)
facts = st.builds(
    SentenceFacts,
    text=st.text(max_size=60),
    terms=st.lists(st.sampled_from(WORDS), max_size=6).map(tuple),
    before=some_terms,
    title=some_terms,
    passage_terms=some_terms,
    similarity=st.floats(-1, 1),
    passage_similarity=st.floats(-1, 1),
    passage_bm25=st.floats(0, 1),
    form=st.floats(0, 1),
    form_before=st.floats(0, 1),
    opening=st.booleans(),
    note=st.booleans(),
    metadata=st.booleans(),
    states_field=st.booleans(),
)
questions = st.sampled_from(("When did it burn?", "Why?", "What is a mill?", "Who wrote it?", "Is it open?")).map(
    analyse
)


def row(question: str = "When did the mill burn?", terms: QuestionTerms = TERMS, **changes: object) -> dict[str, float]:
    values = sentence_features(analyse(question), terms, replace(PLAIN, **changes))
    return dict(zip(NAMES, values, strict=True))


@given(question_weights, some_terms, some_terms)
def test_recall_is_a_share_that_grows_with_what_is_there(
    terms: QuestionTerms, some: frozenset[str], more: frozenset[str]
) -> None:
    assert 0.0 <= recall(terms, some) <= recall(terms, some | more) <= 1.0 + 1e-9
    assert recall(terms, frozenset()) == 0.0
    if sum(terms.rarity.values()) > 0:
        assert recall(terms, frozenset(terms.rarity)) == pytest.approx(1.0)


@given(questions, question_weights, facts)
def test_every_feature_has_its_name_and_its_bounds(
    question: Question, terms: QuestionTerms, given_facts: SentenceFacts
) -> None:
    assert len(NAMES) == len(set(NAMES))
    told = dict(zip(NAMES, sentence_features(question, terms, given_facts), strict=True))
    assert all(map(math.isfinite, told.values()))
    for name, value in told.items():
        if name not in {"similarity", "passage_similarity", "length"}:
            assert 0.0 <= value <= (2.0 if name == "states_field" else 1.0) + 1e-9, name
    shares = told["recall"] + told["before_recall"] + told["title_recall"]
    assert shares <= 1.0 + 1e-9, "what one has the others do not count again"


def test_rare_words_weigh_more() -> None:
    terms = question_terms(["mill", "the"], [], [], {"mill": 9.0, "the": 1.0}.__getitem__)
    assert recall(terms, {"mill"}) == pytest.approx(0.9)


def test_what_was_carried_over_weighs_less_unless_it_is_said_again() -> None:
    terms = question_terms(["burn"], ["mill"], [], lambda _: 1.0)
    assert terms.rarity == {"mill": CARRIED_DISCOUNT, "burn": 1.0}
    assert question_terms(["burn"], ["burn"], [], lambda _: 1.0).rarity == {"burn": 1.0}


def test_a_question_without_content_finds_nothing_and_divides_by_nothing() -> None:
    nothing = question_terms([], [], ["why", "is", "it"], lambda _: 1.0)
    assert recall(nothing, {"why", "mill"}) == 0.0
    assert row(terms=nothing)["pair_recall"] == 0.0


def test_words_are_looked_for_in_the_sentence_then_before_it_then_in_its_title() -> None:
    there = frozenset({"mill", "burn"})
    assert row()["recall"] == 0.5
    said = row(before=there, title=there)
    assert (said["recall"], said["before_recall"], said["title_recall"]) == (0.5, 0.5, 0.0)
    title = row(title=there)
    assert (title["before_recall"], title["title_recall"]) == (0.0, 0.5)
    assert row(passage_terms=there)["passage_recall"] == 1.0


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (("the", "mill", "burn"), 3 / 3),
        (("mill", "burn"), 2 / 3),
        (("the", "mill"), 1 / 3),
        (("burn", "mill", "the"), 0.0),
        (("mill", "did", "burn"), 0.0),
        ((), 0.0),
    ],
)
def test_pairs_count_only_as_neighbours_in_order(said: tuple[str, ...], expected: float) -> None:
    terms = question_terms(["mill", "burn"], [], ["did", "the", "mill", "burn"], lambda _: 2.0)
    told = dict(zip(NAMES, sentence_features(MILL, terms, replace(PLAIN, terms=said)), strict=True))
    assert told["pair_recall"] == pytest.approx(expected)


@pytest.mark.parametrize(("form", "expected"), [(0.0, (0.0, 1.0)), (0.7, (0.7, 0.0))])
def test_the_form_asked_for_is_looked_for(form: float, expected: tuple[float, float]) -> None:
    told = row(form=form)
    assert (told["form"], told["no_form"]) == expected


def test_the_sentence_before_counts_for_what_it_has_better() -> None:
    assert row(form=0.2, form_before=0.7)["form_before"] == pytest.approx(0.5)
    assert row(form=0.7, form_before=0.2)["form_before"] == 0.0


def test_no_form_asked_for_is_neither_good_nor_bad() -> None:
    told = row("Why did the mill burn?", form=0.0, form_before=0.9)
    assert (told["form"], told["form_before"], told["no_form"]) == (0.5, 0.0, 0.0)


def test_a_reason_is_looked_for_where_one_is_asked_for() -> None:
    text = "The mill burned because of the drought."
    assert row("Why did the mill burn?", text=text)["reason"] == 1.0
    assert row("When did the mill burn?", text=text)["reason"] == 0.0
    assert row("Why did the mill burn?", text="The mill burned.")["reason"] == 0.0


def test_a_definition_says_what_it_is_of_and_then_is() -> None:
    terms = question_terms(["mill"], [], [], lambda _: 1.0)
    assert row("What is a mill?", terms, text="A mill is a house that grinds.")["defines"] == 1.0
    assert row("What is a mill?", terms, text="A mill burned.")["defines"] == 0.0
    assert row("When did the mill burn?", terms, text="A mill is a house.")["defines"] == 0.0


@pytest.mark.parametrize("name", ["opening", "note", "metadata"])
def test_its_place_is_told(name: str) -> None:
    for truth in (False, True):
        changes: dict[str, object] = {name: truth}
        assert row("When did the mill burn?", TERMS, **changes)[name] == float(truth)


@pytest.mark.parametrize("name", ["note", "metadata"])
def test_where_it_states_what_is_asked_its_place_is_nothing_against_it(name: str) -> None:
    changes: dict[str, object] = {name: True, "states_field": True}
    assert row("Who wrote the article?", TERMS, **changes)[name] == 0.0


def test_the_document_whose_title_the_question_tells_states_more() -> None:
    told = [
        row(states_field=True, title=frozenset(title))["states_field"] for title in ([], ["mill"], ["mill", "burn"])
    ]
    assert 0.0 < told[0] < told[1] < told[2]
    assert row(states_field=False, title=frozenset({"mill"}))["states_field"] == 0.0
