"""The threads that Footnote takes part in, and the conversation that each is. No words are kept, only Slack's ids."""

from index.store.database import Database
from web.slack.places import SlackThread


class Threads:
    """Safe to share between threads. Methods raise what `index.store.database.Database` raises."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def takes_part(self, place: SlackThread) -> bool:
        """Whether something was answered there."""
        return bool(self._rows("thread_ts = ?", place.channel, place.thread_ts))

    def conversation_id(self, place: SlackThread) -> str:
        """Of the thread: one that began with a shared answer goes on with its conversation."""
        rows = self._rows("thread_ts = ?", place.channel, place.thread_ts)
        return str(rows[0][0]) if rows else place.conversation_id

    def join(self, place: SlackThread, conversation_id: str, shared_reply: str | None = None) -> None:
        """Take part from now on; a thread that it takes part in already stays as it is."""
        with self._database.transaction():
            self._database.query(
                "INSERT OR IGNORE INTO threads (channel, thread_ts, conversation_id, shared_reply) VALUES (?, ?, ?, ?)",
                (place.channel, place.thread_ts, conversation_id, shared_reply),
            )

    def was_shared(self, channel: str, reply_id: str) -> bool:
        """Whether that answer was shown to the channel."""
        return bool(self._rows("shared_reply = ?", channel, reply_id))

    def welcome(self, channel: str) -> bool:
        """Whether the person of that direct message has still to be welcomed; from now on not any more."""
        with self._database.transaction():
            return bool(self._database.query("INSERT OR IGNORE INTO welcomed VALUES (?) RETURNING channel", (channel,)))

    def _rows(self, where: str, channel: str, value: str | None) -> list[tuple[object, ...]]:
        return self._database.query(
            f"SELECT conversation_id FROM threads WHERE channel = ? AND {where}", (channel, value)
        )
