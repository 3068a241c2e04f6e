"""Follow-ups: makes a question that leans on the conversation stand alone, by what was said before and nothing else."""

import re
from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from index.language.lexicon import FUNCTION_WORDS
from index.language.names import name_texts
from qa.followups.antecedents import Antecedents, antecedents, as_understood, short_answer_text, stand_alone
from qa.followups.descriptions import described
from qa.followups.limits import FOLLOW_UP_LIMITS
from qa.followups.noun_phrases import noun_phrases
from qa.followups.rewriting import filled, is_elliptic, named, pronoun_in, without_opening
from qa.language.english import ENGLISH
from qa.language.language import FollowUpForms, Language
from qa.language.question import AnswerType, Question, analyse, content_words, words
from qa.reading.reader import OpenPassage, Reading
from qa.types import Turn

_FEW = FOLLOW_UP_LIMITS.few_words


class Interpretation(Struct, frozen=True):
    """asked: the question itself. question: made to stand alone, in the corpus's words.

    follows: the question before, where something was carried. carried: what was brought from earlier turns where it
    fits nowhere in the question. incomplete: taken as it is although it leans on what came before.
    """

    asked: str
    question: str
    carried: str = ""
    follows: str = ""
    incomplete: bool = False

    @property
    def interpreted_as(self) -> str | None:
        """What is searched and read, as it is shown; None where that is the question itself."""
        if self.carried:
            return f"{self.question.rstrip(' ?!.')} ({self.carried})?"
        return self.question if self.question != self.asked else None

    @property
    def following_up_on(self) -> str | None:
        """The question before, where what is searched is no sentence; None where it is one."""
        return (self.follows or None) if self.carried else None


class InterpretationReading(Struct, frozen=True):
    """What was read for one meaning of a question. confidence: calibrated, that its first citation would be right."""

    interpretation: Interpretation
    question: Question
    opened: tuple[OpenPassage, ...]
    reading: Reading
    confidence: float


def choose_interpretation(
    meanings: Sequence[Interpretation],
    read: Callable[[Interpretation], InterpretationReading],
    threshold: float = 0.0,
) -> InterpretationReading:
    """Reads for each meaning (likeliest first, one at least) and takes what reading is surest of, in doubt the
    likeliest; but where that would abstain, below `threshold`, a surer one that finds the same sentence."""
    readings = [read(meaning) for meaning in meanings]
    best = readings[0]
    for each in readings[1:]:
        is_fragment = each.interpretation.incomplete
        margin = FOLLOW_UP_LIMITS.incomplete_margin if is_fragment else FOLLOW_UP_LIMITS.margin
        if _agree(each, best) and best.confidence < threshold <= each.confidence:
            margin = 0.0
        if each.confidence > best.confidence + margin:
            best = each
    return best


def _agree(one: InterpretationReading, other: InterpretationReading) -> bool:
    """Whether both find the same sentence first."""
    places = [
        (each.opened[found.passage_index].document.document_id, found.sentence)
        for each in (one, other)
        for found in each.reading.evidence[:1]
    ]
    return len(places) == 2 and places[0] == places[1]


def needs_a_question_before(question: str, language: Language = ENGLISH) -> bool:
    """Whether it asks nothing by itself: "Why not?", "and China's?". A name alone can be looked up."""
    forms = language.follow_ups
    led = forms.opening.fits(question) and is_elliptic(question, forms)
    return led or forms.bare.fits(question)


def interpretations(
    asked: str, question: str, turns: Sequence[Turn], language: Language = ENGLISH
) -> tuple[Interpretation, ...]:
    """What a question may mean after `turns`; see `_meanings`. What fitted nowhere is told with the question before."""
    found = _meanings(asked, question, turns, language)
    return tuple(replace(each, follows=as_understood(turns[-1])) if each.carried and turns else each for each in found)


