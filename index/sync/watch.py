"""Watches a folder: says that something below it has changed, also when the folder itself goes and comes back."""

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct
from watchfiles import Change, watch
from watchfiles._rust_notify import WatchfilesRustInternalError

from index.sync.ignoring import FILE_NAME as IGNORE_FILE

_log = logging.getLogger(__name__)
_MOUNTS = Path("/proc/self/mountinfo")
# What others change there, this machine's kernel does not hear of.
_REMOTE = ("nfs", "cifs", "smb", "9p", "fuse", "afs", "ceph", "gluster", "lustre", "vboxsf", "prl_fs", "virtiofs")


class WatchTimes(Struct, frozen=True):
    """step_ms: without a change, after which changes are told; most_ms: after which they are in any case. look_ms:
    between two looks at the folder itself. poll_ms: between two looks at all files where they have to be looked at.
    By hand, 2026-11-30: an edit has to be found within five seconds, indexing it included.
    """

    step_ms: int = 200
    most_ms: int = 1_500
    look_ms: int = 1_000
    poll_ms: int = 1_000


TIMES = WatchTimes()


class FolderWatch:
    """Calls `changed`, on a thread of its own, when something below `folder` may have changed, until it is closed.

    Where the system does not tell (a network share, no watches left), all files are looked at again and again.
    """

    def __init__(
        self, folder: Path, data_folder: Path, changed: Callable[[], None], *, polls: bool | None = None
    ) -> None:
        self._folder = folder.resolve()
        self._data_folder = data_folder.resolve()
        self._changed = changed
        self._polls = is_remote(self._folder) if polls is None else polls
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Watch no longer."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            if self._identity() is not None:
                try:
                    self._watch()
                except (OSError, WatchfilesRustInternalError) as error:
                    if not self._polls and self._identity() is not None:
                        _log.warning("%s cannot be watched (%s): its files are looked at instead.", self._folder, error)
                        self._polls = True
            self._stop.wait(TIMES.look_ms / 1000)

    def _watch(self) -> None:
        """Until it is closed, or the folder is another one or gone."""
        identity = self._identity()
        is_first = True
        for changes in watch(
            self._folder,
            watch_filter=self._counts,
            debounce=TIMES.most_ms,
            step=TIMES.step_ms,
            stop_event=self._stop,
            rust_timeout=TIMES.look_ms,
            yield_on_timeout=True,
            raise_interrupt=False,
            force_polling=self._polls,
            poll_delay_ms=TIMES.poll_ms,
            ignore_permission_denied=True,
        ):
            is_same = self._identity() == identity
            if changes or is_first or not is_same:  # first: what changed before the watch was set
                self._changed()
            is_first = False
            if not is_same:
                return

    def _identity(self) -> tuple[int, int] | None:
        """Of the folder; None where there is none."""
        try:
            facts = self._folder.stat()
        except OSError:
            return None
        return (facts.st_dev, facts.st_ino)

    def _counts(self, _: Change, path: str) -> bool:
        """Whether a change there can matter: not in what is hidden, nor in the data folder."""
        changed = Path(path)
        if changed.is_relative_to(self._data_folder) or not changed.is_relative_to(self._folder):
            return False
        *above, name = changed.relative_to(self._folder).parts or ("",)
        hidden = any(part.startswith(".") for part in above) or (name.startswith(".") and name != IGNORE_FILE)
        return not hidden


def is_remote(folder: Path, mounts: Path = _MOUNTS) -> bool:
    """Whether a folder lies in a file system whose changes the kernel does not tell of. False where nothing says so."""
    try:
        lines = mounts.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return False
    kinds: dict[Path, str] = {}
    for line in lines:
        about, _, rest = line.partition(" - ")
        if len(about.split()) > 4 and rest:
            place = about.split()[4].encode("utf-8", "surrogateescape").decode("unicode_escape", "replace")
            kinds[Path(place)] = rest.split()[0]
    kind = next((kinds[place] for place in (folder, *folder.parents) if place in kinds), "")
    return kind.startswith(_REMOTE) and kind != "fuseblk"
