"""What a follow-up may point back to: the persons, places and things that were named before, likeliest first."""

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from index.language.names import LINKS, FoundName, find_names, name_texts, read_name
from qa.followups.limits import FOLLOW_UP_LIMITS
from qa.followups.noun_phrases import spoken_of
from qa.followups.persons import fitting
from qa.language.forms import Form
from qa.language.language import FollowUpForms
from qa.language.question import AnswerType, analyse, content_words, words
from qa.types import Reply, Turn


class Antecedents(Struct, frozen=True):
    """Each likeliest first, as the conversation has it, none that the follow-up names itself.

    evidence: what the conversation has shown of all of them. topic: what the conversation is about: a title that is a
    name, else the first that was named; "" if nothing was. groups: several named in one breath ("Abe and Xi"), for
    "they".
    """

    topic: str
    evidence: str
    groups: tuple[str, ...]
    persons: tuple[str, ...]
    places: tuple[str, ...]
    things: tuple[str, ...]


def antecedents(question: str, turns: Sequence[Turn], forms: FollowUpForms) -> Antecedents:
    """Of a question after `turns` (oldest first). The latest turn comes first, then those before it."""
    own = set(words(question))
    groups: list[str] = []
    persons: list[str] = []
    places: list[str] = []
    things: list[str] = []
    for turn in reversed(turns):
        evidence = "\n".join(_evidence(turn))
        groups.extend(
            group for text in (short_answer_text(turn.reply), stand_alone(turn)) for group in _groups(text, forms)
        )
        asked_for = analyse(stand_alone(turn)).answer_type
        answers = list(_names_of_sentence(short_answer_text(turn.reply), forms))
        first = {AnswerType.PERSON: persons, AnswerType.PLACE: places}.get(asked_for, things)
        if first is not things or _names_a_thing(turn, answers, forms):
            first.extend(name for name in answers if first is not persons or _name_signs(name, evidence, forms)[0] >= 0)
        for name in dict.fromkeys((*_named(turn, forms), *answers)):
            person, place = _name_signs(name, evidence, forms)
            is_unsure = person == 1 and name in as_understood(turn) and _is_like_a_person(name, forms)
            if person > place:
                persons.append(name)
            if place > 0:
                places.append(name)
            if person <= 0 or is_unsure:
                things.append(name)
    titles = [title for turn in reversed(turns) for title in _titles_of(turn, forms)]
    found = [_distinct(each, own) for each in (titles, groups, persons, places, things)]
    topic = next(iter((*found[0], *found[4], *found[2])), "")
    shown = "\n".join((*_gendered(turns, forms), *(line for turn in reversed(turns) for line in _evidence(turn))))
    groups_found, persons_found, places_found, things_found = found[1:]
    if not groups_found and len(pair := _pair(turns, persons_found)) == 2:
        groups_found = (forms.joined.format(*pair),)
    fit = tuple(fitting(persons_found, question, shown, forms))
    return Antecedents(topic, shown, groups_found, fit, places_found, things_found)


def stand_alone(turn: Turn) -> str:
    """The turn's question with what was carried over to it."""
    return turn.interpreted_as or turn.question


def as_understood(turn: Turn) -> str:
    """The same, without what was carried along where it fitted nowhere."""
    meant = stand_alone(turn)
    return meant[: meant.rindex(" (")] + "?" if meant.endswith(")?") and " (" in meant else meant


def _named(turn: Turn, forms: FollowUpForms) -> Iterator[str]:
    """What a turn names: its question (things without a name, too), the document it cites, the sentences it cites. What
    it was about stays likelier than what an answer names in passing."""
    yield from spoken_of(as_understood(turn), forms)
    yield from _titles_of(turn, forms)
    texts = [block.text for block in turn.reply.content[:2]] if turn.reply is not None else [turn.answer_text]
    for text in texts:
        yield from _names_of_sentence(text, forms)


def _groups(text: str, forms: FollowUpForms) -> Iterator[str]:
    """Names joined by "and", where each could stand alone; "Belt and Road" is one that an initiative has."""
    row: list[FoundName] = []
    for name in [*find_names(text, links=LINKS - {"and", "&"}), None]:
        if name is not None and row and forms.row.regex.fullmatch(text[row[-1].end : name.start]):
            row.append(name)
            continue
        together = len(row) > 1 and forms.and_name.fits(text[row[-2].end : row[-1].start])
        if together and not forms.institutions & set(words(text[row[-1].end :])[:1]):
            yield text[row[0].start : row[-1].end]
        row = [name] if name is not None and not forms.determined.fits(text[: name.start]) else []


