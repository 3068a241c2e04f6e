"""The settings of a channel as a modal: shown by `/ask settings`, and kept when it is submitted."""

from typing import Any

import msgspec
from msgspec import Struct
from slack_bolt.async_app import AsyncAck, AsyncBoltContext

from index.globs import fitting
from qa.collection.choosing import ALL, CollectionError
from qa.use_cases import UseCases
from web.settings.slack import MOST_SENTENCES, ChannelSettings
from web.slack.asking import Asking
from web.slack.blocks import Block, Message, context, markup, option, plain
from web.slack.channels import Channels
from web.slack.escaping import escaped, escaped_to, unescape_once
from web.slack.places import SlackThread
from web.slack.posting import Answering
from web.slack.talking import message_filter

CALLBACK = "footnote_settings"
_WHEN, _SENTENCES, _SOURCES, _WITHIN = "when", "sentences", "sources", "in"
_ASKED, _UNPROMPTED, _OFF = "asked", "unprompted", "off"
_WHEN_WORDS = {
    _ASKED: "When it is asked",
    _UNPROMPTED: "Also unprompted, where it surely can",
    _OFF: "Never: it is off",
}
_LONGEST_SOURCES = 3_000
_LONGEST_WITHIN = 1_000
_KEPT = "kept"


class Opened(Struct, frozen=True):
    """What a modal remembers between being shown and being submitted."""

    channel: str
    response_url: str


class Modal:
    """The listener of the modal's submission."""

    def __init__(self, asking: Asking, channels: Channels) -> None:
        self._asking = asking
        self._channels = channels

    async def on_submit(
        self, ack: AsyncAck, view: dict[str, Any], body: dict[str, Any], context: AsyncBoltContext
    ) -> None:
        """Somebody saves the settings."""
        await ack()
        opened = msgspec.json.decode(unescape_once(view["private_metadata"]), type=Opened)
        answering = Answering(opened.response_url)
        progress = context["progress"]
        try:
            settings = settings_of(view["state"]["values"])
        except msgspec.ValidationError as error:
            await answering.tell(Message(f"Not saved: {escaped(str(error))}."))
            return
        if not progress.get(_KEPT):
            self._channels.change(opened.channel, settings, str(body["user"]["id"]))
            progress.put(_KEPT, "1")
        place = SlackThread(message_filter(context).team, opened.channel)
        await answering.tell(Message(f"Saved. {await self._told(place, settings)}"))

    async def _told(self, place: SlackThread, settings: ChannelSettings) -> str:
        if settings.off:
            return "Footnote is off in this channel."
        when = " Questions that nobody put to it are answered where it surely can." if settings.unprompted else ""
        try:
            found, every = await self._asking.backend(place).read(lambda service: _reach(service, settings))
        except CollectionError as error:
            return f"{escaped(str(error))}{when}"
        return f"Answers here come from {found:,} of {every:,} documents.{when}"


def _reach(service: UseCases, settings: ChannelSettings) -> tuple[int, int]:
    """How many documents are asked, of how many. Raises CollectionError."""
    every = service.sources()
    held = every if settings.within in (None, ALL) else service.collection(settings.within).sources
    fits = fitting(settings.sources)
    return sum(fits(each.source) for each in held), len(every)


def settings_view(channel: str, channels: Channels, response_url: str) -> dict[str, Any]:
    """The modal for a channel, with what holds there."""
    chosen = channels.chosen(channel)
    when = _OFF if chosen.off else _UNPROMPTED if chosen.unprompted else _ASKED
    whens = {name: option(label, name) for name, label in _WHEN_WORDS.items()}
    counts = {count: option(str(count), str(count)) for count in range(1, MOST_SENTENCES + 1)}
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": msgspec.json.encode(Opened(channel, response_url)).decode(),
        "title": plain("Footnote here"),
        "submit": plain("Save"),
        "close": plain("Cancel"),
        "blocks": [
            *_last_change(channel, channels),
            _input(
                _WHEN,
                "When does it answer in this channel?",
                {"type": "radio_buttons", "options": list(whens.values()), "initial_option": whens[when]},
            ),
            _input(
                _SENTENCES,
                "Sentences of an answer, at most",
                {
                    "type": "static_select",
                    "options": list(counts.values()),
                    "initial_option": counts[chosen.max_sentences],
                },
            ),
            _within_input(chosen),
            _sources_input(chosen, channels.visible(channel)),
        ],
    }


def settings_of(values: dict[str, dict[str, dict[str, Any]]]) -> ChannelSettings:
    """What was chosen in the modal. Raises msgspec.ValidationError."""
    when = values[_WHEN][_WHEN]["selected_option"]["value"]
    globs = unescape_once(values[_SOURCES][_SOURCES].get("value") or "").splitlines()
    return msgspec.convert(
        {
            "sources": [each.strip() for each in globs if each.strip()],
            "unprompted": when == _UNPROMPTED,
            "in": _within_of(values),
            "max_sentences": int(values[_SENTENCES][_SENTENCES]["selected_option"]["value"]),
            "off": when == _OFF,
        },
        ChannelSettings,
    )


def _within_of(values: dict[str, dict[str, dict[str, Any]]]) -> str | None:
    """Modals that were opened before there was this field have none."""
    value = values.get(_WITHIN, {}).get(_WITHIN, {}).get("value")
    return unescape_once(value).strip() or None if value else None


def _last_change(channel: str, channels: Channels) -> list[Block]:
    change = channels.changed(channel)
    return [context(markup(f"Last changed by <@{change.user}> on {change.at[:10]}."))] if change else []


def _sources_input(chosen: ChannelSettings, visible: tuple[str, ...]) -> Block:
    limit = f" The operator gave this channel {escaped_to(', '.join(visible), 400)}." if visible else ""
    hint = "One pattern a line, as reports/*.txt; * stands for anything. Empty: all there are for this channel."
    field: Block = {"type": "plain_text_input", "multiline": True, "max_length": _LONGEST_SOURCES}
    if chosen.sources:
        field["initial_value"] = "\n".join(chosen.sources)
    return {**_input(_SOURCES, "Which documents?", field), "optional": True, "hint": plain(hint + limit)}


def _within_input(chosen: ChannelSettings) -> Block:
    field: Block = {"type": "plain_text_input", "max_length": _LONGEST_WITHIN}
    if chosen.within:
        field["initial_value"] = chosen.within
    hint = "Asked where a message names none by in: NAME. Empty: all documents."
    return {**_input(_WITHIN, "Within which folder or saved filter?", field), "optional": True, "hint": plain(hint)}


def _input(name: str, label: str, element: Block) -> Block:
    return {"type": "input", "block_id": name, "label": plain(label), "element": {**element, "action_id": name}}
