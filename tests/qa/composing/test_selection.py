import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.composing.citations import cite, prove
from qa.composing.limits import SELECTION
from qa.composing.selection import Quote, summarise
from qa.language.question import analyse
from qa.reading.reader import OpenPassage
from tests.reading import evidence, open_text, reading, shelf_of, text_of

TOWN = open_text(
    "The town of Weir stands on two rivers and lives from its mills. Its mayor was elected in the spring of last year. "
    "He promised to mend the bridge before the winter came. The bridge has been closed since a barge struck it. "
    "Bakers and millers had asked for that for a long time."
)
SAME = open_text(
    "Since a barge struck it, the bridge at Weir has been closed to all carts. The museum opens on Sundays.",
    "other.txt",
)
COPY = open_text("The bridge has been CLOSED since a barge struck it! Its mayor was elected in the spring.", "copy.txt")


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


def said(quotes: tuple[Quote, ...], passages: list[OpenPassage]) -> list[str]:
    """The beginnings of the sentences quoted, in order."""
    return [
        " ".join(text_of(passages[quote.evidence.passage_index], sentence).split()[:3])
        for quote in quotes
        for sentence in quote.sentences
    ]


BRIDGE = "The bridge at Weir has been closed to all carts since a barge struck it."
AGAIN = "Since a barge struck it, the bridge at Weir has been closed to carts."


def test_where_it_is_said_again_is_told_even_if_that_scores_far_worse() -> None:
    one, two, three = (
        open_text(BRIDGE),
        open_text(f"The mill is old. {AGAIN} The mayor was angry.", "two.txt"),
        open_text(f"{BRIDGE[:-1]} in 1912.", "three.txt"),
    )
    items = [*evidence(one, 5), *evidence(two, 0, -9, 0, passage_index=1), *evidence(three, -2, passage_index=2)]
    (quote,) = summarise(analyse("Why is the bridge closed?"), reading(items, 3), [one, two, three], 5)
    assert [text_of(two, again.sentence) for again in quote.also] == [AGAIN]


def test_the_better_of_two_that_say_the_same_is_quoted() -> None:
    one, two = open_text(BRIDGE), open_text(AGAIN, "two.txt")
    items = [*evidence(one, 4), *evidence(two, 5, passage_index=1)]
    (quote,) = summarise(analyse("Why is the bridge closed?"), reading(items, 2), [one, two], 5)
    assert (quote.evidence.passage_index, [again.passage_index for again in quote.also]) == (1, [0])


def test_another_number_is_quoted_beside() -> None:
    one, two = (
        open_text("The bridge at Weir cost 500 crowns."),
        open_text("The bridge at Weir cost 600 crowns.", "two.txt"),
    )
    items = [*evidence(one, 5), *evidence(two, 4.9, passage_index=1)]
    quotes = summarise(analyse("How much did the bridge cost?"), reading(items, 2), [one, two], 5)
    assert [len(quote.also) for quote in quotes] == [0, 0]


def test_a_pronoun_can_stand_for_another_thing_in_another_document() -> None:
    one = open_text("The mill stands in Weir. It was built of oak in the year 1821 by monks.")
    two = open_text("The inn stands in Ham. It was built of oak in the year 1821 by monks.", "two.txt")
    three = open_text("The mill stands in Weir. It was built of oak in the year 1821 by monks.", "three.txt")
    items = [
        item for number, opened in enumerate([one, two, three]) for item in evidence(opened, 0, 5, passage_index=number)
    ]
    quotes = summarise(analyse("What was built of oak?"), reading(items, 3), [one, two, three], 5)
    assert [(again.passage_index, again.sentence.ordinal) for again in quotes[0].also] == [(2, 1), (2, 0)]


def test_what_must_be_quoted_is_and_comes_before_all_but_the_best() -> None:
    items = evidence(TOWN, 1, 0, 0, 9, 8.9)
    quotes = summarise(analyse("Why is the bridge closed?"), reading(items), [TOWN], 2, must=(items[0],))
    assert said(quotes, [TOWN]) == ["The bridge has", "The town of"]


def test_what_the_best_leans_on_takes_no_room_from_what_must_be_quoted() -> None:
    items = evidence(TOWN, 0, 0, 9, 0, 0)
    quotes = summarise(analyse("What did he promise?"), reading(items), [TOWN], 2, must=(items[4],))
    assert said(quotes, [TOWN]) == ["He promised to", "Bakers and millers"]


