"""A sentence with what it has to be read with, as text: for the embedding model, the word index and the reader."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from index.language.lexicon import TASK_STATES
from index.sentences.markup import display, joined_display
from index.sentences.struck import held
from index.types import BlockKind, Document, Label, Range, Sentence, UnitKind

_SPOKEN_ENDS = ".:?!,;)。？！："
_LONGEST_CONTEXT = 300  # characters of a lead-in, question or heading; a longer one drowns what follows it
_SHORT_TITLE_WORDS = 6
_BOX = 3  # characters of `[x]`


def read_text(document: Document, sentence: Sentence) -> str:
    """The sentence after its context, its values with their names."""
    text = document.text
    context = (spoken(text, part) for part in spoken_context(document, sentence))
    said = _held(document, sentence)
    if sentence.kind in (UnitKind.ROW, UnitKind.RECORD) and sentence.labels:
        said = "; ".join(_labelled(text, label) for label in sentence.labels)
    return "".join(f"{part}{' ' if part[-1:] in _SPOKEN_ENDS else ': '}" for part in context if part) + said


def sentence_query(document: Document, sentence: Sentence) -> str:
    """What a sentence is embedded as: with its context, after the document's title if that is short.

    A short title says what "it" is; a headline drowns the sentence, which then matches every question on the subject
    (nearest-sentence hit@1 on the seeds: .56 with their headlines, .69 without).
    """
    text = read_text(document, sentence)
    return f"{document.title}: {text}" if len(document.title.split()) <= _SHORT_TITLE_WORDS else text


def spoken(text: str, part: Range) -> str:
    """A piece of context as it is read: a task's box by what it says."""
    return task_state(text, part) or display(held(text, part.start, part.end))


def task_state(text: str, part: Range) -> str | None:
    """What a task's box says, `[x]` or `[ ]`; None of anything else."""
    return TASK_STATES.get(text[part.start : part.end].lower()) if part.end - part.start == _BOX else None


def spoken_context(document: Document, sentence: Sentence) -> Iterator[Range]:
    """The context that is read before a sentence: not a table's header, whose names its labels hold, and before running
    text no headline, as in `sentence_query`."""
    for part in sentence.context:
        if part.end - part.start > _LONGEST_CONTEXT or is_header_of(part, sentence):
            continue
        if sentence.kind is not UnitKind.SENTENCE or not _is_headline(document, part):
            yield part


def _is_headline(document: Document, part: Range) -> bool:
    """A heading of many words that asks nothing."""
    words = document.text[part.start : part.end].split()
    return (
        len(words) > _SHORT_TITLE_WORDS
        and not words[-1].rstrip("*_ ").endswith(("?", "？"))
        and _is_heading(document, part)
    )


def is_header_of(part: Range, sentence: Sentence) -> bool:
    """Whether a range holds the names that a row's labels have."""
    names = (label.name for label in sentence.labels if label.name is not None)
    return any(part.start <= name.start and name.end <= part.end for name in names)


def passage_sentences(document: Document, sentences: Sequence[Sentence]) -> Iterator[str]:
    """A passage's sentences in display form; before the first its context, which another passage holds."""
    for number, sentence in enumerate(sentences):
        for part in sentence.context if number == 0 else ():
            if not _is_heading(document, part) and part.end - part.start <= _LONGEST_CONTEXT:
                yield display(held(document.text, part.start, part.end))
        yield _held(document, sentence)


def _held(document: Document, sentence: Sentence) -> str:
    """The sentence in display form, without what is struck out."""
    return joined_display(held(document.text, part.start, part.end) for part in sentence.ranges)


def _is_heading(document: Document, part: Range) -> bool:
    at = bisect_right(document.blocks, part.start, key=lambda block: block.start) - 1
    return at >= 0 and document.blocks[at].kind is BlockKind.HEADING


def _labelled(text: str, label: Label) -> str:
    value = display(held(text, label.value.start, label.value.end))
    if label.name is None:
        return value
    return f"{display(text[label.name.start : label.name.end]).replace('_', ' ')}: {value}"
