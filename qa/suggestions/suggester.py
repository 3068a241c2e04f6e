"""Questions to begin with and to go on with, made from the documents' own sentences. Each is put to the pipeline before
it is suggested: only such as are answered from the sentence they were made of are."""

import logging
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from index.corpus import Corpus
from index.errors import FootnoteError
from qa.language.question import words
from qa.suggestions.candidates import QuestionCandidate, first_candidates, following_candidates
from qa.suggestions.limits import LIMITS
from qa.types import AskOptions, Reply

_SURE = frozenset(("VERY_HIGH", "HIGH"))
_log = logging.getLogger(__name__)

Preview = Callable[[str, AskOptions], Reply]


class Suggestions(Struct, frozen=True):
    """What is known so far; complete: nothing more is looked for."""

    questions: tuple[str, ...]
    complete: bool


class SuggestionSearch:
    """A search for suggestions that goes on step by step, so that who asks a question need not wait for all of it.

    `known` may be read from any thread, `step` is for the thread that the models run on.
    """

    def __init__(
        self,
        candidates: Iterator[QuestionCandidate],
        prove: Callable[[QuestionCandidate], bool],
        enough: int,
        most: int,
    ) -> None:
        self._candidates = candidates
        self._prove = prove
        self._enough = enough
        self._left = most
        self._proven: list[QuestionCandidate] = []
        self.known = Suggestions((), complete=False)

    def step(self) -> None:
        """Try one candidate. Does nothing once the search is complete."""
        candidate = None if self.known.complete else next(self._candidates, None)
        if candidate is None:
            self.known = Suggestions(self.known.questions, complete=True)
            return
        self._left -= 1
        if self._prove(candidate):
            self._proven.append(candidate)
        complete = len(self._proven) >= self._enough or not self._left
        self.known = Suggestions(tuple(each.question for each in _mixed(self._proven)), complete)


class Suggester:
    """Suggestions for a corpus; searches are kept while the index is the same. preview: answers, remembers nothing."""

    def __init__(self, corpus: Corpus, preview: Preview) -> None:
        self._corpus = corpus
        self._preview = preview
        self._searches: OrderedDict[tuple[str, ...], SuggestionSearch] = OrderedDict()

    def first(self, sources: Sequence[str] = ()) -> SuggestionSearch:
        """For questions to begin with, of the documents whose path matches one of `sources` (none means all)."""
        key = (self._corpus.version, "", *sources)
        return self._search(
            key,
            first_candidates(self._corpus, sources),
            sources,
            LIMITS.enough_first,
            LIMITS.most_first,
        )

    def known(self, sources: Sequence[str] = ()) -> tuple[str, ...]:
        """The questions to begin with that `first` has found; none while it is still looking, so that what is shown
        does not depend on the time."""
        search = self._searches.get((self._corpus.version, "", *sources))
        return search.known.questions if search is not None and search.known.complete else ()

    def following(self, reply: Reply, asked: Sequence[str], sources: Sequence[str] = ()) -> SuggestionSearch:
        """For questions to go on with after a reply. asked: the questions of its conversation."""
        key = (self._corpus.version, reply.id, *sources)
        candidates = following_candidates(self._corpus, reply, asked, sources)
        return self._search(key, candidates, sources, LIMITS.enough_following, LIMITS.most_following)

    def _search(
        self,
        key: tuple[str, ...],
        candidates: Iterator[QuestionCandidate],
        sources: Sequence[str],
        enough: int,
        most: int,
    ) -> SuggestionSearch:
        search = self._searches.get(key)
        if search is None:
            options = AskOptions(sources=tuple(sources))
            unlike = self._unlike(candidates)
            search = SuggestionSearch(unlike, lambda candidate: self._is_answered(candidate, options), enough, most)
            self._searches[key] = search
        self._searches.move_to_end(key)
        while len(self._searches) > LIMITS.searches_kept:
            self._searches.popitem(last=False)
        return search

    def _unlike(self, candidates: Iterator[QuestionCandidate]) -> Iterator[QuestionCandidate]:
        """Those that are not nearly the same as one before, or of the same sentence."""
        before: list[str] = []
        places: set[tuple[str, int]] = set()
        for candidate in candidates:
            own, *others = self._corpus.embed([candidate.question, *before])
            place = candidate.document_id, candidate.start
            if place not in places and all(float(own @ other) < LIMITS.alike for other in others):
                before.append(candidate.question)
                places.add(place)
                yield candidate

    def _is_answered(self, candidate: QuestionCandidate, options: AskOptions) -> bool:
        try:
            return proves(self._preview(candidate.question, options), candidate)
        except FootnoteError as error:  # the documents may be indexed anew meanwhile
            _log.warning("A question is not suggested, since it could not be tried: %s", error)
            return False


def _mixed(proven: Sequence[QuestionCandidate]) -> list[QuestionCandidate]:
    """In their order, but the second of a form after the first of every other, and so on."""
    seen: Counter[str] = Counter()
    turns = []
    for candidate in proven:
        turns.append(seen[candidate.form])
        seen[candidate.form] += 1
    return [proven[number] for number in sorted(range(len(proven)), key=turns.__getitem__)]


def proves(reply: Reply, candidate: QuestionCandidate) -> bool:
    """Whether the reply takes the question as it is, answers it surely and from the candidate's sentence first, and
    with nothing that the question says itself."""
    if not reply.content or reply.confidence_label not in _SURE or reply.interpreted_as or reply.disagreement:
        return False
    first = reply.content[0].citations[0]
    if first.document_id != candidate.document_id:
        return False
    if first.end_char_index <= candidate.start or candidate.end <= first.start_char_index:
        return False
    if reply.answer is None:
        return True
    answer_words = set(words(reply.answer.text))
    expected = set(words(candidate.answer))
    return not answer_words <= set(words(candidate.question)) and (not expected or bool(answer_words & expected))
