"""Questions made from sentences, whatever the sentence."""

from hypothesis import given
from hypothesis import strategies as st

from index.language.names import sure_names
from qa.language.question import words
from qa.suggestions.templates import questions_of

DOCUMENT = "The mill stands. In the valley of Weir, Ada Byron is known, and so is Ghent, where Ada Byron lived."


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
