from hypothesis import given
from hypothesis import strategies as st

from index.passages import sentence_text
from qa.questions import analyse
from qa.summary import summarise
from tests.reading import evidence, open_text, reading, text_of

TOWN = open_text(
    "The town of Weir stands on two rivers and lives from its mills. Its mayor was elected in the spring of last year. "
    "He promised to mend the bridge before the winter came. The bridge has been closed since a barge struck it. "
    "Bakers and millers had asked for that for a long time."
)
SAME = open_text(
    "Since a barge struck it, the bridge at Weir has been closed to all carts. The museum opens on Sundays.",
    "other.txt",
)


def test_the_best_sentence_comes_first() -> None:
    quotes = summarise(analyse("Why is the bridge closed?"), reading(evidence(TOWN, 1, 0, 0, 9, 0)), [TOWN], 5)
    assert text_of(TOWN, quotes[0].sentences[0]).startswith("The bridge has been closed")
    assert len(quotes) == 1


def test_a_sentence_that_opens_with_a_pronoun_brings_the_one_before_it() -> None:
    quotes = summarise(analyse("What did he promise?"), reading(evidence(TOWN, 0, 0, 9, 0, 0)), [TOWN], 5)
    assert [text_of(TOWN, s)[:9] for s in quotes[0].sentences] == ["Its mayor", "He promis"]


def test_there_is_no_room_for_the_one_before_in_a_summary_of_one() -> None:
    quotes = summarise(analyse("What did he promise?"), reading(evidence(TOWN, 0, 0, 9, 0, 0)), [TOWN], 1)
    assert [len(quote.sentences) for quote in quotes] == [1]


def test_what_is_said_already_is_not_said_again() -> None:
    bridge = "The bridge at Weir has been closed since a barge struck it."
    one, other = (
        open_text(bridge),
        open_text("Since a barge struck it, the bridge at Weir has been closed.", "other.txt"),
    )
    items = evidence(one, 5) + evidence(other, 4.9, passage_index=1)
    assert len(summarise(analyse("Why is the bridge closed?"), reading(items, 2), [one, other], 5)) == 1


def test_what_is_far_worse_than_the_best_is_left_out() -> None:
    quotes = summarise(analyse("Who is the mayor?"), reading(evidence(TOWN, 9, 2, 1, 1, 1)), [TOWN], 5)
    assert len(quotes) == 1


@given(st.lists(st.floats(-2, 2), min_size=5, max_size=5), st.integers(1, 5), st.booleans())
def test_a_summary_has_at_most_as_many_sentences_as_told_and_none_twice(
    scores: list[float], most: int, open_question: bool
) -> None:
    question = analyse("Why is the bridge closed?" if open_question else "Who is the mayor of Weir?")
    items = evidence(TOWN, *scores) + evidence(SAME, *scores[:2], passage_index=1)
    quotes = summarise(question, reading(items, 2), [TOWN, SAME], most)
    said = [(quote.evidence.passage_index, sentence.ordinal) for quote in quotes for sentence in quote.sentences]
    assert 1 <= len(said) <= most
    assert len(said) == len(set(said))
    assert quotes[0].evidence.score == max(*scores)
    for quote in quotes:
        ordinals = [sentence.ordinal for sentence in quote.sentences]
        assert ordinals == list(range(ordinals[0], ordinals[0] + len(ordinals)))
        assert sentence_text([TOWN, SAME][quote.evidence.passage_index].document, quote.sentences[-1])
