import pytest

from index.sentences.context import sentence_query
from index.sentences.markup import sentence_text
from index.types import Document, Field, Metadata, Range, Sentence


@pytest.mark.parametrize(("title", "queried"), [("One two three four five six", True), ("A b c d e f g", False)])
def test_a_sentence_is_embedded_after_a_title_of_at_most_six_words(title: str, queried: bool) -> None:
    text = f"{title}\n\nThe *mill* stood\nthere."
    document = Document("d", "d.txt", "", text, "text", "utf-8", (), Metadata(Field(title, 0, len(title))))
    sentence = Sentence(1, 1, (Range(len(title) + 2, len(title) + 12), Range(len(title) + 12, len(text))))
    assert sentence_text(document, sentence) == "The mill stood there."
    assert sentence_query(document, sentence) == (f"{title}: " if queried else "") + "The mill stood there."
