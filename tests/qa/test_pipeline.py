"""What is true of every reply, and what is done with questions of all sorts."""

import shutil
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from index.corpus import Corpus
from index.errors import InputError, NotFoundError, QuestionError
from index.store.database import Database
from index.store.store import FILE_NAME, Store
from index.sync.sync import sync
from qa.bootstrap import Parts
from qa.cleaning import LONGEST_QUESTION, clean_question
from qa.confidence import Calibration, label
from qa.conversations.history import FILE_NAME as HISTORY_FILE
from qa.conversations.history import History, open_database
from qa.pipeline import Answerer
from qa.reading.linear import FeatureReader, Weights, load_weights
from qa.service import Service
from qa.types import (
    AskOptions,
    Event,
    Interpreted,
    PassagesFound,
    ReadingBegun,
    Reply,
    SentenceProven,
    ShortAnswerFound,
)
from tests.paths import SEEDS
from tests.replies import ANSWERS, ENVOY, EVERYTHING, NOWHERE, ODD, OTHERS, check, citations_of, sentences_cited
from tests.small_model import small_pipeline

ALWAYS = Calibration(intercept=0.0, weights={}, threshold=0.0)  # answers whatever comes
NEVER = replace(ALWAYS, threshold=1.0)


def answerer(corpus: Corpus, calibration: Calibration = ALWAYS, history: History | None = None) -> Answerer:
    return Answerer(corpus, FeatureReader(corpus, load_weights()), calibration, history)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    """The seeds under the small model: instant."""
    data = tmp_path_factory.mktemp("small")
    with Store.open(data / FILE_NAME) as store:
        sync(SEEDS, store, small_pipeline())
    with Corpus.open(data, small_pipeline()) as corpus:
        yield corpus


@pytest.fixture(scope="module")
def eager(small: Corpus) -> Answerer:
    """Never abstains, so that all it could say is seen."""
    return answerer(small)


@pytest.mark.parametrize("question", EVERYTHING)
def test_every_reply_keeps_the_contract(question: str, eager: Answerer, small: Corpus) -> None:
    reply = eager.ask(question)
    assert reply.answered
    assert len(reply.passages) == 8
    check(reply, small)


@pytest.mark.parametrize("most", [1, 2, 5])
def test_a_summary_has_no_more_sentences_than_told(most: int, small: Corpus) -> None:
    undecided = Answerer(small, FeatureReader(small, Weights({})), ALWAYS, None)  # every sentence seems as good
    options = AskOptions(max_sentences=most)
    for question in (*ANSWERS, *OTHERS):
        reply = undecided.ask(question, options=options)
        check(reply, small, options)
        assert 1 <= sentences_cited(reply, small) <= most


@pytest.mark.parametrize("question", ANSWERS)
def test_what_the_documents_say_is_answered(question: str, parts: Parts) -> None:
    reply = parts.answerer.ask(question)
    assert ANSWERS[question] in reply.content[0].text
    check(reply, parts.corpus)


def test_the_short_answer_is_given_by_itself(parts: Parts) -> None:
    answer = parts.answerer.ask(ENVOY).answer
    assert answer is not None
    assert answer.text == ANSWERS[ENVOY]


@pytest.mark.parametrize("question", NOWHERE)
def test_what_they_do_not_say_is_not(question: str, parts: Parts) -> None:
    reply = parts.answerer.ask(question)
    assert (reply.answered, reply.answer, reply.content) == (False, None, ())
    assert len(reply.passages) == 8, "the nearest passages are shown all the same"
    check(reply, parts.corpus)


def same(reply: Reply) -> bytes:
    return msgspec.json.encode(replace(reply, id="", conversation_id="", timings_ms={}))


@pytest.mark.parametrize("question", [*ANSWERS, *OTHERS, *ODD])
def test_the_same_question_gives_the_same_bytes(question: str, small: Corpus, eager: Answerer) -> None:
    fresh = answerer(small)  # its reader has met no sentence yet
    first = same(fresh.ask(question))
    assert same(fresh.ask(question)) == first
    assert same(eager.ask(question)) == first


