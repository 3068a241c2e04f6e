"""Questions made from sentences: what is asked, and what is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.names import sure_names
from qa.language.question import words
from qa.suggestions.self_contained import stands_alone
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


WORDS = st.sampled_from(
    """Ada Byron Weir Ghent The the a of in on by to with and that which because 1821 May three mills bank market
    founded opened said wrote was is has had said that aims led born known as it he her $2,000 million people , ; ( )
    “ ” — city president engineer an not also due to used for years""".split()
)
SENTENCES = st.lists(WORDS, min_size=3, max_size=24).map(lambda found: " ".join(["Ada", *found]) + ".")
FORMED = st.builds(
    "{} {} {} {} {}.".format,
    st.sampled_from(["Ada Byron", "The Weir Bank", "In 1821, Ada Byron", "The mayor of Ghent", "Weir"]),
    st.sampled_from(
        ["opened", "was founded", "is a bank", "said", "aims to open", "led to", "has three", "was closed"]
    ),
    st.lists(WORDS, max_size=5).map(" ".join),
    st.sampled_from(["in 1821", "on 5 May 1821", "by Paul Rask", "because Ghent grew", "by closing mills", ""]),
    st.lists(WORDS, max_size=4).map(" ".join),
)


@given(st.one_of(SENTENCES, FORMED, st.text(max_size=200)), st.text(max_size=30))
def test_whatever_the_sentence_a_question_is_whole_and_names_only_what_it_names(sentence: str, title: str) -> None:
    for each in questions_of(sentence, f"{DOCUMENT} {sentence}", title):
        assert each.question.endswith("?")
        assert each.question.count("?") == 1
        assert len(words(each.question)) > 2
        assert each.question == " ".join(each.question.split())
        assert not {"it", "he", "this", "they"} & set(words(each.question))
        for name in sure_names(each.question):
            assert set(words(name)) <= set(words(sentence)), (sentence, each.question)
        assert each.answer.split() == [] or set(words(each.answer)) <= set(words(sentence))
