"""Questions made from the documents themselves: a sentence with one of its names, dates or numbers asked for.

After Lewis, Denoyer and Riedel, "Unsupervised Question Answering by Cloze Translation" (ACL 2019), without their
translation model: the answer becomes a question word that is put first, and the clause around it is kept. Such
questions share most words with their sentence, so they are easier than people's.
"""

import random
import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from index.corpus import Corpus
from index.language.lexicon import FUNCTION_WORDS
from index.language.names import sure_names
from index.sentences.markup import display
from index.types import BlockKind, Document, SourceSummary
from qa.datasets.perturbation import swapped
from qa.datasets.question_set import Example, Gold
from qa.language.clauses import ASIDE, AUXILIARIES, BREAK, POINTING, lowered
from qa.language.question import AnswerType, analyse, content_words, words
from qa.reading.spans import SpanCandidate, candidates


class SyntheticLimits(Struct, frozen=True):
    """How many questions are made, and of what. Set by hand (2026-11-22); no bench has chosen them.

    questions: made at most. documents: read at most, at even distances. swapped: one question in so many is made
    unanswerable. of_a_sentence: questions. shortest, longest: characters of a sentence. content_words: of a question,
    at least, so that it stands by itself. words: of a question besides its first ones, at most. subject: words before
    an auxiliary, at most; more are likely another clause. name: letters of one swapped in, more than these.
    """

    questions: int = 300
    documents: int = 300
    swapped: int = 3
    of_a_sentence: int = 3
    shortest: int = 40
    longest: int = 399
    content_words: int = 4
    words: int = 14
    subject: int = 8
    name: int = 3


LIMITS = SyntheticLimits()
# What is asked for, in turn, with the least fit of an answer's form (qa/reading/spans.py).
_ASKED = ((AnswerType.PERSON, "Who", 0.7), (AnswerType.DATE, "When", 0.9), (AnswerType.NUMBER, "How many", 0.6),
          (AnswerType.PLACE, "Where", 0.9), (AnswerType.NAME, "What", 1.0))  # fmt: skip
_PLAIN = re.compile(r"[A-Z][^*_<>|\[\]{}#\\]+[.]")
_AUXILIARY = re.compile(rf"\b(?:{AUXILIARIES})\s")
_VERB = (  # as far as its form tells
    rf"(?:{AUXILIARIES}|[a-z]{{2,}}ed|gave|began|led|met|won|took|made|said|went|came|became|wrote|built|found|held|saw"
    r"|sold|sent|left|grew|rose|fell|brought|bought|kept|lost|paid|put|set|ran|stood|thought|told|spoke|chose|drew|bore)\b"
)
_VERB_FIRST = re.compile(rf"\s*(?:[a-z]+ly\s)?(?:{_VERB}|[a-z]{{2,}}[^s’']s\b)")
_INTRODUCING = (
    "in|on|at|by|for|since|with|after|before|during|from|under|to|as|if|when|while|according|late|early|however|also|thus"
    "|finally|moreover|therefore|instead|meanwhile|today|now|then|later|still|first|second|although|despite"
)
_ADVERBIAL = re.compile(rf"((?:{_INTRODUCING})\b[^,]{{0,60}}|[A-Z]?[a-z]+ly),\s+", re.IGNORECASE)
_DULL = frozenset(("one", "two", "first"))  # numbers that say little
_BEFORE = {
    AnswerType.DATE: re.compile(r"\b(?:in|on|during)\s+(?:the\s+)?$", re.IGNORECASE),
    AnswerType.PLACE: re.compile(r"\b(?:in|at|near|across)\s+(?:the\s+)?$", re.IGNORECASE),
    AnswerType.NUMBER: re.compile(
        r"(?:\b(?:about|some|around|nearly|almost|over|only|the|a|an|at least|more than)\s+)*$", re.IGNORECASE
    ),
}
_OPENING = re.compile(r"(?:^|\s)(?:the|an?)\s+$", re.IGNORECASE)
_JOINED_BEFORE = re.compile(r"\b(?:and|or|of|from|for|with|than|as|between|among)\s+(?:the\s+)?$", re.IGNORECASE)
_JOINED_AFTER = re.compile(r"\s*[’'-]|\s*,?\s*(?:and|or|to|through)\s", re.IGNORECASE)
_STRANDED = re.compile(
    r"\b(?:in|on|at|for|with|from|by|to|of|between|among|through|during|as|since|within)\s+$", re.IGNORECASE
)
_COUNTED = re.compile(r"\s+([a-z][\w’'-]*)(?:\s+([a-z][\w’'-]*))?")
_PREPOSITIONS = r"\s(?:in|on|at|for|with|from|by|to|through|during|as|since)\s"
_LAST_PHRASE = re.compile(rf"{_PREPOSITIONS}(?!.*{_PREPOSITIONS})")


