"""Models from elsewhere: what they say is what transformers computes, and what cannot be read with is refused."""

import json
import logging
import math
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import ModelError
from index.models.model_folder import ModelFolder
from qa.reading.question_model import QuestionModel, open_question_model
from qa.reading.span_model import ReadText
from tests.small_questions import bert_tokenizer, save_bert, save_roberta

QUESTION = "Who sells oil?"
TEXT = ReadText("Trade", "Norway sells oil. It is cold there!", ((0, 17), (18, 35)))


@pytest.fixture(scope="module")
def bert(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_bert(tmp_path_factory.mktemp("bert"))


@pytest.fixture(scope="module", params=["bert", "roberta", "bert padded on the left"])
def folder(request: pytest.FixtureRequest, bert: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    if request.param == "bert":
        return bert
    folder = tmp_path_factory.mktemp("model")
    if request.param == "roberta":
        return save_roberta(folder)
    shutil.copytree(bert, folder, dirs_exist_ok=True)
    (folder / "tokenizer_config.json").write_text('{"tokenizer_class": "BertTokenizer", "padding_side": "left"}')
    return folder


@pytest.fixture(scope="module")
def model(folder: Path) -> QuestionModel:
    return open_question_model(str(folder))


@pytest.fixture
def copy(bert: Path, tmp_path: Path) -> Path:
    """A folder of a good model, to be spoilt."""
    return Path(shutil.copytree(bert, tmp_path / "copy"))


def log_odds_of_every_span(folder: Path) -> list[dict[tuple[int, int], float]]:
    """Of each unit of TEXT: its spans and their log-odds against no answer, with transformers alone."""
    import torch  # seconds, as is transformers
    from transformers import AutoModelForQuestionAnswering, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(folder)
    written = f"{TEXT.head}\n{TEXT.text}"
    texts = [QUESTION, written]
    if tokenizer.padding_side == "left":  # as in transformers' own examples of training
        texts.reverse()
    pair = tokenizer(*texts, return_offsets_mapping=True, return_tensors="pt")
    shift = len(TEXT.head) + 1
    offsets = [(left - shift, right - shift) for left, right in pair.pop("offset_mapping")[0].tolist()]
    with torch.inference_mode():
        told = AutoModelForQuestionAnswering.from_pretrained(folder).eval()(**pair)
    starts, ends = told.start_logits[0].tolist(), told.end_logits[0].tolist()
    passage = [number for number, place in enumerate(pair.sequence_ids(0)) if place == texts.index(written)]
    units = []
    for left, right in TEXT.units:
        own = [n for n in passage if left <= offsets[n][0] < offsets[n][1] <= right]
        spans = [(a, b) for a in own for b in own if a <= b]
        units.append({(offsets[a][0], offsets[b][1]): starts[a] + ends[b] - starts[0] - ends[0] for a, b in spans})
    return units


def test_scores_are_those_of_transformers(folder: Path, model: QuestionModel) -> None:
    (score,) = model.read(QUESTION, [TEXT])
    units = log_odds_of_every_span(folder)
    odds = [sum(math.exp(value) for value in unit.values()) for unit in units]
    for unit, spans, own in zip(score.units, units, odds, strict=True):
        best = max(spans, key=lambda span: spans[span])
        assert (unit.start, unit.end) == best
        assert unit.span == pytest.approx(spans[best], abs=1e-4)
        assert unit.evidence == pytest.approx(math.log(own / (1 + sum(odds) - own)), abs=1e-4)
    assert score.relevant == score.answerable == max(unit.span for unit in score.units)


@settings(max_examples=40)
@given(question=st.text(max_size=20), pieces=st.lists(st.text(max_size=30), max_size=6))
def test_spans_stand_in_their_units_and_are_no_white_space(
    model: QuestionModel, question: str, pieces: list[str]
) -> None:
    text = " ".join(pieces)
    ends = np.cumsum([len(piece) + 1 for piece in pieces]) - 1
    units = tuple((int(end) - len(piece), int(end)) for piece, end in zip(pieces, ends, strict=True))
    (score,) = model.read(question, [ReadText("", text, units)])
    for unit, (start, end) in zip(score.units, units, strict=True):
        span = text[unit.start : unit.end]
        assert start <= unit.start <= unit.end <= end
        assert (unit.span > -math.inf) == (unit.evidence > -math.inf) == bool(span)
        assert span == span.strip()


def test_answer_is_found_wherever_in_a_long_text_it_stands(model: QuestionModel) -> None:
    """What a unit says depends on its surroundings, but each is read."""
    text = "It is cold there! " * 200
    units = tuple((start, start + 17) for start in range(0, len(text), 18))
    (score,) = model.read(QUESTION, [ReadText("Trade", text, units)])
    assert all(math.isfinite(unit.span) and math.isfinite(unit.evidence) for unit in score.units)
    assert score.answerable == max(unit.span for unit in score.units)


def test_the_name_tells_models_apart(bert: Path, copy: Path) -> None:
    name = open_question_model(str(bert)).name
    assert name.startswith(f"{bert.name}@")
    (copy / "model.safetensors").write_bytes(b"other")
    assert QuestionModel(ModelFolder(copy, bert.name)).name != name


class Kept(logging.Handler):
    """Keeps what is logged."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


def test_loading_is_silent(copy: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Also about weights the head has no use for, as those of a pooler."""
    from safetensors.torch import load_file, save_file  # with torch, which takes seconds

    state = load_file(copy / "model.safetensors")
    save_file(
        state | {"bert.pooler.dense.bias": state["qa_outputs.bias"].clone()},
        copy / "model.safetensors",
        metadata={"format": "pt"},
    )
    kept = Kept()
    logging.getLogger("transformers").addHandler(kept)
    open_question_model(str(copy)).read(QUESTION, [TEXT])
    logging.getLogger("transformers").removeHandler(kept)
    assert kept.records == []
    assert capfd.readouterr() == ("", "")


def test_model_without_a_head_is_refused(tmp_path: Path) -> None:
    """Transformers alone would give it one by chance."""
    model = open_question_model(str(save_bert(tmp_path, head=False)))
    with pytest.raises(ModelError, match=r"not trained to mark answers.*qa_outputs\.bias.*SQuAD 2\.0"):
        model.read(QUESTION, [TEXT])


def test_weights_that_could_run_code_are_refused(copy: Path) -> None:
    (copy / "model.safetensors").rename(copy / "pytorch_model.bin")
    with pytest.raises(ModelError, match=r"pytorch_model\.bin could run code when loaded: convert it"):
        open_question_model(str(copy))


def test_model_that_is_not_on_this_machine_says_what_to_do() -> None:
    with pytest.raises(ModelError, match=r"The question model 'footnote-tests/none' .*path of its folder.*download"):
        open_question_model("footnote-tests/none")


def cut_weights(folder: Path) -> None:
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-100])


