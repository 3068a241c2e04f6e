"""Holds documents out: python -m qa.training.holding --eval FOLDER --output FOLDER

Writes the sets of the last phase with only the questions on documents that it never saw, and the other sets named, for
measuring and for calibration. Each keeps its whole corpus, so that finding is as hard as before.
"""

import gzip
import hashlib
import json
import shutil
from pathlib import Path

import click

from qa.training.recipe import PHASES

_MEASURED = ("seeds",)  # not learnt from by the network


def is_held_out(document: str, share: float) -> bool:
    """Whether a document, told by the hash of its id, is among the share (0 to 1) that is held out."""
    return int.from_bytes(hashlib.sha256(document.encode()).digest()[:4]) < share * 2**32


def hold_out(questions: Path, share: float, output: Path) -> int:
    """Write the questions (`questions.jsonl.gz`) on documents held out; their number."""
    kept = 0
    with gzip.open(questions, "rt", encoding="utf-8") as lines, gzip.open(output, "wt", encoding="utf-8") as out:
        for line in lines:
            if is_held_out(json.loads(line)["source_doc"], share):
                out.write(line)
                kept += 1
    return kept


@click.command(help=__doc__)
@click.option("--eval", "root", type=click.Path(path_type=Path), required=True, help="Folder of the question sets.")
@click.option("--output", type=click.Path(path_type=Path), required=True)
def main(root: Path, output: Path) -> None:
    for name in _MEASURED:
        (output / name).mkdir(parents=True, exist_ok=True)
        for file in (root / name).iterdir():
            shutil.copyfile(file, output / name / file.name)
    for source in PHASES["last"].sources:
        if source.held_out:
            (output / source.folder).mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / source.folder / "corpus.jsonl.gz", output / source.folder / "corpus.jsonl.gz")
            kept = hold_out(
                root / source.folder / "questions.jsonl.gz",
                source.held_out,
                output / source.folder / "questions.jsonl.gz",
            )
            click.echo(f"{source.folder}: {kept} questions are on documents held out")


if __name__ == "__main__":
    main()
