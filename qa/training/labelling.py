"""Finds the answer in sentences that are known to hold one, with a reader trained before: python -m qa.training.labelling

Self-training: only what that reader is sure of becomes a label, so that the next one learns from more questions.
"""

import gzip
import json
from pathlib import Path

import click

from index.model_folder import find_model_folder
from qa.span_model import EmbeddedSpanModel, ReadText

_SURE = 3.0  # log-odds of the span against no answer


@click.command(help=__doc__)
@click.option("--weights", type=click.Path(path_type=Path), required=True)
@click.option("--pairs", type=click.Path(path_type=Path), required=True, help="pairs.jsonl.gz")
@click.option("--output", type=click.Path(path_type=Path), required=True)
def main(weights: Path, pairs: Path, output: Path) -> None:
    model = EmbeddedSpanModel(find_model_folder(), weights, None)
    output.parent.mkdir(parents=True, exist_ok=True)
    labelled = 0
    with gzip.open(pairs, "rt", encoding="utf-8") as lines, gzip.open(output, "wt", encoding="utf-8") as out:
        for line in lines:
            row = json.loads(line)
            text = row["sentence"]
            best = model.read(row["question"], [ReadText("", text, ((0, len(text)),))])[0].units[0]
            if best.span >= _SURE:
                row |= {"start": best.start, "end": best.end}
                labelled += 1
            out.write(json.dumps(row) + "\n")
    click.echo(f"{labelled} pairs have a span")


if __name__ == "__main__":
    main()
