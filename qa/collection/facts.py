"""Questions about the collection itself, answered from what is known of its documents."""

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from index.types import SourceSummary
from qa.language.english import ENGLISH
from qa.language.language import FactKind, Language

_SHOWN = 12  # documents named in a message; the list of documents has the rest


class CollectionFacts(Struct, frozen=True):
    """message: what is told, in a sentence or two. stated: (document, where its text says so), what can be cited of it:
    the first characters of a date or a byline."""

    message: str
    stated: tuple[tuple[str, int], ...] = ()


def fact_kind(question: str, language: Language = ENGLISH) -> FactKind | None:
    """What a question asks of the documents themselves, None if it asks for something else. Pure and cheap."""
    return language.collections.facts.kind(" ".join(question.split()).strip(" ?!.;:"))


def facts(kind: FactKind, sources: Sequence[SourceSummary]) -> CollectionFacts:
    """What is known. sources: all documents that may be spoken of, ordered by path."""
    if not sources:
        return CollectionFacts("No document is indexed yet.")
    if kind == "formats":
        return CollectionFacts(f"{_documents(len(sources))}: {_formats(sources)}.")
    if kind == "authors":
        return _authors(sources)
    if kind in ("newest", "oldest"):
        return _dated(sources, newest=kind == "newest")
    head = f"There {'is' if len(sources) == 1 else 'are'} {_documents(len(sources))} ({_formats(sources)})"
    return CollectionFacts(f"{head}: {_titles(sources)}" if kind == "list" or len(sources) <= _SHOWN else f"{head}.")


def _documents(count: int) -> str:
    return f"{count:,} document" + "s" * (count != 1)


def _formats(sources: Sequence[SourceSummary]) -> str:
    counts = Counter(each.format for each in sources)
    return ", ".join(f"{number:,} {name}" for name, number in counts.most_common())


def _titles(sources: Sequence[SourceSummary]) -> str:
    titles = "; ".join(f"“{each.title}” ({each.source})" for each in sources[:_SHOWN])
    more = len(sources) - _SHOWN
    return f"{titles}; and {more:,} more." if more > 0 else f"{titles}."


def _authors(sources: Sequence[SourceSummary]) -> CollectionFacts:
    told = [(each, each.metadata.author) for each in sources if each.metadata.author is not None]
    if not told:
        return CollectionFacts("None of the documents says who wrote it.")
    names = "; ".join(f"“{each.title}”: {author.value}" for each, author in told[:_SHOWN] if author)
    unsigned = len(sources) - len(told)
    rest = f" {_documents(unsigned)} {'names' if unsigned == 1 else 'name'} no author." if unsigned else ""
    more = f"; and {len(told) - _SHOWN:,} more" if len(told) > _SHOWN else ""
    stated = tuple((each.document_id, author.start) for each, author in told if author and author.start < author.end)
    return CollectionFacts(f"{names}{more}.{rest}", stated)


def _dated(sources: Sequence[SourceSummary], *, newest: bool) -> CollectionFacts:
    """By the dates that documents state; a year alone counts as its first day."""
    told = [(each.metadata.date.value, each) for each in sources if each.metadata.date is not None]
    if not told:
        return CollectionFacts("None of the documents says when it was written.")
    best = (max if newest else min)(date for date, _ in told)
    found = [each for date, each in told if date == best]
    undated = len(sources) - len(told)
    rest = f" {_documents(undated)} {'states' if undated == 1 else 'state'} no date." if undated else ""
    word = "newest" if newest else "oldest"
    names = "; ".join(f"“{each.title}” ({each.source})" for each in found[:_SHOWN])
    verb = "is" if len(found) == 1 else "are"
    stated = tuple(
        (each.document_id, date.start) for each in found if (date := each.metadata.date) and date.start < date.end
    )
    return CollectionFacts(f"The {word} by the dates that the documents state {verb} {names}, {best}.{rest}", stated)
