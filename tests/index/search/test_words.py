"""Words as numbers; `test_vocabulary.py` holds what is counted of them to a plain count."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.search.aliases import NameFinder
from index.search.segments import Segment
from index.search.words import Words, counted, make_words, merge_words

TEXTS = st.lists(st.lists(st.sampled_from(["a", "The", "B c d", "b C", "d", ""]), max_size=6).map(" ".join), max_size=5)


def words_of(texts: list[str], live: list[bool] | None = None) -> Words:
    mask = None if live is None or all(live) else np.array(live, np.bool_)
    return Words(Segment({"ids": np.arange(len(texts)), **make_words([(text,) for text in texts])}, mask))


@given(TEXTS, st.integers(0, 31), st.integers(1, 9))
def test_parts_are_all_of_the_rows_that_count(texts: list[str], bits: int, size: int) -> None:
    live = [bool(bits >> row & 1) for row in range(len(texts))]
    words = words_of(texts, live)
    kept = words_of([text for text, alive in zip(texts, live, strict=True) if alive])
    found = [words.table[number] if number < len(words.table) else "." for part in words.parts(size) for number in part]
    assert found == [
        kept.table[number] if number < len(kept.table) else "." for part in kept.parts() for number in part
    ]
    assert words.sizes().tolist() == kept.sizes().tolist()


@given(TEXTS, TEXTS)
def test_merged_they_are_those_of_all(texts: list[str], more: list[str]) -> None:
    merged = Words(Segment(merge_words([words_of(texts), words_of(more)])))
    whole = words_of([*texts, *more])
    assert counted([merged]) == counted([whole]) == counted([words_of(texts), words_of(more)])
    assert [part.tolist() for part in merged.parts()] == [part.tolist() for part in whole.parts()]


@given(TEXTS, st.lists(st.sampled_from(["a", "b c", "b c d", "d", "c"])))
def test_names_are_those_that_the_finder_finds(texts: list[str], keys: list[str]) -> None:
    finder = NameFinder(keys)
    assert list(words_of(texts).names(finder)) == [key for text in texts for key, _, _ in finder.find(text)]
