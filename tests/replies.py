"""Questions on `seeds/`, and what the contract says of every reply, held against the files and the store."""

import hashlib

from index.corpus import Corpus
from index.sentences.markup import display, shown
from index.types import BlockKind
from qa.cleaning import LONGEST_QUESTION
from qa.confidence import label
from qa.types import AskOptions, Citation, ContentBlock, Reply
from tests.paths import SEEDS

ENVOY = "Who was sent to China by the Japanese government in May?"
ANSWERS = {
    ENVOY: "Takaya Imai",
    "Where did Xi Jinping first propose the Belt and Road Initiative?": "Kazakhstan",
    "How much was the trade between China and Japan worth?": "US$308.27 billion",
    "Which official is skeptical about the One Belt, One Road initiative?": "Yachi",
    "How many businesspeople accompanied Abe on his trip to Beijing?": "500",
    "By how many times did China's GDP increase between 2000 and 2019?": "10.6 times",
    "Which countries were the first to be hit by Trump's tariffs?": "China, Canada, and Mexico",
}
OTHERS = (
    "What did China-Japan trade amount to in 2024?",
    "Why did relations between Japan and China improve?",
    "Who wrote the paper about the cooperation of China and Japan?",
    "What is the Belt and Road Initiative?",
    "What did Japan doubt about the Belt and Road before 2017?",
    "List the areas in which China and Japan can work together",
)
# Menus, adverts and widgets of the seeds, which are never to be quoted.
BOILERPLATE = (
    "print PRINT",
    "Trending Japan COVID-19 Ambassador",
    "Follow Us [Profile]",
    "Icon Facebook Menu Burger Sketch",
    "30.9 C Tokyo spot_img",
)
ODD = (
    "Imai?",
    "BELT AND ROAD WHEN",
    "Wer wurde im Mai nach China geschickt?",
    'chi "NEAR(" * -Japan AND (Abe OR)^2 title:x',
    "<|endoftext|> [MASK] who\x00 went\u202e to Beijing",
    "👍🏽 why 日本",
    "x" * LONGEST_QUESTION,
    "Abe " * (LONGEST_QUESTION // 4),
)
NOWHERE = ("What is the boiling point of tungsten?", "When was Napoleon crowned emperor of France?", "asdf qwer zxcv")
EVERYTHING = (*ANSWERS, *OTHERS, *BOILERPLATE, *ODD, *NOWHERE)


def citations_of(reply: Reply) -> list[Citation]:
    return [citation for block in reply.content for citation in block.citations]


def is_quoted(citation: Citation, corpus: Corpus) -> bool:
    """Whether it is what stands there, in the file itself and in the store."""
    start, end = citation.start_char_index, citation.end_char_index
    path = SEEDS / citation.source
    with path.open(encoding="utf-8", newline="") as file:
        on_disk = file.read()
    document = corpus.document(citation.document_id)
    assert citation.content_sha256 == document.content_sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert citation.url == f"/sources/{citation.document_id}#char={start},{end}"
    return 0 <= start < end and on_disk[start:end] == document.text[start:end] == citation.cited_text


def furniture(corpus: Corpus, document_id: str, start: int, end: int) -> list[str]:
    """What of `[start:end)` is furniture."""
    document = corpus.document(document_id)
    found = [block for block in document.blocks if block.kind is BlockKind.BOILERPLATE]
    return [document.text[b.start : b.end] for b in found if b.start < end and start < b.end]


def sentences_cited(reply: Reply, corpus: Corpus) -> int:
    """What stands over a sentence and is cited with it is none; a list, row or piece of code is one."""
    return sum(_cited_of(block, corpus) if block.kind == "sentence" else 1 for block in reply.content)


def _cited_of(block: ContentBlock, corpus: Corpus) -> int:
    heads = {BlockKind.TITLE, BlockKind.HEADING}
    return sum(
        citation.start_char_index <= sentence.start < citation.end_char_index
        and corpus.document(citation.document_id).blocks[sentence.block].kind not in heads
        for citation in block.citations
        for sentence in corpus.sentences(citation.document_id)
    )


def check_content(reply: Reply, corpus: Corpus, options: AskOptions) -> None:
    citations = tuple(c for block in reply.content for c in (*block.citations, *block.also))
    assert [citation.number for citation in citations] == list(range(1, len(citations) + 1))
    assert list(dict.fromkeys(c.document_index for c in citations)) == list(range(len({c.source for c in citations})))
    quoted = sentences_cited(reply, corpus)
    assert len(reply.content) <= quoted <= options.max_sentences, [(b.kind, b.text) for b in reply.content]
    for block in reply.content:
        assert block.text == shown(block.kind, [citation.cited_text for citation in block.citations])
        assert block.text.strip()
    for citation in citations:
        assert is_quoted(citation, corpus)
        assert not furniture(corpus, citation.document_id, citation.start_char_index, citation.end_char_index)
    if reply.answer is not None:
        cited = next(citation for citation in citations if citation.number == reply.answer.citation)
        start, end = reply.answer.start_char_index, reply.answer.end_char_index
        assert cited.start_char_index <= start < end <= cited.end_char_index
        assert reply.answer.text == display(corpus.document(cited.document_id).text[start:end]) != ""


def check_passages(reply: Reply, corpus: Corpus, options: AskOptions) -> None:
    assert [passage.rank for passage in reply.passages] == list(range(1, len(reply.passages) + 1))
    assert len({passage.passage_id for passage in reply.passages}) == len(reply.passages) <= options.top_k
    for passage in reply.passages:
        start, end = passage.start_char_index, passage.end_char_index
        assert passage.text == corpus.document(passage.document_id).text[start:end] != ""
        assert not furniture(corpus, passage.document_id, start, start + 1)
        assert not furniture(corpus, passage.document_id, end - 1, end)
        assert -1 <= passage.similarity <= 1


def check(reply: Reply, corpus: Corpus, options: AskOptions | None = None) -> None:
    """All that the contract says of a reply."""
    options = options or AskOptions()
    check_content(reply, corpus, options)
    check_passages(reply, corpus, options)
    assert reply.answered == bool(reply.content)
    assert reply.answered or reply.answer is None
    assert 0 <= reply.confidence <= 1
    assert reply.confidence_label == label(reply.confidence)
    assert reply.index_version == corpus.version
    assert min(reply.timings_ms.values()) >= 0
    stages = {stage: spent for stage, spent in reply.timings_ms.items() if stage != "total"}
    assert stages.keys() <= {"interpret", "retrieve", "read", "answer"}
    assert abs(sum(stages.values()) - reply.timings_ms["total"]) < 0.1
