"""Requests to /slack/events as they were never signed, by the thousand, over a real socket."""

import json
import random
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlencode, urlsplit

from msgspec import Struct

from tests.servers import serving
from tests.waiting import PATIENCE
from tests.web.slack.served import lifespan
from web.slack.events import PATH, EventsEndpoint
from web.slack.inbox import Inbox
from web.slack.intake import Intake
from web.slack.signature import sign

SECRET = "8f742231b10e8888abcd99bcdef85a50"
_LONGEST_STATUS_LINE = 65536


class Draft(Struct):
    """A request that Slack could have sent, before something happens to it."""

    method: str
    headers: list[tuple[bytes, bytes]]
    body: bytes

    def raw(self) -> bytes:
        """As it goes over the wire."""
        lines = [f"{self.method} {PATH} HTTP/1.1".encode(), b"Host: footnote.example"]
        lines += [name + b": " + value for name, value in self.headers]
        return b"\r\n".join([*lines, b"Content-Length: %d" % len(self.body), b"", self.body])

    def replace(self, name: bytes, value: bytes | None) -> None:
        """Give a header another value, or none."""
        self.headers = [(each, old) for each, old in self.headers if each != name]
        if value is not None:
            self.headers.append((name, value))

    def value(self, name: bytes) -> bytes:
        return dict(self.headers)[name]


STAMP, SIGNATURE, KIND = b"X-Slack-Request-Timestamp", b"X-Slack-Signature", b"Content-Type"


def drafted(chance: random.Random) -> Draft:
    """A request that would be accepted."""
    text = "".join(chance.choices('abc ÄÖ中<>&"\\', k=chance.randrange(60)))
    match chance.randrange(3):
        case 0:
            event = {"type": "app_mention", "channel": "C0001", "ts": "1.2", "text": text}
            said = {"type": "event_callback", "event_id": f"Ev{chance.random()}", "team_id": "T1", "event": event}
            body, kind = json.dumps(said).encode(), b"application/json"
        case 1:
            fields = {"command": "/ask", "text": text, "trigger_id": str(chance.random())}
            body, kind = urlencode(fields).encode(), b"application/x-www-form-urlencoded"
        case _:
            click = {"type": "block_actions", "trigger_id": str(chance.random()), "actions": [], "text": text}
            body, kind = urlencode({"payload": json.dumps(click)}).encode(), b"application/x-www-form-urlencoded"
    return signed(Draft("POST", [(KIND, kind)], body), time.time())


def signed(draft: Draft, at: float, secret: str = SECRET) -> Draft:
    stamp = str(int(at)).encode()
    draft.replace(STAMP, stamp)
    draft.replace(SIGNATURE, sign(secret, stamp, draft.body))
    return draft


def _flip(draft: Draft, chance: random.Random) -> None:
    body = bytearray(draft.body)
    body[chance.randrange(len(body))] ^= 1 << chance.randrange(8)
    draft.body = bytes(body)


def _cut(draft: Draft, chance: random.Random) -> None:
    draft.body = draft.body[: chance.randrange(len(draft.body))]


def _lengthen(draft: Draft, chance: random.Random) -> None:
    draft.body += chance.randbytes(chance.randrange(1, 40))


def _other_digit(draft: Draft, chance: random.Random) -> None:
    value = bytearray(draft.value(SIGNATURE))
    at = chance.randrange(len(value))
    value[at] = chance.choice([each for each in b"0123456789abcdefvg=" if each != value[at]])
    draft.replace(SIGNATURE, bytes(value))


def _other_case(draft: Draft, _chance: random.Random) -> None:
    draft.replace(SIGNATURE, draft.value(SIGNATURE).upper())


def _other_time(draft: Draft, chance: random.Random) -> None:
    draft.replace(STAMP, b"%d" % (int(draft.value(STAMP)) + chance.choice([-1, 1]) * chance.randrange(1, 10**6)))


