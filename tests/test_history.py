from pathlib import Path

import pytest
from msgspec.structs import replace

from index.errors import NotFoundError
from qa.history import FILE_NAME, History
from qa.types import Citation, ContentBlock
from tests.test_interpret import REPLY

BLOCK = ContentBlock(
    "Ada Byron opened it.",
    (Citation(1, "Ada Byron opened it.", 0, "T", 0, 20, "a.txt", "d", 7, None, None, "0" * 64, 0.5, "/sources/d"),),
)


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History.open(tmp_path / FILE_NAME)


def test_turns_come_back_whole_and_in_order(history: History) -> None:
    replies = [replace(REPLY, id=f"r{n}", question=f"question {n}?", content=(BLOCK,)) for n in range(5)]
    for reply in replies:
        history.add(reply)
    history.add(replace(REPLY, id="other", conversation_id="elsewhere"))
    turns = history.conversation("c").turns
    assert [turn.reply for turn in turns] == replies
    assert [turn.answer_text for turn in turns] == ["Ada Byron opened it."] * 5
    assert [turn.question for turn in history.turns("c", last=2)] == ["question 3?", "question 4?"]
    history.close()


def test_it_survives_being_closed(tmp_path: Path, history: History) -> None:
    history.add(REPLY)
    history.close()
    again = History.open(tmp_path / FILE_NAME, read_only=True)
    assert again.conversation("c").turns[0].reply == REPLY
    again.close()


def test_a_deleted_conversation_is_gone(history: History) -> None:
    history.add(REPLY)
    history.delete("c")
    assert history.turns("c") == ()
    with pytest.raises(NotFoundError, match="'c'"):
        history.conversation("c")
    with pytest.raises(NotFoundError):
        history.delete("c")
    history.close()
