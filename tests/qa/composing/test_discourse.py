import pytest

from qa.composing.discourse import ReadSentence, concludes, continues, is_item, leans, series
from tests.reading import open_text, text_of


def places(text: str, source: str = "notes.txt") -> dict[int, ReadSentence]:
    opened = open_text(text, source)
    return {s.ordinal: ReadSentence(opened.document, s, text_of(opened, s)) for s in opened.sentences}


def members(text: str, ordinal: int) -> list[int]:
    return [place.sentence.ordinal for place in series(places(text), ordinal)]


REASONS = (
    "The mill closed for two reasons. First, flour came cheaper by rail. It cost half of what it had. "
    "Second, the river had silted up. The miller moved to Ham. First, he sold the stones. Finally, he sold the house."
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He promised to mend it.", True),
        ("“These are the stones.", True),
        ("But they came back.", True),
        ("It is clear that the mill will close.", False),
        ("It seems likely that the mill will close.", False),
        ("It is the oldest mill of the county.", True),
        ("The mill is old.", False),
        ("Italy is far.", False),
    ],
)
def test_what_leans_opens_with_what_stands_for_something_before(text: str, expected: bool) -> None:
    assert leans(text) is expected


def test_consequences_and_items_are_told_by_their_opening() -> None:
    assert concludes("As a result, the mill closed.")
    assert concludes("So the mill closed.")
    assert not concludes("So far the mill is open.")
    assert continues("On the other hand, bread is cheap.")
    assert continues("The second reason is the river.")
    assert not continues("Second Street is closed.")
    assert not is_item("First Lady Ann Lee came to Weir.")
    assert is_item("One reason is the river.")


def test_a_series_is_its_items_from_wherever_it_is_entered() -> None:
    assert members(REASONS, 0) == [1, 3]
    assert members(REASONS, 1) == [3]
    assert members(REASONS, 3) == [1]
    assert members(REASONS, 5) == [6]
    assert members(REASONS, 4) == []


def test_reasons_that_are_counted_and_not_marked_are_the_sentences_after() -> None:
    text = "There are two reasons. Flour came cheaper by rail. The river had silted up. The miller moved to Ham."
    assert members(text, 0) == [1, 2]


def test_a_list_has_what_introduces_it() -> None:
    trades = "- milling of flour\n- baking of bread\n- mending of boats"
    text = f"The town of Weir lives from these trades:\n\n{trades}\n\nHam has no mill at all.\n"
    assert members(text, 0) == [1, 2, 3]
    assert members(text, 2) == [0, 1, 3]
    assert members(text, 4) == []


def test_a_heading_ends_a_series() -> None:
    text = "# The mill\n\nFirst, flour came cheaper by rail.\n\n# The river\n\nSecond, the river had silted up.\n"
    found = places(text, "notes.md")
    first = next(number for number, place in found.items() if place.text.startswith("First"))
    assert [place.text for place in series(found, first)] == []
    without = places(text.replace("# The river\n\n", ""), "notes.md")
    assert [place.text for place in series(without, first)] == ["Second, the river had silted up."]


def test_what_was_not_read_is_no_member() -> None:
    found = places(REASONS)
    del found[2]
    assert series(found, 0) == (found[1],)
