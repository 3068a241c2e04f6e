"""Questions alike, by the cosine of their embeddings: which of many say much the same."""

import threading
from collections.abc import Sequence

import numpy as np

from index.corpus import Corpus
from index.types import Matrix, Vector

# Of questions paraphrased by hand, most pairs are above it; of questions that differ in one name, few.
THRESHOLD = 0.7
_MOST_REMEMBERED = 2_000  # vectors, about 3 MB


class Clustering:
    """Groups texts. It remembers the vectors of the newest texts, so that the same ones are not embedded again.

    Safe to share between threads.
    """

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._vectors: dict[str, Vector] = {}
        self._lock = threading.Lock()

    def groups(self, texts: Sequence[str], threshold: float = THRESHOLD) -> tuple[tuple[int, ...], ...]:
        """The places of the texts, in groups of likes. Raises what embedding raises.

        Leader clustering: one text after another joins the group whose first text is nearest, if their cosine is at
        least `threshold`, and else begins a group. So all in a group are like its first one, which speaks for them; the
        order decides, hence the most important texts come first. Hartigan, Clustering Algorithms (1975), chapter 3.
        """
        if not texts:
            return ()
        vectors = self._embed(texts)
        leaders = np.zeros_like(vectors)
        groups: list[list[int]] = []
        for place, vector in enumerate(vectors):
            cosines = leaders[: len(groups)] @ vector
            nearest = int(cosines.argmax()) if groups else -1
            if groups and cosines[nearest] >= threshold:
                groups[nearest].append(place)
            else:
                leaders[len(groups)] = vector
                groups.append([place])
        return tuple(map(tuple, groups))

    def _embed(self, texts: Sequence[str]) -> Matrix:
        with self._lock:
            new = [text for text in dict.fromkeys(texts) if text not in self._vectors]
            self._vectors.update(zip(new, self._corpus.embed(new), strict=True) if new else ())
            found = np.array([self._vectors[text] for text in texts], dtype=np.float32)
            for text in list(self._vectors)[: max(0, len(self._vectors) - _MOST_REMEMBERED)]:
                del self._vectors[text]
        return found
