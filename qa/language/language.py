"""What a language brings: its words, and the forms that its questions have. Nothing else in `qa` knows a word of it."""

from enum import StrEnum
from typing import Literal

from msgspec import Struct

from qa.language.forms import Form, FormTable

DocumentField = Literal["title", "author", "date", "publisher"]
# What a scan looks for: the very words; what is said, maybe in part in other words; what is said of things listed.
ScanKind = Literal["mention", "statement", "things"]


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


class AskingForms(Struct, frozen=True):
    """How a message shows that it asks. marked: it ends with a question mark. begun: it begins as a request does.

    request_words: lower case; they belong to the request and not to what it is about.
    """

    marked: Form
    begun: Form
    request_words: frozenset[str]


class QuestionForms(Struct, frozen=True):
    """What questions ask for. document_fields: what they ask a document of itself, if they speak of one (`document`) or
    of nothing else (`bare_field`). count: they ask how many there are, or what share.

    telling_ordinals: lower case; a question that has one is about that one.
    """

    answer_types: FormTable[AnswerType]
    document_fields: FormTable[DocumentField]
    document: Form
    bare_field: Form
    count: Form
    telling_ordinals: frozenset[str]


class ScanForms(Struct, frozen=True):
    """Questions after everything that a corpus has of something, which is the group "what" of `kinds`.

    polite: may stand before any of them. head, tail: belong to what is sought in form only. said: before a statement.
    negated: a question with it asks for what is not there. told: things that texts give without naming them so.
    denial: a sentence with it denies what it says.
    """

    kinds: FormTable[ScanKind]
    polite: Form
    head: Form
    tail: Form
    said: Form
    negated: Form
    told: Form
    denial: Form


class Language(Struct, frozen=True):
    """One language. code: of ISO 639-1."""

    code: str
    asking: AskingForms
    questions: QuestionForms
    scans: ScanForms
