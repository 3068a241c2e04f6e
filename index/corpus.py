"""The corpus as the answer side sees it: documents, passages and hybrid search, of one state of the store."""

import threading
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Self

import numpy as np
from msgspec import Struct

from index.errors import (
    BusyError,
    FootnoteError,
    IntegrityError,
    LockedError,
    NotFoundError,
    ReadOnlyError,
    StaleIndexError,
)
from index.globs import fitting
from index.models.embedding import Embedder, RememberingEmbedder, embed_any
from index.passages.pipeline import Pipeline
from index.records import Record, Records
from index.search.indexes import Indexes, build_indexes, make_indexes, open_indexes
from index.search.search import FusionWeights, HybridSearch
from index.search.vocabulary import Renaming
from index.store.database import Closing
from index.store.owners import Owners
from index.store.rows import text_key
from index.store.store import FILE_NAME, Store, missing_document
from index.sync.lock import indexing, is_indexing
from index.sync.options import Exclusively, run
from index.types import Document, Hit, Ids, Matrix, Passage, Sentence, SourceSummary
from index.unread import UnreadFile

_ATTEMPTS = 3  # at indexes on disk while somebody else writes them


class _State(Struct, frozen=True):
    """What one version of the store is searched with. seen: ids of documents."""

    version: str
    sources: tuple[SourceSummary, ...]
    owners: Owners
    indexes: Indexes
    search: HybridSearch
    seen: frozenset[str]


