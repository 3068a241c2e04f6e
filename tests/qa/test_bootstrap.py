"""The real parts put together: what settings do, and what is done where a folder takes nothing."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from index.errors import NotFoundError, SettingsError, UnavailableError
from qa.bootstrap import ServiceSettings, open_answerer, open_pipeline, open_service
from qa.cleaning import clean_question
from qa.confidence import load_calibration
from qa.conversations.history import FILE_NAME as HISTORY_FILE
from qa.service import Service
from qa.types import AskOptions
from tests.replies import ENVOY, NOWHERE
from web.bootstrap import service_settings
from web.settings.settings import Settings

NOTHING = AskOptions(sources=("nothing/*",))  # no model is needed to find nothing


@pytest.fixture
def shared(seeds_settings: Settings) -> ServiceSettings:
    return service_settings(seeds_settings)


@pytest.fixture(scope="module")
def homeless(seeds_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service that never abstains and has no place for its history."""
    file = tmp_path_factory.mktemp("homeless") / "file"
    file.touch()
    settings = replace(service_settings(seeds_settings), threshold=0.0, history_folder=file / "inside")
    with open_service(settings) as service:
        yield service


def test_a_history_that_cannot_be_kept_costs_no_answer(homeless: Service) -> None:
    reply = homeless.ask(clean_question(ENVOY))
    assert "Takaya Imai" in reply.content[0].text
    follow_up = homeless.ask(clean_question("Why was he sent there?"), reply.conversation_id)
    assert follow_up.interpreted_as is None, "nothing is known of the question before"
    with pytest.raises(UnavailableError, match="Conversations are not kept"):
        homeless.conversations()


def test_a_bar_of_nothing_answers_whatever_is_asked(homeless: Service, service: Service) -> None:
    freely, calibrated = homeless.ask(clean_question(NOWHERE[0])), service.ask(clean_question(NOWHERE[0]))
    assert (freely.answered, calibrated.answered) == (True, False)
    assert freely.confidence == calibrated.confidence < load_calibration().threshold


def test_a_bar_of_one_answers_next_to_nothing(shared: ServiceSettings, tmp_path: Path) -> None:
    with open_service(replace(shared, threshold=1.0, history_folder=tmp_path)) as service:
        reply = service.ask(clean_question(ENVOY))
        assert (reply.answered, reply.content) == (False, ())
        assert reply.passages


def test_histories_are_kept_where_they_are_told_to_be(shared: ServiceSettings, tmp_path: Path) -> None:
    with open_service(replace(shared, history_folder=tmp_path)) as service:
        reply = service.ask(clean_question("Where?"), options=NOTHING)
        assert service.turns(reply.conversation_id)[0].reply == reply
    assert (tmp_path / HISTORY_FILE).is_file()
    with open_service(shared) as other:
        assert other.turns(reply.conversation_id) == ()


def test_nothing_indexed_is_said_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="footnote index"):
        open_service(ServiceSettings(data_folder=tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_settings_reach_the_pipeline(tmp_path: Path) -> None:
    settings = ServiceSettings(data_folder=tmp_path)
    plain = open_pipeline(settings).fingerprint
    assert open_pipeline(settings).fingerprint == plain
    assert open_pipeline(replace(settings, passage_tokens=90)).fingerprint != plain
    assert open_pipeline(replace(settings, overlap_sentences=0)).fingerprint != plain
    with pytest.raises(SettingsError, match="no-such-tokenizer"):
        open_pipeline(replace(settings, tokenizer="no-such-tokenizer"))


def test_a_folder_is_indexed_and_answered_from_as_it_is_now(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "ferry.txt").write_text("The ferry to Oland leaves at nine.\n", encoding="utf-8")
    (documents / "broken.md").write_bytes(b"\x00\x01\x02\xff" * 64)
    with caplog.at_level(logging.WARNING, logger="qa.bootstrap"), open_answerer(str(documents)) as answerer:
        (first,) = answerer.search("When does the ferry leave?")
        assert (first.source, first.text) == ("ferry.txt", "The ferry to Oland leaves at nine.")
    assert "broken.md is left out" in caplog.text
    assert (tmp_path / ".footnote").is_dir()
    (documents / "ferry.txt").write_text("The ferry to Oland leaves at ten.\n", encoding="utf-8")
    elsewhere = ServiceSettings(data_folder=tmp_path / "elsewhere")
    for settings in (None, elsewhere):
        with open_answerer(documents, settings) as answerer:
            assert [each.text for each in answerer.search("ferry")] == ["The ferry to Oland leaves at ten."]
    assert elsewhere.data_folder.is_dir()


def test_where_there_is_no_folder_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="nowhere"), open_answerer(tmp_path / "nowhere"):
        pass
    assert list(tmp_path.iterdir()) == []
