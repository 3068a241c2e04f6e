"""A reply as a message: the short answer, the documents' sentences with numbers, their sources, and buttons.

What documents say stands in rich text and plain text alone, where no markup of theirs is any. Nothing is cut but where
Slack's limits force it; then the rest is a link away.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate

from qa.types import VERDICT_WORDS, Citation, ContentBlock, Reply
from web.rendering.helping import INSTEAD, lacking
from web.rendering.labels import meanings
from web.rendering.plain import LEFT_OUT, NOTHING, citations_of, counted, has_headline, printable
from web.rendering.unread import abstained, going_on, unread
from web.rendering.within import told_within
from web.slack.blocks import (
    LONGEST_FALLBACK,
    LONGEST_LABEL,
    LONGEST_MESSAGE,
    LONGEST_TEXT,
    Block,
    Message,
    actions,
    bullets,
    button,
    context,
    length,
    line,
    markup,
    option,
    plain,
    rich_text,
    section,
    select,
    words,
)
from web.slack.escaping import escaped_to, fitted
from web.slack.places import Links
from web.slack.quotations import LONGEST_TITLE, MOST_CHIPS, chip, quotations

HELPFUL, NOT_HELPFUL, WRONG_CITATION = "footnote_helpful", "footnote_not_helpful", "footnote_wrong_citation"
MORE_CONTEXT, NEAREST_PASSAGES, SHARE = "footnote_more_context", "footnote_nearest", "footnote_share"
_MOST_DOCUMENTS, _MOST_SIDES, _MOST_OPTIONS, _MOST_PLACES = 12, 10, 100, 3
_LONGEST_QUESTION, _LONGEST_ANSWER, _LONGEST_SIDE, _LONGEST_SOURCE = 600, 1_000, 200, 250
_LONGEST_SAID, _LONGEST_UNREAD = 2_000, 400
_ASKS_ALL = " (in: /)"
# Characters that quotations are sure to have, and those that may be chosen from as wrong have together.
_LEAST_QUOTED, _MOST_TO_CHOOSE = 2_000, 2_000


def reply_message(reply: Reply, links: Links, *, asked_by: str | None = None, shareable: bool = False) -> Message:
    """The whole reply. asked_by: who asked, as markup of ours, where the question does not stand above the answer.
    shareable: with a button that shows it to the channel."""
    asked = [*_asked(reply, asked_by), *_interpreted(reply), *_within(reply)]
    head = [*asked, *_said(reply), *_count(reply), *_answer(reply, links)]
    buttons = _buttons(reply, shareable=shareable)
    tail = [*_foot(reply, links, LONGEST_MESSAGE - length([*head, buttons]) - _LEAST_QUOTED), buttons]
    room = LONGEST_MESSAGE - length([*head, *tail])
    return Message(_fallback(reply), (*head, *quotations(reply, links, room), *tail))


def _asked(reply: Reply, asked_by: str | None) -> Iterator[Block]:
    if asked_by is not None:
        yield context(markup(f"{asked_by} asked:"), plain(escaped_to(reply.question, _LONGEST_QUESTION)))


def _interpreted(reply: Reply) -> Iterator[Block]:
    if reply.following_up_on:
        yield context(plain(f"Following up on: {escaped_to(reply.following_up_on, _LONGEST_QUESTION)}"))
    elif reply.interpreted_as:
        yield context(plain(f"Interpreted as: {escaped_to(reply.interpreted_as, _LONGEST_QUESTION)}"))


def _within(reply: Reply) -> Iterator[Block]:
    if reply.within and reply.kind != "courtesy":
        yield context(plain(escaped_to(told_within(reply.within), _LONGEST_QUESTION)))


def _said(reply: Reply) -> Iterator[Block]:
    """What Footnote says itself."""
    if reply.message:
        yield section(escaped_to(reply.message, _LONGEST_SAID))


def _count(reply: Reply) -> Iterator[Block]:
    if reply.count:
        yield section(escaped_to(counted(reply.count), LONGEST_TEXT))


def _answer(reply: Reply, links: Links) -> Iterator[Block]:
    """The short answer, or both sides of a disagreement, or that there is none."""
    if not reply.answered:
        if not reply.count and reply.kind == "answer":
            nothing = "" if reply.passages or reply.indexing else f" {NOTHING}"
            said = " ".join((f"{abstained(reply, _ASKS_ALL)}{nothing}", *lacking(reply)))
            yield section(escaped_to(said, LONGEST_TEXT))
        for text in unread(reply):
            yield section(escaped_to(text, _LONGEST_UNREAD))
        if reply.left_out:
            places = ", ".join(printable(each.source) for each in reply.left_out)
            yield section(escaped_to(f"{LEFT_OUT} {places}", LONGEST_TEXT))
        if reply.suggestions and not reply.count:
            asked = [line(words(fitted(each, _LONGEST_QUESTION))) for each in reply.suggestions]
            yield rich_text(line(words(INSTEAD)), bullets(*asked))
        return
    by_number = {each.number: each for each in citations_of(reply)}
    if reply.verdict:
        yield rich_text(line(words(VERDICT_WORDS[reply.verdict], bold=True)))
    if reply.answer and has_headline(reply):
        number = chip(by_number[reply.answer.citation], links)
        yield rich_text(line(words(fitted(reply.answer.text, _LONGEST_ANSWER), bold=True), words(" "), number))
    if reply.disagreement:
        yield rich_text(line(words("Sources differ:", bold=True)), bullets(*_sides(reply, by_number, links)))


def _sides(reply: Reply, by_number: dict[int, Citation], links: Links) -> Iterator[Block]:
    for group in reply.groups[:_MOST_SIDES]:
        elements = [words(fitted(group.text, _LONGEST_SIDE), bold=True)]
        for mention in group.mentions[:_MOST_SIDES]:
            citation = by_number[mention.citation]
            title = fitted(citation.document_title, LONGEST_TITLE)
            elements += [words(f" · {title} ({fitted(mention.date or 'no date', 40)}) "), chip(citation, links)]
        yield line(*elements)


def _foot(reply: Reply, links: Links, room: int) -> Iterator[Block]:
    """How sure the answer is, and its sources: a line for each document, as far as there is room."""
    if not reply.answered:
        return
    yield from (context(plain(each)) for each in going_on(reply))
    sure = f"{meanings()[reply.confidence_label].words} ({reply.confidence:.0%}) · " if reply.kind == "answer" else ""
    yield context(markup(f"*Sources* · {sure}<{links.to_reply(reply)}|On the web page>"))
    documents: dict[str, list[Citation]] = {}
    for citation in citations_of(reply):
        documents.setdefault(citation.document_id, []).append(citation)
    told = 0
    for source in (_source(citations, links) for citations in list(documents.values())[:_MOST_DOCUMENTS]):
        room -= length([source])
        if room < 0:
            break
        told += 1
        yield source
    if (more := len(documents) - told) > 0:
        yield context(plain(f"and {more} more {'document' if more == 1 else 'documents'}"))


def _source(citations: Sequence[Citation], links: Links) -> Block:
    """`[1] [3]  Title · file · page 2, characters 609-949`."""
    numbers = " ".join(f"<{links.to(each)}|[{each.number}]>" for each in citations[:MOST_CHIPS])
    first = citations[0]
    named = dict.fromkeys(fitted(each, LONGEST_TITLE) for each in (first.document_title, first.source) if each.strip())
    where = f"{len(citations)} passages"
    if len(citations) <= _MOST_PLACES:
        where = "; ".join(_place(each, heading=len(citations) == 1) for each in citations)
    return context(markup(numbers), plain(escaped_to(" · ".join([*named, where]), _LONGEST_SOURCE)))


def _place(citation: Citation, *, heading: bool) -> str:
    spot = [citation.spot] if citation.spot else []
    under = [f"“{fitted(citation.heading, 60)}”"] if heading and citation.heading else []
    return ", ".join([*spot, *under, f"characters {citation.start_char_index}–{citation.end_char_index}"])


def _buttons(reply: Reply, *, shareable: bool) -> Block:
    row = [button("Helpful", HELPFUL, reply.id), button("Not helpful", NOT_HELPFUL, reply.id)]
    cited = citations_of(reply)
    if len(cited) == 1:
        row.append(button("Wrong citation", WRONG_CITATION, f"{reply.id}:{cited[0].number}"))
    elif cited:
        options = [
            option(escaped_to(f"[{each.number}] {each.cited_text}", LONGEST_LABEL), f"{reply.id}:{each.number}")
            for each in cited[:_MOST_OPTIONS]
        ]
        sizes = accumulate(length([each]) for each in options)
        options = [each for each, size in zip(options, sizes, strict=True) if size <= _MOST_TO_CHOOSE]
        row.append(select("Wrong citation", WRONG_CITATION, options))
    if reply.answered:
        row.append(button("More context", MORE_CONTEXT, reply.id))
    elif reply.passages:
        row.append(button("Nearest passages", NEAREST_PASSAGES, reply.id))
    if shareable and reply.answered:
        row.append(button("Share with channel", SHARE, reply.id))
    return actions(*row)


def _fallback(reply: Reply) -> str:
    """In one line: the short answer, the sentences, the sources."""
    said = [f"{reply.answer.text}:"] if reply.answer else []
    said += [VERDICT_WORDS[reply.verdict]] if reply.verdict else []
    said += [reply.message] if reply.message and reply.answered else []
    said += [counted(reply.count)] if reply.count else []
    said += [
        f"{_about(each)}{each.text} {''.join(f'[{cited.number}]' for cited in each.citations)}"
        for each in reply.content
    ]
    if not said:
        said = [abstained(reply)]
    titles = {printable(each.document_title): each.number for each in reversed(citations_of(reply))}
    sources = ", ".join(f"[{number}] {title}" for title, number in reversed(titles.items()))
    return escaped_to(" ".join([*said, f"Sources: {sources}" if sources else ""]), LONGEST_FALLBACK)


def _about(block: ContentBlock) -> str:
    return f"{block.about}: " if block.about else ""
