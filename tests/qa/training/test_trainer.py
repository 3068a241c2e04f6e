from collections.abc import Sequence
from pathlib import Path

import pytest
import torch
from torch.nn import ModuleDict

from qa.reading.network import SHARED, outputs
from qa.training.batches import Case, collate
from qa.training.objective import losses, total
from qa.training.recipe import Phase
from qa.training.trainer import Progress, Trainer
from tests.qa.training.test_batches import ANSWERED, NEGATIVE, UNANSWERED, UNTOLD, case
from tests.small_network import small_network

PHASE = Phase("try", (), 1, 3e-3)
BATCHES = [[case(ANSWERED), case(UNANSWERED)], [case(NEGATIVE), case(UNTOLD)]] * 5


def train(network: ModuleDict, batches: Sequence[list[Case]], folder: Path, phase: Phase = PHASE) -> list[Progress]:
    """In place, as a run of ten steps; what was reported."""
    reported: list[Progress] = []

    def report(progress: Progress, steps: int, cases_per_second: float) -> None:
        assert steps == 10
        assert cases_per_second > 0
        reported.append(progress)

    trainer = Trainer(network, phase.learning_rate)
    trainer.train(phase, batches, 10, folder, report)
    assert trainer.network() is network
    return reported


def loss(network: ModuleDict) -> float:
    batch = collate([each for cases in BATCHES[:2] for each in cases])
    with torch.no_grad():
        return float(total(losses(*outputs(network, batch.ids, batch.segments, batch.mask), batch)))


@pytest.fixture
def network(tmp_path: Path) -> ModuleDict:
    """The same one each time."""
    return small_network(tmp_path / "model")


def test_a_few_steps_learn_and_leave_the_shared_vectors_alone(network: ModuleDict, tmp_path: Path) -> None:
    before, shared = loss(network.eval()), network.get_parameter(SHARED).clone()
    reported = train(network, BATCHES, tmp_path / "work")
    assert [progress.step for progress in reported] == list(range(1, 11))
    assert loss(network) < 0.8 * before
    assert {each.dtype for each in network.parameters()} == {torch.float32}
    assert torch.equal(network.get_parameter(SHARED), shared.bfloat16().float())


def test_stopped_and_resumed_is_as_never_stopped(network: ModuleDict, tmp_path: Path) -> None:
    begun, resumed = (small_network(tmp_path / "model") for _ in range(2))
    whole = train(network, BATCHES, tmp_path / "whole")
    train(begun, BATCHES[:4], tmp_path / "parts")
    rest = train(resumed, BATCHES, tmp_path / "parts")
    assert [progress.step for progress in rest] == list(range(5, 11))
    assert rest[-1].losses == pytest.approx(whole[-1].losses, rel=1e-3)
    stopped = dict(begun.named_parameters())
    for name, value in network.named_parameters():
        torch.testing.assert_close(resumed.get_parameter(name), value, rtol=1e-3, atol=1e-5)
        assert name == SHARED or not torch.equal(stopped[name], value)


def test_what_is_done_is_not_done_again(network: ModuleDict, tmp_path: Path) -> None:
    train(network, BATCHES, tmp_path / "work")
    again = small_network(tmp_path / "model")
    assert train(again, BATCHES, tmp_path / "work") == []
    for name, value in network.named_parameters():
        assert torch.equal(again.get_parameter(name), value)


def test_another_phase_begins_anew(network: ModuleDict, tmp_path: Path) -> None:
    train(network, BATCHES[:2], tmp_path / "work")
    other = Phase("other", (), 1, 3e-3)
    fresh = small_network(tmp_path / "model")
    assert [progress.step for progress in train(fresh, BATCHES[:3], tmp_path / "work", other)] == [1, 2, 3]
