"""`footnote verify`."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import msgspec
from msgspec import UNSET

from index.errors import InputError
from qa.types import Claim, Verdict
from web.bootstrap import open_answers
from web.commands import options
from web.commands.terminal import say, say_json, say_table

_FILES = {"same": "as indexed", "changed": "changed since it was indexed", "gone": "gone", "unknown": "cannot be seen"}


class _Checked(msgspec.Struct, frozen=True):
    """A claim of a file, and what became of it."""

    file: str
    number: int
    claim: Claim
    verdict: Verdict


@click.command("verify")
@click.argument("files", nargs=-1, required=True, metavar="FILE_OR_JSON...")
@options.as_json
@options.corpus
@options.data
@click.pass_context
def command(ctx: click.Context, files: tuple[str, ...], as_json: bool, corpus: Path | None, data: Path | None) -> None:
    """Check the citations of saved replies against the documents as they are indexed now, and these with their files.

    Each argument is a file (`-` for standard input) or JSON itself: a reply as `footnote ask --json` prints it, a
    citation of one, or a list of either. Exit code 1 if any citation is not exact, or its file has changed.
    """
    settings = options.one_corpus(corpus, data)
    claims = [(name, claim) for name in files for claim in _claims(name)]
    with open_answers(settings) as service:
        checked = [
            _Checked(name, number, claim, service.verify(claim)) for number, (name, claim) in enumerate(claims, 1)
        ]
    if as_json:
        say_json(checked)
    elif checked:
        say_table(["", "Verdict", "File", "Where", "Cited text"], [_row(each) for each in checked])
    else:
        say("No citations to check.")
    ctx.exit(int(any(each.verdict.status != "exact" or each.verdict.on_disk == "changed" for each in checked)))


def _row(checked: _Checked) -> list[str]:
    verdict = checked.verdict
    start, end = verdict.start_char_index, verdict.end_char_index
    where = "" if start is None else f", characters {start}-{end}"
    source = verdict.source or f"document {verdict.document_id}"
    return [str(checked.number), verdict.status, _FILES[verdict.on_disk], source + where, checked.claim.cited_text]


def _claims(name: str) -> list[Claim]:
    """The citations that an argument holds. Raises InputError."""
    label = "The JSON given" if name.lstrip().startswith(("{", "[")) else "Standard input" if name == "-" else name
    try:
        return [_claim(found) for found in _citations(msgspec.json.decode(_read(name)))]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(f"{label} is not a saved reply: {error}.") from error


def _read(name: str) -> bytes:
    if name.lstrip().startswith(("{", "[")):
        return name.encode("utf-8", "surrogateescape")
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise InputError(f"{name} cannot be read: {error.strerror}.") from error


def _citations(value: Any) -> Iterator[dict[str, Any]]:
    """The citation objects in a reply, a content block, a citation, or a list of these. Raises ValidationError."""
    match value:
        case list():
            for each in value:
                yield from _citations(each)
        case {"content": list(blocks)}:
            yield from _citations(blocks)
        case {"citations": list(citations)}:
            yield from _citations(citations)
            yield from _citations(value.get("also", []))
        case {"cited_text": _}:
            yield value
        case _:
            raise msgspec.ValidationError("there is neither `content` nor `cited_text` in it")


def _claim(citation: dict[str, Any]) -> Claim:
    known = {key: citation[key] for key in Claim.__struct_fields__ if citation.get(key, UNSET) is not UNSET}
    return msgspec.convert(known, Claim)
