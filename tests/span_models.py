"""A span model without a network: what it says is told by the words of question and text."""

import math
import re
from collections.abc import Callable, Sequence

from qa.language.question import words
from qa.reading.span_model import ReadText, TextScore, UnitScore

Score = Callable[[str, str], float]  # of a question and a stretch of text
_NAME = re.compile(r"[^\W\d_a-z]\w+(?: [^\W\d_a-z]\w+)*")


def shared(question: str, text: str) -> float:
    """The number of words they share, less one."""
    return len(set(words(question)) & set(words(text))) - 1.0


class WordModel:
    """Implements `SpanModel`. Its best stretch of a unit is the longest run of capitalised words."""

    def __init__(self, score: Score = shared, name: str = "words") -> None:
        self.name = name
        self.read_texts: list[ReadText] = []
        self._score = score

    def read(self, question: str, texts: Sequence[ReadText]) -> list[TextScore]:
        self.read_texts += texts
        return [self._text(question, text) for text in texts]

    def _text(self, question: str, text: ReadText) -> TextScore:
        units = tuple(self._unit(question, text.text, start, end) for start, end in text.units)
        best = self._score(question, text.text)
        return TextScore(best, best - 1.0, units)

    def _unit(self, question: str, text: str, start: int, end: int) -> UnitScore:
        score = self._score(question, text[start:end])
        names = [match.span() for match in _NAME.finditer(text, start, end)]
        if not names:
            return UnitScore(score, -math.inf, start, start)
        first, last = max(names, key=lambda name: name[1] - name[0])
        return UnitScore(score, score, first, last)
