"""What a language brings: its words, and the forms that its questions have. Nothing else in `qa` knows a word of it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal

from msgspec import Struct

from qa.language.combining import CombiningForms, VerdictForms
from qa.language.forms import Form, FormTable
from qa.language.leaning import FollowUpForms as FollowUpForms

DocumentField = Literal["title", "author", "date", "publisher"]
# What a scan looks for: the very words; what is said, maybe in part in other words; what is said of things listed.
ScanKind = Literal["mention", "statement", "things"]

# Whose gist is wanted: a document's, what documents say of a subject, either, or that of all there is.
SummaryKind = Literal["document", "subject", "either", "collection"]
FactKind = Literal["count", "list", "newest", "oldest", "formats", "authors"]
CourtesyKind = Literal["greeting", "thanks", "farewell", "acknowledgement", "identity", "ability", "wellbeing"]


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
    address: it asks for the address of something on a network. where: it asks where something is found.

    request_words: lower case; they belong to the request and not to what it is about.
    """

    marked: Form
    begun: Form
    address: Form
    where: Form
    request_words: frozenset[str]


class QuestionForms(Struct, frozen=True):
    """What questions ask for. document_fields: what they ask a document of itself, if they speak of one (`document`) or
    of nothing else (`bare_field`). count: they ask how many there are, or what share. recent: they ask for the newest
    of several. version: for a version. step_after, step_before: for what comes after, or before, what "rest" names.

    telling_ordinals: lower case; a question that has one is about that one. reasons: a sentence that has none of these
    gives no reason for anything.
    """

    answer_types: FormTable[AnswerType]
    document_fields: FormTable[DocumentField]
    document: Form
    bare_field: Form
    count: Form
    recent: Form
    version: Form
    reasons: Form
    step_after: Form
    step_before: Form
    telling_ordinals: frozenset[str]


class ScanForms(Struct, frozen=True):
    """Questions after everything that a corpus has of something, which is the group "what" of `kinds`.

    polite: may stand before any of them. head, tail: belong to what is sought in form only. that_clause: opens a
    statement. negated: a question with it asks for what is not there. abstract_things: such as reasons and ways, which
    texts give without naming them so.
    denial: a sentence with it denies what it says.
    """

    kinds: FormTable[ScanKind]
    polite: Form
    head: Form
    tail: Form
    that_clause: Form
    negated: Form
    abstract_things: Form
    denial: Form


class SummaryForms(Struct, frozen=True):
    """Questions after the gist of something, which is the group "what" of `kinds`; "within" is who says it.

    polite: may stand before any of them. length: how many sentences, as "count" or "sized", by `counts`. brief, long:
    signs of a shorter or longer one. pointing: the document that is spoken of. everything: all documents.
    document: a text that speaks of a document. document_words: lower case; of such a text, what names no document.
    about: asks what the document of a title, which is put in, is about.
    own, closing: headings of what an author wrote as a summary or conclusion. own_opening: how a paragraph opens that
    is one.
    """

    polite: Form
    kinds: FormTable[SummaryKind]
    length: Form
    brief: Form
    long: Form
    counts: Mapping[str, int]
    pointing: Form
    everything: Form
    document_words: frozenset[str]
    document: Form
    about: str
    own: Form
    own_opening: Form
    closing: Form


class CollectionForms(Struct, frozen=True):
    """Questions about documents themselves, and those that name the documents which shall answer.

    facts: the whole question, by what is asked. within: the group "what" names documents, "rest" is what is asked of
    them; where there is a "verb", what stands between "aux" and it is the naming, and "asks" and these make the
    question.
    """

    facts: FormTable[FactKind]
    within: tuple[Form, ...]


class CourtesyForms(Struct, frozen=True):
    """What is said to somebody and asks nothing of documents. said: the whole message, by kind. replies: what is said
    back, by kind."""

    said: FormTable[CourtesyKind]
    replies: Mapping[CourtesyKind, str]


class SuggestionForms(Struct, frozen=True):
    """What a clause, and what stands after its verb, must look like for a question to be made of it.

    Each is named for what it finds, as its example in the language's table shows. ask: what questions are made with.
    """

    before_date: Form
    placed: Form
    agent: Form
    adverb: Form
    counted: Form
    money: Form
    cause: Form
    denied: Form
    means: Form
    purpose: Form
    being: Form
    person_object: Form
    with_object: Form
    that: Form
    infinitive: Form
    use: Form
    led_to: Form
    unidentified: Form
    by_things: Form
    object: Form
    indefinite: Form
    any_such: Form
    complement: Form
    pair: Form
    known: Form
    reported: Form
    no_adjective: Form
    article_before: Form
    definite: Form
    identified: Form
    stranded: Form
    also: Form
    vague: Form
    manner: Form
    participle: Form
    gerund: Form
    goes_on: Form
    clause_end: Form
    was_before: Form
    asking: Form
    be: tuple[str, ...]
    passive: tuple[str, ...]
    ends_itself: frozenset[str]
    placing: frozenset[str]
    achieving: frozenset[str]
    not_in_a_person: frozenset[str]
    units: frozenset[str]
    paying: frozenset[str]
    aiming: frozenset[str]
    designed: frozenset[str]
    causing: frozenset[str]
    saying: frozenset[str]
    dull_nouns: frozenset[str]
    elsewhere: frozenset[str]
    possessives: frozenset[str]
    unique: frozenset[str]
    linking_words: frozenset[str]
    no_rest: str
    ask: Mapping[str, str]


class ComparisonForms(Struct, frozen=True):
    """Questions that set things beside each other: between, joined, either, choice, against what. several_texts: they
    ask what several documents say. comparing, degree: words of them that name nothing.
    """

    between: Form
    choice: Form
    against: Form
    joined: Form
    either: Form
    several_texts: Form
    comparing: Form
    degree: Form


class CohesionForms(Struct, frozen=True):
    """How a sentence opens that leans on what stands before it, and how a series is announced and goes on.

    counts: of the group "count" of `counted`, the numbers that some words are.
    """

    pronoun: Form
    empty_it: Form
    consequence: Form
    first: Form
    later: Form
    counted: Form
    counts: Mapping[str, int]


class Language(Struct, frozen=True):
    """One language. code: of ISO 639-1."""

    code: str
    asking: AskingForms
    courtesies: CourtesyForms
    collections: CollectionForms
    questions: QuestionForms
    summaries: SummaryForms
    scans: ScanForms
    follow_ups: FollowUpForms
    suggestions: SuggestionForms
    comparisons: ComparisonForms
    cohesion: CohesionForms
    verdicts: VerdictForms
    combining: CombiningForms
