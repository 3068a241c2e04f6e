import pytest

from qa.choosing.steps import next_step
from qa.language.question import analyse
from qa.reading.reader import Evidence, Reading
from tests.reading import open_text

TEXT = "# The mill\n\nTo start the mill:\n\n1. Open the sluice.\n2. Grease both bearings.\n3. Lower the upper stone.\n"
MILL = open_text(TEXT, "mill.md")


def first(question: str) -> str:
    ranked = sorted(MILL.sentences, key=lambda each: -each.ordinal)
    evidence = tuple(Evidence(0, each, 1.0 - number, 0.5) for number, each in enumerate(ranked))
    found = next_step(analyse(question), Reading(evidence, (1.0,), None, {}), [MILL])
    part = found.evidence[0].sentence.ranges[0]
    return TEXT[part.start : part.end]


@pytest.mark.parametrize(
    ("question", "step"),
    [
        ("What do I do after opening the sluice?", "Grease both bearings."),
        ("What comes after greasing the bearings?", "Lower the upper stone."),
        ("Which step comes before lowering the stone?", "Grease both bearings."),
        ("What do I do after painting the door?", "Lower the upper stone."),  # no such step: as it was read
        ("What comes before opening the sluice?", "Lower the upper stone."),  # nothing does
        ("How do I lower the stone?", "Lower the upper stone."),
    ],
)
def test_the_step_beside_the_one_named(question: str, step: str) -> None:
    assert first(question) == step
