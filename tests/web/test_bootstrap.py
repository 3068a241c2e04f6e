"""From settings to the answer side, and what happens where the index cannot be brought up to date."""

from pathlib import Path

import pytest

from index.errors import LockedError, NotFoundError, ReadOnlyError
from index.sync.lock import indexing
from qa.cleaning import clean_question
from web.bootstrap import open_answers, service_settings, sync_corpus, sync_if_possible
from web.settings.settings import Settings


def test_what_concerns_the_answer_side_is_handed_on() -> None:
    settings = Settings(
        data=Path("d"),
        embedding_model="m",
        allow_download=True,
        tokenizer="r",
        passage_tokens=99,
        overlap_sentences=3,
        parse_seconds=5,
        parse_memory_mb=300,
        threshold=0.4,
    )
    handed = service_settings(settings)
    assert handed.data_folder == Path("d")
    for field in ("embedding_model", "allow_download", "tokenizer", "passage_tokens", "overlap_sentences", "threshold"):
        assert getattr(handed, field) == getattr(settings, field)
    assert (handed.parse_seconds, handed.parse_memory_mb) == (5, 300)


def test_the_corpus_must_be_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for name in ("nowhere", "file"):
        with pytest.raises(NotFoundError, match=name):
            sync_corpus(Settings(corpus=tmp_path / name))


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ReadOnlyError, match="file/inside"):
        sync_corpus(Settings(corpus=tmp_path, data=tmp_path / "file" / "inside"))


def test_while_another_process_indexes_what_is_there_is_served(seeds_settings: Settings) -> None:
    with indexing(seeds_settings.data_folder):
        report, why_not = sync_if_possible(seeds_settings)
        assert report is None
        assert "is indexing" in why_not
        with open_answers(seeds_settings) as service:
            assert len(service.sources()) == 5
    report, why_not = sync_if_possible(seeds_settings)
    assert report is not None
    assert (report.documents, report.embedded, why_not) == (5, 0, "")


def test_an_empty_folder_is_indexed_and_can_be_opened(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    settings = Settings(corpus=tmp_path / "empty")
    report, _ = sync_if_possible(settings)
    assert report is not None
    assert report.documents == 0
    assert report.warnings
    with open_answers(settings) as service:
        reply = service.ask(clean_question("What is here?"))
    assert (reply.answered, reply.passages) == (False, ())


def test_where_nothing_was_indexed_yet_there_is_nothing_to_serve(tmp_path: Path) -> None:
    settings = Settings(corpus=tmp_path, data=tmp_path / "data")
    with pytest.raises(NotFoundError):
        open_answers(settings)
    settings.data_folder.mkdir()
    with indexing(settings.data_folder), pytest.raises(LockedError):
        sync_if_possible(settings)
