"""Turns as a conversation holds them, for tests of what leans on them."""

from qa.types import Citation, ContentBlock, Reply, ShortAnswer, Turn


def turn(
    question: str, sentence: str = "", short: str = "", *, title: str = "A title of more words than names have"
) -> Turn:
    """A question, the sentence that was cited (none: an abstention), and the short answer in it."""
    citation = Citation(1, sentence, 0, title, 0, len(sentence), "a.txt", "d", 1, None, None, "", 0.5, "/")
    reply = Reply(
        id="r",
        conversation_id="c",
        question=question,
        interpreted_as=None,
        answered=bool(sentence),
        answer=ShortAnswer(short, 1, sentence.find(short), sentence.find(short) + len(short)) if short else None,
        content=(ContentBlock(sentence, (citation,)),) if sentence else (),
        passages=(),
        confidence=0.8 if sentence else 0.1,
        confidence_label="HIGH" if sentence else "LOW",
        index_version="v",
        timings_ms={},
    )
    return Turn("t", question, None, bool(sentence), sentence, "2026-01-01T00:00:00+00:00", reply)
