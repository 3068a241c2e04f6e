"""Replies of the kinds that need more than one sentence each: sides that differ, words said twice, a count."""

from collections.abc import Callable
from typing import Any

from qa.types import AnswerGroup, Citation, ContentBlock, Count, Mention, Reply, ShortAnswer
from tests import structured

REPORT = "Annual report of the harbour of Norhaven, with the accounts of the year"
AUDIT = "What the new quay of Norhaven cost: findings of the district's auditors"
PAPER = "“A quay for the next hundred years”: the harbour master looks back"
COST = "The new quay cost 4.2 million euros, a little less than planned."
COST_AGAIN = "A little less than planned, the new quay cost 4.2 million euros."
COST_AUDITED = "With interest and the dredging of the basin, the quay cost 5.1 million euros."
QUAYS = [f"The quay was closed for {n} days in winter number {n}, when ice stood in the basin." for n in range(1, 8)]

TEXTS = {
    "report": ("reports/2021.txt", "\n\n".join([REPORT, COST, *QUAYS])),
    "audit": ("audit.txt", f"{AUDIT}\n\n{COST_AUDITED}"),
    "paper": ("paper.txt", f"{PAPER}\n\n{COST_AGAIN}"),
}

Cite = Callable[[str, str, int], Citation]


def _block(citation: Citation, *also: Citation) -> ContentBlock:
    return ContentBlock(citation.cited_text, (citation,), also)


def _mention(citation: Citation, words: str, date: str | None) -> Mention:
    start = citation.start_char_index + citation.cited_text.index(words)
    return Mention(citation.number, start, start + len(words), date)


def quay(cite: Cite) -> dict[str, Any]:
    """Two values, one of them given twice; fields of a Reply."""
    first, again, other = cite("report", COST, 1), cite("paper", COST_AGAIN, 2), cite("audit", COST_AUDITED, 3)
    less, more = "4.2 million euros", "5.1 million euros"
    return {
        "content": (_block(first, again), _block(other)),
        "disagreement": True,
        "groups": (
            AnswerGroup(less, (_mention(first, less, "2021-12-31"), _mention(again, less, None))),
            AnswerGroup(more, (_mention(other, more, "2023-03-09"),)),
        ),
    }


def mentions(cite: Cite) -> dict[str, Any]:
    """An exhaustive reply that quotes nine of eleven sentences of three documents, the documents' sentences mixed."""
    spots = [("report", COST), ("audit", COST_AUDITED), *(("report", words) for words in QUAYS)]
    cited = [cite(name, words, number) for number, (name, words) in enumerate(spots, 1)]
    blocks = [_block(cited[0], cite("paper", COST_AGAIN, len(cited) + 1)), *map(_block, cited[1:])]
    return {"content": tuple(blocks), "coverage": "exhaustive", "count": Count(("quay",), 3, 9, 12, 10)}


def nothing(cite: Cite) -> dict[str, Any]:  # noqa: ARG001 (as the others)
    """An exhaustive reply that found nothing."""
    return {"content": (), "answered": False, "coverage": "exhaustive", "count": Count(("zeppelin",), 0, 9, 0, 0)}


def _written(make: Callable[[], Reply]) -> Callable[[Cite], dict[str, Any]]:
    """The blocks of a reply from documents of its own."""
    return lambda _: {"content": make().content}


def address(_: Cite) -> dict[str, Any]:
    """A short answer that is a link's address."""
    return {**_written(structured.records)(_), "answer": ShortAnswer("https://example.org/a_b?c=d", 1, 0, 1)}


def script_address(_: Cite) -> dict[str, Any]:
    """A short answer that only looks like one."""
    return {
        **_written(structured.records)(_),
        "answer": ShortAnswer("javascript:window.hacked=9//https://a.b", 1, 0, 1),
    }


SCENES = {
    "show steps": _written(structured.steps),
    "show items": _written(structured.items),
    "show rows": _written(structured.rows),
    "show wide": _written(structured.wide),
    "show records": _written(structured.records),
    "show code": _written(structured.code),
    "show struck": _written(structured.struck),
    "show mixed": _written(structured.mixed),
    "show address": address,
    "show script": script_address,
    "quay cost": quay,
    "mention quays": mentions,
    "zeppelin": nothing,
}


def fields(question: str, cite: Cite) -> dict[str, Any]:
    """The fields in which the reply to a question is not a plain one. "slightly": the short answer is on no side."""
    made = next((make(cite) for words, make in SCENES.items() if words in question), None)
    if made is None:
        return {}
    if not made.get("groups"):
        return {"answer": None, **made}
    first: Citation = made["content"][0].citations[0]
    words = "little less" if "slightly" in question else made["groups"][0].text
    start = first.start_char_index + first.cited_text.index(words)
    return {**made, "answer": ShortAnswer(words, first.number, start, start + len(words))}
