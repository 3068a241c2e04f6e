"""Files to Documents, one reader a format (`index.readers.formats`)."""

from index.readers.formats import FORMATS
from index.readers.reading import OpenReaders, Readers, parse, read

__all__ = ["FORMATS", "OpenReaders", "Readers", "parse", "read"]
