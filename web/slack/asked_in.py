"""A folder or saved filter that a message names: "in: handbook" before or behind the question."""

import re

_NAMED = re.compile(r"(?:^|(?<=\s))in:", re.IGNORECASE)
_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»"}
_ENDS = " .,;:?!"


def asked_in(text: str) -> tuple[str, str | None]:
    """The question, and the name. Before the question it is one word, or stands in quotes; behind it is all that is
    left. No name where it would leave no question."""
    marks = [found.end() for found in _NAMED.finditer(text)]
    if not marks:
        return text, None
    if text[: marks[0] - len("in:")].strip():
        question, name = text[: marks[-1] - len("in:")], text[marks[-1] :]
        name = _unquoted(name.strip())
    else:
        name, question = _first(text[marks[0] :].lstrip())
    question = question.strip()
    return (question, name) if question and name else (text, None)


def _first(rest: str) -> tuple[str, str]:
    """The name that it begins with, and what stands behind it."""
    closing = _QUOTES.get(rest[:1])
    if closing is not None and closing in rest[1:]:
        name, _, question = rest[1:].partition(closing)
    else:
        name, _, question = rest.partition(" ")
        name = name.rstrip(_ENDS)
    return name.strip(), question.lstrip(_ENDS)


def _unquoted(name: str) -> str:
    closing = _QUOTES.get(name[:1])
    name = name.rstrip(_ENDS)
    return name[1:-1].strip() if closing is not None and name.endswith(closing) and len(name) > 1 else name
