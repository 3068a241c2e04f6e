"""Titles of conversations: the first question's own words, or what a person calls it."""

from index.errors import InputError
from qa.language.text import visible

LONGEST_TITLE = 120  # characters
_LONGEST_MADE = 60  # as qa/conversations/migrations/0002_conversations.sql has it too
_CUT = " …"


def title_of(question: str) -> str:
    """The question, at most 60 characters of it, cut at a word."""
    if len(question) <= _LONGEST_MADE:
        return question
    start, space, _ = question[: _LONGEST_MADE - len(_CUT) + 1].rpartition(" ")
    return (start.rstrip(" ") if space else question[: _LONGEST_MADE - len(_CUT)]) + _CUT


def clean_title(title: str) -> str:
    """A person's title without control characters. Raises InputError if nothing is left or too much."""
    clean = visible(title)
    if not clean:
        raise InputError("The title is empty: write what the conversation is to be called.")
    if len(clean) > LONGEST_TITLE:
        raise InputError(f"The title has {len(clean):,} characters, and {LONGEST_TITLE} are allowed: shorten it.")
    return clean
