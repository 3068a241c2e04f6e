import pytest

from qa.language.question import analyse, words
from qa.reading.near_misses import Contraries, NameLimits, absent_names, adds_nothing


def stems(text: str) -> list[str]:
    """Without a past tense's ending, as the analyser has it."""
    return [{"opened": "open", "closed": "close"}.get(word, word) for word in words(text)]


@pytest.mark.parametrize(
    ("question", "text", "contrary"),
    [
        ("close plant", "They opened the plant.", True),
        ("open plant", "They opened the plant.", False),
        ("close plant", "They opened the plant and closed it.", False),
        ("paint plant", "They opened the plant.", False),
        ("northern gate", "The southern gate is red.", True),
    ],
)
def test_what_says_the_contrary(question: str, text: str, contrary: bool) -> None:
    said = set(stems(text))
    assert Contraries(stems).said(question.split(), said, said) is contrary
    assert not Contraries(stems).said(question.split(), said, said | set(stems(question)))  # said elsewhere


NEAR = "Acme has a plant in Gdańsk, Japan."


@pytest.mark.parametrize(
    ("question", "absent"),
    [
        ("When did Acme open its plant in Krakow?", ["Krakow"]),
        ("When did Acme open its plant in Gdansk?", []),
        ("When did Acme open its plant in Gdanks?", []),  # a slip
        ("What does Acme have in Katowice?", []),  # elsewhere in the document
        ("What did the Japanese plant make?", []),  # as "Japan" is there
        ("What of Zenith and Krakow?", ["Zenith", "Krakow"]),
        ("What does OBOR stand for?", []),  # may be short for what is there
        ("What happened in March, on a Monday?", []),  # values
        ("Did Oslo want the plant?", []),  # a government
        ("what is krakow", []),
        ("We are of Zenith.\nWhere is the plant?", []),  # not what is asked
        ("We are of Zenith. Where is the plant of Krakow?", ["Krakow"]),
    ],
)
def test_names_that_are_nowhere(question: str, absent: list[str]) -> None:
    assert absent_names(analyse(question), NEAR, ["Of Katowice."]) == absent


def test_of_a_text_that_is_too_long_nothing_is_said() -> None:
    asked, limits = analyse("When did Acme open its plant in Krakow?"), NameLimits(longest=40)
    assert absent_names(asked, NEAR, ["." * 40], limits) == ["Krakow"]
    assert absent_names(asked, NEAR, ["." * 41], limits) == []


@pytest.mark.parametrize(
    ("name", "absent"),
    [("Gda", False), ("Gdax", True), ("Rdansk", False), ("Rdanss", True), ("Kattowits", False), ("Kattowit", True)],
)
def test_slips_that_a_name_may_have(name: str, absent: bool) -> None:
    assert bool(absent_names(analyse(f"Who is in {name}?"), "He is in Gdansk, Gdan or Cattowitz.", ())) is absent


def test_what_says_nothing_that_the_question_does_not_say() -> None:
    assert adds_nothing({"chief", "nowak", "befor"}, {"chief", "nowak"})
    assert not adds_nothing({"chief", "nowak"}, {"chief", "kowal"})
    assert not adds_nothing({"chief"}, set())
