"""Scores a service on a question set: every question is asked as a user would, through the whole pipeline."""

import random
import statistics
from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from index.errors import InputError, QuestionError
from qa.answering import Answerer
from qa.metrics import cited_gold, complete, contains, exact_match, f1, passage_rank
from qa.questionset import Example
from qa.types import AskOptions, Reply

_TOP_K = 10
_BINS = 10


class Outcome(Struct, frozen=True):
    """One question's scores. rank: of the first right passage, None if not among the ten. Right in `first`, `any_cited`
    and `all_cited` means cited; an abstention cites nothing. cited, cited_right: sentences.
    """

    qid: str
    kind: str
    answerable: bool
    answered: bool
    confidence: float
    rank: int | None
    first: bool
    any_cited: bool
    all_cited: bool
    cited: int
    cited_right: int
    short: str | None
    exact: bool
    f1: float
    contained: bool
    milliseconds: float


class Figures(Struct, frozen=True):
    """Figures over a set, each 0 to 1 but the counts and latencies (milliseconds). None where nothing is to be counted.

    Retrieval, citation and short-answer figures are over answerable questions, an abstention counting as wrong.
    short_given: whether there is a short answer. precision: right among cited sentences.
    right_abstentions is over unanswerable questions, false_abstentions over answerable ones. selective_accuracy: first
    citation right among questions answered. auroc: of confidence, answerable questions against the others. answered:
    questions; cited: sentences.
    """

    questions: int
    answerable: int
    answered: int
    cited: int
    hit_at_1: float | None
    hit_at_5: float | None
    hit_at_10: float | None
    mrr_at_10: float | None
    first_cited: float | None
    any_cited: float | None
    complete: float | None
    precision: float | None
    short_exact: float | None
    short_f1: float | None
    short_contains: float | None
    short_given: float | None
    right_abstentions: float | None
    false_abstentions: float | None
    selective_accuracy: float | None
    auroc: float | None
    latency_p50_ms: float
    latency_p95_ms: float


class Bin(Struct, frozen=True):
    """Replies of about the same confidence: its mean, the share whose first citation is right, how many they are."""

    confidence: float
    right: float
    count: int


def sampled(examples: Sequence[Example], most: int | None) -> Sequence[Example]:
    """At most `most` of the examples, chosen at random but always alike, in their own order."""
    if most is None or most >= len(examples):
        return examples
    chosen = sorted(random.Random(0).sample(range(len(examples)), most))
    return [examples[number] for number in chosen]


def evaluate(
    answerer: Answerer, examples: Sequence[Example], progress: Callable[[int, int], None] | None = None
) -> tuple[Outcome, ...]:
    """Ask every question; a question with turns is asked after them in one conversation.

    Give it an answerer that never abstains: `at_bar` then tells what any bar would have done. Raises InputError for a
    question that cannot be asked, and what `Answerer.ask` raises.
    """
    outcomes = []
    for number, example in enumerate(examples, 1):
        outcomes.append(judge(_ask(answerer, example), example))
        if progress is not None:
            progress(number, len(examples))
    return tuple(outcomes)


def _ask(answerer: Answerer, example: Example) -> Reply:
    options = AskOptions(top_k=_TOP_K)
    conversation = None
    try:
        for turn in example.turns:
            conversation = answerer.ask(turn, conversation, options).conversation_id
        return answerer.ask(example.question, conversation, options)
    except QuestionError as error:
        raise InputError(f"Question {example.qid}: {error}") from error


def judge(reply: Reply, example: Example) -> Outcome:
    """Score one reply."""
    cited = cited_gold(reply, example)
    short = reply.answer.text if reply.answer else None
    accepted = [text for gold in example.gold for text in gold.short]
    return Outcome(
        qid=example.qid,
        kind=example.kind,
        answerable=bool(example.gold),
        answered=reply.answered,
        confidence=reply.confidence,
        rank=passage_rank(reply, example),
        first=bool(cited and cited[0]),
        any_cited=any(cited),
        all_cited=bool(example.gold) and complete(cited, example),
        cited=len(cited),
        cited_right=sum(map(bool, cited)),
        short=short,
        exact=short is not None and exact_match(short, accepted),
        f1=f1(short, accepted) if short is not None else 0.0,
        contained=short is not None and contains(short, accepted),
        milliseconds=reply.timings_ms["total"],
    )


