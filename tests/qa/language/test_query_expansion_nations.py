import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.language.query_expansion import governments


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What does Oslo want for herring?", [("Oslo", "Norway")]),
        ("what is oslo's position on quotas", [("oslo", "Norway")]),
        ("Did Brasilia really refuse, or did Buenos Aires?", [("Brasilia", "Brazil")]),
        ("Why do Kiev and Bucharest disagree?", [("Bucharest", "Romania")]),
        ("Who lives in Oslo?", []),
        ("Who came to Oslo wanting a deal?", []),
        ("When was the Lisbon Treaty signed?", []),
        ("How big is Warsaw?", []),
        ("What does Norway want?", []),
    ],
)
def test_a_capital_that_acts_is_its_government(question: str, expected: list[tuple[str, str]]) -> None:
    assert [(question[one.start : one.end], *one.names) for one in governments(question)] == expected


@given(st.text(max_size=200))
def test_any_question_is_looked_at(question: str) -> None:
    assert all(0 <= one.start < one.end <= len(question) for one in governments(question))
