"""How a request says which corpus it is about: `/corpora/NAME` before its path, `corpus` in its query or JSON body.

Two layers of plain ASGI, there only where there are several corpora: the outer one takes the name off the path, before
rules go by paths; the inner one takes it out of query and body, once it is known who asks. So no handler knows of it:
what each is given is of the corpus that was chosen.
"""

import re
from collections.abc import Callable, Mapping, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any, cast
from urllib.parse import parse_qsl, quote, unquote, urlencode

import msgspec
from litestar.datastructures import Headers, State
from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPReceiveMessage, HTTPScope, Message, Receive, Scope, Send

from index.errors import NotFoundError
from web.access.access import requester_of
from web.corpora.corpora import PREFIX, Corpora, CorpusChoice, CorpusRoom
from web.http.problems import FieldError
from web.http.request import refuse, reply

COOKIE = "footnote-corpus"  # which corpus the page was last changed to
_PAGE = re.compile(r"/|/(sources|gaps)/?|/(sources|conversations|answers)/[^/]+/?")
HEADER = b"footnote-corpus"  # of a reply: the one that it is about
_CHOICE, _CHOSEN = "footnote.corpus_choice", "footnote.corpus"
_API = "/api/"
_ASK = "/api/ask"
_FIELD = "corpus"


class Addressed:
    """The outer layer: `/corpora/NAME/api/ask` becomes `/api/ask`, about NAME."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = cast(Any, scope).get("path", "")
        if scope["type"] == ScopeType.HTTP and path.startswith(PREFIX):
            name, _, rest = path.removeprefix(PREFIX).partition("/")
            changed = {"path": f"/{rest}", "raw_path": f"/{rest}".encode(), _CHOICE: CorpusChoice((name,))}
            scope = cast(Scope, {**scope, **changed})
        await self._app(scope, receive, send)


class Choosing:
    """The inner layer: takes `corpus` out of the query and the body of what goes to the API, and notes in the reply's
    head which one it was. A page whose address names no corpus is sent on to the one that the browser chose last, else
    to the default: its address then says which it shows."""

    def __init__(self, app: ASGIApp, corpora: Callable[[], Corpora]) -> None:
        self._app = app
        self._corpora = corpora

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        noted = cast(dict[str, Any], {**scope})
        if scope["path"].startswith(_API):
            try:
                receive = await _chosen(noted, receive)
            except FieldError as error:
                await refuse(send, error)
                return
        elif scope["method"] in ("GET", "HEAD") and _CHOICE not in noted and _PAGE.fullmatch(scope["path"]):
            await self._send_on(scope, send)
            return

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start" and (name := noted.get(_CHOSEN)):
                message["headers"] = [*message["headers"], (HEADER, name.encode())]
            await send(message)

        await self._app(cast(Scope, noted), receive, told)

    async def _send_on(self, scope: HTTPScope, send: Send) -> None:
        corpora, requester = self._corpora(), requester_of(cast(Mapping[str, Any], scope))
        kept = _kept(Headers.from_scope(scope).get("cookie", ""))
        try:
            default = corpora.default(requester)
        except NotFoundError as error:
            await refuse(send, error)
            return
        room = next((each for each in corpora.visible(requester) if each.name == kept), default)
        query = f"?{scope['query_string'].decode()}" if scope["query_string"] else ""
        await reply(send, 307, headers={"Location": f"{room.base}{quote(scope['path'])}{query}", "Vary": "Cookie"})


def _kept(cookies: str) -> str:
    """The corpus that the browser chose last, "" if it tells none."""
    try:
        found = SimpleCookie(cookies).get(COOKIE)
    except CookieError:
        return ""
    return unquote(found.value) if found is not None else ""


async def room_of(state: State, scope: Scope | Mapping[str, Any]) -> CorpusRoom:
    """The corpus that a request is about. Raises what `Corpora.chosen` does."""
    corpora: Corpora = state["corpora"]
    room = await corpora.chosen(requester_of(scope), choice_of(scope))
    note_chosen(cast(Scope, scope), room)
    return room


def choice_of(scope: Mapping[str, Any]) -> CorpusChoice:
    """What a request says by its address, for whoever goes by something else besides."""
    choice: CorpusChoice = scope.get(_CHOICE, CorpusChoice())
    return choice


def note_chosen(scope: Scope | MutableMapping[str, Any], room: CorpusRoom) -> None:
    """Have the reply's head tell it."""
    cast(MutableMapping[str, Any], scope)[_CHOSEN] = room.name


async def _chosen(scope: dict[str, Any], receive: Receive) -> Receive:
    """Notes on the scope what the request says, and takes it out of it. Raises FieldError."""
    choice: CorpusChoice = scope.get(_CHOICE, CorpusChoice())
    query = parse_qsl(scope["query_string"].decode(), keep_blank_values=True)
    named = [value for key, value in query if key == _FIELD]
    if named:
        rest = [(key, value) for key, value in query if key != _FIELD]
        scope["query_string"] = urlencode(rest).encode()
    follows = next((value for key, value in query if key == "conversation_id"), None)
    if _is_json(Headers.from_scope(cast(Scope, scope))):
        first = cast(HTTPReceiveMessage, await receive())
        fields = _fields(first)
        if _FIELD in fields and first["type"] == "http.request":
            named += _text(fields.pop(_FIELD))
            first["body"] = msgspec.json.encode(fields)
        follows = _follows(fields) or follows
        receive = _again(first, receive)
    scope[_CHOICE] = CorpusChoice((*choice.names, *named), follows if scope["path"] == _ASK else None)
    return receive


def _is_json(headers: Headers) -> bool:
    return headers.get("content-type", "").partition(";")[0].strip().lower() == "application/json"


def _fields(message: HTTPReceiveMessage) -> dict[str, msgspec.Raw]:
    """Of a body that is a JSON object; none of another, which whoever parses it refuses."""
    if message["type"] != "http.request" or message["more_body"]:  # Limits gives a JSON body whole
        return {}
    try:
        return msgspec.json.decode(message["body"], type=dict[str, msgspec.Raw])
    except msgspec.DecodeError:
        return {}


def _text(value: msgspec.Raw) -> list[str]:
    """A string; none for null. Raises FieldError."""
    try:
        given = msgspec.json.decode(value, type=str | None)
    except msgspec.DecodeError as error:
        raise FieldError(_FIELD, "It must be the name of a corpus") from error
    return [] if given is None else [given]


def _follows(fields: Mapping[str, msgspec.Raw]) -> str | None:
    """The conversation that the fields name. What is no name is for the handler to refuse."""
    try:
        return msgspec.json.decode(fields["conversation_id"], type=str)
    except (KeyError, msgspec.DecodeError):
        return None


def _again(first: HTTPReceiveMessage, receive: Receive) -> Receive:
    """A `receive` that gives that message, then what the real one gives."""
    waiting = [first]

    async def given() -> HTTPReceiveMessage:
        return waiting.pop() if waiting else cast(HTTPReceiveMessage, await receive())

    return given