class Corpus(Closing):
    """Safe to share between threads. It serves the state it opened until `refresh` finds another.

    only: globs over the documents' paths, none means all; it is then as if the store held no other document.
    """

    def __init__(
        self,
        store: Store,
        embedder: Embedder,
        *,
        read_only: bool,
        fusion: FusionWeights | None = None,
        only: tuple[str, ...] = (),
    ) -> None:
        self._store = store
        self._only = only
        self._embedder = RememberingEmbedder(embedder)
        self._read_only = read_only
        self._fusion = fusion
        self._refreshing = threading.Lock()
        self._records = Records(store)
        self._seen = store.data_version()
        self._state = self._load()

    @classmethod
    def open(
        cls, data_folder: Path, pipeline: Pipeline, *, read_only: bool = False, fusion: FusionWeights | None = None
    ) -> Self:
        """Open what `sync` made in `data_folder`. Derived indexes that are missing or stale are rebuilt, in memory if
        read_only or the folder cannot be written.

        Raises NotFoundError (nothing was indexed there yet), IntegrityError (damaged, of a newer version, or indexed
        with another embedding model), UnavailableError.
        """
        path = data_folder / FILE_NAME
        # A crash's journal is rolled back and an older schema brought up only where the file is opened for writing.
        with ExitStack() as undo:
            store = undo.enter_context(Store.open(path, read_only=read_only or not path.exists()))
            corpus = cls(store, pipeline.embedder, read_only=read_only, fusion=fusion)
            undo.pop_all()
        return corpus

    def limited(self, only: tuple[str, ...]) -> "Corpus":
        """Of the documents whose path matches one of `only`, as if there were no others: their words, names, counts and
        versions are left out, too. Its indexes are made in memory. It closes with this one. Raises what `open` does.
        """
        return Corpus(self._store, self._embedder, read_only=self._read_only, fusion=self._fusion, only=only)

    def close(self) -> None:
        """Close it; it is of no use afterwards."""
        self._store.close()

    @property
    def version(self) -> str:
        """The index version it serves."""
        return self._state.version

    @property
    def size(self) -> int:
        """How many passages can be found."""
        return self._state.indexes.vectors.size

    def refresh(self, *, while_indexing: bool = False, exclusively: Exclusively = run) -> bool:
        """Serve the newest state; True if that is another. While a process is indexing, the old one is kept, unless
        that process says itself that its work is whole now (`while_indexing`). While another thread is at it, the old
        one is served. exclusively: does a job while no question is answered, each of which has to see one state. Cheap
        when nothing has changed. Raises what `open` does."""
        if not self._refreshing.acquire(blocking=while_indexing):
            return False
        try:
            seen = self._store.data_version()
            if seen == self._seen or (not while_indexing and is_indexing(self._store.path.parent)):
                return False
            changed = self._version() != self._state.version
            if changed:
                state = self._load()
                exclusively(lambda: self._take(state))
            self._seen = seen
            return changed
        finally:
            self._refreshing.release()

    def _take(self, state: _State) -> None:
        self._state = state
        self._records.clear()

    def switch(self, embedder: Embedder) -> None:
        """Serve the newest state by another embedding model from now on. Only while no question is being answered.
        Raises what `open` does; the old model is then kept."""
        with self._refreshing:
            old, seen = self._embedder, self._store.data_version()
            self._embedder = RememberingEmbedder(embedder)
            try:
                self._take(self._load())
            except FootnoteError:
                self._embedder = old
                raise
            self._seen = seen

    @property
    def model_id(self) -> str:
        """Of the embedding model it is served by."""
        return self._embedder.model_id

    def hold(self, document_ids: Sequence[str]) -> None:
        """Go on serving these documents as they are now, whatever is stored of them, until the next state is served."""
        self._records.hold(document_ids)

    def unread(self) -> tuple[UnreadFile, ...]:
        """The files of the folder that were not read when it was looked through last, by path."""
        fits = fitting(self._only)
        return tuple(file for file in self._store.about.unread() if fits(file.source))

    @property
    def is_part(self) -> bool:
        """Whether there are documents that it does not show, or may be."""
        return bool(self._only)

    def folder(self) -> Path | None:
        """The folder that was indexed."""
        return self._store.corpus_folder()

    def sources(self) -> tuple[SourceSummary, ...]:
        """All documents, ordered by source."""
        return self._state.sources

    def document(self, document_id: str) -> Document:
        """Raises NotFoundError."""
        return self._record(document_id).document

    def sentences(self, document_id: str) -> tuple[Sentence, ...]:
        """The document's sentences in order. Raises NotFoundError."""
        return self._record(document_id).sentences

    def document_passages(self, document_id: str) -> tuple[Passage, ...]:
        """The document's passages in order. Raises NotFoundError."""
        return tuple(self._record(document_id).passages.values())

    def passage(self, passage_id: int) -> Passage:
        """Raises NotFoundError."""
        document_id = self._state.owners.document_of(passage_id)
        found = self._record(document_id).passages.get(passage_id) if document_id else None
        if found is None:
            raise NotFoundError(f"There is no passage {passage_id} in this index; its document may have changed.")
        return found

    def passages(self, ids: Sequence[int]) -> tuple[Passage, ...]:
        """Passages in the order of `ids`. Raises NotFoundError if one is gone."""
        return tuple(self.passage(int(number)) for number in ids)

    def search(
        self, question: str, limit: int = 10, sources: Sequence[str] = (), paraphrases: Sequence[str] = ()
    ) -> tuple[Hit, ...]:
        """The `limit` best passages, of documents whose path matches one of `sources` (shell patterns; none means all).
        paraphrases: see `HybridSearch.search`.

        Passages of a document that has been changed since this state was opened are left out. Raises BusyError if no
        other is left.
        """
        state = self._state
        only = _only(state, sources) if sources else None
        hits = state.search.search(question, limit, only, paraphrases)
        there = tuple(hit for hit in hits if self._is_there(hit.passage_id))
        if hits and not there:
            raise BusyError("The documents are being indexed anew: ask again in a moment.", retry_after_seconds=2)
        return there

    def terms(self, text: str) -> list[str]:
        """See LexicalIndex.terms."""
        return self._state.indexes.lexical.terms(text)

    def together(self, words: Sequence[str], sources: Sequence[str] = ()) -> bool:
        """Whether one passage of the documents whose path matches one of `sources` (none means all) has all these
        words, its title and headings included, in whatever form."""
        state = self._state
        return state.indexes.lexical.together(words, _only(state, sources) if sources else None)

    def idf(self, term: str) -> float:
        """See LexicalIndex.idf."""
        return self._state.indexes.lexical.idf(term)

    def embed(self, texts: Sequence[str]) -> Matrix:
        """See `index.models.embedding.embed_any`. Vectors that are stored, as of each sentence after its title
        (`sentence_query`), are taken from there."""
        keys = [text_key(text) for text in texts]
        known = self._store.embeddings.vectors_by_key(self._embedder.model_id, keys)
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        known.update(zip(new, embed_any(self._embedder, list(new.values())) if new else (), strict=True))
        return np.array([known[key] for key in keys], dtype=np.float32).reshape(len(keys), self._embedder.dimension)

    def knows(self, word: str) -> bool:
        """Whether it is a word of the corpus, or one that the embedding model has a token of its own for."""
        special = self._embedder.count_tokens("")
        return word in self._state.indexes.vocabulary or self._embedder.count_tokens(word) == special + 1

    def spelling(self, word: str) -> str | None:
        """See Vocabulary.spelling."""
        return self._state.indexes.vocabulary.spelling(word)

    def long_name(self, key: str) -> str | None:
        """See Vocabulary.long_name."""
        return self._state.indexes.vocabulary.long_name(key)

    def renamings(self, text: str) -> tuple[Renaming, ...]:
        """See Vocabulary.renamings."""
        return self._state.indexes.vocabulary.renamings(text)

    def _is_there(self, passage_id: int) -> bool:
        with suppress(NotFoundError):
            return bool(self.passage(passage_id))
        return False

    def _record(self, document_id: str) -> Record:
        if self._only and document_id not in self._state.seen:
            raise NotFoundError(missing_document(document_id))
        return self._records.record(document_id)

    def _load(self) -> _State:
        for _ in range(_ATTEMPTS):
            with self._store.snapshot():
                version, sources, owners = self._read()
            indexes = None if self._only else self._indexes(version)
            if indexes is None:
                break
            if indexes.version == version:
                return self._state_of(version, sources, owners, indexes)
        with self._store.snapshot():  # not to be had on disk, or someone keeps writing: all from one state, in memory
            version, sources, owners = self._read()
            indexes = make_indexes(self._store, self._embedder.model_id, owners.ids, version)
        return self._state_of(version, sources, owners, indexes)

    def _version(self) -> str:
        """Of what is stored now, as far as it is seen."""
        if not self._only:
            return self._store.index_version()
        return self._store.index_version(
            {each.document_id for each in self._store.sources() if fitting(self._only)(each.source)}
        )

    def _read(self) -> tuple[str, tuple[SourceSummary, ...], Owners]:
        sources, owners = self._store.sources(), self._store.passage_owners()
        if not self._only:
            return self._store.index_version(), sources, owners
        sources = tuple(summary for summary in sources if fitting(self._only)(summary.source))
        seen = {summary.document_id for summary in sources}
        return self._store.index_version(seen), sources, owners.limited(seen)

    def _indexes(self, version: str) -> Indexes | None:
        """From their files, else built; None if neither can be done here and now."""
        with suppress(StaleIndexError):
            return open_indexes(self._store, self._embedder.model_id, version)
        if self._read_only:
            return None
        with suppress(LockedError, ReadOnlyError, StaleIndexError, OSError), indexing(self._store.path.parent):
            with suppress(StaleIndexError):  # who held the lock just before has made them
                return open_indexes(self._store, self._embedder.model_id, self._store.index_version())
            return build_indexes(self._store, self._embedder.model_id)
        return None

    def _state_of(self, version: str, sources: tuple[SourceSummary, ...], owners: Owners, indexes: Indexes) -> _State:
        if len(owners) and not indexes.vectors.size:
            raise IntegrityError(
                f"{self._store.path} was indexed with another embedding model than {self._embedder.model_id}: "
                "run `footnote index`, or set the model it was indexed with."
            )
        search = HybridSearch(indexes.vectors, indexes.lexical, self._embedder, self._store.embeddings, self._fusion)
        seen = frozenset(summary.document_id for summary in sources)
        return _State(version, sources, owners, indexes, search, seen)


def _only(state: _State, patterns: Sequence[str]) -> Ids:
    """Passages of the documents whose path matches a pattern."""
    fits = fitting(tuple(patterns))
    chosen = {summary.document_id for summary in state.sources if fits(summary.source)}
    return state.owners.passages_of(chosen)
