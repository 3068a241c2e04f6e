"""What becomes of a reading: an answer, its sources' sides where they differ, or an abstention."""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from index.corpus import Corpus
from qa.composing.addresses import with_address
from qa.composing.citations import cite, prove, short_answer
from qa.composing.conflicts import answer_groups, evidence_to_cite, sides
from qa.composing.selection import Quote, summarise
from qa.composing.verdicts import decided
from qa.confidence import Calibration
from qa.exhaustive.scan import ScanResult
from qa.language.question import Question
from qa.reading.reader import OpenPassage, Reading
from qa.types import AnswerGroup, ContentBlock, Count, ShortAnswer, VerdictKind

# A scan for words shows those very words; the rest is for what stemming and short names may get wrong. Whether words
# make the statement that was asked for is as good as even.
_OF_WORDS, _OF_STATEMENTS = 0.97, 0.5


class Decision(Struct, frozen=True):
    """What a reply says: content is empty when it is an abstention. The other fields are those of `Reply`."""

    content: tuple[ContentBlock, ...]
    answer: ShortAnswer | None
    confidence: float
    groups: tuple[AnswerGroup, ...] = ()
    count: Count | None = None
    coverage: Literal["top_k", "exhaustive"] = "top_k"
    verdict: VerdictKind | None = None


class Decider:
    """Decides by a calibration's threshold, and proves what it quotes against the corpus."""

    def __init__(self, corpus: Corpus, calibration: Calibration) -> None:
        self._corpus = corpus
        self._calibration = calibration

    @property
    def threshold(self) -> float:
        """The confidence below which a reply is an abstention."""
        return self._calibration.threshold

    def confidence(self, reading: Reading) -> float:
        """The calibrated probability that the first citation is right."""
        return round(self._calibration.confidence(reading.signals), 4)  # label and threshold go by what is shown

    def is_enough(self, confidence: float) -> bool:
        """Whether an answer of that confidence is given."""
        return confidence >= self._calibration.threshold

    def on_reading(
        self, question: Question, reading: Reading, opened: Sequence[OpenPassage], max_sentences: int
    ) -> Decision:
        """Answer if confidence reaches the threshold. Raises QuoteError (a defect of ours)."""
        confidence = self.confidence(reading)
        if not self.is_enough(confidence):
            return Decision((), None, confidence)
        found = sides(question, reading, opened, self._corpus)
        must = [reading.evidence[number] for number in evidence_to_cite(found)]
        quotes = summarise(question, reading, opened, max_sentences, must)
        content = cite(quotes, opened)
        answer = with_address(question, short_answer(reading.span, content), content)
        prove(self._corpus, content, answer)
        groups = answer_groups(found, reading, opened, content)
        return Decision(content, answer, confidence, groups, verdict=self._verdict(question, quotes, opened))

    def _verdict(
        self, question: Question, quotes: Sequence[Quote], opened: Sequence[OpenPassage]
    ) -> VerdictKind | None:
        """What the first sentence says to a question after yes or no, None where that is unsure or one denies it."""
        kinds = decided(question, [quote.evidence for quote in quotes], opened, self._corpus.terms)
        return kinds[0] if len(set(kinds) - {None}) == 1 else None

    def on_scan(self, found: ScanResult) -> Decision:
        """One citation a hit, or an abstention that tells that all was read. Raises QuoteError (a defect of ours)."""
        content = cite(found.quotes, found.passages)
        prove(self._corpus, content, None)
        confidence = (_OF_WORDS if found.literal else _OF_STATEMENTS) if content else 0.0
        return Decision(content, None, confidence, count=found.count, coverage="exhaustive")
