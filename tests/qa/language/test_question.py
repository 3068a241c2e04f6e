import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.lexicon import FUNCTION_WORDS
from qa.language.question import AnswerType, analyse, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Who painted the ceiling?", AnswerType.PERSON),
        ("Which minister signed it?", AnswerType.PERSON),
        ("Who was the mayor?", AnswerType.PERSON),
        ("Who is Ada Byron?", AnswerType.DEFINITION),
        ("who was ada", AnswerType.DEFINITION),
        ("Which treaty does the author praise?", AnswerType.NAME),
        ("When was the bridge opened?", AnswerType.DATE),
        ("In what year did the war end?", AnswerType.DATE),
        ("bridge opening year", AnswerType.DATE),
        ("How many bridges cross the river?", AnswerType.NUMBER),
        ("What percentage of voters stayed at home?", AnswerType.NUMBER),
        ("Where is the river's source?", AnswerType.PLACE),
        ("Which country has the longest coast?", AnswerType.PLACE),
        ("Why did the bridge fall?", AnswerType.REASON),
        ("For what reason was the bridge closed?", AnswerType.REASON),
        ("How is steel made?", AnswerType.MANNER),
        ("What is a suspension bridge?", AnswerType.DEFINITION),
        ("what's tensile strength", AnswerType.DEFINITION),
        ("What was she afraid of?", AnswerType.OTHER),
        ("Which areas does the plan cover?", AnswerType.LIST),
        ("Is the bridge open?", AnswerType.YES_NO),
        ("What on earth happened when the ship came in?", AnswerType.OTHER),
        ("tell me of the bridge", AnswerType.OTHER),
    ],
)
def test_the_form_of_a_question_tells_what_it_asks_for(text: str, expected: AnswerType) -> None:
    assert analyse(text).answer_type is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("When did the report on the bridge come out?", "date"),
        ("when was the piece about the bridge written", "date"),
        ("How recent is the article?", "date"),
        ("publication date", "date"),
        ("who was the author", "author"),
        ("Who wrote it?", "author"),
        ("whose article is the one on bridges", "author"),
        ("Who published the leaflet?", "publisher"),
        ("what is the title", "title"),
        ("Who wrote the Hymn of the Bridge?", None),
        ("When was the treaty published?", None),
        ("When did the sun come out?", None),
        ("Who has the title of mayor?", None),
    ],
)
def test_what_is_asked_of_a_document_itself_is_told(text: str, expected: str | None) -> None:
    assert analyse(text).document_field == expected


def test_content_words_are_what_the_question_is_about() -> None:
    assert analyse("Who was the first Mayor of the old town, and of the town's port?").content == (
        "first",
        "mayor",
        "old",
        "town",
        "port",
    )


def test_a_question_of_function_words_keeps_them() -> None:
    assert analyse("Why is that so?").content == ("why", "is", "that", "so")


@given(st.text())
def test_any_text_can_be_analysed(text: str) -> None:
    question = analyse(text)
    assert set(question.content) <= set(words(text))
    assert len(question.content) == len(set(question.content))
    if any(word not in FUNCTION_WORDS for word in words(text)):
        assert not FUNCTION_WORDS & set(question.content)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("When did Acme open its plant in Krakow?", ("Acme", "Krakow")),
        ("Hello there! Hope you are well. Could you tell me where Ada lives?", ("Ada",)),
        ("Who met Dr. Smith in Paris?", ("Dr", "Smith", "Paris")),
    ],
)
def test_a_sentences_first_word_is_no_name_for_its_capital(text: str, names: tuple[str, ...]) -> None:
    assert analyse(text).names == names
