"""Files to Documents, one reader a format."""

import hashlib
from pathlib import PurePosixPath

from index.errors import DocumentError
from index.layout.blocks import classify
from index.layout.metadata import find_metadata
from index.readers.markdown import MarkdownReader
from index.readers.plain import PlainReader
from index.types import Document, FormatReader

READERS: tuple[FormatReader, ...] = (PlainReader(), MarkdownReader())
_BY_SUFFIX = {suffix: reader for reader in READERS for suffix in reader.suffixes}


def is_readable(source: str) -> bool:
    """Whether a reader takes files with this ending."""
    return PurePosixPath(source).suffix.lower() in _BY_SUFFIX


def read(data: bytes, source: str, document_id: str) -> Document:
    """The file as a Document. Raises DocumentError, which names file and byte offset, if it cannot be read."""
    suffix = PurePosixPath(source).suffix.lower()
    reader = _BY_SUFFIX.get(suffix)
    if reader is None:
        known = ", ".join(sorted(_BY_SUFFIX))
        raise DocumentError(
            f"{source}: no reader for {suffix or 'a file without an ending'}. Readable: {known}.", source
        )
    parsed = reader.read(data, source)
    blocks = classify(
        parsed.text,
        parsed.blocks,
        parsed.page_breaks,
        stated=parsed.states_headings,
        authored=parsed.authored,
    )
    warnings = parsed.warnings
    if not blocks:
        warnings = (*warnings, "The file is empty." if not data else "The file holds no text.")
    return Document(
        document_id=document_id,
        source=source,
        content_sha256=hashlib.sha256(data).hexdigest(),
        text=parsed.text,
        format=parsed.format,
        encoding=parsed.encoding,
        blocks=blocks,
        metadata=find_metadata(parsed.text, blocks, parsed.stated),
        warnings=warnings,
        places=parsed.places,
    )
