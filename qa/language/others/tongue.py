"""What is known of a language that is only recognised."""

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct

_NONE: Mapping[str, str] = MappingProxyType({})


class Tongue(Struct, frozen=True):
    """A language told by its words. code: of ISO 639-1. name: in English. telling, usual: its commonest words, lower
    case; of a question one at least is telling. opening: question words that are no English and no name, so that one at
    the beginning is enough where nothing is English.

    note: what is said to who asks in it, "" where we have no sentence; its {documents} is `documents` with the names of
    their languages, or nothing. joint: stands between the last two names. names: of languages in this one, by code.
    """

    code: str
    name: str
    telling: frozenset[str]
    usual: frozenset[str] = frozenset()
    opening: frozenset[str] = frozenset()
    note: str = ""
    documents: str = ""
    joint: str = ""
    names: Mapping[str, str] = _NONE


class ScriptTongue(Tongue, frozen=True, kw_only=True):
    """A language told by its letters. scripts: first words of their names in Unicode. telling: characters, one of which
    a question has that is no mere name; none where spaces tell that."""

    telling: frozenset[str] = frozenset()
    scripts: frozenset[str]
