"""Passages that look right and are not: what the index's own BM25 finds for a question beside its paragraph."""

import random
from collections.abc import Sequence

from index.search.lexical import Bm25Index
from index.store.rows import PassageText
from qa.training.instances import Instance, LabelledQuestion, Paragraph

_LOOKED_AT = 12
_MOST_NEGATIVES = 5


class HardNegatives:
    """Over the paragraphs of one set."""

    def __init__(self, asked: Sequence[LabelledQuestion]) -> None:
        self._paragraphs: list[Paragraph] = list(dict.fromkeys(each.paragraph for each in asked))
        rows = [PassageText(number, each.title, each.text) for number, each in enumerate(self._paragraphs)]
        self._index = Bm25Index.of_texts(rows)

    def found(self, asked: LabelledQuestion) -> list[Instance]:
        """The nearest other paragraphs that have none of the answers' words, at most five, nearest first."""
        answers = [asked.paragraph.text[start:end].casefold() for start, end in asked.spans]
        found = []
        for number, _ in self._index.search(asked.question, _LOOKED_AT):
            other = self._paragraphs[number]
            if other is asked.paragraph or any(answer in other.text.casefold() for answer in answers):
                continue
            found.append(Instance(asked.question, other.title, other.text, (), False, False))
            if len(found) == _MOST_NEGATIVES:
                break
        return found


def drawn(found: Sequence[Instance], chance: float, draw: random.Random) -> list[Instance]:
    """None or one of the negatives, as chance has it."""
    return [draw.choice(found)] if found and draw.random() < chance else []
