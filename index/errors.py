"""Every error Footnote raises on purpose, as one small tree.

    FootnoteError
    ├── InputError            the caller can mend it
    │   ├── DocumentError     a file of the corpus cannot be read (names file and offset)
    │   ├── QuestionError     a question that cannot be asked (empty, too long)
    │   └── SettingsError     a setting that is not valid (names the key)
    ├── NotFoundError         no such document, passage or conversation
    ├── UnavailableError      right now it cannot be done; later it may
    │   ├── BusyError         too many questions wait (carries retry_after_seconds)
    │   │   └── RateError     this requester's questions of the minute are spent
    │   ├── LockedError       another process is indexing this data folder
    │   └── ReadOnlyError     the data folder cannot be written
    └── IntegrityError        what was stored is not what was expected
        ├── ModelError        model files that are missing, foreign or changed
        ├── StaleIndexError   a derived index that is torn, foreign or behind the store
        └── QuoteError        a citation that its document does not bear out: a defect of ours

The message of each is one plain sentence that says what to do. web/http/problems.py maps the tree to HTTP statuses.
"""


class FootnoteError(Exception):
    """The root of the tree; surfaces catch this and nothing broader."""


class InputError(FootnoteError):
    """The caller can mend it."""


class DocumentError(InputError):
    """A file of the corpus cannot be read. `source` is the file, `offset` the byte where it went wrong, if known."""

    def __init__(self, message: str, source: str, offset: int | None = None) -> None:
        super().__init__(message)
        self.source = source
        self.offset = offset


class QuestionError(InputError):
    """A question that cannot be asked."""


class SettingsError(InputError):
    """A setting that is not valid; the message names the key."""


class NotFoundError(FootnoteError):
    """No such document, passage or conversation."""


class UnavailableError(FootnoteError):
    """It cannot be done right now."""


class BusyError(UnavailableError):
    """Too many questions wait."""

    def __init__(self, message: str, retry_after_seconds: int = 1) -> None:
        super().__init__(message)
        self.retry_after_seconds = retry_after_seconds


class RateError(BusyError):
    """This requester has asked as much as it may for now; others may still ask."""


class LockedError(UnavailableError):
    """Another process is indexing this data folder."""


class ReadOnlyError(UnavailableError):
    """The data folder cannot be written."""


class IntegrityError(FootnoteError):
    """What was stored is not what was expected."""


class ModelError(IntegrityError):
    """Model files that are missing, foreign or changed."""


class StaleIndexError(IntegrityError):
    """A derived index that is torn, foreign or behind the store."""


class QuoteError(IntegrityError):
    """A citation that its document does not bear out."""
