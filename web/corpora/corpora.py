"""What a server has of each corpus, and which of them exist for whoever asks."""

from collections.abc import Callable, Mapping

from msgspec import Struct

from index.errors import NotFoundError, UnavailableError
from index.sync.indexer import Indexer
from qa.types import Requester
from qa.use_cases import UseCases
from web.backend import Backend
from web.background.suggestions import SuggestionSearches
from web.corpora.shelving import Shelving
from web.http.problems import FieldError
from web.originals import Originals
from web.settings.settings import Settings

PREFIX = "/corpora/"  # what addresses of one of several corpora begin with, before its name


class CorpusParts(Struct, frozen=True):
    """What a corpus is served from. settings: as if it were alone. open_service: called once, on the model thread.
    indexer: which that starts, if something indexes."""

    settings: Settings
    open_service: Callable[[], UseCases]
    indexer: Indexer | None = None
    title: str = ""


class CorpusRoom(Struct, frozen=True):
    """A corpus while it is served. name: "" of the only one. backend: the operator's."""

    name: str
    title: str
    backend: Backend
    indexer: Indexer | None
    searches: SuggestionSearches
    shelving: Shelving
    originals: Originals

    @property
    def base(self) -> str:
        """What its addresses begin with: nothing for the only one."""
        return f"{PREFIX}{self.name}" if self.name else ""

    @property
    def trouble(self) -> str:
        """What keeps it from being served as its folder is, in a sentence; "" if nothing does."""
        if self.backend.state == "failed":
            return "Its index could not be opened; the server's log says why."
        error = self.indexer.status.error if self.indexer is not None else ""
        return f"It is served as it was indexed last: {error}" if error else ""


class CorpusChoice(Struct, frozen=True):
    """What a request says of the corpus it is about. names: each that it gives, in its address, query or body.
    conversation_id: which a question follows up."""

    names: tuple[str, ...] = ()
    conversation_id: str | None = None


class Corpora:
    """Those of a server, by name and in the order of the settings; the only one is called "". default: the name of the
    one that is asked where none is named."""

    def __init__(self, rooms: Mapping[str, CorpusRoom], default: str) -> None:
        self._rooms = dict(rooms)
        self._default = default

    @property
    def are_several(self) -> bool:
        """Whether they have names."""
        return "" not in self._rooms

    def all(self) -> tuple[CorpusRoom, ...]:
        """Whoever asks."""
        return tuple(self._rooms.values())

    def visible(self, requester: Requester) -> tuple[CorpusRoom, ...]:
        """Those that exist for whoever asks."""
        only = requester.corpora
        return tuple(room for name, room in self._rooms.items() if not only or name in only)

    def default(self, requester: Requester) -> CorpusRoom:
        """Where none is named. Raises NotFoundError where none exists for whoever asks."""
        visible = {room.name: room for room in self.visible(requester)}
        if not visible:
            raise NotFoundError("There is no corpus for this key.")
        return visible.get(self._default) or next(iter(visible.values()))

    def named(self, requester: Requester, name: str) -> CorpusRoom:
        """That one. Raises NotFoundError: the same for one that there is not and one that is not for who asks."""
        found = next((room for room in self.visible(requester) if room.name == name), None)
        if found is None:
            raise NotFoundError(f"There is no corpus {name!r} here.")
        return found

    async def chosen(self, requester: Requester, choice: CorpusChoice) -> CorpusRoom:
        """The one a request is about: the one it names, else that of the conversation it follows up, else the default.

        Raises NotFoundError as `named` and `default` do, and FieldError where it names two, or another one than its
        conversation is about.
        """
        if len(set(choice.names)) > 1:
            raise FieldError("corpus", f"The request names two corpora: {' and '.join(map(repr, choice.names))}")
        room = self.named(requester, choice.names[0]) if choice.names else self.default(requester)
        if choice.conversation_id is None or not self.are_several:
            return room
        others = (each for each in self.visible(requester) if each is not room)
        for each in (room, *others):
            if await _holds(each, requester, choice.conversation_id):
                if choice.names and each is not room:
                    raise FieldError(
                        "corpus", f"This conversation is about the corpus {each.name!r}: begin another, or leave it out"
                    )
                return each
        return room


async def _holds(room: CorpusRoom, requester: Requester, conversation_id: str) -> bool:
    """Whether one of the requester's conversations there has that id. Not where there is no telling now."""
    if room.backend.state == "failed":
        return False
    try:
        return bool(await room.backend.for_requester(requester).read(lambda each: each.turns(conversation_id, 1)))
    except UnavailableError:
        return False
