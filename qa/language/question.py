"""What a question asks for: its answer type and its content words, told from its own words alone."""

import re

from msgspec import Struct

from index.language.lexicon import FUNCTION_WORDS
from index.language.names import WORD, is_capitalised, is_function_word, without_possessive
from qa.language.english import ENGLISH
from qa.language.language import AnswerType as AnswerType
from qa.language.language import DocumentField, Language, QuestionForms

_OPENS = re.compile(r"(?:\A|[!?\n]|[^\W\d_]{4}[.])\W*\Z")  # before a sentence's first word; "Dr." ends none
_LOOKED_BACK = 40  # characters
SPAN_TYPES = frozenset({AnswerType.PERSON, AnswerType.DATE, AnswerType.NUMBER, AnswerType.PLACE, AnswerType.NAME})


class Question(Struct, frozen=True):
    """A question. own: as it was put. text: with what was carried over, so that it stands alone.

    content: the words of `text` that say what it is about, in order, lower case, each once.

    carried: those of `content` that the conversation before it brought; they say where to look more than what for.

    numbers: its numbers in digits, and its ordinals from "third" on. asks_count: whether it asks how many there are, or
    what share. document_field: what it asks a document of itself (who wrote the article), None if it does not.
    """

    own: str
    text: str
    answer_type: AnswerType
    content: tuple[str, ...]
    carried: frozenset[str] = frozenset()
    numbers: tuple[str, ...] = ()
    asks_count: bool = False
    document_field: DocumentField | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Its capitalised words but a sentence's first, where case tells anything: what it is sure to be about."""
        inner = (each for each in WORD.finditer(self.own) if not _opens_sentence(self.own, each.start()))
        found = (without_possessive(each.group()) for each in inner if is_capitalised(each.group()))
        return tuple(dict.fromkeys(word for word in found if not is_function_word(word)))

    @property
    def asks_form(self) -> bool:
        """Whether the answer is a stretch of text of a certain form: a name, date, number or place."""
        return self.answer_type in SPAN_TYPES


def _opens_sentence(text: str, at: int) -> bool:
    """Whether the word that begins there is the first of its sentence."""
    return _OPENS.search(text, max(0, at - _LOOKED_BACK), at) is not None


def words(text: str) -> list[str]:
    """The words of a text, lower case: runs of letters and digits, inner apostrophes and hyphens as breaks."""
    return re.findall(r"[^\W_]+", text.casefold())


def analyse(text: str, carried: str = "", language: Language = ENGLISH) -> Question:
    """Tell a question's answer type and content words. Pure, and cheap (no model).

    carried: what the conversation brought to it; it is searched with, and does not decide what is asked for.
    """
    forms = language.questions
    own, brought = content_words(text), content_words(carried)
    every = own + tuple(word for word in brought if word not in own)
    whole = f"{text} ({carried})" if carried else text
    return Question(
        own=text,
        text=whole,
        answer_type=forms.answer_types.kind(text) or AnswerType.OTHER,
        content=every or tuple(dict.fromkeys(words(text))),
        carried=frozenset(brought) - set(own),
        numbers=tuple(dict.fromkeys(w for w in words(text) if w in forms.telling_ordinals or w[0].isdigit())),
        asks_count=forms.count.fits(text),
        document_field=_document_field(text, whole, forms),
    )


def _document_field(own: str, whole: str, forms: QuestionForms) -> DocumentField | None:
    if forms.document.fits(whole) or forms.bare_field.fits(own):
        return forms.document_fields.kind(whole)
    return None


def content_words(text: str) -> tuple[str, ...]:
    """The words of a text that say what it is about, in order, lower case, each once."""
    return tuple(word for word in dict.fromkeys(words(text)) if word not in FUNCTION_WORDS)
