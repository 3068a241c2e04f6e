"""How often is read: the same words once, however many parts of a question share them."""

from collections.abc import Iterator, Sequence

import pytest

from qa.bootstrap import Parts, ServiceSettings, index_folder, open_parts
from qa.confidence import load_calibration
from qa.language.question import Question
from qa.lookup import READINGS_KEPT, Lookup
from qa.reading.reader import OpenPassage, Reader, Reading
from qa.types import AskOptions


class Counting:
    """Implements `Reader` by another, and notes what it is given to read."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.name = reader.name
        self.read_for: list[str] = []

    def read(self, question: Question, passages: Sequence[OpenPassage]) -> Reading:
        self.read_for.append(question.text)
        return self._reader.read(question, passages)


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parts]:
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "ferry.md").write_text("# Ferry\n\nThe ferry of Weir sails on Sundays.\n")
    settings = ServiceSettings(data_folder=tmp_path_factory.mktemp("data"))
    index_folder(folder, settings)
    with open_parts(settings) as opened:
        yield opened


def test_the_same_words_are_read_once_and_others_by_themselves(parts: Parts) -> None:
    counting = Counting(parts.reader)
    lookup = Lookup(parts.corpus, counting, load_calibration())
    first = lookup.read("When does the ferry sail?", AskOptions())
    assert lookup.read("When does the ferry sail?", AskOptions()) == first
    assert counting.read_for == ["When does the ferry sail?"]
    lookup.read("When does the ferry sail?", AskOptions(sources=("ferry.md",)))
    lookup.read("When does the ferry sail?", AskOptions(top_k=3))
    assert len(counting.read_for) == 3, "of other documents, and so many of them, it is another reading"
    for number in range(READINGS_KEPT):
        lookup.read(f"Who is number {number}?", AskOptions())
    lookup.read("When does the ferry sail?", AskOptions())
    assert counting.read_for[-1] == "When does the ferry sail?", "not more are kept"
