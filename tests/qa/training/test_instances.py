from pathlib import Path
from typing import Any

import pytest

from qa.training.instances import Instance, as_instance, load_pairs, load_questions
from tests.training_sets import write_rows, write_set

MILL = "The mill of Ōsaka burned 🏭 down. Ada Byron, whom all knew, built it again."
DOCUMENTS = {
    "Weir_mills": [
        ("Weir is a town.", {"What is Weir?": ["a town"]}),
        (MILL, {"Who built it again?": ["Ada Byron", "Ada", "Ada Byron"], "Who burned it?": []}),
    ],
    "Ghent": [("Rain fell.", {"What fell?": ["Rain"]})],
}


def test_questions_come_with_their_paragraph_and_their_answers_in_it(tmp_path: Path) -> None:
    write_set(tmp_path, DOCUMENTS)
    asked = load_questions(tmp_path)
    assert [each.question for each in asked] == ["What is Weir?", "Who built it again?", "Who burned it?", "What fell?"]
    assert [each.paragraph.text for each in asked] == ["Weir is a town.", MILL, MILL, "Rain fell."]
    assert [each.paragraph.document for each in asked] == ["Weir_mills"] * 3 + ["Ghent"]
    assert asked[1].paragraph.title == "Weir mills"
    assert asked[1].paragraph is asked[2].paragraph
    told = [[each.paragraph.text[start:end] for start, end in each.spans] for each in asked]
    assert told == [["a town"], ["Ada", "Ada Byron"], [], ["Rain"]], "each once, in order"


def test_an_answer_outside_of_the_paragraph_is_none_of_it(tmp_path: Path) -> None:
    write_rows(tmp_path / "corpus.jsonl.gz", [{"doc_id": "d", "title": "D", "text": "Rain. Rain fell. Snow."}])
    places = [0, 6, 12, 17]
    answers = [{"text": "Rain. "[:4] if place < 12 else "Snow", "start": place} for place in places]
    row = {"question": "What?", "source_doc": "d", "para": [6, 16], "answers": answers}
    write_rows(tmp_path / "questions.jsonl.gz", [row])
    (asked,) = load_questions(tmp_path)
    assert asked.paragraph.text == "Rain fell."
    assert asked.spans == ((0, 4), (6, 10)), "of the given places 6 and 12"


def test_pairs_have_a_span_where_they_were_labelled(tmp_path: Path) -> None:
    plain = {"question": "Who?", "sentence": "Ada built it."}
    write_rows(tmp_path / "pairs.jsonl.gz", [plain, {"question": "Who?", "sentence": "So Ada.", "start": 3, "end": 6}])
    assert load_pairs(tmp_path / "pairs.jsonl.gz") == [
        Instance("Who?", "", "Ada built it.", None, True, True),
        Instance("Who?", "", "So Ada.", ((3, 6),), True, True),
    ]


def test_a_question_without_an_answer_may_still_be_about_its_paragraph(tmp_path: Path) -> None:
    write_set(tmp_path, DOCUMENTS)
    asked = load_questions(tmp_path)
    assert as_instance(asked[0]) == Instance("What is Weir?", "Weir mills", "Weir is a town.", ((8, 14),), True, True)
    assert as_instance(asked[2]) == Instance("Who burned it?", "Weir mills", MILL, (), False, None)


@pytest.mark.parametrize(
    ("spans", "answerable", "right"),
    [
        (((MILL.index("Ada"), MILL.index(",")),), True, [False, True]),
        (((0, 3), (MILL.index("built"), len(MILL))), True, [True, True]),
        (((MILL.index("down"), MILL.index("Byron")),), True, [True, True]),
        (None, True, [True, True]),
        ((), False, [False, False]),
    ],
)
def test_sentences_that_hold_an_answer_are_right(
    spans: tuple[tuple[int, int], ...] | None, answerable: bool, right: list[bool]
) -> None:
    sentences = Instance("Who?", "", MILL, spans, answerable, None).sentences()
    assert [MILL[start:end] for start, end, _ in sentences] == [MILL[: MILL.index(" Ada")], MILL[MILL.index("Ada") :]]
    assert [answers for _, _, answers in sentences] == right


def test_what_cannot_be_judged_by_its_text_is_left_out_and_coarse_answers_are_told(tmp_path: Path) -> None:
    """Rows that need a scenario that is not there, or whose place was guessed, teach nothing; where an answer is a
    whole sentence its span is not the answer's own words."""
    write_rows(tmp_path / "corpus.jsonl.gz", [{"doc_id": "d", "title": "D", "text": "Rain fell."}])
    row: dict[str, Any] = {"source_doc": "d", "para": [0, 10], "answers": [{"text": "Rain fell.", "start": 0}]}
    rows: list[dict[str, Any]] = [
        {**row, "question": "Exact?"},
        {**row, "question": "Coarse?", "granularity": "sentence"},
        {**row, "question": "With a scenario?", "scenario": "You are wet."},
        {**row, "question": "Without one?", "scenario": ""},
        {**row, "question": "Guessed?", "start_inferred": True},
        {**row, "question": "Not guessed?", "start_inferred": False},
    ]
    write_rows(tmp_path / "questions.jsonl.gz", rows)
    asked = {each.question: each.exact for each in load_questions(tmp_path)}
    assert asked == {"Exact?": True, "Coarse?": False, "Without one?": True, "Not guessed?": True}
    assert {each.question: as_instance(each).exact for each in load_questions(tmp_path)} == asked
