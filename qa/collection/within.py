"""Questions that name the documents which shall answer them: "according to Kawa, ...", "... in the 2018 article"."""

import glob
from collections.abc import Sequence

from msgspec import Struct

from index.types import SourceSummary
from qa.collection.names import named_sources
from qa.language.english import ENGLISH
from qa.language.language import Language

_SHOWN = 3  # titles


class WithinIntent(Struct, frozen=True):
    """question: what is asked, without the documents' names. sources: those named, one at least."""

    question: str
    sources: tuple[SourceSummary, ...]


def within_named(question: str, sources: Sequence[SourceSummary], language: Language = ENGLISH) -> WithinIntent | None:
    """What is asked of which of `sources`, None where none of them is named. Cheap where none is."""
    asked = " ".join(question.split())
    for form in language.collections.within:
        found = form.find(asked)
        if found is None:
            continue
        named = named_sources(found["what"], sources)
        if named and len(named) < len(sources):
            return WithinIntent(_rest(found.groupdict(), asked), named)
    return None


def globs_of(sources: Sequence[SourceSummary]) -> tuple[str, ...]:
    """Patterns that those documents' paths match, and no others."""
    return tuple(glob.escape(each.source) for each in sources)


def named_in(question: str, sources: Sequence[SourceSummary]) -> str:
    """The question with the documents that answer it, as it is shown; `within_named` understands it."""
    titles = ", ".join(f"“{each.title}”" for each in sources[:_SHOWN])
    more = f" and {len(sources) - _SHOWN} more" if len(sources) > _SHOWN else ""
    return f"{question} (in {titles}{more})"


def _rest(groups: dict[str, str | None], asked: str) -> str:
    rest = (groups["rest"] or "").strip()
    if groups.get("verb"):
        rest = f"{groups['asks']}{groups['aux']} the document {groups['verb']} {rest}"
        rest = " ".join(rest.replace(" ?", "?").split())
    ends = "?" if asked.endswith("?") and not rest.endswith("?") else ""
    return f"{rest[:1].upper()}{rest[1:]}{ends}"
