"""Sync in a process of its own that dies, as by kill -9, at the n-th call of a function; 0 means never.

python -m tests.crashing_sync FOLDER DATA N -> prints how many calls there were
"""

import os
import signal
import sys
from pathlib import Path
from types import FrameType

from index.store.store import FILE_NAME, Store
from index.sync.sync import sync
from tests.small_model import small_pipeline


def main(folder: Path, data: Path, fatal: int) -> int:
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        if event in ("call", "c_call"):
            calls += 1
            if calls == fatal:
                os.kill(os.getpid(), signal.SIGKILL)

    pipeline = small_pipeline()
    pipeline.token_counter.count("load it")
    sys.setprofile(count)
    with Store.open(data / FILE_NAME) as store:
        sync(folder, store, pipeline)
    sys.setprofile(None)
    return calls


if __name__ == "__main__":
    sys.stdout.write(str(main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))))
