"""Whether a file of the corpus is still as it was when it was indexed."""

from pathlib import Path

from index.sync.hashes import FileHashes
from qa.types import OnDisk


class DiskCheck:
    """Compares files with what was read of them. Safe to share between threads."""

    def __init__(self, hashes: FileHashes | None = None) -> None:
        self._hashes = hashes or FileHashes()

    def state(self, folder: Path | None, source: str, sha256: str) -> OnDisk:
        """Of the file at the path `source` below `folder`, which had that SHA-256. "unknown" where the folder or the
        file cannot be looked at."""
        if folder is None or not folder.is_dir():
            return "unknown"
        try:
            return "same" if self._hashes.sha256(folder, source) == sha256 else "changed"
        except (FileNotFoundError, NotADirectoryError):
            return "gone"
        except OSError:
            return "unknown"
