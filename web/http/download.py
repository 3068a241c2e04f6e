"""Files that the API gives to be saved."""

import re
from urllib.parse import quote

_LONGEST = 80  # characters of a name
_NOT_IN_A_NAME = re.compile(r'[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff<>:"/\\|?*]+')
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9 ._()-]+")


def disposition(name: str, suffix: str) -> str:
    """The Content-Disposition of a download (RFC 6266): the name as UTF-8, and for old programs in ASCII.

    name: any text; what no file system takes, or what would end the header, is left out.
    """
    kept = _NOT_IN_A_NAME.sub(" ", name)[:_LONGEST]
    stem = " ".join(kept.split()).strip(". ") or "conversation"
    plain = " ".join(_NOT_PLAIN.sub(" ", stem).split()).strip(". ") or "conversation"
    return f"attachment; filename=\"{plain}{suffix}\"; filename*=UTF-8''{quote(stem + suffix, safe='')}"
