"""What a language brings: its words, and the forms that its questions have. Nothing else in `qa` knows a word of it."""

from msgspec import Struct

from qa.language.forms import Form


class AskingForms(Struct, frozen=True):
    """How a message shows that it asks. marked: it ends with a question mark. begun: it begins as a request does.

    request_words: lower case; they belong to the request and not to what it is about.
    """

    marked: Form
    begun: Form
    request_words: frozenset[str]


class Language(Struct, frozen=True):
    """One language. code: of ISO 639-1."""

    code: str
    asking: AskingForms
