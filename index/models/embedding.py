"""Texts to vectors. The model is loaded when the first text is embedded, and never given more than it can read."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

import numpy as np
from msgspec import Struct
from tokenizers import Tokenizer

from index.errors import ModelError
from index.models.model_folder import EMBEDDED, ModelFolder, find_model_folder, loading
from index.types import Matrix

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Progress = Callable[[int, int], None]  # (texts done, texts in all)


class EmbeddingLimits(Struct, frozen=True):
    """batch: texts embedded at once, fastest on two cores, where more only pads (2026-11-22, 010bdb3). threads: the
    most of torch; a model of six layers gains nothing from more. remembered: texts whose vectors are kept in memory, by
    hand."""

    batch: int = 16
    threads: int = 8
    remembered: int = 256


LIMITS = EmbeddingLimits()

# Tokenised both ways at load, so that what is counted is what the model will read.
_PROBE = "Ünïcode, CAPS & “quotes” — 1,234.5 naïve\u00a0日本 antidisestablishmentarianism"


class Embedder(Protocol):
    """Makes vectors whose dot product is their cosine. Safe to call from several threads."""

    @property
    def model_id(self) -> str:
        """Name and short hash of the weights: vectors of different ids do not compare."""
        ...

    @property
    def dimension(self) -> int: ...

    @property
    def max_tokens(self) -> int:
        """The longest text it reads, in its own tokens, special ones included."""
        ...

    def count_tokens(self, text: str) -> int:
        """The text's length in the model's tokens, special ones included; never cut."""
        ...

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Matrix:
        """[len(texts), dimension] float32, rows L2-normalised. Raises ModelError if a text is over `max_tokens`."""
        ...


class SentenceTransformerEmbedder:
    """A sentence-transformers model on the CPU, in float32.

    bfloat16 was measured and is 2.5 times as fast with AMX, but there a text's vector depends on the texts beside it
    (by up to 8e-4 an element, against 2e-7 in float32), and the same question has to give the same answer.
    """

    def __init__(self, folder: ModelFolder) -> None:
        self._folder = folder
        self._tokenizer: Tokenizer | None = None
        self._model: SentenceTransformer | None = None
        self._lock = threading.RLock()

    @property
    def model_id(self) -> str:
        return self._folder.model_id

    @property
    def dimension(self) -> int:
        return self._folder.dimension

    @property
    def max_tokens(self) -> int:
        return self._folder.max_tokens

    def count_tokens(self, text: str) -> int:
        return len(self._open_tokenizer().encode(_encodable(text)).ids)

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Matrix:
        vectors: Matrix = np.empty((len(texts), self.dimension), dtype=np.float32)
        clean = [_encodable(text) for text in texts]
        lengths = self._checked_lengths(clean)
        # Like lengths together, so that little is padded; ties by position, so that the batches are the same each time.
        order = sorted(range(len(clean)), key=lambda number: (lengths[number], number))
        done = 0
        for start in range(0, len(order), LIMITS.batch):
            batch = order[start : start + LIMITS.batch]
            vectors[batch] = self._encode([clean[number] for number in batch])
            done += len(batch)
            if progress is not None:
                progress(done, len(texts))
        return vectors

    def _checked_lengths(self, texts: Sequence[str]) -> list[int]:
        lengths = [len(encoding.ids) for encoding in self._open_tokenizer().encode_batch(list(texts))]
        for text, length in zip(texts, lengths, strict=True):
            if length > self.max_tokens:
                raise ModelError(
                    f"A text of {length} tokens cannot be embedded, since {self._folder.name} reads {self.max_tokens} "
                    f"and nothing is cut silently: make passages shorter. It begins {text[:60]!r}."
                )
        return lengths

    def _encode(self, texts: list[str]) -> Matrix:
        # One at a time: the tokenizer inside the model cannot be shared, and the cores are busy anyway.
        with self._lock:
            vectors = self._load().encode(
                texts, batch_size=len(texts), normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(vectors, dtype=np.float32)

    def _open_tokenizer(self) -> Tokenizer:
        with self._lock:
            if self._tokenizer is None:
                self._folder.verify()
                tokenizer = Tokenizer.from_file(str(self._folder.tokenizer_file))
                tokenizer.no_truncation()
                tokenizer.no_padding()
                self._tokenizer = tokenizer
            return self._tokenizer

    def _load(self) -> "SentenceTransformer":
        if self._model is None:
            self._folder.verify()
            model = _load_quietly(self._folder)
            limit = model.max_seq_length
            if limit is not None and limit < self.max_tokens:
                raise ModelError(f"{self._folder.name} reads {limit} tokens, not the {self.max_tokens} its files say.")
            model.max_seq_length = self.max_tokens
            model.default_prompt_name = None  # it would be added after the text was measured
            if list(model.tokenizer(_PROBE)["input_ids"]) != self._open_tokenizer().encode(_PROBE).ids:
                raise ModelError(
                    f"{self._folder.tokenizer_file} does not tokenise as the model {self._folder.name} does, so texts "
                    "cannot be measured: set another embedding model."
                )
            self._model = model
        return self._model


class RememberingEmbedder:
    """Keeps the vectors of the texts embedded alone most recently: a question is embedded to search, then to read."""

    def __init__(self, embedder: Embedder, most: int = LIMITS.remembered) -> None:
        self._embedder = embedder
        self._most = most
        self._cache: OrderedDict[str, Matrix] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def model_id(self) -> str:
        return self._embedder.model_id

    @property
    def dimension(self) -> int:
        return self._embedder.dimension

    @property
    def max_tokens(self) -> int:
        return self._embedder.max_tokens

    def count_tokens(self, text: str) -> int:
        return self._embedder.count_tokens(text)

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Matrix:
        if len(texts) != 1:
            return self._embedder.embed(texts, progress)
        with self._lock:
            vectors = self._cache.get(texts[0])
        if vectors is None:
            vectors = self._embedder.embed(texts, progress)
            with self._lock:
                self._cache[texts[0]] = vectors
                if len(self._cache) > self._most:
                    self._cache.popitem(last=False)
        return vectors.copy()


def embed_any(embedder: Embedder, texts: Sequence[str]) -> Matrix:
    """Embed texts of any length: [len(texts), dimension]. One that is longer than the model reads is embedded in parts
    that fit and gets their normalised mean, so that nothing is cut off."""
    parts = [parts_that_fit(embedder, text) for text in texts]
    vectors = embedder.embed([part for own in parts for part in own])
    if len(vectors) == len(texts):
        return vectors
    ends = np.cumsum([len(own) for own in parts])
    means = np.array([vectors[end - len(own) : end].mean(axis=0) for own, end in zip(parts, ends, strict=True)])
    lengths = np.linalg.norm(means, axis=1, keepdims=True)
    return np.asarray(means / np.maximum(lengths, 1e-12), dtype=np.float32)


def parts_that_fit(embedder: Embedder, text: str) -> list[str]:
    """The text halved, at a space where there is one, until each part is short enough for the model."""
    if len(text) < 2 or embedder.count_tokens(text) <= embedder.max_tokens:
        return [text]
    middle = len(text) // 2
    space = text.find(" ", middle)
    cut = space + 1 if 0 <= space < len(text) - 1 else middle
    return parts_that_fit(embedder, text[:cut]) + parts_that_fit(embedder, text[cut:])


def open_embedder(model: str = EMBEDDED, *, allow_download: bool = False) -> Embedder:
    """The embedder of the setting `embedding_model` (see `find_model_folder`); loads nothing yet.

    Raises ModelError if the model is not on this machine, or later, on first use, if its files are not as they should.
    """
    return SentenceTransformerEmbedder(find_model_folder(model, allow_download=allow_download))


def _load_quietly(folder: ModelFolder) -> "SentenceTransformer":
    # Imported here: together they take seconds, and most commands embed nothing.
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(min(torch.get_num_threads(), LIMITS.threads))
    with loading(folder):
        model = SentenceTransformer(
            str(folder.path),
            device="cpu",
            local_files_only=True,
            trust_remote_code=False,
            model_kwargs={"use_safetensors": True, "dtype": torch.float32},
        )
    return model.eval()


def _encodable(text: str) -> str:
    """The text with lone surrogates, which no tokenizer takes, replaced by "?"."""
    return text.encode("utf-8", "replace").decode("utf-8")
