"""What is learnt in which order: the phases of training, by name."""

from msgspec import Struct
from msgspec.structs import replace


class Source(Struct, frozen=True):
    """A question set's folder. share: of its questions that are drawn each epoch.

    negatives, perturbations: chance that a question brings a wrong passage, or a question made unanswerable, along.
    held_out: share of its documents that are never learnt from, but measured on (see qa.training.holding).
    unanswerable: only its questions without an answer. structured: its documents are not running text, and are read as
    the reader meets them, cut into passages (see qa.training.structured).
    """

    folder: str
    share: float = 1.0
    negatives: float = 0.0
    perturbations: float = 0.0
    held_out: float = 0.0
    unanswerable: bool = False
    structured: bool = False


class Phase(Struct, frozen=True):
    """learning_rate: highest one of the encoder's top layer; it rises over the first twentieth and falls to its `last`
    share. dropout: of the outputs of each layer's parts. tokens: in a batch, padding included.
    """

    name: str
    sources: tuple[Source, ...]
    epochs: int
    learning_rate: float
    last: float = 0.1
    dropout: float = 0.0
    tokens: int = 6144


_DEV = (
    Source("squad11-devhalf", negatives=0.6, held_out=0.3),
    Source("squad20-devhalf", held_out=0.3, unanswerable=True),
    Source("adversarialqa-devhalf", negatives=0.6, held_out=0.3),
)
_SQUAD = Source("squad-train-partial", negatives=0.6, perturbations=0.2)
_WIKI = Source("squadshifts-newwiki", negatives=0.6, perturbations=0.2)
_AMAZON = Source("squadshifts-amazon", negatives=0.3, perturbations=0.1)
_PAIRS = Source("squad-train-sentence-pairs", negatives=0.3)
_QAMR = Source("qamr", negatives=0.3)
# Of other kinds than encyclopedia prose. What only measures (see the sets' own page) is not among them.
_MORE = (
    Source("more/wikitablequestions", share=0.6, negatives=0.3, perturbations=0.1, held_out=0.1),
    Source("more/fetaqa", share=0.3, negatives=0.3, held_out=0.1),
    Source("more/tatqa", negatives=0.3, held_out=0.1),
    Source("more/aitqa", negatives=0.5, held_out=0.1),
    Source("more/medquad-faq", share=0.4, negatives=0.5, held_out=0.1),
    Source("more/conditionalqa", negatives=0.5, held_out=0.1),
    Source("more/molweni", share=0.5, held_out=0.1),
    Source("more/fairytaleqa", negatives=0.5, held_out=0.1),
    Source("more/nq-open-oracle", negatives=0.6, perturbations=0.2, held_out=0.1),
    Source("more/trecqa", held_out=0.1),
    Source("more/multihop-small", held_out=0.1),
    Source("more/multihop-noans", held_out=0.1),
    Source("more/squad-train-more"),
    Source("more/squad-train-tokenised", negatives=0.4, perturbations=0.2),
    Source("more/ropes-contrast", held_out=0.1),
    Source("more/drop-contrast", held_out=0.1),
    Source("more/duorc-race-small", held_out=0.1),
)
_INVENTED = 28  # corpora of qa.datasets.invented
PHASES = {
    # The teacher's: everything there is once, in small batches, since only its low-rank layers learn.
    "teacher": Phase(
        "teacher",
        (*_DEV, _SQUAD, replace(_WIKI, share=0.5), replace(_AMAZON, share=0.15), replace(_QAMR, share=0.05), *_MORE),
        1,
        4e-4,
        last=0.02,
        tokens=3072,
    ),
    "short": Phase("short", (_QAMR, _PAIRS), 1, 2e-4),
    "long": Phase("long", (_SQUAD, _WIKI, _AMAZON, replace(_QAMR, share=0.2)), 1, 1.5e-4, last=0.6),
    # Questions that people made unanswerable, at last, and some of the rest so that it is not forgotten.
    "last": Phase(
        "last",
        (
            *_DEV,
            replace(_SQUAD, share=0.3),
            replace(_WIKI, share=0.3),
            replace(_PAIRS, share=0.3),
        ),
        1,
        1e-4,
        last=0.02,
    ),
    # Documents of other shapes than prose, and as much prose, so that it is not forgotten.
    "structured": Phase(
        "structured",
        (
            *(Source(f"invented-{number}", negatives=0.7, structured=True) for number in range(_INVENTED)),
            Source("more/wikitablequestions", share=0.25, negatives=0.5, held_out=0.1, structured=True),
            Source("more/tatqa", share=0.5, negatives=0.4, held_out=0.1, structured=True),
            Source("more/aitqa", negatives=0.4, held_out=0.1, structured=True),
            Source("more/fetaqa", share=0.1, negatives=0.4, held_out=0.1, structured=True),
            replace(_DEV[0], share=0.25),
            replace(_DEV[1], share=0.7),
            replace(_DEV[2], share=0.4),
            replace(_SQUAD, share=0.12, perturbations=0.4),
            replace(_WIKI, share=0.08, perturbations=0.4),
            replace(_QAMR, share=0.02),
            Source("more/squad-train-more"),
            Source("more/nq-open-oracle", share=0.4, negatives=0.6, perturbations=0.2, held_out=0.1),
            Source("more/conditionalqa", share=0.3, negatives=0.5, held_out=0.1),
            Source("more/molweni", share=0.15, held_out=0.1),
        ),
        1,
        7e-5,
        last=0.02,
    ),
    # All of it again, several times over.
    "more": Phase(
        "more",
        (*_DEV, _SQUAD, _WIKI, replace(_AMAZON, share=0.5), _PAIRS, replace(_QAMR, share=0.2)),
        2,
        1.2e-4,
        last=0.02,
        dropout=0.1,
    ),
}
