"""Questions made from sentences: what is asked, and what is left alone."""

import pytest

from qa.suggestions.templates import questions_of

DOCUMENT = "The mill stands. In the valley of Weir, Ada Byron is known, and so is Ghent, where Ada Byron lived."


def asked(sentence: str, title: str = "The mill of Weir") -> dict[str, str]:
    return {each.question: each.form for each in questions_of(sentence, f"{DOCUMENT} {sentence}", title)}


@pytest.mark.parametrize(
    ("sentence", "question", "form"),
    [
        ("The Weir Bank was founded in 1821 by farmers.", "When was the Weir Bank founded?", "when"),
        ("In 1821, Ada Byron opened the Weir Bank, which failed.", "When did Ada Byron open the Weir Bank?", "when"),
        ("Ada Byron died in 1850.", "When did Ada Byron die?", "when"),
        ("The Weir Bank was founded by Ada Byron.", "Who founded the Weir Bank?", "who"),
        ("Ada Byron wrote the history of Weir.", "Who wrote the history of Weir?", "who"),
        ("Ada Byron was born in Ghent in 1790.", "Where was Ada Byron born?", "where"),
        ("The Weir Bank is a savings bank of the farmers in the valley.", "What is the Weir Bank?", "what-is"),
        ("Ada Byron was an engineer of mills in the north of Europe.", "Who was Ada Byron?", "who-is"),
        ("The mill belonged to Ada Byron, an engineer from Ghent, for years.", "Who is Ada Byron?", "who-is"),
        ("They met economist Paul Rask.", "Who is Paul Rask?", "who-is"),
        ("Weir has seven branches in Ghent.", "How many branches does Weir have in Ghent?", "how-many"),
        ("Ada Byron paid $2,000 for Weir Bank.", "How much did Ada Byron pay for Weir Bank?", "how-much"),
        (
            "The Weir Bank was closed because its farmers were poor.", "Why was the Weir Bank closed?", "why",
        ),
        ("The Weir Bank helped Ghent by lending money to its mills.", "How did the Weir Bank help Ghent?", "how"),
        ("The Weir Bank aims to lend money to farmers.", "What does the Weir Bank aim to do?", "what-for"),
        ("The bridge at Ghent led to the growth of Weir.", "What led to the growth of Weir?", "what-caused"),
        ("Ada Byron said that Ghent was too far away.", "What did Ada Byron say about Ghent?", "what-said"),
        ("Weir is also known as the Town of Mills.", "What is Weir known as?", "known-as"),
    ],
)  # fmt: skip
def test_a_sentence_is_asked_for_what_it_says(sentence: str, question: str, form: str) -> None:
    found = asked(sentence)
    assert found.get(question) == form, found


@pytest.mark.parametrize(
    "sentence",
    [
        "She founded the Weir Bank in 1821.",  # who?
        "The bank was founded in 1821.",  # which?
        "It was Ada Byron who founded the Weir Bank in 1821.",
        "A bank opened the market of Weir in 1821.",  # any bank
        "The Weir Bank signed in 1821 failed.",  # a participle
        "Ada Byron bought Flint, Michigan-based mills, in 1821.",  # cut in a name
        "The New York Herald reported that Ada Byron left Ghent in 1821.",
        "Following the vote, Ada Byron left.",
        "Ada Byron opened the bridge before leaving Ghent in 1821.",  # which of the two?
        "Ada Byron rarely left Ghent in 1821.",
        "“Ada Byron founded the Weir Bank in 1821,” said the mayor.",
        "Ada Byron opened a market in 1821.",  # which?
        "Ghent has two mills.",
        "Ada Byron said that Christian mills were better.",  # an adjective
        "ADA BYRON",
        "",
    ],
)
def test_what_is_not_plain_is_not_asked(sentence: str) -> None:
    assert asked(sentence) == {}


@pytest.mark.parametrize(
    ("sentence", "questions"),
    [
        (
            "Ada Byron opened the Weir Bank on 5 May.",
            ["Who opened the Weir Bank on 5 May?", "When did Ada Byron open the Weir Bank?"],
        ),
        ("Ada Byron opened the Weir Bank in May.", ["Who opened the Weir Bank in May?"]),  # of which year?
        ("Ada Byron opened the Weir Bank on Monday.", ["Who opened the Weir Bank on Monday?"]),
        ("Soon, Ada Byron opened the Weir Bank.", []),
        ("Ada Byron opened in 1850.", ["When did Ada Byron open?"]),
        ("Ada Byron built in 1850.", []),  # what?
        ("Ada Byron is based in Ghent.", ["Where is Ada Byron based?"]),
        ("Ada Byron had been born in Ghent.", []),
        ("Ada Byron is praised in Ghent.", []),
        ("The Weir Bank consists of two old mills.", ["What does the Weir Bank consist of?"]),
        ("The Weir Bank opened on the town of Ghent.", []),
        ("The Weir Bank belongs to Ada Byron.", []),  # to whom
        ("The bridge at Ghent caused the growth of Weir.", ["What caused the growth of Weir?"]),
        ("The bridge at Ghent saw the growth of Weir.", []),
        ("The bridge at Ghent had caused the growth of Weir.", []),
        ("It caused the growth of Weir.", []),
        ("The growth of Weir was caused by the bridge.", ["What caused the growth of Weir?"]),
        ("Ada Byron said that Ada was too far away.", []),  # of herself
        ("Ada Byron said that in May 1821 Ghent was sold.", ["What did Ada Byron say about Ghent?"]),
        ("Ada Byron said that the Ghent Road was far away.", ["What did Ada Byron say about the Ghent Road?"]),
        ("The mayor is an engineer of mills in the north of Europe.", []),  # who?
        ("The Weir Guild is an engineer of mills in the north of Europe.", []),
        ("Byron is an engineer of mills in the north of Europe.", ["Who is Byron?"]),
    ],
)  # fmt: skip
def test_these_are_all_that_is_asked(sentence: str, questions: list[str]) -> None:
    found = [each.question for each in questions_of(sentence, "In the valley of Weir. " + sentence, "The mill of Weir")]
    assert found == questions
