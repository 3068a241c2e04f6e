"""Every number that composing steers by, at its edge: just within and just beyond."""

import pytest

from qa.composing.conflicts import sides
from qa.composing.discourse import ReadSentence, series
from qa.composing.limits import CONFLICT, REPETITION, SELECTION, SERIES
from qa.composing.redundancy import repeats, saying
from qa.composing.selection import summarise
from qa.composing.statements import statement, topic_of
from qa.language.question import analyse
from tests.qa.composing.test_conflicts import LOCK, WORDS, read, told
from tests.reading import evidence, open_text, reading, text_of


def states(question: str, text: str) -> bool:
    """Whether the sentence with the [value] is about what is asked."""
    found, opened = read(text)
    return statement(topic_of(analyse(question), WORDS), found.spans[0], found, opened, WORDS) is not None


# All content words here have stems of six letters or more, and so the same rarity.


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [("The copper turbine came in [1821].", True), ("The copper pot came in [1821].", False)],
)
def test_a_statement_has_half_of_what_the_question_is_about(sentence: str, expected: bool) -> None:
    assert CONFLICT.least_recall == 0.5
    assert states("When was the copper turbine workshop finished?", sentence) is expected


@pytest.mark.parametrize(
    ("names", "expected"),
    [("Halden, Ludlow, Tarnby, Wexley", True), ("Halden, Ludlow, Tarnby", False)],
)
def test_a_fifth_of_the_names_may_be_missing(names: str, expected: bool) -> None:
    assert CONFLICT.most_names_missing == 0.2
    question = "When did Halden, Ludlow, Tarnby, Wexley and Norham sign the treaty?"
    assert states(question, f"{names} signed the treaty in [1821].") is expected


ROOM = "copper turbine walnut ladder velvet carpet basket pillar garden"


@pytest.mark.parametrize(("left_out", "count"), [(3, 2), (4, 0)])
def test_of_two_statements_one_may_have_three_tenths_of_the_question_alone(left_out: int, count: int) -> None:
    assert CONFLICT.most_apart == 0.3
    fewer = " ".join(ROOM.split()[left_out:])
    one, other = f"The {ROOM} was finished in [1821].", f"The {fewer} was finished in [1823]."
    assert len(told(f"When was the {ROOM} finished?", one, other)) == count


@pytest.mark.parametrize(("one", "other", "count"), [("", "", 2), ("indoors ", "upstairs ", 0)])
def test_one_file_contradicts_itself_where_three_fifths_of_a_sentence_are_said_again(
    one: str, other: str, count: int
) -> None:
    assert CONFLICT.least_restated == 0.6
    text = (
        f"The copper turbine was finished slowly yesterday {one}in [1821]. It rained. "
        f"The copper turbine was finished loudly tomorrow {other}in [1823]."
    )
    assert len(told("When was the copper turbine finished?", text)) == count


@pytest.mark.parametrize(("alike", "count"), [(CONFLICT.most_spans - 1, 2), (CONFLICT.most_spans, 0)])
def test_so_many_spans_are_looked_at(alike: int, count: int) -> None:
    assert CONFLICT.most_spans == 24
    texts = ["The Weir lock was opened in [1821]."] * alike + ["The Weir lock was opened in [1823]."]
    found, opened = read(*texts, scores=tuple(-0.05 * number for number in range(alike + 1)))
    question = analyse(LOCK)
    from_all = [statement(topic_of(question, WORDS), span, found, opened, WORDS) for span in found.spans]
    assert all(from_all)
    assert len(sides(question, found, opened, WORDS)) == count


@pytest.mark.parametrize(("many", "expected"), [("small rich old cold", True), ("small rich old cold wet", False)])
def test_what_is_counted_is_among_the_five_words_after_the_number(many: str, expected: bool) -> None:
    assert CONFLICT.longest_noun == 5
    sentence = f"[25] {many} states signed the Orrin treaty."
    assert states("How many states signed the Orrin treaty?", sentence) is expected


@pytest.mark.parametrize(("values", "count"), [((1821, 1823, 1825), 3), ((1821, 1823, 1825, 1827), 0)])
def test_three_sides_at_most(values: tuple[int, ...], count: int) -> None:
    assert CONFLICT.most_sides == 3
    assert len(told(LOCK, *(f"The Weir lock was opened in [{value}]." for value in values))) == count