class _Made(Struct, frozen=True):
    """A question, its answer, what is asked for, and the sentence, `text` of `document` at [start, end)."""

    question: str
    answer: str
    kind: AnswerType
    document: Document
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.document.text[self.start : self.end]


def make_questions(corpus: Corpus, most: int = LIMITS.questions) -> tuple[Example, ...]:
    """At most `most` questions spread evenly over the documents, a third of them made unanswerable by swapping in what
    other documents speak of. Of many documents some hundreds are read, at even distances.

    The same corpus gives the same questions. A right answer is the sentence, wherever it stands in what is read.
    """
    summaries = _spread(corpus.sources(), LIMITS.documents)
    made = _in_turn([_questions_of(corpus, summary.document_id) for summary in summaries], most)
    places = _places(corpus, summaries, {_key(each.text) for each in made})
    names = _names(made)
    draw = random.Random(0)
    return tuple(_example(number, each, places, names, draw) for number, each in enumerate(made, 1))


def ask_for(sentence: str, answer: SpanCandidate, kind: AnswerType, document: str) -> str | None:
    """The question that `sentence[answer.start:answer.end]` answers; None where none stands by itself.

    document: text that tells whether a word that opens the sentence is a name.
    """
    start, end = _clause(sentence, answer)
    before, after = ASIDE.sub("", sentence[start : answer.start]), ASIDE.sub("", sentence[answer.end : end])
    before = re.sub(r"^(?:and|but|or|so)\s", "", before.lstrip(" ,"), flags=re.IGNORECASE)
    if (
        POINTING & set(words(before + after)[:3])
        or re.search(r"[()“”\"«»]", before + after)
        or _JOINED_BEFORE.search(before)
        or _JOINED_AFTER.match(after)
    ):
        return None
    adverbial = _ADVERBIAL.match(before)
    if adverbial and adverbial.end() < len(before):
        before = before[adverbial.end() :]
    before = lowered(before, document)
    phrase = _question_phrase(kind, sentence[answer.start : answer.end], before, after)
    if phrase is None:
        return None
    asking, before, after = phrase
    question = " ".join(_ordered(asking, before, _shortened(before, after.rstrip(" .,")), kind).split())
    question = re.sub(r"\s+([,.])", r"\1", question).rstrip(" ,.") + "?"
    answer_words = set(words(sentence[answer.start : answer.end])) - FUNCTION_WORDS
    enough = len(content_words(question)) >= LIMITS.content_words and (
        sure_names(question) or re.search(r"\d", question)
    )
    return question if enough and not answer_words & set(words(question)) else None


def _questions_of(corpus: Corpus, document_id: str) -> Iterator[_Made]:
    """At most three questions a sentence, of different kinds; the order of sentences is drawn."""
    document = corpus.document(document_id)
    sentences = list(corpus.sentences(document_id))
    random.Random(document.content_sha256).shuffle(sentences)
    asked = dict.fromkeys((kind for kind, _, _ in _ASKED), 0)
    done: set[tuple[int, AnswerType]] = set()
    for sentence in sentences * LIMITS.of_a_sentence:
        if len(sentence.ranges) > 1 or document.blocks[sentence.block].kind is not BlockKind.PARAGRAPH:
            continue
        raw = document.text[sentence.start : sentence.end]
        text = display(raw)
        if not LIMITS.shortest <= len(text) <= LIMITS.longest or not _PLAIN.fullmatch(text):
            continue
        for kind in sorted(asked, key=asked.__getitem__):
            found = None if (sentence.ordinal, kind) in done else _asked_of(text, kind, document.text)
            if found:
                done.add((sentence.ordinal, kind))
                asked[kind] += 1
                yield _Made(*found, kind, document, sentence.start, sentence.end)
                break


def _asked_of(text: str, kind: AnswerType, document: str) -> tuple[str, str] | None:
    """A question of this kind that the sentence answers, and its answer."""
    word, least = next((word, least) for each, word, least in _ASKED if each is kind)
    for answer in candidates(analyse(f"{word}?"), text):
        question = ask_for(text, answer, kind, document) if answer.fit >= least else None
        if question:
            return question, text[answer.start : answer.end]
    return None


def _clause(sentence: str, answer: SpanCandidate) -> tuple[int, int]:
    """Where the clause around the answer starts and ends."""
    breaks = [match.span() for match in BREAK.finditer(sentence)]
    start = max((end for _, end in breaks if end <= answer.start), default=0)
    return start, min((begin for begin, _ in breaks if begin >= answer.end), default=len(sentence))


