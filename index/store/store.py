"""The truth: every document, sentence, passage and embedding, in one SQLite file. All else is derived from it."""

import hashlib
import os
from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Self

import numpy as np
from msgspec import json
from msgspec.structs import replace
from numpy.typing import NDArray

from index.errors import DocumentError, InputError, NotFoundError
from index.store.about import About
from index.store.database import Closing, Database, Row, marks
from index.store.embeddings import Embeddings
from index.store.owners import Owners
from index.store.rows import (
    PASSAGE_COLUMNS,
    Counts,
    Facts,
    PassageText,
    dump,
    facts_from_row,
    passage_from_row,
    passage_number,
    passage_row,
    passage_text,
    sentence_from_row,
    summary_from_row,
    text_key,
)
from index.types import (
    Block,
    BlockKind,
    Document,
    Ids,
    Metadata,
    Passage,
    Place,
    Sentence,
    SourceSummary,
)

FILE_NAME = "corpus.sqlite3"
_MEND = "delete it and index again"
_MANY = 500  # parameters in one statement


class Store(Closing):
    """Safe to share between threads. Every method may raise IntegrityError or UnavailableError; writing ones also
    ReadOnlyError."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.about = About(database)
        self.embeddings = Embeddings(database)

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Self:
        """Open the database file `path`; see Database.open for what it raises."""
        return cls(Database.open(path, files("index.store") / "migrations", read_only=read_only, mend=_MEND))

    @property
    def path(self) -> Path:
        """The database file."""
        return self._database.path

    def close(self) -> None:
        """Close it; it is of no use afterwards."""
        self._database.close()

    def snapshot(self) -> AbstractContextManager[None]:
        """All reads within it see one state. It keeps writers waiting, so leave it soon."""
        return self._database.transaction(write=False)

    def data_version(self) -> int:
        """A number that changes when another connection has changed the file. Cheap."""
        return self._database.data_version()

    # Writing

    def replace_document(
        self,
        document: Document,
        sentences: Sequence[Sentence],
        passages: Sequence[Passage],
        texts: Sequence[str],
        *,
        sentence_texts: Sequence[str] = (),
        pipeline: str = "",
        left_out: Mapping[str, int] | None = None,
    ) -> tuple[Passage, ...]:
        """Store a document in place of what its id held, in one transaction; its passages come back with their ids.

        texts: what each passage is embedded as; sentence_texts: the same of each sentence, "" or nothing at all for
        those that have no vector of their own. pipeline: fingerprint of what made it. Raises DocumentError if it holds
        characters that no file can hold (lone surrogates).
        """
        numbered = tuple(replace(p, passage_id=passage_number(document, p)) for p in passages)
        rows = [(*passage_row(passage), text, text_key(text)) for passage, text in zip(numbered, texts, strict=True)]
        try:
            with self._database.transaction():
                self.embeddings.doubt_document(document.document_id)
                self._database.query("DELETE FROM documents WHERE document_id = ?", (document.document_id,))
                counts = Counts.of(document, len(sentences), len(passages))
                self._insert_document(document, pipeline, left_out or {}, counts)
                self._insert_sentences(document.document_id, sentences, sentence_texts or [""] * len(sentences))
                self._database.query_many(f"INSERT INTO passages VALUES ({marks(11)})", rows)
        except UnicodeEncodeError as error:
            raise DocumentError(
                f"{document.source} holds a lone surrogate, which is not a character: save it as UTF-8.",
                document.source,
            ) from error
        return numbered

    def _insert_document(self, document: Document, pipeline: str, left_out: Mapping[str, int], counts: Counts) -> None:
        self._database.query(
            f"INSERT INTO documents VALUES ({marks(14)})",
            (
                document.document_id,
                document.source,
                document.content_sha256,
                document.format,
                document.encoding,
                document.text,
                len(document.text),
                dump(document.metadata),
                dump(document.warnings),
                dump(dict(left_out)),
                pipeline,
                datetime.now(UTC).isoformat(timespec="seconds"),
                dump(document.places),
                dump(counts),
            ),
        )
        self._database.query_many(
            f"INSERT INTO blocks VALUES ({marks(7)})",
            [
                (document.document_id, ordinal, block.kind, block.start, block.end, block.level, block.reason)
                for ordinal, block in enumerate(document.blocks)
            ],
        )

    def _insert_sentences(self, document_id: str, sentences: Sequence[Sentence], texts: Sequence[str]) -> None:
        self._database.query_many(
            f"INSERT INTO sentences VALUES ({marks(8)})",
            [
                (
                    document_id,
                    sentence.ordinal,
                    sentence.block,
                    dump(sentence.ranges),
                    text_key(text) if text else "",
                    sentence.kind,
                    dump(sentence.context),
                    dump(sentence.labels),
                )
                for sentence, text in zip(sentences, texts, strict=True)
            ],
        )

    def claim(self, folder: Path) -> None:
        """Let this store serve one corpus, `folder` (absolute). One that was moved may go on; two that are both there
        may not replace each other's documents without a word. Raises InputError where they would."""
        here = self.path.parent.resolve()
        known = self.corpus_folder()
        if known is not None and known != folder and known.is_dir() and not self.is_empty():
            raise InputError(f"{here} holds the index of {known}: choose another data folder for {folder}.")
        if known != folder:  # relative, so that a corpus copied with its data folder is its own
            relative = os.path.relpath(folder, here)
            self._database.query("INSERT OR REPLACE INTO corpus_folder VALUES (1, ?)", (relative,))

    def corpus_folder(self) -> Path | None:
        """The folder that was indexed here last."""
        rows = self._database.query("SELECT path FROM corpus_folder")
        return (self.path.parent / rows[0][0]).resolve() if rows else None

    def delete_document(self, document_id: str) -> None:
        """Forget a document and its passages. Raises NotFoundError."""
        with self._database.transaction():
            self.embeddings.doubt_document(document_id)
            if not self._database.query("DELETE FROM documents WHERE document_id = ? RETURNING 1", (document_id,)):
                raise NotFoundError(missing_document(document_id))

    # Reading documents

    def document(self, document_id: str) -> Document:
        """Raises NotFoundError."""
        rows = self._database.query(
            "SELECT source, content_sha256, text, format, encoding, metadata, warnings, places FROM documents "
            "WHERE document_id = ?",
            (document_id,),
        )
        if not rows:
            raise NotFoundError(f"There is no document {document_id} in this index.")
        source, content_sha256, text, format_, encoding, metadata, warnings, places = rows[0]
        blocks = self._database.query(
            "SELECT kind, start_offset, end_offset, level, reason FROM blocks WHERE document_id = ? ORDER BY ordinal",
            (document_id,),
        )
        return Document(
            document_id=document_id,
            source=source,
            content_sha256=content_sha256,
            text=text,
            format=format_,
            encoding=encoding,
            blocks=tuple(Block(BlockKind(kind), *rest) for kind, *rest in blocks),
            metadata=json.decode(metadata, type=Metadata),
            warnings=json.decode(warnings, type=tuple[str, ...]),
            places=json.decode(places, type=tuple[Place, ...]),
        )

    def sentences(self, document_id: str) -> tuple[Sentence, ...]:
        """The document's sentences in order; none if there is no such document."""
        rows = self._database.query(
            "SELECT ordinal, block, ranges, kind, context, labels FROM sentences WHERE document_id = ?"
            " ORDER BY ordinal",
            (document_id,),
        )
        return tuple(sentence_from_row(row) for row in rows)

    def find_source(self, source: str) -> SourceSummary | None:
        """The document that was read from this path, if there is one."""
        found = self._summaries("WHERE source = ?", (source,))
        return found[0] if found else None

    def sources(self) -> tuple[SourceSummary, ...]:
        """All documents, ordered by source."""
        return self._summaries("", ())

    def _summaries(self, where: str, parameters: Sequence[object]) -> tuple[SourceSummary, ...]:
        rows = self._database.query(
            "SELECT document_id, source, content_sha256, format, encoding, characters, indexed_at, metadata, warnings, "
            "left_out, counts "
            f"FROM documents {where} ORDER BY source",
            parameters,
        )
        return tuple(summary_from_row(row) for row in rows)

    def facts(self) -> dict[str, Facts]:
        """Facts of every document, by source."""
        rows = self._database.query(
            "SELECT document_id, source, content_sha256, pipeline, left_out, warnings, counts FROM documents "
            "ORDER BY source"
        )
        return {row[1]: facts_from_row(row) for row in rows}

    def is_empty(self) -> bool:
        """Whether there is no document."""
        return not self._database.query("SELECT 1 FROM documents LIMIT 1")

    # Reading passages

    def passage(self, passage_id: int) -> Passage:
        """Raises NotFoundError."""
        return self.passages([passage_id])[0]

    def passages(self, ids: Sequence[int]) -> tuple[Passage, ...]:
        """Passages in the order of `ids`. Raises NotFoundError if one is gone."""
        numbers = np.array(ids, np.int64)
        found = {row[0]: passage_from_row(row) for row in self._by_ids(PASSAGE_COLUMNS, numbers)}
        return tuple(found[number] for number in _all_there(numbers, found))

    def document_passages(self, document_id: str) -> tuple[Passage, ...]:
        """The document's passages in order; none if there is no such document."""
        rows = self._database.query(
            f"SELECT {PASSAGE_COLUMNS} FROM passages WHERE document_id = ? ORDER BY ordinal", (document_id,)
        )
        return tuple(passage_from_row(row) for row in rows)

    def passage_owners(self) -> Owners:
        """The document of every passage."""
        return Owners.of_rows(self._database.query("SELECT passage_id, document_id FROM passages"))

    def passage_rows(self, model_id: str) -> tuple[Ids, NDArray[np.uint64]]:
        """Ids, ascending, of all passages that have a vector of this model, and of each 64 bits of its text's hash."""
        rows = self._database.query(
            "SELECT passage_id, substr(embedded_sha256, 1, 16) FROM passages p INDEXED BY passages_by_text "
            "WHERE EXISTS (SELECT 1 FROM embeddings e WHERE e.model_id = ? AND e.text_sha256 = p.embedded_sha256)",
            (model_id,),
        )
        ids = np.array([number for number, _ in rows], np.int64)
        keys = np.frombuffer(bytes.fromhex("".join(key for _, key in rows)), ">u8").astype(np.uint64)
        order = np.argsort(ids)
        return ids[order], keys[order]

    def passage_texts(self, ids: Ids) -> list[PassageText]:
        """Texts of passages, in the order of their ids. Raises NotFoundError if one is gone."""
        found: dict[int, str] = dict(self._by_ids("passage_id, embedded_text", ids))
        return [passage_text(number, found[number]) for number in _all_there(ids, found)]

    def _by_ids(self, columns: str, ids: Ids) -> Iterator[Row]:
        for start in range(0, len(ids), _MANY):
            part = ids[start : start + _MANY].tolist()
            yield from self._database.query(
                f"SELECT {columns} FROM passages WHERE passage_id IN ({marks(len(part))})", part
            )

    def index_version(self, only: Container[str] | None = None) -> str:
        """16 hex digits that change with any document, its path, or the pipeline that made it. only: the ids of the
        documents that count, None for all."""
        digest = hashlib.sha256()
        for row in self._database.query(
            "SELECT document_id, source, content_sha256, pipeline FROM documents ORDER BY document_id"
        ):
            if only is None or row[0] in only:
                digest.update(json.encode(row) + b"\n")
        return digest.hexdigest()[:16]


def _all_there(ids: Ids, found: Mapping[int, object]) -> list[int]:
    numbers: list[int] = ids.tolist()
    for number in numbers:
        if number not in found:
            raise NotFoundError(f"There is no passage {number} in this index; its document may have changed.")
    return numbers


def missing_document(document_id: str) -> str:
    """What is said of a document that is not there."""
    return f"There is no document {document_id} in this index."
