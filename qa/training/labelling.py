"""Finds the answer in sentences known to hold one: python -m qa.training.labelling --weights … --pairs … --output FILE

Self-training: only what that reader is sure of becomes a label, so that the next one learns from more questions.
"""

import gzip
import json
from pathlib import Path
from typing import Any

import click

from index.models.model_folder import find_model_folder
from qa.reading.span_model import EmbeddedSpanModel, ReadText, SpanModel

_SURE = 3.0  # log-odds of the span against no answer


@click.command(help=__doc__)
@click.option("--weights", type=click.Path(path_type=Path), required=True)
@click.option("--pairs", type=click.Path(path_type=Path), required=True, help="pairs.jsonl.gz")
@click.option("--output", type=click.Path(path_type=Path), required=True)
def main(weights: Path, pairs: Path, output: Path) -> None:
    model = EmbeddedSpanModel(find_model_folder(), weights, None)
    output.parent.mkdir(parents=True, exist_ok=True)
    sure = 0
    with gzip.open(pairs, "rt", encoding="utf-8") as lines, gzip.open(output, "wt", encoding="utf-8") as out:
        for line in lines:
            row = labelled(json.loads(line), model)
            out.write(json.dumps(row) + "\n")
            sure += "start" in row
    click.echo(f"{sure} pairs have a span")


def labelled(pair: dict[str, Any], model: SpanModel) -> dict[str, Any]:
    """The pair (question and sentence) with its answer's start and end, characters of the sentence, if that is sure."""
    text = pair["sentence"]
    best = model.read(pair["question"], [ReadText("", text, ((0, len(text)),))])[0].units[0]
    return pair | {"start": best.start, "end": best.end} if best.span >= _SURE else pair


if __name__ == "__main__":
    main()
