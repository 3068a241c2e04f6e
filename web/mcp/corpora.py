"""Which corpus a tool is called for, where a server has several: by the argument `corpus`, or by the address."""

from typing import Any

from msgspec import Struct

from qa.types import Requester
from web.corpora.corpora import Corpora, CorpusChoice, CorpusRoom
from web.http.problems import FieldError
from web.mcp.messages import ARGUMENT, ListedCorpora, ListedCorpus
from web.mcp.tools import Caller


class CorporaCaller(Struct, frozen=True):
    """Who calls. choice: what the address says. page_url: of the server."""

    corpora: Corpora
    requester: Requester
    choice: CorpusChoice
    page_url: str

    @property
    def whole(self) -> Caller:
        """Before it is known what is called for. Raises NotFoundError as `Corpora.named` does."""
        corpora, names = self.corpora, self.choice.names
        room = corpora.named(self.requester, names[0]) if names else corpora.default(self.requester)
        return self._at(room)

    async def choose(self, arguments: dict[str, Any]) -> tuple[Caller, dict[str, Any]]:
        """Who calls for the corpus that the arguments name, or whose conversation they follow up; and the arguments
        without its name. Raises what `Corpora.chosen` does."""
        rest = {name: value for name, value in arguments.items() if name != ARGUMENT}
        named = arguments.get(ARGUMENT, ())
        if named and not isinstance(named, str):
            raise FieldError(ARGUMENT, "It must be the name of a corpus")
        names = (*self.choice.names, *((named,) if named else ()))
        follows = rest.get("conversation_id")
        choice = CorpusChoice(names, follows if isinstance(follows, str) else None)
        return self._at(await self.corpora.chosen(self.requester, choice)), rest

    async def listed(self) -> ListedCorpora:
        """Those that exist for whoever calls."""
        default = self.corpora.default(self.requester)
        visible = self.corpora.visible(self.requester)
        return ListedCorpora(tuple(ListedCorpus(room.name, room.title, room is default) for room in visible))

    def _at(self, room: CorpusRoom) -> Caller:
        backend = room.backend.for_requester(self.requester)
        is_open = self.corpora.are_several and not self.choice.names
        names = tuple(each.name for each in self.corpora.visible(self.requester)) if is_open else ()
        return Caller(backend, self.page_url + room.base, self if self.corpora.are_several else None, names)
