"""What is suggested is answered: by the real model, from the sentence it was made of."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from index.corpus import Corpus
from index.errors import BusyError
from index.store.store import FILE_NAME, Store
from index.sync.sync import sync
from qa.bootstrap import Parts
from qa.service import Service
from qa.suggestions.candidates import QuestionCandidate, first_candidates, following_candidates
from qa.suggestions.limits import LIMITS
from qa.suggestions.suggester import Suggester, Suggestions, SuggestionSearch, proves
from qa.types import AskOptions, Citation, ContentBlock, Reply, ShortAnswer
from tests.fakes import reply
from tests.small_model import small_pipeline

MILL = QuestionCandidate("When was the mill of Weir built?", "when", "in 1821", "d1", 100, 150, 1.0)
FAQ = """# Questions about the mill

## How is the mill of Weir kept running?

In 1821, Ada Byron founded the Weir Bank. The Weir Bank aims to lend money to the millers of the valley.

## What is milled

The Weir Bank was closed because its farmers could not pay it back. Ada Byron was born in Ghent in 1790.
"""


def answered(start: int, end: int, answer: str | None, document_id: str = "d1") -> Reply:
    citation = Citation(
        number=1, cited_text="x", document_index=0, document_title="t", start_char_index=start, end_char_index=end,
        source="s", document_id=document_id, passage_id=1, page=None, heading=None, content_sha256="", similarity=0.5,
        url="",
    )  # fmt: skip
    return replace(
        reply(MILL.question),
        answered=True,
        answer=ShortAnswer(answer, 1, start, end) if answer else None,
        content=(ContentBlock("x", (citation,)),),
        confidence=0.8,
        confidence_label="HIGH",
    )


def test_a_proof_is_a_sure_answer_from_the_very_sentence() -> None:
    assert proves(answered(90, 120, "1821"), MILL)
    assert proves(answered(90, 120, None), MILL)


@pytest.mark.parametrize(
    "given",
    [
        reply("?"),
        answered(0, 100, "1821"),
        answered(150, 160, "1821"),
        answered(90, 120, "1821", "d2"),
        answered(90, 120, "the mill"),
        answered(90, 120, "1822"),
        replace(answered(90, 120, "1821"), confidence_label="MEDIUM"),
        replace(answered(90, 120, "1821"), interpreted_as="When?"),
        replace(answered(90, 120, "1821"), disagreement=True),
    ],
)
def test_anything_less_is_none(given: Reply) -> None:
    assert not proves(given, MILL)


def test_a_search_goes_step_by_step_and_no_further_than_it_must() -> None:
    many = [replace(MILL, question=f"{number}?") for number in range(9)]
    search = SuggestionSearch(iter(many), lambda candidate: candidate.question in ("1?", "3?", "4?"), enough=2, most=7)
    for _ in range(3):
        search.step()
    assert search.known == Suggestions(("1?",), complete=False)
    for _ in range(9):
        search.step()
    assert search.known == Suggestions(("1?", "3?"), complete=True)
    forms = [replace(MILL, question=form, form=form[0]) for form in ("a1", "a2", "b1", "a3", "b2")]
    mixed = SuggestionSearch(iter(forms), lambda _: True, enough=5, most=5)
    for _ in forms:
        mixed.step()
    assert mixed.known.questions == ("a1", "b1", "a2", "b2", "a3")
    hopeless = SuggestionSearch(iter(many), lambda _: False, enough=2, most=3)
    for number in range(5):
        assert hopeless.known.complete is (number >= 3)
        hopeless.step()
    empty = SuggestionSearch(iter(()), lambda _: True, enough=2, most=3)
    empty.step()
    assert empty.known == Suggestions((), complete=True)


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    folder, data = tmp_path / "texts", tmp_path / "data"
    folder.mkdir()
    data.mkdir()
    (folder / "faq.md").write_text(FAQ, encoding="utf-8")
    (folder / "town.txt").write_text("Ghent\n\nGhent is a town of four hundred mills in the lower valley.\n")
    pipeline = small_pipeline()
    with Store.open(data / FILE_NAME) as store:
        sync(folder, store, pipeline)
    with Corpus.open(data, pipeline) as opened:
        yield opened


def test_candidates_stand_in_their_documents_and_take_turns(corpus: Corpus) -> None:
    found = list(first_candidates(corpus, ()))
    by_question = {each.question: each for each in found}
    heading = by_question["How is the mill of Weir kept running?"]
    assert heading.form == "heading"
    section = corpus.document(heading.document_id).text[heading.start : heading.end]
    assert "founded" in section
    assert "1790" not in section
    assert "Why was the Weir Bank closed?" in by_question
    assert "What does the Weir Bank aim to do?" in by_question
    assert len({each.document_id for each in found[:2]}) == 2
    assert {each.document_id for each in first_candidates(corpus, ("town*",))} == {
        by_question["What is Ghent?"].document_id
    }
    for each in found:
        if each.form != "heading":
            sentence = " ".join(corpus.document(each.document_id).text[each.start : each.end].split())
            assert sentence.endswith(".")


def test_what_is_asked_already_or_cited_is_not_asked_again(corpus: Corpus) -> None:
    closed = next(each for each in first_candidates(corpus, ()) if each.question == "Why was the Weir Bank closed?")
    given = answered(closed.start, closed.end, None, closed.document_id)
    found = [
        each.question for each in following_candidates(corpus, given, ("When did Ada Byron found the Weir Bank?",), ())
    ]
    assert "Where was Ada Byron born?" in found
    assert not {"Why was the Weir Bank closed?", "When did Ada Byron found the Weir Bank?"} & set(found)
    assert list(following_candidates(corpus, given, (), ("town*",))) == []
    assert list(following_candidates(corpus, answered(0, 9, None, "gone"), (), ())) == []


def test_a_sentence_is_asked_for_one_thing(corpus: Corpus) -> None:
    tried: list[str] = []

    def answer(question: str, _: AskOptions) -> Reply:
        tried.append(question)
        return reply(question)

    search = Suggester(corpus, answer).first()
    while not search.known.complete:
        search.step()
    assert "Why was the Weir Bank closed?" in tried
    founded = {"When did Ada Byron found the Weir Bank?", "Who founded the Weir Bank?"}
    assert founded <= {each.question for each in first_candidates(corpus, ())}
    assert len(founded & set(tried)) == 1


def test_searches_are_kept_and_trouble_costs_a_suggestion_only(corpus: Corpus) -> None:
    def busy(question: str, options: AskOptions) -> Reply:
        raise BusyError(f"{question} {options}", 1)

    suggester = Suggester(corpus, busy)
    search = suggester.first()
    assert suggester.first() is search
    assert suggester.first(("town*",)) is not search
    while not search.known.complete:
        search.step()
    assert search.known.questions == ()


@pytest.fixture(scope="module")
def first(service: Service) -> tuple[str, ...]:
    search = service.first_questions()
    while not search.known.complete:
        search.step()
    return search.known.questions


def test_first_questions_are_answered_surely(service: Service, first: tuple[str, ...]) -> None:
    assert 2 <= len(first) <= LIMITS.enough_first
    assert len(set(first)) == len(first)
    for question in first[:2]:
        given = service.preview(question)
        assert given.confidence_label in ("HIGH", "VERY_HIGH")


def test_questions_to_go_on_with_are_new(service: Service, parts: Parts, first: tuple[str, ...]) -> None:
    given = service.preview(first[0])
    search = Suggester(parts.corpus, parts.answerer.preview).following(given, (first[0],))
    for _ in range(LIMITS.most_following):
        search.step()
    assert search.known.complete
    assert first[0] not in search.known.questions
    for question in search.known.questions[:1]:
        again = service.preview(question)
        assert again.confidence_label in ("HIGH", "VERY_HIGH")
        cited, before = again.content[0].citations[0], given.content[0].citations[0]
        assert (cited.document_id, cited.start_char_index) != (before.document_id, before.start_char_index)
