"""What speaks against the first sentence of a reading: the signs of a near miss."""

import pytest

from qa.language.question import analyse
from qa.reading.linear import FeatureReader, Weights
from qa.reading.reader import OpenPassage
from tests.reading import Tongue, open_text

ACME = open_text(
    "Acme opened its plant in Gdansk in 2011. The plant makes valves. The chief executive is Ewa Nowak. "
    "Its hall was closed because of rust.",
    "acme.txt",
)
OTHER = open_text("Krakow is a town of Poland.", "towns.txt")
SIGNS = ("contrary", "name_absent", "says_nothing_new", "no_reason")


def signs(question: str, *passages: OpenPassage) -> dict[str, float]:
    reading = FeatureReader(Tongue(), Weights({"recall": 1.0})).read(analyse(question), passages)
    return {name: reading.signals[name] for name in SIGNS if reading.signals[name]}


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("When was the plant of Acme opened in Gdansk?", {}),
        ("When was the plant of Acme closed in Gdansk?", {"contrary": 1.0}),
        ("When was the plant of Acme opened in Warsaw?", {"name_absent": 1.0}),
        ("When was the plant of Acme opened in Krakow?", {"name_absent": 0.5}),  # another document has it
        ("Who was the chief executive before Ewa Nowak?", {"says_nothing_new": 1.0}),
        ("Who is the chief executive?", {}),
        ("When was the closed plant of Acme in Gdansk?", {}),  # no act
        ("Was the plant of Acme closed?", {}),  # the contrary answers it
        ("Is Ewa Nowak the chief executive?", {}),  # it need not say more
        ("Why does the plant make valves?", {"no_reason": 1.0}),
        ("Why was its hall closed?", {}),
        ("What does the plant make?", {}),
    ],
)
def test_signs_of_a_near_miss(question: str, told: dict[str, float]) -> None:
    assert signs(question, ACME, OTHER) == told
