"""Follow-ups: makes a question that leans on the conversation stand alone, by what was said before and nothing else."""

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from index.language.lexicon import FUNCTION_WORDS
from qa.followups.antecedents import Antecedents, antecedents, names_in, stand_alone, told_answer
from qa.followups.rewriting import OPENING, PERSON, PLACE, THING, filled, is_elliptic, named, without_opening
from qa.language.question import AnswerType, analyse, content_words, words
from qa.types import Turn

_POINTING = re.compile(
    r"\b(this|that|these|those|then|there)\b(?! (?:year|month|week|day|summer|winter|decade|century)\b)", re.IGNORECASE
)
_ELSE = re.compile(r"\b(else|other|others|another|more)\b", re.IGNORECASE)
_EMPTY = frozenset(
    "else other others another interesting important significant anything something happen happened".split()
)
_ASKED_FOR = re.compile(r"\b(?:which|what|whose) +[A-Z]\w+", re.IGNORECASE)  # "Which Chinese …" names nobody
_FEW = 2  # content words; a question with no more of its own is too thin to stand alone
_MOST = 2  # forms of a follow-up that are tried beside the question as it is


class Interpretation(Struct, frozen=True):
    """asked: the question itself. question: made to stand alone, in the corpus's words.

    carried: what was brought from earlier turns where it fits nowhere in the question. incomplete: taken as it is
    although it leans on what came before.
    """

    asked: str
    question: str
    carried: str = ""
    incomplete: bool = False

    @property
    def interpreted_as(self) -> str | None:
        """What is searched and read, as it is shown; None where that is the question itself."""
        if self.carried:
            return f"{self.question.rstrip(' ?!.')} ({self.carried})?"
        return self.question if self.question != self.asked else None


def interpretations(asked: str, question: str, turns: Sequence[Turn]) -> tuple[Interpretation, ...]:
    """What a question may mean after `turns` (oldest first), likeliest first; as it is put is always among them.

    question: `asked` in the corpus's words. One that stands alone has one meaning. One that leans on what came before
    has its pronouns named and its gaps filled; where that cannot be, the words of the last question are carried along.
    """
    as_put = Interpretation(asked, question)
    if not turns:
        return (as_put,)
    before, answer = stand_alone(turns[-1]), told_answer(turns[-1].reply)
    changed = tuple(filled(question, before, answer))
    leaning = is_elliptic(question) or _leans(question)
    if not leaning and not _may_lean(question):
        return (as_put,)
    known = antecedents(question, turns)
    if not leaning:
        return (as_put, Interpretation(asked, question, known.topic)) if known.topic else (as_put,)
    found = [Interpretation(asked, form, carried) for form, carried in changed if form != question]
    found = found or _with_names(asked, question, known, turns)
    whole = [meant for meant in dict.fromkeys(found) if meant.interpreted_as is not None][:_MOST]
    return (*whole, replace(as_put, incomplete=bool(whole)))


def _leans(question: str) -> bool:
    """Whether it opens with "and", has next to no words of its own, or a pronoun and nobody named before."""
    content = content_words(question)
    person, thing = PERSON.search(question), THING.search(question)
    if person is not None and not _names(_ASKED_FOR.sub("", question[: person.start()])):
        return True
    if thing is not None and not _names(question[: thing.start()]):
        return len(content) <= 2 * _FEW or not content_words(question[: thing.start()])
    if (_POINTING.search(question) or PLACE.search(question)) and len(content) <= 2 * _FEW and not _names(question):
        return True
    if len(content) < _FEW and not _names(question):
        return True
    return OPENING.match(question) is not None and len(content) <= 2 * _FEW


def _may_lean(question: str) -> bool:
    """Whether it says or names so little that it may be about what was spoken of."""
    content = content_words(question)
    if len(content) <= _FEW and analyse(question).answer_type in (AnswerType.REASON, AnswerType.MANNER):
        return True  # "why did Norway not join?"
    return len(content) <= 2 * _FEW and not _names(question) and not re.search(r"\d", question)


def _with_names(asked: str, question: str, known: Antecedents, turns: Sequence[Turn]) -> list[Interpretation]:
    forms = named(without_opening(question), known, _MOST)
    if forms and not _POINTING.search(forms[0]) and not _ELSE.search(forms[0]) and len(content_words(forms[0])) > _FEW:
        return [Interpretation(asked, form) for form in forms]
    form = forms[0] if forms else without_opening(question)
    return [Interpretation(asked, form, _subject(form, known.topic, turns[-1]))]


def _subject(question: str, topic: str, last: Turn) -> str:
    """What a question leaves unsaid: the answer that named what was asked for, the words of the last question that this
    one has not, and the topic where neither has it."""
    own, said = set(words(question)), stand_alone(last)
    answer = told_answer(last.reply) if analyse(said).asks_form else ""
    if set(words(answer)) & own or (not _names(answer) and not _POINTING.search(question)):
        answer = ""
    new = [word for word in re.findall(r"[\w&’'-]+", said) if not own & set(words(word))]
    carried = " ".join(word for word in new if word.casefold() not in FUNCTION_WORDS | _EMPTY)
    found = [part for part in (answer, carried) if part and not set(words(part)) <= own]
    if topic and not set(words(topic)) & {word for part in (question, *found) for word in words(part)}:
        found.append(topic)
    return ", ".join(dict.fromkeys(found))


def _names(text: str) -> list[str]:
    return list(names_in(text))
