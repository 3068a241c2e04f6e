"""Sentences to passages, the unit that is found: whole sentences under one heading, no longer than the model reads."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from index.models.embedding import Embedder
from index.models.tokens import TokenCounter
from index.passages.packing import Sizes, pack
from index.sentences.context import passage_sentences
from index.sentences.markup import display, sentence_text
from index.types import BlockKind, Document, Passage, PassageKind, Sentence

_KINDS = {
    BlockKind.PARAGRAPH: PassageKind.BODY,
    BlockKind.LIST: PassageKind.BODY,
    BlockKind.TABLE: PassageKind.BODY,
    BlockKind.CODE: PassageKind.BODY,
    BlockKind.TITLE: PassageKind.METADATA,
    BlockKind.BYLINE: PassageKind.METADATA,
    BlockKind.FOOTNOTE: PassageKind.NOTE,
    BlockKind.CAPTION: PassageKind.NOTE,
}
_SEPARATOR = " › "


class PassageBudget(Struct, frozen=True):
    """tokens: the most in a passage, by a TokenCounter. overlap_sentences: how many it repeats of the one before.

    Both are settings. The defaults were chosen by hand on 2026-11-22 (a955d99): with title and headings, 180 tokens fit
    into the 256 that the embedding model reads.
    """

    tokens: int = 180
    overlap_sentences: int = 1


class ChunkingLimits(Struct, frozen=True):
    """context_share: title and headings take at most one part in so many of what the model reads. token_characters: a
    text of more than so many characters for each token that the model reads is too long without being measured.
    shrink: of ten parts of a passage's room, how many stay where a tokenizer counts more for the whole than the parts.

    Set by hand on 2026-11-22 (3c54624, eb77788); no bench fits them.
    """

    context_share: int = 4
    token_characters: int = 64
    shrink: int = 9


LIMITS = ChunkingLimits()


class _Run(Struct, frozen=True):
    """Sentences [first, end) of one kind that stand together under one heading."""

    kind: PassageKind
    path: tuple[str, ...]
    first: int
    end: int


class _Fitted(Struct, frozen=True):
    """A text to embed. whole: nothing of the passage's own sentences was cut off it."""

    text: str
    whole: bool


def make_passages(
    document: Document, sentences: Sequence[Sentence], counter: TokenCounter, embedder: Embedder, budget: PassageBudget
) -> tuple[tuple[Passage, ...], tuple[str, ...]]:
    """The document's passages in text order, and warnings. `sentences` are all of the document's.

    Every sentence of a paragraph, list or table is in a passage, and in two where they overlap. A title and byline that
    stand together make the one METADATA passage; footnotes, captions and bylines found elsewhere make NOTEs; headings
    make none, but are the path of what follows them. A sentence that is longer than the budget is a passage of its own;
    one that the model cannot read in full is embedded by its beginning, with a warning.
    """
    passages: list[Passage] = []
    cut: list[Passage] = []
    for run in _runs(document, sentences):
        texts = [sentence_text(document, sentence) for sentence in sentences[run.first : run.end]]
        pieces = _split(texts, _headings(document, run.kind, run.path), counter, embedder, budget)
        for number, (first, end, whole) in enumerate(pieces):
            of_run = sentences[run.first + first : run.first + end]
            passage = Passage(
                document_id=document.document_id,
                ordinal=len(passages),
                # A byline too long for one passage goes on as a note, so that the METADATA passage stays the only one.
                kind=PassageKind.NOTE if run.kind is PassageKind.METADATA and number else run.kind,
                first_sentence=run.first + first,
                end_sentence=run.first + end,
                start=of_run[0].start,
                end=of_run[-1].end,
                heading_path=run.path,
            )
            passages.append(passage)
            if not whole:
                cut.append(passage)
    return tuple(passages), _warnings(cut, embedder)


def embedding_text(
    document: Document, passage: Passage, sentences: Sequence[Sentence], embedder: Embedder | None = None
) -> str:
    """What a passage is found by: title and headings on one line, then its sentences in display form.

    With an embedder it is never longer than that one reads: headings and title are shortened first, and only a sentence
    that is too long by itself loses its end (`make_passages` has warned of it). `sentences` are all the document's.
    """
    of_passage = sentences[passage.first_sentence : passage.end_sentence]
    text = " ".join(filter(None, passage_sentences(document, of_passage)))
    headings = _headings(document, passage.kind, passage.heading_path)
    if embedder is None:
        return _joined(_SEPARATOR.join(headings), text)
    return _fitted(headings, text, embedder).text


def _runs(document: Document, sentences: Sequence[Sentence]) -> list[_Run]:
    paths = _paths(document)
    runs: list[_Run] = []
    sections: list[int] = []
    for number, sentence in enumerate(sentences):
        kind = _KINDS.get(document.blocks[sentence.block].kind)
        if kind is None:
            continue
        section, path = paths[sentence.block]
        if runs and runs[-1].end == number and (runs[-1].kind, sections[-1]) == (kind, section):
            runs[-1] = replace(runs[-1], end=number + 1)
        else:
            runs.append(_Run(kind, path, number, number + 1))
            sections.append(section)
    return _with_one_metadata(document, sentences, runs)


