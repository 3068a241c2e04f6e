"""python -m qa.training --eval FOLDER --work FOLDER --phase NAME [--begin WEIGHTS] --output WEIGHTS"""

import itertools
import sys
from pathlib import Path

import click
import torch

from index.models.model_folder import find_model_folder
from qa.reading.network import load_network, new_network, save_network
from qa.reading.windows import WindowMaker
from qa.training.batches import LONGEST, Drawer, epoch
from qa.training.recipe import PHASES
from qa.training.teacher import adapt, teacher_folder
from qa.training.trainer import Progress, Trainer


@click.command(help=__doc__)
@click.option("--eval", "root", type=click.Path(path_type=Path), required=True, help="Folder of the question sets.")
@click.option("--work", type=click.Path(path_type=Path), required=True, help="Where checkpoints are kept.")
@click.option("--phase", type=click.Choice(list(PHASES)), required=True)
@click.option("--begin", type=click.Path(path_type=Path), help="Weights to begin with; none: the embedding model's.")
@click.option("--teacher", type=click.Path(path_type=Path), help="Train the bigger network: the folder it lies in.")
@click.option("--device", default="cpu", help="Where torch computes, such as cuda.")
@click.option("--output", type=click.Path(path_type=Path), required=True, help="Where the weights are written.")
def main(
    root: Path, work: Path, phase: str, begin: Path | None, teacher: Path | None, device: str, output: Path
) -> None:
    recipe = PHASES[phase]
    folder = teacher_folder(teacher) if teacher else find_model_folder()
    maker = WindowMaker(folder.tokenizer_file, LONGEST)
    drawers = [Drawer(source, _folder(source.folder, root, work), maker) for source in recipe.sources]
    click.echo("sets are loaded", err=True)
    torch.manual_seed(0)  # of the heads
    network = load_network(folder, begin, None) if begin else new_network(folder)
    if teacher:
        adapt(network)
    trainer = Trainer(network, recipe.learning_rate, device, recipe.dropout)
    first = epoch(drawers, recipe, 0)
    later = (epoch(drawers, recipe, number) for number in range(1, recipe.epochs))
    batches = itertools.chain(first, itertools.chain.from_iterable(later))
    trainer.train(recipe, batches, recipe.epochs * len(first), work / phase, _report)
    save_network(trainer.network(), output)
    click.echo(f"wrote {output}")


def _folder(name: str, root: Path, work: Path) -> Path:
    """Where a set lies: a labelled copy in the work folder goes before the set itself."""
    return work / name if (work / name).is_dir() else root / name


def _report(progress: Progress, steps: int, cases_per_second: float) -> None:
    if progress.step % 20 == 0 or progress.step == steps:
        losses = ", ".join(f"{name} {value:.3f}" for name, value in progress.losses.items())
        click.echo(f"{progress.phase} {progress.step}/{steps}: {losses}; {cases_per_second:.0f}/s", err=True)
        sys.stderr.flush()


if __name__ == "__main__":
    main()
