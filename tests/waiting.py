"""Waiting for what will come, on a machine that may be busy: for the condition, never for a time."""

import time
from collections.abc import Callable

PATIENCE = 180  # seconds; reached only where something is broken


def until(holds: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Until it holds, looked at every 10 ms. Raises TimeoutError."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError("It did not come to that.")
        time.sleep(0.01)
