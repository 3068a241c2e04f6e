"""The SpanModel protocol, and ours: what a network makes of a question and a passage, told sentence by sentence."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from index.models.model_folder import ModelFolder
from qa.reading.network import load_network, outputs, padded
from qa.reading.windows import Window, WindowMaker

if TYPE_CHECKING:
    from torch.nn import ModuleDict

LONGEST_SPAN = 30  # tokens
_BATCH = 8
_NEVER = -1e9
Floats = NDArray[np.float32]


class ReadText(Struct, frozen=True):
    """A passage to read. head: title and headings. units: the stretches of `text` a span may lie in, in order."""

    head: str
    text: str
    units: tuple[tuple[int, int], ...]


class UnitScore(Struct, frozen=True):
    """Of one unit. evidence: log-odds that it speaks to the question. span: log-odds of `text[start:end]`, the best
    stretch in it, against there being no answer in the passage; -inf for a unit without tokens."""

    evidence: float
    span: float
    start: int
    end: int


class TextScore(Struct, frozen=True):
    """Of one passage: log-odds that it is about what is asked, and that it answers it; and of each of its units."""

    relevant: float
    answerable: float
    units: tuple[UnitScore, ...]


class SpanModel(Protocol):
    """Reads. The same question and texts give the same scores."""

    @property
    def name(self) -> str:
        """Names the model and its weights."""

    def read(self, question: str, texts: Sequence[ReadText]) -> list[TextScore]:
        """One score a text, in order. Raises ModelError where the model cannot be loaded."""


class EmbeddedSpanModel:
    """The network trained by qa.training; loaded when first asked. bfloat16 where the processor multiplies in it.

    A batch is never shared between questions: in bfloat16 a score depends on the batch's shape, and the same question
    has to get the same answer.
    """

    def __init__(self, folder: ModelFolder, weights: Path, sha256: str | None) -> None:
        self._folder = folder
        self._weights = weights
        self._sha256 = sha256
        self._loaded: tuple[ModuleDict, WindowMaker] | None = None
        self.name = f"{weights.stem}-{sha256[:8]}" if sha256 else weights.stem

    def read(self, question: str, texts: Sequence[ReadText]) -> list[TextScore]:
        network, maker = self._load()
        windows = [maker.windows(question, text.head, [text.text])[0] for text in texts]
        flat = [window for each in windows for window in each]
        # Like lengths together, so that little is padded.
        order = sorted(range(len(flat)), key=lambda number: (flat[number].length, number))
        scored: dict[int, tuple[Floats, Floats]] = {}
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            tokens, passages = _run(network, [flat[number] for number in batch])
            scored |= {number: (tokens[row], passages[row]) for row, number in enumerate(batch)}
        results = iter(range(len(flat)))
        return [
            _merged([_score(window, *scored[next(results)], text.units) for window in each], len(text.units))
            for text, each in zip(texts, windows, strict=True)
        ]

    def _load(self) -> tuple["ModuleDict", WindowMaker]:
        if self._loaded is None:
            import torch  # seconds: only who reads with the model waits for it

            network = load_network(self._folder, self._weights, self._sha256).eval()
            if torch.ops.mkldnn._is_mkldnn_bf16_supported():
                network = network.bfloat16()
            self._loaded = network, WindowMaker(self._folder.tokenizer_file)
        return self._loaded


def _run(network: "ModuleDict", windows: list[Window]) -> tuple[Floats, Floats]:
    import torch  # see EmbeddedSpanModel

    with torch.inference_mode():
        tokens, passages = outputs(network, *padded(windows))
    return tokens.float().numpy(), passages.float().numpy()


def _score(window: Window, tokens: Floats, passage: Floats, units: Sequence[tuple[int, int]]) -> TextScore:
    null = float(tokens[0, 0] + tokens[0, 1])
    scores = []
    for start, end in units:
        place = window.tokens_in(start, end)
        if not place:
            scores.append(_unread(start))
            continue
        first, last, value = best_span(tokens[place.start : place.stop, 0], tokens[place.start : place.stop, 1])
        left = window.offsets[place.start + first - window.first][0]
        right = window.offsets[place.start + last - window.first][1]
        evidence = float(tokens[place.start : place.stop, 2].mean())
        scores.append(UnitScore(evidence, value - null, max(left, start), min(right, end)))
    return TextScore(float(passage[0]), float(passage[1]), tuple(scores))


def best_span(starts: Floats, ends: Floats) -> tuple[int, int, float]:
    """(first, last, score) of the highest starts[first] + ends[last], first <= last < first + LONGEST_SPAN."""
    sums = starts[:, None] + ends[None, :]
    allowed = np.triu(np.ones(sums.shape, dtype=bool)) & ~np.triu(np.ones(sums.shape, dtype=bool), LONGEST_SPAN)
    flat = int(np.where(allowed, sums, _NEVER).argmax())
    first, last = divmod(flat, sums.shape[1])
    return first, last, float(sums[first, last])


def _merged(windows: Sequence[TextScore], units: int) -> TextScore:
    """Of a passage read in several windows, the best of each."""
    if not windows:
        return TextScore(-np.inf, -np.inf, tuple(_unread(0) for _ in range(units)))
    return TextScore(
        max(window.relevant for window in windows),
        max(window.answerable for window in windows),
        tuple(max((window.units[unit] for window in windows), key=lambda score: score.span) for unit in range(units)),
    )


def _unread(start: int) -> UnitScore:
    return UnitScore(-np.inf, -np.inf, start, start)
