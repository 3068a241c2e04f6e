"""What of a message Slack would act on: links, mentions, markup. Told from the message alone, as Slack reads it."""

import re
from collections.abc import Iterator

from tests.web.slack.block_limits import Json
from tests.web.slack.talk import PAGE

_TAG = re.compile(r"<([^<>]*)>")
_STRAY = re.compile(r"[<>]|&(?!amp;|lt;|gt;)")


def acted_on(message: Json) -> list[str]:
    """The addresses of all links and mentions in it, and whatever is not escaped as it should be."""
    found = [*_of_markup(str(message["text"])), *(each for block in message.get("blocks", ()) for each in _of(block))]
    return [each for each in found if not each.startswith(f"{PAGE}/")]


def _of(part: object) -> Iterator[str]:
    if isinstance(part, list):
        for each in part:
            yield from _of(each)
    if not isinstance(part, dict):
        return
    if part.get("type") == "mrkdwn":
        yield from _of_markup(part["text"])
        yield from re.findall(r"[*_~`][^*_~`]*[*_~`]", _TAG.sub("", part["text"]))
    elif part.get("type") == "plain_text":
        yield from (f"not escaped: {each}" for each in _STRAY.findall(part["text"]))
        yield from ["emoji"] if part.get("emoji") is not False else []
    elif part.get("type") in ("user", "channel", "broadcast", "usergroup", "emoji"):
        yield str(part)
    elif part.get("type") == "link":
        yield str(part["url"])
    for name, each in part.items():
        if name != "text" or not isinstance(each, str):
            yield from _of(each)


def _of_markup(text: str) -> Iterator[str]:
    for tag in _TAG.findall(text):
        yield tag.partition("|")[0]
    yield from (f"not escaped: {each}" for each in _STRAY.findall(_TAG.sub("", text)))
