"""Replies of any shape and any words, for what must hold whatever documents say.

What is drawn is a recipe: few and small parts, which the reply says over and over. So a reply of thirty long sentences
is drawn, shrunk and printed as quickly as one of a word.
"""

from collections.abc import Iterator
from itertools import count, cycle, islice
from typing import Literal

from hypothesis import strategies as st
from msgspec import Struct

from qa.types import (
    AnswerGroup,
    BlockForm,
    Citation,
    ConfidenceLabel,
    ContentBlock,
    Count,
    Entry,
    Mention,
    Reply,
    RetrievedPassage,
    ShortAnswer,
)

HOSTILE = (
    "<!channel>", "<!here|x>", "<@U0001>", "<#C0001|general>", "<https://evil.example|click>", "&lt;!channel&gt;",
    "@here", "*bold*", "`code`", "~gone~", "_so_", "> quoted", ":tada:", "https://evil.example/a?b=c&d", "a" * 90,
    "&" * 90, "[1]", "|", "\u202eolleh", "\x00\n\t ", "日本", "👍🏽", "```", "<", ">", "&amp;", "",
)  # fmt: skip
WORDS = st.lists(st.sampled_from((*HOSTILE, "In May", "they went.")) | st.text(max_size=6), max_size=3).map(" ".join)
NUMBERS = st.integers(0, 10**6)


class Text(Struct, frozen=True):
    """Words said `times` over, with `joint` after each: a space, or nothing for one long word."""

    words: str
    joint: str
    times: int

    def whole(self) -> str:
        return (self.words + self.joint) * self.times


class SlackThread(Struct, frozen=True):
    """A range of a document, which is cited or was only read."""

    text: Text
    title: str
    path: str
    heading: str | None
    document: int
    start: int
    characters: int
    page: int | None

    @property
    def document_id(self) -> str:
        return f"{self.document:016x}"

    @property
    def source(self) -> str:
        return f"d{self.document}/{self.path}"

    @property
    def url(self) -> str:
        return f"/sources/{self.document_id}#char={self.start},{self.start + 1}"

    def citation(self, number: int) -> Citation:
        return Citation(
            number, self.text.whole(), self.document, self.title, self.start, self.start + self.characters,
            self.source, self.document_id, 1, self.page, self.heading, "0" * 64, 0.5, self.url,
        )  # fmt: skip

    def passage(self, rank: int) -> RetrievedPassage:
        return RetrievedPassage(
            1, self.document_id, self.source, self.start, self.start + self.characters, self.text.whole(), 0.5, rank,
            self.title, self.heading, self.url,
        )  # fmt: skip


class QuotedSentence(Struct, frozen=True):
    """A sentence and its citations. also: how many more say it, the same ones again."""

    text: Text
    cited: tuple[SlackThread, ...]
    also: int
    kind: BlockForm = "sentence"
    parts: tuple[tuple[str, Text, int], ...] = ()  # label, text, depth

    def block(self, numbers: Iterator[int]) -> ContentBlock:
        cited = tuple(each.citation(next(numbers)) for each in self.cited)
        also = tuple(each.citation(next(numbers)) for each in islice(cycle(self.cited), self.also))
        if self.kind == "sentence":
            return ContentBlock(self.text.whole() or "x", cited, also)
        entries = tuple(
            Entry(
                text.whole() or "x",
                cited[0].number,
                0,
                1,
                label,
                at if label else None,
                at + 1 if label else None,
                line,
                depth,
            )
            for line in range(1 if self.kind == "row" else 3)
            for at, (label, text, depth) in enumerate(self.parts[: 1 if self.kind == "list" else None])
        )
        lead = self.text.words if self.kind == "code" or entries else ""
        return ContentBlock(self.text.whole() or "x", cited, also, self.kind, lead, entries)


class Side(Struct, frozen=True):
    """A value, and when each of the documents that give it was written."""

    value: str
    dates: tuple[str | None, ...]

    def group(self, citations: int) -> AnswerGroup:
        mentions = (Mention(1 + at % citations, 0, 1, date) for at, date in enumerate(self.dates))
        return AnswerGroup(self.value, tuple(mentions))


