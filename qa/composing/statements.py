"""What a question is about, and whether two sentences state it of one thing, so that their values can be compared."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from msgspec import Struct

from index.language.dates import Date, dates_differ, find_dates
from index.language.folding import fold
from index.language.lexicon import FUNCTION_WORDS
from index.language.names import find_names
from index.language.numbers import UNIT_WORDS, find_quantities
from index.sentences.markup import sentence_text
from index.types import PassageKind, Sentence
from qa.composing.limits import CONFLICT
from qa.language.question import SPAN_TYPES, AnswerType, Question, content_words, words
from qa.language.synonyms import kin
from qa.language.terms import TermStatistics
from qa.language.values import Value, read_values
from qa.reading.reader import OpenPassage, Reading, Span

# They tell a question's form; a sentence that answers it has no need of them.
_FORM_WORDS = frozenset(
    """year date day month century decade time name names person man woman country city state town place location
    number amount percentage percent share total old long tall high deep far big large wide heavy fast often exact
    exactly according kind type sort""".split()
)
# They say which occasion is meant, or that it has not come to be.
_OCCASION = frozenset(
    """again another second third next later subsequently previously formerly earlier originally initially eventually
    planned plans plan expected expects scheduled proposed will would hoped hopes targeted forecast projected
    intended annually yearly every each per reopened rebuilt refounded twice""".split()
)
_ASKING = re.compile(r".*\?|\([^()]+\)$")  # not what is said after the question; what was carried over is in brackets
_DENIED = re.compile(
    r"\b(?:not|never|nor|no longer|cannot|rather than|instead of|contrary to|den(?:y|ies|ied)|false(?:ly)?|"
    r"wrong(?:ly)?|mistaken(?:ly)?|myth|if|whether)\b|n[’']t\b|\?\W*$",
    re.IGNORECASE,
)
_AMONG_OTHERS = re.compile(
    r"\b(?:including|such as|among|as well as|one of|along with|together with|for example|e\.g\.|also|others?)\b",
    re.IGNORECASE,
)
_WHERE = re.compile(
    r"\b(?:in|at|during|near|outside|attend(?:ed|ing)?)\s+(?:(?:the|an?|its|his|her)\s+)?(?:[\w-]+\s+){0,2}$"
)
_APPOSITION = re.compile(r"^,? (?:an?|the|his|her|its|their) [^,;.]*")
_MODIFYING = frozenset("more other further additional another extra first last by".split())
_SKIPPED = frozenset("of the its their these those his her our all some about".split())
_COUNTED_BEFORE = re.compile(r"(?<![^\W_])([^\W_]+) ?(?:of|is|was|were|stood at|reached|:) ?(?:[a-z]+ ){0,2}$")


class QuestionTopic(Struct, frozen=True):
    """What a question is about. words: with their rarity. names: of them, those that are names or numbers. keys: those
    that say what happened or is measured. dates: the dates it gives. counted: what is to be counted."""

    question: Question
    words: dict[str, float]
    names: tuple[str, ...]
    keys: frozenset[str]
    dates: tuple[Date, ...]
    counted: frozenset[str]


class Statement(Struct, frozen=True):
    """A sentence that gives a value. `text[start:end]` is the value in the (part of the) sentence it lies in.

    own, near: terms of the sentence; of it, the one before it, its title and headings.
    """

    span: Span
    document_id: str
    text: str
    start: int
    end: int
    values: tuple[Value, ...]
    own: frozenset[str]
    near: frozenset[str]


def topic_of(question: Question, corpus: TermStatistics) -> QuestionTopic:
    """What the sentences must speak of to answer this question."""
    asking = set(words(" ".join(_ASKING.findall(question.text)) or question.text))
    dated = list(find_dates(question.text))
    of_dates = {word for found in dated for word in words(question.text[found.start : found.end])}
    own = [word for word in question.content if word in asking and word not in _FORM_WORDS | of_dates]
    rarity = {word: max((corpus.idf(term) for term in corpus.terms(word)), default=0.0) for word in own}
    spelt = (*question.names, *question.numbers)
    names = tuple(dict.fromkeys(w for name in spelt for w in content_words(name) if w in rarity))
    verbs = [word for word in own if word not in names and not word[0].isdigit()]
    keys = {word for word in verbs if word.endswith("ed") or len(kin(word)) > 1}
    if re.search(r"\b(?:did|does|do)\b", question.own, re.IGNORECASE):
        keys.update(verbs[-1:])
    return QuestionTopic(
        question,
        {word: weight for word, weight in rarity.items() if weight > 0},
        names,
        frozenset(keys),
        tuple(found.date for found in dated),
        _counted(question, corpus),
    )


def _counted(question: Question, corpus: TermStatistics) -> frozenset[str]:
    """The terms of what is to be counted: of the words after "how many" the first and the last that say anything."""
    after = re.search(
        r"\bhow (?:many|much (?!did|does|do|is|was|has|had|will|would))\b(.*)", question.own, re.IGNORECASE
    )
    nouns = content_words(" ".join(words(after[1])[:4])) if after else ()
    return _stems(corpus, *(kin(word) for word in nouns[:1] + nouns[-1:]))


def statement(
    topic: QuestionTopic, span: Span, reading: Reading, opened: Sequence[OpenPassage], corpus: TermStatistics
) -> Statement | None:
    """What the span's sentence states, None if that cannot be told or is not what the question is about."""
    evidence = reading.evidence[span.evidence_index]
    passage = opened[evidence.passage_index]
    part = next((p for p in evidence.sentence.ranges if p.start <= span.start and span.end <= p.end), None)
    if part is None or passage.passage.kind is PassageKind.METADATA:
        return None
    text = "".join(" " if c.isspace() else c for c in passage.document.text[part.start : part.end])
    start, end = span.start - part.start, span.end - part.start
    values = _values(topic.question, text, start, end)
    if not values or _DENIED.search(text) or (_asks_name(topic.question) and _AMONG_OTHERS.search(text)):
        return None
    own, near = _around(passage, evidence.sentence, corpus)
    made = Statement(span, passage.document.document_id, text, start, end, values, own, near)
    return made if _speaks_of(topic, made, passage, corpus) else None


