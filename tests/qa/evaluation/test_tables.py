"""What tables of figures are made of: intervals, numbers in their unit, paths to fields, tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluation.tables import figure_at, markdown_table, shown, wilson


@given(st.integers(1, 10_000), st.data())
def test_an_interval_holds_its_share_and_narrows_with_more(count: int, data: st.DataObject) -> None:
    share = data.draw(st.integers(0, count)) / count
    low, high = wilson(share, count)
    assert 0.0 <= low <= share <= high <= 1.0
    more_low, more_high = wilson(share, 4 * count)
    assert more_high - more_low < high - low


def test_intervals_are_wilsons() -> None:
    assert wilson(0.5, 10) == pytest.approx((0.2366, 0.7634), abs=1e-4)
    assert wilson(1.0, 10) == pytest.approx((0.7225, 1.0), abs=1e-4)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [(None, "%", "-"), (0.5, "", "0.500"), (0.7654, "%", "76.5%"), (1234.4, "ms", "1,234 ms")],
)
def test_numbers_are_shown_in_their_unit(value: float | None, unit: str, text: str) -> None:
    assert shown(value, unit) == text


def test_a_path_leads_through_fields_and_ends_where_there_is_nothing() -> None:
    assert figure_at(3 + 4j, "real") == 3.0
    assert figure_at(3 + 4j, "real.imag") == 0.0
    assert figure_at(None, "real.imag") is None


def test_a_bar_in_a_cell_parts_no_cells() -> None:
    assert markdown_table((["a", "b"], [["x|y", "z"]])) == "| a | b |\n| --- | --- |\n| x\\|y | z |"
