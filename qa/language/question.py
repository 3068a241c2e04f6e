"""What a question asks for: its answer type and its content words, told from its own words alone."""

import re
from enum import StrEnum
from typing import Literal

from msgspec import Struct

from index.language.lexicon import FUNCTION_WORDS


class AnswerType(StrEnum):
    """What would answer the question; OTHER where its words do not tell."""

    PERSON = "person"
    DATE = "date"
    NUMBER = "number"
    PLACE = "place"
    NAME = "name"
    REASON = "reason"
    MANNER = "manner"
    DEFINITION = "definition"
    LIST = "list"
    YES_NO = "yes_no"
    OTHER = "other"


DocumentField = Literal["title", "author", "date", "publisher"]
SPAN_TYPES = frozenset({AnswerType.PERSON, AnswerType.DATE, AnswerType.NUMBER, AnswerType.PLACE, AnswerType.NAME})

_NUMBER_NOUNS = (
    "percentage|percent|proportion|share|number|amount|total|price|cost|size|population|temperature|distance"
)
_PLACE_NOUNS = (
    "country|countries|city|cities|state|nation|continent|region|town|village|place|location|capital|province|county|"
    "island|river|street|venue"
)
_PERSON_NOUNS = (
    "person|man|woman|minister|president|leader|king|queen|emperor|author|writer|founder|inventor|scientist|actor|"
    "actress|singer|politician|official|aide|diplomat|spokesman|spokesperson|chairman|director|general|governor|mayor|"
    "player|coach|artist|composer|philosopher|economist|professor"
)
_LIST_NOUNS = "areas|fields|reasons|points|things|types|kinds|examples|ways|factors|steps|features|parts|bits|groups"

_NOT_VERB = r"(?!(?:do|does|did|is|was|are|were|has|have|had|can|could|will|would|should)\b)"

_AUXILIARIES = "is|are|was|were|do|does|did|has|have|had|can|could|will|would|should"
_NOT_A_VERB = rf"(?!(?:{_AUXILIARIES})\b)"
_DANGLING = "he|she|they|it|this|that|about|for|of|in|on|to"  # a question that ends so is no request for a definition

