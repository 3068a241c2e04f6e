"""What a reply says to help on where there is no answer."""

from collections.abc import Iterator, Sequence

from qa.types import Reply

INSTEAD = "These questions have an answer here:"
_READS_WELL = "Footnote reads English well"  # of every note on a question in another language


def lacking(reply: Reply) -> Iterator[str]:
    """Sentences that name what of the question the documents lack; none where nothing can be named."""
    if reply.unmentioned and not reply.left_out:
        yield f"Nothing here mentions {_named(reply.unmentioned, 'or')}."
    rest = [word for word in reply.missing if reply.left_out or word not in reply.unmentioned]
    if rest:
        yield f"None of the nearest passages has {_named(rest, 'or')}."
    if reply.apart:
        yield f"No passage has {_named(reply.apart, 'and')} together."


def is_language_note(paragraph: str) -> bool:
    """Whether it only says which languages are read well."""
    return _READS_WELL in paragraph


def _named(words: Sequence[str], joint: str) -> str:
    quoted = [f"“{word}”" for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} {joint} {quoted[-1]}"