def test_so_it_does_with_the_real_model(parts: Parts) -> None:
    replies = [parts.answerer.ask(ENVOY), answerer(parts.corpus, NEVER).ask(ENVOY), parts.answerer.ask(ENVOY)]
    assert same(replies[0]) == same(replies[2])
    assert same(replies[0]) != same(replies[1])
    assert len({reply.id for reply in replies} | {reply.conversation_id for reply in replies}) == 6


@pytest.mark.parametrize("globs", [("000*",), ("[!0]*", "003_*.txt", "004*"), ("*",)])
def test_only_the_sources_asked_for_are_read(globs: tuple[str, ...], eager: Answerer, small: Corpus) -> None:
    options = AskOptions(sources=globs)
    reply = eager.ask("What did Japan and China agree on?", options=options)
    assert reply.answered
    check(reply, small, options)
    for source in (*(passage.source for passage in reply.passages), *(c.source for c in citations_of(reply))):
        assert any(fnmatchcase(source, glob) for glob in globs)


def test_no_source_that_fits_is_an_abstention(eager: Answerer, small: Corpus) -> None:
    reply = eager.ask(ENVOY, options=AskOptions(sources=("*.pdf",)))
    assert (reply.answered, reply.passages, reply.confidence, reply.confidence_label) == (False, (), 0.0, "LOW")
    check(reply, small)


@pytest.mark.parametrize("top_k", [1, 3, 12, 20])
def test_as_many_passages_as_asked_for_are_shown(top_k: int, eager: Answerer, small: Corpus) -> None:
    options = AskOptions(top_k=top_k)
    reply = eager.ask(ENVOY, options=options)
    assert len(reply.passages) == top_k
    check(reply, small, options)
    if top_k <= 12:
        assert reply.content == eager.ask(ENVOY).content, "how many are shown does not decide what is read"


@pytest.mark.parametrize("calibration", [ALWAYS, NEVER], ids=["answers", "abstains"])
def test_the_listener_hears_of_each_stage_in_order(calibration: Calibration, small: Corpus) -> None:
    heard: list[Event] = []
    reply = answerer(small, calibration).answer(clean_question(OTHERS[3]), listener=heard.append)
    assert reply.answered == (calibration is ALWAYS)
    assert heard == [
        Interpreted(reply.question, reply.interpreted_as),
        heard[1],
        PassagesFound(tuple(replace(each, display="") for each in reply.passages)),
        *(SentenceProven(block) for block in reply.content),
        ShortAnswerFound(reply.answer),
    ]
    assert isinstance(heard[1], ReadingBegun)
    assert 0 < heard[1].documents <= heard[1].passages


def test_a_follow_up_is_read_with_what_came_before(parts: Parts, service: Service) -> None:
    first = parts.answerer.ask(ENVOY)
    alone = parts.answerer.ask("Why was he sent there?")
    after = parts.answerer.ask("Why was he sent there?", first.conversation_id)
    assert (first.interpreted_as, alone.interpreted_as) == (None, None)
    assert "Takaya Imai" in (after.interpreted_as or "")
    assert after.question == "Why was he sent there?"
    assert after.conversation_id == first.conversation_id != alone.conversation_id
    assert [turn.reply for turn in service.conversation(first.conversation_id).turns] == [first, after]
    check(after, parts.corpus)


