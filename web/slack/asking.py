"""Questions from Slack, each put as by the channel it comes from: with its documents and its conversations."""

import asyncio
from collections.abc import Mapping

from index.errors import NotFoundError, UnavailableError
from qa.types import AskOptions, Reply, Requester
from web.backend import Backend, Inquiry
from web.background.suggestions import SuggestionSearches
from web.corpora.corpora import CorpusRoom
from web.slack.asked_in import asked_in
from web.slack.channels import Channels
from web.slack.inbox import ItemProgress
from web.slack.places import Links, SlackThread

_REPLY = "reply"


class Asking:
    """Puts questions, and finds what was answered. rooms: where there are several corpora, each by its name; without
    them there is `backend` alone, with its `searches`, if suggestions are looked for."""

    def __init__(
        self,
        backend: Backend,
        channels: Channels,
        links: Links,
        searches: SuggestionSearches | None,
        rooms: Mapping[str, CorpusRoom],
    ) -> None:
        self._backend = backend
        self._channels = channels
        self._links = links
        self._searches = searches
        self._rooms = rooms

    def links(self, place: SlackThread) -> Links:
        """To the page of the channel's corpus."""
        room = self._room(place)
        return self._links if room is None else Links(self._links.base + room.base)

    def searches(self, place: SlackThread) -> SuggestionSearches | None:
        """Those of the channel's corpus."""
        room = self._room(place)
        return self._searches if room is None else room.searches

    def backend(self, place: SlackThread) -> Backend:
        """The service as that channel sees it."""
        room = self._room(place)
        backend = self._backend if room is None else room.backend
        return backend.for_requester(
            Requester(place.requester_name, self._channels.visible(place.channel), is_admin=False)
        )

    async def ask(self, place: SlackThread, question: str, conversation_id: str, progress: ItemProgress) -> Reply:
        """The answer; the one that was given already where this is done a second time. Raises what `Backend.ask` and
        its future do."""
        known = progress.get(_REPLY)
        if known is not None and (given := await self._given(place, known)):
            return given
        question, within = asked_in(question)
        within = within or await self._within(place, conversation_id)
        inquiry = Inquiry(question, "slack", conversation_id, self._options(place, within))
        reply = await asyncio.wrap_future(self.backend(place).ask(inquiry))
        progress.put(_REPLY, reply.id)
        return reply

    async def would_answer(self, place: SlackThread, question: str) -> bool:
        """Whether it would be answered. Nothing is remembered of a question that nobody put to us. Raises what
        `preview` does."""
        question, within = asked_in(question)
        options = self._options(place, within)
        work = self.backend(place).submit(lambda service: service.preview(question, options))
        return (await asyncio.wrap_future(work)).answered

    async def past(self, place: SlackThread, reply_id: str) -> Reply:
        """An answer that was given in that channel. Raises NotFoundError, UnavailableError."""
        return await self.backend(place).read(lambda service: service.past_reply(reply_id).reply)

    async def _within(self, place: SlackThread, conversation_id: str) -> str | None:
        """What the last answer of the thread was asked within."""
        try:
            turns = await self.backend(place).read(lambda service: service.turns(conversation_id, 1))
        except UnavailableError:
            return None
        last = turns[-1].reply if turns else None
        return last.within.name if last and last.within else None

    def _room(self, place: SlackThread) -> CorpusRoom | None:
        return self._rooms.get(self._channels.corpus(place.channel))

    async def _given(self, place: SlackThread, reply_id: str) -> Reply | None:
        try:
            return await self.past(place, reply_id)
        except (NotFoundError, UnavailableError):
            return None

    def _options(self, place: SlackThread, within: str | None) -> AskOptions:
        """within: what the message names; the channel's own where it names nothing."""
        chosen = self._channels.chosen(place.channel)
        return AskOptions(max_sentences=chosen.max_sentences, sources=chosen.sources, within=within or chosen.within)
