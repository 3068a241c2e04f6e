"""What stands behind a command of LaTeX, and what it says without the command."""

import re
import unicodedata
from typing import NamedTuple

from index.readers.light.latex_signs import ACCENTS, DROPPED, SIGNS

TOKEN = re.compile(
    r"(?P<comment>(?<!\\)%[^\n]*(?:\n[ \t]*)?)|(?P<blank>\n[ \t]*\n\s*)|\\(?P<name>[A-Za-z@]+\*?|[^A-Za-z])"
    r"|(?P<math>\$\$?)|(?P<open>\{)|(?P<close>\})|(?P<cell>&)|(?P<space>~)|(?P<text>[^\\%$\{\}&~\n]+|\n)"
)
_DASHES = (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"))
_LONE_STOP = re.compile(r" ([.,;])(?= |$)")  # where a reference stood before it
OPTION = re.compile(r"\s{0,5}\[([^\[\]]{0,500})\]")


class Argument(NamedTuple):
    """The text of a command's argument, and where it ends."""

    text: str
    end: int


def simple_command(text: str, name: str, end: int) -> Argument:
    """What any other command says: a sign, an accented letter, a link's words, its argument, or nothing."""
    bare = name.removesuffix("*")
    if name in ACCENTS and (len(name) > 1 or not name.isalpha() or text[end : end + 1] == "{"):
        given = argument(text, end, any_sign=True)
        return Argument(f"{plain(given.text)[:1]}{ACCENTS[name]}{plain(given.text)[1:]}", given.end)
    if name in DROPPED or bare in DROPPED:
        for _ in range(DROPPED.get(name, DROPPED.get(bare, 0))):
            end = argument(text, past_option(text, end)).end
        return Argument("", end)
    if bare in SIGNS:
        empty = text.startswith("{}", end)
        spaced = " " if bare.isalpha() and text[end : end + 1] == " " else ""
        return Argument(SIGNS[bare] + spaced, end + 2 * empty)
    if bare in {"frac", "tfrac", "dfrac"}:
        above = argument(text, end)
        below = argument(text, above.end)
        return Argument(f"{plain(above.text)}/{plain(below.text)}", below.end)
    if bare == "href":
        address = argument(text, end)
        words = argument(text, address.end)
        return Argument(plain(words.text), words.end)
    if bare in {"verb", "lstinline"} and end < len(text):
        stop = text.find(text[end], end + 1)
        return Argument(text[end + 1 : stop] if stop > 0 else "", stop + 1 if stop > 0 else end + 1)
    return Argument(" " if not name.isalpha() else "", past_option(text, end) if name.isalpha() else end)


def argument(text: str, at: int, *, any_sign: bool = False) -> Argument:
    """What stands in braces from `at` on; of an accent also the next sign. Nothing where there is none."""
    start = at
    while start < len(text) and text[start] in " \t\n" and start - at < 100:
        start += 1
    if start >= len(text) or text[start] != "{":
        return Argument(text[start : start + 1], start + 1) if any_sign and start < len(text) else Argument("", at)
    depth = 0
    for number in range(start, min(len(text), start + 20_000)):
        if text[number] == "{" and text[number - 1] != "\\":
            depth += 1
        elif text[number] == "}" and text[number - 1] != "\\":
            depth -= 1
            if not depth:
                return Argument(text[start + 1 : number], number + 1)
    return Argument("", start + 1)


def plain(text: str, depth: int = 0) -> str:
    """A piece of a text without commands."""
    parts: list[str] = []
    at = 0
    while at < len(text) and depth < 20:
        found = TOKEN.match(text, at)
        if found is None:
            at += 1
            continue
        at = found.end()
        if found.lastgroup == "name":
            said = simple_command(text, found["name"], at)
            parts.append(said.text)
            at = max(at, said.end)
        elif found.lastgroup in {"space", "blank", "cell"}:
            parts.append(" ")
        elif found.lastgroup == "text":
            parts.append(found[0])
    return shown("".join(parts))


def shown(text: str) -> str:
    """Text on one line, with the dashes, quotes and letters that it stands for."""
    for written, sign in _DASHES:
        text = text.replace(written, sign)
    return unicodedata.normalize("NFC", _LONE_STOP.sub(r"\1", " ".join(text.split())))


def past_option(text: str, at: int) -> int:
    """Where what stands in brackets from `at` on ends; `at` where there is none."""
    found = OPTION.match(text, at)
    return found.end() if found else at
