"""Which questions want the whole corpus read, and what they want found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.exhaustive.intent import ScanIntent, scan_intent
from tests.strategies import texts

MENTIONS = {
    "How many documents mention the harbour": "the harbour",
    "how many of these articles mention Weir?": "Weir",
    "How many sentences are about the bridge?": "the bridge",
    "how many articles are there about mills": "mills",
    "In how many documents is the mayor mentioned?": "the mayor",
    "How many mentions of Weir are there?": "Weir",
    "how often is the bridge mentioned?": "the bridge",
    'How many times does "win-win" appear in the corpus?': '"win-win"',
    "number of sources that discuss tolls": "tolls",
    "Which sources mention the mayor or the barge?": "the mayor or the barge",
    "which three documents refer to tolls?": "tolls",
    "what articles talk about Ada Byron": "Ada Byron",
    "Which files contain the word ferry?": "ferry",
    "Which documents are about the ferry?": "the ferry",
    "Which articles say something about the ferry?": "the ferry",
    "In which documents does Ada Byron appear?": "Ada Byron",
    "which article is the barge mentioned in?": "the barge",
    "where is the barge mentioned?": "the barge",
    "Where in the documents does the barge appear?": "the barge",
    "Do any of the sources mention a flood?": "a flood",
    "Is a flood mentioned anywhere?": "a flood",
    "Are there any references to floods?": "floods",
    "List all mentions of the Bank of Weir in the documents.": "the Bank of Weir",
    "please list every passage that mentions floods": "floods",
    "please list every passage that mentions floods and ice": "floods and ice",
    "Can you find all passages about floods, please?": "floods",
    "Give me a list of all documents mentioning floods": "floods",
    "every mention of floods": "floods",
    "show me all sentences where the mayor is quoted": "the mayor",
    "documents that mention floods": "floods",
    "Find everything about floods": "floods",
    "What do all sources say about the flood?": "the flood",
    "what does each article say about the flood": "the flood",
    "Which documents mention the flood and what do they say about it?": "the flood",
    'Which documents mention the phrase "not in my town"?': '"not in my town"',
}
STATEMENTS = {
    "which articles say that the town lends too much?": "the town lends too much",
    "Which sources claim the bridge is unsafe": "the bridge is unsafe",
    "how many sources agree that the bridge is not safe?": "the bridge is not safe",
    "How many documents mention that the bridge is closed?": "the bridge is closed",
    "List all documents that say the bridge is closed": "the bridge is closed",
    "Does any article deny that the bridge is closed?": "the bridge is closed",
}
THINGS = {
    "List all towns that joined the Weir League": "towns that joined the Weir League",
    "name every member of the Weir League": "member of the Weir League",
}
OTHERS = (
    "How many countries joined the league?",
    "How many articles does the constitution have?",
    "how many people mention floods as their main worry?",
    "Which article of the treaty forbids slavery?",
    "Which sources of energy contain carbon?",
    "Which books did Ada Byron write?",
    "What document ended the war?",
    "List the reasons why the town lends",
    "List all the reasons why the town lends",
    "Name the river.",
    "list all documents",
    "Where is Weir?",
    "Where was the mayor quoted as saying so?",
    "Who mentioned the flood?",
    "What do the documents say about the flood?",
    "Which Italian articles mention the flood?",
    "Which documents do not mention the flood?",
    "Which documents mention the flood but not the bridge?",
    "Is the bridge closed?",
    "mention",
    "",
    "How many documents mention " + "very " * 100 + "long things?",
)


@pytest.mark.parametrize(("question", "what"), MENTIONS.items())
def test_a_search_for_mentions_is_recognised(question: str, what: str) -> None:
    assert scan_intent(question) == ScanIntent("mention", what)


@pytest.mark.parametrize(("question", "what"), STATEMENTS.items())
def test_a_search_for_what_is_said_is_recognised(question: str, what: str) -> None:
    assert scan_intent(question) == ScanIntent("statement", what)


@pytest.mark.parametrize(("question", "what"), THINGS.items())
def test_a_list_of_things_is_recognised(question: str, what: str) -> None:
    assert scan_intent(question) == ScanIntent("things", what)


@pytest.mark.parametrize("question", OTHERS)
def test_other_questions_are_left_alone(question: str) -> None:
    assert scan_intent(question) is None


@given(texts)
def test_whatever_the_text_what_is_sought_is_the_questions_own(text: str) -> None:
    for question in (text, f"Which documents mention {text}", f"list all {text}"):
        found = scan_intent(question)
        assert found is None or (found.what and found.what in " ".join(question.split()))


@given(st.lists(st.sampled_from("all of the these any each every how many count list documents that".split())))
def test_repeated_forms_end(tangle: list[str]) -> None:
    """What could be read in ever so many ways is still read at once; this would not come back otherwise."""
    long = " ".join(tangle * 40)[:390]
    assert scan_intent(f"how many {long} x") is None or "documents" in tangle
