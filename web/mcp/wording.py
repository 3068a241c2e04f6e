"""What the tools say in words, for hosts that show a model no structured results."""

from collections.abc import Iterator

from qa.types import Reply
from web.mcp.messages import CheckedCitation, FoundPassages, SourcePart
from web.rendering.plain import plain_reply, printable

_VERDICTS = {
    "exact": "It stands there, word for word.",
    "moved": "It stands elsewhere in the document now.",
    "changed": "The document does not say this, there or in one other place.",
    "gone": "There is no such document, or its file is not there any more.",
}


def answer_in_words(reply: Reply, page_url: str | None) -> str:
    """The reply, with links to the page where there is one, and what a follow-up needs."""
    lines = [plain_reply(reply, page_url), f"conversation_id, for a question that follows up: {reply.conversation_id}"]
    if page_url is not None:
        lines.append(f"This answer on the page: {page_url}/answers/{reply.id}")
    return "\n".join(lines)


def passages_in_words(found: FoundPassages, page_url: str | None) -> str:
    """The passages, numbered, with where they stand."""
    if not found.passages:
        return "Nothing in the documents comes near it."
    return "\n\n".join("\n".join(lines) for lines in _passages(found, page_url))


def _passages(found: FoundPassages, page_url: str | None) -> Iterator[list[str]]:
    for each in found.passages:
        where = f"{printable(each.source)}, characters {each.start_char_index}-{each.end_char_index}"
        lines = [f"{each.rank}. {printable(each.document_title)} ({where}, similarity {each.similarity:.2f})"]
        if each.heading:
            lines.append(f"Under: {printable(each.heading)}")
        if page_url is not None:
            lines.append(page_url + each.url)
        yield [*lines, printable(each.text)]


def part_in_words(part: SourcePart) -> str:
    """The text as it stands, under a line that says which part it is."""
    head = (
        f"{printable(part.title)} ({printable(part.source)}), characters {part.start_char_index}-{part.end_char_index} "
        f"of {part.characters}:"
    )
    last = "That is all." if part.next_start is None else f"It goes on: read on with start={part.next_start}."
    return f"{head}\n\n{part.text}\n\n{last}"


def verdict_in_words(checked: CheckedCitation) -> str:
    """What became of the quotation."""
    lines = [f"{checked.status}: {_VERDICTS[checked.status]}"]
    if checked.on_disk == "changed":
        lines.append("The file has changed since it was indexed: this is of what was read then.")
    if checked.text is not None:
        at = f"{checked.start_char_index}-{checked.end_char_index}" if checked.start_char_index is not None else "there"
        lines.append(f"The document's characters {at}: {checked.text}")
    return "\n".join(lines)
