"""What tests/bench/mutants.py changes in a module, and which tests it runs."""

import ast
from pathlib import PurePosixPath

import pytest

from tests.bench.mutants import covering_tests, sample
from tests.bench.mutations import Mutant, mutants
from tests.paths import ROOT

PATH = PurePosixPath("qa/some.py")


def of(source: str) -> list[Mutant]:
    return list(mutants(PATH, source.encode()))


@pytest.mark.parametrize(
    ("source", "changed"),
    [
        ("a = b < 3", {"a = (b <= 3)", "a = b < 6", "a = b < 1", "a = b < (-3)"}),
        ("LEAST = 0.5", {"LEAST = 1.0", "LEAST = 0.25", "LEAST = (-0.5)"}),
        ("class C:\n    most: int = 8", {f"class C:\n    most: int = {n}" for n in ("16", "4", "(-8)")}),
        ("a = b[0]", {"a = b[1]"}),
        ("a = b and c", {"a = (b or c)"}),
        ("a = b + c", {"a = (b - c)"}),
        ("a = not b", {"a = (b)"}),
        ("def f() -> bool:\n    return g()", {"def f() -> bool:\n    return (not (g()))"}),
        ("def f() -> str:\n    return g()", {"def f() -> str:\n    return None"}),
        ("a = é in b", {"a = (é not in b)"}),
    ],
)
def test_each_place_is_changed_in_one_of_its_ways(source: str, changed: set[str]) -> None:
    found = {each.applied(source.encode()).decode() for each in of(source)}
    assert found
    assert found <= changed


@pytest.mark.parametrize(
    "source",
    ["a = 'b' + c", "a: Literal[3] = b", "a = f'{b < 3}'", "a = True", "def f():\n    return None", "a = 'text'"],
)
def test_texts_annotations_and_truths_are_left_alone(source: str) -> None:
    assert of(source) == []


def test_a_line_more_elsewhere_changes_no_rank() -> None:
    before, after = of("a = b < 3\n"), of("import os\n\na = b < 3\n")
    assert {each.rank for each in before} == {each.rank for each in after}
    assert {each.after for each in before} == {each.after for each in after}


def test_another_file_is_not_mutated() -> None:
    with pytest.raises(ValueError, match="not the file"):
        of("a = 1")[0].applied(b"a = 2")


def test_the_sample_is_always_the_same_and_every_mutant_in_it_is_python() -> None:
    drawn = sample(60, 0)
    assert drawn == sample(60, 0)
    assert drawn != sample(60, 1)
    for each in drawn:
        source = (ROOT / each.path).read_bytes()
        changed = each.applied(source)
        assert changed != source
        ast.parse(changed)
        assert each.diff(source).count("\n") >= 1


def test_the_own_test_file_comes_first_then_those_that_import_it() -> None:
    found = covering_tests("qa/confidence.py")
    assert found[0] == "tests/qa/test_confidence.py"
    assert "tests/qa/training/test_calibrating.py" in found
    assert not [name for name in found if name.startswith(("tests/web", "tests/proofs"))]
