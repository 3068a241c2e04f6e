import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from safetensors.torch import load_file, save_file
from torch.nn import ModuleDict

from index.errors import ModelError
from index.models.model_folder import ModelFolder
from qa.reading.network import (
    PASSAGE_OUTPUTS,
    SHARED,
    TOKEN_OUTPUTS,
    load_network,
    new_network,
    outputs,
    padded,
    save_network,
)
from qa.reading.windows import Window
from tests.small_network import small_folder, small_network

Spoil = Callable[[Path], None]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> ModelFolder:
    return small_folder(tmp_path_factory.mktemp("model"))


@pytest.fixture(scope="module")
def network(folder: ModelFolder) -> ModuleDict:
    return new_network(folder).eval()


@pytest.fixture
def weights(network: ModuleDict, tmp_path: Path) -> Path:
    save_network(network, tmp_path / "reader.safetensors")
    return tmp_path / "reader.safetensors"


def window(length: int) -> Window:
    """Of any ids; its text begins at the third token."""
    ids = [101, *((7 * place) % 1000 + 999 for place in range(length - 2)), 102]
    return Window(ids, [0, 0, *([1] * (length - 2))], 2, [(place, place + 1) for place in range(length - 3)])


def test_a_new_network_has_the_embedding_models_weights_and_fresh_heads(
    folder: ModelFolder, network: ModuleDict
) -> None:
    given_weights = load_file(folder.file("model.safetensors"))
    own = network.state_dict()
    for name, value in given_weights.items():
        assert name.startswith("pooler.") or torch.equal(own[f"encoder.{name}"], value)
    heads = {name: tuple(value.shape) for name, value in own.items() if not name.startswith("encoder.")}
    assert heads == {
        "tokens.weight": (len(TOKEN_OUTPUTS), 16),
        "tokens.bias": (len(TOKEN_OUTPUTS),),
        "passage.weight": (len(PASSAGE_OUTPUTS), 16),
        "passage.bias": (len(PASSAGE_OUTPUTS),),
    }
    assert own["tokens.weight"].std() > 0


def test_what_is_saved_is_loaded_again_in_bfloat16_and_the_shared_vectors_are_not_in_it(
    folder: ModelFolder, network: ModuleDict, weights: Path
) -> None:
    stored = load_file(weights)
    assert stored.keys() == network.state_dict().keys() - {SHARED}
    assert {value.dtype for value in stored.values()} == {torch.bfloat16}
    loaded = load_network(folder, weights, hashlib.sha256(weights.read_bytes()).hexdigest()).state_dict()
    for name, value in network.state_dict().items():
        assert loaded[name].dtype == torch.float32
        torch.testing.assert_close(loaded[name], value, rtol=0.0 if name == SHARED else 2**-8, atol=0.0)


def test_outputs_are_a_logit_a_token_and_a_passage_and_padding_changes_none(network: ModuleDict) -> None:
    windows = [window(length) for length in (40, 5, 17)]
    with torch.inference_mode():
        tokens, passages = outputs(network, *padded(windows, 32))
        assert tokens.shape == (3, 64, len(TOKEN_OUTPUTS))
        assert passages.shape == (3, len(PASSAGE_OUTPUTS))
        for row, each in enumerate(windows):
            alone, passage = outputs(network, *padded([each]))
            torch.testing.assert_close(tokens[row, : each.length], alone[0], rtol=1e-4, atol=1e-5)
            torch.testing.assert_close(passages[row], passage[0], rtol=1e-4, atol=1e-5)


@given(st.lists(st.integers(3, 90), min_size=1, max_size=6), st.sampled_from((1, 8, 32)))
def test_windows_are_padded_to_the_longest_and_the_mask_tells_where(lengths: list[int], multiple: int) -> None:
    windows = [window(length) for length in lengths]
    ids, segments, mask = padded(windows, multiple)
    wide = ids.shape[1]
    assert wide % multiple == 0
    assert max(lengths) <= wide < max(lengths) + multiple
    assert ids.shape == segments.shape == mask.shape == (len(lengths), wide)
    for row, each in enumerate(windows):
        assert mask[row].tolist() == [1] * each.length + [0] * (wide - each.length)
        assert ids[row].tolist() == each.ids + [0] * (wide - each.length)
        assert segments[row].tolist() == each.segments + [0] * (wide - each.length)


def _removed(path: Path) -> None:
    path.unlink()


def _torn(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def _emptied(path: Path) -> None:
    path.write_bytes(b"")


def _without_a_head(path: Path) -> None:
    save_file({name: value for name, value in load_file(path).items() if name != "tokens.bias"}, path)


def _with_more(path: Path) -> None:
    save_file({**load_file(path), "third.weight": torch.zeros(2)}, path)


def _of_a_wider_network(path: Path) -> None:
    save_network(small_network(path.parent / "wider", width=32), path)


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (_removed, "is missing"),
        (_torn, "not a whole safetensors file"),
        (_emptied, "not a whole safetensors file"),
        (_without_a_head, "another network"),
        (_with_more, "another network"),
        (_of_a_wider_network, "another network"),
    ],
)
def test_a_file_that_is_not_the_one_is_named(folder: ModelFolder, weights: Path, spoil: Spoil, told: str) -> None:
    spoil(weights)
    with pytest.raises(ModelError, match=told) as failure:
        load_network(folder, weights, None)
    assert str(weights) in str(failure.value)
    assert "nstall" in str(failure.value), "what to do"


def test_a_file_with_another_hash_is_not_loaded(folder: ModelFolder, weights: Path) -> None:
    digest = hashlib.sha256(weights.read_bytes()).hexdigest()
    weights.write_bytes(weights.read_bytes()[:-1] + b"\x01")
    with pytest.raises(ModelError, match="not the file that ships") as failure:
        load_network(folder, weights, digest)
    assert str(weights) in str(failure.value)


def test_an_embedding_model_that_is_torn_is_named(tmp_path: Path) -> None:
    folder = small_folder(tmp_path)
    _torn(folder.file("model.safetensors"))
    with pytest.raises(ModelError, match="not a whole safetensors file") as failure:
        new_network(folder)
    assert str(tmp_path / "model.safetensors") in str(failure.value)