def own_code(folder: Path) -> None:
    config = {"model_type": "mine", "auto_map": {"AutoConfig": "mine.Mine", "AutoModelForQuestionAnswering": "mine.My"}}
    (folder / "config.json").write_text(json.dumps(config | {"max_position_embeddings": 512}))
    (folder / "mine.py").write_text("raise SystemExit('this must not run')")


def another_tokenizer(folder: Path) -> None:
    tokenizer = bert_tokenizer()
    tokenizer.add_tokens(["another"])
    tokenizer.save(str(folder / "tokenizer.json"))


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (cut_weights, "cannot be loaded"),
        (own_code, "cannot be loaded"),
        (lambda folder: (folder / "tokenizer.json").unlink(), "has no tokenizer"),
        (lambda folder: (folder / "tokenizer.json").write_text("{}"), r"tokenizer\.json describes no tokenizer"),
        (another_tokenizer, "tokenizer in .* is of another model"),
        (lambda folder: (folder / "config.json").unlink(), "cannot be loaded"),
    ],
    ids=["torn", "own code", "no tokenizer", "empty tokenizer", "another tokenizer", "no config"],
)
def test_what_is_not_whole_is_refused_by_name(copy: Path, spoil: Callable[[Path], object], message: str) -> None:
    spoil(copy)
    with pytest.raises(ModelError, match=message) as caught:
        open_question_model(str(copy)).read(QUESTION, [TEXT])
    assert str(copy) in str(caught.value)
