"""Whether sentences say yes or no: told where their form leaves no doubt, and not told anywhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.search.lexical import Analyzer
from qa.composing.verdicts import is_yes_no, verdict

_STEMS = Analyzer().terms


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Did Weir join the league?", "Weir joined the league in 1921."),
        ("Has Weir joined the league?", "In 1921, Weir has already joined the league."),
        ("Did Ada write the notes?", "Ada wrote the notes."),
        ("Is the ferry free?", "The ferry is free."),
        ("Is Weir a town?", "Weir is a town in Flanders."),
        ("Can I bring a dog?", "You may bring a dog."),
        ("Does the shop sell bread?", "The shop sells bread."),
        ("Is parking permitted?", "Parking is allowed."),
    ],
)
def test_the_same_said_supports(question: str, sentence: str) -> None:
    assert verdict(question, sentence, _STEMS) == "supports"


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Did Weir join the league?", "Weir didn't join the league."),
        ("Did Weir join the league?", "Weir has never joined the league."),
        ("Does the pool have a diving board?", "The pool has no diving board."),
        ("Is the gateway deprecated?", "The gateway is no longer deprecated."),
        ("Is the office open on public holidays?", "The office is closed on public holidays."),
        ("Is smoking allowed?", "Smoking is prohibited."),
        ("May I smoke?", "Smoking is not permitted."),
        ("Did Weir win the war?", "Weir lost the war."),
    ],
)
def test_the_contrary_contradicts(question: str, sentence: str) -> None:
    assert verdict(question, sentence, _STEMS) == "contradicts"


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Did Weir join the league?", "Critics of Weir joined the league."),
        ("Did Weir join the league?", "Weir joined the league's rivals."),
        ("Did Weir join the league?", "Weir said it joined the league."),
        ("Did Weir join the league?", "Weir would have joined the league."),
        ("Did Weir join the league?", "Weir did not join the league until 1921."),
        ("Did Weir join the league?", "Weir did not join the league in 1921."),
        ("Did Weir join the league?", "Weir will join the league."),
        ("Did Weir attack Ghent?", "Ghent attacked Weir."),
        ("Did Weir not join the league?", "Weir joined the league."),
        ("Is smoking allowed?", "Smoking is allowed only in the yard."),
        ("Is smoking allowed?", "Smoking is allowed in the yard."),
        ("Is smoking allowed?", "Smoking is allowed unless it rains."),
        ("Is the bridge open?", "The bridge was open."),
        ("Is the bridge open?", "Is the bridge open?"),
        ("Was it built in 1921?", "It was built in 1931."),
        ("What did Weir join?", "Weir joined the league."),
        ("Is it Weir or Ghent?", "It is Weir."),
        ("Can the dose cause nausea?", "The dose may not cause nausea."),
        ("Can the dose cause nausea?", "The dose may cause nausea."),
    ],
)
def test_what_is_unsure_has_no_mark(question: str, sentence: str) -> None:
    assert verdict(question, sentence, _STEMS) is None


@pytest.mark.parametrize("question", ["Can you tell me the height?", "Do you know when it opens?", "Who is Ada?"])
def test_a_request_is_not_after_yes_or_no(question: str) -> None:
    assert not is_yes_no(question)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_texts_are_read(question: str, sentence: str) -> None:
    assert verdict(question, sentence, _STEMS) in (None, "supports", "contradicts")
    assert verdict(f"Is {question}", sentence, _STEMS) in (None, "supports", "contradicts")
