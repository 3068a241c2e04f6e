"""From scored evidence to the sentences of the answer: one to five, no two saying the same, in an order that reads."""

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from index.sentences.markup import joined_display
from index.types import Document, PassageKind, Range, Sentence, UnitKind
from qa.composing.announced import announced, announcing, cited_before, holding
from qa.composing.discourse import ReadSentence, comparison, concludes, continues, is_item, leans, series, speaks_of
from qa.composing.limits import SELECTION
from qa.composing.redundancy import gives_numbers_of, repeats, saying
from qa.language.question import AnswerType, Question, words
from qa.reading.linear import NO_ANSWER
from qa.reading.reader import Evidence, OpenPassage, Reading
from qa.types import BlockForm

_MEASURES = {
    AnswerType.REASON: SELECTION.open,
    AnswerType.MANNER: SELECTION.open,
    AnswerType.DEFINITION: SELECTION.open,
    AnswerType.LIST: SELECTION.list,
}
_FORMS: dict[UnitKind, BlockForm] = {
    UnitKind.ITEM: "list",
    UnitKind.ROW: "row",
    UnitKind.RECORD: "record",
    UnitKind.CODE: "code",
}

_Key = tuple[str, int]  # a sentence: its document and ordinal


class Quote(Struct, frozen=True):
    """One sentence, or a few neighbouring ones, quoted together, and the evidence they stand for.

    also: evidence that says the same again elsewhere. before: what is cited before them, without which they cannot be
    understood: a table's header, the items that they stand under, the sentence that announces code.
    """

    evidence: Evidence
    sentences: tuple[Sentence, ...]
    also: tuple[Evidence, ...] = ()
    before: tuple[Range, ...] = ()
    kind: BlockForm = "sentence"


def summarise(
    question: Question,
    reading: Reading,
    passages: Sequence[OpenPassage],
    max_sentences: int,
    must: Sequence[Evidence] = (),
) -> tuple[Quote, ...]:
    """Quotes, the best first, the others after it; at most `max_sentences` sentences in all, none twice.

    A sentence that opens with a pronoun brings the one before it, if there is room. Then come, in this order: what
    `must` be quoted (the sides of a disagreement), the other of two things compared, the rest of a series, and what is
    chosen for its score and for what it adds (maximal marginal relevance: Carbonell and Goldstein, SIGIR 1998).
    What says the same as a quote is not quoted, but is told by it. After the first, quotes of its document come in text
    order, then those of each other document.
    """
    if not reading.evidence:
        return ()
    draft = _Draft(question, reading, passages, max_sentences)
    wanted = [evidence for evidence in must if draft.key(evidence) != draft.key(reading.evidence[0])]
    draft.add(reading.evidence[0], reserved=len(wanted))
    for number, evidence in enumerate(wanted, 1):
        draft.add(evidence, reserved=len(wanted) - number)
    for evidence in (*draft.compared(), *draft.of_series()):
        draft.add_new(evidence)
    while (further := draft.further()) is not None:
        draft.add_new(further)
    return draft.in_order(must)


