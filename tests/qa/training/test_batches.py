import random
from functools import cache
from pathlib import Path

import pytest
import torch
from msgspec.structs import replace
from tokenizers import Tokenizer

from index.models.model_folder import find_model_folder
from qa.reading.windows import WindowMaker
from qa.training.batches import LONGEST, Case, Drawer, case_of, collate, epoch
from qa.training.holding import is_held_out
from qa.training.instances import Instance
from qa.training.recipe import Phase, Source
from tests.training_sets import write_rows, write_set

MILL = "The mill of Ōsaka burned 🏭 down. Ada Byron, whom all knew, built it again in 1821."
BYRON = (MILL.index("Ada"), MILL.index(","))
ANSWERED = Instance("Who built the mill?", "Mills", MILL, (BYRON,), True, True)
UNANSWERED = Instance("Who sold it?", "Mills", MILL, (), False, None)
NEGATIVE = Instance("Who?", "", "It rained.", (), False, False)
UNTOLD = Instance("Who came?", "", "Mary came.", None, True, True)
SOURCE = Source("set", negatives=0.6, perturbations=0.5)
PHASE = Phase("try", (SOURCE,), 2, 1e-4, tokens=512)
DOCUMENTS = {
    f"town_{number}": [
        (
            f"The mill of {name}ton was built by Person {name} in {1800 + number}. It is old.",
            {f"Who built the mill of {name}ton?": [f"Person {name}"], f"Who burned {name}ton?": []},
        )
    ]
    for number, name in enumerate("Abel Bruno Carla Dora Emil Frida Gerda Hans Ines Jan Karl Lena".split())
}


@cache
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(find_model_folder().tokenizer_file))


@cache
def maker(longest: int = LONGEST) -> WindowMaker:
    return WindowMaker(find_model_folder().tokenizer_file, longest)


def case(instance: Instance) -> Case:
    (made,) = case_of(instance, instance.head, maker())
    return made


def drawer(folder: Path, source: Source = SOURCE) -> Drawer:
    return Drawer(source, folder, maker())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("set")
    write_set(folder, DOCUMENTS)
    return folder


def told(made: Case, first: int, last: int) -> str:
    """What the tokens say; those that the vocabulary lacks say nothing."""
    return str(tokenizer().decode(made.window.ids[first : last + 1]))


def test_targets_point_at_the_answers_tokens_and_sentences() -> None:
    made = case(ANSWERED)
    assert made.spans is not None
    assert [told(made, *span) for span in made.spans] == ["ada byron"]
    assert [(told(made, first, last), right) for first, last, right in made.sentences] == [
        ("the mill of osaka burned down.", False),
        ("ada byron, whom all knew, built it again in 1821.", True),
    ]


def test_several_answers_are_several_targets() -> None:
    made = case(replace(ANSWERED, spans=((BYRON[0], BYRON[0] + 3), BYRON)))
    assert made.spans is not None
    assert [told(made, *span) for span in made.spans] == ["ada", "ada byron"]


def test_a_question_without_an_answer_has_no_span_and_one_untold_has_none_known() -> None:
    assert (case(UNANSWERED).spans, case(UNTOLD).spans) == ((), None)
    assert [right for *_, right in case(UNANSWERED).sentences] == [False, False]
    assert [right for *_, right in case(UNTOLD).sentences] == [True]


def test_of_a_long_text_the_window_with_the_answer_is_read() -> None:
    text = "Rain fell on the town. " * 120 + MILL
    shift = len(text) - len(MILL)
    late = replace(ANSWERED, text=text, spans=((BYRON[0] + shift, BYRON[1] + shift),))
    made = case(late)
    assert made.spans is not None
    assert [told(made, *span) for span in made.spans] == ["ada byron"]
    assert made.window.length <= LONGEST
    assert sum(right for *_, right in made.sentences) == 1


def test_an_answer_that_no_window_has_whole_gives_no_case() -> None:
    text = "rain and snow " * 400
    assert list(case_of(replace(ANSWERED, text=text, spans=((0, len(text) - 1),)), "", maker())) == []


def test_a_batch_has_its_targets_where_they_are_known() -> None:
    cases = [case(each) for each in (ANSWERED, UNANSWERED, NEGATIVE, UNTOLD)]
    batch = collate(cases)
    texts, tokens = batch.ids.shape
    assert (texts, tokens % 32) == (4, 0)
    assert batch.mask.sum(dim=1).tolist() == [each.window.length for each in cases]
    assert batch.answerable.tolist() == [1, 0, 0, 1]
    assert batch.relevant.tolist() == [1, -1, 0, 1]
    assert cases[0].spans is not None
    ((first, last),) = cases[0].spans
    assert [row.nonzero().flatten().tolist() for row in batch.starts] == [[first], [0], [0], []]
    assert [row.nonzero().flatten().tolist() for row in batch.ends] == [[last], [0], [0], []]
    for row, each in enumerate(cases):
        readable = [0, *range(each.window.first, each.window.length - 1)]
        assert batch.readable[row].nonzero().flatten().tolist() == readable


