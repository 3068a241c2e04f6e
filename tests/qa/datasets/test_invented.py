from pathlib import Path

import pytest

from qa.datasets.invented import documents, write
from qa.datasets.invented_shapes import InventedQuestion
from qa.datasets.question_set import load_question_set

Corpus = list[tuple[str, str, str, list[InventedQuestion]]]


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return list(documents(7))


def test_answers_stand_where_they_are_said_to(corpus: Corpus) -> None:
    for _, _, text, asked in corpus:
        for each in asked:
            for start, end in each.places:
                assert 0 <= start < end <= len(text)
                assert text[start:end] == text[start:end].strip()
                assert "\n" not in text[start:end]


def test_a_value_stands_beside_its_key(corpus: Corpus) -> None:
    """In the row, record, entry or paragraph of what is asked about, whatever shape the document has."""
    looked_at = 0
    for _, _, text, asked in corpus:
        for each in asked:
            if len(each.places) == 1 and not each.whole and each.question.startswith("What is the "):
                start, _ = each.places[0]
                key = each.question.rstrip("?").split(" of ")[-1].removeprefix("the ").casefold()
                near = text[max(0, start - 300) : start + 200].casefold()
                looked_at += key in text.casefold()
                assert key not in text.casefold() or key in near
    assert looked_at > 10


def test_a_third_or_so_has_no_answer(corpus: Corpus) -> None:
    asked = [each for _, _, _, questions in corpus for each in questions]
    assert 0.15 < sum(not each.places for each in asked) / len(asked) < 0.45
    for _, _, text, questions in corpus:
        for each in questions:
            assert each.question
            assert "{" not in each.question.replace("{id}", "").replace("{name}", ""), text[:40]


def test_the_same_seed_gives_the_same(corpus: Corpus) -> None:
    assert list(documents(7)) == corpus
    assert list(documents(8)) != corpus


def test_a_corpus_is_a_question_set(tmp_path: Path) -> None:

    folder = tmp_path
    number = write(folder, 7)
    questions = load_question_set(folder / "questions.jsonl.gz")
    assert len(questions.examples) == number
    assert questions.corpus == folder / "corpus.jsonl.gz"
