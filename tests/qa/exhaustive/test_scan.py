"""The exhaustive scan against one that takes no short cut, over the shipped documents and awkward ones."""

import re
import tempfile
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from index.corpus import Corpus
from index.language.acronyms import definitions
from index.language.lexicon import FUNCTION_WORDS
from index.search.lexical import Analyzer
from index.sentences.markup import sentence_text
from index.sentences.segmenter import split_sentences
from index.store.store import FILE_NAME, Store
from index.sync.sync import sync
from index.types import Block, BlockKind, Document, Sentence
from qa.composing.citations import cite, prove
from qa.exhaustive.intent import ScanIntent, scan_intent
from qa.exhaustive.limits import SCAN_LIMITS
from qa.exhaustive.scan import ScanResult, exhaustive_scan, shown_words
from qa.followups.interpretation import Interpretation
from qa.types import AskOptions
from tests.paths import SEEDS
from tests.small_model import small_pipeline
from tests.strategies import texts_with_blocks

CITED = SCAN_LIMITS.cited_hits
ANALYZER = Analyzer()
WEIR = {
    "bank.md": "# The Weir League\n\nThe Weir League (WL) lends to towns. Its **Weir**-born head is Ada.\n\n"
    "## On WL loans\n",
    "ferry.txt": "The ferry of Weir sank in May.\n\nThe WL paid for the fer\u00adry, and Ada thanked it.\n",
    "heading.md": "## Weir\n",
    "many.txt": "\n\n".join(f"The mill number {number} is at Red Bay." for number in range(CITED + 20)),
    "web.txt": "A mill at Red Bay burned down on a Sunday in May, and nobody there knows why it did.\n\n"
    "Subscribe to our newsletter\n\nRead more: Ada of Weir\n",
}


def open_corpus(folder: Path, data: Path) -> Corpus:
    data.mkdir()
    with Store.open(data / FILE_NAME) as store:
        sync(folder, store, small_pipeline())
    return Corpus.open(data, small_pipeline())


@pytest.fixture(scope="module")
def weir() -> Iterator[Corpus]:
    with tempfile.TemporaryDirectory() as base:
        folder = Path(base) / "corpus"
        folder.mkdir()
        for name, text in WEIR.items():
            (folder / name).write_text(text, encoding="utf-8")
        with open_corpus(folder, Path(base) / "data") as corpus:
            yield corpus


@pytest.fixture(scope="module")
def seeds() -> Iterator[Corpus]:
    with tempfile.TemporaryDirectory() as base, open_corpus(SEEDS, Path(base) / "data") as corpus:
        yield corpus


def ask(corpus: Corpus, question: str, *sources: str, reworded: str = "", carried: str = "") -> ScanResult:
    meant = Interpretation(question, reworded or question, carried)
    found = exhaustive_scan(corpus, meant, AskOptions(sources=sources))
    assert found is not None
    return found


def sentences_of(corpus: Corpus) -> list[tuple[Document, Sentence]]:
    return [
        (corpus.document(summary.document_id), sentence)
        for summary in corpus.sources()
        for sentence in corpus.sentences(summary.document_id)
    ]


def cited(found: ScanResult) -> list[tuple[str, str]]:
    return [(block.citations[0].source, block.text) for block in cite(found.quotes, found.passages)]


def test_every_hit_of_every_document_is_counted_and_cited(weir: Corpus) -> None:
    found = ask(weir, "How many documents mention Weir?")
    assert cited(found) == [
        ("bank.md", "The Weir League"),
        ("ferry.txt", "The ferry of Weir sank in May."),
        ("heading.md", "Weir"),
        ("bank.md", "The Weir League (WL) lends to towns."),
        ("bank.md", "Its Weir-born head is Ada."),
    ]
    count = found.count
    assert (count.sought, count.documents, count.documents_scanned) == (("Weir",), 3, 5)
    assert (count.mentions, count.cited) == (5, 5)


