"""A mail as its parts: head, text, what is attached."""

from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from email.policy import default
from email.utils import parseaddr, parsedate_to_datetime

from msgspec import Struct

# What the standard library raises for heads that break the rules in ways it does not expect.
_BROKEN = (ValueError, IndexError, LookupError, TypeError, AttributeError, AssertionError, UnicodeError)
_SHOWN = ("From", "To", "Cc", "Date")


class MailPart(Struct, frozen=True):
    """name: of a file that is attached, "" for the text of the mail. kind: "text", "html", "mail" or "file"."""

    kind: str
    data: bytes
    name: str = ""


class Mail(Struct, frozen=True):
    """head: the lines that people read, in their order. day: YYYY-MM-DD, "" where no date is told."""

    subject: str
    head: tuple[tuple[str, str], ...]
    author: str
    day: str
    parts: tuple[MailPart, ...]


def read_mail(data: bytes) -> Mail:
    """The mail of these bytes. Whatever is broken in it is read as far as it goes."""
    message = message_from_bytes(data, policy=default)
    head = [(name, header(message, name)) for name in _SHOWN]
    name, address = parseaddr(header(message, "From"))
    try:
        day = parsedate_to_datetime(header(message, "Date")).date().isoformat()
    except _BROKEN:
        day = ""
    parts = tuple(_parts(message, 0))
    return Mail(header(message, "Subject"), tuple((n, v) for n, v in head if v), name or address, day, parts)


def header(message: Message, name: str) -> str:
    """A line of the head, decoded, on one line; "" where there is none."""
    try:
        value = str(message.get(name) or "")
    except _BROKEN:
        value = next((str(raw) for key, raw in message.raw_items() if key.lower() == name.lower()), "")
    return " ".join(value.encode("utf-8", "replace").decode().split())


def _parts(message: "Message", depth: int) -> Iterator[MailPart]:
    kind = message.get_content_type()
    name = _file_name(message)
    if message.is_multipart() and kind == "message/rfc822":
        for mail in message.get_payload():
            if isinstance(mail, Message):
                yield MailPart("mail", mail.as_bytes(), header(mail, "Subject") or "a mail")
    elif message.is_multipart():
        inner = [each for each in message.get_payload() if isinstance(each, Message)]
        yield from _of_several(inner, kind, depth)
    elif kind in {"text/plain", "text/html"} and message.get_content_disposition() != "attachment":
        yield MailPart("html" if kind == "text/html" else "text", _text(message).encode("utf-8", "replace"), name)
    elif payload := _payload(message):
        yield MailPart("file", payload, name or f"a part of type {kind}")


def _of_several(inner: list[Message], kind: str, depth: int) -> Iterator[MailPart]:
    if depth > 20:
        return
    found = [list(_parts(each, depth + 1)) for each in inner]
    if kind != "multipart/alternative":
        for parts in found:
            yield from parts
        return
    # The same text in several forms: plain before HTML, and whatever is attached to either.
    said = [parts for parts in found if any(part.kind in {"text", "html"} and part.data.strip() for part in parts)]
    plain = [parts for parts in said if any(part.kind == "text" and part.data.strip() for part in parts)]
    chosen = (plain or said or found)[0] if found else []
    yield from chosen
    for parts in found:
        if parts is not chosen:
            yield from (part for part in parts if part.kind in {"file", "mail"})


def _file_name(message: Message) -> str:
    try:
        name = message.get_filename() or ""
    except _BROKEN:
        return ""
    return " ".join(name.replace("\\", "/").rpartition("/")[2].encode("utf-8", "replace").decode().split())


def _payload(message: Message) -> bytes:
    try:
        payload = message.get_payload(decode=True)
    except _BROKEN:
        return b""
    return payload if isinstance(payload, bytes) else b""


def _text(message: Message) -> str:
    data = _payload(message)
    charset = message.get_content_charset() or "utf-8"
    try:
        return data.decode(charset)
    except (LookupError, ValueError):
        pass
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return decode_any(data)


def decode_any(data: bytes) -> str:
    """Text of which its mail tells the wrong encoding."""
    return data.decode("cp1252", "replace")