def at_bar(outcome: Outcome, bar: float) -> Outcome:
    """The outcome with the replies below `bar` as abstentions, which cite nothing."""
    if not outcome.answered or outcome.confidence >= bar:
        return outcome
    nothing = {"first": False, "any_cited": False, "all_cited": False, "exact": False, "contained": False}
    return replace(outcome, answered=False, cited=0, cited_right=0, short=None, f1=0.0, **nothing)


def summarise_outcomes(outcomes: Sequence[Outcome]) -> Figures:
    """The figures of a set. Raises ValueError for no outcomes."""
    if not outcomes:
        raise ValueError("no outcomes")
    yes = [o for o in outcomes if o.answerable]
    no = [o for o in outcomes if not o.answerable]
    answered = [o for o in outcomes if o.answered]
    times = sorted(o.milliseconds for o in outcomes)
    return Figures(
        questions=len(outcomes),
        answerable=len(yes),
        answered=len(answered),
        cited=sum(o.cited for o in answered),
        hit_at_1=_share(yes, lambda o: (o.rank or 99) <= 1),
        hit_at_5=_share(yes, lambda o: (o.rank or 99) <= 5),
        hit_at_10=_share(yes, lambda o: (o.rank or 99) <= 10),
        mrr_at_10=_share(yes, lambda o: 1 / o.rank if o.rank else 0.0),
        first_cited=_share(yes, lambda o: o.first),
        any_cited=_share(yes, lambda o: o.any_cited),
        complete=_share(yes, lambda o: o.all_cited),
        precision=_ratio(sum(o.cited_right for o in answered), sum(o.cited for o in answered)),
        short_exact=_share(yes, lambda o: o.exact),
        short_f1=_share(yes, lambda o: o.f1),
        short_contains=_share(yes, lambda o: o.contained),
        short_given=_share(yes, lambda o: o.short is not None),
        right_abstentions=_share(no, lambda o: not o.answered),
        false_abstentions=_share(yes, lambda o: not o.answered),
        selective_accuracy=_share(answered, lambda o: o.first),
        auroc=auroc(outcomes),
        latency_p50_ms=statistics.median(times),
        latency_p95_ms=times[min(len(times) - 1, int(0.95 * len(times)))],
    )


def auroc(outcomes: Sequence[Outcome]) -> float | None:
    """How well confidence parts answerable from unanswerable questions (Mann-Whitney); None if one kind is missing."""
    yes = [o.confidence for o in outcomes if o.answerable]
    no = [o.confidence for o in outcomes if not o.answerable]
    if not yes or not no:
        return None
    wins = sum((a > b) + 0.5 * (a == b) for a in yes for b in no)
    return wins / (len(yes) * len(no))


def risk_coverage(outcomes: Sequence[Outcome]) -> list[tuple[float, float, float]]:
    """(bar, share answered, share of those whose first citation is right), for each confidence as the bar, falling."""
    ordered = sorted(outcomes, key=lambda o: -o.confidence)
    right = 0
    points = []
    for number, outcome in enumerate(ordered, 1):
        right += outcome.first
        points.append((outcome.confidence, number / len(ordered), right / number))
    return points


def reliability(outcomes: Sequence[Outcome]) -> list[Bin]:
    """Outcomes in ten bins of equal width by confidence, empty ones left out. Give it outcomes without a bar."""
    bins: dict[int, list[Outcome]] = {}
    for outcome in outcomes:
        bins.setdefault(min(int(outcome.confidence * _BINS), _BINS - 1), []).append(outcome)
    return [
        Bin(statistics.fmean(o.confidence for o in each), statistics.fmean(o.first for o in each), len(each))
        for _, each in sorted(bins.items())
    ]


def calibration_error(outcomes: Sequence[Outcome]) -> float:
    """The expected calibration error (ECE), 0 to 1: how far confidence is from the share that is right, on average.

    Guo et al., "On Calibration of Modern Neural Networks", ICML 2017. Give it outcomes without a bar, at least one.
    """
    return sum(each.count * abs(each.confidence - each.right) for each in reliability(outcomes)) / len(outcomes)


def _share(outcomes: Sequence[Outcome], value: Callable[[Outcome], float]) -> float | None:
    return _ratio(sum(value(o) for o in outcomes), len(outcomes))


def _ratio(part: float, whole: int) -> float | None:
    return part / whole if whole else None
