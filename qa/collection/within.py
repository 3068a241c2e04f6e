"""Questions that name the documents which shall answer them: "according to Kawa, ...", "... in the 2018 article"."""

import glob
from collections.abc import Callable, Sequence

from msgspec import Struct

from index.types import SourceSummary
from qa.collection.names import named_sources
from qa.language.english import ENGLISH
from qa.language.language import Language

_SHOWN = 3  # titles
_BETWEEN = "”, “"  # two titles in quotes


class WithinIntent(Struct, frozen=True):
    """question: what is asked, without the documents' names. sources: those named, one at least."""

    question: str
    sources: tuple[SourceSummary, ...]


def within_named(
    question: str, sources_of: Callable[[], Sequence[SourceSummary]], language: Language = ENGLISH
) -> WithinIntent | None:
    """What is asked of which documents, None where none of them is named. sources_of: gives those that may be; it is
    called only where the question has a form that names some."""
    asked = " ".join(question.split())
    for form in language.collections.within:
        found = form.find(asked)
        if found is None:
            continue
        sources = sources_of()
        named = named_sources(found["what"], sources) or _each_named(found["what"], sources)
        if named and len(named) < len(sources):
            return WithinIntent(_rest(found.groupdict(), asked), named)
    return None


def _each_named(phrase: str, sources: Sequence[SourceSummary]) -> tuple[SourceSummary, ...]:
    """Those that the titles name which `named_in` sets beside each other."""
    parts = phrase.split(_BETWEEN)
    found = {each.source: each for part in parts for each in named_sources(part, sources)} if len(parts) > 1 else {}
    return tuple(each for each in sources if each.source in found)


def globs_of(sources: Sequence[SourceSummary]) -> tuple[str, ...]:
    """Patterns that those documents' paths match, and no others."""
    return tuple(glob.escape(each.source) for each in sources)


def named_in(question: str, sources: Sequence[SourceSummary]) -> str:
    """The question with the documents that answer it, as it is shown; up to three `within_named` understands."""
    titles = f"“{_BETWEEN.join(each.title for each in sources[:_SHOWN])}”"
    more = f" and {len(sources) - _SHOWN} more" if len(sources) > _SHOWN else ""
    return f"{question} (in {titles}{more})"


def _rest(groups: dict[str, str | None], asked: str) -> str:
    rest = (groups["rest"] or "").strip()
    if groups.get("verb"):
        rest = f"{groups['asks']}{groups['aux']} the document {groups['verb']} {rest}"
        rest = " ".join(rest.replace(" ?", "?").split())
    ends = "?" if asked.endswith("?") and not rest.endswith("?") else ""
    return f"{rest[:1].upper()}{rest[1:]}{ends}"