def same_thing(topic: QuestionTopic, left: Statement, right: Statement, corpus: TermStatistics) -> bool:
    """Whether two statements speak of one thing and one occasion, as far as words can tell."""
    has = [{word for word in topic.words if _present(word, made.near, corpus)} for made in (left, right)]
    apart = has[0] ^ has[1]
    if apart & topic.keys or _share(topic, apart) > CONFLICT.most_apart:
        return False
    keys_missing = topic.keys - has[0]
    if (left.document_id == right.document_id or keys_missing) and _restated(left, right) < CONFLICT.least_restated:
        return False
    return (
        _occasions(left, topic) == _occasions(right, topic)
        and not _clash(_other_dates(left), _other_dates(right))
        and not _apart_in_place(topic, left, right)
        and (topic.question.answer_type is not AnswerType.NUMBER or _counts_same(topic, left, right, corpus))
    )


def _values(question: Question, text: str, start: int, end: int) -> tuple[Value, ...]:
    """Of a question whose form is not told, only what is nothing but a date or a number with its unit."""
    if question.answer_type in SPAN_TYPES:
        return read_values(question.answer_type, text, start, end)
    numbers = [n for n in find_quantities(text) if n.start <= start and end <= n.end and n.quantity.unit]
    dates = [d for d in find_dates(text) if d.start <= start and end <= d.end]
    return tuple(d.date for d in dates) or tuple(n.quantity for n in numbers)


def _asks_name(question: Question) -> bool:
    return question.answer_type in (AnswerType.PERSON, AnswerType.PLACE, AnswerType.NAME)


def _around(passage: OpenPassage, sentence: Sentence, corpus: TermStatistics) -> tuple[frozenset[str], frozenset[str]]:
    own = frozenset(corpus.terms(sentence_text(passage.document, sentence)))
    beside = (passage.before, *passage.sentences) if passage.before else passage.sentences
    before = [s for s in beside if s.ordinal == sentence.ordinal - 1]
    heads = " ".join((passage.document.title, *passage.passage.heading_path))
    lead = " ".join(sentence_text(passage.document, s) for s in before)
    return own, own | frozenset(corpus.terms(f"{lead} {heads}"))


def _speaks_of(topic: QuestionTopic, made: Statement, passage: OpenPassage, corpus: TermStatistics) -> bool:
    if not topic.words or not any(_present(word, made.own, corpus) for word in topic.words):
        return False
    weights = [(topic.words.get(name, 0.0), _present(name, made.near, corpus)) for name in topic.names]
    missing = sum(weight for weight, there in weights if not there)
    if missing > CONFLICT.most_names_missing * sum(weight for weight, _ in weights):
        return False
    here = _other_dates(made)
    date = passage.document.metadata.date
    stated = tuple(d.date for d in find_dates(date.value)) if date else ()
    if topic.question.answer_type is AnswerType.DATE:
        here = tuple(value for value in made.values if isinstance(value, Date))
    if topic.dates and (_clash(here or stated, topic.dates) or not (here or stated)):
        return False
    found = {word for word in topic.words if _present(word, made.near, corpus)}
    counted = not topic.counted or bool(topic.counted & _counted_by(made, corpus, topic.counted)[0])
    return _share(topic, found) >= CONFLICT.least_recall and counted


