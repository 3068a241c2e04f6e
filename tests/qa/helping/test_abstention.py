"""What an abstention tells, on a small folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.corpus import Corpus
from index.store.store import FILE_NAME, Store
from index.sync.sync import sync
from qa.confidence import Calibration
from qa.helping.limits import HELP_LIMITS
from qa.pipeline import Answerer
from qa.reading.linear import FeatureReader, load_weights
from qa.types import AskOptions, Reply
from tests.small_model import small_pipeline

MILL = """# The Mill of Weir

By Ada Kawa

**ABSTRACT:** *The mill of Weir grinds wheat for three towns. Barges bring the wheat to the mill by the canal.*

## Repairs

The wheel of the mill was mended by the carpenters in 1931.
"""
SHIP = """# The Ships

The carpenters built a ship for the harbour of Ghent. Its captain sold wool to the weavers of the town.
"""
NEVER = Calibration(intercept=0.0, weights={}, threshold=1.0)
SEA = ("Die Schiffe wurden von den Zimmerleuten gebaut und nicht verkauft. " * 3).strip()


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    folder: Path = tmp_path_factory.mktemp("texts")
    for name, text in {"mill.md": MILL, "ships/ship.md": SHIP, "ships/see.md": f"# Schiffe\n\n{SEA}\n"}.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    data = tmp_path_factory.mktemp("data")
    with Store.open(data / FILE_NAME) as store:
        sync(folder, store, small_pipeline())
    with Corpus.open(data, small_pipeline()) as opened:
        yield opened


def abstain(corpus: Corpus, question: str, *sources: str, known: tuple[str, ...] = ()) -> Reply:
    reader = FeatureReader(corpus, load_weights("linear_weights.json"))
    answerer = Answerer(corpus, reader, NEVER, None, known=lambda _: known)
    reply = answerer.ask(question, options=AskOptions(sources=sources))
    assert not reply.answered
    return reply


@pytest.mark.parametrize(
    ("question", "sources", "unmentioned"),
    [
        ("Who rules Vienna?", (), ("rules", "Vienna")),
        ("Who mended the WHEELS of Weir?", (), ()),
        ("Who mended the wheels of Weir?", ("ships/*",), ("mended", "wheels", "Weir")),
        ("What did Kawa write?", (), ("write",)),  # its byline names her
        ("What does the document say of Vienna?", (), ("Vienna",)),
        ("Does the mill cost an Ill?", (), ("cost", "Ill")),
        ("one two alpha beta gamma delta epsilon", (), ("two", "alpha", "beta", "gamma")),
    ],
)
def test_words_that_no_document_has_are_named(
    corpus: Corpus, question: str, sources: tuple[str, ...], unmentioned: tuple[str, ...]
) -> None:
    found = abstain(corpus, question, *sources).unmentioned
    assert found == tuple(each for each in unmentioned)
    assert len(found) <= HELP_LIMITS.words


def test_words_that_stand_in_no_passage_together_are_named(corpus: Corpus) -> None:
    reply = abstain(corpus, "Did the captain mend the wheel?")
    assert (reply.unmentioned, reply.missing, reply.apart) == ((), (), ("captain", "mend", "wheel"))
    assert abstain(corpus, "Did the carpenters mend the wheel?").apart == ()


def test_passages_are_related_where_one_has_most_of_the_question(corpus: Corpus) -> None:
    assert abstain(corpus, "When did the carpenters mend the wheel?").related
    assert not abstain(corpus, "When did the Viennese emperor see the mill?").related
    assert not abstain(corpus, "Why?").related


def test_passages_are_shown_without_markup(corpus: Corpus) -> None:
    reply = abstain(corpus, "Did the captain grind wheat?")
    shown = next(each.display for each in reply.passages if "ABSTRACT" in each.text)
    assert shown.startswith("ABSTRACT: The mill of Weir grinds wheat")
    assert "*" not in shown


def test_two_questions_are_suggested_the_likest_first(corpus: Corpus) -> None:
    asked = "Which captain sold wool in Vienna?"
    known = ("Who mended the wheel?", "What did the captain sell in wool?")
    reply = abstain(corpus, asked, known=known)
    assert reply.suggestions[0] == known[1]
    assert len(reply.suggestions) == HELP_LIMITS.suggestions
    about = abstain(corpus, asked).suggestions
    assert all(each.startswith("What is “") for each in about)
    answerer = Answerer(corpus, FeatureReader(corpus, load_weights("linear_weights.json")), NEVER, None)
    assert all(answerer.ask(each).kind == "summary" and answerer.ask(each).answered for each in about)


def test_no_document_that_was_not_asked_is_suggested(corpus: Corpus) -> None:
    assert abstain(corpus, "Who rules Vienna?", "mill.md").suggestions == ("What is “The Mill of Weir” about?",)
    assert abstain(corpus, "Who rules Vienna?", "nothing/*").suggestions == ()


@pytest.mark.parametrize(
    ("question", "code", "parts"),
    [
        (
            "Wer hat die Mühle repariert?",
            "de",
            (
                "auf Deutsch. Footnote liest nur Englisch gut; die Dokumente sind auf Englisch und Deutsch.",
                "in German.",
            ),
        ),
        ("Qui est le capitaine ?", "fr", ("les documents sont en anglais et allemand.", "in French.")),
        ("¿Quién es el capitán?", "es", ("los documentos están en inglés y alemán.", "in Spanish.")),
        ("船長は誰ですか", "ja", ("（文書は英語とドイツ語で書かれています）", "in Japanese.")),
        ("船长是谁？", "zh", ("文档的语言是英文和德文", "in Chinese.")),
        ("Chi è il capitano?", "it", ("This question is in Italian. Footnote reads English well",)),
        ("Who is the captain?", None, ()),
    ],
)
def test_who_asks_in_another_language_is_told_which_are_read(
    corpus: Corpus, question: str, code: str | None, parts: tuple[str, ...]
) -> None:
    reply = abstain(corpus, question)
    assert reply.language == code
    assert bool(reply.message) == (code is not None)
    for part in (*parts, *(["the documents are in English and German"] if code else [])):
        assert part in reply.message
    assert code is None or not reply.missing + reply.unmentioned + reply.apart, "of words of another language"