def _meanings(asked: str, question: str, turns: Sequence[Turn], language: Language) -> tuple[Interpretation, ...]:
    """What a question may mean after `turns` (oldest first), likeliest first; as it is put is always among them.

    question: `asked` in the corpus's words. One that stands alone has one meaning. One that leans on what came before
    has its pronouns named and its gaps filled; where that cannot be, the words of the last question are carried along.
    """
    as_put = Interpretation(asked, question)
    if not turns:
        return (as_put,)
    forms = language.follow_ups
    before, answer = stand_alone(turns[-1]), short_answer_text(turns[-1].reply)
    changed = tuple(filled(question, before, answer, forms))
    leaning = is_elliptic(question, forms) or _leans(question, forms)
    known = antecedents(question, turns, forms)
    names = (*known.things, *known.persons)
    if not is_elliptic(question, forms) and pronoun_free(question, forms):
        asked_before = [stand_alone(turn) for turn in reversed(turns)]
        if meant := described(question, asked_before, names, known.evidence, forms):
            return (Interpretation(asked, without_opening(meant, forms)), replace(as_put, incomplete=True))
    if not leaning and not _may_lean(question):
        return (as_put,)
    if not leaning:
        with_topic = Interpretation(asked, question, _plain(known.topic, forms))
        ordered = (with_topic, as_put) if _goes_on(question, turns[-1], forms) else (as_put, with_topic)
        return ordered if known.topic else (as_put,)
    found = [Interpretation(asked, form, carried) for form, carried in changed if form != question]
    found = found or _with_names(asked, question, known, turns, forms)
    whole = [meant for meant in dict.fromkeys(found) if meant.interpreted_as is not None][: FOLLOW_UP_LIMITS.most_forms]
    return (*whole, replace(as_put, incomplete=bool(whole)))


def pronoun_free(question: str, forms: FollowUpForms) -> bool:
    """Whether no pronoun of it stands for something that was spoken of."""
    return pronoun_in(question, forms.thing, forms) is None and not forms.person.fits(question)


def _leans(question: str, forms: FollowUpForms) -> bool:
    """Whether it opens with "and", has next to no words of its own, or a pronoun and nobody named before."""
    content = content_words(question)
    is_thin, is_short = len(content) < _FEW, len(content) <= 2 * _FEW
    person, thing = forms.person.find(question), pronoun_in(question, forms.thing, forms)
    if forms.object.fits(question) or forms.that.fits(question):
        return is_short
    if person is not None and not name_texts(forms.asked_for.put("", question[: person.start()])):
        return True
    if thing is not None and not name_texts(question[: thing.start()]):
        return is_short or not content_words(question[: thing.start()])
    points = forms.pointing.fits(question) or forms.place.fits(question)
    if ((points and is_short) or is_thin) and not name_texts(question):
        return True
    return forms.opening.fits(question) and is_short


def _goes_on(question: str, last: Turn, forms: FollowUpForms) -> bool:
    """Whether it speaks of something that the last turn spoke of as known."""
    said = set(words(as_understood(last))) | set(words(last.answer_text))
    found = [each for each in noun_phrases(question, forms) if each.opening.casefold() in forms.pointing_openings]
    return any(each.head.casefold() in said and forms.of not in each.text for each in found)


def _may_lean(question: str) -> bool:
    """Whether it says or names so little that it may be about what was spoken of."""
    content = content_words(question)
    if len(content) <= _FEW and analyse(question).answer_type in (AnswerType.REASON, AnswerType.MANNER):
        return True  # "why did Norway not join?"
    return len(content) <= 2 * _FEW and not name_texts(question) and not re.search(r"\d", question)


def _with_names(
    asked: str, question: str, known: Antecedents, turns: Sequence[Turn], forms: FollowUpForms
) -> list[Interpretation]:
    rest = without_opening(question, forms)
    made = named(rest, known, FOLLOW_UP_LIMITS.most_forms, forms)
    points = made and (forms.pointing.fits(made[0]) or forms.other.fits(made[0]))
    if made and not points and len(content_words(made[0])) > _FEW:
        return [Interpretation(asked, each) for each in made]
    first = made[0] if made else rest
    return [Interpretation(asked, first, _subject(first, known.topic, turns[-1], forms))]


def _plain(topic: str, forms: FollowUpForms) -> str:
    return topic.removeprefix(f"{forms.article} ")


def _subject(question: str, topic: str, last: Turn, forms: FollowUpForms) -> str:
    """What a question leaves unsaid: the answer that named what was asked for, the words of the last question that this
    one has not, and the topic where neither has it."""
    own, previous = set(words(question)), stand_alone(last)
    answer = short_answer_text(last.reply) if analyse(previous).asks_form else ""
    if set(words(answer)) & own or (not name_texts(answer) and not forms.pointing.fits(question)):
        answer = ""
    new = [word for word in re.findall(r"[\w&’'-]+", previous) if not own & set(words(word))]
    carried = " ".join(word for word in new if word.casefold() not in FUNCTION_WORDS | forms.empty)
    found = [part for part in (answer, carried) if part and not set(words(part)) <= own]
    topic = _plain(topic, forms)
    if topic and not set(words(topic)) & {word for part in (question, *found) for word in words(part)}:
        found.append(topic)
    return ", ".join(dict.fromkeys(found))
