"""Counting tokens: additive, linear, at peace with any text, and never on the network."""

import base64
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import ModelError, SettingsError
from index.models.tokens import open_token_counter, own_token_counter

COUNTER, ANOTHER = open_token_counter(), open_token_counter()


def test_default_tokenizer_is_our_own() -> None:
    assert COUNTER.name == "footnote"
    assert COUNTER.count("") == 0
    assert COUNTER.count("the government of the country") == 5


@given(st.text(), st.text())
def test_count_is_additive_where_a_space_joins(first: str, second: str) -> None:
    first, second = first.rstrip(), second.lstrip()
    if second:
        assert COUNTER.count(f"{first} {second}") == COUNTER.count(first) + COUNTER.count(f" {second}")


@given(st.text())
def test_count_is_the_same_each_time_and_bounded_by_the_bytes(text: str) -> None:
    size = COUNTER.count(text)
    assert size == ANOTHER.count(text)
    assert bool(text) <= size <= len(text.encode())


def test_special_token_in_a_text_counts_as_plain_text() -> None:
    assert COUNTER.count("<|endoftext|>") > 3
    assert COUNTER.count("a<|endoftext|>b") >= COUNTER.count("<|endoftext|>")


@pytest.mark.parametrize(
    "text",
    [" " * 1_000_000, "\n" * 1_000_000, "a" * 10_000_000, "-" * 1_000_000, "語" * 300_000, "0" * 1_000_000],
    ids=["spaces", "lines", "letters", "signs", "ideographs", "digits"],
)
def test_one_endless_run_is_counted(text: str) -> None:
    half = COUNTER.count(text[: len(text) // 2])
    assert half <= COUNTER.count(text) <= 2 * half + 1
    assert half > 100


def test_lone_surrogate_is_counted() -> None:
    assert COUNTER.count("a \ud800 b") > 2


def test_changed_vocabulary_is_refused() -> None:
    data = resources.files("index.models").joinpath("footnote.tiktoken").read_bytes()
    assert own_token_counter(data).count("Hello") == COUNTER.count("Hello")
    with pytest.raises(ModelError, match=r"footnote\.tiktoken"):
        own_token_counter(data[:-1])


def test_vocabulary_holds_every_byte_and_no_token_twice() -> None:
    lines = resources.files("index.models").joinpath("footnote.tiktoken").read_bytes().splitlines()
    tokens = [base64.b64decode(line.split()[0]) for line in lines]
    assert [int(line.split()[1]) for line in lines] == list(range(len(lines)))
    assert len(set(tokens)) == len(tokens) == 16_384
    assert {bytes([value]) for value in range(256)} <= set(tokens)


def test_unknown_tokenizer_is_named_with_its_setting() -> None:
    with pytest.raises(SettingsError, match=r"setting tokenizer is 'p50k'.*footnote, cl100k_base, o200k_base"):
        open_token_counter("p50k")


@pytest.mark.parametrize("name", ["cl100k_base", "o200k_base"])
def test_public_vocabulary_that_is_not_here_is_a_clear_error(name: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=rf"setting tokenizer is '{name}'"):
        open_token_counter(name, tmp_path)


def test_torn_public_vocabulary_is_refused_and_left_alone(tmp_path: Path) -> None:
    cached = tmp_path / "9b5ad71b2ce5302211f9c61530b329a4922fc6a4"  # SHA-1 of cl100k_base's address
    cached.write_bytes(b"IQ== 0\n")
    with pytest.raises(SettingsError, match="cl100k_base"):
        open_token_counter("cl100k_base", tmp_path)
    assert cached.read_bytes() == b"IQ== 0\n"
