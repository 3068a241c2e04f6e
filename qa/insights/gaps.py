"""What the documents lack, by what was asked of them: for the one who keeps them.

All of it is about the corpus as a whole. Of those who asked there is nothing in it but their questions.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from statistics import median

from msgspec import Struct

from index.corpus import Corpus
from index.errors import NotFoundError
from index.types import SourceSummary
from qa.conversations.feedback import Feedback, FeedbackKind, Opinion, citation_of
from qa.conversations.history import History
from qa.conversations.query_log import Asked, AskedLog
from qa.insights.clustering import Clustering
from qa.types import Citation, ConfidenceLabel

MOST_QUESTIONS = 10_000  # read, the newest
MOST_COMPARED = 500  # different ones put together by likeness, for each of the two lists
MOST_SHOWN = 50  # of each list
WEEKS = 26
_MOST_WORDINGS = 5
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d.*")
_UNSURE: tuple[ConfidenceLabel, ...] = ("LOW", "MEDIUM")


class GapQuestion(Struct, frozen=True):
    """A question as it was asked last. meant: as it was understood. asked_at: ISO 8601, UTC.

    times: how often since it was last answered (or, of unsure answers, answered surely). confidence: 0 to 1.
    judged: whether the reply was said to be helpful or not.
    """

    reply_id: str
    question: str
    meant: str
    asked_at: str
    times: int
    confidence: float
    judged: FeedbackKind | None = None


class GapTopic(Struct, frozen=True):
    """Questions alike. representative: the one asked most, which all of them are like.

    times: how often they were asked in all. wordings: how many different ones there are. others: some of them.
    """

    representative: GapQuestion
    times: int
    last_asked_at: str
    wordings: int
    others: tuple[GapQuestion, ...]


class Judged(Struct, frozen=True):
    """A reply somebody judged. citation: the one that is wrong, None for the other kinds.

    kept_at: when it was kept as a regression question, None if it was not.
    """

    feedback_id: str
    reply_id: str
    kind: FeedbackKind
    question: str
    answered: bool
    given_at: str
    citation: Citation | None
    kept_at: str | None


class GapSource(Struct, frozen=True):
    """A document. dated: its date as it states it, else when it was indexed (`is_stated` says which).

    times: how many answers cite it.
    """

    document_id: str
    source: str
    title: str
    dated: str
    is_stated: bool
    times: int


class Week(Struct, frozen=True):
    """A week of questions. begins: its Monday, YYYY-MM-DD (UTC)."""

    begins: str
    asked: int
    answered: int
    abstained: int


class GapsReport(Struct, frozen=True):
    """What was asked and not found, what was found and not judged well, and what was never of use.

    questions: all that are stored; questions_read: the newest of them, which topics are made of. `unanswered` and
    `unsure` are topics, most asked first. disliked, liked: newest first. never_cited: by path; cited: oldest first, of
    those cited at least as often as the middle one of all cited. Lists have at most 50 entries, the totals beside them
    count all. weeks: the last 26, oldest first, from the first with a question on.
    """

    made_at: str
    index_version: str
    questions: int
    questions_read: int
    answered: int
    abstained: int
    unanswered: tuple[GapTopic, ...]
    unanswered_topics: int
    unsure: tuple[GapTopic, ...]
    unsure_topics: int
    disliked: tuple[Judged, ...]
    liked: tuple[Judged, ...]
    documents: int
    never_cited: tuple[GapSource, ...]
    never_cited_documents: int
    cited: tuple[GapSource, ...]
    weeks: tuple[Week, ...]


def gaps(
    history: History,
    asked: AskedLog,
    feedback: Feedback,
    corpus: Corpus,
    clustering: Clustering,
    *,
    now: datetime | None = None,
    most: int = MOST_QUESTIONS,
) -> GapsReport:
    """The report, over the newest `most` questions and all citations. now: for the weeks; with a time zone.

    Raises what embedding, the corpus and the database raise.
    """
    moment = now or datetime.now(UTC)
    corpus.refresh()
    read, stored = tuple(asked.newest(most)), asked.size()
    judged = {each.reply_id: each.kind for good in (True, False) for each in _judgements(feedback, good)}
    unanswered = _topics(_open(read, lambda each: not each.answered, judged), clustering)
    unsure = _topics(_open(read, lambda each: each.answered and each.label in _UNSURE, judged), clustering)
    sources = _sources(corpus.sources(), history.times_cited())
    never = [each for each in sources if not each.times]
    answered = sum(each.answered for each in read)
    return GapsReport(
        made_at=moment.astimezone(UTC).isoformat(timespec="seconds"),
        index_version=corpus.version,
        questions=max(len(read), stored) if stored > most else len(read),  # what was no question is stored as well
        questions_read=len(read),
        answered=answered,
        abstained=len(read) - answered,
        unanswered=tuple(unanswered[:MOST_SHOWN]),
        unanswered_topics=len(unanswered),
        unsure=tuple(unsure[:MOST_SHOWN]),
        unsure_topics=len(unsure),
        disliked=_judged(feedback, good=False),
        liked=_judged(feedback, good=True),
        documents=len(sources),
        never_cited=tuple(never[:MOST_SHOWN]),
        never_cited_documents=len(never),
        cited=_oldest_cited(sources),
        weeks=_weeks(asked, moment.astimezone(UTC).date()),
    )


def _open(
    read: Iterable[Asked], is_open: Callable[[Asked], bool], judged: dict[str, FeedbackKind]
) -> list[GapQuestion]:
    """Of each wording, how often it was left open since it last was not; most asked first, then newest. What has been
    answered since is a gap no more. read: newest first."""
    newest: dict[str, Asked] = {}
    times: Counter[str] = Counter()
    closed: set[str] = set()
    for each in read:
        wording = each.meant.casefold()
        if wording in closed:
            continue
        if not is_open(each):
            closed.add(wording)
            continue
        newest.setdefault(wording, each)
        times[wording] += 1
    return [
        GapQuestion(
            each.reply_id, each.question, each.meant, each.asked_at, number, each.confidence, judged.get(each.reply_id)
        )
        for wording, number in times.most_common(MOST_COMPARED)
        for each in (newest[wording],)
    ]


def _topics(questions: Sequence[GapQuestion], clustering: Clustering) -> list[GapTopic]:
    """Most asked first, then the one asked last."""
    groups = clustering.groups([each.meant for each in questions])
    topics = [_topic([questions[place] for place in group]) for group in groups]
    newest_first = sorted(topics, key=lambda topic: topic.last_asked_at, reverse=True)
    return sorted(newest_first, key=lambda topic: topic.times, reverse=True)


def _topic(questions: Sequence[GapQuestion]) -> GapTopic:
    return GapTopic(
        representative=questions[0],
        times=sum(each.times for each in questions),
        last_asked_at=max(each.asked_at for each in questions),
        wordings=len(questions),
        others=tuple(questions[1 : 1 + _MOST_WORDINGS]),
    )


def _judgements(feedback: Feedback, good: bool) -> tuple[Opinion, ...]:
    return tuple(each for each in feedback.newest(MOST_QUESTIONS, good=good) if each.kind != "wrong_citation")


def _judged(feedback: Feedback, *, good: bool) -> tuple[Judged, ...]:
    return tuple(
        Judged(
            feedback_id=each.feedback_id,
            reply_id=each.reply_id,
            kind=each.kind,
            question=each.question,
            answered=each.answered,
            given_at=each.given_at,
            citation=_citation(each, feedback),
            kept_at=each.kept_at,
        )
        for each in feedback.newest(MOST_SHOWN, good=good)
    )


def _citation(opinion: Opinion, feedback: Feedback) -> Citation | None:
    if opinion.citation is None:
        return None
    try:
        return citation_of(feedback.reply(opinion.reply_id), opinion.citation)
    except NotFoundError:  # forgotten since the list was read
        return None


def _sources(summaries: Iterable[SourceSummary], times: dict[str, int]) -> list[GapSource]:
    return [_source(each, times.get(each.document_id, 0)) for each in summaries]


def _source(summary: SourceSummary, times: int) -> GapSource:
    stated = summary.metadata.date.value if summary.metadata.date else ""
    is_stated = _ISO_DATE.fullmatch(stated) is not None  # front matter may say anything
    dated = stated if is_stated else summary.indexed_at
    return GapSource(summary.document_id, summary.source, summary.title, dated, is_stated, times)


def _oldest_cited(sources: Iterable[GapSource]) -> tuple[GapSource, ...]:
    """Of the documents cited at least as often as the middle one, the oldest. Dates in ISO 8601 sort as text."""
    cited = [each for each in sources if each.times]
    often = median(each.times for each in cited) if cited else 0
    return tuple(sorted((each for each in cited if each.times >= often), key=lambda each: each.dated)[:MOST_SHOWN])


def _weeks(asked: AskedLog, today: date) -> tuple[Week, ...]:
    """Every week from the first with a question on, also those without any."""
    this = today - timedelta(days=today.weekday())
    first = this - timedelta(weeks=WEEKS - 1)
    counts: Counter[tuple[date, bool]] = Counter()
    for day, answered, number in asked.days(first.isoformat()):
        when = date.fromisoformat(day)
        counts[when - timedelta(days=when.weekday()), answered] += number
    if not counts:
        return ()
    begins = min(week for week, _ in counts)
    mondays = [begins + timedelta(weeks=number) for number in range((this - begins).days // 7 + 1)]
    return tuple(
        Week(each.isoformat(), counts[each, True] + counts[each, False], counts[each, True], counts[each, False])
        for each in mondays
    )