def test_what_was_carried_over_can_be_taken_back_or_told(parts: Parts, service: Service) -> None:
    first = parts.answerer.ask(ENVOY)
    question = "Why was he sent there?"
    carried = parts.answerer.ask(question, first.conversation_id)
    plain = AskOptions(interpreted_as=question, replaces=carried.id)
    undone = parts.answerer.ask(question, first.conversation_id, plain)
    assert (undone.question, undone.interpreted_as) == (question, None)
    told = AskOptions(interpreted_as="Why did Abe visit Beijing?", replaces=undone.id)
    edited = parts.answerer.ask(question, first.conversation_id, told)
    assert (edited.question, edited.interpreted_as) == (question, "Why did Abe visit Beijing?")
    alone = parts.answerer.preview("Why did Abe visit Beijing?")
    assert edited.content == alone.content, "what is told is what is asked"
    turns = service.conversation(first.conversation_id).turns
    assert [turn.reply for turn in turns] == [first, edited], "each took the place of the one before"


def test_a_reply_that_is_not_there_cannot_be_replaced(parts: Parts, service: Service) -> None:
    first = parts.answerer.ask(ENVOY)
    with pytest.raises(NotFoundError, match="no-such-reply"):
        parts.answerer.ask(ENVOY, first.conversation_id, AskOptions(replaces="no-such-reply"))
    with pytest.raises(InputError, match="conversation_id"):
        parts.answerer.ask(ENVOY, None, AskOptions(replaces=first.id))
    assert len(service.conversation(first.conversation_id).turns) == 1


def test_an_abstention_names_the_words_that_no_passage_has(small: Corpus) -> None:
    never = answerer(small, NEVER)
    assert never.ask("Did the Japanese government melt tungsten?").missing == ("melt", "tungsten")
    assert never.ask(ENVOY).missing == ()
    assert never.ask("tungsten", options=AskOptions(sources=("nothing/*",))).missing == (), "nothing is shown"
    assert answerer(small).ask("Did the Japanese government melt tungsten?").missing == (), "an answer misses nothing"


def test_a_preview_leaves_no_trace(parts: Parts, service: Service) -> None:
    before = service.conversations().total
    assert parts.answerer.preview(ENVOY).content == parts.answerer.ask(ENVOY, "known").content
    assert service.conversations().total == before + 1
    service.delete_conversation("known")


def test_a_conversation_nobody_knows_is_a_new_one(parts: Parts, service: Service) -> None:
    reply = parts.answerer.ask("and why?", "no-such-conversation\x00")
    assert (reply.conversation_id, reply.interpreted_as) == ("no-such-conversation\x00", None)
    service.delete_conversation("no-such-conversation\x00")


@pytest.mark.parametrize("score", [1.7344, 0.847, -1.39])
def test_the_label_and_the_bar_go_by_the_confidence_that_is_shown(score: float, small: Corpus) -> None:
    shown = answerer(small, Calibration(score, {}, threshold=0.0)).ask(ENVOY).confidence
    at_threshold = answerer(small, Calibration(score, {}, threshold=shown)).ask(ENVOY)
    assert (at_threshold.answered, at_threshold.confidence_label) == (True, label(shown))


parts = st.sampled_from(
    (
        '"',
        "*",
        "NEAR(",
        "-",
        "\x00",
        "\u202e",
        "\u2066",
        "<|endoftext|>",
        "👍🏽",
        "\ud800",
        "ﷺ",
        "½",
        "Abe",
        "why",
        " ",
        "\n",
    )
)


@settings(max_examples=150)
@given(st.lists(parts | st.text(max_size=9), max_size=30).map("".join) | st.text(min_size=1990, max_size=2010))
@example("a" * LONGEST_QUESTION)
@example("a" * (LONGEST_QUESTION + 1))
def test_any_text_is_answered_or_refused_in_words(small: Corpus, question: str) -> None:
    try:
        asked = clean_question(question)
    except QuestionError:
        with pytest.raises(QuestionError, match="question"):
            answerer(small).ask(question)
        return
    reply = answerer(small).ask(question)
    assert reply.question == asked
    check(reply, small)


