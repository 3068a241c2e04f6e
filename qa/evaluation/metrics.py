"""The figures a reply is judged by: exact match and F1 as SQuAD defines them, and overlap with the right evidence.

Rajpurkar et al., "SQuAD: 100,000+ Questions for Machine Comprehension of Text", EMNLP 2016; of no answer, Rajpurkar et
al., "Know What You Don't Know", ACL 2018.
"""

import re
import string
from collections import Counter
from collections.abc import Iterable, Sequence

from qa.datasets.question_set import Example, Gold
from qa.types import Reply

_ARTICLES = re.compile(r"\b(a|an|the)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation)  # ASCII only, as SQuAD has it


def normalised(text: str) -> str:
    """Lower case, without punctuation, articles and extra space."""
    return " ".join(_ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split())


def exact_match(answer: str, accepted: Iterable[str]) -> bool:
    """Whether the answer is one of the accepted, normalised."""
    return normalised(answer) in {normalised(text) for text in accepted}


def f1(answer: str, accepted: Iterable[str]) -> float:
    """The best F1 of words shared with an accepted answer, 0 to 1; without a word on either side it is 1."""
    return max((_f1(normalised(answer).split(), normalised(text).split()) for text in accepted), default=0.0)


def worded(accepted: Iterable[str]) -> tuple[str, ...]:
    """The accepted answers that have a word left when normalised; none at all is the answer "", as SQuAD 2.0 has it."""
    return tuple(text for text in accepted if normalised(text)) or ("",)


def _f1(left: list[str], right: list[str]) -> float:
    if not left or not right:
        return float(left == right)
    common = sum((Counter(left) & Counter(right)).values())
    return 2 * common / (len(left) + len(right)) if common else 0.0


def contains(answer: str, accepted: Iterable[str]) -> bool:
    """Whether the answer holds an accepted one, or one holds it (at least one word)."""
    own = f" {normalised(answer)} "
    return any(
        f" {other} " in own or own in f" {other} " for other in map(normalised, accepted) if other and own.strip()
    )


def overlaps(source: str, start: int, end: int, gold: Gold) -> bool:
    """Whether a range and a right answer share at least half of the shorter one."""
    shared = min(end, gold.end) - max(start, gold.start)
    return source == gold.source and shared > 0 and 2 * shared >= min(end - start, gold.end - gold.start)


def passage_rank(reply: Reply, example: Example) -> int | None:
    """The rank, from 1, of the first passage that overlaps a right answer."""
    for passage in reply.passages:
        if any(overlaps(passage.source, passage.start_char_index, passage.end_char_index, g) for g in example.gold):
            return passage.rank
    return None


def cited_gold(reply: Reply, example: Example) -> list[set[int]]:
    """For each sentence of the answer, which right answers its citations overlap."""
    return [
        {
            number
            for number, gold in enumerate(example.gold)
            for c in block.citations
            if overlaps(c.source, c.start_char_index, c.end_char_index, gold)
        }
        for block in reply.content
    ]


def complete(cited: Sequence[set[int]], example: Example) -> bool:
    """Whether every group of needed answers has one cited; without groups, whether any answer is."""
    every = set().union(*cited) if cited else set()
    return all(every & set(group) for group in example.need) if example.need else bool(every)
