"""What holds in a channel: as the settings file has it, and over it what people chose there by `/ask settings`."""

from collections.abc import Mapping
from datetime import UTC, datetime

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from index.store.database import Database
from web.settings.slack import DEFAULT, ChannelSettings


class Change(Struct, frozen=True):
    """Who chose what holds, by Slack's id, and when (ISO 8601, UTC)."""

    user: str
    at: str


class Channels:
    """Safe to share between threads. Methods raise what `index.store.database.Database` raises. corpus: the name of the
    one that is asked in channels that name none."""

    def __init__(self, database: Database, from_file: Mapping[str, ChannelSettings], corpus: str = "") -> None:
        self._database = database
        self._from_file = from_file
        self._corpus = corpus

    def corpus(self, channel: str) -> str:
        """The name of the corpus that is asked in a channel. Only the settings file says so, as of `visible`."""
        return self._filed(channel).corpus or self._corpus

    def visible(self, channel: str) -> tuple[str, ...]:
        """The documents that exist for a channel, as globs. Only the settings file says so: nobody in the channel can
        reach others."""
        return self._filed(channel).sources

    def chosen(self, channel: str) -> ChannelSettings:
        """What holds. sources: to look in, of those that exist for the channel."""
        rows = self._database.query("SELECT settings FROM channels WHERE channel = ?", (channel,))
        if rows:
            return msgspec.json.decode(rows[0][0], type=ChannelSettings)
        return replace(self._filed(channel), sources=(), corpus="")

    def change(self, channel: str, settings: ChannelSettings, user: str) -> None:
        """Have that hold from now on."""
        with self._database.transaction():
            self._database.query(
                "INSERT OR REPLACE INTO channels (channel, settings, changed_by, changed_at) VALUES (?, ?, ?, ?)",
                (
                    channel,
                    msgspec.json.encode(settings).decode(),
                    user,
                    datetime.now(UTC).isoformat(timespec="seconds"),
                ),
            )

    def changed(self, channel: str) -> Change | None:
        """The last change made in Slack, if any was."""
        rows = self._database.query("SELECT changed_by, changed_at FROM channels WHERE channel = ?", (channel,))
        return Change(*rows[0]) if rows else None

    def _filed(self, channel: str) -> ChannelSettings:
        return self._from_file.get(channel) or self._from_file.get(DEFAULT) or ChannelSettings()
