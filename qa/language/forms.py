"""Forms of a language as data: each a pattern with an example that it fits and a counter-example that it does not.

The tests of `tests/qa/language/test_forms.py` are made from these rows: a row without a true example fails there.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Generic, Literal, TypeVar

from msgspec import Struct

Where = Literal["anywhere", "start", "whole"]
Kind = TypeVar("Kind", bound=str)

_PIECE = re.compile(r"\{([a-z_]+)\}")


class Form(Struct, frozen=True):
    """A form that words may have. where: whether it is looked for anywhere in a text, at its start, or is all of it."""

    regex: re.Pattern[str]
    example: str
    counter: str
    where: Where = "anywhere"

    def find(self, text: str) -> re.Match[str] | None:
        """Where the text has this form, None if it has not."""
        if self.where == "anywhere":
            return self.regex.search(text)
        return self.regex.match(text) if self.where == "start" else self.regex.fullmatch(text)

    def fits(self, text: str) -> bool:
        """Whether the text has this form."""
        return self.find(text) is not None

    def all_in(self, text: str) -> Iterator[re.Match[str]]:
        """Every place of the text that has this form, in order, none in another."""
        return self.regex.finditer(text)

    def put(self, replacement: str, text: str, count: int = 0) -> str:
        """The text with what has this form replaced, the first `count` times (0: always)."""
        return self.regex.sub(lambda _: replacement, text, count=count)


class FormTable(Struct, Generic[Kind], frozen=True):
    """Forms in order, each with the kind of text it tells: the first that fits decides."""

    rows: tuple[tuple[Kind, Form], ...]

    def first(self, text: str) -> tuple[Kind, re.Match[str]] | None:
        """The kind of the first form that fits, and where; None if none does."""
        found = ((kind, form.find(text)) for kind, form in self.rows)
        return next(((kind, match) for kind, match in found if match is not None), None)

    def kind(self, text: str) -> Kind | None:
        """The kind of the first form that fits, None if none does."""
        found = self.first(text)
        return found[0] if found else None


class Pieces:
    """Patterns that others are put together from: `{name}` in a pattern stands for the piece of that name.

    A piece may use those before it. Raises KeyError for a piece that there is not.
    """

    def __init__(self, pieces: Mapping[str, str]) -> None:
        self._pieces: dict[str, str] = {}
        for name, pattern in pieces.items():
            self._pieces[name] = self.expand(pattern)

    def expand(self, pattern: str) -> str:
        """The pattern with its pieces in their places."""
        return _PIECE.sub(lambda match: self._pieces[match[1]], pattern)

    def form(self, pattern: str, example: str, counter: str, where: Where = "anywhere", *, cased: bool = False) -> Form:
        """A form of that pattern. cased: capitals and small letters are told apart."""
        return Form(re.compile(self.expand(pattern), 0 if cased else re.IGNORECASE), example, counter, where)

    def table(self, rows: Sequence[tuple[Kind, str, str, str]], where: Where = "anywhere") -> FormTable[Kind]:
        """A table of rows of kind, pattern, example and counter-example."""
        return FormTable(
            tuple((kind, self.form(pattern, example, counter, where)) for kind, pattern, example, counter in rows)
        )
