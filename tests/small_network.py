"""A trained reader's network with two narrow layers: made, saved and trained in a moment."""

from pathlib import Path

import torch
from safetensors.torch import save_file
from torch.nn import ModuleDict
from transformers import BertConfig, BertModel

from index.models.model_folder import ModelFolder, find_model_folder
from qa.reading.network import new_network
from qa.reading.windows import WindowMaker

VOCABULARY = 30522  # as many as the real tokenizer knows


def small_folder(path: Path, width: int = 16) -> ModelFolder:
    """An embedding model's folder, without its tokenizer. The same width gives the same weights."""
    config = BertConfig(
        vocab_size=VOCABULARY,
        hidden_size=width,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=2 * width,
    )
    path.mkdir(parents=True, exist_ok=True)
    config.save_pretrained(path)
    with torch.random.fork_rng():
        torch.manual_seed(7)
        save_file(BertModel(config).state_dict(), path / "model.safetensors")
    return ModelFolder(path, "small")


def small_network(path: Path, width: int = 16) -> ModuleDict:
    """A new network over `small_folder`; the same width gives the same weights, heads included."""
    folder = small_folder(path, width)
    with torch.random.fork_rng():
        torch.manual_seed(7)
        return new_network(folder)


def real_maker(longest: int = 512) -> WindowMaker:
    """Windows by the embedding model's own tokenizer."""
    return WindowMaker(find_model_folder().tokenizer_file, longest)