def _present(word: str, terms: AbstractSet[str], corpus: TermStatistics) -> bool:
    """Whether the word, one that may stand for it, or (a country and its adjective) one that begins alike is there."""
    if any(term in terms for other in kin(word) for term in corpus.terms(other)):
        return True
    begin = word[: max(4, min(5, len(word) - 1))]
    return len(word) >= 5 and word.isalpha() and any(term.startswith(begin) for term in terms)


def _share(topic: QuestionTopic, some: AbstractSet[str]) -> float:
    return sum(weight for word, weight in topic.words.items() if word in some) / (sum(topic.words.values()) or 1.0)


def _stems(corpus: TermStatistics, *groups: AbstractSet[str]) -> frozenset[str]:
    return frozenset(term for group in groups for word in group for term in corpus.terms(word))


def _restated(left: Statement, right: Statement) -> float:
    one, other = (
        frozenset(content_words(made.text[: made.start] + " " + made.text[made.end :])) for made in (left, right)
    )
    return len(one & other) / (min(len(one), len(other)) or 1)


def _rest(made: Statement) -> str:
    return f"{made.text[: made.start]} {made.text[made.end :]}"


def _occasions(made: Statement, topic: QuestionTopic) -> frozenset[str]:
    return _OCCASION.intersection(words(_rest(made))).difference(words(topic.question.text))


def _other_dates(made: Statement) -> tuple[Date, ...]:
    """The dates of the sentence but the value."""
    return tuple(d.date for d in find_dates(made.text) if d.end <= made.start or made.end <= d.start)


def _clash(left: tuple[Date, ...], right: tuple[Date, ...]) -> bool:
    return bool(left) and bool(right) and all(dates_differ(one, other) for one in left for other in right)


def _apart_in_place(topic: QuestionTopic, left: Statement, right: Statement) -> bool:
    """Whether each names a place or an occasion that the other does not: then they may be two occasions."""
    one, other = _places(topic, left), _places(topic, right)
    return bool(one) and bool(other) and not one & other


def _places(topic: QuestionTopic, made: Statement) -> frozenset[str]:
    """What stands after "in", "at" or "during", but the value, what is said of it, dates and the question's words."""
    beside = _APPOSITION.match(made.text[made.end :])
    end = made.end + (beside.end() if beside else 0)
    found: set[str] = set()
    for name in find_names(made.text):
        outside = name.end <= made.start or end <= name.start
        name_text = made.text[name.start : name.end]
        if outside and _WHERE.search(made.text[: name.start]) and not list(find_dates(f"in {name_text}")):
            found |= set(words(fold(name_text)))
    return frozenset(found - set(words(fold(topic.question.text))) - FUNCTION_WORDS)


def _counts_same(topic: QuestionTopic, left: Statement, right: Statement, corpus: TermStatistics) -> bool:
    """Whether the same is counted, with the same said of it: "16 eastern countries" are not "65 countries"."""
    one, one_more = _counted_by(left, corpus, topic.counted)
    other, other_more = _counted_by(right, corpus, topic.counted)
    given = topic.counted.union(corpus.terms(topic.question.text))
    alike = one - given == other - given if topic.counted else not one or not other or bool(one & other)
    return alike and one_more == other_more


def _counted_by(
    made: Statement, corpus: TermStatistics, until: AbstractSet[str] = frozenset()
) -> tuple[frozenset[str], ...]:
    """The terms of what a number counts ("25 member states", "a population of 25"), and words such as "more".

    until: terms of which the first found ends the noun.
    """
    found = [n for n in find_quantities(made.text) if n.start < made.end and made.start < n.end]
    start, end = (found[0].start, found[-1].end) if found else (made.start, made.end)
    noun = set(words(made.text[start:end])) & UNIT_WORDS
    more = set(words(made.text[:start])[-1:]) & _MODIFYING
    for match in re.finditer(r"([^\W_]+)|[^\s\w’'-]", made.text[end:]):
        word = (match[1] or "").casefold()
        if word in _MODIFYING:
            more.add(word)
        elif not word or (word in FUNCTION_WORDS and word not in _SKIPPED) or word[0].isdigit():
            break
        elif word not in _SKIPPED:
            noun.add(word)
            if any(term in until for term in corpus.terms(word)) or len(noun) == CONFLICT.longest_noun:
                break
    before = _COUNTED_BEFORE.search(made.text[:start])
    return _stems(corpus, noun or ({before[1].casefold()} if before else set())), frozenset(more)
