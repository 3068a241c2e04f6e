import pytest

from qa.language.question import words
from qa.reading.near_misses import Contraries, is_unread


def stems(text: str) -> list[str]:
    """Without a past tense's ending, as the analyser has it."""
    return [{"opened": "open", "closed": "close"}.get(word, word) for word in words(text)]


@pytest.mark.parametrize(
    ("question", "text", "contrary"),
    [
        ("close plant", "They opened the plant.", True),
        ("open plant", "They opened the plant.", False),
        ("close plant", "They opened the plant and closed it.", False),
        ("paint plant", "They opened the plant.", False),
        ("northern gate", "The southern gate is red.", True),
    ],
)
def test_what_says_the_contrary(question: str, text: str, contrary: bool) -> None:
    assert Contraries(stems).said(question.split(), set(stems(text))) is contrary


@pytest.mark.parametrize(
    ("names", "unread"),
    [
        (("Krakow",), True),
        (("Gdansk",), False),
        (("Japanese",), False),  # as "Japan" is read
        (("Acme", "Krakow"), True),
        (("OBOR",), False),  # may be short for what was read
        ((), False),
    ],
)
def test_a_name_that_nothing_read_has(names: tuple[str, ...], unread: bool) -> None:
    assert is_unread(names, stems, set(stems("Acme has a plant in Gdansk, Japan."))) is unread
