"""multipart/form-data with files, taken as it arrives: no file is ever whole in memory."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from typing import Self

from msgspec import Struct
from multipart import MultipartError, MultipartSegment, PushMultipartParser, parse_options_header

from index.errors import FootnoteError, InputError
from index.library.drafts import Draft
from index.store.database import Closing
from web.http.problems import FieldError

MEDIA_TYPE = "multipart/form-data"
_MOST_VALUE_BYTES = 4_000  # of a field that is no file; a path has less


class FormLimits(Struct, frozen=True):
    """most_files: in one form. most_bytes: in one file."""

    most_files: int
    most_bytes: int


class GivenFile:
    """A file of the form: its name, and its content as a draft, or why that was not taken."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.draft: Draft | None = None
        self.reason = ""


class FileForm(Closing):
    """A form while it arrives. Files stand in the field `file`, any number of them. Closed, its drafts are gone.

    begin: where a file is written. fields: the names that others may have.
    """

    def __init__(self, content_type: str, begin: Callable[[], Draft], limits: FormLimits, fields: set[str]) -> None:
        self.files: list[GivenFile] = []
        self.fields: dict[str, str] = {}
        self._begin = begin
        self._limits = limits
        self._known = fields
        self._values: dict[str, bytes] = {}
        self._segment: MultipartSegment | None = None
        self._drafts = ExitStack()
        kind, options = parse_options_header(content_type)
        if kind != MEDIA_TYPE or not options.get("boundary"):
            raise InputError(f"The body must be {MEDIA_TYPE} with a boundary.")
        try:
            self._parser = PushMultipartParser(
                options["boundary"], max_segment_count=limits.most_files + 8, strict=True
            )
        except MultipartError as error:
            raise _broken(error) from error

    def __enter__(self) -> Self:
        return self

    def close(self) -> None:
        """Take the drafts away."""
        self._drafts.close()

    def feed(self, chunk: bytes) -> None:
        """The next bytes. Raises InputError, FieldError, and what `begin` does."""
        try:
            for event in self._parser.parse(chunk):
                if isinstance(event, MultipartSegment):
                    self._start(event)
                elif event:
                    self._take(bytes(event))
        except MultipartError as error:
            raise _broken(error) from error

    def finish(self) -> None:
        """There is no more. Raises what `feed` does."""
        try:
            self._parser.close()
        except MultipartError as error:
            raise _broken(error) from error
        try:
            self.fields = {name: value.decode() for name, value in self._values.items()}
        except UnicodeDecodeError as error:
            raise InputError("A field of the form is not UTF-8.") from error
        # A form of a browser whose file was not chosen has one without name and content.
        self.files = [file for file in self.files if file.name or (file.draft and file.draft.size)]
        if not self.files:
            raise FieldError("file", "At least one file is required")

    def _start(self, segment: MultipartSegment) -> None:
        self._segment = segment
        if segment.name == "file":
            if segment.filename is None:
                raise FieldError("file", "This must be a file: it needs a filename")
            if len(self.files) >= self._limits.most_files:
                raise FieldError("file", f"At most {self._limits.most_files} files in one request")
            self.files.append(GivenFile(segment.filename))
            self._open(self.files[-1])
        elif segment.name not in self._known:
            raise FieldError(segment.name or "", "There is no such field")
        elif segment.name in self._values:
            raise FieldError(segment.name, "This field is given more than once")
        else:
            self._values[segment.name] = b""

    def _open(self, file: GivenFile) -> None:
        file.draft = self._drafts.enter_context(self._begin())

    def _take(self, content: bytes) -> None:
        if self._segment is None:
            return
        if self._segment.name != "file":
            name = str(self._segment.name)
            self._values[name] += content
            if len(self._values[name]) > _MOST_VALUE_BYTES:
                raise FieldError(name, f"At most {_MOST_VALUE_BYTES:,} bytes")
            return
        file = self.files[-1]
        if file.draft is None:  # refused already: the rest is read and forgotten, for the others that come
            return
        if file.draft.size + len(content) > self._limits.most_bytes:
            self._refuse(file, f"It has more than {self._limits.most_bytes:,} bytes.")
            return
        try:
            file.draft.write(content)
        except InputError as error:  # the disk is full
            self._refuse(file, str(error))

    def _refuse(self, file: GivenFile, reason: str) -> None:
        if file.draft is not None:
            file.draft.discard()
        file.draft, file.reason = None, reason


def _broken(error: MultipartError) -> FootnoteError:
    return InputError(f"The body is no {MEDIA_TYPE} that can be read: {error}.")


def flag(fields: Mapping[str, str], name: str) -> bool:
    """A field that is `true` or `false`; false if it is not there. Raises FieldError."""
    value = fields.get(name, "false").strip().lower()
    if value not in ("true", "false"):
        raise FieldError(name, "This must be true or false")
    return value == "true"
