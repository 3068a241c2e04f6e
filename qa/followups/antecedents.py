"""What a follow-up may point back to: the persons, places and things that were named before, likeliest first."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from index.language.lexicon import FUNCTION_WORDS
from qa.language.names import read_name
from qa.language.question import AnswerType, analyse, words
from qa.types import Reply, Turn

_CAPITALISED = r"(?:[A-Z]\.|(?:(?![a-z])[^\W\d_])[\w&’'.-]*\w)"
_JOINING = "of|the|and|for|de|del|der|den|dos|das|la|von|van|al|bin|di|du|da|ter|ten"
NAME = re.compile(rf"\b{_CAPITALISED}(?: (?:(?:{_JOINING}) ){{0,2}}{_CAPITALISED})*")
_ROW = re.compile(
    rf"\b(?<!the ){_CAPITALISED}(?: {_CAPITALISED})*(?:, {_CAPITALISED})*,? and {_CAPITALISED}(?: {_CAPITALISED})*"
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
    conference summit association river sea ocean mountain lake street road belt bridge tower academy
    festival album award awards museum hospital airport station stadium cup""".split()
)
_DEFINITE = re.compile(
    r"\b(?P<before>\w+ )?(?P<phrase>(?:the|an?|this|that|these|those) (?:[a-z][\w-]*[ ]){0,3}?[a-z][\w-]*)"
    r"(?=\W*$|[,;]| (?:of|in|on|at|to|for|from|with|by|who|that|which|and|or|as|after|before|during|between)\b)"
)
_AUXILIARY = frozenset("do does did can could will would should has have had may might must".split())
_SHOWN_PASSAGES = 4
_LONGEST_TITLE = 5  # words


class Antecedents(Struct, frozen=True):
    """Each likeliest first, as the conversation has it, none that the follow-up names itself.

    topic: what the conversation is about: a title that is a name, else the first that was named; "" if nothing was.
    groups: several named in one breath ("Abe and Xi"), for "they".
    """

    topic: str
    groups: tuple[str, ...]
    persons: tuple[str, ...]
    places: tuple[str, ...]
    things: tuple[str, ...]


def antecedents(question: str, turns: Sequence[Turn]) -> Antecedents:
    """Of a question after `turns` (oldest first). The latest turn comes first, then those before it."""
    own = set(words(question))
    groups: list[str] = []
    persons: list[str] = []
    places: list[str] = []
    things: list[str] = []
    for turn in reversed(turns):
        evidence = "\n".join(_evidence(turn))
        groups.extend(group for text in (told_answer(turn.reply), stand_alone(turn)) for group in _groups(text))
        asked_for = analyse(stand_alone(turn)).answer_type
        answers = list(_names_of_sentence(told_answer(turn.reply)))
        first = {AnswerType.PERSON: persons, AnswerType.PLACE: places}.get(asked_for, things)
        first.extend(name for name in answers if first is not persons or _likeness(name, evidence)[0] >= 0)
        for name in dict.fromkeys((*_named(turn), *answers)):
            person, place = _likeness(name, evidence)
            if person > place:
                persons.append(name)
            if place > 0:
                places.append(name)
            if person <= 0:
                things.append(name)
    titles = [title for turn in reversed(turns) for title in _titles_of(turn)]
    found = [_distinct(each, own) for each in (titles, groups, persons, places, things)]
    topic = next(iter((*found[0], *found[4], *found[2])), "")
    return Antecedents(topic, *found[1:])


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
    """What a turn names: its question (things without a name, too), the document it cites, the sentences it cites. What
    it was about stays likelier than what an answer names in passing."""
    yield from names_in(stand_alone(turn))
    yield from _phrases(stand_alone(turn))
    yield from _titles_of(turn)
    texts = [block.text for block in turn.reply.content[:2]] if turn.reply is not None else [turn.answer_text]
    for text in texts:
        yield from _names_of_sentence(text)


def _groups(text: str) -> Iterator[str]:
    """Names joined by "and", where each could stand alone; "Belt and Road" is one that an initiative has."""
    for match in _ROW.finditer(text):
        if not _GROUP & set(words(text[match.end() :])[:1]):
            yield match.group()


def _names_of_sentence(text: str) -> Iterator[str]:
    """Without a first word that may have its capital from the beginning only."""
    for name in names_in(text):
        after = text[len(name) :]
        if " " in name or not text.startswith(name) or name in after or re.match(r"$|,|[’']s? | (?:and|or) ", after):
            yield name


def _titles_of(turn: Turn) -> Iterator[str]:
    """The title of the document cited first, if it is like a name: what all in it is about."""
    if turn.reply is None or not turn.reply.content:
        return
    plain = re.sub(r" *\(.*?\) *$", "", turn.reply.content[0].citations[0].document_title).strip(" !?")
    parts = [part for part in plain.split() if not re.fullmatch(_JOINING, part)]
    if parts and len(parts) <= _LONGEST_TITLE and all(part[0].isupper() for part in parts):
        yield plain


def told_answer(reply: Reply | None) -> str:
    """The short answer, also an unsure one: who saw it may mean it."""
    return reply.answer.text if reply is not None and reply.answer is not None else ""


def _evidence(turn: Turn) -> Iterator[str]:
    """Where it shows what a name is of."""
    yield stand_alone(turn)
    yield turn.answer_text
    if turn.reply is not None:
        yield from (block.text for block in turn.reply.content)
        yield from (passage.text for passage in turn.reply.passages[:_SHOWN_PASSAGES])


def _likeness(name: str, evidence: str) -> tuple[int, int]:
    """How many signs there are that a name is a person's, and a place's; negative where it cannot be."""
    if name[0].islower():
        return -1, 0
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


def _phrases(question: str) -> Iterator[str]:
    """Things without a name: definite phrases, but for one whose end cannot be told ("did the war end")."""
    for match in _DEFINITE.finditer(question):
        if (match["before"] or "").strip().casefold() not in _AUXILIARY:
            yield re.sub(r"^(?:an?|this|that|these|those) ", "the ", match["phrase"], flags=re.IGNORECASE)


def _distinct(names: list[str], own: set[str]) -> tuple[str, ...]:
    """Each once, but those that the question has: a name and its shorter forms are one, as it was said first."""
    kept: list[str] = []
    for name in names:
        said = set(words(name))
        if not said & own and not any(said <= set(words(other)) or set(words(other)) <= said for other in kept):
            kept.append(name)
    return tuple(kept)
