"""Questions made unanswerable in kind: a name, a number or a word of the question exchanged for another of its like.

After the kinds of unanswerable questions in Rajpurkar, Jia and Liang, "Know What You Don't Know" (ACL 2018).
"""

import random
import re
from collections.abc import Sequence

from index.language.names import sure_names
from qa.language.opposites import OPPOSITES

_NUMBER = re.compile(r"\b\d[\d,.]*\d\b|\b\d\b")
_OTHER: dict[str, str] = {}  # the first contrary of a word that has several
for _left, _right in OPPOSITES:
    _OTHER.setdefault(_left, _right)
    _OTHER.setdefault(_right, _left)


def swapped(question: str, text: str, others: Sequence[str], draw: random.Random) -> str | None:
    """The question with one thing exchanged, so that `text`, which answered it, should not: None if nothing can be.

    others: names from elsewhere to exchange with. Tries a name, a number and an opposite in an order that is drawn.
    """
    ways = [_other_name, _other_number, _opposite]
    draw.shuffle(ways)
    made = (way(question, text, others, draw) for way in ways)
    return next((question for question in made if question is not None), None)


def _other_name(question: str, text: str, others: Sequence[str], draw: random.Random) -> str | None:
    asked = [name for name in sure_names(question) if name in text]
    if not asked:
        return None
    name = draw.choice(asked)
    like = [o for o in others if o not in text and o not in question and len(o.split()) == len(name.split())]
    return question.replace(name, draw.choice(like), 1) if like else None


def _other_number(question: str, text: str, _others: Sequence[str], draw: random.Random) -> str | None:
    asked = [match for match in _NUMBER.finditer(question) if match.group() in text]
    if not asked:
        return None
    chosen = draw.choice(asked)
    digits = list(chosen.group())
    places = [place for place, character in enumerate(digits) if character.isdigit()][-2:]
    for place in places:
        digits[place] = draw.choice([d for d in "0123456789" if d != digits[place]])
    other = "".join(digits)
    return None if other in text else question[: chosen.start()] + other + question[chosen.end() :]


def _opposite(question: str, _text: str, _others: Sequence[str], draw: random.Random) -> str | None:
    words = [match for match in re.finditer(r"\w+", question) if match.group() in _OTHER]
    if not words:
        return None
    chosen = draw.choice(words)
    return question[: chosen.start()] + _OTHER[chosen.group()] + question[chosen.end() :]