def test_of_two_things_compared_both_are_spoken_of() -> None:
    towns = open_text(
        "The price of bread in Weir has doubled since the war. Bread in Weir is sold by weight. "
        "The price of bread in Ham has hardly moved."
    )
    question = "Is the price of bread higher in Weir or Ham?"
    assert len(summarise(analyse(question), reading(evidence(towns, 5, 3, 2)), [towns], 5)) == 2
    assert (
        len(summarise(analyse("Is the price of bread high in Weir?"), reading(evidence(towns, 5, 3, 2)), [towns], 5))
        == 1
    )


def test_of_the_articles_asked_for_each_is_quoted() -> None:
    one = open_text("Ada Byron is called the mayor of Weir.")
    two = open_text("Ada Byron is called a miller there. The inn is full.", "two.txt")
    items = [*evidence(one, 5), *evidence(two, 2, 4, passage_index=1)]
    quotes = summarise(analyse("What do both articles call Ada Byron?"), reading(items, 2), [one, two], 5)
    assert said(quotes, [one, two]) == ["Ada Byron is", "Ada Byron is"]


def test_the_reasons_announced_are_given_in_their_order() -> None:
    mill = open_text(
        "The mill closed for two reasons. First, flour came cheaper by rail. It cost half of what it had. "
        "Second, the river had silted up. The miller moved to Ham."
    )
    items = evidence(mill, 5, 2, 0, 2.5, 0)
    assert said(summarise(analyse("Why did the mill close?"), reading(items), [mill], 5), [mill]) == [
        "The mill closed",
        "First, flour came",
        "Second, the river",
    ]
    assert len(summarise(analyse("Who closed the mill?"), reading(items), [mill], 5)) == 1


def test_the_cause_comes_with_the_sentence_that_draws_its_consequence() -> None:
    mill = open_text("The mill is old. The river had silted up. As a result, the mill of Weir closed.")
    quotes = summarise(analyse("Why did the mill close?"), reading(evidence(mill, 0, 0, 5)), [mill], 5)
    assert said(quotes, [mill]) == ["The river had", "As a result,"]


def test_what_scores_far_below_the_best_is_no_item_and_no_other_thing() -> None:
    mill = open_text(
        "The mill closed for two reasons. First, flour came cheaper by rail. Bread was dear. Second, it snowed."
    )
    far = 5 - SELECTION.series_margin - 0.1
    quotes = summarise(analyse("Why did the mill close?"), reading(evidence(mill, 5, far, -9, 2)), [mill], 5)
    assert said(quotes, [mill]) == ["The mill closed", "Second, it snowed."]
    towns = open_text("Bread in Weir is dear. Bread in Ham is cheap.")
    for score, expected in ((5 - SELECTION.other_margin, 2), (5 - SELECTION.other_margin - 0.1, 1)):
        quotes = summarise(analyse("Is bread dearer in Weir or Ham?"), reading(evidence(towns, 5, score)), [towns], 5)
        assert len(quotes) == expected


def test_an_article_that_does_not_name_who_is_asked_for_is_not_quoted_for_it() -> None:
    one, two = open_text("Ada Byron is called the mayor."), open_text("Bo Lee is called a miller there.", "two.txt")
    items = [*evidence(one, 5), *evidence(two, 4, passage_index=1)]
    quotes = summarise(analyse("What do both articles call Ada Byron?"), reading(items, 2), [one, two], 5)
    assert said(quotes, [one, two]) == ["Ada Byron is"]


def test_a_question_for_one_fact_gets_two_sentences_at_most_however_alike_their_scores() -> None:
    quotes = summarise(analyse("Who is the mayor?"), reading(evidence(TOWN, 5, 5, 5, 5, 5)), [TOWN], 5)
    assert len(quotes) == SELECTION.fact.most == 2


def test_a_list_comes_with_what_introduces_it() -> None:
    trades = open_text(
        "The town lives from these trades:\n\n- milling of flour\n- baking of bread\n\nHam has no mill.\n"
    )
    quotes = summarise(analyse("List the trades of Weir"), reading(evidence(trades, 5, 2, 2, 0)), [trades], 5)
    assert said(quotes, [trades]) == ["The town lives", "milling of flour", "baking of bread"]


def test_of_sentences_as_good_the_one_with_more_of_the_question_is_chosen() -> None:
    weir = open_text("The river feeds the mill. The inn is full. A dog sleeps there. Ovens burn peat.")
    quotes = summarise(analyse("How do river and peat serve?"), reading(evidence(weir, 5, 0, 4.2, 4.1)), [weir], 2)
    assert said(quotes, [weir]) == ["The river feeds", "Ovens burn peat."]
    quotes = summarise(analyse("How does the river serve?"), reading(evidence(weir, 5, 0, 4.2, 4.1)), [weir], 2)
    assert said(quotes, [weir]) == ["The river feeds", "A dog sleeps"]


