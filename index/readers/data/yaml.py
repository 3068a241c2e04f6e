"""YAML: its scalars as they are written, with the comments over them."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from index.errors import DocumentError
from index.readers.data.json import as_text
from index.readers.data.records import LIMITS, RecordEntry, RecordWriter
from index.readers.encoding import decode
from index.readers.writer import TextWriter
from index.types import ParsedFile

if TYPE_CHECKING:
    from yaml import Node

_COMMENT = re.compile(r"^[ \t]*#+[ \t]?(.*)$")


class YamlReader:
    """Reads one document or several. Tags are not followed and nothing is made of them but text."""

    def read(self, data: bytes, source: str) -> ParsedFile:
        """What is not valid is read as plain text, with a warning. Raises DocumentError for what is no text, or holds
        too much."""
        import yaml  # heavy: only where there is YAML

        decoded = decode(data, source)
        text = decoded.text.removeprefix("\ufeff")
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        try:
            nodes = [node for node in yaml.compose_all(text, Loader=loader) if node is not None]
        except RecursionError as error:
            raise DocumentError(f"{source}: its data is nested too deeply to be read.", source) from error
        except (yaml.YAMLError, ValueError) as error:
            problem = getattr(error, "problem", None) or "not YAML"
            return as_text(data, source, f"It is not valid YAML ({problem}): it is read as plain text.")
        made = _Entries(comments(text), source)
        entries = [made.entry(node, "") for node in nodes]
        writer = TextWriter()
        for entry in entries:
            RecordWriter(writer, source).write(entry)
        return writer.finished("yaml", warnings=decoded.warnings)


def comments(text: str) -> dict[int, str]:
    """What comments on lines of their own say, by the number of the line (from 0) that stands below them."""
    found: dict[int, str] = {}
    held: list[str] = []
    for number, line in enumerate(text.splitlines()):
        comment = _COMMENT.match(line)
        if comment:
            held.append(comment[1].rstrip())
        elif line.strip():
            if any(any(map(str.isalpha, each)) for each in held):
                found[number] = "\n".join(held)
            held = []
    return found


class _Entries:
    """Nodes to entries, each of at most so many, since one that is referred to again stands there again."""

    def __init__(self, notes: Mapping[int, str], source: str) -> None:
        self._notes = dict(notes)
        self._source = source
        self._made = 0

    def entry(self, node: "Node", name: str, depth: int = 0) -> RecordEntry:
        """The node and all in it."""
        self._made += 1
        if self._made > LIMITS.values or depth > LIMITS.depth:
            raise DocumentError(
                f"{self._source}: it holds more than {LIMITS.values:,} values or {LIMITS.depth} levels, repeated ones "
                "among them: split it.",
                self._source,
            )
        where = f"line {node.start_mark.line + 1}"
        if node.id == "scalar":
            return RecordEntry(
                name, "" if node.value in {"null", "~"} and node.style is None else node.value, where=where
            )
        note = self._notes.pop(node.start_mark.line, "") if not name else ""
        if node.id == "sequence":
            members = [self.entry(each, "", depth + 1) for each in node.value]
            return RecordEntry(name, members, listed=True, where=where, note=note)
        members = []
        for key, value in node.value:
            comment = self._notes.pop(key.start_mark.line, "") or (note if not members else "")
            entry = self.entry(value, key.value if key.id == "scalar" else "", depth + 1)
            entry.note, entry.where = comment, f"line {key.start_mark.line + 1}"
            merged = entry.name == "<<" and isinstance(entry.value, list) and not entry.listed
            members += entry.value if merged and isinstance(entry.value, list) else [entry]
        return RecordEntry(name, members, where=where)
