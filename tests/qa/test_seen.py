"""What a requester may see: for one limited to some documents it is as if there were no others."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import json
from msgspec.structs import replace

from index.corpus import Corpus
from index.errors import NotFoundError
from index.store.store import FILE_NAME, Store
from index.sync.sync import sync
from qa.cleaning import clean_question
from qa.service import Service
from qa.types import AskOptions, Reply, Requester
from tests.paths import SEEDS
from tests.small_model import small_pipeline
from web.bootstrap import open_answers, sync_corpus
from web.settings.settings import Settings

HIDDEN_NOTES = """# The Zurvan Papers

Maintenance of the lighthouse was paid by the Quellmarsh Trust (QMT) from 1913 on. The Quellmarsh Trust (QMT) was
dissolved by Ottoline Verhaegen in 1931. The Belt and Road Initiative was never known at Quellmarsh.
"""
QUESTIONS = (
    "Who was sent to China by the Japanese government in May?",
    "Who dissolved the Quellmarsh Trust?",
    "What did the QMT pay for?",
    "Who was Otoline Verhagen?",
    "How many documents mention Quellmarsh?",
    "How many documents mention China?",
    "Which documents say that Japan joined the initiative?",
    "What is the title of the paper about the Belt and Road?",
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The answer side of three shown documents and two hidden ones."""
    base = tmp_path_factory.mktemp("whole")
    for number, path in enumerate(sorted(SEEDS.iterdir())):
        folder = base / "texts" / ("shown" if number < 3 else "hidden")
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, folder)
    (base / "texts" / "hidden" / "notes.md").write_text(HIDDEN_NOTES, encoding="utf-8")
    with opened(base / "texts", base / "data") as service:
        yield service


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """That of the shown documents, with no others anywhere."""
    base = tmp_path_factory.mktemp("alone")
    for path in sorted(SEEDS.iterdir())[:3]:
        (base / "texts" / "shown").mkdir(parents=True, exist_ok=True)
        shutil.copy(path, base / "texts" / "shown")
    with opened(base / "texts", base / "data") as service:
        yield service


def opened(texts: Path, data: Path) -> Service:
    settings = Settings(corpus=texts, data=data)
    sync_corpus(settings)
    return open_answers(settings)


GUEST = Requester("guest", ("shown/*",), is_admin=False)


def told(reply: Reply) -> bytes:
    return json.encode(replace(reply, id="", conversation_id="", timings_ms={}))


@pytest.mark.parametrize("question", QUESTIONS)
def test_replies_are_those_of_a_corpus_without_the_others(whole: Service, alone: Service, question: str) -> None:
    reply = whole.for_requester(GUEST).ask(clean_question(question))
    assert told(reply) == told(alone.ask(clean_question(question)))
    assert "hidden" not in told(reply).decode()


def test_an_admin_is_told_of_them(whole: Service) -> None:
    reply = whole.ask(clean_question(QUESTIONS[1]))
    assert reply.answer is not None
    assert reply.answer.text == "Ottoline Verhaegen"


def test_globs_of_a_question_narrow_what_may_be_seen_and_never_widen_it(whole: Service) -> None:
    seen = whole.for_requester(GUEST)
    assert seen.ask(clean_question(QUESTIONS[1]), options=AskOptions(sources=("hidden/*",))).passages == ()
    everywhere = seen.ask(clean_question(QUESTIONS[1]), options=AskOptions(sources=("*",)))
    assert {each.source.split("/")[0] for each in everywhere.passages} == {"shown"}


def test_suggestions_are_of_what_may_be_seen(whole: Service) -> None:
    seen = whole.for_requester(GUEST)
    search = seen.first_questions()
    while not search.known.complete:
        search.step()
    assert search.known.questions
    for question in search.known.questions:
        assert {c.source for b in seen.preview(question).content for c in b.citations} <= {
            each.source for each in seen.sources()
        }


def test_who_may_see_the_same_shares_its_indexes(whole: Service) -> None:
    one, other = whole.for_requester(GUEST), whole.for_requester(replace(GUEST, name="other"))
    assert one._engine is other._engine
    assert one._engine is not whole._engine
    assert whole.for_requester(Requester())._engine is whole._engine


