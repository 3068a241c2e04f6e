"""A line in which some pieces are marked up and all others are shown as they are written."""

import re
from urllib.parse import urlsplit

from index.readers.writer import Markup
from index.sentences.escapes import escaped

# Until the text round it is escaped, lone surrogates stand for markup: what opens, what closes, what is whole.
_OPENS, _CLOSES, _WHOLE = 0xD800, 0xD900, 0xDA00
_MOST = 0x100  # pieces of markup in a line; what is more is left away
_MARKS = re.compile("[\ud800-\udaff]")
_AFTER_OPENING = re.compile("([\ud800-\ud8ff]+)( +)")
_BEFORE_CLOSING = re.compile("( +)([\ud900-\ud9ff]+)")
_AROUND_BREAK = re.compile(r" *\n[ \n]*")
_LONGEST_ADDRESS = 200
_ABSOLUTE = frozenset({"http", "https", "mailto", "tel", "ftp"})
_QUOTED = str.maketrans({sign: f"%{ord(sign):02X}" for sign in '()<>`\\" '})
_SPACES = re.compile(" {2,}")


class Marked:
    """A line that is being written."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._marks: dict[str, str] = {}

    @property
    def full(self) -> bool:
        """Whether it takes no more markup."""
        return len(self._marks) >= _MOST - 2

    def text(self, text: str) -> None:
        """Text as it is shown; a line break in it breaks the line."""
        self._parts.append(_MARKS.sub("", text))

    def opens(self, markup: str) -> None:
        """Markup that stands tight before what follows."""
        self._mark(_OPENS, markup)

    def closes(self, markup: str) -> None:
        """Markup that stands tight behind what was written."""
        self._mark(_CLOSES, markup)

    def whole(self, markup: str) -> None:
        """A piece that is marked up already."""
        self._mark(_WHOLE, markup)

    def taken(self) -> Markup:
        """The lines so far, each without space around it; the next begins anew."""
        text = _BEFORE_CLOSING.sub(r"\2\1", _AFTER_OPENING.sub(r"\2\1", "".join(self._parts)))
        text = _AROUND_BREAK.sub("\n", escaped(_SPACES.sub(" ", text)).strip())
        text = _MARKS.sub(lambda found: self._marks[found[0]], text)
        self._parts, self._marks = [], {}
        return Markup(text)

    def _mark(self, kind: int, markup: str) -> None:
        if len(self._marks) < _MOST:
            mark = chr(kind + len(self._marks))
            self._parts.append(mark)
            self._marks[mark] = markup


def address_in(address: str, text: str) -> str:
    """The address as it stands in a link of Markdown; "" where its text says it, or it is none to be gone to from
    anywhere."""
    text = text.strip()
    try:
        scheme = urlsplit(address).scheme.lower()
    except ValueError:
        return ""
    quoted = "".join(address.split()).translate(_QUOTED)
    if scheme not in _ABSOLUTE or len(quoted) > _LONGEST_ADDRESS or not text or any(sign in text for sign in "[]`"):
        return ""
    return "" if text in {quoted, quoted.partition(":")[2], quoted.rstrip("/")} else quoted