@pytest.mark.parametrize(
    ("new", "said", "expected"),
    [
        ("ovens burn peat", "ovens burn peat mills grind flour", True),  # half
        ("ovens burn peat", "ovens burn peat mills grind flour daily", False),
        ("ovens burn peat daily", "ovens burn peat", True),  # three quarters
        ("ovens burn peat daily loudly", "ovens burn peat", False),
        ("ovens burn", "ovens burn peat", False),  # fewer than three words
    ],
)
def test_a_sentence_is_said_again_by_half_of_it_or_with_a_third_more(new: str, said: str, expected: bool) -> None:
    assert (REPETITION.shortened, REPETITION.lengthened, REPETITION.fewest) == (0.5, 0.75, 3)
    assert repeats(saying(new), saying(said)) is expected


def _document(text: str) -> dict[int, ReadSentence]:
    opened = open_text(text)
    return {s.ordinal: ReadSentence(opened.document, s, text_of(opened, s)) for s in opened.sentences}


@pytest.mark.parametrize(("between", "found"), [(SERIES.item_reach - 1, 1), (SERIES.item_reach, 0)])
def test_items_of_a_series_stand_so_near(between: int, found: int) -> None:
    assert SERIES.item_reach == 8
    filler = "It snowed. " * between
    items = series(_document(f"First, flour came by rail. {filler}Second, the river silted up."), 0)
    assert len(items) == found


def test_a_list_is_told_so_far_on_either_side() -> None:
    assert SERIES.longest_series == 20
    listed = "\n".join(f"- mill number {number} of them" for number in range(60))
    places = _document(f"The mills of the town are:\n\n{listed}\n")
    assert len(series(places, 15)) == 1 + 14 + SERIES.longest_series
    assert series(places, 30) == ()  # what introduces it is too far away


@pytest.mark.parametrize(("length", "sentences"), [(SELECTION.longest_run, 2), (SELECTION.longest_run + 1, 1)])
def test_a_run_of_sentences_is_so_long(length: int, sentences: int) -> None:
    assert SELECTION.longest_run == 700
    leaning = "He promised to mend the bridge."
    opening = "The mayor was " + "v" * (length - len("The mayor was ") - len(leaning) - 2) + ". "
    town = open_text(opening + leaning)
    (quote, *_) = summarise(analyse("What did he promise?"), reading(evidence(town, 0, 9)), [town], 5)
    assert len(quote.sentences) == sentences


def test_a_run_has_four_sentences_at_most() -> None:
    assert SELECTION.longest_lean == 4
    mill = open_text(
        "The mill closed. First, flour came by rail. Second, the river silted up. Third, it snowed. "
        "Fourth, bread was dear. Fifth, the miller died."
    )
    (quote, *_) = summarise(analyse("Why did the mill close?"), reading(evidence(mill, 0, 0, 0, 0, 0, 9)), [mill], 9)
    assert len(quote.sentences) == 4


@pytest.mark.parametrize(
    ("question", "margin", "most"),
    [("Who is the mayor?", 0.7, 2), ("Why is the mill shut?", 1.5, 4), ("List the trades", 2.0, 5)],
)
def test_so_far_below_the_best_a_sentence_may_lie(question: str, margin: float, most: int) -> None:
    measure = {2: SELECTION.fact, 4: SELECTION.open, 5: SELECTION.list}[most]
    assert (measure.margin, measure.most) == (margin, most)
    texts = [
        "Ovens burn peat.",
        "Ducks sleep there.",
        "Rain fell again.",
        "Dogs bark loudly.",
        "Birds sing.",
        "Carts roll.",
    ]
    opened = [open_text(text, f"{number}.txt") for number, text in enumerate(texts)]
    for gap, count in ((margin - 0.01, 2), (margin + 0.01, 1)):
        items = [*evidence(opened[0], 5), *evidence(opened[1], 5 - gap, passage_index=1)]
        assert len(summarise(analyse(question), reading(items, 2), opened[:2], 9)) == count
    items = [item for number, each in enumerate(opened) for item in evidence(each, 5, passage_index=number)]
    assert len(summarise(analyse(question), reading(items, 6), opened, 9)) == most
