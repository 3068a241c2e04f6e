"""What is asked that is no look-up: courtesies, questions about the collection, and summaries. The reader reads nothing
for it."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from index.corpus import Corpus
from index.globs import fitting
from index.types import SourceSummary
from qa.collection.facts import CollectionFacts, fact_kind, facts
from qa.collection.names import named_sources
from qa.collection.within import globs_of
from qa.composing.citations import cite, prove
from qa.courtesies import courtesy_kind, courtesy_reply
from qa.deciding import Decision
from qa.retrieval import shown_passages
from qa.summaries.intent import SummaryIntent, summary_intent
from qa.summaries.limits import SUMMARY_LIMITS
from qa.summaries.summariser import Summariser, Summary, whole_of
from qa.types import AskOptions, ReplyKind, RetrievedPassage, Turn

# Its sentences are the document's own and are of what was asked for; which of them matter most is a matter of opinion.
_OF_SUMMARIES = 0.9
_NOTHING = "“{}” holds no text that could be summed up."
_MANY = 5  # documents that fit one name, of which each is summarised


class Overview(Struct, frozen=True):
    """What a reply is made of. message: what Footnote says itself, "" where only documents speak."""

    kind: ReplyKind
    decision: Decision
    message: str = ""
    interpreted_as: str | None = None
    shown: tuple[RetrievedPassage, ...] = ()


def sources_of(corpus: Corpus, options: AskOptions) -> tuple[SourceSummary, ...]:
    """The documents that a question is put to."""
    fits = fitting(options.sources)
    return tuple(each for each in corpus.sources() if fits(each.source))


class Overviews:
    """Over one corpus. Methods raise what the corpus raises, and QuoteError (a defect of ours)."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._summariser = Summariser(corpus)

    def overview(self, asked: str, turns: Sequence[Turn], options: AskOptions) -> Overview | None:
        """What is said to that, None where it is a question to be looked up. turns: what was said before."""
        courtesy = courtesy_kind(asked)
        if courtesy is not None:
            return Overview("courtesy", _silent(), courtesy_reply(courtesy))
        fact = fact_kind(asked)
        if fact is not None:
            return self._facts(facts(fact, sources_of(self._corpus, options)), options)
        intent = summary_intent(asked)
        return self._summary(intent, sources_of(self._corpus, options), turns, options) if intent else None

    def of_document(self, document_id: str, most: int) -> Overview:
        """Its summary, of at most `most` sentences. Raises NotFoundError."""
        told = self._summariser.of_document(document_id, most)
        message = "" if told.quotes else _NOTHING.format(self._corpus.document(document_id).title)
        return self._told(told, AskOptions(), message)

    def _facts(self, told: CollectionFacts, options: AskOptions) -> Overview:
        parts = [self._summariser.stated(document_id, at) for document_id, at in told.stated]
        return self._told(whole_of(parts), options, told.message)

    def _summary(
        self, intent: SummaryIntent, sources: Sequence[SourceSummary], turns: Sequence[Turn], options: AskOptions
    ) -> Overview | None:
        most = intent.sentences or options.max_sentences
        if intent.kind == "subject":
            within = named_sources(intent.within, sources) if intent.within else ()
            return None if intent.within and not within else self._of_subject(intent.what, within, most, options)
        if intent.kind == "collection":
            return self._of_all(sources, intent.sentences, options)
        named = named_sources(intent.what, sources) if intent.what else self._spoken_of(sources, turns)
        if named:
            return self._of_named(named, most, options)
        if not intent.what:
            return self._of_all(sources, intent.sentences, options)
        return self._of_subject(intent.what, (), most, options) if intent.kind == "either" else None

    def _spoken_of(self, sources: Sequence[SourceSummary], turns: Sequence[Turn]) -> tuple[SourceSummary, ...]:
        """The only document there is, else the one that was cited last."""
        if len(sources) == 1:
            return tuple(sources)
        cited = next((t.reply.content[0].citations[0] for t in reversed(turns) if t.reply and t.reply.content), None)
        return tuple(each for each in sources if cited is not None and each.document_id == cited.document_id)

    def _of_named(self, named: Sequence[SourceSummary], most: int, options: AskOptions) -> Overview:
        if len(named) == 1:
            whole = self.of_document(named[0].document_id, most)
            return replace(whole, interpreted_as=f"Summarise “{named[0].title}”")
        each = max(2, most // 2) if len(named) <= _MANY else 1
        return self._of_several(named, each, options, f"{len(named):,} documents have that name.")

    def _of_all(self, sources: Sequence[SourceSummary], wanted: int | None, options: AskOptions) -> Overview:
        if not sources:
            return Overview("summary", _silent(), "No document is indexed yet.")
        each = wanted or (1 if len(sources) > _MANY else 2)
        return self._of_several(sources, each, options, "")

    def _of_several(self, sources: Sequence[SourceSummary], each: int, options: AskOptions, message: str) -> Overview:
        shown = sources[: SUMMARY_LIMITS.documents]
        more = len(sources) - len(shown)
        if more > 0:
            message = (
                f"{message} The first {len(shown)} of {len(sources):,} by their paths; name one to read more of it."
            )
        parts = [self._summariser.of_document(source.document_id, each) for source in shown]
        return self._told(whole_of(parts), options, message.strip())

    def _of_subject(
        self, subject: str, within: Sequence[SourceSummary], most: int, options: AskOptions
    ) -> Overview | None:
        """None where nothing speaks of it: then it is looked up like any question, and abstained from if need be."""
        told = self._summariser.of_subject(subject, globs_of(within) or options.sources, most)
        if not told.quotes:
            return None
        titles = ", ".join(f"“{each.title}”" for each in within)
        meant = f"What is said about {subject} in {titles}?" if within else None
        return replace(self._told(told, options, ""), interpreted_as=meant)

    def _told(self, summary: Summary, options: AskOptions, message: str) -> Overview:
        content = cite(summary.quotes, summary.passages)
        prove(self._corpus, content, None)
        opened = list({each.passage.passage_id: each for each in summary.passages}.values())
        shown = shown_passages(opened, [-float(rank) for rank in range(len(opened))], options.top_k)
        decision = replace(_silent(), content=content, confidence=_OF_SUMMARIES if content else 0.0)
        return Overview("summary", decision, message, None, shown)


def _silent() -> Decision:
    return Decision((), None, 0.0)
