"""A conversation as a file: Markdown with a footnote for every citation, or JSON.

What is said is quoted, so all of it is escaped: whatever a document, a file name or a question holds, it shows as its
own characters and never as markup (CommonMark 0.31; the footnotes are GitHub's and Pandoc's).
"""

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from qa.structure import Markdown, Section, plain_lines, sections
from qa.types import VERDICT_WORDS, AnswerGroup, Citation, Conversation, Count, Reply, RetrievedPassage, Turn

_NEAREST = 3
_SPACES = re.compile(r"[ \t\n\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]+")
# Control characters, and those that could show a quote in another order than it stands in.
_UNSHOWN = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")
# What can be markup anywhere in a line, also with programs that take more for it than CommonMark: mathematics, marks,
# templates, and addresses that become links by themselves.
_ANYWHERE = re.compile(r"[\\`*_\[\]<>&~$^{}@]|==|:(?=//)|(?<=\bwww)\.|(?<!\S)#", re.IGNORECASE)
_AT_THE_START = re.compile(r"\A(\d{0,9})([-+=:!.)|])")


def as_json(conversation: Conversation) -> bytes:
    """The conversation itself, indented."""
    return msgspec.json.format(msgspec.json.encode(conversation), indent=2) + b"\n"


def as_markdown(conversation: Conversation) -> str:
    """The conversation to be read. Footnotes are numbered through it, and stand at its end."""
    notes: list[str] = []
    parts = [f"# {escaped(conversation.title)}"]
    for turn in conversation.turns:
        parts += _turn(turn, notes)
    return "\n\n".join([*parts, *notes]) + "\n"


def shown(text: str) -> str:
    """The text in one line, without the characters that a reader could not see or would be misled by."""
    return _SPACES.sub(" ", _UNSHOWN.sub("", text)).strip()


def escaped(text: str) -> str:
    """Markdown that shows `shown(text)`, and holds no markup."""
    line = _ANYWHERE.sub(r"\\\g<0>", shown(text))
    return _AT_THE_START.sub(r"\1\\\2", line)


_MARKDOWN = Markdown(escaped, plain_lines)


def _turn(turn: Turn, notes: list[str]) -> Iterator[str]:
    """Its paragraphs; what they cite is added to `notes`."""
    yield f"## {escaped(turn.question)}"
    if turn.reply is not None and turn.reply.following_up_on:
        yield f"Following up on: {escaped(turn.reply.following_up_on)}"
    elif turn.interpreted_as:
        yield f"Interpreted as: {escaped(turn.interpreted_as)}"
    reply = turn.reply
    if reply is None:
        yield escaped(turn.answer_text) or "Not in these documents."
        return
    labels = _labels(reply, notes)
    if reply.within:
        yield f"Asked within {escaped(reply.within.name)}."
    if reply.message:
        yield escaped(reply.message)
    if reply.count:
        yield _counted(reply.count)
    if not reply.answered and reply.kind == "answer":
        yield from _abstention(reply.passages)
    if reply.verdict:
        yield f"**{VERDICT_WORDS[reply.verdict]}**"
    if reply.answer and not reply.disagreement:
        yield f"**{escaped(reply.answer.text)}**{labels[reply.answer.citation]}"
    if reply.disagreement:
        yield "Sources differ:"
        yield "\n".join(_side(group, reply, labels) for group in reply.groups)
    yield from (_section(section, labels) for section in sections(reply.content))
    if reply.answered and reply.kind == "answer":
        yield f"Confidence: {reply.confidence_label.replace('_', ' ').lower()} ({reply.confidence:.0%})."
    yield f"Asked on {turn.asked_at}, of the index {escaped(reply.index_version)}."


def _labels(reply: Reply, notes: list[str]) -> dict[int, str]:
    """The mark of each citation, by its number in the reply."""
    labels = {}
    for citation in (each for block in reply.content for each in (*block.citations, *block.also)):
        mark = f"[^{len(notes) + 1}]"
        notes.append(f"{mark}: {_place(citation)}")
        labels[citation.number] = mark
    return labels


def _place(citation: Citation) -> str:
    where = [f"characters {citation.start_char_index}-{citation.end_char_index}"]
    if citation.spot:
        where.append(escaped(citation.spot))
    if citation.heading:
        where.append(f"under “{escaped(citation.heading)}”")
    title = f"*{escaped(citation.document_title)}*" if shown(citation.document_title) else "Untitled"
    return f"{title}, {escaped(citation.source)}, {', '.join(where)}: “{escaped(citation.cited_text)}”"


def _section(section: Section, labels: dict[int, str]) -> str:
    """A quotation, with what is a list, a table or code in it set as that."""
    return "\n".join(f"> {line}".rstrip() for line in "\n".join(_quoted(section, labels)).split("\n"))


def _quoted(section: Section, labels: dict[int, str]) -> Iterator[str]:
    block = section.blocks[0]
    about = f"**{escaped(block.about)}:**" if block.about else ""
    if section.kind == "sentence":
        yield f"{about}{' ' * bool(about)}{escaped(block.text)}{_marks(labels, block.citations, block.also)}"
        return
    if about:
        yield f"{about}\n"
    if section.lead:
        yield f"{escaped(section.lead)}{_marks(labels, section.lead_citations)}\n"
    marks = [_marks(labels, line.citations, line.also) for line in section.lines]
    if section.kind == "code":
        yield f"{_MARKDOWN.fenced(section.code)}\n\n{_marks(labels, block.citations[-1:], block.also)}"
    elif section.kind == "list":
        yield from (f"{item}{mark}" for item, mark in zip(_MARKDOWN.items(section.lines), marks, strict=True))
    elif section.kind == "row" and len(section.lines) > 1:
        yield _MARKDOWN.head(section.columns)
        for line, mark in zip(section.lines, marks, strict=True):
            yield _MARKDOWN.row(section.columns, line, mark)
    else:
        lines = zip(section.lines, marks, strict=True)
        yield "\\\n".join("\\\n".join(map(_MARKDOWN.named, line.entries)) + mark for line, mark in lines)


def _marks(labels: dict[int, str], citations: Iterable[Citation], also: Iterable[Citation] = ()) -> str:
    again = "".join(labels[each.number] for each in also)
    return "".join(labels[each.number] for each in citations) + (f" (also said there: {again})" if again else "")


def _side(group: AnswerGroup, reply: Reply, labels: dict[int, str]) -> str:
    titles = {each.number: each.document_title for block in reply.content for each in (*block.citations, *block.also)}
    mentions = [
        f"{escaped(titles[each.citation])} ({escaped(each.date or 'no date')}){labels[each.citation]}"
        for each in group.mentions
    ]
    return f"- **{escaped(group.text)}**: {'; '.join(mentions)}"


def _counted(count: Count) -> str:
    sought = ", ".join(f"“{escaped(each)}”" for each in count.sought) or "it"
    return (
        f"All documents were read ({count.documents_scanned:,}). Documents with {sought}: {count.documents:,}; "
        f"sentences: {count.mentions:,}, quoted here: {count.cited:,}."
    )


def _abstention(passages: Sequence[RetrievedPassage]) -> Iterator[str]:
    yield "Not in these documents: nothing was found to answer this."
    if passages:
        yield "What came nearest:"
        yield "\n".join(
            f"- *{escaped(each.document_title) or 'Untitled'}*, {escaped(each.source)}, "
            f"characters {each.start_char_index}-{each.end_char_index}"
            for each in passages[:_NEAREST]
        )
