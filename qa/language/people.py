"""People whom a sentence presents: "Ada Byron, a miller of Weir", "economist Ada Byron"."""

import re
from collections.abc import Iterator

_ROLES = frozenset(
    """president minister premier chancellor king queen emperor empress prince princess tsar pope bishop archbishop
    saint secretary general chief chairman chairwoman chair director governor mayor senator ambassador captain
    colonel admiral judge justice professor doctor engineer architect leader founder author writer poet novelist
    playwright inventor scientist physicist chemist biologist mathematician astronomer philosopher economist
    historian theologian sociologist psychologist politician diplomat spokesman spokeswoman spokesperson lawyer
    attorney journalist editor reporter actor actress singer musician composer artist painter sculptor
    photographer player coach manager executive entrepreneur businessman businesswoman banker merchant soldier
    officer commander explorer missionary priest monk reformer activist researcher scholar analyst expert
    teacher student physician surgeon nurse biochemist botanist geologist linguist anthropologist archaeologist
    producer filmmaker screenwriter designer programmer developer ruler khan sultan statesman strategist advisor
    adviser aide lawmaker legislator congressman ceo cofounder co-founder successor heir footballer pianist
    violinist conductor critic translator naturalist""".split()
)
_NAME = r"[A-Z][a-zà-ž’'-]+(?:\s(?:[A-Z]\.|de|von|van|bin|al)){0,2}(?:\s[A-Z][a-zà-ž’'-]+){1,2}"
_PRESENTED = re.compile(
    rf"(?<![A-Z])(?P<name>{_NAME}),\s+(?:an?|the|then|former|its|one of the)\s+(?P<role>[^,.;]{{3,90}})[,.]"
)
_TITLED = re.compile(rf"\b(?P<role>[a-z]+)\s(?P<name>{_NAME})(?=[\s,.])")
_OF = re.compile(r"\s(?:of|for|in|on|at|to|from|with|by|that|who|which|whose|and|under|during|known)\b")


def person_noun(word: str) -> bool:
    """Whether it names what a person is or does."""
    return word.casefold().rpartition("-")[2] in _ROLES


def people_of(sentence: str) -> Iterator[str]:
    """The names of those whom the sentence presents with what they are, each once."""
    found: dict[str, None] = {}
    for match in _PRESENTED.finditer(sentence):
        head = _OF.split(match["role"])[0].split()
        if head and person_noun(head[-1]):
            found[match["name"]] = None
    for match in _TITLED.finditer(sentence):
        if person_noun(match["role"]) and match["role"] != "general":
            found[match["name"]] = None
    yield from (name for name in found if not re.search(r"[’']s?$", name))
