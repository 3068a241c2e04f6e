"""Whether a question stands by itself."""

import pytest

from qa.suggestions.self_contained import stands_alone


@pytest.mark.parametrize(
    ("question", "alone"),
    [
        ("Why did Ghent close the mill of Weir?", True),
        ("Why did Ghent close the mill?", False),
        ("Why did Ghent close it?", False),
        ("Why did they close the mill of Ghent?", False),
        ("When did Ada Byron publish her letters?", True),
        ("When did her letters to Ghent appear?", False),
        ("What changed the world?", False),  # about nothing that is named
        ("What does Ghent want from the", False),
    ],
)
def test_a_question_stands_alone_if_nothing_in_it_points_elsewhere(question: str, alone: bool) -> None:
    assert stands_alone(question, "Letters") is alone


@pytest.mark.parametrize(
    "question",
    [
        "Why did Ghent (a town) close?", "Why did “Ghent” close?", "Why did Ghent: the town close?",
        "Why did  Ghent close?",
        "Why did Ghent want the?", "Why did Ghent... close?", "Why did Ghent close 12 -?",
    ],
)  # fmt: skip
def test_what_is_torn_or_has_brackets_does_not(question: str) -> None:
    assert not stands_alone(question, "Letters")
    assert stands_alone("Why did Ghent close?", "Letters")


@pytest.mark.parametrize(("title", "alone"), [("Old farms", True), ("Letters", False), ("", False)])
def test_what_names_nothing_is_about_its_title(title: str, alone: bool) -> None:
    assert stands_alone("When did farms close?", title) is alone