def test_conversations_are_each_requesters_own(whole: Service) -> None:
    ann, bob = (whole.for_requester(Requester(name, is_admin=False)) for name in ("ann", "bob"))
    asked = ann.ask(clean_question("Who was sent to China?"))
    assert [each.conversation_id for each in ann.conversations().conversations] == [asked.conversation_id]
    assert bob.conversations().total == 0
    assert bob.conversations("china").total == 0
    assert bob.turns(asked.conversation_id) == ()
    assert bob.times_cited() == {}
    cited = asked.content[0].citations[0]
    assert ann.cited(cited.document_id, cited.content_sha256)
    assert bob.cited(cited.document_id, cited.content_sha256) == ()
    for refused in (
        lambda: bob.ask(clean_question("And why?"), asked.conversation_id),
        lambda: bob.conversation(asked.conversation_id),
        lambda: bob.past_reply(asked.id),
        lambda: bob.rename_conversation(asked.conversation_id, "Mine"),
        lambda: bob.delete_conversation(asked.conversation_id),
        lambda: bob.give_feedback(asked.id, "helpful"),
    ):
        with pytest.raises(NotFoundError):
            refused()
    bob.delete_conversations()
    opinion = ann.give_feedback(asked.id, "helpful")
    assert bob.feedback_on_reply(asked.id) == bob.feedback_in_conversation(asked.conversation_id) == ()
    with pytest.raises(NotFoundError):
        bob.delete_feedback(opinion.feedback_id)
    assert whole.past_reply(asked.id).reply == asked, "an admin finds it by its id"
    assert whole.feedback_on_reply(asked.id) == (opinion,)
    assert asked.conversation_id not in [c.conversation_id for c in whole.conversations().conversations]


@pytest.fixture
def small(tmp_path: Path) -> Iterator[tuple[Path, Corpus]]:
    """Two shown notes and a hidden one, with the small model."""
    texts = tmp_path / "texts"
    for name, text in {
        "shown/a.txt": "The lock was opened in 1901 by Ada Byron. Ships came from the north.",
        "shown/b.txt": "The bridge was built in 1905. It is of iron.",
        "hidden/c.txt": "The Quellmarsh lighthouse is haunted by Ottoline.",
    }.items():
        (texts / name).parent.mkdir(parents=True, exist_ok=True)
        (texts / name).write_text(text, encoding="utf-8")
    (tmp_path / "data").mkdir()
    synced(texts)
    with Corpus.open(tmp_path / "data", small_pipeline()) as corpus:
        yield texts, corpus


def synced(texts: Path) -> None:
    with Store.open(texts.parent / "data" / FILE_NAME) as store:
        sync(texts, store, small_pipeline())


def test_what_is_not_seen_is_not_there(small: tuple[Path, Corpus]) -> None:
    _, corpus = small
    part = corpus.limited(("shown/*",))
    hidden = next(each for each in corpus.sources() if each.source == "hidden/c.txt")
    passage = corpus.document_passages(hidden.document_id)[0].passage_id
    assert [each.source for each in part.sources()] == ["shown/a.txt", "shown/b.txt"]
    assert part.size == corpus.size - 1
    for look in (part.document, part.sentences, part.document_passages):
        with pytest.raises(NotFoundError, match=f"There is no document {hidden.document_id} in this index"):
            look(hidden.document_id)
    with pytest.raises(NotFoundError):
        part.passage(passage)
    assert passage not in {hit.passage_id for hit in part.search("Is the Quellmarsh lighthouse haunted?", 10)}
    assert (corpus.spelling("quelmarsh"), part.spelling("quelmarsh")) == ("quellmarsh", None)


def test_of_nothing_nothing_is_found(small: tuple[Path, Corpus]) -> None:
    part = small[1].limited(("none/*",))
    assert (part.sources(), part.size, part.search("Who?", 5)) == ((), 0, ())


def test_its_version_changes_with_its_own_documents_only(small: tuple[Path, Corpus]) -> None:
    texts, corpus = small
    part = corpus.limited(("shown/*",))
    before = part.version
    (texts / "hidden" / "c.txt").write_text("The lighthouse is no longer haunted.", encoding="utf-8")
    (texts / "hidden" / "d.txt").write_text("Nobody lives there.", encoding="utf-8")
    synced(texts)
    assert (corpus.refresh(), part.refresh()) == (True, False)
    assert part.version == before
    (texts / "shown" / "d.txt").write_text("The bridge fell in 1950.", encoding="utf-8")
    synced(texts)
    assert part.refresh()
    assert len(part.sources()) == 3
    assert part.version != before
