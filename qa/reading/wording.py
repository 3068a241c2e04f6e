"""A question's values (`index.language.values`) beside a text's: which it has, which others it has in their place, and
the question as the text would write it.

"What weighs 1234 kg?" is read as "What weighs 1,234 kg?" beside a text that writes so: word overlap, similarity and the
network all go by spelling.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from msgspec import Struct
from msgspec.structs import replace

from index.language.folding import fold
from index.language.values import FoundValue, find_values
from qa.language.english.bounds import BOUNDS
from qa.language.phrases import phrases
from qa.language.question import Question, analyse
from qa.reading.features import QuestionTerms

# What names the one thing that is asked of: another of its kind is no answer.
_TELLING = ("amount", "date", "version", "identifier", "phone", "clause", "time", "numbered")
_HALF = 0.5
_BOUND_WIDTH = 24  # characters before a value that may bound it
_ISO_MONTH = re.compile(r"\d{4}-\d{2}(?=-\d{2})")
_SPELT_APART = ("clause", "ordinal", "year", "numbered")  # kinds whose spelling stays as it is asked


class AskedValue(Struct, frozen=True):
    """A value of a question, `question.text[start:end]`. says, nearly: terms that are it, and those that may be where
    none is: a number without its unit, a day without its year, a release of the version. telling: see `_TELLING`."""

    kind: str
    says: frozenset[str]
    nearly: frozenset[str]
    wider: frozenset[str]
    start: int
    end: int
    telling: bool

    def is_in(self, terms: AbstractSet[str]) -> bool:
        """Whether a text of those value terms has it."""
        return not self.says.isdisjoint(terms) or not self.nearly.isdisjoint(terms)

    def is_gainsaid(self, found: FoundValue) -> bool:
        """Whether a text's value is of the same kind and another: another server's name, another day."""
        if found.kind != self.kind or self.is_in(found.terms) or not self.wider.isdisjoint(found.says):
            return False
        return bool({_family(term) for term in self.says} & {_family(term) for term in found.says})


def asked_values(text: str) -> tuple[AskedValue, ...]:
    """The values of a question, the outermost where one is part of another, in order."""
    found = find_values(text)
    outer: dict[tuple[int, int], list[FoundValue]] = {}
    for value in sorted(found, key=lambda value: (value.start, -value.end)):
        place = next((p for p in outer if p[0] <= value.start and value.end <= p[1]), (value.start, value.end))
        outer.setdefault(place, []).append(value)
    return tuple(_asked(text, values) for values in outer.values())


def _asked(text: str, values: Sequence[FoundValue]) -> AskedValue:
    first = next((value for value in values if value.kind != "number"), values[0])
    same = [value for value in values if (value.start, value.end) == (first.start, first.end)]
    says = frozenset(term for value in same for term in value.says or value.holds)
    bounded = BOUNDS.fits(text[max(0, first.start - _BOUND_WIDTH) : first.start])
    return AskedValue(
        kind=first.kind,
        says=says,
        nearly=frozenset(_nearly(first)),
        wider=frozenset(first.holds),
        start=first.start,
        end=first.end,
        telling=first.kind in _TELLING and not bounded and (first.kind != "version" or _is_version(first)),
    )


def _is_version(value: FoundValue) -> bool:
    return all(term.count(".") for term in value.says)


def _nearly(value: FoundValue) -> Iterable[str]:
    for term in (*value.says, *value.holds):
        kind, _, rest = term.partition(":")
        if value.kind == "amount" and kind == "n":
            yield f"b:{rest}"
        elif value.kind == "identifier" and (number := re.fullmatch(r"[a-z]+(\d{3,})", rest)):
            yield f"b:{int(number[1])}"  # "Request for Comments: 9871"
        elif value.kind == "date" and kind == "md" and any(t.startswith("d:") for t in value.says):
            yield f"bd:{rest}"
    if value.kind == "version":
        yield from (f"vs:{term[2:]}" for term in value.says)
    if value.kind == "clause":
        yield from (f"cm:{term[2:]}" for term in value.says)  # spoken of
    if value.kind == "numbered":
        which = (term.rpartition(":")[2] for term in value.says)
        yield from (f"b:{number}" for number in which if number.isdigit())


def _family(term: str) -> str:
    """What terms have to share for one to stand in another's place."""
    kind, _, rest = term.partition(":")
    if kind == "q":
        return "q:" + re.sub(r"^[\d.e+-]+", "", rest)
    if kind == "i":
        return "i:" + re.sub(r"\d.*", "", rest)
    if kind in ("c", "w"):
        return f"{kind}:{rest.partition(':')[0]}"
    return "d" if kind in ("d", "md", "mo") else kind


