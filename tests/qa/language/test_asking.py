import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.search.lexical import Analyzer
from qa.language.asking import is_plain_question, is_question, missing_words

ANALYZER = Analyzer()


@pytest.mark.parametrize(
    ("text", "asks", "plainly"),
    [
        ("Who was sent to Weir in May?", True, True),
        ("and in 2024?", True, True),
        ("why?", True, False),
        ("two words?", True, False),
        ("three words now?", True, True),
        ("and where", False, False),
        ("And what about the trade", True, False),
        ("what did Ada say of it", True, False),
        ("list the areas of cooperation", True, False),
        ("Thanks!", False, False),
        ("thank you, that is what I needed", False, False),
        ("I think so.", False, False),
        ("Is that so? I did not know.", True, False),
        ("谁去了中国？", True, False),
        ("(who went to Weir?)", True, True),
        ("https://x.example/?q=1", False, False),
        ("", False, False),
    ],
)
def test_asking_is_told_from_other_talk(text: str, asks: bool, plainly: bool) -> None:
    assert (is_question(text), is_plain_question(text)) == (asks, plainly)


@given(st.text())
def test_a_plain_question_is_a_question(text: str) -> None:
    assert is_question(text) or not is_plain_question(text)


@pytest.mark.parametrize(
    ("question", "texts", "missing"),
    [
        ("What was the weather in Samarkand?", ["It was in Samarkand."], ("weather",)),
        ("Was the Château visited?", ["the chateau", "a visit"], ()),
        ("How many ships sank in 1923?", ["The ship sank."], ("1923",)),
        ("Is 7 the number?", ["a number"], ("7",)),
        ("Who?", ["Nothing."], ()),
        ("東京の天気は？", ["東京の話は"], ("天気",)),
        ("What of zeppelins, ab bc zeppelins?", ["ships"], ("zeppelins",)),
        ("ox yak", ["ships"], ("yak",)),
        ("According to whom does that mean harbour?", ["ships"], ("harbour",)),
        ("What's Ada’s harbour?", ["Ada wrote."], ("harbour",)),
        ("harbours", ["the harbourside"], ()),
        ("amber brass cedar drum ember", ["ships"], ("amber", "brass", "cedar", "drum")),
        ("harbour", [], ()),
        ("harbour", ["", " "], ()),
    ],
)
def test_words_that_no_text_has_are_missing_and_no_others(
    question: str, texts: list[str], missing: tuple[str, ...]
) -> None:
    assert missing_words(question, texts, ANALYZER) == missing


@given(st.text(), st.lists(st.text(), max_size=3))
def test_what_is_missing_is_of_the_question_and_in_no_text(question: str, texts: list[str]) -> None:
    found = missing_words(question, texts, ANALYZER)
    assert len(found) <= 4
    for word in found:
        assert word in question
        assert not any(word in text for text in texts)
    assert missing_words(question, [*texts, question], ANALYZER) == ()
