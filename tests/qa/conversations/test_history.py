"""Conversations in their file: what is kept in which order, found again, replaced, counted and forgotten for good."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec import json
from msgspec.structs import replace

from index.errors import InputError, NotFoundError
from index.store.database import Database
from qa.conversations.entries import CitedRange
from qa.conversations.history import FILE_NAME, History, open_database, title_of
from qa.types import Citation, ContentBlock, Reply, ShortAnswer
from tests.paths import ROOT

REPLY = Reply(
    id="r",
    conversation_id="c",
    question="q",
    interpreted_as=None,
    answered=True,
    answer=ShortAnswer("Ada Byron", 1, 0, 9),
    content=(),
    passages=(),
    confidence=1.0,
    confidence_label="VERY_HIGH",
    index_version="v",
    timings_ms={},
)
BLOCK = ContentBlock(
    "Ada Byron opened it.",
    (Citation(1, "Ada Byron opened it.", 0, "T", 0, 20, "a.txt", "d", 7, None, None, "0" * 64, 0.5, "/sources/d"),),
)
MIGRATIONS = ROOT / "qa" / "conversations" / "migrations"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path / FILE_NAME) as opened:
        yield opened


@pytest.fixture
def history(database: Database) -> History:
    return History(database)


def reply(number: int, conversation_id: str = "c", question: str = "", content: tuple[ContentBlock, ...] = ()) -> Reply:
    """The reply r<number>, to "question <number>?" unless told."""
    return replace(
        REPLY,
        id=f"r{number}",
        conversation_id=conversation_id,
        question=question or f"question {number}?",
        content=content,
    )


def saying(text: str) -> tuple[ContentBlock, ...]:
    return (ContentBlock(text, ()),)


def citing(*places: tuple[str, int, int], sha256: str = "0" * 64) -> tuple[ContentBlock, ...]:
    """A sentence that cites these (document, start, end), the last one as said again."""
    cited = tuple(
        replace(
            BLOCK.citations[0],
            number=n,
            document_id=name,
            start_char_index=start,
            end_char_index=end,
            content_sha256=sha256,
        )
        for n, (name, start, end) in enumerate(places, 1)
    )
    return (ContentBlock("Said.", cited[:-1] or cited, cited[-1:] if cited[1:] else ()),)


def ids(history: History, conversation_id: str = "c") -> list[str]:
    return [turn.id for turn in history.turns(conversation_id)]


def titles(history: History, sought: str = "") -> list[str]:
    return [each.title for each in history.conversations(sought).conversations]


# Kept


def test_turns_come_back_whole_and_in_order(history: History) -> None:
    replies = [reply(n, content=(BLOCK,)) for n in range(5)]
    for each in replies:
        history.add(each)
    history.add(reply(9, "elsewhere"))
    turns = history.conversation("c").turns
    assert [turn.reply for turn in turns] == replies
    assert [turn.answer_text for turn in turns] == ["Ada Byron opened it."] * 5
    assert [turn.question for turn in history.turns("c", last=2)] == ["question 3?", "question 4?"]


def test_it_survives_being_closed(tmp_path: Path, database: Database, history: History) -> None:
    history.add(REPLY)
    database.close()
    with open_database(tmp_path / FILE_NAME, read_only=True) as opened:
        again = History(opened)
        assert again.conversation("c").turns[0].reply == REPLY
        assert titles(again, "Q") == ["q"]


def test_a_reply_is_read_by_its_id(history: History) -> None:
    history.add(reply(1, content=(BLOCK,)))
    kept = history.answer("r1")
    assert (kept.reply, kept.conversation_id, kept.replaced_by) == (reply(1, content=(BLOCK,)), "c", None)
    assert kept.asked_at == history.turns("c")[0].asked_at
    with pytest.raises(NotFoundError, match="'r2'"):
        history.answer("r2")


def test_the_list_has_the_one_last_asked_in_first_and_pages(history: History) -> None:
    for number, name in enumerate("abcab"):
        history.add(reply(number, name))
    listed = history.conversations()
    assert [(each.conversation_id, each.turns, each.found) for each in listed.conversations] == [
        ("b", 2, None),
        ("a", 2, None),
        ("c", 1, None),
    ]
    page = history.conversations(limit=1, offset=1)
    assert ([each.conversation_id for each in page.conversations], page.total) == (["a"], 3)
    assert history.conversations(offset=7).total == 3


# Replaced


def test_a_reply_takes_the_place_of_another_which_stays_readable(history: History) -> None:
    for number in range(3):
        history.add(reply(number))
    history.add(reply(3), replaces="r1")
    assert ids(history) == ["r0", "r3", "r2"]
    assert history.answer("r1").replaced_by == "r3"
    assert history.answer("r1").reply == reply(1)
    assert history.answer("r3").replaced_by is None
    assert history.conversations().conversations[0].turns == 3


def test_who_replaces_what_was_replaced_already_takes_the_place_all_the_same(history: History) -> None:
    history.add(reply(0))
    history.add(reply(1), replaces="r0")
    history.add(reply(2), replaces="r0")
    assert ids(history) == ["r2"]
    assert [history.answer(each).replaced_by for each in ("r0", "r1", "r2")] == ["r1", "r2", None]


def test_what_is_to_be_replaced_must_be_of_the_conversation(history: History) -> None:
    history.add(reply(0))
    history.add(reply(1, "other"))
    for conversation, replaces in (("c", "r1"), ("c", "nothing"), ("new", "r0")):
        with pytest.raises(NotFoundError, match=f"'{replaces}'"):
            history.add(reply(2, conversation), replaces=replaces)
        with pytest.raises(NotFoundError, match=f"'{replaces}'"):
            history.turns_before(conversation, replaces, 4)
    assert ids(history) == ["r0"]
    assert history.conversations().total == 2


def test_the_context_of_a_question_is_what_stands_before_it(history: History) -> None:
    for number in range(5):
        history.add(reply(number))
    history.add(reply(5), replaces="r1")

    def before(reply_id: str | None, last: int = 4) -> list[str]:
        return [turn.id for turn in history.turns_before("c", reply_id, last)]

    assert before(None) == ["r5", "r2", "r3", "r4"]
    assert before("r3", 2) == ["r5", "r2"]
    assert before("r1") == before("r5") == ["r0"]
    assert before("r0") == []
    assert history.turns_before("unknown", None, 4) == ()


# Titles


def test_the_title_is_the_first_question_until_a_person_gives_one(history: History) -> None:
    history.add(reply(0, question="How high is the mill?"))
    history.add(reply(1, question="And the church?"))
    assert titles(history) == ["How high is the mill?"]
    history.add(reply(2, question="How old is the mill?"), replaces="r0")
    assert history.conversation("c").title == "How old is the mill?"
    renamed = history.rename("c", "  The\n mill\x00 of \u202eWeir ")
    assert (renamed.title, renamed.turns) == ("The mill of Weir", 2)
    history.add(reply(3, question="How wide is the mill?"), replaces="r2")
    assert titles(history) == ["The mill of Weir"]


@pytest.mark.parametrize("title", ["", " \n\x00\u200b", "x" * 121])
def test_a_title_that_is_none_is_refused_and_changes_nothing(history: History, title: str) -> None:
    history.add(reply(0))
    with pytest.raises(InputError, match="title"):
        history.rename("c", title)
    assert titles(history) == ["question 0?"]
    assert history.rename("c", "x" * 120).title == "x" * 120


def test_what_is_not_there_cannot_be_renamed(history: History) -> None:
    with pytest.raises(NotFoundError, match="'c'"):
        history.rename("c", "a title")


# Found again


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ("", {"a", "b", "c"}),
        ("  \u200b", {"a", "b", "c"}),
        ("MÜHLE", {"a"}),
        ("mu\u0308hle", {"a"}),
        ("straße", {"a"}),
        ("STRASSE", {"a"}),
        ("ὈΔΥΣΣΕΎΣ", {"b"}),
        ("100%", {"b"}),
        ("%", {"b"}),
        ("_", {"c"}),
        ("1__", set()),
        ("back\\slash", {"c"}),
        ("the  mill", {"c"}),
        ("nowhere", set()),
        ("' OR 1=1 --", set()),
    ],
)
def test_words_are_found_in_any_case_and_nothing_is_a_wildcard(history: History, sought: str, found: set[str]) -> None:
    history.add(reply(0, "a", "Wo steht die Mühle?", saying("In der Hauptstraße.")))
    history.add(reply(1, "b", "How much is it?", saying("100% of ὀδυσσεύς’ ships.")))
    history.add(reply(2, "c", "a_b", saying("the mill by the back\\slash")))
    listed = history.conversations(sought)
    assert {each.conversation_id for each in listed.conversations} == found
    assert listed.total == len(found)


def test_a_title_is_found_too_and_what_was_replaced_is_not(history: History) -> None:
    history.add(reply(0, question="old words"))
    history.add(reply(1, question="new words"), replaces="r0")
    history.rename("c", "Ärger")
    assert titles(history, "old") == []
    (entry,) = history.conversations("ärger").conversations
    assert entry.found is None
    (entry,) = history.conversations("WORDS").conversations
    assert entry.found == "new words"


# Counted


def test_ranges_are_counted_by_the_answers_that_stand(history: History) -> None:
    history.add(reply(0, content=citing(("d", 5, 9), ("d", 0, 20), ("d", 5, 9))))
    history.add(reply(1, "other", content=citing(("d", 5, 9), ("e", 1, 2))))
    history.add(reply(2, "other", content=citing(("d", 5, 9), sha256="1" * 64)))
    dates = [history.answer(f"r{number}").asked_at for number in range(3)]
    assert history.cited("d", "0" * 64) == (CitedRange(0, 20, 1, dates[0]), CitedRange(5, 9, 2, dates[1]))
    assert history.cited("d", "1" * 64) == (CitedRange(5, 9, 1, dates[2]),)
    assert history.cited("nothing", "0" * 64) == ()
    assert history.times_cited() == {"d": 3, "e": 1}
    history.add(reply(3, "other"), replaces="r1")
    assert history.times_cited() == {"d": 2}
    history.delete("c")
    assert history.cited("d", "0" * 64) == ()


# Forgotten


def test_a_deleted_conversation_is_gone(history: History) -> None:
    history.add(REPLY)
    history.delete("c")
    assert history.turns("c") == ()
    for act in (history.conversation, history.delete):
        with pytest.raises(NotFoundError, match="'c'"):
            act("c")
    with pytest.raises(NotFoundError):
        history.answer("r")


def test_all_can_be_forgotten(history: History) -> None:
    for number in range(3):
        history.add(reply(number, f"c{number}", content=(BLOCK,)))
    history.delete_all()
    history.delete_all()
    assert (history.conversations().total, history.times_cited()) == (0, {})


def test_old_conversations_are_forgotten_by_their_last_question(tmp_path: Path, history: History) -> None:
    for number, name in enumerate("abb"):
        history.add(reply(number, name))
    now = datetime.now(UTC)
    with closing(sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)) as raw:
        aged = (now - timedelta(days=10)).isoformat(timespec="seconds")
        raw.execute("UPDATE conversations SET began_at = ?", (aged,))
        raw.execute("UPDATE conversations SET last_asked_at = ? WHERE conversation_id = 'a'", (aged,))
    assert history.prune(now - timedelta(days=11)) == 0
    assert history.prune((now - timedelta(days=9)).astimezone()) == 1
    assert [each.conversation_id for each in history.conversations().conversations] == ["b"]


def _delete_plainly(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("PRAGMA foreign_keys = ON")
        raw.execute("PRAGMA secure_delete = OFF")
        raw.execute("DELETE FROM conversations WHERE conversation_id = 'c'")


@pytest.mark.parametrize("plainly", [True, False])
def test_deleted_words_are_gone_from_the_file(
    tmp_path: Path, database: Database, history: History, plainly: bool
) -> None:
    """SQLite itself only lets go of them, which shows that looking at the bytes would tell."""
    secret = "the quick brown heron"
    history.add(reply(0, question=secret, content=saying(f"It is {secret}.")))
    history.add(reply(1, question="another", content=saying("long " * 5_000 + secret)))
    history.add(reply(2, "stays", question="what stays"))
    if plainly:
        database.close()
        _delete_plainly(tmp_path / FILE_NAME)
    else:
        history.delete("c")
        database.close()
    content = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert (secret.encode() in content) is plainly
    assert b"what stays" in content


# Histories of before


def _old_history(folder: Path, replies: list[Reply], dates: list[str]) -> Path:
    """A file as the first version wrote it."""
    scripts = folder / "old"
    copytree(MIGRATIONS, scripts, ignore=lambda _, names: [name for name in names if not name.startswith("0001")])
    ordinals: dict[str, int] = {}
    with Database.open(folder / FILE_NAME, scripts) as database:
        for each, date in zip(replies, dates, strict=True):
            ordinal = ordinals[each.conversation_id] = ordinals.get(each.conversation_id, -1) + 1
            database.query(
                "INSERT INTO turns VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    each.id,
                    each.conversation_id,
                    ordinal,
                    date,
                    each.question,
                    each.interpreted_as,
                    each.answered,
                    " ".join(block.text for block in each.content),
                    json.encode(each).decode(),
                ),
            )
    return folder / FILE_NAME


def test_an_old_history_is_taken_over_whole(tmp_path: Path) -> None:
    dates = [f"2026-01-0{day}T00:00:00+00:00" for day in range(1, 5)]
    replies = [
        reply(0, "a", "What is said in " + "very " * 20 + "long words?", citing(("d", 0, 9), ("e", 1, 2), ("e", 1, 2))),
        reply(1, "b", "Short?", citing(("d", 0, 9))),
        reply(2, "a", "And then?"),
        reply(3, "a", "Why?", citing(("d", 3, 5))),
    ]
    with open_database(_old_history(tmp_path, replies, dates)) as opened:
        history = History(opened)
        assert [turn.reply for turn in history.turns("a")] == [replies[0], *replies[2:]]
        assert history.turns("a")[1].asked_at == dates[2]
        assert titles(history) == [title_of(replies[0].question), "Short?"]
        entry = history.entry("a")
        assert (entry.began_at, entry.last_asked_at, entry.turns) == (dates[0], dates[3], 3)
        assert history.cited("d", "0" * 64) == (CitedRange(0, 9, 2, dates[1]), CitedRange(3, 5, 1, dates[3]))
        assert history.times_cited() == {"d": 3, "e": 1}
        history.add(reply(4, "b"))
        assert [each.conversation_id for each in history.conversations().conversations] == ["b", "a"]


questions = st.text(
    st.sampled_from("ab é日.?") | st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=90
).map(lambda text: " ".join(text.split(" ")).strip(" ") or "x")


@settings(max_examples=15)  # a new file each, which the disk must take
@given(st.lists(questions, min_size=1, max_size=30))
@example(["x" * 61, "x" * 60, "a" * 57 + " " + "b" * 9, "a" * 58 + " b c", "a" * 59 + " b", " ".join("ab" * 40)])
def test_old_questions_are_shortened_as_new_ones_are(
    tmp_path_factory: pytest.TempPathFactory, asked: list[str]
) -> None:
    replies = [reply(number, f"c{number}", question) for number, question in enumerate(asked)]
    path = _old_history(tmp_path_factory.mktemp("old"), replies, ["2026-01-01T00:00:00+00:00"] * len(asked))
    with open_database(path) as opened:
        history = History(opened)
        assert [history.entry(each.conversation_id).title for each in replies] == [title_of(each) for each in asked]


# Whatever is done, it is like lists

ACTIONS = st.tuples(st.sampled_from(["add", "add", "add", "replace", "replace", "delete", "prune", "delete all"]),
                    st.sampled_from("abc"), st.integers(0, 9))  # fmt: skip


def _act(history: History, model: dict[str, list[list[int]]], number: int, action: tuple[str, str, int]) -> None:
    """Do it to both. A conversation is a list of places, and a place the list of the replies that were in it."""
    kind, name, at = action
    if kind == "add" or (kind == "replace" and name not in model):
        history.add(reply(number, name, content=citing(("d", number, number + 1))))
        model[name] = [*model.pop(name, []), [number]]
    elif kind == "replace":
        places = model.pop(name)
        place = places[at % len(places)]
        history.add(reply(number, name), replaces=f"r{place[at % len(place)]}")
        place.append(number)
        model[name] = places
    elif kind == "delete" and name in model:
        history.delete(name)
        del model[name]
    elif kind == "prune":
        assert history.prune(datetime(2000, 1, 1, tzinfo=UTC)) == 0
    elif kind == "delete all":
        history.delete_all()
        model.clear()


@settings(max_examples=25)  # what is added waits for the disk
@given(st.lists(ACTIONS, max_size=25))
def test_whatever_is_added_replaced_and_deleted_it_is_like_lists(
    tmp_path_factory: pytest.TempPathFactory, actions: list[tuple[str, str, int]]
) -> None:
    model: dict[str, list[list[int]]] = {}  # the one last asked in stands last
    with open_database(tmp_path_factory.mktemp("model") / FILE_NAME) as opened:
        history = History(opened)
        for number, action in enumerate(actions):
            _act(history, model, number, action)
        listed = history.conversations()
        assert [(each.conversation_id, each.turns) for each in listed.conversations] == [
            (name, len(places)) for name, places in reversed(model.items())
        ]
        assert listed.total == len(model)
        for name, places in model.items():
            assert ids(history, name) == [f"r{place[-1]}" for place in places]
            assert history.entry(name).title == f"question {places[0][-1]}?"
            for place in places:
                found = [history.answer(f"r{number}").replaced_by for number in place]
                assert [each is None for each in found] == [False] * (len(place) - 1) + [True]
        standing = [place[-1] for places in model.values() for place in places if len(place) == 1]
        assert [each.start_char_index for each in history.cited("d", "0" * 64)] == sorted(standing)