def _names_of_sentence(text: str, forms: FollowUpForms) -> Iterator[str]:
    """Without a first word that may have its capital from the beginning only."""
    for name in name_texts(text):
        after = text[len(name) :]
        if " " in name or not text.startswith(name) or name in after or forms.after_name.fits(after):
            yield name


def _pair(turns: Sequence[Turn], persons: Sequence[str]) -> list[str]:
    """The persons that the last question and its answer name."""
    said = f"{stand_alone(turns[-1])} {short_answer_text(turns[-1].reply)}" if turns else ""
    return sorted((name for name in persons if name in said), key=said.index)


def _gendered(turns: Sequence[Turn], forms: FollowUpForms) -> Iterator[str]:
    """What a pronoun of a question was understood as."""
    for turn in turns:
        pronoun = forms.person.find(turn.question)
        for name in name_texts(turn.interpreted_as or "") if pronoun is not None else ():
            if name not in turn.question:
                yield f"{name} {pronoun.group() if pronoun else ''}."


def _titles_of(turn: Turn, forms: FollowUpForms) -> Iterator[str]:
    """The title of the document cited first, if it is like a name: what all in it is about."""
    if turn.reply is None or not turn.reply.content:
        return
    plain = re.sub(r" *\(.*?\) *$", "", turn.reply.content[0].citations[0].document_title).strip(" !?")
    parts = [part for part in plain.split() if not forms.link.fits(part)]
    if parts and len(parts) <= FOLLOW_UP_LIMITS.longest_title and all(part[0].isupper() for part in parts):
        yield plain


def short_answer_text(reply: Reply | None) -> str:
    """The short answer, also an unsure one: who saw it may mean it."""
    return reply.answer.text if reply is not None and reply.answer is not None else ""


def _evidence(turn: Turn) -> Iterator[str]:
    """Where it shows what a name is of."""
    yield stand_alone(turn)
    yield turn.answer_text
    if turn.reply is not None:
        yield from (block.text for block in turn.reply.content)
        yield from (passage.text for passage in turn.reply.passages[: FOLLOW_UP_LIMITS.shown_passages])


def _name_signs(name: str, evidence: str, forms: FollowUpForms) -> tuple[int, int]:
    """How many signs there are that a name is a person's, and a place's; negative where it cannot be."""
    if name[0].islower():
        return (1 if forms.role.fits(name.split(" ")[-1]) else -1), 0
    read = read_name(name)
    is_country = any(each.is_country for each in read)
    parts = name.split(" ")
    if is_country or name.isupper() or forms.and_name.fits(name) or forms.institutions & set(words(name)):
        person = -1
    else:
        last = list(re.finditer(rf"\b{re.escape(parts[-1])}\b", evidence))
        person = _few(_ends(forms.role_before, evidence, match.start()) for match in last)
        person += _few(forms.act_after.regex.match(evidence, match.end()) for match in last)
        person += _is_like_a_person(name, forms)
    if name.isupper():
        return person, 0
    whole = re.finditer(rf"\b{re.escape(name)}\b", evidence)
    placed = (match for match in whole if _ends(forms.where_before, evidence, match.start()))
    place = _few(not forms.act_after_place.regex.match(evidence, match.end()) for match in placed)
    return person, place + 2 * is_country


def _is_like_a_person(name: str, forms: FollowUpForms) -> bool:
    return len(name.split(" ")) in (2, 3) and not forms.of_name.fits(name)


def _ends(form: Form, text: str, end: int) -> bool:
    """Whether `text[:end]` ends with this form."""
    return form.regex.search(text, max(0, end - FOLLOW_UP_LIMITS.longest_sign), end) is not None


def _few(signs: Iterable[object]) -> int:
    return min(FOLLOW_UP_LIMITS.most_signs, sum(map(bool, signs)))


def _names_a_thing(turn: Turn, answers: Sequence[str], forms: FollowUpForms) -> bool:
    """Whether a thing was asked for, and the answer is its name."""
    answer = set(content_words(short_answer_text(turn.reply)))
    return answer <= set(words(" ".join(answers))) and not forms.asked_when.fits(stand_alone(turn))


def _distinct(names: list[str], own: set[str]) -> tuple[str, ...]:
    """Each once, but those that the question has: a name and its shorter forms are one, as it was said first."""
    kept: list[str] = []
    for name in names:
        telling = _telling(name)
        if not telling & own and not any(telling <= _telling(other) or _telling(other) <= telling for other in kept):
            kept.append(name)
    return tuple(kept)


def _telling(name: str) -> set[str]:
    """The words that tell it from others."""
    return set(content_words(name)) or set(words(name))