class Recipe(Struct, frozen=True):
    """What a reply is made of. times: how often all sentences are said. passages: how many were read."""

    question: Text
    interpreted_as: Text | None
    answer: Text | None
    sentences: tuple[QuotedSentence, ...]
    times: int
    sides: tuple[Side, ...]
    sides_times: int
    read: SlackThread
    passages: int
    confidence: float
    confidence_label: ConfidenceLabel
    coverage: Literal["top_k", "exhaustive"]
    count: Count | None

    def reply(self) -> Reply:
        numbers = count(1)
        content = tuple(each.block(numbers) for each in self.sentences * self.times)
        citations = next(numbers) - 1
        sides = tuple(each.group(citations) for each in self.sides * self.sides_times) if content else ()
        return Reply(
            id="0123456789abcdef" * 2,
            conversation_id="c1",
            question=self.question.whole(),
            interpreted_as=self.interpreted_as.whole() if self.interpreted_as else None,
            answered=bool(content),
            answer=ShortAnswer(self.answer.whole(), citations, 0, 1) if self.answer and content else None,
            content=content,
            passages=tuple(self.read.passage(rank) for rank in range(1, self.passages + 1)),
            confidence=self.confidence,
            confidence_label=self.confidence_label,
            index_version="v1",
            timings_ms={"total": 1.0},
            disagreement=bool(sides),
            groups=sides,
            coverage=self.coverage,
            count=self.count,
        )


TEXTS = st.builds(Text, WORDS, st.sampled_from((" ", "")), st.integers(1, 200))
PLACES = st.builds(
    SlackThread, TEXTS, WORDS, WORDS, st.none() | WORDS, st.integers(0, 20), NUMBERS, st.integers(1, 9_999),
    st.none() | st.integers(1, 999),
)  # fmt: skip
PARTS = st.tuples(WORDS, TEXTS, st.integers(0, 3))
SENTENCES = st.builds(
    QuotedSentence,
    TEXTS,
    st.lists(PLACES, min_size=1, max_size=2).map(tuple),
    st.sampled_from((0, 0, 1, 12)),
    st.sampled_from(("sentence", "sentence", "list", "row", "record", "code")),
    st.lists(PARTS, max_size=4).map(tuple),
)
SIDES = st.builds(Side, WORDS, st.lists(st.none() | WORDS, max_size=3).map(tuple))
COUNTS = st.builds(Count, st.lists(WORDS, max_size=3).map(tuple), NUMBERS, NUMBERS, NUMBERS, NUMBERS)
RECIPES = st.builds(
    Recipe,
    question=TEXTS,
    interpreted_as=st.none() | TEXTS,
    answer=st.none() | TEXTS,
    sentences=st.lists(SENTENCES, max_size=3).map(tuple),
    times=st.sampled_from((1, 1, 2, 10)),
    sides=st.lists(SIDES, max_size=3).map(tuple),
    sides_times=st.sampled_from((1, 1, 4)),
    read=PLACES,
    passages=st.integers(0, 8),
    confidence=st.floats(0, 1),
    confidence_label=st.sampled_from(("VERY_HIGH", "HIGH", "MEDIUM", "LOW")),
    coverage=st.sampled_from(("top_k", "exhaustive")),
    count=st.none() | COUNTS,
)


def one_sentence(text: str, title: str = "A title", answer: str | None = None) -> Reply:
    """An answer of one sentence."""
    citation = Citation(
        1, text, 0, title, 10, 10 + len(text), "a.txt", "0" * 16, 1, 3, "One › Two", "0" * 64, 0.5,
        "/sources/0000000000000000#char=10,20",
    )  # fmt: skip
    return Reply(
        id="0123456789abcdef" * 2,
        conversation_id="c1",
        question="Which word?",
        interpreted_as=None,
        answered=True,
        answer=ShortAnswer(answer, 1, 10, 20) if answer else None,
        content=(ContentBlock(text, (citation,)),),
        passages=(),
        confidence=0.5,
        confidence_label="MEDIUM",
        index_version="v1",
        timings_ms={"total": 1.0},
    )