def test_sentences_are_pooled_over_their_own_tokens() -> None:
    cases = [case(ANSWERED), case(NEGATIVE)]
    batch = collate(cases)
    assert batch.known.tolist() == [[1, 1], [1, 0]]
    assert batch.evidence.tolist() == [[0, 1], [0, 0]]
    torch.testing.assert_close(batch.pooling.sum(dim=2), batch.known)
    for row, each in enumerate(cases):
        for number, (first, last, _) in enumerate(each.sentences):
            assert batch.pooling[row, number].nonzero().flatten().tolist() == list(range(first, last + 1))


def test_an_epoch_is_the_same_for_the_same_number(folder: Path) -> None:
    first = epoch([drawer(folder)], PHASE, 0)
    assert first == epoch([drawer(folder)], PHASE, 0)
    assert first != epoch([drawer(folder)], PHASE, 1)
    assert first != epoch([drawer(folder)], replace(PHASE, name="other"), 0)


def test_batches_are_of_like_length_and_keep_to_their_size(folder: Path) -> None:
    phase = replace(PHASE, tokens=160)
    batches = epoch([drawer(folder)], phase, 0)
    for batch in batches:
        wide = {-(-each.window.length // 32) for each in batch}
        assert len(wide) == 1
        assert len(batch) * 32 * wide.pop() <= phase.tokens
    assert len(batches) > 2
    cases = [each for batch in batches for each in batch]
    assert sum(each.answerable for each in cases) == len(DOCUMENTS)
    assert {batch[0].relevant for batch in batches} <= {True, False, None}


def test_questions_bring_wrong_passages_and_perturbations_along(folder: Path) -> None:
    every = list(drawer(folder, replace(SOURCE, negatives=1.0, perturbations=1.0)).instances(random.Random(1)))
    answered = [each for each in every if each.answerable]
    assert len(answered) == len(DOCUMENTS)
    negatives = [each for each in every if each.relevant is False]
    assert len(negatives) == len(answered)
    own = {each.question: each.text for each in answered}
    assert all(each.text != own[each.question] and each.spans == () for each in negatives)
    perturbations = [each for each in every if each.relevant is None and "built" in each.question]
    assert {each.text for each in perturbations} == set(own.values())
    assert all(
        (each.spans, each.answerable) == ((), False) and own.get(each.question) != each.text for each in perturbations
    )
    plain = list(drawer(folder, replace(SOURCE, negatives=0.0, perturbations=0.0)).instances(random.Random(1)))
    assert [each.question for each in plain] == [q for ps in DOCUMENTS.values() for _, asked in ps for q in asked]


def test_a_share_is_drawn_anew_each_epoch(folder: Path) -> None:
    half = drawer(folder, Source("set", share=0.5))
    first, second = ({each.question for each in half.instances(random.Random(seed))} for seed in (1, 2))
    assert 0 < len(first) < 2 * len(DOCUMENTS)
    assert first != second


@pytest.mark.parametrize("share", [0.3, 0.7])
def test_documents_held_out_are_never_seen(folder: Path, share: float) -> None:
    made = drawer(folder, replace(SOURCE, held_out=share, negatives=1.0, perturbations=1.0))
    seen = " ".join(f"{each.question} {each.text}" for seed in range(5) for each in made.instances(random.Random(seed)))
    held = [name for name in DOCUMENTS if is_held_out(name, share)]
    assert 0 < len(held) < len(DOCUMENTS)
    for name, ((text, _),) in DOCUMENTS.items():
        assert (text in seen) == (name not in held)
        person = text.split("Person ")[1].split(" ")[0]
        assert (person in seen) == (name not in held)


def test_only_unanswerable_questions_where_that_is_asked(folder: Path) -> None:
    made = list(drawer(folder, Source("set", unanswerable=True)).instances(random.Random(1)))
    assert len(made) == len(DOCUMENTS)
    assert not any(each.answerable for each in made)


def test_pairs_go_before_questions_and_bring_other_sentences_along(tmp_path: Path) -> None:
    write_set(tmp_path, DOCUMENTS)
    rows = [{"question": f"Who came {n}?", "sentence": f"Mary came {n}."} for n in range(9)]
    write_rows(tmp_path / "pairs.jsonl.gz", rows)
    made = list(drawer(tmp_path, Source("set", negatives=1.0)).instances(random.Random(3)))
    assert [each.question for each in made if each.answerable] == [row["question"] for row in rows]
    others = [each for each in made if not each.answerable]
    assert len(others) > 5
    for each in others:
        assert (each.spans, each.relevant) == ((), False)
        assert each.text != each.question.replace("Who", "Mary").replace("?", ".")