def test_a_name_is_found_by_its_other_name(weir: Corpus) -> None:
    hits = [
        ("bank.md", "The Weir League"),
        ("ferry.txt", "The WL paid for the ferry, and Ada thanked it."),
        ("bank.md", "The Weir League (WL) lends to towns."),
        ("bank.md", "On WL loans"),
    ]
    assert cited(ask(weir, "list all mentions of the WL")) == hits
    assert cited(ask(weir, "Which documents mention the Weir League?")) == hits


def test_words_inside_markup_are_found(weir: Corpus) -> None:
    assert ask(weir, "Where is the ferry mentioned?").count.mentions == 2


def test_furniture_is_no_mention(weir: Corpus) -> None:
    kinds = {block.kind for summary in weir.sources() for block in weir.document(summary.document_id).blocks}
    assert BlockKind.BOILERPLATE in kinds
    assert ask(weir, "How many articles mention Ada?", "web.txt").count.mentions == 0


def test_the_count_goes_on_where_the_citations_end(weir: Corpus) -> None:
    found = ask(weir, "How many documents mention Red Bay?")
    assert (found.count.documents, found.count.mentions, found.count.cited) == (
        2,
        CITED + 21,
        CITED,
    )
    sources = [source for source, _ in cited(found)]
    assert sources[:3] == ["many.txt", "web.txt", "many.txt"]
    assert len(sources) == CITED


def test_only_the_sources_that_are_allowed_are_scanned(weir: Corpus) -> None:
    found = ask(weir, "How many documents mention Weir?", "*.md")
    assert (found.count.documents, found.count.documents_scanned, found.count.mentions) == (2, 2, 4)
    assert ask(weir, "How many documents mention Weir?", "no*").count.documents_scanned == 0


def test_nothing_found_is_a_count_of_none(weir: Corpus) -> None:
    found = ask(weir, "Which sources mention Atlantis?")
    assert found.literal
    assert (found.quotes, found.passages) == ((), ())
    assert (found.count.documents, found.count.documents_scanned, found.count.mentions, found.count.cited) == (
        0,
        5,
        0,
        0,
    )
    assert not ask(weir, "Which sources say that Atlantis sank?").literal


def test_other_questions_are_not_scanned_for(weir: Corpus) -> None:
    for question in ("Who is the head of the league?", "Which documents mention it?"):
        assert exhaustive_scan(weir, Interpretation(question, question), AskOptions()) is None


def test_the_conversation_says_what_it_is(weir: Corpus) -> None:
    found = ask(weir, "Which documents mention her?", carried="Ada, head league")
    assert (found.count.sought, found.count.mentions) == (("Ada",), 2)


def test_the_question_is_reworded_only_where_it_finds_nothing(weir: Corpus) -> None:
    found = ask(weir, "Which documents mention Wier?", reworded="Which documents mention Weir?")
    assert (found.question, found.count.mentions) == ("Which documents mention Weir?", 5)
    found = ask(weir, "Which documents mention Ada?", reworded="Which documents mention Weir?")
    assert (found.question, found.count.mentions) == ("Which documents mention Ada?", 2)
    found = ask(weir, "Wich documents mention Ada?", reworded="Which documents mention Ada?")
    assert found.question == "Which documents mention Ada?"
    found = ask(weir, "Which documents mention Atlas?", reworded="Which documents mention Atlantis?")
    assert (found.question, found.count.mentions) == ("Which documents mention Atlas?", 0)


