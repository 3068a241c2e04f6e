"""What the trained reader is given: a question, a passage's headings and a stretch of the passage, as token ids."""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct
from tokenizers import Tokenizer

LONGEST = 512  # positions of the encoder
_LONGEST_QUESTION = 96  # tokens; the rest of a longer question is not read
_LONGEST_HEAD = 32
_OVERLAP = 128  # tokens two windows of a long passage share, so that an answer is whole in one of them


class Window(Struct, frozen=True):
    """Ids of `[CLS] question [SEP] headings [SEP] text [SEP]` and their segments (0: question).

    first: place of the text's first token. offsets: start and end of each of the text's tokens, in characters of the
    text, end exclusive.
    """

    ids: list[int]
    segments: list[int]
    first: int
    offsets: list[tuple[int, int]]

    @property
    def length(self) -> int:
        """In tokens."""
        return len(self.ids)

    def tokens_in(self, start: int, end: int) -> range:
        """The tokens, as places in `ids`, that share a character with `text[start:end]`; empty if there is none."""
        inside = [number for number, (left, right) in enumerate(self.offsets) if left < end and start < right]
        return range(self.first + inside[0], self.first + inside[-1] + 1) if inside else range(0)


class WindowMaker:
    """Makes windows with the encoder's own tokenizer. Texts are never cut: a long one gives several windows."""

    def __init__(self, tokenizer_file: Path, longest: int = LONGEST) -> None:
        self._tokenizer = Tokenizer.from_file(str(tokenizer_file))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._tokenizer.encode_special_tokens = True  # "[SEP]" in a text is text
        self._longest = longest
        self._begin, self._part = self._tokenizer.encode("").ids  # what it puts before and after a text

    def windows(self, question: str, head: str, texts: Sequence[str]) -> list[list[Window]]:
        """One or more windows for each text, in order; a text without tokens has none."""
        asked = self._ids(question)[:_LONGEST_QUESTION]
        return [self._of_text(asked, self._ids(head)[:_LONGEST_HEAD], text) for text in texts]

    def _of_text(self, asked: list[int], head: list[int], text: str) -> list[Window]:
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        lead = [self._begin, *asked, self._part, *head, self._part]
        segments = [0] * (len(asked) + 2) + [1] * (len(head) + 1)
        room = self._longest - len(lead) - 1
        made = []
        for start in range(0, len(encoding.ids), room - _OVERLAP):
            ids = encoding.ids[start : start + room]
            made.append(
                Window(
                    [*lead, *ids, self._part],
                    [*segments, *([1] * (len(ids) + 1))],
                    len(lead),
                    encoding.offsets[start : start + room],
                )
            )
            if start + room >= len(encoding.ids):
                break
        return made

    def _ids(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return ids
