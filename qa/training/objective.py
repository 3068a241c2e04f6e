"""What training makes small."""

import torch
from torch.nn.functional import binary_cross_entropy_with_logits as binary_cross_entropy

from qa.training.batches import Batch

_FAR = -1e4
_WEIGHTS = {"span": 1.0, "passage": 0.5, "evidence": 1.0}


def losses(tokens: torch.Tensor, passage: torch.Tensor, batch: Batch) -> dict[str, torch.Tensor]:
    """The mean loss of each part, for logits as `qa.reading.network.outputs` gives them.

    span: negative log-likelihood of the right starts and ends over the readable tokens, where the first token stands
    for no answer (Devlin et al. 2019) and several right ones add up (Clark and Gardner 2018). passage and evidence:
    binary cross-entropy.
    """
    tokens, passage = tokens.float(), passage.float()
    hidden = (1 - batch.readable) * _FAR
    spans = torch.stack([_missed(tokens[..., 0] + hidden, batch.starts), _missed(tokens[..., 1] + hidden, batch.ends)])
    has_span = batch.starts.any(dim=1).float()
    evidence = torch.bmm(batch.pooling, tokens[..., 2:3]).squeeze(-1)
    by_sentence = binary_cross_entropy(evidence, batch.evidence, reduction="none") * batch.known
    relevance_known = (batch.relevant >= 0).float()
    relevance = binary_cross_entropy(passage[:, 0], batch.relevant.clamp(min=0), reduction="none")
    return {
        "span": (spans.mean(dim=0) * has_span).sum() / has_span.sum().clamp(min=1),
        "passage": binary_cross_entropy(passage[:, 1], batch.answerable)
        + (relevance * relevance_known).sum() / relevance_known.sum().clamp(min=1),
        "evidence": (by_sentence.sum(dim=1) / batch.known.sum(dim=1).clamp(min=1)).mean(),
    }


def total(parts: dict[str, torch.Tensor]) -> torch.Tensor:
    """One number of the parts that `losses` gives."""
    return torch.stack([_WEIGHTS[name] * value for name, value in parts.items()]).sum()


def _missed(logits: torch.Tensor, right: torch.Tensor) -> torch.Tensor:
    """[texts] negative log of the probability of the right places; 0 where none is given."""
    chosen = torch.logsumexp(logits.masked_fill(right == 0, _FAR), dim=1)
    return torch.where(right.any(dim=1), torch.logsumexp(logits, dim=1) - chosen, 0.0)
