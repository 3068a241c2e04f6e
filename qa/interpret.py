"""Follow-ups: makes a question that leans on the conversation stand alone, by what was said before and nothing else."""

import re
from collections.abc import Sequence

from msgspec import Struct

from qa.questions import FUNCTION_WORDS, content_words, words
from qa.types import Turn

_PERSON = re.compile(r"\b(he|she|him|his|her|hers)\b", re.IGNORECASE)
_THING = re.compile(r"\b(it|its|they|them|their|theirs|this|that|these|those|there|then)\b", re.IGNORECASE)
_OPENING = re.compile(
    r"^\W*(and|but|so|or|also|what about|how about|why|how so|(who|what|where) else|since when)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"\b[A-Z][\w’'-]+(?: (?:of |the |and )?[A-Z][\w’'-]+)*")
_ASKED_FOR = re.compile(r"\b(?:which|what|whose) +[A-Z]\w+", re.IGNORECASE)  # "Which Chinese …" names nobody
_FEW = 2  # content words; a question with no more of its own is too thin to stand alone


class Interpretation(Struct, frozen=True):
    """asked: the question itself. question: in the corpus's words. carried: what was brought from earlier turns."""

    asked: str
    question: str
    carried: str = ""

    @property
    def interpreted_as(self) -> str | None:
        """What is searched and read, as it is shown; None where that is the question itself."""
        if self.carried:
            return f"{self.question.rstrip(' ?!.')} ({self.carried})?"
        return self.question if self.question != self.asked else None


def interpret(asked: str, question: str, turns: Sequence[Turn]) -> Interpretation:
    """The stand-alone form of a question after `turns` (oldest first). question: `asked` in the corpus's words.

    A question leans on what came before if it opens with "and" or the like, has next to no words of its own, or has a
    pronoun and nobody named before it; others are taken as they are. For one that leans, the last turn's subject is
    carried over: the person its answer named (unless that was unsure) for "he" or "she", the words of its question for
    the rest.
    """
    if not turns or not _leans(question):
        return Interpretation(asked, question)
    return Interpretation(asked, question, _subject(question, turns))


def _leans(question: str) -> bool:
    content = content_words(question)
    person, thing = _PERSON.search(question), _THING.search(question)
    if person is not None and not _names(_ASKED_FOR.sub("", question[: person.start()])):
        return True
    if thing is not None and len(content) <= 2 * _FEW and not _names(question[: thing.start()]):
        return True
    return len(content) < _FEW or (_OPENING.match(question) is not None and len(content) <= 2 * _FEW)


def _subject(question: str, turns: Sequence[Turn]) -> str:
    last = turns[-1]
    known = set(content_words(question))
    carried: list[str] = []
    sure = last.reply is not None and last.reply.confidence_label != "LOW"
    answer = last.reply.answer.text if last.reply and last.reply.answer and sure else ""
    if _PERSON.search(question) and answer and _names(answer):
        carried.append(answer)
    said = last.question if len(content_words(last.question)) >= _FEW else last.interpreted_as or last.question
    new = [word for word in re.findall(r"[\w&’'-]+", said) if not known & set(words(word))]
    carried.append(" ".join(word for word in new if word.casefold() not in FUNCTION_WORDS))
    return ", ".join(dict.fromkeys(part for part in carried if part))


def _names(text: str) -> list[str]:
    """Capitalised runs that are no function words: likely names."""
    return [m.group() for m in _NAME.finditer(text) if m.group().casefold() not in FUNCTION_WORDS]
