"""What Footnote says of itself in Slack."""

from web.slack.blocks import Message, bullets, line, rich_text, words

_WAYS = (
    ("@Footnote your question", " in a channel it is in: the answer comes in the thread."),
    ("A direct message", " to it, or a reply in the thread of an answer: no mention is needed there."),
    ("/ask your question", " anywhere: only you see the answer, until you share it."),
    ("in: handbook", " before or behind a question: only that folder or saved filter is asked; in: / asks all."),
    ("/ask settings", " for what holds in a channel: which documents, how many sentences, unprompted or off."),
)
_TOLD = (
    "I answer from the documents I was given, in their own words, and say where each sentence stands. What they do "
    "not hold I do not answer."
)
HELP = Message(
    f"{_TOLD} Ask by mentioning me, by a direct message, or by /ask.",
    (rich_text(line(words(_TOLD)), bullets(*(line(words(what, bold=True), words(does)) for what, does in _WAYS))),),
)
OFF = Message("Footnote is turned off in this channel. /ask settings turns it on again.")


def is_help(text: str) -> bool:
    """Whether somebody asks how to ask."""
    return text.strip().casefold().strip("?!. ") == "help"