# In order: the first that fits decides.
_FORMS: tuple[tuple[AnswerType, str], ...] = (
    (
        AnswerType.REASON,
        r"\b(why|how come|what (is|was|were|are) the (reason|cause)s?|what (caused|motivated|led to))\b",
    ),
    (AnswerType.REASON, r"\b(for|by) (what|which) (reason|cause)s?\b|\bwhat (\w+ )?explains?\b"),
    (AnswerType.NUMBER, r"\bhow (many|much|long|old|far|tall|big|large|high|deep|fast|often|heavy|wide)\b"),
    (AnswerType.NUMBER, rf"\b(what|which) (\w+ ){{0,2}}?({_NUMBER_NOUNS})\b"),
    (AnswerType.DATE, rf"^\W*(\w+\W+){{0,2}}?when\b|\bwhen ({_AUXILIARIES})\b"),
    (AnswerType.DATE, r"\b(what|which) (\w+ )?(year|date|day|month|century|decade|era)\b"),
    # "Who is Ada Byron?" names the person and asks for more; "Who is the mayor?" asks for the name.
    (
        AnswerType.DEFINITION,
        r"^\W*who(['’]?s| is| are| was| were)(?! (the|a|an|his|her|their|its|our)\b)( [\w.’'-]+){1,3}\W*$",
    ),
    (AnswerType.PERSON, rf"\b(who|whom|whose|(what|which) ({_NOT_A_VERB}\w+ ){{0,3}}?({_PERSON_NOUNS})\b)"),
    (AnswerType.LIST, rf"\b((what|which) (\w+ ){{0,2}}?({_LIST_NOUNS})|list|name (all|the|some))\b"),
    (AnswerType.PLACE, rf"\b(where|(what|which) (\w+ ){{0,1}}?({_PLACE_NOUNS}))\b"),
    (
        AnswerType.DEFINITION,
        rf"^\W*(what(['’]?s| is| are| was| were)|define|explain|describe|meaning of)\b"
        rf"(?!.*\b({_DANGLING})\W*$)(?=(\W+\w+){{1,4}}\W*($|[,;:]))",
    ),
    (AnswerType.DEFINITION, r"\b(what does .* (mean|stand for)|what is meant by|definition of|describe)\b"),
    (AnswerType.MANNER, r"\bhow\b"),
    (AnswerType.NAME, r"\b(what|which|wich) (is|was|are|were) the name\b|\b(which|wich)\b"),
    (AnswerType.YES_NO, rf"^\W*({_AUXILIARIES})\b"),
    (AnswerType.DATE, r"\b(year|date|month)\W*$"),
    (AnswerType.PLACE, rf"^\W*(\w+\W+){{0,2}}({_PLACE_NOUNS})\b"),
    (AnswerType.PERSON, rf"^\W*(\w+\W+){{0,2}}({_PERSON_NOUNS})\b"),
)
# In order: the first that fits decides.
_FIELDS: tuple[tuple[DocumentField, str], ...] = (
    (
        "date",
        r"\b(when|(what|which) (\w+ )?(date|day|month|year))\b.*\b"
        r"(written|published|posted|issued|released|appear\w*|dated|c[ao]mes? out|went online)\b",
    ),
    ("date", r"\b(publication|publishing) date\b|\bdate of\b|\bhow recent (is|are)\b"),
    (
        "author",
        r"\b(who|whom)\b.*\b(wrote|writes|written|authored)\b"
        r"|\b(authors?|written by|by whom|whose (article|piece)|writer|byline)\b",
    ),
    ("publisher", r"\b(who|what|which|where)\b.*\b(published|publishes|publisher)\b|\bpublisher\b"),
    ("title", r"\b(title|headline)( of| has| had| does| did|\W*$)"),
)
_FIELD_PATTERNS = tuple((field, re.compile(form, re.IGNORECASE)) for field, form in _FIELDS)
_DOCUMENT = re.compile(
    r"\b(articles?|pieces?|papers?|essays?|reports?|posts?|documents?|texts?|stor(y|ies)|columns?|stud(y|ies)|memos?|guides?"
    r"|manuals?|pages?|files?|sources?|editorials?|op-?eds?|commentar(y|ies)|briefings?|handbooks?|leaflets?|newsletters?"
    r"|interviews?|write-?ups?|blogs?)\b",
    re.IGNORECASE,
)
# So short a question can only mean the document's own.
_BARE_FIELD = re.compile(
    r"^\W*(?:(?:who|what|when)(?:['’]?s| is| was| are| were)?\s)?(?:(?:the|its|it|this|that)\s)?"
    r"(?:authors?|writers?|wrote (?:it|this|that)|written|published|publishers?|title|headline|publication date|"
    r"date of publication)\W*$",
    re.IGNORECASE,
)
# "two", "first" and "second" say too many other things.
_ORDINALS = frozenset("third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split())
_COUNT = re.compile(r"\b(how many|what (?:\w+ )?(?:percent|percentage|proportion|share))\b", re.IGNORECASE)
_FORM_PATTERNS = tuple((kind, re.compile(form, re.IGNORECASE)) for kind, form in _FORMS)


class Question(Struct, frozen=True):
    """A question. own: as it was put. text: with what was carried over, so that it stands alone.

    content: the words of `text` that say what it is about, in order, lower case, each once.

    carried: those of `content` that the conversation before it brought; they say where to look more than what for.
    """

    own: str
    text: str
    answer_type: AnswerType
    content: tuple[str, ...]
    carried: frozenset[str] = frozenset()

    @property
    def names(self) -> tuple[str, ...]:
        """Its capitalised words but the first, where case tells anything: what it is sure to be about."""
        found = [word for word in re.findall(r"[^\W\d_][\w’'-]*", self.own)[1:] if word[0].isupper()]
        return tuple(dict.fromkeys(word for word in found if word.casefold() not in FUNCTION_WORDS))

    @property
    def numbers(self) -> tuple[str, ...]:
        """Its numbers in digits, and its ordinals from "third" on."""
        return tuple(dict.fromkeys(word for word in words(self.own) if word in _ORDINALS or word[0].isdigit()))

    @property
    def asks_count(self) -> bool:
        """Whether it asks how many there are, or what share."""
        return _COUNT.search(self.own) is not None

    @property
    def asks_form(self) -> bool:
        """Whether the answer is a stretch of text of a certain form: a name, date, number or place."""
        return self.answer_type in SPAN_TYPES

    @property
    def document_field(self) -> DocumentField | None:
        """What it asks a document of itself (who wrote the article, when was it published), None if it does not."""
        if not _DOCUMENT.search(self.text) and not _BARE_FIELD.match(self.own):
            return None
        return next((field for field, form in _FIELD_PATTERNS if form.search(self.text)), None)


def words(text: str) -> list[str]:
    """The words of a text, lower case: runs of letters and digits, inner apostrophes and hyphens as breaks."""
    return re.findall(r"[^\W_]+", text.casefold())


def analyse(text: str, carried: str = "") -> Question:
    """Tell a question's answer type and content words. Pure, and cheap (no model).

    carried: what the conversation brought to it; it is searched with, and does not decide what is asked for.
    """
    answer_type = next((kind for kind, form in _FORM_PATTERNS if form.search(text)), AnswerType.OTHER)
    own, brought = content_words(text), content_words(carried)
    every = own + tuple(word for word in brought if word not in own)
    whole = f"{text} ({carried})" if carried else text
    return Question(text, whole, answer_type, every or tuple(dict.fromkeys(words(text))), frozenset(brought) - set(own))


def content_words(text: str) -> tuple[str, ...]:
    """The words of a text that say what it is about, in order, lower case, each once."""
    return tuple(word for word in dict.fromkeys(words(text)) if word not in FUNCTION_WORDS)
