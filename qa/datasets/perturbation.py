"""Questions made unanswerable in kind: a name, a number or a word of the question exchanged for another of its like, or
the sentence that answers taken out of the text.

After the kinds of unanswerable questions in Rajpurkar, Jia and Liang, "Know What You Don't Know" (ACL 2018).
"""

import random
import re
from collections.abc import Sequence

from index.language.names import sure_names
from index.sentences.splitting import split_text
from qa.language.opposites import OPPOSITES

_NUMBER = re.compile(r"\b\d[\d,.]*\d\b|\b\d\b")
_FEWEST_SENTENCES = 2
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


def without_answer(text: str, spans: Sequence[tuple[int, int]]) -> str | None:
    """The text without the sentences that have a range of `spans`: None where too little is left to be read, or where
    the words of a range are said elsewhere too."""
    answers = {text[start:end].casefold() for start, end in spans}
    kept = [
        text[part.start : part.end]
        for part in split_text(text)
        if all(part.end <= start or end <= part.start for start, end in spans)
    ]
    left = " ".join(kept)
    said = any(answer in left.casefold() for answer in answers)
    return None if said or len(kept) < _FEWEST_SENTENCES else left


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