def _question_phrase(kind: AnswerType, answer: str, before: str, after: str) -> tuple[str, str, str] | None:
    """The question's words, and what is left before and after; None where the answer stands in no fit place."""
    if kind in (AnswerType.PERSON, AnswerType.NAME):
        return ("Who" if kind is AnswerType.PERSON else "What"), _OPENING.sub(" ", before), after
    place = _BEFORE[kind].search(before)
    if place is None:
        return None
    before = before[: place.start()]
    if kind is not AnswerType.NUMBER:
        return ("When" if kind is AnswerType.DATE else "Where"), before, after.removeprefix(",")
    if answer.lower() in _DULL or _STRANDED.search(before):
        return None
    if re.search(r"%|\bper ?cent", answer):
        return "What percentage", before, after
    if re.match(r"[$€£¥]|US\$", answer):
        return "How much", before, after
    counted = _COUNTED.match(after)
    if not counted or counted[1] in FUNCTION_WORDS:
        return None
    noun = counted[2] and counted[2] not in FUNCTION_WORDS and not re.fullmatch(_VERB, counted[2])
    end = counted.end(2 if noun else 1)
    return f"How many{after[:end]}", before, after[end:]


def _ordered(asking: str, before: str, after: str, kind: AnswerType) -> str:
    """The question's words first, then what English wants: an auxiliary before the subject, or a cleft sentence. Empty
    where no verb is told by its form."""
    adverbial = _ADVERBIAL.fullmatch(before)
    if kind in (AnswerType.DATE, AnswerType.PLACE) and not before.strip():  # it opened the sentence
        before, after = after, ""
    elif adverbial or not before.strip():
        return f"{asking} {after} {adverbial[1] if adverbial else ''}" * bool(_VERB_FIRST.match(after))
    auxiliary = _AUXILIARY.search(before + " ")
    subject = before[: auxiliary.start()] if auxiliary else ""
    if auxiliary and subject and len(subject.split()) <= LIMITS.subject and "," not in subject:
        return f"{asking} {auxiliary.group()} {subject} {(before + ' ')[auxiliary.end() :]} {after}"
    return f"{asking} was it that {before} {after}" * bool(re.search(rf"\b{_VERB}", before))


def _shortened(before: str, after: str) -> str:
    """`after` without its last phrases, as far as the whole is too long."""
    while len(words(before + after)) > LIMITS.words:
        last = _LAST_PHRASE.search(after)
        if last is None or not last.start():
            break
        after = after[: last.start()].rstrip(" ,")
    return after


def _in_turn(streams: Sequence[Iterator[_Made]], most: int) -> list[_Made]:
    """One of each stream in turn, until there are `most` or no more; no question twice."""
    made: dict[str, _Made] = {}
    going = list(streams)
    while going and len(made) < most:
        for stream in list(going):
            each = next(stream, None)
            if each is None:
                going.remove(stream)
            elif len(made) < most:
                made.setdefault(each.question, each)
    return list(made.values())


def _spread(summaries: Sequence[SourceSummary], most: int) -> list[SourceSummary]:
    count = min(most, len(summaries))
    return [summaries[number * len(summaries) // count] for number in range(count)]


def _key(text: str) -> str:
    return " ".join(text.split())


def _places(corpus: Corpus, summaries: Sequence[SourceSummary], texts: set[str]) -> dict[str, list[Gold]]:
    """Where the sentences of these texts stand: a document can be there twice."""
    places: dict[str, list[Gold]] = {}
    for summary in summaries:
        text = corpus.document(summary.document_id).text
        for sentence in corpus.sentences(summary.document_id):
            key = _key(text[sentence.start : sentence.end])
            if key in texts:
                places.setdefault(key, []).append(Gold(summary.source, sentence.start, sentence.end, ()))
    return places


def _names(made: Sequence[_Made]) -> dict[str, list[str]]:
    """By document, names of the sentences that are asked about."""
    names: dict[str, list[str]] = {}
    for each in made:
        found = (re.sub(r"[’'-]s?$", "", name) for name in sure_names(display(each.text)))
        names.setdefault(each.document.source, []).extend(name for name in found if len(name) > LIMITS.name)
    return names


def _example(
    number: int, made: _Made, places: dict[str, list[Gold]], names: dict[str, list[str]], draw: random.Random
) -> Example:
    qid = f"made-{number}"
    if number % LIMITS.swapped == 0:
        own = made.document.source
        others = [name for source, theirs in names.items() if source != own for name in theirs]
        question = swapped(made.question, made.document.text if others else made.text, others, draw)
        if question is not None:
            return Example(qid, question, (), "unanswerable")
    gold = tuple(Gold(each.source, each.start, each.end, (made.answer,)) for each in places[_key(made.text)])
    return Example(qid, made.question, gold, made.kind.value)
