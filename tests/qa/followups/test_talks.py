"""Talks of three turns, over folders that do not exist: what their second and third questions are understood as."""

import pytest
from msgspec.structs import replace

from qa.followups.interpretation import interpretations, needs_a_question_before
from qa.types import Turn
from tests.conversations import turn

TALKS = [
    (
        turn("Who opened the canal lock?", "Ada Byron, an engineer, opened the canal lock of Weir.", "Ada Byron"),
        ("Why?", "Why did Ada Byron open the canal lock?", "She opened it because boats had to wait.", ""),
        ("What about the mill?", "Why did Ada Byron open the mill?"),
    ),
    (
        turn("Did Norway join the union?", "Norway did not join the union."),
        ("Why not?", "Why didn’t Norway join the union?", "Norway had fish to think of.", ""),
        ("And Sweden?", "Why didn’t Sweden join the union?"),
    ),
    (
        turn("Did Suga phone Xi?", "Prime Minister Yoshihide Suga phoned President Xi in September."),
        ("When did they meet?", "When did Suga and Xi meet?", "Suga and Xi met in 2021.", "2021"),
        ("When did he visit Japan?", "When did Suga visit Japan?"),
    ),
    (
        turn("What is the RCEP?", "The RCEP is a trade agreement of fifteen states.", "a trade agreement"),
        ("Did Japan join it?", "Did Japan join the RCEP?", "Japan joined the RCEP in 2020.", "in 2020"),
        ("When was the agreement signed?", "When was the RCEP signed?"),
    ),
    (
        turn("What was Japan's growth in 2018?", "Japan's economy grew by 0.8 percent in 2018.", "0.8 percent"),
        ("and China's?", "What was China's growth in 2018?", "China's economy grew by 6.6 percent.", "6.6 percent"),
        ("and in 2019?", "What was China's growth in 2019?"),
    ),
    (
        turn("How much does the Pro plan cost?", "The Pro plan costs $20 per month.", "$20 per month"),
        ("and the Team plan?", "How much does the Team plan cost?", "The Team plan costs $50.", "$50"),
        ("Does it include support?", "Does the Team plan include support?"),
    ),
    (
        turn("Where is Acme Tools based?", "Acme Tools is based in Leeds and employs 300 people.", "Leeds"),
        ("Since when?", "Since when is Acme Tools based?", "Acme Tools moved to Leeds in 1990.", "1990"),
        ("Who leads that company?", "Who leads Acme Tools?"),
    ),
    (
        turn("Which countries did Ishiba visit in January?", "Ishiba visited Malaysia and Peru.", "Malaysia and Peru"),
        ("Why?", "Why did Ishiba visit Malaysia and Peru in January?", "He wanted to talk of trade.", ""),
        ("And Norway?", "Why did Ishiba visit Norway in January?"),
    ),
    (
        turn("Who went to Rome?", "Mrs Byron went to Rome, and Carl Holm wrote of her journey.", "Byron"),
        ("When did she return to Ghent?", "When did Byron return to Ghent?", "She returned in May.", "May"),
        ("How do employees claim expenses for a journey by train?", None),  # another subject
    ),
    (
        turn("How do I install the command-line tool?", "Run the installer of the command-line tool."),
        ("Does it work offline?", "Does the command-line tool work offline?", "It works without a network.", ""),
        ("How long does it take to build a container image of twelve layers?", None),
    ),
    (
        turn("How did the first test of the engine go?", "The first test failed."),
        ("and the second?", "How did the second test of the engine go?", "The second test went well.", ""),
        ("And the third?", "How did the third test of the engine go?"),
    ),
    (
        turn("How do path parameters work in FastAPI?", "FastAPI reads path parameters from the function."),
        ("Can I give them types?", None, "Types are declared as usual.", ""),
        ("What about query parameters?", None),
    ),
]


def first_meaning(question: str, *turns: Turn) -> str | None:
    """The likeliest, None where the question is taken as it is or no whole question came of it."""
    likeliest = interpretations(question, question, turns)[0]
    return None if likeliest.following_up_on else likeliest.interpreted_as


@pytest.mark.parametrize(("first", "second", "third"), TALKS)
def test_a_talk_is_understood(
    first: Turn, second: tuple[str, str | None, str, str], third: tuple[str, str | None]
) -> None:
    question, meaning, sentence, short = second
    assert first_meaning(question, first) == meaning
    understood = replace(turn(question, sentence, short), interpreted_as=meaning)
    assert first_meaning(third[0], first, understood) == third[1]


def test_what_is_no_sentence_is_told_with_the_question_before() -> None:
    before = turn("Who opened the canal lock?", "Ada Byron opened the canal lock.", "Ada Byron")
    (likeliest, as_put) = interpretations("and who says that?", "and who says that?", [before])
    assert likeliest.following_up_on == "Who opened the canal lock?"
    assert as_put.following_up_on is None


@pytest.mark.parametrize(
    ("question", "needs"),
    [("Why not?", True), ("and China's?", True), ("Since when?", True), ("Norway", False), ("Why is it so?", False)],
)
def test_a_follow_up_by_itself_asks_nothing(question: str, needs: bool) -> None:
    assert needs_a_question_before(question) is needs
