"""What an abstention says of text that was left out of the index, where the question's words stand in it."""

from collections.abc import Iterator, Sequence
from contextlib import suppress

from msgspec import Struct

from index.corpus import Corpus
from index.errors import NotFoundError
from index.globs import fitting
from index.passages.pipeline import SILENT
from index.types import Block, BlockKind, Document
from qa.composing.citations import source_url
from qa.language.asking import telling_words
from qa.types import LeftOutMatch, RetrievedPassage


class LeftOutLimits(Struct, frozen=True):
    """documents: the most that are looked through, those of the passages shown before the others; characters: of left
    out text in all. share: of the question's telling words that a stretch has to have, least of them. matches: the most
    that are told. By hand, 2026-11-30: 2,000,000 characters take less than half a second.
    """

    documents: int = 300
    characters: int = 2_000_000
    share: float = 0.6
    least: int = 2
    matches: int = 3


LIMITS = LeftOutLimits()


def left_out_matches(
    question: str, corpus: Corpus, sources: Sequence[str], shown: Sequence[RetrievedPassage]
) -> tuple[LeftOutMatch, ...]:
    """Stretches of left-out text with most of the question's telling words, those with most first. sources: globs of
    the documents that may be read, none means all. Not every document is looked through: see LeftOutLimits."""
    wanted = {term for word in telling_words(question, corpus) for term in corpus.terms(word)}
    if not wanted:
        return ()
    least = max(min(LIMITS.least, len(wanted)), LIMITS.share * len(wanted))
    found: list[tuple[int, LeftOutMatch]] = []
    read = 0
    for document in _documents(corpus, sources, shown):
        for block in document.blocks:
            if block.kind is not BlockKind.BOILERPLATE or block.reason in SILENT:
                continue
            read += block.end - block.start
            if read > LIMITS.characters:
                break
            met = len(wanted.intersection(corpus.terms(document.text[block.start : block.end])))
            if met >= least:
                found.append((met, _match(document, block)))
    found.sort(key=lambda pair: -pair[0])
    return tuple(match for _, match in found[: LIMITS.matches])


def _documents(corpus: Corpus, sources: Sequence[str], shown: Sequence[RetrievedPassage]) -> Iterator[Document]:
    """Those that leave text out, those of the passages shown first."""
    fits = fitting(tuple(sources))
    near = {passage.document_id for passage in shown}
    leaving = [
        summary
        for summary in corpus.sources()
        if fits(summary.source) and any(reason.startswith("furniture") for reason in summary.left_out)
    ]
    leaving.sort(key=lambda summary: (summary.document_id not in near, summary.source))
    for summary in leaving[: LIMITS.documents]:
        with suppress(NotFoundError):  # taken away meanwhile
            yield corpus.document(summary.document_id)


def _match(document: Document, block: Block) -> LeftOutMatch:
    return LeftOutMatch(
        document_id=document.document_id,
        document_title=document.title,
        source=document.source,
        start_char_index=block.start,
        end_char_index=block.end,
        reason=block.reason,
        url=source_url(document.document_id, block.start, block.end),
    )
