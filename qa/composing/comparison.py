"""Comparison: the things a question sets beside each other, each of which its answer has to speak of."""

import re
from functools import lru_cache

from msgspec import Struct

from index.language.lexicon import FUNCTION_WORDS
from qa.language.question import Question, words

_BETWEEN = re.compile(
    r"\b(?:compar\w+|contrast\w*|(?:differ|similarit)\w* between|in common|alike|better|worse)\b", re.IGNORECASE
)
_CHOICE = re.compile(r"\A\W*(?:is|are|was|were|do|does|did|has|have|which)\b.*\bor\b", re.IGNORECASE)
_AGAINST = re.compile(
    r"\b(?:compared? (?:to|with)|in contrast (?:to|with)|as opposed to|rather than|different from|differs? from|unlike|"
    r"similar to|versus|vs|than(?!\s+\d))\b",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\b(?:and|or)\b", re.IGNORECASE)
_EITHER = re.compile(r"\bor\b", re.IGNORECASE)
_TEXTS = r"(?:articles|papers|documents|sources|reports|texts|accounts|stories|authors|files|studies)\b(?! of\b)"
_SEVERAL_TEXTS = re.compile(
    rf"\b(?:two|both|different|various|several|each of the|all (?:of )?the)\s+(?:[\w-]+\s+){{0,2}}?{_TEXTS}|"
    rf"\bthe\s+(?:[\w-]+\s+)?{_TEXTS}\s+(?:say|report|give|state|claim|tell|mention|name|call|agree|disagree)\b",
    re.IGNORECASE,
)
_FEWEST_LETTERS = 4  # of a word's beginning that tell it from others, whatever its ending
_COMPARING = re.compile(r"(?:compar|contrast|differ|similar|alike|unlike|spell)")  # a word that asks, and names nothing


class Comparison(Struct, frozen=True):
    """things: two things, each by a word of the question that tells it from the other; empty if none are told apart.

    documents: whether what several documents say is asked for. at_length: whether more than a word would answer.
    """

    things: tuple[str, ...] = ()
    documents: bool = False
    at_length: bool = False


def comparison(question: Question) -> Comparison:
    """What a question compares, told from its form alone: what stands around "and", "or", "than" and their like."""
    text = question.own
    documents = _SEVERAL_TEXTS.search(text) is not None
    against = _AGAINST.search(text)
    if _BETWEEN.search(text):
        joined = list(_JOINED.finditer(text))
    else:
        joined = list(_EITHER.finditer(text)) if _CHOICE.search(text) else []
    for parting in (against, *joined):
        if parting is None:
            continue
        left, right = _content(text[: parting.start()]), _content(text[parting.end() :])
        left_only, right_only = [w for w in left if w not in right], [w for w in right if w not in left]
        if parting is against:  # the subject, which is a name if there is one, against the first thing after
            left_only = [word for word in left_only if not word.endswith("er")] or left_only
            left_only = _capitalised(left_only, text)[:1] or left_only
            right_only = _capitalised(right_only, text)[:1] or right_only
        if left_only and right_only:
            at_length = against is not None or _BETWEEN.search(text) is not None
            return Comparison((left_only[-1], right_only[0]), documents, at_length)
    return Comparison((), documents)


def speaks_of(thing: str, text: str) -> bool:
    """Whether a text has the word of a thing, in whatever form."""
    return any(_alike(thing, word) for word in _words_of(text))


@lru_cache(maxsize=4_096)
def _words_of(text: str) -> frozenset[str]:
    return frozenset(words(text))


def _content(text: str) -> list[str]:
    return [word for word in words(text) if word not in FUNCTION_WORDS and not _COMPARING.match(word)]


def _capitalised(wanted: list[str], text: str) -> list[str]:
    capitals = {word.casefold() for word in re.findall(r"[^\W\d_]\w*", text) if word[0].isupper()}
    return [word for word in wanted if word in capitals]


def _alike(left: str, right: str) -> bool:
    if left[0] != right[0]:
        return False
    shared = min(len(left), len(right))
    same = next((number for number in range(shared) if left[number] != right[number]), shared)
    return same == max(len(left), len(right)) or same >= max(_FEWEST_LETTERS, shared - 2)
