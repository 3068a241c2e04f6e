"""Documents by the names that people call them: a file's name or number, a title, author, publisher, date or folder."""

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from index.language.lexicon import FUNCTION_WORDS
from index.types import SourceSummary
from qa.language.english import ENGLISH
from qa.language.language import Language
from qa.language.question import words

_TITLE_SHARE = 0.8  # of a title's words that name it without a word for documents beside them; by hand
_NUMBER = re.compile(r"\d+")


def named_sources(
    phrase: str, sources: Sequence[SourceSummary], language: Language = ENGLISH
) -> tuple[SourceSummary, ...]:
    """The documents that a phrase names, in the order of their paths; none if it names none.

    A path or file name names its file. Else every word of the phrase must stand in what the document says of itself (or
    in its path), and the phrase must speak of a document ("the Kawa article"), be a file's number ("003"), whoever
    wrote it, or nearly all of its title: the same words may as well be what documents are about.
    """
    bare = phrase.strip(" \"'“”‘’`").casefold()
    exact = [each for each in sources if bare in _file_names(each.source)]
    if exact:
        return tuple(exact)
    forms = language.summaries
    own = [word for word in words(phrase) if word not in forms.document_words and word not in FUNCTION_WORDS]
    if not own:
        return ()
    speaks = forms.document.fits(phrase)
    if all(word.isdigit() and not _is_year(word) for word in own):
        numbered = [each for each in sources if {int(word) for word in own} <= _numbers(each.source)]
        return tuple(numbered) if speaks or len(numbered) == 1 else ()
    found = [each for each in sources if set(own) <= _said_of(each)]
    if not speaks:
        found = [each for each in found if _is_title(own, each) or _is_by(own, each)]
    return tuple(found)


def _file_names(source: str) -> set[str]:
    path = PurePosixPath(source.casefold())
    return {str(path), path.name, path.stem}


def _numbers(source: str) -> set[int]:
    return {int(number) for number in _NUMBER.findall(PurePosixPath(source).stem)}


def _is_year(word: str) -> bool:
    return len(word) == 4 and word[:2] in {"18", "19", "20"}


def _said_of(source: SourceSummary) -> set[str]:
    """Lower-case words of its path and of what it states of itself; of a date also the year and the month alone."""
    metadata = source.metadata
    stated = (metadata.title, metadata.author, metadata.publisher, metadata.date)
    texts = [source.source, source.title, *(field.value for field in stated if field is not None)]
    return {word for text in texts for word in words(text)}


def _is_title(own: Sequence[str], source: SourceSummary) -> bool:
    title = [word for word in words(source.title) if word not in FUNCTION_WORDS]
    return bool(title) and len(set(own) & set(title)) >= _TITLE_SHARE * len(set(title))


def _is_by(own: Sequence[str], source: SourceSummary) -> bool:
    by = (source.metadata.author, source.metadata.publisher)
    return any(set(own) <= set(words(field.value)) for field in by if field is not None)