@given(st.text(max_size=60) | st.lists(parts, max_size=9).map("".join))
def test_a_clean_question_is_printable_and_stays_as_it_is(question: str) -> None:
    try:
        clean = clean_question(question)
    except QuestionError:
        assert not any(c.isalnum() for c in question)
        return
    assert clean_question(clean) == clean == clean.strip()
    assert not {"\x00", "\n", "\u202e", "\u2066", "\ud800"} & set(clean)
    assert [c for c in clean if c.isalnum()] == [c for c in question if c.isalnum()]


def test_the_longest_question_is_answered_and_a_longer_one_refused(small: Corpus) -> None:
    assert clean_question("a" * LONGEST_QUESTION + "\x00 ") == "a" * LONGEST_QUESTION
    with pytest.raises(QuestionError, match=r"2,001 characters, and 2,000 are allowed"):
        answerer(small).ask("a" * (LONGEST_QUESTION + 1))
    for nothing in ("", " \n", "?!", "\u202e\x00", "👍"):
        with pytest.raises(QuestionError, match="empty"):
            answerer(small).ask(nothing)


def read_only_history(folder: Path) -> Database:
    open_database(folder / HISTORY_FILE).close()
    return open_database(folder / HISTORY_FILE, read_only=True)


def full_history(folder: Path) -> Database:
    """As on a full disk: SQLite may add no page."""
    database = open_database(folder / HISTORY_FILE)
    database.query("PRAGMA max_page_count = 1")
    return database


@pytest.mark.parametrize("opened", [read_only_history, full_history])
def test_a_history_that_takes_nothing_costs_no_answer(
    opened: Callable[[Path], Database], small: Corpus, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with opened(tmp_path) as database:
        history = History(database)
        reply = answerer(small, history=history).ask(ENVOY)
        assert reply.answered
        assert "not remembered" in caplog.text
        assert history.turns(reply.conversation_id) == ()


def test_what_is_indexed_between_two_questions_is_noticed(tmp_path: Path) -> None:
    folder = shutil.copytree(SEEDS, tmp_path / "corpus")
    (tmp_path / "data").mkdir()
    with Store.open(tmp_path / "data" / FILE_NAME) as store:
        sync(folder, store, small_pipeline())
        with Corpus.open(tmp_path / "data", small_pipeline()) as corpus:
            asks = answerer(corpus)
            before = asks.ask("Who mended the lighthouse of Weir?")
            assert "lighthouse" not in before.content[0].text
            edited = folder / "000_70440dd45b37daba.txt"
            words = "The lighthouse of Weir was mended by Ada Byron."
            edited.write_text(f"News\n\n{words} It took her a year.\n\n" + edited.read_text("utf-8"), "utf-8")
            sync(folder, store, small_pipeline())
            after = asks.ask("Who mended the lighthouse of Weir?")
    (citation, *_) = citations_of(after)
    assert (citation.cited_text, citation.start_char_index) == (words, len("News\n\n"))
    assert after.index_version != before.index_version
    assert after.content[0].text == words


def test_an_empty_corpus_is_an_abstention(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    with Store.open(tmp_path / FILE_NAME) as store:
        sync(tmp_path / "corpus", store, small_pipeline())
    with Corpus.open(tmp_path, small_pipeline()) as corpus:
        reply = answerer(corpus).ask(ENVOY)
        assert (reply.answered, reply.passages) == (False, ())
        check(reply, corpus)


def test_a_search_gives_the_nearest_passages_of_the_sources_asked_for(small: Corpus, eager: Answerer) -> None:
    found = eager.search(ENVOY, AskOptions(top_k=3))
    assert [each.rank for each in found] == [1, 2, 3]
    assert any("Takaya Imai" in each.text for each in found)
    for each in found:
        assert small.document(each.document_id).text[each.start_char_index : each.end_char_index] == each.text
    source = found[0].source
    only = eager.search(ENVOY, AskOptions(top_k=20, sources=(source,)))
    assert {each.source for each in only} == {source}
    assert eager.search(ENVOY, AskOptions(sources=("no/such/*",))) == ()
    with pytest.raises(QuestionError):
        eager.search(" \x00 ")
