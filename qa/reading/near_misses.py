"""Signs that what was read is like what is asked for, and is not it: the contrary, or nothing of a name."""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property

from qa.language.opposites import CONTRARY

_ALIKE = 5  # characters of a term that decide whether a name is there, as "Japan" is where "Japanese" is
Stems = Callable[[str], Sequence[str]]


class Contraries:
    """Tells whether a text says the contrary of a question. stems: of a word."""

    def __init__(self, stems: Stems) -> None:
        self._stems = stems

    @cached_property
    def _others(self) -> dict[str, set[str]]:
        """The stems of a stem's contraries; made when first asked for."""
        others: dict[str, set[str]] = {}
        for left, right in CONTRARY:
            for one, other in ((left, right), (right, left)):
                for stem in self._stems(one):
                    others.setdefault(stem, set()).update(self._stems(other))
        return others

    def said(self, words: Sequence[str], terms: AbstractSet[str]) -> bool:
        """Whether one of a question's words is not among the terms of a text, and its contrary is."""
        asked = [stem for word in words for stem in self._stems(word)]
        return any(stem not in terms and not terms.isdisjoint(self._others.get(stem, ())) for stem in asked)


def is_unread(names: Sequence[str], stems: Stems, read: AbstractSet[str]) -> bool:
    """Whether a name of the question is nowhere in what was read. What is all capitals may be short for what is."""
    begun = {term[:_ALIKE] for term in read}
    spelt = (name for name in names if any(map(str.islower, name)))
    return any(all(term[:_ALIKE] not in begun for term in stems(name)) for name in spelt)
