import gzip
import json
from pathlib import Path

from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from qa.training.holding import hold_out, is_held_out, main
from qa.training.recipe import PHASES
from tests.training_sets import write_rows, write_set

shares = st.floats(0, 1)


@given(st.text(), shares, shares)
def test_a_greater_share_holds_out_what_a_smaller_one_does(document: str, share: float, other: float) -> None:
    less, more = sorted((share, other))
    assert is_held_out(document, less) <= is_held_out(document, more)
    assert not is_held_out(document, 0.0)
    assert is_held_out(document, 1.0)


def test_the_share_is_kept_to() -> None:
    held = sum(is_held_out(f"document {number}", 0.3) for number in range(2000))
    assert 540 < held < 660


def test_questions_on_documents_held_out_are_written(tmp_path: Path) -> None:
    rows = [{"question": f"Ō {number}?", "source_doc": f"d{number % 40}"} for number in range(80)]
    write_rows(tmp_path / "in.gz", rows)
    kept = hold_out(tmp_path / "in.gz", 0.3, tmp_path / "out.gz")
    with gzip.open(tmp_path / "out.gz", "rt", encoding="utf-8") as lines:
        written = [json.loads(line) for line in lines]
    assert written == [row for row in rows if is_held_out(str(row["source_doc"]), 0.3)]
    assert 0 < kept == len(written) < 80


def test_the_sets_of_the_last_phase_are_written_whole_but_for_questions_learnt_from(tmp_path: Path) -> None:
    sources = [source for source in PHASES["last"].sources if source.held_out]
    assert sources
    for source in sources:
        write_set(tmp_path / "eval" / source.folder, {f"d{n}": [("It rains.", {"What?": ["It"]})] for n in range(40)})
    (tmp_path / "eval" / "seeds").mkdir()
    (tmp_path / "eval" / "seeds" / "questions.jsonl").write_text("{}\n")
    arguments = ["--eval", str(tmp_path / "eval"), "--output", str(tmp_path / "held")]
    told = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert told.exit_code == 0
    assert (tmp_path / "held" / "seeds" / "questions.jsonl").read_text() == "{}\n"
    for source in sources:
        folder = tmp_path / "held" / source.folder
        assert (folder / "corpus.jsonl.gz").is_file()
        with gzip.open(folder / "questions.jsonl.gz", "rt", encoding="utf-8") as lines:
            documents = [json.loads(line)["source_doc"] for line in lines]
        assert documents == [f"d{n}" for n in range(40) if is_held_out(f"d{n}", source.held_out)]
        assert f"{source.folder}: {len(documents)} questions" in told.output
