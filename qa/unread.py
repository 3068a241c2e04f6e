"""What an abstention says of files that were not read, where a file's name has words of the question."""

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from msgspec import Struct

from index.corpus import Corpus
from index.globs import fitting
from index.unread import UnreadFile
from qa.language.asking import telling_words

_JOINT = re.compile(r"[\W_]+|(?<=[a-z])(?=[A-Z])|(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")  # "PriceList2019" is 3 words


class UnreadLimits(Struct, frozen=True):
    """matches: the most files that are named. By hand, 2026-11-30."""

    matches: int = 3


LIMITS = UnreadLimits()


def unread_matches(question: str, corpus: Corpus, sources: Sequence[str]) -> tuple[UnreadFile, ...]:
    """The files that were not read and whose names share telling words with the question, those that share most first.
    sources: globs of the files that may be named, none means all."""
    unread = corpus.unread()
    if not unread:
        return ()
    wanted = {term for word in telling_words(question, corpus) for term in corpus.terms(word)}
    fits = fitting(tuple(sources))
    found = []
    for file in unread:
        if not fits(file.source):
            continue
        own = set(corpus.terms(" ".join(_JOINT.split(PurePosixPath(file.source).stem))))
        if met := len(own & wanted):
            found.append((-met, len(own), file.source, file))
    return tuple(file for *_, file in sorted(found)[: LIMITS.matches])
