"""What steers summaries."""

from msgspec import Struct


class SummaryLimits(Struct, frozen=True):
    """longest_question: characters. brief_sentences, sentences, long_sentences, most_sentences: of a summary that is
    asked for as a short one, without saying, as a long one, and at most. least_words, most_words: of a sentence that
    can stand in one. compared: sentences whose centrality is worked out against each other, at most; of a longer
    document those nearest to the middle of their section are. damping: of the walk (Brin and Page 1998, as LexRank has
    it). likeness: cosines below count as none. novelty: what likeness to a chosen sentence costs; section: what a
    sentence costs for each one chosen of its section already, both in shares of the most central sentence's rank.
    lead: what the first sentence of the text gains, falling to nothing over lead_sentences. named: what a sentence
    gains that has the title's words. same: cosine from which two sentences say the same. topic: least cosine of a
    sentence with a subject that it does not name. documents: of a collection that are told of.

    Set by hand; `python -m tests.bench.summaries` measures them against the leads of articles that they did not see.
    """

    longest_question: int = 300
    brief_sentences: int = 3
    sentences: int = 5
    long_sentences: int = 8
    most_sentences: int = 10
    least_words: int = 6
    most_words: int = 70
    compared: int = 1_200
    damping: float = 0.85
    likeness: float = 0.2
    novelty: float = 0.6
    section: float = 0.15
    lead: float = 0.6
    lead_sentences: int = 12
    named: float = 0.2
    same: float = 0.86
    topic: float = 0.35
    documents: int = 20


SUMMARY_LIMITS = SummaryLimits()
