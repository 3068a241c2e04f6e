"""What makes two spellings one: case, accents, width and hidden characters."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

# Letters that Unicode does not take apart, as Lucene's and Tantivy's ASCII folding have them.
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ŧ": "t", "ŋ": "n"}
)
_FIRST_MARK, _LAST_MARK = "\u0300", "\u036f"  # accents of Latin, Greek and Cyrillic; other scripts' signs are letters
_CACHED = 20_000  # short texts, mostly words: some 4 MB


def fold_case(text: str) -> str:
    """The text in lower case and composed form (NFC): its accents stay. What it folds to, it leaves as it is."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def fold(text: str) -> str:
    """The text in lower case, without accents and formatting characters, full-width and other compatible characters as
    plain ones (NFKC). What it folds to, it leaves as it is; it may be longer or shorter than the text."""
    if text.isascii():
        return text.lower()
    return _folded(text) if len(text) <= 64 else _folded.__wrapped__(text)


@lru_cache(maxsize=_CACHED)
def _folded(text: str) -> str:
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    kept = "".join(c for c in apart if not _FIRST_MARK <= c <= _LAST_MARK and unicodedata.category(c) != "Cf")
    return unicodedata.normalize("NFKC", kept.translate(_PLAIN))


class Folded:
    """A folded text that knows where each of its characters came from."""

    def __init__(self, text: str) -> None:
        self.original = text
        self._offsets: list[int] = []  # of each folded character, in the original
        pieces: list[str] = []
        for start, end in _clusters(text):
            piece = fold(text[start:end])
            pieces.append(piece)
            self._offsets += [start] * len(piece)
        self._offsets.append(len(text))
        self.text = "".join(pieces)

    def find(self, sought: str) -> tuple[int, int] | None:
        """Where in the original the first `sought`, which is folded, stands: [start, end); None if it does not."""
        at = self.text.find(sought)
        if at < 0:
            return None
        start, last = self._offsets[at], self._offsets[at + len(sought) - 1] if sought else self._offsets[at]
        return start, next(
            (offset for offset in self._offsets[at + len(sought) :] if offset > last), len(self.original)
        )


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """A character with what follows it and may become one with it."""
    start = 0
    for index in range(1, len(text) + 1):
        if index == len(text) or not _goes_on(text[index]):
            if start < index:
                yield start, index
            start = index


@lru_cache(maxsize=4_096)
def _goes_on(character: str) -> bool:
    first = unicodedata.normalize("NFKD", character)[0]
    return unicodedata.category(first)[0] == "M" or "\u1160" <= first <= "\u11ff"  # a Hangul syllable's later letters
