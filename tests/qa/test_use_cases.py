"""What surfaces rely on, of the real use cases and of the fake ones alike."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest

from index.errors import NotFoundError, UnavailableError
from qa.cleaning import clean_question
from qa.service import Service
from qa.types import Claim, Event, Interpreted, Requester, ShortAnswerFound
from qa.use_cases import UseCases
from tests.fakes import FakeService

QUESTION = clean_question("What is the boiling point of tungsten?")  # nothing that is indexed here answers it


@pytest.fixture(params=["real", "fake"])
def cases(request: pytest.FixtureRequest, service: Service) -> UseCases:
    return service if request.param == "real" else FakeService()


def test_a_question_has_its_own_reply_and_its_events_come_in_order(cases: UseCases) -> None:
    heard: list[Event] = []
    reply = cases.ask(QUESTION, "a-conversation", listener=heard.append)
    assert (reply.question, reply.conversation_id, reply.answered) == (QUESTION, "a-conversation", False)
    assert reply.index_version == cases.index_state().version
    assert isinstance(heard[0], Interpreted)
    assert isinstance(heard[-1], ShortAnswerFound)
    assert cases.ask(QUESTION).conversation_id, "it begins one where none is named"


def test_a_preview_is_the_same_outside_any_conversation(cases: UseCases) -> None:
    preview = cases.preview(QUESTION)
    assert (preview.question, preview.conversation_id, preview.answered) == (QUESTION, "", False)


def test_documents_are_listed_by_path_and_found_by_path_and_id(cases: UseCases) -> None:
    sources = cases.sources()
    assert [each.source for each in sources] == sorted(each.source for each in sources)
    assert cases.refreshed() == cases.index_state()
    assert cases.index_state().documents == len(sources)
    for each in sources:
        assert cases.find_source(each.source) == cases.find_source(each.document_id) == each
    assert set(cases.times_cited()) <= {each.document_id for each in sources}


def test_what_is_not_there_is_refused_or_said_to_be_gone(cases: UseCases) -> None:
    assert cases.find_source("nowhere.txt") is None
    for look in (cases.document, cases.document_passages):
        with pytest.raises(NotFoundError):
            look("no-such-document")
    with pytest.raises(NotFoundError):
        cases.summarise("no-such-document", 3)
    with pytest.raises(NotFoundError):
        cases.passage(-1)
    assert cases.verify(Claim("no-such-document", 0, 4, "Text")).status == "gone"


def test_conversations_are_kept_or_it_is_said_that_they_are_not(cases: UseCases) -> None:
    for look in (cases.past_reply, cases.conversation, cases.delete_conversation, cases.delete_feedback):
        with pytest.raises((NotFoundError, UnavailableError)):
            look("no-such-id")
    with pytest.raises((NotFoundError, UnavailableError)):
        cases.give_feedback("no-such-id", "helpful")
    with pytest.raises((NotFoundError, UnavailableError)):
        cases.keep_question("no-such-id")
    with suppress(UnavailableError):
        assert cases.turns("no-such-id") == ()
        assert cases.feedback_on_reply("no-such-id") == ()
        assert cases.delete_older(datetime(2000, 1, 1, tzinfo=UTC)) == 0


def test_a_search_for_suggestions_comes_to_an_end(cases: UseCases) -> None:
    search = cases.first_questions(("no-such-folder/*",))
    assert cases.first_questions(("no-such-folder/*",)) is search, "it goes on where it was"
    search.step()
    assert search.known.complete
    assert search.known.questions == ()


def test_another_requester_has_the_same_cases(cases: UseCases) -> None:
    other = cases.for_requester(Requester("other", is_admin=False))
    assert other.sources() == cases.sources()
    assert other.preview(QUESTION).answered is False
