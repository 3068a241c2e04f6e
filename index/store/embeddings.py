"""The store's vectors: of passages and sentences, kept by model and text, so that nothing is embedded twice."""

from collections.abc import Sequence

import numpy as np

from index.errors import IntegrityError, NotFoundError
from index.store.database import Database, Row, marks
from index.types import Ids, Matrix, Vector

_MANY = 500  # parameters in one statement
_DOUBTS = 20_000  # texts remembered one by one; beyond, all are looked through; by hand


class Embeddings:
    """Keys are `text_key`s. Raises what Store does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, model_id: str, keys: Sequence[str], matrix: Matrix) -> None:
        """Keep the vectors of the texts whose `text_key`s are `keys`, in one transaction. matrix: [len(keys), d]."""
        vectors = np.ascontiguousarray(matrix, dtype="<f4")
        with self._database.transaction():
            self._database.query_many(
                "INSERT OR REPLACE INTO embeddings VALUES (?, ?, ?)",
                [(model_id, key, vector.tobytes()) for key, vector in zip(keys, vectors, strict=True)],
            )
            self._doubt(keys)

    def doubt_document(self, document_id: str) -> None:
        """The document goes, and may come again: its texts may be of no use from now on, and what comes may lack
        vectors. Within a transaction."""
        self._database.query("INSERT OR IGNORE INTO unchecked_documents VALUES (?)", (document_id,))
        rows = self._database.query(
            "SELECT embedded_sha256 FROM passages WHERE document_id = ? "
            "UNION SELECT embedded_sha256 FROM sentences WHERE document_id = ? AND embedded_sha256 != ''",
            (document_id, document_id),
        )
        self._doubt([key for (key,) in rows])

    def _doubt(self, keys: Sequence[str]) -> None:
        if self._doubts_all():
            return
        self._database.query_many("INSERT OR IGNORE INTO doubtful_texts VALUES (?)", [(key,) for key in keys])
        if self._database.query("SELECT count(*) FROM doubtful_texts")[0][0] > _DOUBTS:
            self._database.query("DELETE FROM doubtful_texts")
            self._database.query("INSERT INTO doubtful_texts VALUES ('*')")

    def _doubts_all(self) -> bool:
        return bool(self._database.query("SELECT 1 FROM doubtful_texts WHERE text_sha256 = '*'"))

    def drop_unused(self, model_id: str) -> int:
        """Forget vectors of other models and of texts that nothing is embedded as now. Returns how many. Looks only
        through what has changed since the last time."""
        used = "(SELECT embedded_sha256 FROM passages UNION SELECT embedded_sha256 FROM sentences)"
        doubtful = (
            "(SELECT text_sha256 FROM doubtful_texts d "
            "WHERE NOT EXISTS (SELECT 1 FROM passages p WHERE p.embedded_sha256 = d.text_sha256) "
            "AND NOT EXISTS (SELECT 1 FROM sentences s WHERE s.embedded_sha256 = d.text_sha256))"
        )
        with self._database.transaction():
            chosen = f"NOT IN {used}" if self._doubts_all() else f"IN {doubtful}"
            gone = self._database.query(
                f"DELETE FROM embeddings WHERE model_id = ? AND text_sha256 {chosen} RETURNING 1", (model_id,)
            )
            for other in ("<", ">"):  # each finds its place in the index; != would read all of it
                gone += self._database.query(
                    f"DELETE FROM embeddings WHERE model_id {other} ? RETURNING 1", (model_id,)
                )
            self._database.query(
                "DELETE FROM doubtful_texts WHERE 1"
            )  # without WHERE it writes even where there is none
            model, vectors = self._state(model_id)
            self._database.query(
                "UPDATE complete_model SET vectors = ? WHERE model_id = ? AND vectors != ?", (vectors, model, vectors)
            )
        return len(gone)

    def incomplete_documents(self, model_id: str) -> set[str]:
        """Ids of documents some text of which has no vector of this model, though it should. If there was none when
        `remember_complete` was called, and the vectors are as many, only documents put since are looked at."""
        known = self._database.query("SELECT model_id, vectors FROM complete_model") == [self._state(model_id)]
        chosen = "AND t.document_id IN unchecked_documents" if known else ""
        lacking = "NOT EXISTS (SELECT 1 FROM embeddings e WHERE e.model_id = ? AND e.text_sha256 = t.embedded_sha256)"
        rows = self._database.query(
            f"SELECT document_id FROM passages t WHERE {lacking} {chosen} "
            f"UNION SELECT document_id FROM sentences t WHERE embedded_sha256 != '' AND {lacking} {chosen}",
            (model_id, model_id),
        )
        return {document_id for (document_id,) in rows}

    def remember_complete(self, model_id: str) -> None:
        """No document is incomplete now. Writes only what differs: readers see no change where there is none."""
        state = self._state(model_id)
        with self._database.transaction():
            self._database.query("DELETE FROM unchecked_documents WHERE 1")
            if self._database.query("SELECT model_id, vectors FROM complete_model") != [state]:
                self._database.query("INSERT OR REPLACE INTO complete_model VALUES (1, ?, ?)", state)

    def _state(self, model_id: str) -> tuple[str, int]:
        """The model, and how many vectors of it there are."""
        rows = self._database.query("SELECT count(*) FROM embeddings WHERE model_id = ?", (model_id,))
        return model_id, rows[0][0]

    def known_keys(self, model_id: str, keys: Sequence[str]) -> set[str]:
        """Those of `keys` that have a vector of this model."""
        return {key for key, _ in self._rows("text_sha256, 1", model_id, keys)}

    def vectors_by_key(self, model_id: str, keys: Sequence[str]) -> dict[str, Vector]:
        """The vectors of those of `keys` that have one of this model."""
        rows = self._rows("text_sha256, vector", model_id, keys)
        return {key: np.frombuffer(vector, dtype="<f4") for key, vector in rows}

    def _rows(self, columns: str, model_id: str, keys: Sequence[str]) -> list[Row]:
        rows: list[Row] = []
        for start in range(0, len(keys), _MANY):
            part = keys[start : start + _MANY]
            rows += self._database.query(
                f"SELECT {columns} FROM embeddings WHERE model_id = ? AND text_sha256 IN ({marks(len(part))})",
                (model_id, *part),
            )
        return rows

    def sentence_vectors(self, model_id: str, ids: Ids) -> tuple[Ids, Matrix]:
        """Vectors [n, d] of the sentences of passages `ids`, and the passage [n] of each. Sentences without are left
        out, and so are passages that are gone."""
        rows = self._database.query(
            # CROSS JOIN keeps SQLite to this order, from few to more; left to itself it reads all of a table.
            "SELECT passage_id, vector FROM passages p CROSS JOIN sentences s CROSS JOIN embeddings e "
            f"WHERE p.passage_id IN ({marks(len(ids))}) AND s.document_id = p.document_id "
            "AND s.ordinal >= p.first_sentence AND s.ordinal < p.end_sentence "
            "AND e.model_id = ? AND e.text_sha256 = s.embedded_sha256",
            (*ids.tolist(), model_id),
        )
        return self._stacked(rows)

    def passage_vectors(self, model_id: str, ids: Ids) -> Matrix:
        """Vectors [n, d] of passages, in the order of their ids. Raises IntegrityError if they are not of one length,
        NotFoundError if one has none."""
        rows: list[Row] = []
        for start in range(0, len(ids), _MANY):
            part = ids[start : start + _MANY].tolist()
            rows += self._database.query(
                "SELECT passage_id, vector FROM passages p CROSS JOIN embeddings e "
                f"WHERE p.passage_id IN ({marks(len(part))}) AND e.model_id = ? AND e.text_sha256 = p.embedded_sha256",
                (*part, model_id),
            )
        found, matrix = self._stacked(rows)
        if len(found) < len(ids):
            raise NotFoundError(f"{len(ids) - len(found)} passages have no vector of {model_id}.")
        order = np.argsort(found)
        return matrix[order[np.searchsorted(found, ids, sorter=order)]]

    def _stacked(self, rows: Sequence[Row]) -> tuple[Ids, Matrix]:
        if not rows:
            return np.zeros(0, np.int64), np.zeros((0, 0), np.float32)
        if len({len(vector) for _, vector in rows}) > 1 or len(rows[0][1]) % 4:
            raise IntegrityError(
                f"The vectors in {self._database.path} are not of one length: delete it and index again."
            )
        ids = np.array([number for number, _ in rows], dtype=np.int64)
        matrix = np.frombuffer(b"".join(vector for _, vector in rows), dtype="<f4").reshape(len(rows), -1)
        return ids, matrix.astype(np.float32, copy=False)
