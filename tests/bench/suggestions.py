"""Prints what a corpus suggests, and how many candidates were kept: python -m tests.bench.suggestions FOLDER [DATA].

FOLDER holds the documents; they are indexed into DATA (a new folder that is thrown away where none is named). With
--follow each first question is asked, and what is suggested after it is printed, too. With --all the first search goes
on to its end instead of stopping at enough.
"""

import sys
import tempfile
from pathlib import Path

from qa.bootstrap import Parts, open_parts
from qa.suggestions.candidates import QuestionCandidate, first_candidates, following_candidates
from qa.suggestions.limits import LIMITS
from qa.suggestions.suggester import (
    SuggestionSearch,
    proves,
)
from qa.types import AskOptions
from web.bootstrap import service_settings, sync_corpus
from web.settings.settings import Settings

_ALL = 1_000_000


class Tally:
    """Candidates tried and kept, printed as they come."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self.tried = self.kept = 0

    def prove(self, candidate: QuestionCandidate) -> bool:
        reply = self._parts.answerer.preview(candidate.question, AskOptions())
        kept = proves(reply, candidate)
        self.tried += 1
        self.kept += kept
        answer = reply.answer.text if reply.answer else "-"
        mark = "+" if kept else " "
        sys.stdout.write(f"{mark} {candidate.form:11} {candidate.question}   [{answer}, {reply.confidence_label}]\n")
        sys.stdout.flush()
        return kept


def run(search: SuggestionSearch) -> tuple[str, ...]:
    while not search.known.complete:
        search.step()
    return search.known.questions


def main(arguments: list[str]) -> int:
    named = [argument for argument in arguments if not argument.startswith("--")]
    if not named:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    with tempfile.TemporaryDirectory() as fresh:
        settings = Settings(corpus=Path(named[0]), data=Path(named[1] if len(named) > 1 else fresh))
        sync_corpus(settings)
        with open_parts(service_settings(settings)) as parts:
            tally = Tally(parts)
            every = "--all" in arguments
            limits = (_ALL, _ALL) if every else (LIMITS.enough_first, LIMITS.most_first)
            first = run(SuggestionSearch(first_candidates(parts.corpus, ()), tally.prove, *limits))
            sys.stdout.write(f"first: {tally.kept} of {tally.tried} kept\n")
            if "--follow" in arguments:
                follow(parts, first)
    return 0


def follow(parts: Parts, questions: tuple[str, ...]) -> None:
    tally = Tally(parts)
    for question in questions:
        reply = parts.answerer.preview(question)
        sys.stdout.write(f"\n{question}\n")
        candidates = following_candidates(parts.corpus, reply, (question,), ())
        run(SuggestionSearch(candidates, tally.prove, LIMITS.enough_following, LIMITS.most_following))
    sys.stdout.write(f"following: {tally.kept} of {tally.tried} kept\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
