"""What is said to who asks in a language that is not read well."""

from collections.abc import Callable, Sequence
from contextlib import suppress

from msgspec import Struct

from index.corpus import Corpus
from index.errors import NotFoundError
from index.types import SourceSummary
from qa.helping.limits import HELP_LIMITS
from qa.language.others.recognition import language_name, languages_of, tongue_of_question
from qa.language.others.tongue import Tongue

_READS = "Footnote reads English well and other languages hardly"


class ForeignQuestion(Struct, frozen=True):
    """code: of the question's language. note: what is said of it, in that language where we can, and in English."""

    code: str
    note: str


def foreign_question(
    question: str, corpus: Corpus, sources: Callable[[], Sequence[SourceSummary]]
) -> ForeignQuestion | None:
    """What is to be said of a question that is surely in another language than English, None of all others. sources:
    gives the documents that it is put to."""
    tongue = tongue_of_question(question)
    if tongue is None:
        return None
    languages = languages_of(_texts(corpus, sources()))
    return ForeignQuestion(tongue.code, f"{_native(tongue, languages)}{_english(tongue, languages)}".strip())


def _native(tongue: Tongue, languages: Sequence[str]) -> str:
    if not tongue.note:
        return ""
    names = [tongue.names[code] for code in languages if code in tongue.names]
    told = tongue.documents.format(_joined(names, tongue.joint)) if names else ""
    return f"{tongue.note.format(documents=told)} "


def _english(tongue: Tongue, languages: Sequence[str]) -> str:
    names = [language_name(code) for code in languages]
    told = f"; the documents are in {_joined(names, ' and ')}" if names else ""
    return f"This question is in {tongue.name}. {_READS}{told}. Ask in English to be understood better."


def _joined(names: Sequence[str], joint: str) -> str:
    return joint.join(filter(None, (", ".join(names[:-1]), names[-1])))


def _texts(corpus: Corpus, sources: Sequence[SourceSummary]) -> list[str]:
    """Of some documents at even distances."""
    texts = []
    count = min(HELP_LIMITS.sampled, len(sources))
    for number in range(count):
        with suppress(NotFoundError):  # taken away meanwhile
            texts.append(corpus.document(sources[number * len(sources) // count].document_id).text)
    return texts