def _with_one_metadata(document: Document, sentences: Sequence[Sentence], runs: list[_Run]) -> list[_Run]:
    """Of the runs of titles and bylines only the one with the title, else the first, stays METADATA."""

    def has_title(run: _Run) -> bool:
        blocks = (document.blocks[sentence.block] for sentence in sentences[run.first : run.end])
        return any(block.kind is BlockKind.TITLE for block in blocks)

    found = [number for number, run in enumerate(runs) if run.kind is PassageKind.METADATA]
    kept = next((number for number in found if has_title(runs[number])), found[0] if found else None)
    for number in found:
        if number != kept:
            runs[number] = replace(runs[number], kind=PassageKind.NOTE)
    return runs


def _paths(document: Document) -> list[tuple[int, tuple[str, ...]]]:
    """For each block, the number of the heading it stands under (-1: none) and the path of headings there."""
    paths: list[tuple[int, tuple[str, ...]]] = []
    above: list[tuple[int, str]] = []
    here: tuple[int, tuple[str, ...]] = (-1, ())
    for number, block in enumerate(document.blocks):
        while block.level and block.kind is not BlockKind.TITLE and above and above[-1][0] >= block.level:
            above.pop()
        if block.kind is BlockKind.HEADING:
            above.append((block.level, display(document.text[block.start : block.end])))
        if block.level and block.kind is not BlockKind.TITLE:
            here = number, tuple(text for _, text in above if text)
        paths.append(here)
    return paths


def _headings(document: Document, kind: PassageKind, path: tuple[str, ...]) -> list[str]:
    """Title and headings, the same one not twice; the title's own passage says it itself."""
    title = [] if kind is PassageKind.METADATA else [display(document.title)]
    return list(dict.fromkeys(part for part in (*title, *path) if part))


def _split(
    texts: Sequence[str], headings: list[str], counter: TokenCounter, embedder: Embedder, budget: PassageBudget
) -> list[tuple[int, int, bool]]:
    """Passages [start, end) of the texts, and whether the model reads each one whole."""
    most = _room(embedder)
    in_model = [_size(text, embedder) for text in texts]
    # A word may count differently at the start of a text and after a space: the larger is safe. What the model cannot
    # read stands alone anyway, and could take long to measure.
    in_tokens = [
        max(1, counter.count(text), counter.count(f" {text}")) if size <= most else budget.tokens + 1
        for text, size in zip(texts, in_model, strict=True)
    ]
    sizes = Sizes.from_counts(in_tokens, in_model)
    limit = most - _size(_context(headings, most // LIMITS.context_share, embedder), embedder)
    while True:
        pieces = []
        for start, end in pack(sizes, budget.tokens, limit, budget.overlap_sentences):
            whole = _fitted(headings, " ".join(filter(None, texts[start:end])), embedder).whole
            pieces.append((start, end, whole))
        # Some tokenizers count more for a joined text than for its parts: then there is less room than it seemed.
        if all(whole or end - start == 1 for start, end, whole in pieces):
            return pieces
        limit = limit * LIMITS.shrink // 10


def _fitted(headings: list[str], text: str, embedder: Embedder) -> _Fitted:
    """Headings and text within what the model reads. Headings give way first, then a long text's end."""
    most, size = _room(embedder), _size(text, embedder)
    share = most // LIMITS.context_share
    context = _context(headings, share if size > most else min(share, most - size), embedder)
    room = most - _size(context, embedder)
    head = _head(text, room, embedder)
    while head and (over := embedder.count_tokens(_joined(context, head)) - embedder.max_tokens) > 0:
        room -= over
        head = _head(text, room, embedder)
    return _Fitted(_joined(context, head), head == text)


def _context(headings: list[str], room: int, embedder: Embedder) -> str:
    """Title and headings in one line of at most `room` tokens: outer headings are left out, then what stays is cut."""
    kept = list(headings)
    while len(kept) > 2 and _size(_SEPARATOR.join(kept), embedder) > room:
        del kept[1]
    if _size(_SEPARATOR.join(kept), embedder) > room:
        separators = len(kept) - 1
        kept = [_head(part, (room - separators) // len(kept), embedder) for part in kept]
    return _SEPARATOR.join(filter(None, kept))


def _head(text: str, room: int, embedder: Embedder) -> str:
    """The longest beginning of at most `room` tokens, cut between words unless it is all one word."""
    if _size(text, embedder) <= room:
        return text
    start = text[: max(room, 0) * LIMITS.token_characters]
    low, high = 0, len(start)
    while low < high:
        middle = (low + high + 1) // 2
        if _size(start[:middle], embedder) <= room:
            low = middle
        else:
            high = middle - 1
    head = start[:low]
    return (head if text[low : low + 1].isspace() else head.rpartition(" ")[0] or head).rstrip()


def _room(embedder: Embedder) -> int:
    """What the model reads, less the special tokens."""
    return embedder.max_tokens - embedder.count_tokens("")


def _size(text: str, embedder: Embedder) -> int:
    """Tokens without the special ones. A text that is far too long is not measured, and is longer than any room."""
    if len(text) > embedder.max_tokens * LIMITS.token_characters:
        return embedder.max_tokens + 1
    return embedder.count_tokens(text) - embedder.count_tokens("")


def _joined(context: str, text: str) -> str:
    return "\n".join(filter(None, (context, text)))


def _warnings(cut: Sequence[Passage], embedder: Embedder) -> tuple[str, ...]:
    if not cut:
        return ()
    many = "1 sentence is" if len(cut) == 1 else f"{len(cut)} sentences are"
    return (
        f"{many} longer than the {embedder.max_tokens} tokens the embedding model reads (the first at character "
        f"{cut[0].start}): only the beginning is searched by meaning.",
    )
