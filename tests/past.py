"""A past made up for a test: replies in a history file of its own, and what was said of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qa.confidence import label
from qa.conversations.feedback import Feedback
from qa.conversations.history import FILE_NAME, History, open_database
from qa.conversations.query_log import AskedLog
from qa.types import Citation, ContentBlock, Reply, ShortAnswer


class Past:
    """History, feedback and log in one file."""

    def __init__(self, folder: Path) -> None:
        self.database = open_database(folder / FILE_NAME)
        self.history = History(self.database)
        self.feedback = Feedback(self.database)
        self.asked = AskedLog(self.database)

    def add(self, *replies: Reply) -> None:
        for each in replies:
            self.history.add(each)

    def ask(self, question: str, asked_at: str, *, confidence: float = 0.2, cited: tuple[Citation, ...] = ()) -> str:
        """Add a reply as if it had been asked then; one that cites is an answer. Returns its id."""
        number = self.asked.size()
        reply = made(f"r{number}", question, *cited, confidence=confidence)
        self.add(reply)
        self.database.query("UPDATE turns SET asked_at = ? WHERE turn_id = ?", (asked_at, reply.id))
        return reply.id


@contextmanager
def past(folder: Path) -> Iterator[Past]:
    opened = Past(folder)
    yield opened
    opened.database.close()


def cite(number: int, text: str, start: int = 0, document_id: str = "d", source: str = "a.txt") -> Citation:
    end = start + len(text)
    url = f"/sources/{document_id}#char={start},{end}"
    return Citation(number, text, 0, "Title", start, end, source, document_id, 7, None, None, "0" * 64, 0.5, url)


def made(
    reply_id: str,
    question: str,
    *cited: Citation,
    conversation_id: str = "c1",
    confidence: float = 0.9,
    short: ShortAnswer | None = None,
    interpreted_as: str | None = None,
) -> Reply:
    """A reply of one sentence a citation; an abstention without any."""
    return Reply(
        id=reply_id,
        conversation_id=conversation_id,
        question=question,
        interpreted_as=interpreted_as,
        answered=bool(cited),
        answer=short,
        content=tuple(ContentBlock(" ".join(each.cited_text.split()), (each,)) for each in cited),
        passages=(),
        confidence=confidence,
        confidence_label=label(confidence),
        index_version="v",
        timings_ms={"total": 1.0},
    )
