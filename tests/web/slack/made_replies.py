"""Replies of any shape and any words, for what must hold whatever documents say."""

from hypothesis import strategies as st

from qa.types import AnswerGroup, Citation, ContentBlock, Count, Mention, Reply, RetrievedPassage, ShortAnswer

HOSTILE = (
    "<!channel>", "<!here|x>", "<@U0001>", "<#C0001|general>", "<https://evil.example|click>", "&lt;!channel&gt;",
    "@here", "*bold*", "`code`", "~gone~", "_so_", "> quoted", ":tada:", "https://evil.example/a?b=c&d", "a" * 400,
    "&" * 90, "[1]", "|", "\u202eolleh", "\x00\n\t ", "日本", "👍🏽", "```", "<", ">", "&amp;", "",
)  # fmt: skip
WORDS = st.lists(st.sampled_from((*HOSTILE, "In May", "they went.")) | st.text(max_size=6), max_size=3).map(" ".join)
LONG_WORDS = st.builds(lambda text, times: (text + " ") * times, WORDS, st.integers(1, 200))


@st.composite
def citations(draw: st.DrawFn, number: int) -> Citation:
    start = draw(st.integers(0, 10**6))
    document = draw(st.integers(0, 20))
    return Citation(
        number=number,
        cited_text=draw(LONG_WORDS),
        document_index=document,
        document_title=draw(WORDS),
        start_char_index=start,
        end_char_index=start + draw(st.integers(1, 9_999)),
        source=f"d{document}/{draw(WORDS)}",
        document_id=f"{document:016x}",
        passage_id=1,
        page=draw(st.none() | st.integers(1, 999)),
        heading=draw(st.none() | WORDS),
        content_sha256="0" * 64,
        similarity=0.5,
        url=f"/sources/{document:016x}#char={start},{start + 1}",
    )


@st.composite
def replies(draw: st.DrawFn) -> Reply:
    content: list[ContentBlock] = []
    number = 0
    for _ in range(draw(st.sampled_from((0, 1, 2, 5, 30)))):
        cited = [draw(citations(number := number + 1)) for _ in range(draw(st.integers(1, 2)))]
        also = [draw(citations(number := number + 1)) for _ in range(draw(st.sampled_from((0, 0, 1, 12))))]
        content.append(ContentBlock(draw(LONG_WORDS) or "x", tuple(cited), tuple(also)))
    mentions = st.lists(st.builds(Mention, st.integers(1, max(number, 1)), st.just(0), st.just(1), st.none() | WORDS))
    groups = st.lists(st.builds(AnswerGroup, WORDS, mentions.map(tuple)), max_size=12) if content else st.just([])
    counts = st.builds(Count, st.lists(WORDS).map(tuple), *[st.integers(0, 10**6)] * 4)
    sides = tuple(draw(groups))
    return Reply(
        id="0123456789abcdef" * 2,
        conversation_id="c1",
        question=draw(LONG_WORDS),
        interpreted_as=draw(st.none() | LONG_WORDS),
        answered=bool(content),
        answer=draw(st.none() | st.builds(ShortAnswer, LONG_WORDS, st.integers(1, number), st.just(0), st.just(1)))
        if content
        else None,
        content=tuple(content),
        passages=tuple(draw(st.lists(passages(), max_size=8))),
        confidence=draw(st.floats(0, 1)),
        confidence_label=draw(st.sampled_from(("VERY_HIGH", "HIGH", "MEDIUM", "LOW"))),
        index_version="v1",
        timings_ms={"total": 1.0},
        disagreement=bool(sides),
        groups=sides,
        coverage=draw(st.sampled_from(("top_k", "exhaustive"))),
        count=draw(st.none() | counts),
    )


def passages() -> st.SearchStrategy[RetrievedPassage]:
    return st.builds(
        RetrievedPassage,
        passage_id=st.just(1),
        document_id=st.just("0" * 16),
        source=WORDS,
        start_char_index=st.integers(0, 99),
        end_char_index=st.integers(100, 9_999),
        text=LONG_WORDS,
        similarity=st.just(0.5),
        rank=st.integers(1, 8),
        document_title=WORDS,
        heading=st.none() | WORDS,
        url=st.just("/sources/0000000000000000#char=0,1"),
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
