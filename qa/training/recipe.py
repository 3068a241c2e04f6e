"""What is learnt in which order: the phases of training, by name."""

from msgspec import Struct


class Source(Struct, frozen=True):
    """A question set's folder. share: of its questions that are drawn each epoch.

    negatives, swaps: chance that a question brings a wrong passage, or a question made unanswerable, along.
    """

    folder: str
    share: float = 1.0
    negatives: float = 0.0
    swaps: float = 0.0


class Phase(Struct, frozen=True):
    """learning_rate: highest one of the encoder's top layer; it rises over the first twentieth and falls to its `last`
    share. tokens: in a batch, padding included.
    """

    name: str
    sources: tuple[Source, ...]
    epochs: int
    learning_rate: float
    last: float = 0.1
    tokens: int = 6144


_LONG = (
    Source("squad-train-partial", negatives=0.6, swaps=0.2),
    Source("squadshifts-newwiki", negatives=0.6, swaps=0.2),
    Source("squadshifts-amazon", negatives=0.3, swaps=0.1),
)
_PAIRS = Source("squad-train-sentence-pairs", negatives=0.3)
PHASES = {
    "short": Phase("short", (Source("qamr", negatives=0.3), _PAIRS), 1, 2e-4),
    "long": Phase("long", (*_LONG, Source("qamr", share=0.2, negatives=0.3)), 1, 1.5e-4, last=0.6),
    "longer": Phase("longer", (*_LONG, _PAIRS, Source("qamr", share=0.1, negatives=0.3)), 2, 1e-4, last=0.03),
}
