"""What the limited process does for the rest: the registry of its jobs."""

from collections.abc import Mapping

import msgspec

from index.readers.reading import PARSE, parse


def _parse(data: bytes, source: str, _: Mapping[str, str | int | float]) -> bytes:
    return msgspec.msgpack.encode(parse(data, source))


JOBS = {PARSE: _parse}
