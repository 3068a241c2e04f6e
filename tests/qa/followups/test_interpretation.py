import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from qa.followups.interpretation import interpretations
from qa.types import Turn
from tests.conversations import turn

OPENED = turn(
    "Who opened the canal lock?", "Ada Byron, an engineer, opened the canal lock of Weir in May.", "Ada Byron"
)
SEEN = turn("How did Danish ports and Sweden see the Treaty of Weir in 1951?", "In Denmark the treaty was welcome.")


def meanings(question: str, *turns: Turn) -> list[str | None]:
    return [meant.interpreted_as for meant in interpretations(question, question, turns)]


def test_the_first_question_is_taken_as_it_is() -> None:
    assert meanings("When did he leave?") == [None]


@pytest.mark.parametrize(
    "question",
    [
        "When was the town hall of Weir built?",
        "Did the mayor of Weir say when he would mend it?",
        "Which bakers in Weir asked for their money back last winter?",
        "Is there a bakery in Ghent?",
        "What is the OECD?",
        "How many people lost their homes in the flood of last winter in town?",
    ],
)
def test_a_question_that_stands_alone_has_one_meaning(question: str) -> None:
    assert meanings(question, OPENED) == [None]


@pytest.mark.parametrize(
    ("question", "before", "meaning"),
    [
        ("When did he leave Ghent?", OPENED, "When did Ada Byron leave Ghent?"),
        ("what was she so nervous about?", OPENED, "What was Ada Byron so nervous about?"),
        ("And who paid her?", OPENED, "Who paid Ada Byron?"),
        ("Where is her house?", OPENED, "Where is Ada Byron’s house?"),
        ("How tall is it?", OPENED, "How tall is the canal lock?"),
        ("Which Belgian engineer did she meet?", OPENED, "Which Belgian engineer did Ada Byron meet?"),
        ("What did she tell Prabowo there?", OPENED, None),  # Prabowo comes after "she"
        ("When did he go there?", turn("Did Carl Holm visit Oslo?", "Carl Holm went to Oslo.", ""), None),
        ("and in 1960?", SEEN, "How did Danish ports and Sweden see the Treaty of Weir in 1960?"),
        ("What about Norway?", SEEN, "How did Norway see the Treaty of Weir in 1951?"),
        ("and Norway?", SEEN, "How did Norway see the Treaty of Weir in 1951?"),
        ("why?", SEEN, "Why did Danish ports and Sweden see the Treaty of Weir in 1951?"),
        (
            "and why?",
            turn("Who was sent to Rome?", "Ada Byron was sent.", "Ada Byron"),
            "Why was Ada Byron sent to Rome?",
        ),
        ("what about Japan's?", turn("What is China's stance?", "It is firm."), "What is Japan's stance?"),
        ("What about in France?", turn("How many live in Germany?", "80 million."), "How many live in France?"),
        ("since 1990?", turn("Has Oslo grown?", "Yes, Oslo has."), "Has Oslo grown since 1990?"),
    ],
)
def test_a_follow_up_is_made_whole(question: str, before: Turn, meaning: str | None) -> None:
    found = meanings(question, before)
    if meaning is not None:
        assert found[0] == meaning
    assert found[0] is not None
    assert found[-1] is None, "as it is put is tried, too"


def test_there_is_a_place_and_only_where_it_means_one() -> None:
    before = turn("Did Carl Holm visit Oslo in May?", "Carl Holm said in Oslo that it rained.")
    assert meanings("When did he go there?", before)[0] == "When did Carl Holm go to Oslo?"
    assert meanings("Are there any trams in Ghent?", before) == [None]


def test_the_latest_person_comes_first() -> None:
    first = turn("Who was mayor in 1990?", "Mayor Carl Holm led the town in 1990.", "Carl Holm")
    second = turn("And who came after Carl Holm?", "Mayor Ada Byron took office in 1994.", "Ada Byron")
    assert meanings("When did she phone Prabowo?", first, second)[0] == "When did Ada Byron phone Prabowo?"


def test_they_are_those_named_in_one_breath() -> None:
    before = turn("Where did Holm and Byron meet in 1951?", "Holm and Byron met in Oslo, Norway.", "Oslo, Norway")
    assert meanings("what did they agree on?", before)[0] == "What did Holm and Byron agree on?"
    assert meanings("and in 1960?", before)[0] == "Where did Holm and Byron meet in 1960?"


def test_a_reason_may_be_asked_of_what_was_spoken_of() -> None:
    before = turn("What is the OECD?", "The OECD is a club of states.")
    assert meanings("why did Norway not join?", before) == [None, "why did Norway not join (OECD)?"]


def test_what_only_changes_another_question_is_incomplete() -> None:
    found = interpretations("and Norway?", "and Norway?", [SEEN])
    assert [meant.incomplete for meant in found] == [False, True]


def test_what_fits_nowhere_is_carried_along() -> None:
    (meant, _) = interpretations("and who claims that?", "and who claims that?", [OPENED])
    assert "canal lock" in meant.carried
    assert meant.interpreted_as is not None
    assert meant.interpreted_as.startswith("Who claims that (")


def test_a_question_that_names_nothing_is_first_tried_as_it_is() -> None:
    found = meanings(
        "Did the band go on a tour?", turn("Who founded INXS?", "Andrew Farriss founded INXS.", "Andrew Farriss")
    )
    assert found[0] is None
    assert "INXS" in (found[1] or "")


def test_a_title_that_is_a_name_is_what_all_below_it_is_about() -> None:
    before = turn("what happened in 1985", "In 1985, he was focusing on motocross.", title="Carl Holm (rapper)")
    assert meanings("did he win anything that year", before)[0] == "Did Carl Holm win anything that year"


def test_what_was_carried_once_is_carried_on() -> None:
    later = replace(turn("and why?", "Because."), interpreted_as="Why did Ada Byron open the canal?")
    assert meanings("and when?", later)[0] == "When did Ada Byron open the canal?"


def test_nothing_to_carry_leaves_the_question_alone() -> None:
    assert meanings("why?", turn("why?")) in ([None], ["Why?", None])


@given(st.text(max_size=200), st.lists(st.text(max_size=100), max_size=3))
def test_any_conversation_can_be_interpreted(question: str, asked: list[str]) -> None:
    turns = [turn(text, text, text) for text in asked]
    found = interpretations(question, question, turns)
    assert found == interpretations(question, question, turns)
    assert 1 <= len(found) <= 3
    assert sum(meant.interpreted_as is None for meant in found) == 1, "as it is put is always among them"
    assert all(meant.asked == question for meant in found)


def test_other_words_are_shown() -> None:
    assert interpretations("Wat is it?", "What is it?", [])[0].interpreted_as == "What is it?"
