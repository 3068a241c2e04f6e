"""How to go about indexing: who hears of it, who is waited for, and what is allowed."""

from collections.abc import Callable, Sequence

from msgspec import Struct

from index.readers import Readers
from index.sync.hashes import FileHashes
from index.sync.progress import SyncProgress

MAX_FILE_BYTES = 50_000_000  # by hand: longer files are split by who writes them


Exclusively = Callable[[Callable[[], None]], None]  # does a job while no question is answered


def run(job: Callable[[], None]) -> None:
    """Do it now."""
    job()


def _no_rest() -> None:
    """Nobody waits, or looks."""


def unheard(_: SyncProgress) -> None:
    """Nobody looks."""


def _hold_none(_: Sequence[str]) -> None:
    """Nobody serves these documents from here."""


class SyncOptions(Struct, frozen=True, kw_only=True):
    """How to go about it. progress: hears how far it is.

    rest: called between two small batches of work; while it does not come back, nothing is done. before: hears the ids
    of the documents that are about to be replaced or removed. publish: called when the indexes are those of the store;
    where it is given, also now and then while many files are read.
    remove_all: more than half of the documents may be removed at once. settle_seconds: a file changed since is being
    written, and left for the next time. hashes: those that are known from before. readers: None for ones of its own.
    texts_at_once: embedded between two rests, 0 for as many as are fastest.
    """

    progress: Callable[[SyncProgress], None] = unheard
    rest: Callable[[], None] = _no_rest
    before: Callable[[Sequence[str]], None] = _hold_none
    publish: Callable[[], None] | None = None
    max_file_bytes: int = MAX_FILE_BYTES
    remake: bool = False
    remove_all: bool = False
    settle_seconds: float = 0.0
    hashes: FileHashes | None = None
    readers: Readers | None = None
    texts_at_once: int = 0
