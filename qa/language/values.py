"""The values that a stretch of a sentence gives, in normal form, and whether two can both hold."""

from collections.abc import Sequence
from itertools import product

from index.language.dates import Date, dates_differ, find_dates
from index.language.names import Name, names_differ, read_name
from index.language.numbers import Quantity, find_quantities, quantities_differ
from qa.language.question import AnswerType

Value = Quantity | Date | Name


def read_values(kind: AnswerType, text: str, start: int, end: int) -> tuple[Value, ...]:
    """The values of `text[start:end]`, of the form that a question of this kind asks for; none where it has none.

    What stands beside the stretch counts where it belongs to a number or date ("about", "million", a unit).
    """
    flat = "".join(" " if letter.isspace() else letter for letter in text)
    if kind is AnswerType.DATE:
        return tuple(found.date for found in find_dates(flat) if found.start < end and start < found.end)
    if kind is AnswerType.NUMBER:
        return tuple(found.quantity for found in find_quantities(flat) if found.start < end and start < found.end)
    if kind in (AnswerType.PERSON, AnswerType.PLACE, AnswerType.NAME):
        return read_name(flat[start:end])
    return ()


def values_differ(left: Sequence[Value], right: Sequence[Value]) -> bool:
    """Whether no value of the one fits one of the other. A list and a part of it do not differ, nor do forms that do
    not compare, nor anything and nothing."""
    return bool(left) and bool(right) and all(_differ(one, other) for one, other in product(left, right))


def _differ(one: Value, other: Value) -> bool:
    if isinstance(one, Quantity) and isinstance(other, Quantity):
        return quantities_differ(one, other)
    if isinstance(one, Date) and isinstance(other, Date):
        return dates_differ(one, other)
    if isinstance(one, Name) and isinstance(other, Name):
        return names_differ(one, other)
    return False
