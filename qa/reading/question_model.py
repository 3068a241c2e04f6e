"""Any extractive question-answering model of transformers as a SpanModel, from its folder or by its name on the hub."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from index.errors import ModelError
from index.models.model_folder import ModelFolder, find_model_folder, loading
from qa.reading.span_model import LONGEST_SPAN, ReadText, TextScore, UnitScore, best_span
from qa.reading.windows import LONGEST, PairWindowMaker, Window

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

_KIND = "question model"
_VOCABULARIES = ("tokenizer.json", "vocab.txt", "vocab.json", "*.model")
Floats = NDArray[np.float32]


class _Spans(Struct, frozen=True):
    """All spans of a unit in one window. best, start, end: of the likeliest. total: log of the sum of their odds."""

    best: float
    total: float
    start: int
    end: int


class QuestionModel:
    """Reads with a model trained on SQuAD 2.0 (Rajpurkar, Jia and Liang 2018) or the like; loaded when first asked.

    A span's log-odds against no answer are its start and end logits less those of the `[CLS]` token, which stands for
    no answer (Devlin et al. 2019, 4.3). Such a model says no more, so the rest is made of these:

    - `relevant` and `answerable` are both the log-odds of the passage's best span.
    - `evidence` of a unit are the log-odds that the answer lies in it: of its spans' share in the probability of all
      spans in the passage's units and of no answer.

    Of a passage in several windows each unit counts as in the window with its best span. In float32 and a window at a
    time, without padding, so that no score depends on what is read beside it.
    """

    def __init__(self, folder: ModelFolder) -> None:
        self._folder = folder
        self._network: _Network | None = None

    @property
    def name(self) -> str:
        return self._folder.model_id

    def read(self, question: str, texts: Sequence[ReadText]) -> list[TextScore]:
        """As `SpanModel.read`. Raises ModelError also for a model without a head for questions or without tokenizer."""
        if self._network is None:
            self._network = _Network(*_load(self._folder), self._folder.max_tokens)
        return [_score(self._network, question, text) for text in texts]


def open_question_model(model: str, *, allow_download: bool = False) -> QuestionModel:
    """The model of the setting `reader`, a folder's path or a hub name (see `find_model_folder`); loads nothing yet.

    Raises ModelError if it is not on this machine or has only weights that could run code.
    """
    return QuestionModel(find_model_folder(model, allow_download=allow_download, kind=_KIND))


class _Network:
    """The loaded model with its tokenizer."""

    def __init__(self, network: "PreTrainedModel", tokenizer: "PreTrainedTokenizerBase", longest: int) -> None:
        self._network = network
        self._segments = getattr(network.config, "type_vocab_size", 0) > 1
        self._null = tokenizer.cls_token_id
        # Who pads on the left has learned the passage first, then the question.
        self._maker = PairWindowMaker(
            tokenizer.backend_tokenizer, min(longest, LONGEST), question_first=tokenizer.padding_side == "right"
        )

    def windows(self, question: str, text: ReadText) -> list[Window]:
        return self._maker.windows(question, text.head, text.text)

    def logits(self, window: Window) -> tuple[Floats, Floats]:
        """Start and end logits [tokens], less those of no answer."""
        import torch  # seconds: only who reads with the model waits for it

        ids = torch.tensor([window.ids])
        inputs = {"input_ids": ids, "attention_mask": torch.ones_like(ids)}
        if self._segments:
            inputs["token_type_ids"] = torch.tensor([window.segments])
        with torch.inference_mode():
            output = self._network(**inputs)
        starts, ends = output.start_logits[0].numpy(), output.end_logits[0].numpy()
        null = window.ids.index(self._null) if self._null in window.ids else 0
        return starts - starts[null], ends - ends[null]


def _score(network: _Network, question: str, text: ReadText) -> TextScore:
    found = [_Spans(-np.inf, -np.inf, start, start) for start, _ in text.units]
    for window in network.windows(question, text):
        starts, ends = network.logits(window)
        for number, unit in enumerate(text.units):
            shown = _shown(text.text, window, *unit)
            if shown:
                found[number] = max(found[number], _spans(shown, starts, ends), key=lambda spans: spans.best)
    best = max((spans.best for spans in found), default=-np.inf)
    units = [
        UnitScore(evidence, spans.best, spans.start, spans.end)
        for spans, evidence in zip(found, _evidence([spans.total for spans in found]), strict=True)
    ]
    return TextScore(best, best, tuple(units))


def _shown(text: str, window: Window, start: int, end: int) -> dict[int, tuple[int, int]]:
    """Place in the window -> the characters of `text[start:end]` that the token there is of, without white space at
    their edges. Tokens of white space alone, or of no characters, are left out."""
    shown: dict[int, tuple[int, int]] = {}
    if window.offsets[-1][1] <= start or end <= window.offsets[0][0]:  # nearly all of a long passage's
        return shown
    for place in window.tokens_in(start, end):
        left, right = window.offsets[place - window.first]
        left, right = max(left, start), min(right, end)
        part = text[left:right]
        if part.strip():
            shown[place] = (right - len(part.lstrip()), left + len(part.rstrip()))
    return shown


def _spans(shown: dict[int, tuple[int, int]], starts: Floats, ends: Floats) -> _Spans:
    places = list(shown)
    starts, ends = starts[places], ends[places]
    first, last, best = best_span(starts, ends)
    longest = min(len(places), LONGEST_SPAN)
    every = np.concatenate([starts[: len(places) - more] + ends[more:] for more in range(longest)])
    total = float(np.logaddexp.reduce(every.astype(np.float64)))
    return _Spans(best, total, shown[places[first]][0], shown[places[last]][1])


def _evidence(totals: Sequence[float]) -> list[float]:
    """Of each unit, the log of its odds: its total against those of the others and of no answer, which is 0."""
    every = np.array([0.0, *totals])
    return [total - float(np.logaddexp.reduce(np.delete(every, 1 + number))) for number, total in enumerate(totals)]


def _load(folder: ModelFolder) -> tuple["PreTrainedModel", "PreTrainedTokenizerBase"]:
    import torch  # see _Network
    from transformers import AutoModelForQuestionAnswering, AutoTokenizer

    _check_vocabulary(folder)
    with loading(folder, reports=False):
        tokenizer = AutoTokenizer.from_pretrained(folder.path, local_files_only=True, trust_remote_code=False)
        network, info = AutoModelForQuestionAnswering.from_pretrained(
            folder.path,
            local_files_only=True,
            trust_remote_code=False,
            use_safetensors=True,
            dtype=torch.float32,
            output_loading_info=True,
        )
    _check_head(folder, network.config.num_labels, info)
    if not tokenizer.is_fast:
        raise ModelError(f"{folder.name} has no fast tokenizer, which says where tokens stand: set another model.")
    if len(tokenizer) > network.config.vocab_size:
        raise ModelError(f"The tokenizer in {folder.path} is of another model than the weights: restore it.")
    return network.eval(), tokenizer


def _check_vocabulary(folder: ModelFolder) -> None:
    # Without one transformers makes a tokenizer that knows no word, and says nothing.
    if not any(found.is_file() for name in _VOCABULARIES for found in folder.path.glob(name)):
        raise ModelError(f"The {_KIND} {folder.name} in {folder.path} has no tokenizer: restore it, or set another.")
    if (folder.path / "tokenizer.json").exists():
        _ = folder.tokenizer_file  # looks into it


def _check_head(folder: ModelFolder, labels: int, info: dict[str, Any]) -> None:
    # What the files lack transformers fills with chance.
    missing = sorted(info["missing_keys"])
    if missing or labels != 2:
        lack = ", ".join(missing[:4]) if missing else f"two labels, it has {labels}"
        raise ModelError(
            f"The {_KIND} {folder.name} in {folder.path} is not trained to mark answers (it lacks {lack}): set one for "
            "extractive question answering, such as those trained on SQuAD 2.0."
        )
