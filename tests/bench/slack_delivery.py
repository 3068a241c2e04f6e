"""What the Slack delivery stands: servers killed, requests forged, and how long an acknowledgement takes under load.

    python -m tests.bench.slack_delivery [--kills 1000] [--requests 100000] [--questions 50] [--corpus F] [--data F]

A count of 0 leaves that part out. --data: an index of the corpus, so that it need not be made; it is made anew
without. Prints a line of JSON for each part, and ends with 1 if one of them is not as it must be.
"""

import argparse
import json
import logging
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from tests.paths import SEEDS
from tests.web.slack import flight, kill_cycles
from tests.web.slack.mutations import malformed, served, statuses, tampered
from web.slack.inbox import FILE_NAME, Inbox

_EVENTS, _LONGEST_LIFE_SECONDS = 8, 1.0
_MOST_MILLISECONDS = 500.0


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.slack_delivery")
    for name, count in (("--kills", 1000), ("--requests", 100_000), ("--questions", 50)):
        parser.add_argument(name, type=int, default=count)
    parser.add_argument("--corpus", type=Path, default=SEEDS)
    parser.add_argument("--data", type=Path)
    given = parser.parse_args(arguments)
    logging.getLogger("uvicorn").setLevel(logging.ERROR)  # it warns of each request that is no HTTP
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        good = [
            not given.kills or killed(scratch, given.kills),
            not given.requests or forged(scratch, given.requests),
            not given.questions or loaded(given.corpus, given.data or scratch, given.questions),
        ]
    return int(not all(good))


def killed(folder: Path, cycles: int) -> bool:
    """Whether nothing that was acknowledged was lost, or answered twice."""
    began = time.monotonic()
    outcome = kill_cycles.run(folder / "killed", cycles, _EVENTS, _LONGEST_LIFE_SECONDS)
    _say("killed", msgspec.to_builtins(outcome), began)
    return (outcome.lost, outcome.twice, outcome.apologies) == (0, 0, 0)


def forged(folder: Path, count: int) -> bool:
    """Whether all that was tampered with was refused, and nothing broke, also of what is signed and malformed."""
    began = time.monotonic()
    with Inbox.open(folder / FILE_NAME) as inbox, served(inbox) as url:
        counts = statuses(url, tampered(count))
        kept = inbox.depth()
        malformed_counts = statuses(url, malformed(count // 10))
    found = {"tampered": _named(counts), "kept": kept, "signed_and_malformed": _named(malformed_counts)}
    _say("forged", found, began)
    return kept == 0 and all(400 <= status < 500 for status in counts) and max(malformed_counts, default=0) < 500


def loaded(corpus: Path, data: Path, questions: int) -> bool:
    """Whether 99 of 100 acknowledgements come in time while the questions are answered."""
    began = time.monotonic()
    waits = flight.run(corpus, data, questions)
    _say("loaded", {name: round(value, 1) for name, value in msgspec.to_builtins(waits).items()}, began)
    return waits.refused == 0 and waits.p99 < _MOST_MILLISECONDS


def _named(counts: dict[int, int]) -> dict[str, int]:
    return {str(status): counts[status] for status in sorted(counts)}


def _say(part: str, found: dict[str, object], began: float) -> None:
    sys.stdout.write(json.dumps({part: found, "took_seconds": round(time.monotonic() - began, 1)}) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
