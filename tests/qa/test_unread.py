"""Which files that were not read are named where there is no answer."""

from collections.abc import Iterator

import pytest

from index.corpus import Corpus
from index.store.store import FILE_NAME, Store
from index.sync.sync import sync
from index.unread import UnreadFile
from qa.unread import LIMITS, unread_matches
from tests.small_model import small_pipeline

NAMES = ("2019-report.pdf", "PriceList_turnips.pdf", "sub/tide tables 2019.pdf", "scan.pdf", "report (2).pdf")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    base = tmp_path_factory.mktemp("unread")
    (base / "corpus").mkdir()
    (base / "data").mkdir()
    (base / "corpus" / "mill.txt").write_text("The mill at Aulnay grinds oats.")
    with Store.open(base / "data" / FILE_NAME) as store:
        sync(base / "corpus", store, small_pipeline())
        store.about.put_unread([UnreadFile(name, "no text", f"{name} holds no text.") for name in sorted(NAMES)])
    with Corpus.open(base / "data", small_pipeline()) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("What does the report of 2019 say?", ["2019-report.pdf", "report (2).pdf", "sub/tide tables 2019.pdf"]),
        ("What is the price of a turnip?", ["PriceList_turnips.pdf"]),
        ("When is high tide?", ["sub/tide tables 2019.pdf"]),
        ("Who is the miller?", []),
        ("What is it?", []),
    ],
)
def test_those_that_share_most_words_come_first(corpus: Corpus, question: str, named: list[str]) -> None:
    assert [file.source for file in unread_matches(question, corpus, ())] == named
    assert len(named) <= LIMITS.matches


def test_only_files_that_may_be_asked_are_named(corpus: Corpus) -> None:
    assert [file.source for file in unread_matches("The report of 2019?", corpus, ("sub/*",))] == [
        "sub/tide tables 2019.pdf"
    ]
    part = corpus.limited(("sub/*",))
    assert [file.source for file in part.unread()] == ["sub/tide tables 2019.pdf"]
