"""Saved filters: rules under a name that say which documents are asked, also such as come later."""

import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Annotated

from msgspec import Meta, Struct

from index.errors import InputError
from index.globs import fitting
from index.sentences.markup import visible
from index.types import SourceSummary
from qa.language.question import words

LONGEST_NAME = 80  # characters; it has to be typed, and to stand beside the question box
Glob = Annotated[str, Meta(min_length=1, max_length=200)]
FolderPath = Annotated[str, Meta(min_length=1, max_length=1000)]
Day = Annotated[str, Meta(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$", examples=["2024-03"])]
_MANY = Meta(max_length=20)


class FilterRule(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Which documents: those that fit each part that is given, of a list one entry at least.

    folders: paths; what lies beneath one. sources: globs over paths. formats: as documents are listed with ("pdf").
    authors: words that the author stated has. since, until: the first and the last day, month or year that the date
    stated may have; a year alone counts as its first day. Documents that state no author or date fit none.
    """

    folders: Annotated[tuple[FolderPath, ...], _MANY] = ()
    sources: Annotated[tuple[Glob, ...], _MANY] = ()
    formats: Annotated[tuple[Glob, ...], _MANY] = ()
    authors: Annotated[tuple[Glob, ...], _MANY] = ()
    since: Day | None = None
    until: Day | None = None


class SavedFilter(Struct, frozen=True):
    """A rule under a name. changed_at: ISO 8601, UTC."""

    filter_id: str
    name: str
    rule: FilterRule
    changed_at: str


def name_key(name: str) -> str:
    """What two names are the same by: upper and lower case and how accents are written do not count."""
    return unicodedata.normalize("NFC", visible(name)).casefold()


def clean_filter_name(name: str) -> str:
    """A filter's name without control characters. Raises InputError for one that is empty, too long or a path."""
    clean = unicodedata.normalize("NFC", visible(name))
    if not clean:
        raise InputError("A saved filter needs a name.")
    if len(clean) > LONGEST_NAME:
        raise InputError(f"The name has {len(clean):,} characters, and {LONGEST_NAME} are allowed: shorten it.")
    if "/" in clean:
        raise InputError('A name with "/" would be a folder: leave the "/" out.')
    return clean


def check_rule(rule: FilterRule) -> None:
    """Raises InputError for a rule that says nothing, or nothing that can be."""
    if rule == FilterRule():
        raise InputError("The rule is empty: give it folders, sources, formats, authors, since or until.")
    if rule.since and rule.until and rule.since[: len(rule.until)] > rule.until:
        raise InputError(f"No date is since {rule.since} and until {rule.until}: since must not be the later one.")
    if any(not folder.strip("/") for folder in rule.folders):
        raise InputError('A folder needs a name; "/" alone is all documents.')


def fitting_rule(rule: FilterRule) -> Callable[[SourceSummary], bool]:
    """Whether a document fits the rule."""
    folders = tuple(f"{folder.strip('/')}/" for folder in rule.folders)
    fits_glob = fitting(rule.sources)
    formats = {each.casefold() for each in rule.formats}
    authors = [set(words(each)) for each in rule.authors]

    def fits(source: SourceSummary) -> bool:
        author, date = source.metadata.author, source.metadata.date
        return (
            (not folders or source.source.startswith(folders))
            and fits_glob(source.source)
            and (not formats or source.format.casefold() in formats)
            and (not authors or (author is not None and _is_by(author.value, authors)))
            and (not (rule.since or rule.until) or (date is not None and _is_within(date.value, rule)))
        )

    return fits


def _is_by(author: str, wanted: Sequence[set[str]]) -> bool:
    has = _words_of(author)
    return any(each <= has for each in wanted if each)


@lru_cache(maxsize=4096)  # authors have several documents, and each filter asks for them anew
def _words_of(author: str) -> frozenset[str]:
    return frozenset(words(author))


def _is_within(date: str, rule: FilterRule) -> bool:
    since, until = rule.since or "", rule.until or "9"
    return date[: len(since)] >= since and date[: len(until)] <= until
