"""How long a text is, in BPE tokens: the measure of passages. What a model can read is for the model to say.

The default vocabulary is our own (docs/tokenizer.md), since tiktoken downloads its public ones on first use.
"""

import base64
import hashlib
import re
import tempfile
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Protocol

import tiktoken
from msgspec import Struct

from index.errors import ModelError, SettingsError

# Letters with the space or the one sign before them, digits by threes, signs, white space. No quantifier is open: a
# piece stays short whatever the text.
WORD_PATTERN = r"[^\r\n\p{L}\p{M}\p{N}]?[\p{L}\p{M}]{1,64}|\p{N}{1,3}| ?[^\s\p{L}\p{M}\p{N}]{1,16}|\s{1,16}"
DEFAULT_TOKENIZER = "footnote"
_OWN_FILE = "footnote.tiktoken"
_OWN_SHA256 = "d2ea9c388469438724371fa0fb4ac7dcdf7549f254503058947d24825053595f"

# tiktoken panics on a million spaces and is slow on a million letters, so no run reaches it that is longer than this.
_LONGEST_RUN = 512
_LONG_RUN = re.compile(rf"\s{{{_LONGEST_RUN}}}|\S{{{_LONGEST_RUN}}}")


class TokenCounter(Protocol):
    """Measures text. `name` goes into the index's version, since passages depend on it."""

    @property
    def name(self) -> str: ...

    def count(self, text: str) -> int:
        """Tokens in `text`: 0 for the empty text, deterministic, linear in time."""
        ...


class _Public(Struct, frozen=True):
    """A vocabulary OpenAI publishes for tiktoken, as `tiktoken_ext.openai_public` defines it."""

    url: str
    sha256: str
    pattern: str


_PUBLIC = {
    "cl100k_base": _Public(
        url="https://openaipublic.blob.core.windows.net/encodings/cl100k_base.tiktoken",
        sha256="223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7",
        pattern=r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*"
        r"|\s+$|\s*[\r\n]|\s+(?!\S)|\s",
    ),
    "o200k_base": _Public(
        url="https://openaipublic.blob.core.windows.net/encodings/o200k_base.tiktoken",
        sha256="446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d",
        pattern=r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
        r"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
        r"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+",
    ),
}


class TiktokenCounter:
    """Counts with a `tiktoken.Encoding`; special tokens in a text count as the plain text they are."""

    def __init__(self, encoding: tiktoken.Encoding) -> None:
        self._encoding = encoding

    @property
    def name(self) -> str:
        return self._encoding.name

    def count(self, text: str) -> int:
        return sum(len(self._encoding.encode_ordinary(piece)) for piece in _pieces(text))


def open_token_counter(name: str = DEFAULT_TOKENIZER, cache_folder: Path | None = None) -> TokenCounter:
    """The counter of the setting `tokenizer`: "footnote", or where tiktoken has cached them
    "cl100k_base" or "o200k_base".

    cache_folder: where tiktoken keeps its downloads; None is its own default. Nothing is ever downloaded.
    Raises SettingsError for a name that is unknown or not on this machine, ModelError if our own file was changed.
    """
    if name == DEFAULT_TOKENIZER:
        return own_token_counter(resources.files("index.models").joinpath(_OWN_FILE).read_bytes())
    if name not in _PUBLIC:
        known = ", ".join([DEFAULT_TOKENIZER, *_PUBLIC])
        raise SettingsError(f"The setting tokenizer is {name!r}, but it has to be one of: {known}.")
    public = _PUBLIC[name]
    # tiktoken names a cached file by the SHA-1 of its address, and would download it if it were missing or torn.
    folder = cache_folder or Path(tempfile.gettempdir()) / "data-gym-cache"
    path = folder / hashlib.sha1(public.url.encode(), usedforsecurity=False).hexdigest()
    data = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(data).hexdigest() != public.sha256:
        raise SettingsError(
            f"The setting tokenizer is {name!r}, but its vocabulary is not at {path} and Footnote downloads none: "
            f"use {DEFAULT_TOKENIZER!r}, or let tiktoken fetch it once by hand."
        )
    return TiktokenCounter(_encoding(name, public.pattern, data))


def own_token_counter(data: bytes) -> TokenCounter:
    """The counter of Footnote's own vocabulary file. Raises ModelError if the file is not the one that was shipped."""
    if hashlib.sha256(data).hexdigest() != _OWN_SHA256:
        raise ModelError(f"index/{_OWN_FILE} is not the file that Footnote shipped: install Footnote again.")
    return TiktokenCounter(_encoding(DEFAULT_TOKENIZER, WORD_PATTERN, data))


def _encoding(name: str, pattern: str, data: bytes) -> tiktoken.Encoding:
    """From a `.tiktoken` file, a line a token: base64, space, rank. Its digest has been checked, so it parses."""
    ranks = {base64.b64decode(token): int(rank) for token, rank in (line.split() for line in data.splitlines())}
    return tiktoken.Encoding(name, pat_str=pattern, mergeable_ranks=ranks, special_tokens={})


def _pieces(text: str) -> Iterator[str]:
    """The text, cut wherever a run of one kind reaches `_LONGEST_RUN`."""
    start = 0
    for run in _LONG_RUN.finditer(text):
        yield text[start : run.end()]
        start = run.end()
    yield text[start:]
