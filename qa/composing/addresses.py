"""Where a question asks where something is found, and the documents link to it, the link's address is the answer."""

from collections.abc import Sequence

from index.sentences.links import Link, links
from index.sentences.markup import display, joined_display
from qa.language.english import ENGLISH
from qa.language.language import Language
from qa.language.question import Question, words
from qa.types import Citation, ContentBlock, ShortAnswer


def with_address(
    question: Question, answer: ShortAnswer | None, content: Sequence[ContentBlock], language: Language = ENGLISH
) -> ShortAnswer | None:
    """The short answer, or the address of a link of the first block that answers better.

    Asked for a link, it is the one that the short answer touches or that the question names, else the only one. Asked
    where something is, it is that of a link which the short answer or the thing asked for is the text of.
    """
    asked = language.asking.address.fits(question.text)
    if not content or not (asked or language.asking.where.fits(question.text)):
        return answer
    every = [(cited, link) for cited in content[0].citations for link in links(cited.cited_text)]
    touched = [each for each in every if answer is not None and _touches(*each, answer)]
    named = [each for each in every if _names(*each, question)]
    chosen = touched or named or (every if asked and len(every) == 1 else [])
    return _address(*chosen[0]) if chosen else answer


def _touches(cited: Citation, link: Link, answer: ShortAnswer) -> bool:
    """Whether the answer lies in the link's text or address."""
    if cited.number != answer.citation:
        return False
    start, end = (at - cited.start_char_index for at in (answer.start_char_index, answer.end_char_index))
    return any(part.start < end and start < part.end for part in (link.label, link.address)) and (
        link.label.start - 1 <= start and end <= max(link.label.end, link.address.end) + 1
    )


def _names(cited: Citation, link: Link, question: Question) -> bool:
    """Whether most of the words that the link is called by are the question's."""
    called = words(display(cited.cited_text[link.label.start : link.label.end]))
    own = set(words(question.text))
    return bool(called) and 2 * sum(word in own for word in called) > len(called)


def _address(cited: Citation, link: Link) -> ShortAnswer:
    shown = joined_display([cited.cited_text[link.address.start : link.address.end]])
    at = cited.start_char_index
    return ShortAnswer(shown, cited.number, at + link.address.start, at + link.address.end)
