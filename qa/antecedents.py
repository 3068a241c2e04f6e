"""What a follow-up may point back to: the persons, places and things that were named before, likeliest first."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from qa.names import read_name
from qa.questions import FUNCTION_WORDS, AnswerType, analyse, words
from qa.types import Citation, Reply, Turn

_CAPITALISED = r"(?:(?![a-z])[^\W\d_])[\w&’'.-]*\w"
NAME = re.compile(
    rf"\b{_CAPITALISED}(?: (?:(?:of|the|and|for|de|la|von|van|al|bin|del|di|du|da) ){{0,2}}{_CAPITALISED})*"
)
_ROLE = (
    r"(?:mr|mrs|ms|dr|sir|lord|lady|prof|professor|president|minister|premier|chancellor|king|queen|emperor|prince|"
    r"princess|pope|saint|secretary|general|chairman|chairwoman|director|governor|mayor|senator|ambassador|captain|"
    r"colonel|admiral|judge|adviser|advisor|diplomat|spokesman|spokeswoman|economist|singer|actor|actress|author|"
    r"writer|poet|player|coach|engineer|artist|leader|aide|scholar)\.?"
)
_ACTS = (
    r"(?:said|says|told|tells|spoke|wrote|writes|argued|argues|added|asked|met|meets|visited|married|died|born|"
    r"explained|claimed|claims|noted|notes|thinks|thought|joked|resigned|retired|who|whose|himself|herself|he|she|his|her)"
)
_WHERE = r"(?:in|at|near|from|into|across|throughout|outside|inside|around|via|toward|towards|to|reached|left)"
_GROUP = frozenset(
    """party bank ministry council university company committee association institute agency office group union league
    forum initiative project treaty agreement war act plan corporation congress parliament government police army
    fund organization organisation band club team society church college school press times journal post news
    countries states nations states islands people department court commission foundation republic kingdom
    conference summit association river sea ocean mountain lake street road belt bridge tower""".split()
)
_DEFINITE = re.compile(
    r"\b(?P<before>\w+ )?(?P<phrase>(?:the|an?|this|that|these|those) (?:[a-z][\w-]*[ ]){0,3}?[a-z][\w-]*)"
    r"(?=\W*$|[,;]| (?:of|in|on|at|to|for|from|with|by|who|that|which|and|or|as|after|before|during|between)\b)"
)
_AUXILIARY = frozenset("do does did can could will would should has have had may might must".split())
_SHOWN_PASSAGES = 4
_LONGEST_TITLE = 5  # words


class Antecedents(Struct, frozen=True):
    """Each likeliest first, as the conversation has it, none that the follow-up names itself."""

    persons: tuple[str, ...]
    places: tuple[str, ...]
    things: tuple[str, ...]


def antecedents(question: str, turns: Sequence[Turn]) -> Antecedents:
    """Of a question after `turns` (oldest first). The latest turn comes first, then those before it."""
    own = set(words(question))
    persons: list[str] = []
    places: list[str] = []
    things: list[str] = []
    for turn in reversed(turns):
        evidence = "\n".join(_evidence(turn))
        for name in _named(turn):
            if own & set(words(name)):
                continue
            if name[0].islower():
                things.append(name)
                continue
            person, place = _likeness(name, evidence)
            answers = _is_answer(name, turn)
            if person > place or (answers is AnswerType.PERSON and person >= 0):
                persons.append(name)
            if place > 0 or answers is AnswerType.PLACE:
                places.append(name)
            if person <= 0:
                things.append(name)
    return Antecedents(_distinct(persons), _distinct(places), _distinct(things))


def stand_alone(turn: Turn) -> str:
    """The turn's question with what was carried over to it."""
    return turn.interpreted_as or turn.question


def names_in(text: str) -> Iterator[str]:
    """Capitalised runs, without function words at their beginning ("Did Abe" is Abe)."""
    for match in NAME.finditer(text):
        yield from _without_function_words(match.group())


