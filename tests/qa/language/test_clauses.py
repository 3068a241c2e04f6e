"""Clauses taken apart."""

import pytest

from qa.language.clauses import lowered, read_clause


def test_a_clause_is_taken_apart() -> None:
    clause = read_clause("In 1821, Ada Byron finally opened the mill (in Weir) for all.", "")
    assert clause is not None
    assert (clause.time, clause.subject, clause.base) == ("in 1821", "Ada Byron", "open")
    assert clause.rest == "the mill for all"
    assert clause.asked("Why", "the mill") == "Why did Ada Byron open the mill"
    clause = read_clause("The mill of Weir has often been sold to Ghent.", "the mill")
    assert clause is not None
    assert (clause.subject, clause.auxiliary, clause.verb) == ("the mill of Weir", "has", "been sold")
    assert clause.asked("Why", "to Ghent") == "Why has the mill of Weir been sold to Ghent"


@pytest.mark.parametrize(
    "sentence",
    ["Byron, a miller, left.", "Many mills were sold.", "When Byron left, Ghent was sad.", "Milling.", "Has he left."],
)
def test_what_does_not_begin_with_its_subject_is_left(sentence: str) -> None:
    assert read_clause(sentence, "") is None


def test_a_small_letter_is_given_to_what_is_no_name() -> None:
    document = "We saw the mill. A mill is old. By the river, Mill Lane. Then came tesla coils, and Tesla, and Tesla."
    assert lowered("Mills of Weir", "the mills") == "mills of Weir"
    assert lowered("The mill", "") == "the mill"
    assert lowered("Tesla left", document) == "Tesla left"
    assert lowered("New York", "a new house, a new one") == "New York"
    assert lowered("3 mills", "") == "3 mills"
