"""A reply as plain text, for a terminal. Document text is shown without control characters: it could steer one."""

from collections.abc import Iterable

from qa.types import Citation, ContentBlock, Reply, RetrievedPassage

_SHOWN_PASSAGES = 3
_SHOWN_CHARACTERS = 280


def plain_reply(reply: Reply) -> str:
    """The whole reply, ending in a line break."""
    parts = [_answer(reply) if reply.answered else _abstention(reply)]
    if reply.interpreted_as:
        parts.insert(0, f"(Understood as: {printable(reply.interpreted_as)})")
    return "\n\n".join(parts) + "\n"


def printable(text: str) -> str:
    """The text in one line, without the characters that move a cursor or change a colour."""
    kept = (each for each in text if each.isprintable() or each.isspace() or each == "\u200d")
    return " ".join("".join(kept).split())


def _answer(reply: Reply) -> str:
    sentences = " ".join(_sentence(block) for block in reply.content)
    parts = [printable(reply.answer.text)] if reply.answer else []
    citations = [citation for block in reply.content for citation in block.citations]
    return "\n\n".join([*parts, sentences, "\n".join(["Sources:", *map(_source, citations)])])


def _sentence(block: ContentBlock) -> str:
    return printable(block.text) + " " + "".join(f"[{citation.number}]" for citation in block.citations)


def _source(citation: Citation) -> str:
    where = f"{printable(citation.source)}, characters {citation.start_char_index}-{citation.end_char_index}"
    return f"  [{citation.number}] {printable(citation.document_title)} ({where})"


def _abstention(reply: Reply) -> str:
    if not reply.passages:
        return "That is not in these documents: nothing in them comes near."
    nearest = _nearest(reply.passages[:_SHOWN_PASSAGES])
    return "\n".join(["That is not in these documents. The nearest passages:", *nearest])


def _nearest(passages: Iterable[RetrievedPassage]) -> Iterable[str]:
    for passage in passages:
        yield f"  {passage.rank}. {printable(passage.document_title)} ({printable(passage.source)})"
        yield f"     {_shortened(printable(passage.text))}"


def _shortened(text: str) -> str:
    if len(text) <= _SHOWN_CHARACTERS:
        return text
    return text[:_SHOWN_CHARACTERS].rsplit(" ", 1)[0] + " …"