class _Draft:
    """A summary in the making."""

    def __init__(self, question: Question, reading: Reading, passages: Sequence[OpenPassage], room: int) -> None:
        self._question = question
        self._reading = reading
        self._passages = passages
        self._room = room
        self._comparison = comparison(question)
        self._open = question.answer_type in _MEASURES or self._comparison.at_length
        self._measure = _MEASURES.get(question.answer_type, SELECTION.open if self._open else SELECTION.fact)
        self._places = _places(passages)
        self._quoted: dict[_Key, ReadSentence] = {}
        self._quotes: list[Quote] = []

    def key(self, evidence: Evidence) -> _Key:
        return self._passages[evidence.passage_index].document.document_id, evidence.sentence.ordinal

    def place(self, evidence: Evidence) -> ReadSentence:
        document_id, ordinal = self.key(evidence)
        return self._places[document_id][ordinal]

    def add(self, evidence: Evidence, reserved: int = 0) -> None:
        """Quote it, with what it leans on, unless it is quoted already or there is no room."""
        document_id, ordinal = self.key(evidence)
        if self._room <= 0 or (document_id, ordinal) in self._quoted:
            return
        opened = self._passages[evidence.passage_index]
        whole = [self._read_sentence(opened, unit) for unit in self._announced(evidence, opened)]
        if whole:
            for place in whole:
                self._quoted[document_id, place.sentence.ordinal] = place
            self._room -= 1
            kind: BlockForm = "code" if evidence.sentence.kind is UnitKind.CODE else "list"
            self._quotes.append(Quote(evidence, tuple(place.sentence for place in whole), kind=kind))
            return
        run = self._run(evidence, self._room - reserved)
        for place in run:
            self._quoted[document_id, place.sentence.ordinal] = place
        self._room -= len(run)
        sentence = run[-1].sentence
        span = self._reading.span
        before = cited_before(span, opened, sentence)
        if evidence is self._reading.evidence[0]:  # whose the short answer is
            before = (*holding(span, opened, sentence, before), *before)
        kind = _FORMS.get(sentence.kind, "sentence")
        self._quotes.append(Quote(evidence, tuple(place.sentence for place in run), (), before, kind))

    def _announced(self, evidence: Evidence, opened: OpenPassage) -> list[Sentence]:
        """The list or code that is to be quoted whole with its lead-in; nothing where the sentence is enough."""
        lead = announcing(opened, evidence.sentence)
        if lead is None:
            return []
        scores = {self.key(each): each.score for each in self._reading.evidence}
        raw = scores.get((opened.document.document_id, lead.ordinal), -math.inf) + NO_ANSWER
        wanted = self._question.answer_type in (AnswerType.LIST, AnswerType.MANNER) or raw >= evidence.score
        return announced(opened, evidence.sentence, lead, whole=wanted)

    def _read_sentence(self, opened: OpenPassage, unit: Sentence) -> ReadSentence:
        return ReadSentence(opened.document, unit, _shown(opened.document, unit))

    def add_new(self, evidence: Evidence) -> None:
        """Quote it, unless that has been said."""
        if not self._repeats_any(evidence):
            self.add(evidence)

    def compared(self) -> Iterator[Evidence]:
        """The best sentence on each thing compared, and of each document asked for, that has not been spoken of."""
        least = self._reading.evidence[0].score - SELECTION.other_margin
        candidates = [evidence for evidence in self._reading.evidence if evidence.score >= least]
        for thing in self._comparison.things:
            if not any(speaks_of(thing, place.text) for place in self._quoted.values()):
                yield from [e for e in candidates if speaks_of(thing, self.place(e).text)][:1]
        if self._comparison.documents:
            yield from self._best_of_other_documents(candidates)

    def of_series(self) -> Iterator[Evidence]:
        """Of an open question: the series that the best sentence announces or is an item of, in text order."""
        best = self._reading.evidence[0]
        if not self._open:
            return
        document_id, ordinal = self.key(best)
        scored = {self.key(evidence): evidence for evidence in self._reading.evidence}
        for place in series(self._places[document_id], ordinal):
            evidence = scored.get((document_id, place.sentence.ordinal))
            if evidence is not None and evidence.score >= best.score - SELECTION.series_margin:
                yield evidence

    def further(self) -> Evidence | None:
        """The sentence that is worth most besides those chosen, None if none is worth it."""
        if self._room <= 0 or len(self._quotes) >= self._measure.most:
            return None
        least = self._reading.evidence[0].score - self._measure.margin
        reach = least - self._measure.coverage - self._measure.beside
        missing = self._missing()
        worth = [
            (self._worth(evidence, missing), -number, evidence)
            for number, evidence in enumerate(self._reading.evidence)
            if evidence.score >= reach and self.key(evidence) not in self._quoted and not self._repeats_any(evidence)
        ]
        best = max(worth, key=lambda each: each[:2], default=None)
        return best[2] if best is not None and best[0] >= least else None

    def in_order(self, must: Sequence[Evidence]) -> tuple[Quote, ...]:
        """The quotes in the order they are read, each with what says the same again."""
        first = self._quotes[0]
        ranks: dict[str, int] = {}
        for quote in self._quotes:
            ranks.setdefault(self.key(quote.evidence)[0], len(ranks))
        rest = sorted(
            self._quotes[1:], key=lambda quote: (ranks[self.key(quote.evidence)[0]], quote.sentences[0].start)
        )
        left = {self.key(e): e for e in (*must, *self._reading.evidence) if self.key(e) not in self._quoted}
        ordered = []
        for quote in (first, *rest):
            document_id = self.key(quote.evidence)[0]
            own = [self._quoted[document_id, sentence.ordinal] for sentence in quote.sentences]
            also = tuple(e for e in left.values() if any(self._says_again(self.place(e), place) for place in own))
            for evidence in also:
                del left[self.key(evidence)]
            ordered.append(replace(quote, also=also))
        return tuple(ordered)

    def _run(self, evidence: Evidence, room: int) -> list[ReadSentence]:
        """The sentence and, before it, those it cannot be read without: neighbours in one paragraph of running text."""
        here = self.place(evidence)
        run = [here]
        document = self._places[here.document.document_id]
        if self._passages[evidence.passage_index].passage.kind is not PassageKind.BODY:
            return run
        while len(run) < min(room, SELECTION.longest_lean):
            before = document.get(run[0].sentence.ordinal - 1)
            if (
                before is None
                or not self._leans_on(run[0], before, here)
                or before.sentence.block != here.sentence.block
                or self._is_quoted(before)
            ):
                break
            if here.sentence.end - before.sentence.start > SELECTION.longest_run:
                break
            run.insert(0, before)
        return run

    def _leans_on(self, place: ReadSentence, before: ReadSentence, last: ReadSentence) -> bool:
        if self._open and continues(place.text):
            return is_item(before.text)
        return place is last and (leans(place.text) or (self._open and concludes(place.text)))

    def _is_quoted(self, place: ReadSentence) -> bool:
        return (place.document.document_id, place.sentence.ordinal) in self._quoted

    def _best_of_other_documents(self, candidates: Sequence[Evidence]) -> Iterator[Evidence]:
        """Only sentences with all the names in the question: another document is easily of another thing."""
        met = {document_id for document_id, _ in self._quoted}
        for evidence in candidates:
            document_id = self.key(evidence)[0]
            text = self.place(evidence).text
            if document_id not in met and all(speaks_of(n, text) for n in words(" ".join(self._question.names))):
                met.add(document_id)
                yield evidence

    def _missing(self) -> frozenset[str]:
        """The question's own words that no chosen sentence has."""
        quoted = [place.text for place in self._quoted.values()]
        own = (word for word in self._question.content if word not in self._question.carried)
        return frozenset(word for word in own if not any(speaks_of(word, text) for text in quoted))

    def _worth(self, evidence: Evidence, missing: frozenset[str]) -> float:
        document_id, ordinal = self.key(evidence)
        text = self.place(evidence).text
        met = sum(speaks_of(word, text) for word in missing) / (len(missing) or 1)
        beside = any((document_id, ordinal + step) in self._quoted for step in (-1, 1))
        own = saying(text).content
        shared = max(len(own & saying(place.text).content) for place in self._quoted.values()) / (len(own) or 1)
        measure = self._measure
        return evidence.score + measure.coverage * met + measure.beside * beside - measure.repetition * shared

    def _repeats_any(self, evidence: Evidence) -> bool:
        place = self.place(evidence)
        return any(self._repeats(place, quoted) for quoted in self._quoted.values())

    def _says_again(self, new: ReadSentence, quoted: ReadSentence) -> bool:
        """Whether it can be cited beside what was said."""
        return self._repeats(new, quoted) and gives_numbers_of(saying(new.text), saying(quoted.text))

    def _repeats(self, new: ReadSentence, quoted: ReadSentence) -> bool:
        """What opens with a pronoun says the same only where the sentences before say the same, too."""
        if not repeats(saying(new.text), saying(quoted.text)):
            return False
        if not leans(new.text) and not leans(quoted.text):
            return True
        before = [self._places[p.document.document_id].get(p.sentence.ordinal - 1) for p in (new, quoted)]
        texts = [saying(place.text) for place in before if place is not None]
        return len(texts) == len(before) and repeats(*texts)


def _places(passages: Sequence[OpenPassage]) -> dict[str, dict[int, ReadSentence]]:
    """The sentences read and those before a passage, by document and ordinal."""
    places: dict[str, dict[int, ReadSentence]] = {}
    for opened in passages:
        document = places.setdefault(opened.document.document_id, {})
        for sentence in (*((opened.before,) if opened.before else ()), *opened.sentences):
            if sentence.ordinal not in document:
                document[sentence.ordinal] = ReadSentence(opened.document, sentence, _shown(opened.document, sentence))
    return places


@lru_cache(maxsize=8_192)  # the same sentences are met by question after question, and showing one is most of the work
def _displayed(*texts: str) -> str:
    return joined_display(texts)


def _shown(document: Document, sentence: Sentence) -> str:
    return _displayed(*(document.text[part.start : part.end] for part in sentence.ranges))