def gainsaid(asked: Sequence[AskedValue], found: Sequence[FoundValue], terms: AbstractSet[str]) -> bool:
    """Whether a text has other values in the place of telling ones, and none of the telling ones of that kind.

    terms: of the text and of what it is read with. "A or B" need not both be there.
    """
    telling = [value for value in asked if value.telling]
    there = {value.kind for value in telling if value.is_in(terms)}
    return any(value.kind not in there and any(value.is_gainsaid(other) for other in found) for value in telling)


def missing(asked: Sequence[AskedValue], terms: AbstractSet[str]) -> float:
    """The share of the telling values, 0 to 1, that are not there; of alternatives one is enough."""
    kinds: dict[str, list[bool]] = {}
    for value in asked:
        if value.telling:
            kinds.setdefault(value.kind, []).append(value.is_in(terms))
    return max((1.0 - sum(there) / len(there) for there in kinds.values()), default=0.0)


def quotations(text: str) -> tuple[str, ...]:
    """The phrases of two words or more that a question quotes, folded: they are looked for word for word."""
    found = (" ".join(fold(phrase.text).split()) for phrase in phrases(text) if phrase.kind == "quoted")
    return tuple(phrase for phrase in found if " " in phrase)


def held(asked: Sequence[AskedValue], terms: AbstractSet[str]) -> float:
    """The share of the telling values, 0 to 1, that are there, half of one that may be; 0 of none."""
    telling = [
        _HALF * value.is_in(terms) * (1 + (not value.says.isdisjoint(terms))) for value in asked if value.telling
    ]
    return sum(telling) / len(telling) if telling else 0.0


def value_share(
    question: QuestionTerms, stems: Callable[[str], Sequence[str]], asked: Sequence[AskedValue], text: str
) -> float:
    """The share of a question's rarity, 0 to 1, that is in its telling values: all that "What does 4.2(b) say?" has."""
    own = {stem for value in asked if value.telling for stem in stems(text[value.start : value.end])}
    return sum(weight for term, weight in question.rarity.items() if term in own) / question.total


def worded(question: Question, asked: Sequence[AskedValue], text: str, found: Sequence[FoundValue]) -> Question:
    """The question with its values as `text`, whose values are `found`, writes them; itself where it writes none of
    them otherwise."""
    spoken = " ".join(text.split()).casefold()
    forms = {}
    for value in asked:
        form = None if value.kind in _SPELT_APART else _form(value, text, found)
        said = question.text[value.start : value.end].casefold()
        if form is not None and not re.search(rf"(?<![\w.]){re.escape(said)}(?![\w]|\.\d)", spoken):
            forms[value.start, value.end] = form
    if not forms:
        return question
    own = len(question.own)
    carried = _with_forms(question.text, forms, own, len(question.text))
    made = analyse(_with_forms(question.text, forms, 0, own), carried.removeprefix(" (").removesuffix(")"))
    return replace(
        made,
        answer_type=question.answer_type,
        asks_count=question.asks_count,
        document_field=question.document_field,
    )


def _with_forms(text: str, forms: Mapping[tuple[int, int], str], start: int, end: int) -> str:
    """`text[start:end]` with the forms in their places."""
    pieces = []
    for (begin, stop), form in sorted(forms.items()):
        if start <= begin and stop <= end:
            pieces += [text[start:begin], form]
            start = stop
    return "".join((*pieces, text[start:end]))


def _form(asked: AskedValue, text: str, found: Sequence[FoundValue]) -> str | None:
    """How the text writes it, None where it does not have it."""
    for value in found:
        if not asked.says.isdisjoint(value.says):
            return text[value.start : value.end]
    for value in found:
        if asked.is_in(value.terms):
            written = text[value.start : value.end]
            month = _ISO_MONTH.match(written) if any(term.count("-") == 1 for term in asked.says) else None
            return month.group() if month else written
    return None
