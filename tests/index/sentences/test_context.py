import pytest

from index.language.lexicon import TASK_STATES
from index.readers import read
from index.sentences.context import read_text, sentence_query
from index.sentences.markup import sentence_text
from index.sentences.segmenter import split_sentences
from index.types import Document, Field, Metadata, Range, Sentence, UnitKind


@pytest.mark.parametrize(("title", "queried"), [("One two three four five six", True), ("A b c d e f g", False)])
def test_a_sentence_is_embedded_after_a_title_of_at_most_six_words(title: str, queried: bool) -> None:
    text = f"{title}\n\nThe *mill* stood\nthere."
    document = Document("d", "d.txt", "", text, "text", "utf-8", (), Metadata(Field(title, 0, len(title))))
    sentence = Sentence(1, 1, (Range(len(title) + 2, len(title) + 12), Range(len(title) + 12, len(text))))
    assert sentence_text(document, sentence) == "The mill stood there."
    assert sentence_query(document, sentence) == (f"{title}: " if queried else "") + "The mill stood there."


def test_a_box_is_read_by_what_it_says() -> None:
    text = "# Move\n\n- [x] Order desks.\n- [ ] Book the movers.\n"
    document = read(text.encode(), "a.md", "d")
    done, left = [unit for unit in split_sentences(text, document.blocks) if unit.kind is UnitKind.ITEM]
    assert read_text(document, done) == f"{TASK_STATES['[x]']}: Order desks."
    assert read_text(document, left) == f"{TASK_STATES['[ ]']}: Book the movers."


@pytest.mark.parametrize(
    ("heading", "read_before"),
    [
        ("One two three four five six", True),
        ("One two three four five six seven", False),
        ("Are all seven of them asked?", True),
    ],
)
def test_no_headline_is_read_before_running_text(heading: str, read_before: bool) -> None:
    text = f"# Move\n\n## {heading}\n\nThe desks are here.\n\n- The lamps are not.\n"
    document = read(text.encode(), "a.md", "d")
    *_, prose, item = split_sentences(text, document.blocks)
    spoken = f"{heading}{' ' if heading.endswith('?') else ': '}"
    assert read_text(document, prose) == (spoken if read_before else "") + "The desks are here."
    assert read_text(document, item) == f"{spoken}The lamps are not."