def _without_function_words(run_of_names: str) -> Iterator[str]:
    """A run in its parts where "and the" joins them; a part begins with its name."""
    for part in run_of_names.split(" and the "):
        run = part.split(" ")
        while run and re.sub(r"[’']\w*$", "", run[0]).casefold() in FUNCTION_WORDS:
            run = run[1:]
        name = re.sub(r"[’']s?$", "", " ".join(run)).rstrip(".")
        if name:
            yield name


def _named(turn: Turn) -> Iterator[str]:
    """What a turn names: a sure short answer, its question (things without a name, too), its cited sentences and their
    documents."""
    reply = turn.reply
    if answer := sure_answer(reply):
        yield from names_in(answer)
    yield from names_in(stand_alone(turn))
    yield from _phrases(stand_alone(turn))
    if reply is not None:
        for block in reply.content[:2]:
            yield from names_in(block.text)
        yield from (title for block in reply.content[:1] for title in _titles(block.citations[0]))
    else:
        yield from names_in(turn.answer_text)


def _titles(citation: Citation) -> Iterator[str]:
    """Title and headings that are names and nothing else: what all below them is about."""
    for title in (*reversed((citation.heading or "").split(" › ")), citation.document_title):
        plain = re.sub(r" *\(.*?\) *$", "", title)
        if len(plain.split()) <= _LONGEST_TITLE and next(names_in(plain), None) == plain:
            yield plain


def sure_answer(reply: Reply | None) -> str:
    """The short answer, unless it is a guess."""
    if reply is None or reply.answer is None or reply.confidence_label == "LOW":
        return ""
    return reply.answer.text


def _evidence(turn: Turn) -> Iterator[str]:
    """Where it shows what a name is of."""
    yield stand_alone(turn)
    yield turn.answer_text
    if turn.reply is not None:
        yield from (block.text for block in turn.reply.content)
        yield from (passage.text for passage in turn.reply.passages[:_SHOWN_PASSAGES])


def _likeness(name: str, evidence: str) -> tuple[int, int]:
    """How many signs there are that a name is a person's, and a place's; negative where it cannot be."""
    read = read_name(name)
    is_country = any(each.is_country for each in read)
    if is_country or name.isupper() or " and " in name or _GROUP & set(words(name)):
        person = -1
    else:
        last = re.escape(name.split(" ")[-1])
        person = _times(rf"(?i:\b{_ROLE}) (?:[A-Z][\w’'-]+ )?{last}\b", evidence)
        person += _times(rf"\b{last},? {_ACTS}\b", evidence)
        person += len(name.split(" ")) in (2, 3) and " of " not in name
    place = _times(rf"\b{_WHERE} (?:the )?{re.escape(name)}\b(?! (?i:{_ACTS})\b)", evidence) + 2 * is_country
    return person, place if not name.isupper() else 0


def _times(pattern: str, text: str) -> int:
    return min(3, len(re.findall(pattern, text)))


def _is_answer(name: str, turn: Turn) -> AnswerType | None:
    """What the turn asked for, if the name is its answer."""
    return analyse(stand_alone(turn)).answer_type if name in sure_answer(turn.reply) else None


def _phrases(question: str) -> Iterator[str]:
    """Things without a name: definite phrases, but for one whose end cannot be told ("did the war end")."""
    for match in _DEFINITE.finditer(question):
        if (match["before"] or "").strip().casefold() not in _AUXILIARY:
            yield re.sub(r"^(?:an?|this|that|these|those) ", "the ", match["phrase"], flags=re.IGNORECASE)


def _distinct(names: list[str]) -> tuple[str, ...]:
    """Each once: a name and its shorter forms are one, as it was said first."""
    kept: list[str] = []
    for name in names:
        if not any(set(words(name)) <= set(words(other)) or set(words(other)) <= set(words(name)) for other in kept):
            kept.append(name)
    return tuple(kept)
