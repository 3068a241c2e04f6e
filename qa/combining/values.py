"""Which of two sentences gives the greater value, where each gives one of the kind asked for and they do compare."""

from index.language.dates import Date, dates_differ, find_dates
from index.language.numbers import Quantity, find_quantities, quantities_differ
from qa.language.combining import ValueMeasure


def greater(left: str, right: str, measure: ValueMeasure) -> int | None:
    """0 if the left one has what the comparative says, 1 if the right one has; None where that is not sure."""
    first = _greater_date(left, right) if not measure.units else _greater_quantity(left, right, measure)
    return first if first is None or not measure.least else 1 - first


def _greater_quantity(left: str, right: str, measure: ValueMeasure) -> int | None:
    one, other = _only_quantity(left, measure), _only_quantity(right, measure)
    if one is None or other is None or one.unit != other.unit or not quantities_differ(one, other):
        return None
    return 0 if one.value > other.value else 1


def _only_quantity(text: str, measure: ValueMeasure) -> Quantity | None:
    found = [each.quantity for each in find_quantities(text) if each.quantity.unit in measure.units]
    return found[0] if len(found) == 1 else None


def _greater_date(left: str, right: str) -> int | None:
    one, other = _only_date(left), _only_date(right)
    if one is None or other is None or not dates_differ(one, other):
        return None
    return 0 if _key(one) > _key(other) else 1


def _only_date(text: str) -> Date | None:
    found = [each.date for each in find_dates(text)]
    return found[0] if len(found) == 1 and found[0].first is not None and found[0].first == found[0].last else None


def _key(date: Date) -> tuple[int, int, int]:
    return date.first or 0, date.month or 0, date.day or 0
