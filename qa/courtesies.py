"""Courtesies, and what is asked of Footnote itself: one friendly line each, and nothing is read for it."""

from qa.language.english import ENGLISH
from qa.language.language import CourtesyKind, Language


def courtesy_kind(message: str, language: Language = ENGLISH) -> CourtesyKind | None:
    """Which courtesy a whole message is, None if it says more than that. Pure and cheap."""
    return language.courtesies.said.kind(" ".join(message.split()).strip(" ?!.,;:…"))


def courtesy_reply(kind: CourtesyKind, language: Language = ENGLISH) -> str:
    """What is said back."""
    return language.courtesies.replies[kind]
