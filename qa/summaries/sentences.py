"""The sentences of a document that can stand in a summary, each with its section, and what its author sums up."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from index.sentences.markup import sentence_text
from index.types import Block, BlockKind, Document, Sentence, UnitKind
from qa.composing.discourse import concludes, continues, leans
from qa.language.english import ENGLISH
from qa.language.language import SummaryForms
from qa.summaries.limits import SUMMARY_LIMITS

_FORMS = ENGLISH.summaries
_TEXT = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST, BlockKind.TABLE})
_KINDS = (
    frozenset({UnitKind.SENTENCE}),
    frozenset({UnitKind.SENTENCE, UnitKind.ITEM, UnitKind.RECORD}),
    frozenset({UnitKind.SENTENCE, UnitKind.ITEM, UnitKind.RECORD, UnitKind.ROW, UnitKind.LEAD}),
)


class Candidate(Struct, frozen=True):
    """A sentence that a summary may quote. section: number of the heading that it stands under, 0 before the first.

    own: whether it is of what the author wrote as a summary. closing: whether it stands in the conclusion.
    """

    sentence: Sentence
    text: str
    section: int
    own: bool = False
    closing: bool = False


def candidates(document: Document, sentences: Sequence[Sentence]) -> tuple[Candidate, ...]:
    """The whole sentences of its running text, in order; where it has next to none, its items and rows."""
    found: tuple[Candidate, ...] = ()
    for kinds in _KINDS:
        found = tuple(_of_kinds(document, sentences, kinds))
        if len(found) >= SUMMARY_LIMITS.brief_sentences:
            break
    return found


def sections(found: Sequence[Candidate]) -> NDArray[np.int64]:
    """[n] each one's section."""
    return np.array([each.section for each in found], np.int64)


def _of_kinds(document: Document, sentences: Sequence[Sentence], kinds: frozenset[UnitKind]) -> Iterator[Candidate]:
    heads = _Headings(document)
    for sentence in sentences:
        block = document.blocks[sentence.block]
        if sentence.kind not in kinds or block.kind not in _TEXT:
            continue
        if sentence.kind is UnitKind.LEAD and block.kind is BlockKind.TABLE:
            continue  # its header, which each row brings along
        text = sentence_text(document, sentence)
        if _stands_alone(text, sentence.kind):
            section, own, closing = heads.at(sentence.block)
            yield Candidate(sentence, text, section, own, closing)


def _stands_alone(text: str, kind: UnitKind) -> bool:
    """Whether it can be read without the sentence before it, and is neither a scrap nor endless."""
    count = len(text.split())
    if kind is not UnitKind.SENTENCE:
        return 2 <= count <= SUMMARY_LIMITS.most_words
    if not SUMMARY_LIMITS.least_words <= count <= SUMMARY_LIMITS.most_words or text.rstrip()[-1:] in "?:":
        return False
    return not (leans(text) or concludes(text) or continues(text))


class _Headings:
    """Under which heading a block stands, and whether that says that it sums up."""

    def __init__(self, document: Document, forms: SummaryForms = _FORMS) -> None:
        self._document = document
        self._forms = forms
        self._numbers = [n for n, block in enumerate(document.blocks) if block.kind is BlockKind.HEADING]

    def at(self, block: int) -> tuple[int, bool, bool]:
        section = bisect_right(self._numbers, block)
        heading = self._text(self._document.blocks[self._numbers[section - 1]]) if section else ""
        own = self._forms.own.fits(heading) or self._forms.own_opening.fits(self._text(self._document.blocks[block]))
        return section, own, self._forms.closing.fits(heading)

    def _text(self, block: Block) -> str:
        return self._document.text[block.start : min(block.end, block.start + 120)]
