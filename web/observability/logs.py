"""The log on standard error: lines for people, or a JSON object a line for programs. Fields stand beside a message."""

import json
import logging
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Literal

import msgspec

LogFormat = Literal["text", "json"]
OWN_LOGGERS = ("index", "qa", "web")
_FIELDS = "fields"
_BARE = re.compile(r"[\w.:/@+-]+")


def with_fields(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The `extra` of a log call: `fields` beside its message."""
    return {_FIELDS: fields}


def log_to_stderr(level: str, form: LogFormat = "text") -> None:
    """Our own log from `level` on, other packages' warnings."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if form == "json" else TextLines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    for name in OWN_LOGGERS:
        logging.getLogger(name).setLevel(level.upper())


class TextLines(logging.Formatter):
    """`time LEVEL logger: message key=value …`; a value that is not one plain word is quoted as in JSON."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 (logging's name)
        """The line, before the trace of an exception if there is one."""
        pairs = [f" {name}={_word(value)}" for name, value in _fields_of(record).items()]
        return super().formatMessage(record) + "".join(pairs)


class JsonLines(logging.Formatter):
    """`{"time", "level", "logger", "message", …fields, "exception"?}`. time: RFC 3339, UTC."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, whatever stands in the message."""
        entry: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _clean(record.getMessage()),
        }
        entry |= {
            name: _clean(value) if isinstance(value, str) else value for name, value in _fields_of(record).items()
        }
        if record.exc_info:
            entry["exception"] = _clean(self.formatException(record.exc_info))
        return msgspec.json.encode(entry).decode()


def _fields_of(record: logging.LogRecord) -> Mapping[str, Any]:
    fields: Mapping[str, Any] = getattr(record, _FIELDS, {})
    return fields


def _word(value: object) -> str:
    text = _clean(str(value))
    return text if _BARE.fullmatch(text) else json.dumps(text, ensure_ascii=not text.isprintable())


def _clean(text: str) -> str:
    """Without lone surrogates, which no encoder takes."""
    return text.encode("utf-8", "replace").decode()
