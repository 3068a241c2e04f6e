"""The files of a corpus, where they may be changed from here."""

from msgspec import Struct

from index.library.library import Library
from index.sync.indexer import Indexer
from web.http.forms import FormLimits
from web.http.problems import RefusedError
from web.settings.settings import Settings

MOST_FILES = 20  # in one request; a page sends a request a file


class Shelving(Struct, frozen=True):
    """The library, where it may be changed. library: None where the setting `uploads` is off. indexer: None where
    this server indexes nothing."""

    library: Library | None
    indexer: Indexer | None
    limits: FormLimits

    @classmethod
    def of(cls, settings: Settings, indexer: Indexer | None) -> "Shelving":
        """As the settings have it."""
        library = Library(settings.corpus, settings.data_folder) if settings.uploads else None
        return cls(library, indexer, FormLimits(MOST_FILES, settings.upload_megabytes * 1_000_000))

    def tidy(self) -> None:
        """See `Library.tidy`."""
        if self.library is not None:
            self.library.tidy()

    def has_changed(self, *, remove_all: bool = False) -> None:
        """Have the index follow, soon. remove_all: see `index.sync.options.SyncOptions`."""
        if self.indexer is not None:
            self.indexer.request(remove_all=remove_all)

    def open(self) -> Library:
        """Raises RefusedError 403 where it may not be changed."""
        if self.library is None:
            raise RefusedError(403, "The setting uploads is off: the documents are not changed from here.")
        return self.library