class Oracle:
    """The seeds with every sentence shown and analysed, none of the scan's short cuts taken."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.shown = [(document.source, one, sentence_text(document, one)) for document, one in sentences_of(corpus)]
        self.short_names = {one.short.casefold() for _, _, shown in self.shown for one in definitions(shown)}
        self.terms = [(source, one, set(ANALYZER.terms(shown))) for source, one, shown in self.shown]

    def agrees(self, found: ScanResult, hits: list[tuple[str, Sentence]]) -> None:
        """Count, citations and offsets are those of these hits."""
        assert (found.count.mentions, found.count.documents) == (len(hits), len({source for source, _ in hits}))
        assert found.count.documents_scanned == len(self.corpus.sources())
        quoted = [
            (found.passages[quote.evidence.passage_index].document.source, quote.sentences[0]) for quote in found.quotes
        ]
        assert all(hit in hits for hit in quoted)
        assert len({(source, sentence.ordinal) for source, sentence in quoted}) == len(quoted) == found.count.cited
        assert found.count.cited == min(len(hits), CITED)
        blocks = cite(found.quotes, found.passages)
        prove(self.corpus, blocks, None)
        for citation in (citation for block in blocks for citation in block.citations):
            text = self.corpus.document(citation.document_id).text
            assert text[citation.start_char_index : citation.end_char_index] == citation.cited_text
            assert self.corpus.passage(citation.passage_id).document_id == citation.document_id


@pytest.fixture(scope="module")
def oracle(seeds: Corpus) -> Oracle:
    return Oracle(seeds)


def plain_words(text: str) -> list[str]:
    apart = unicodedata.normalize("NFKD", text)
    return re.findall(r"[^\W_]+", "".join(char for char in apart if not unicodedata.combining(char)).casefold())


@settings(max_examples=30)
@given(st.data())
def test_the_scan_misses_no_word_and_proves_all(oracle: Oracle, data: st.DataObject) -> None:
    """Lower-case words mean: each of them, by its term, in one sentence."""
    _, _, shown = data.draw(st.sampled_from(oracle.shown))
    own = [word for word in re.findall(r"[a-z]{3,}", shown.casefold()) if ANALYZER.terms(word)]
    own = [word for word in own if word not in oracle.short_names] or ["road"]
    sought = data.draw(st.lists(st.sampled_from(own), min_size=1, max_size=2, unique=True))
    question = f"list all mentions of {' '.join(sought)}"
    assume(scan_intent(question) == ScanIntent("mention", " ".join(sought)))  # no word of it belongs to the form
    found = exhaustive_scan(oracle.corpus, Interpretation(question, question), AskOptions())
    if found is None or found.count.sought != tuple(sought):  # form words only
        assert set(sought) & FUNCTION_WORDS
        return
    wanted = {term for word in sought for term in ANALYZER.terms(word)}
    oracle.agrees(found, [(source, one) for source, one, terms in oracle.terms if wanted <= terms])


@settings(max_examples=30)
@given(st.data())
def test_the_scan_misses_no_quotation_and_proves_all(oracle: Oracle, data: st.DataObject) -> None:
    """A quoted phrase means: these very words in this order."""
    _, _, shown = data.draw(st.sampled_from([row for row in oracle.shown if plain_words(row[2])]))
    own = plain_words(shown)
    start = data.draw(st.integers(0, len(own) - 1))
    sought = own[start : start + data.draw(st.integers(1, 4))]
    found = ask(oracle.corpus, f'How many articles mention "{" ".join(sought)}"?')
    hits = []
    for source, sentence, text in oracle.shown:
        words = plain_words(text)
        if any(words[at : at + len(sought)] == sought for at in range(len(words))):
            hits.append((source, sentence))
    assert hits
    oracle.agrees(found, hits)


@given(texts_with_blocks())
def test_what_is_read_has_the_words_that_are_shown(drawn: tuple[str, list[Block]]) -> None:
    text, blocks = drawn
    document = Document("d", "d.txt", "", text, "text", "utf-8", tuple(blocks))
    for sentence in split_sentences(text, blocks):
        shown = sentence_text(document, sentence)
        read = shown_words(document, sentence)
        assert " ".join(read.split()) == shown
        assert [term for word in read.split() for term in ANALYZER.terms(word)] == ANALYZER.terms(shown)
