"""An abstention says where the question's words stand in text that was left out."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from index.corpus import Corpus
from index.store.store import FILE_NAME, Store
from index.sync.sync import sync
from qa.confidence import Calibration
from qa.pipeline import Answerer
from qa.reading.linear import FeatureReader, load_weights
from qa.types import AskOptions
from tests.small_model import small_pipeline
from web.rendering.plain import LEFT_OUT, plain_reply

PROSE = (
    "The old mill by the river was rebuilt after the flood of 1931, and the new wheel turned for another forty years "
    "before the power line came."
)
PAGE = f"{PROSE}\n\n{PROSE}\n\nSubscribe to our newsletter about watermills and turbines.\n"
HIDDEN = f"# Mill\n\n{PROSE}\n\n<!-- The turbines newsletter about watermills is late. -->\n"
QUESTION = "Who writes the newsletter about watermills and turbines?"
NEVER = Calibration(intercept=0.0, weights={}, threshold=1.0)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    folder: Path = tmp_path_factory.mktemp("pages")
    (folder / "page.txt").write_text(PAGE, encoding="utf-8")
    (folder / "hidden.md").write_text(HIDDEN, encoding="utf-8")
    data = tmp_path_factory.mktemp("data")
    with Store.open(data / FILE_NAME) as store:
        sync(folder, store, small_pipeline())
    with Corpus.open(data, small_pipeline()) as opened:
        yield opened


def answerer(corpus: Corpus, calibration: Calibration = NEVER) -> Answerer:
    return Answerer(corpus, FeatureReader(corpus, load_weights()), calibration, None)


def test_left_out_text_is_named_and_linked_to_and_comments_are_not(corpus: Corpus) -> None:
    reply = answerer(corpus).ask(QUESTION)
    (found,) = reply.left_out
    text = corpus.document(found.document_id).text
    assert text[found.start_char_index : found.end_char_index].startswith("Subscribe to our newsletter")
    assert (found.source, bool(found.reason)) == ("page.txt", True)
    assert found.url.endswith(f"#char={found.start_char_index},{found.end_char_index}")
    shown = plain_reply(reply, "http://here")
    assert LEFT_OUT in shown
    assert f"http://here{found.url}" in shown


def test_what_may_not_be_read_is_not_named(corpus: Corpus) -> None:
    assert answerer(corpus).ask(QUESTION, options=AskOptions(sources=("hidden.md",))).left_out == ()
    assert answerer(corpus.limited(("hidden.md",))).ask(QUESTION).left_out == ()


def test_few_of_the_words_are_not_enough_and_an_answer_names_nothing(corpus: Corpus) -> None:
    assert answerer(corpus).ask("Who paid for the newsletter, the bridge, the canal and the harbour?").left_out == ()
    assert answerer(corpus, replace(NEVER, threshold=0.0)).ask(QUESTION).left_out == ()
