"""What is kept of the folder and of how it was indexed, besides the documents."""

from collections.abc import Sequence

from index.store.database import Database, marks
from index.unread import UnreadFile


class About:
    """Raises what Store does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put_unread(self, unread: Sequence[UnreadFile]) -> None:
        """Keep which files were not read, in place of those that were not before. Writes only where they differ."""
        if tuple(unread) == self.unread():
            return
        with self._database.transaction():
            self._database.query("DELETE FROM unread")
            self._database.query_many(
                f"INSERT INTO unread VALUES ({marks(3)})", [(file.source, file.reason, file.message) for file in unread]
            )

    def unread(self) -> tuple[UnreadFile, ...]:
        """The files that were not read when the folder was looked through last, by path."""
        rows = self._database.query("SELECT source, reason, message FROM unread ORDER BY source")
        return tuple(UnreadFile(*row) for row in rows)

    def name_model(self, model_id: str, name: str) -> None:
        """Keep what a setting calls the embedding model whose vectors are put here from now on."""
        if self.model_names().get(model_id) != name:
            self._database.query("INSERT OR REPLACE INTO embedding_models VALUES (?, ?)", (model_id, name))

    def model_names(self) -> dict[str, str]:
        """What settings called the embedding models that were used here, by model id."""
        return dict(self._database.query("SELECT model_id, name FROM embedding_models"))
