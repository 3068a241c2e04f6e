"""The trained reader's network: the embedding model's own encoder with linear heads, and its file.

Per token: start and end of the answer, and how much it speaks to the question. Of the first token: whether the passage
is about what is asked, and whether it answers it.
"""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelError
from index.models.model_folder import ModelFolder
from qa.reading.windows import Window

if TYPE_CHECKING:
    from torch import Tensor
    from torch.nn import ModuleDict

TOKEN_OUTPUTS = ("start", "end", "evidence")
PASSAGE_OUTPUTS = ("relevant", "answerable")
# The vocabulary's vectors stay as the embedding model has them, so they need not be shipped twice.
SHARED = "encoder.embeddings.word_embeddings.weight"
Floats = NDArray[np.float32]


def new_network(folder: ModelFolder) -> "ModuleDict":
    """The encoder with the embedding model's weights, in float32, and fresh heads. Raises ModelError."""
    import torch  # seconds: only who reads with the model waits for it
    from transformers import AutoConfig, BertModel, MPNetModel

    folder.verify()
    config = AutoConfig.from_pretrained(folder.path, attn_implementation="eager")  # the fastest one on a CPU
    kinds = {"bert": BertModel, "mpnet": MPNetModel}  # the second is the teacher's
    encoder = kinds[config.model_type](config, add_pooling_layer=False)
    state = _read(folder.file("model.safetensors"))
    kept = {name: value for name, value in state.items() if not name.startswith("pooler.")}
    encoder.load_state_dict(kept, strict=False)
    width = config.hidden_size
    heads = {
        "tokens": torch.nn.Linear(width, len(TOKEN_OUTPUTS)),
        "passage": torch.nn.Linear(width, len(PASSAGE_OUTPUTS)),
    }
    for head in heads.values():
        torch.nn.init.normal_(head.weight, std=config.initializer_range)
        torch.nn.init.zeros_(head.bias)
    return torch.nn.ModuleDict({"encoder": encoder, **heads})


def load_network(folder: ModelFolder, weights: Path, sha256: str | None) -> "ModuleDict":
    """The network of a file made by `save_network`. Raises ModelError if the file is missing, torn or not the one."""
    if not weights.is_file():
        raise ModelError(f"The reader has no weights: {weights} is missing. Install Footnote again.")
    if sha256 is not None and hashlib.sha256(weights.read_bytes()).hexdigest() != sha256:
        raise ModelError(f"{weights} is not the file that ships with Footnote: install Footnote again.")
    network = new_network(folder)
    state = {name: value.float() for name, value in _read(weights).items()}
    expected = {name: value.shape for name, value in network.state_dict().items() if name != SHARED}
    if {name: value.shape for name, value in state.items()} != expected:
        raise ModelError(f"{weights} holds the weights of another network: install Footnote again.")
    network.load_state_dict(state, strict=False)
    return network


def save_network(network: "ModuleDict", path: Path) -> None:
    """Writes the weights, but the shared ones, as bfloat16 safetensors."""
    import torch  # see new_network
    from safetensors.torch import save_file

    state = network.state_dict()
    kept = {name: state[name].to(torch.bfloat16).contiguous() for name in sorted(state) if name != SHARED}
    save_file(kept, path)


def outputs(network: "ModuleDict", ids: "Tensor", segments: "Tensor", mask: "Tensor") -> tuple["Tensor", "Tensor"]:
    """([texts, tokens, TOKEN_OUTPUTS], [texts, PASSAGE_OUTPUTS]) logits of padded ids [texts, tokens]."""
    encoder = network["encoder"]
    kinds = {"token_type_ids": segments} if hasattr(encoder.embeddings, "token_type_embeddings") else {}
    hidden = encoder(input_ids=ids, attention_mask=mask, **kinds).last_hidden_state
    return network["tokens"](hidden), network["passage"](hidden[:, 0])


def padded(windows: list[Window], multiple: int = 1) -> tuple["Tensor", "Tensor", "Tensor"]:
    """Ids, segments and mask [windows, tokens] of windows; tokens is the longest one's, rounded up to a multiple."""
    import torch  # see new_network

    longest = max(window.length for window in windows)
    shape = (len(windows), -(-longest // multiple) * multiple)
    ids, segments, mask = (np.zeros(shape, dtype=np.int64) for _ in range(3))
    for row, window in enumerate(windows):
        ids[row, : window.length] = window.ids
        segments[row, : window.length] = window.segments
        mask[row, : window.length] = 1
    return torch.from_numpy(ids), torch.from_numpy(segments), torch.from_numpy(mask)


def _read(path: Path) -> dict[str, "Tensor"]:
    from safetensors import SafetensorError  # with torch, see new_network
    from safetensors.torch import load_file

    try:
        return load_file(path)
    except SafetensorError as error:
        raise ModelError(f"{path} is not a whole safetensors file ({error}): install it again.") from error
