"""Holds documents out: python -m qa.training.holding --questions FILE --share S --output FILE

Writes the questions on documents that training with that share never saw, for measuring and for calibration.
"""

import gzip
import hashlib
import json
from pathlib import Path

import click


def is_held_out(document: str, share: float) -> bool:
    """Whether a document, told by the hash of its id, is among the share (0 to 1) that is held out."""
    return int.from_bytes(hashlib.sha256(document.encode()).digest()[:4]) < share * 2**32


@click.command(help=__doc__)
@click.option("--questions", type=click.Path(path_type=Path), required=True, help="questions.jsonl.gz")
@click.option("--share", type=float, default=0.3)
@click.option("--output", type=click.Path(path_type=Path), required=True)
def main(questions: Path, share: float, output: Path) -> None:
    kept = 0
    with gzip.open(questions, "rt", encoding="utf-8") as lines, gzip.open(output, "wt", encoding="utf-8") as out:
        for line in lines:
            if is_held_out(json.loads(line)["source_doc"], share):
                out.write(line)
                kept += 1
    click.echo(f"{kept} questions are on documents held out")


if __name__ == "__main__":
    main()
