"""Questions made from documents."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.corpus import Corpus
from index.store.store import FILE_NAME, Store
from index.sync.sync import sync
from qa.datasets.question_set import Example
from qa.datasets.synthetic import ask_for, make_questions
from qa.language.question import AnswerType, analyse, words
from qa.reading.spans import SpanCandidate
from tests.paths import TOWNS
from tests.small_model import small_pipeline


def asked(sentence: str, answer: str, kind: AnswerType, document: str = "the old mill, a market") -> str | None:
    start = sentence.index(answer)
    return ask_for(sentence, SpanCandidate(start, start + len(answer), 1.0), kind, document)


@pytest.mark.parametrize(
    ("sentence", "answer", "kind", "question"),
    [
        ("Ada Byron built the old mill of Weir.", "Ada Byron", AnswerType.PERSON, "Who built the old mill of Weir?"),
        (
            "In 1821, Ada Byron built the old mill of Weir.", "Ada Byron", AnswerType.PERSON,
            "Who built the old mill of Weir in 1821?",
        ),
        (
            "The old mill of Weir was built by Ada Byron in 1821.", "1821", AnswerType.DATE,
            "When was the old mill of Weir built by Ada Byron?",
        ),
        (
            "The old mill of Weir was built by Ada Byron in 1821.", "Ada Byron", AnswerType.PERSON,
            "Who was the old mill of Weir built by in 1821?",
        ),
        (
            "Mill owners met in Ghent in 1931 and in 1932.", "Ghent", AnswerType.PLACE,
            "Where was it that mill owners met in 1931 and in 1932?",
        ),
        (
            "About forty farms sold cheese at Ghent in May.", "forty", AnswerType.NUMBER,
            "How many farms sold cheese at Ghent in May?",
        ),
        (
            "The mayor said that Ghent had spent $5 million on its covered market (and a bridge).", "$5 million",
            AnswerType.NUMBER, "How much had Ghent spent on its covered market?",
        ),
        (
            "The council of Ghent gave 40% of the market to farmers, which pleased nobody.", "40%", AnswerType.NUMBER,
            "What percentage was it that the council of Ghent gave of the market to farmers?",
        ),
    ],
)  # fmt: skip
def test_a_sentence_becomes_the_question_it_answers(
    sentence: str, answer: str, kind: AnswerType, question: str
) -> None:
    assert asked(sentence, answer, kind) == question
    assert analyse(question).answer_type is kind


@pytest.mark.parametrize(
    ("sentence", "answer", "kind"),
    [
        ("She built the old mill of Weir in 1821.", "1821", AnswerType.DATE),  # who?
        ("It was Ada Byron, who built mills.", "Ada Byron", AnswerType.PERSON),
        ("The mill of Ada Byron was sold in Ghent.", "Ada Byron", AnswerType.PERSON),
        ("Ada Byron’s old mill in Weir was sold to farmers.", "Ada Byron", AnswerType.PERSON),
        ("Ada Byron and Paul Rask built the old mill of Weir.", "Ada Byron", AnswerType.PERSON),
        ("Ada Byron, a miller of Weir in Ghent.", "Ada Byron", AnswerType.PERSON),  # no verb
        ("The old mill was built quickly by hand in 1821.", "1821", AnswerType.DATE),  # no name: any mill
        ("The two old mills of Weir were sold to Ada Byron.", "two", AnswerType.NUMBER),
        ("“Ada Byron built the old mill of Weir.", "Ada Byron", AnswerType.PERSON),
    ],
)
def test_what_cannot_stand_by_itself_is_not_asked(sentence: str, answer: str, kind: AnswerType) -> None:
    assert asked(sentence, answer, kind) is None


def test_limits_hold_at_their_edges() -> None:
    assert asked("Ada Byron built the old mill of Weir.", "Ada Byron", AnswerType.PERSON) is not None
    assert asked("Ada Byron built the mill of Weir.", "Ada Byron", AnswerType.PERSON) is None, (
        "three words say too little"
    )
    eight, nine = "The big old red brick mill of Weir", "The very big old red brick mill of Weir"
    when = [asked(f"{subject} was sold in 1821.", "1821", AnswerType.DATE) for subject in (eight, nine)]
    assert when[0] == "When was the big old red brick mill of Weir sold?"
    assert when[1] == "When was it that the very big old red brick mill of Weir was sold?"
    phrases = "Ada Byron built the old mill of Weir by the wide river on a hill"
    fifteen = asked(f"{phrases} for rich farmers.", "Ada Byron", AnswerType.PERSON)
    assert fifteen == "Who built the old mill of Weir by the wide river on a hill?"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    data = tmp_path_factory.mktemp("towns")
    pipeline = small_pipeline()
    with Store.open(data / FILE_NAME) as store:
        sync(TOWNS, store, pipeline)
    with Corpus.open(data, pipeline) as opened:
        yield opened


@pytest.fixture(scope="module")
def made(corpus: Corpus) -> tuple[Example, ...]:
    return make_questions(corpus)


def test_a_small_corpus_gives_enough_and_always_the_same(corpus: Corpus, made: tuple[Example, ...]) -> None:
    assert len(made) >= 30
    assert make_questions(corpus) == made
    assert len({example.question for example in made}) == len(made)
    assert len(make_questions(corpus, most=7)) == 7


def test_right_answers_are_the_sentences_and_are_not_given_away(corpus: Corpus, made: tuple[Example, ...]) -> None:
    texts = {summary.source: corpus.document(summary.document_id).text for summary in corpus.sources()}
    for example in made:
        for gold in example.gold:
            sentence = texts[gold.source][gold.start : gold.end]
            assert gold.short[0] in " ".join(sentence.split())
            assert example.question not in sentence
            assert not {word for word in words(gold.short[0]) if len(word) > 3} & set(words(example.question))


def test_they_are_of_several_kinds_and_spread_over_the_documents(made: tuple[Example, ...]) -> None:
    first = [example.gold[0].source for example in made if example.gold]
    assert len(set(first)) == len(list(TOWNS.iterdir()))
    assert len({example.kind for example in made}) >= 4


def test_a_third_is_made_unanswerable(made: tuple[Example, ...]) -> None:
    without = [example for example in made if not example.gold]
    assert 0.2 * len(made) <= len(without) <= len(made) / 3
    assert {example.kind for example in without} == {"unanswerable"}


def test_a_sentence_that_stands_twice_is_right_in_both_places(tmp_path: Path) -> None:
    folder, data = tmp_path / "texts", tmp_path / "data"
    folder.mkdir()
    data.mkdir()
    text = "Ada Byron built the old mill of Weir for the farmers of Ghent. The weather of that year was warm and dry.\n"
    for name in ("one", "other"):
        (folder / f"{name}.txt").write_text(f"{text}\nThis copy is kept in the {name} library of the town.\n")
    pipeline = small_pipeline()
    with Store.open(data / FILE_NAME) as store:
        sync(folder, store, pipeline)
    with Corpus.open(data, pipeline) as opened:
        made = make_questions(opened)
    asked_of = next(example for example in made if re.match(r"Who built the old mill", example.question))
    assert {gold.source for gold in asked_of.gold} == {"one.txt", "other.txt"}
