"""The loop: bfloat16 forward and backward, float32 weights, a checkpoint every few minutes."""

import math
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

import msgspec
import torch
from msgspec import Struct
from safetensors import safe_open
from safetensors.torch import save_file
from torch.nn import ModuleDict

from qa.reading.network import SHARED, outputs
from qa.training.batches import Case, collate, moved
from qa.training.objective import losses, total
from qa.training.recipe import Phase

_HEADS_FASTER = 4.0
_DEEPER_SLOWER = 0.9  # learning rate of each layer against the one above it (Howard and Ruder 2018)
_WARMING = 0.05
_SMOOTHING = 0.98
_CHECKPOINT_SECONDS = 180
_CHECKPOINT = "checkpoint.safetensors"


class Progress(Struct, frozen=True):
    """Steps done of a phase, and the losses' running means."""

    phase: str
    step: int
    losses: dict[str, float]


class Reporter(Protocol):
    """Hears of every step. steps: of the whole run."""

    def __call__(self, progress: Progress, steps: int, cases_per_second: float) -> None: ...


class Trainer:
    """Trains a network in place. The optimizer's weights are float32 copies, since small steps vanish in bfloat16."""

    def __init__(self, network: ModuleDict, learning_rate: float, device: str = "cpu", dropout: float = 0.0) -> None:
        self._device = device
        network.get_parameter(SHARED).requires_grad_(False)
        for name, module in network.named_modules():
            if isinstance(module, torch.nn.Dropout):
                # None of attention's: to draw its masks takes as long as all the rest on a CPU.
                module.p = 0.0 if "attention.self" in name else dropout
        self._network = network.to(device).bfloat16().train()
        self._named = [(name, each) for name, each in network.named_parameters() if each.requires_grad]
        self._masters = [each.detach().float().clone().requires_grad_() for _, each in self._named]
        layers = len(network.get_submodule("encoder.encoder.layer")._modules)
        self._highest = [learning_rate * _faster(name, layers) for name, _ in self._named]
        groups = [
            {"params": [master], "lr": rate, "weight_decay": 0.01 if master.ndim > 1 else 0.0}
            for master, rate in zip(self._masters, self._highest, strict=True)
        ]
        self._optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), eps=1e-6, fused=True)

    def train(self, phase: Phase, batches: Iterable[list[Case]], steps: int, folder: Path, report: Reporter) -> None:
        """Goes on from the checkpoint in `folder`, if it is of this phase."""
        progress = self._resume(folder, phase.name)
        saved = time.monotonic()
        for number, cases in enumerate(batches):
            if number < progress.step:
                continue
            began = time.monotonic()
            parts = self._step(cases, _rate(number, steps, phase.last))
            progress = Progress(phase.name, number + 1, _smoothed(progress.losses, parts))
            report(progress, steps, len(cases) / (time.monotonic() - began))
            if time.monotonic() - saved > _CHECKPOINT_SECONDS:
                self._save(folder, progress)
                saved = time.monotonic()
        self._save(folder, progress)

    def network(self) -> ModuleDict:
        """The network with the float32 weights."""
        self._network.float()
        self._hand_down()
        return self._network.cpu().eval()

    def _step(self, cases: list[Case], rate: float) -> dict[str, float]:
        batch = moved(collate(cases), self._device)
        parts = losses(*outputs(self._network, batch.ids, batch.segments, batch.mask), batch)
        total(parts).backward()  # type: ignore[no-untyped-call]
        for master, (_, each) in zip(self._masters, self._named, strict=True):
            master.grad = each.grad.float() if each.grad is not None else None
            each.grad = None
        torch.nn.utils.clip_grad_norm_(self._masters, 1.0)
        for group, highest in zip(self._optimizer.param_groups, self._highest, strict=True):
            group["lr"] = highest * rate
        self._optimizer.step()
        self._hand_down()
        return {name: float(value.detach()) for name, value in parts.items()}

    @torch.no_grad()
    def _hand_down(self) -> None:
        for master, (_, each) in zip(self._masters, self._named, strict=True):
            each.copy_(master)

    def _save(self, folder: Path, progress: Progress) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        tensors: dict[str, torch.Tensor] = {}
        for (name, _), master in zip(self._named, self._masters, strict=True):
            state = self._optimizer.state[master]
            tensors |= {f"weight.{name}": master.detach()}
            tensors |= {f"{key}.{name}": state[key] for key in ("exp_avg", "exp_avg_sq")}
        metadata = {
            "progress": msgspec.json.encode(progress).decode()
        }  # in one file with the weights, so both or neither
        save_file({name: tensor.cpu() for name, tensor in tensors.items()}, folder / "new.safetensors", metadata)
        (folder / "new.safetensors").replace(folder / _CHECKPOINT)

    def _resume(self, folder: Path, phase: str) -> Progress:
        if not (folder / _CHECKPOINT).is_file():
            return Progress(phase, 0, {})
        with safe_open(folder / _CHECKPOINT, "pt", device=self._device) as file:
            progress = msgspec.json.decode(file.metadata()["progress"], type=Progress)
            if progress.phase != phase:
                return Progress(phase, 0, {})
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 (not a mapping)
        with torch.no_grad():
            for (name, _), master in zip(self._named, self._masters, strict=True):
                master.copy_(tensors[f"weight.{name}"])
                state = {key: tensors[f"{key}.{name}"] for key in ("exp_avg", "exp_avg_sq")}
                self._optimizer.state[master] = {"step": torch.tensor(float(progress.step)), **state}
        self._hand_down()
        return progress


def _faster(name: str, layers: int) -> float:
    """A weight's share of the learning rate: heads more, deeper layers less, low-rank layers all alike."""
    if name.endswith((".down", ".up")):
        return 1.0
    if not name.startswith("encoder."):
        return _HEADS_FASTER
    layer = int(name.split(".")[3]) if name.startswith("encoder.encoder.layer.") else -1
    return float(_DEEPER_SLOWER ** (layers - 1 - layer))


def _rate(step: int, steps: int, last: float) -> float:
    """0 to 1: rises to the highest, then falls along a cosine."""
    warming = max(1, int(_WARMING * steps))
    if step < warming:
        return (step + 1) / warming
    return last + (1 - last) * 0.5 * (1 + math.cos(math.pi * min(1.0, (step - warming) / max(1, steps - warming))))


def _smoothed(before: dict[str, float], now: dict[str, float]) -> dict[str, float]:
    return {name: _SMOOTHING * before.get(name, value) + (1 - _SMOOTHING) * value for name, value in now.items()}