def _replayed(draft: Draft, chance: random.Random) -> None:
    signed(draft, time.time() + chance.choice([-1, 1]) * chance.randrange(330, 10**6))


def _other_secret(draft: Draft, chance: random.Random) -> None:
    signed(draft, time.time(), f"{chance.getrandbits(128):032x}")


def _missing(draft: Draft, chance: random.Random) -> None:
    draft.replace(chance.choice([STAMP, SIGNATURE]), None)


def _twice(draft: Draft, chance: random.Random) -> None:
    name = chance.choice([STAMP, SIGNATURE])
    draft.headers.append((name, chance.choice([draft.value(name), b"", b"0"])))


def _odd(draft: Draft, chance: random.Random) -> None:
    odd = [
        b"",
        b"0",
        b"-1",
        b"1e9",
        b"v0=",
        b"v1=" + b"0" * 64,
        b"9" * 5000,
        b"\xff\xfe",
        "٣".encode(),
        b"nan",
        b"v0=,",
    ]
    draft.replace(chance.choice([STAMP, SIGNATURE]), chance.choice(odd))


def _other_method(draft: Draft, chance: random.Random) -> None:
    draft.method = chance.choice(["GET", "PUT", "PATCH", "DELETE", "OPTIONS", "post", "TRACE"])


def _other_length(draft: Draft, chance: random.Random) -> None:
    draft.headers.append((b"Content-Length", chance.choice([b"-1", b"abc", b"1, 2", b"9" * 30])))


def _other_body(draft: Draft, chance: random.Random) -> None:
    draft.body = chance.randbytes(chance.randrange(300))


MUTATIONS: tuple[Callable[[Draft, random.Random], None], ...] = (
    _flip, _cut, _lengthen, _other_digit, _other_case, _other_time, _replayed, _other_secret, _missing, _twice, _odd,
    _other_method, _other_length, _other_body,
)  # fmt: skip


def tampered(count: int, seed: int = 1) -> Iterator[bytes]:
    """Requests that must not be accepted, whatever is signed in them."""
    chance = random.Random(seed)
    for number in range(count):
        draft = drafted(chance)
        MUTATIONS[number % len(MUTATIONS)](draft, chance)
        yield draft.raw()


def malformed(count: int, seed: int = 1) -> Iterator[bytes]:
    """Requests that are signed as they are, with bodies that something happened to: any answer but a 5xx will do."""
    chance = random.Random(seed)
    for _ in range(count):
        draft = drafted(chance)
        chance.choice([_flip, _cut, _lengthen, _other_body])(draft, chance)
        yield signed(draft, time.time()).raw()


@contextmanager
def served(inbox: Inbox) -> Iterator[str]:
    """The base URL of the endpoint by itself."""
    with serving(lifespan(EventsEndpoint(SECRET, Intake(inbox, lambda: None)))) as url:
        yield url


def statuses(url: str, requests: Iterator[bytes]) -> Counter[int]:
    """How often each status came; 0 where the connection was ended without one."""
    counts: Counter[int] = Counter()
    connection: socket.socket | None = None
    address = (urlsplit(url).hostname, urlsplit(url).port)
    for request in requests:
        connection = connection or socket.create_connection(address, timeout=PATIENCE)
        connection.sendall(request)
        status, keeps = _reply(connection)
        counts[status] += 1
        if not keeps:
            connection.close()
            connection = None
    if connection is not None:
        connection.close()
    return counts


def _reply(connection: socket.socket) -> tuple[int, bool]:
    """The status, and whether the connection goes on."""
    read = b""
    while b"\r\n\r\n" not in read:
        more = connection.recv(_LONGEST_STATUS_LINE)
        if not more:
            return 0, False
        read += more
    head, _, body = read.partition(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    headers = dict(line.split(b": ", 1) for line in lines[1:])
    left = int(headers.get(b"content-length", b"0")) - len(body)
    while left > 0:
        left -= len(connection.recv(left))
    return int(lines[0].split()[1]), headers.get(b"connection") != b"close"
