"""Subtitles (SRT, VTT): what is said, with its time as its place. Sentences go on over cues."""

import html
import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from index.layout.shapes import Shape
from index.readers.encoding import decode
from index.readers.writer import Line, TextWriter, Where
from index.types import BlockKind, ParsedFile

_TIMES = re.compile(
    r"(?:(?P<h>\d{1,3}):)?(?P<m>\d\d):(?P<s>\d\d)[.,]\d{1,3}[ \t]*-->[ \t]*"
    r"(?:(?P<eh>\d{1,3}):)?(?P<em>\d\d):(?P<es>\d\d)"
)
_VOICE = re.compile(r"<v(?:\.[\w.]+)?[ \t]+([^>\n]{1,60})>")
_MARKS = re.compile(r"<[^<>\n]{0,200}>|\{\\[^{}\n]{0,200}\}")
_SPEAKER = re.compile(r"(?:>>[ \t]*)?([A-Z][\w.'’-]{0,20}(?: [A-Z][\w.'’-]{0,20}){0,3})[ \t]?:[ \t]+(?=\S)")
_ENDED = re.compile(r"[.!?…。！？♪][\"'”’)\]]*$")
_ASIDE = re.compile(r"(?:NOTE|STYLE|REGION)\b")


class SubtitleLimits(Struct, frozen=True):
    """silence: seconds after which a sentence that has ended ends its paragraph. cues: of a paragraph, after which the
    next sentence that ends ends it. By hand, 2026-11-30."""

    silence: int = 4
    cues: int = 12


LIMITS = SubtitleLimits()


class _Cue(Struct, frozen=True):
    start: int
    end: int
    speaker: str
    text: str


class SubtitleReader:
    """Reads one format of subtitles; both look alike."""

    def __init__(self, format_: str) -> None:
        self._format = format_

    def read(self, data: bytes, source: str) -> ParsedFile:
        """Raises DocumentError for what is no text."""
        decoded = decode(data, source)
        writer = TextWriter()
        for cues in _paragraphs(list(_cues(decoded.text.removeprefix("\ufeff")))):
            speaker = cues[0].speaker
            lines = [Line(cue.text, Where(_clock(cue.start))) for cue in cues]
            if speaker:
                lines[0] = Line(f"{speaker}: {lines[0].text}", lines[0].where)
            writer.block(BlockKind.PARAGRAPH, lines, reason=Shape.TURN if speaker else "")
        return writer.finished(self._format, warnings=decoded.warnings)


def _cues(text: str) -> Iterator[_Cue]:
    """Each line that is said, once: captions made by machines say each line again in the next cue."""
    last: list[str] = []
    for block in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        times = _TIMES.search(block)
        if times is None or _ASIDE.match(block):
            continue
        voice = _VOICE.search(block, times.end())
        body = block[times.end() :].partition("\n")[2]
        lines = [" ".join(html.unescape(_MARKS.sub("", line)).split()) for line in body.split("\n")]
        said = [line for line in lines if line and line not in last]
        last = [line for line in lines if line]
        if not said:
            continue
        words = " ".join(said)
        named = _SPEAKER.match(words)
        speaker = voice[1].strip() if voice else named[1] if named else ""
        words = words[named.end() :] if named and not voice else words
        start = _seconds(times["h"], times["m"], times["s"])
        yield _Cue(start, _seconds(times["eh"], times["em"], times["es"]), speaker, words)


def _paragraphs(cues: Sequence[_Cue]) -> Iterator[list[_Cue]]:
    held: list[_Cue] = []
    for cue in cues:
        if held:
            ended = _ENDED.search(held[-1].text) is not None
            silent = cue.start - held[-1].end >= LIMITS.silence
            long = len(held) >= LIMITS.cues
            changed = bool(cue.speaker) and cue.speaker != held[0].speaker
            if changed or (ended and (silent or long)) or len(held) >= 3 * LIMITS.cues:
                yield held
                held = []
        held.append(cue)
    if held:
        yield held


def _seconds(hours: str | None, minutes: str, seconds: str) -> int:
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
