"""Which questions may be suggested and in which order: every number that steers it, just within and just beyond."""

import math
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

from index.corpus import Corpus
from index.models.tokens import open_token_counter
from index.passages.pipeline import Pipeline
from index.store.store import FILE_NAME, Store
from index.sync.sync import sync
from index.types import Matrix
from qa.suggestions.candidates import first_candidates, following_candidates
from qa.suggestions.suggester import Suggester
from qa.types import AskOptions, Reply
from tests.conversations import turn
from tests.fakes import reply
from tests.small_model import SmallEmbedder


class CosineEmbedder(SmallEmbedder):
    """Questions lie in a plane, at these cosines to "?" and to all others."""

    def __init__(self, cosines: dict[str, float]) -> None:
        super().__init__()
        self._cosines = cosines

    def embed(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> Matrix:
        vectors = super().embed(texts, progress)
        for row, text in enumerate(texts):
            if text.endswith("?"):
                cosine = self._cosines.get(text, 1.0)
                vectors[row] = 0
                vectors[row, :2] = cosine, math.sqrt(1 - cosine**2)
        return np.asarray(vectors)


def corpus_of(folder: Path, texts: dict[str, str], cosines: dict[str, float] | None = None) -> Corpus:
    documents, data = folder / "documents", folder / "data"
    documents.mkdir()
    data.mkdir()
    for name, text in texts.items():
        (documents / name).write_text(text, encoding="utf-8")
    pipeline = Pipeline(CosineEmbedder(cosines or {}), open_token_counter())
    with Store.open(data / FILE_NAME) as store:
        sync(documents, store, pipeline)
    return Corpus.open(data, pipeline)


def first(corpus: Corpus, *sources: str) -> list[str]:
    return [each.question for each in first_candidates(corpus, sources)]


FOUNDED = "When was the Weir Bank founded?"


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("The Weir Bank was founded in 1821 by farmers. It grew.", True),
        ("The town had these:\n\n- The Weir Bank was founded in 1821 by farmers.\n- It grew.", False),
        ("| Year | What |\n|---|---|\n| 1821 | The Weir Bank was founded in 1821 by farmers. |", False),
    ],
)
def test_only_whole_sentences_of_paragraphs_are_asked_for(tmp_path: Path, text: str, asked: bool) -> None:
    with corpus_of(tmp_path, {"bank.md": f"# The bank of Weir\n\n{text}\n"}) as corpus:
        assert (FOUNDED in first(corpus)) is asked


def test_sources_are_picked_by_their_path(tmp_path: Path) -> None:
    texts = {f"{name}.md": f"# Weir\n\nThe {name} Bank was founded in 1821 by farmers.\n" for name in ("Weir", "Ghent")}
    with corpus_of(tmp_path, texts) as corpus:
        assert set(first(corpus)) == {FOUNDED, "When was the Ghent Bank founded?"}
        assert first(corpus, "W*") == [FOUNDED]
        assert first(corpus, "W*", "G*") == first(corpus)
        assert first(corpus, "nothing") == []


def test_each_use_of_a_form_takes_seven_tenths_of_its_worth(tmp_path: Path) -> None:
    """Why is worth 2.6 and when 1.7: the third reason comes after the first date."""
    mills = ("Ghent", "Norham", "Tarnby", "Wexley")
    text = " ".join(f"The {name} Mill was closed because its farmers were poor." for name in mills)
    with corpus_of(tmp_path, {"a.md": f"# Of old\n\n{text} The Weir Bank was founded in 1821 by farmers.\n"}) as corpus:
        forms = [each.form for each in first_candidates(corpus, ())]
    assert forms == ["why", "why", "when", "why", "why"]


def test_who_somebody_is_comes_after_when_and_where(tmp_path: Path) -> None:
    text = "Then Ada Byron, an engineer of mills, left. Paul Rask was born in Ghent. Jan Smit died in 1950."
    with corpus_of(tmp_path, {"a.md": f"# Of old\n\n{text}\n"}) as corpus:
        assert [each.form for each in first_candidates(corpus, ())] == ["when", "where", "who-is"]


def test_names_of_the_title_and_those_said_often_are_worth_more(tmp_path: Path) -> None:
    text = "The Tarnby Bank was founded in 1821 by farmers. The Weir Bank was founded in 1822 by farmers."
    with corpus_of(tmp_path, {"a.md": f"# Of old\n\n{text} The Weir Bank grew. They liked the Weir Bank.\n"}) as corpus:
        often = first(corpus)
    (tmp_path / "titled").mkdir()
    with corpus_of(tmp_path / "titled", {"a.md": f"# The banks of Tarnby\n\n{text} The Weir Bank grew.\n"}) as corpus:
        titled = first(corpus)
    assert often == [FOUNDED, "When was the Tarnby Bank founded?"]
    assert titled == often[::-1]


@pytest.mark.parametrize(("between", "asked"), [(39, True), (40, False)])
def test_forty_sentences_around_a_citation_may_be_asked_about(tmp_path: Path, between: int, asked: bool) -> None:
    filler = "It rained. " * between
    text = f"It snowed then. {filler}The Weir Bank was founded in 1821 by farmers."
    with corpus_of(tmp_path, {"a.md": f"# Of old\n\n{text}\n"}, {FOUNDED: 0.0}) as corpus:
        (document_id,) = (each.document_id for each in corpus.sources())
        sentence = corpus.sentences(document_id)[1]
        given = cited(document_id, sentence.start, sentence.end)
        found = [each.question for each in following_candidates(corpus, given, (), ())]
    assert found == ([FOUNDED] if asked else [])


def cited(document_id: str, start: int, end: int) -> Reply:
    """A reply that cites this place and read no more."""
    with_answer = turn("What came?", "It snowed.").reply
    assert with_answer is not None
    (block,) = with_answer.content
    citation = replace(block.citations[0], document_id=document_id, start_char_index=start, end_char_index=end)
    return replace(with_answer, content=(replace(block, citations=(citation,)),))


@pytest.mark.parametrize(("cosine", "asked"), [(0.79, True), (0.81, False)])
def test_what_is_like_a_question_asked_by_four_fifths_is_not_asked_again(
    tmp_path: Path, cosine: float, asked: bool
) -> None:
    text = "It snowed then. The Weir Bank was founded in 1821 by farmers."
    with corpus_of(tmp_path, {"a.md": f"# Of old\n\n{text}\n"}, {FOUNDED: cosine}) as corpus:
        (document_id,) = (each.document_id for each in corpus.sources())
        sentence = corpus.sentences(document_id)[1]
        given = cited(document_id, sentence.start, sentence.end)
        assert [each.question for each in following_candidates(corpus, given, (), ())] == ([FOUNDED] if asked else [])


@pytest.mark.parametrize(("cosine", "tried"), [(0.79, 2), (0.81, 1)])
def test_of_two_questions_alike_by_four_fifths_one_is_tried(tmp_path: Path, cosine: float, tried: int) -> None:
    text = "The Weir Bank was founded in 1821 by farmers. The Ghent Mill was closed because its farmers were poor."
    asked: list[str] = []

    def answer(question: str, _: AskOptions) -> Reply:
        asked.append(question)
        return reply(question)

    with corpus_of(tmp_path, {"a.md": f"# Of old\n\n{text}\n"}, {FOUNDED: cosine}) as corpus:
        search = Suggester(corpus, answer).first()
        while not search.known.complete:
            search.step()
    assert len(asked) == tried
