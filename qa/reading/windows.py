"""What a reader's model is given: a question, a passage's headings and a stretch of the passage, as token ids.

`WindowMaker` knows the one tokenizer that the trained reader is for; `PairWindowMaker` asks any tokenizer how a pair of
texts is written.
"""

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


class PairWindowMaker:
    """Makes windows with a model's own tokenizer. Texts are never cut: a long one gives several windows.

    Of a window's room a question gets at most 3/16 and the headings 1/16, in each window anew; what is longer is not
    read. Two windows share 1/4, so that an answer is whole in one of them.
    """

    def __init__(self, tokenizer: Tokenizer, longest: int, *, question_first: bool = True) -> None:
        """tokenizer: not used elsewhere, since its switches are set. longest: tokens of a window, special ones too.
        question_first: the order of the pair that the model has learned."""
        tokenizer.no_truncation()
        tokenizer.no_padding()
        tokenizer.encode_special_tokens = True  # "</s>" in a document is text like any other
        self._tokenizer = tokenizer
        self._room = longest - tokenizer.num_special_tokens_to_add(is_pair=True)
        self._question_first = question_first
        self._frame = _Frame(tokenizer)

    def windows(self, question: str, head: str, text: str) -> list[Window]:
        """One window or more; none for a text without tokens."""
        asked = self._ids(question)[: self._room * 3 // 16]
        above = self._ids(head)[: self._room // 16]
        if above:
            above += self._ids("\n")  # keeps them apart from the text, for tokenizers that read white space
        encoding = self._tokenizer.encode(text, add_special_tokens=False)
        ids, offsets = encoding.ids, encoding.offsets
        room = self._room - len(asked) - len(above)
        made = []
        for start in range(0, len(ids), room - self._room // 4):
            end = start + room
            made.append(self._window(asked, above, ids[start:end], offsets[start:end]))
            if end >= len(ids):
                break
        return made

    def _window(self, asked: list[int], above: list[int], ids: list[int], offsets: list[tuple[int, int]]) -> Window:
        passage = [*above, *ids]
        pair = (asked, passage) if self._question_first else (passage, asked)
        whole, segments, places = self._frame.around(*pair)
        return Window(whole, segments, places[int(self._question_first)] + len(above), offsets)

    def _ids(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return ids


class _Frame:
    """The special tokens that a tokenizer puts before, between and after two texts, and the segments of all."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        whole = tokenizer.encode("a", "a")
        texts = whole.sequence_ids
        one, two = texts.index(0), texts.index(1)
        cuts = (slice(one), slice(one + texts.count(0), two), slice(two + texts.count(1), None))
        self._ids = [whole.ids[cut] for cut in cuts]
        self._segments = [whole.type_ids[cut] for cut in cuts]
        self._own = whole.type_ids[one], whole.type_ids[two]

    def around(self, one: list[int], two: list[int]) -> tuple[list[int], list[int], tuple[int, int]]:
        """Ids and segments of the two texts within the special tokens, and the places where the texts begin."""
        before, between, after = self._ids
        ids = [*before, *one, *between, *two, *after]
        kinds = self._segments
        segments = [*kinds[0], *[self._own[0]] * len(one), *kinds[1], *[self._own[1]] * len(two), *kinds[2]]
        return ids, segments, (len(before), len(before) + len(one) + len(between))
