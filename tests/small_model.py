"""An embedder without a model: words hashed to places, so that texts that share words are near each other."""

import hashlib
import re
from collections.abc import Callable, Sequence

import numpy as np

from index.errors import ModelError
from index.models.tokens import open_token_counter
from index.passages.pipeline import Pipeline
from index.types import Matrix


class SmallEmbedder:
    """Instant and deterministic. Counts what it has embedded."""

    dimension = 64
    max_tokens = 256

    def __init__(self, model_id: str = "small@1") -> None:
        self.model_id = model_id
        self.embedded = 0

    def count_tokens(self, text: str) -> int:
        return len(re.findall(r"\w+|[^\w\s]", text)) + 2

    def embed(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> Matrix:
        vectors: Matrix = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            if self.count_tokens(text) > self.max_tokens:
                raise ModelError("too long")
            vectors[row, 0] = 0.1
            for word in re.findall(r"\w+", text.lower()):
                digest = hashlib.sha256(f"{self.model_id} {word}".encode()).digest()
                vectors[row, digest[0] % self.dimension] += 1 if digest[1] % 2 else -1
            vectors[row] /= np.linalg.norm(vectors[row])
            if progress is not None:
                progress(row + 1, len(texts))
        self.embedded += len(texts)
        return vectors


def small_pipeline() -> Pipeline:
    """The real pipeline but for the model."""
    return Pipeline(SmallEmbedder(), open_token_counter())
