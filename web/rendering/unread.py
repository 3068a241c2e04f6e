"""What a reply says of files that were not read, or not yet."""

from collections.abc import Iterator

from index.types import Indexing
from qa.types import Reply
from web.rendering.within import only_within

ABSTAINED = "The documents do not seem to hold the answer."
STILL_READ = "The documents are still being read"
GOING_ON = "Files are still being read"


def abstained(reply: Reply, how: str = "") -> str:
    """That there is no answer: where files are still being read, none yet; where not all documents were asked, none
    there. how: see `only_within`."""
    elsewhere = f" {only_within(reply.within, how)}" if reply.within else ""
    if reply.indexing is None:
        return f"{ABSTAINED}{elsewhere}"
    still = f"{STILL_READ}{_so_far(reply.indexing)}: what has been read does not answer this yet. Ask again later."
    return f"{still}{elsewhere}"


def going_on(reply: Reply) -> Iterator[str]:
    """Of an answer that files not read yet may add to, a sentence that says so."""
    if reply.indexing is not None and reply.answered:
        yield f"{GOING_ON}{_so_far(reply.indexing)}: there may be more."


def unread(reply: Reply) -> Iterator[str]:
    """A sentence for each file that could not be read and may hold the answer by its name."""
    for file in reply.unread:
        why = file.message if file.source in file.message else f"{file.source}: {file.message}"
        yield f"Not read: {why}"


def _so_far(indexing: Indexing) -> str:
    return f" ({indexing.done:,} of {indexing.total:,} files so far)" if indexing.total else ""
