"""What may be suggested: the questions that a corpus's sentences and headings make, the likeliest wanted first."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress

from msgspec import Struct

from index.corpus import Corpus
from index.errors import NotFoundError
from index.globs import fitting
from index.language.lexicon import FUNCTION_WORDS
from index.language.names import sure_names
from index.sentences.markup import display
from index.types import Block, BlockKind, Document, Sentence
from qa.language.english import ENGLISH
from qa.language.question import content_words, words
from qa.suggestions.limits import LIMITS, WORTH
from qa.suggestions.templates import questions_of
from qa.types import Reply


class QuestionCandidate(Struct, frozen=True):
    """A question made from `document.text[start:end]`, the sentence, or the section under a heading, that answers it.

    form: see `qa.suggestions.question_forms`. answer: what the answer should be, as far as that is known. worth: higher
    is better.
    """

    question: str
    form: str
    answer: str
    document_id: str
    start: int
    end: int
    worth: float


def first_candidates(corpus: Corpus, sources: Sequence[str]) -> Iterator[QuestionCandidate]:
    """Of each document in turn its best, the forms taking turns, too; of many documents some, at even distances."""
    fits = fitting(tuple(sources))
    summaries = [each for each in corpus.sources() if fits(each.source)]
    count = min(LIMITS.most_documents, len(summaries))
    going = [summaries[number * len(summaries) // count].document_id for number in range(count)]
    pools: dict[str, list[QuestionCandidate]] = {}
    used: Counter[str] = Counter()
    while going:
        for document_id in list(going):
            if document_id not in pools:
                pools[document_id] = _of_document(corpus, document_id)
            pool = pools[document_id]
            if not pool:
                going.remove(document_id)
                continue
            best = max(pool, key=lambda each: each.worth - LIMITS.used_again * used[each.form])
            pool.remove(best)
            used[best.form] += 1
            yield best


def following_candidates(
    corpus: Corpus, reply: Reply, asked: Sequence[str], sources: Sequence[str]
) -> Iterator[QuestionCandidate]:
    """Of what was read for the reply and stands near what it cites, not of what it cites; nearest to its question
    first, and none that is like a question asked already."""
    cited = [(c.document_id, c.start_char_index, c.end_char_index) for b in reply.content for c in b.citations + b.also]
    fits = fitting(tuple(sources))
    found: dict[str, QuestionCandidate] = {}
    for document_id, numbers in _places(corpus, reply, cited).items():
        document, sentences = corpus.document(document_id), corpus.sentences(document_id)
        if not fits(document.source):
            continue
        for each in _of_sentences(document, [sentences[number] for number in sorted(numbers)]):
            if not any(i == document_id and start < each.end and each.start < end for i, start, end in cited):
                found.setdefault(each.question, each)
    if not found:
        return
    before = list(dict.fromkeys((reply.question, *([reply.interpreted_as] if reply.interpreted_as else []), *asked)))
    vectors = corpus.embed([*before, *found])
    nearness = vectors[len(before) :] @ vectors[: len(before)].T
    new = [
        (each.worth / 10 + float(row[0]), each)
        for each, row in zip(found.values(), nearness, strict=True)
        if float(row.max()) < LIMITS.asked_already
    ]
    yield from (each for _, each in sorted(new, key=lambda pair: -pair[0]))


def _places(corpus: Corpus, reply: Reply, cited: Sequence[tuple[str, int, int]]) -> dict[str, set[int]]:
    """Numbers of sentences, by document: those of the passages read, and those near a citation."""
    ranges = [(p.document_id, p.start_char_index, p.end_char_index, 0) for p in reply.passages]
    ranges += [(document_id, start, end, LIMITS.near_sentences) for document_id, start, end in cited]
    places: dict[str, set[int]] = {}
    for document_id, start, end, around in ranges:
        with suppress(NotFoundError):  # taken away since
            sentences = corpus.sentences(document_id)
            inside = [one.ordinal for one in sentences if one.start < end and start < one.end]
            if inside:
                near = range(max(0, inside[0] - around), min(len(sentences), inside[-1] + around + 1))
                places.setdefault(document_id, set()).update(near)
    return places


def _of_document(corpus: Corpus, document_id: str) -> list[QuestionCandidate]:
    try:
        document, sentences = corpus.document(document_id), corpus.sentences(document_id)
    except NotFoundError:  # taken away since it was listed
        return []
    step = max(1, math.ceil(len(sentences) / LIMITS.most_sentences))
    found = {each.question: each for each in _of_sentences(document, sentences[::step])}
    return [*found.values(), *_of_headings(document)]


def _of_sentences(document: Document, sentences: Sequence[Sentence]) -> Iterator[QuestionCandidate]:
    for sentence in sentences:
        if len(sentence.ranges) > 1 or document.blocks[sentence.block].kind is not BlockKind.PARAGRAPH:
            continue
        text = display(document.text[sentence.start : sentence.end])
        for asked in questions_of(text, document.text, document.title):
            worth = WORTH[asked.form] + _prominence(asked.question, document)
            yield QuestionCandidate(
                asked.question, asked.form, asked.answer, document.document_id, sentence.start, sentence.end, worth
            )


def _prominence(question: str, document: Document) -> float:
    """0 to 2: whether the title has its names or words, and how often the document does."""
    subjects = sure_names(question) or list(content_words(question))
    times = max((document.text.count(name) for name in subjects), default=0)
    in_title = set(content_words(document.title)) & set(words(question))
    return min(1.0, math.log1p(times) / 4) + bool(in_title)


def _of_headings(document: Document) -> Iterator[QuestionCandidate]:
    """Headings that ask, word for word, and the section below each."""
    blocks = document.blocks
    for number, block in enumerate(blocks):
        question = display(document.text[block.start : block.end]) if block.kind is BlockKind.HEADING else ""
        question = question.lstrip("#0123456789. ")
        if (
            ENGLISH.suggestions.asking.fits(question)
            and len(set(words(question)) - FUNCTION_WORDS) >= LIMITS.fewest_heading_words
        ):
            end = _section_end(blocks[number + 1 :], block.level)
            if end > block.end:
                worth = WORTH["heading"]
                yield QuestionCandidate(question, "heading", "", document.document_id, block.end, end, worth)


def _section_end(blocks: Sequence[Block], level: int) -> int:
    end = 0
    for block in blocks:
        if block.kind in (BlockKind.HEADING, BlockKind.TITLE) and block.level <= level:
            break
        end = block.end
    return end
