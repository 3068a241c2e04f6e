"""What every SpanModel keeps to: the network Footnote trains (here with fresh heads) and models from elsewhere."""

import math
from pathlib import Path

import pytest
from msgspec import Struct

from index.models.model_folder import find_model_folder
from qa.reading.network import new_network, save_network
from qa.reading.question_model import open_question_model
from qa.reading.span_model import EmbeddedSpanModel, ReadText, SpanModel, TextScore
from tests.small_questions import save_bert, save_roberta

QUESTION = "Who sells oil to “Café Zoë” 😀?"


class Tried(Struct, frozen=True):
    """noise: by how much a score may depend on what is read beside it."""

    model: SpanModel
    noise: float


def sentences(head: str, *each: str) -> ReadText:
    """A passage of these sentences with a space between, each a unit."""
    units, place = [], 0
    for sentence in each:
        units.append((place, place + len(sentence)))
        place += len(sentence) + 1
    return ReadText(head, " ".join(each), tuple(units))


PLAIN = sentences("Trade › North", "Norway sells oil to Sweden.", "It is cold there.", "In 1999 prices rose!")
ODD = sentences(
    "Zoë", "“Café Zoë” — naïve 日本語 😀👩‍👩‍👧!", "\u0301e\u200b\u00ad…", "[CLS] [SEP] </s> <pad>", "العربية ١٢٣"
)
BLANK = sentences("", "Norway sells oil.", "", " \t ", "It is cold.")
LONG = sentences("Trade", *(f"In {year} Norway sold {year % 7} barrels of oil." for year in range(1400, 1982)))
EMPTY = sentences("Trade")
TEXTS = [PLAIN, LONG, ODD, EMPTY, BLANK]


@pytest.fixture(scope="module", params=["embedded", "bert", "roberta"])
def tried(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Tried:
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "embedded":
        # Eight bits of a number are kept in bfloat16, and how it is rounded depends on the batch.
        return Tried(embedded(folder / "reader.safetensors"), 0.2)
    save = save_bert if request.param == "bert" else save_roberta
    return Tried(open_question_model(str(save(folder))), 0.0)


def embedded(weights: Path) -> EmbeddedSpanModel:
    import torch  # seconds

    torch.manual_seed(5)
    network = new_network(find_model_folder())
    for name in ("tokens", "passage"):
        with torch.no_grad():
            network[name].get_parameter("weight").mul_(10)  # as far apart as trained ones
    save_network(network, weights)
    return EmbeddedSpanModel(find_model_folder(), weights, None)


@pytest.fixture(scope="module")
def scores(tried: Tried) -> list[TextScore]:
    return tried.model.read(QUESTION, TEXTS)


def test_the_model_has_a_name(tried: Tried) -> None:
    assert tried.model.name.strip()


def test_no_texts_give_no_scores(tried: Tried) -> None:
    assert tried.model.read(QUESTION, []) == []


def test_each_unit_has_a_score_and_its_span_stands_in_it(scores: list[TextScore]) -> None:
    assert len(LONG.text) > 20_000
    for text, score in zip(TEXTS, scores, strict=True):
        for unit, (start, end) in zip(score.units, text.units, strict=True):
            assert not math.isnan(unit.evidence + score.relevant + score.answerable)
            if unit.span > -math.inf:
                assert start <= unit.start < unit.end <= end
            else:
                assert unit.start == unit.end


def test_every_unit_with_words_is_read_however_long_the_text(scores: list[TextScore]) -> None:
    for text, score in ((PLAIN, scores[0]), (LONG, scores[1])):
        assert all(math.isfinite(unit.span) and math.isfinite(unit.evidence) for unit in score.units), text.head
        assert math.isfinite(score.relevant)
        assert math.isfinite(score.answerable)


def test_unit_without_tokens_has_no_log_odds(scores: list[TextScore]) -> None:
    blank = scores[4].units
    assert [unit.span == unit.evidence == -math.inf for unit in blank] == [False, True, True, False]


def test_the_same_question_gets_the_same_scores(tried: Tried, scores: list[TextScore]) -> None:
    assert tried.model.read(QUESTION, TEXTS) == scores


def test_scores_do_not_depend_on_what_is_read_beside(tried: Tried, scores: list[TextScore]) -> None:
    alone = {number: tried.model.read(QUESTION, [TEXTS[number]])[0] for number in (0, 2)}
    for number, score in alone.items():
        assert numbers(scores[number]) == pytest.approx(numbers(score), abs=tried.noise)
    # and that is no small matter: another passage, or another question, has other scores
    assert numbers(alone[0])[:8] != pytest.approx(numbers(alone[2])[:8], abs=tried.noise)
    assert numbers(tried.model.read("When?", [PLAIN])[0]) != pytest.approx(numbers(alone[0]), abs=tried.noise)


def numbers(score: TextScore) -> list[float]:
    return [score.relevant, score.answerable, *(value for unit in score.units for value in (unit.evidence, unit.span))]