def test_of_sentences_as_good_the_one_beside_a_chosen_one_is_chosen() -> None:
    weir = open_text("Ducks sleep there. Ovens burn peat. The river feeds the mill. The inn is full.")
    quotes = summarise(analyse("How does that work?"), reading(evidence(weir, 4.2, 0, 5, 4.1)), [weir], 2)
    assert said(quotes, [weir]) == ["The river feeds", "The inn is"]


def test_of_sentences_as_good_the_one_that_says_something_new_is_chosen() -> None:
    weir = open_text(
        "The river Weir feeds mills daily. Ovens burn. The river Weir feeds ponds daily. Ducks sleep. Peat burns."
    )
    quotes = summarise(analyse("How does that work?"), reading(evidence(weir, 5, 0, 4.8, 0, 4.5)), [weir], 2)
    assert said(quotes, [weir]) == ["The river Weir", "Peat burns."]


@pytest.mark.parametrize(
    "before", ["Its mayor was elected in the spring of last year.\n\n", f"Its mayor was elected{' and elected' * 60}. "]
)
def test_what_stands_in_another_paragraph_or_is_long_is_not_brought_along(before: str) -> None:
    weir = open_text(f"{before}He promised to mend the bridge before the winter came to town.")
    quotes = summarise(analyse("What did he promise?"), reading(evidence(weir, 0, 9)), [weir], 5)
    assert said(quotes, [weir]) == ["He promised to"]


def test_after_the_best_its_document_is_quoted_in_its_order_then_others() -> None:
    a = open_text("Flour is dear in Weir. Rye is rare in town. Oats are cheap now. Barley is gone.", "a.txt")
    z = open_text("Ham has flour. Corn came by boat. Hops were sold there.", "z.txt")
    items = [*evidence(a, 4.6, 4.7, 0, 0), *evidence(z, 4.5, 0, 5, passage_index=1)]
    quotes = summarise(analyse("List the grains"), reading(items, 2), [a, z], 5)
    assert said(quotes, [a, z]) == ["Hops were sold", "Ham has flour.", "Flour is dear", "Rye is rare"]


def test_nothing_found_gives_nothing() -> None:
    assert summarise(analyse("Why?"), reading([]), [TOWN], 5) == ()


QUESTIONS = (
    "Why is the bridge closed?",
    "Who is the mayor of Weir?",
    "List the reasons",
    "Compare the mill and the bridge",
    "What do both articles say of Weir?",
    "Is the bridge at Weir or Ham?",
)


@given(
    st.lists(st.floats(-6, 6), min_size=9, max_size=9),
    st.integers(1, 5),
    st.sampled_from(QUESTIONS),
    st.sets(st.integers(0, 8), max_size=3),
)
def test_whatever_the_scores_each_sentence_is_cited_at_most_once_and_the_best_is_first(
    scores: list[float], most: int, question: str, sides: set[int]
) -> None:
    passages = [TOWN, SAME, COPY]
    items = [
        *evidence(TOWN, *scores[:5]),
        *evidence(SAME, *scores[5:7], passage_index=1),
        *evidence(COPY, *scores[7:], passage_index=2),
    ]
    must = tuple(items[number] for number in sorted(sides))
    quotes = summarise(analyse(question), reading(items, 3), passages, most, must)
    quoted = [(quote.evidence.passage_index, s.ordinal) for quote in quotes for s in quote.sentences]
    again = [(each.passage_index, each.sentence.ordinal) for quote in quotes for each in quote.also]
    assert 1 <= len(quoted) <= most
    assert len(quoted + again) == len(set(quoted + again))
    assert quotes[0].evidence.score == max(*scores)
    if len(must) < most:
        assert {(side.passage_index, side.sentence.ordinal) for side in must} <= set(quoted)
    for quote in quotes:
        ordinals = [sentence.ordinal for sentence in quote.sentences]
        assert ordinals == list(range(ordinals[0], ordinals[0] + len(ordinals)))
        assert quote.evidence.sentence == quote.sentences[-1]
    blocks = cite(quotes, passages)
    prove(shelf_of(*passages), blocks, None)
    numbers = [citation.number for block in blocks for citation in (*block.citations, *block.also)]
    assert numbers == list(range(1, len(numbers) + 1))
