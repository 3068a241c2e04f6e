import math

import pytest
import torch

from qa.training.batches import Batch, collate
from qa.training.instances import Instance
from qa.training.objective import losses, total
from tests.qa.training.test_batches import ANSWERED, BYRON, NEGATIVE, UNANSWERED, UNTOLD, case

Logits = tuple[torch.Tensor, torch.Tensor]
EVERY = (ANSWERED, UNANSWERED, NEGATIVE, UNTOLD)


def batch_of(*instances: Instance) -> Batch:
    return collate([case(instance) for instance in instances])


def perfect(batch: Batch) -> Logits:
    """What a network that knows all would say."""
    sentence_of = batch.pooling.transpose(1, 2) > 0
    evidence = (sentence_of * (2 * batch.evidence - 1)[:, None]).sum(dim=2)
    passage = torch.stack([batch.relevant, batch.answerable], dim=1).clamp(min=0)
    return 30 * torch.stack([batch.starts, batch.ends, evidence], dim=2), 30 * (2 * passage - 1)


def nothing(batch: Batch) -> Logits:
    return torch.zeros((*batch.ids.shape, 3)), torch.zeros((len(batch.ids), 2))


def test_who_knows_all_loses_nothing() -> None:
    batch = batch_of(*EVERY)
    parts = losses(*perfect(batch), batch)
    assert parts.keys() == {"span", "passage", "evidence"}
    for name, value in parts.items():
        assert 0.0 <= value < 1e-4, name
    assert total(parts) < 1e-4


def test_who_says_the_opposite_loses_much() -> None:
    batch = batch_of(*EVERY)
    tokens, passage = perfect(batch)
    assert all(value > 5 for value in losses(-tokens, -passage, batch).values())


def test_who_knows_nothing_guesses() -> None:
    batch = batch_of(ANSWERED, NEGATIVE)
    parts = losses(*nothing(batch), batch)
    readable = batch.readable.sum(dim=1)
    assert float(parts["span"]) == pytest.approx(float(readable.log().mean()), rel=1e-4)
    assert float(parts["passage"]) == pytest.approx(2 * math.log(2), rel=1e-4)
    assert float(parts["evidence"]) == pytest.approx(math.log(2), rel=1e-4)


def test_several_right_answers_add_up() -> None:
    batch = batch_of(Instance(ANSWERED.question, "", ANSWERED.text, ((0, 3), BYRON), True, True))
    span = losses(*nothing(batch), batch)["span"]
    assert float(span) == pytest.approx(math.log(float(batch.readable.sum()) / 2), rel=1e-4)


def test_tokens_that_cannot_answer_do_not_count() -> None:
    batch = batch_of(*EVERY)
    tokens, passage = nothing(batch)
    loud = tokens.masked_fill((batch.readable == 0)[..., None], 40.0)
    quiet, spoken = losses(tokens, passage, batch), losses(loud, passage, batch)
    for name in quiet:
        torch.testing.assert_close(spoken[name], quiet[name])


def test_what_is_not_known_does_not_count() -> None:
    batch = batch_of(*EVERY)
    tokens, passage = nothing(batch)
    before = losses(tokens, passage, batch)
    tokens[3, :, :2] = torch.arange(tokens.shape[1])[:, None] * 0.1  # of the one whose span is not told
    passage[1, 0] = 40.0  # of the one of which it is not known whether it is about what is asked
    after = losses(tokens, passage, batch)
    for name in before:
        torch.testing.assert_close(after[name], before[name])
    passage[0, 0] = 40.0
    assert losses(tokens, passage, batch)["passage"] < before["passage"]


def test_where_no_span_is_known_the_others_are_still_learnt() -> None:
    batch = batch_of(UNTOLD)
    parts = losses(*nothing(batch), batch)
    assert float(parts["span"]) == 0.0
    assert float(total(parts)) == pytest.approx(0.5 * 2 * math.log(2) + math.log(2), rel=1e-4)
