"""Scores a service on a question set: every question is asked as a user would, through the whole pipeline."""

import random
import re
import statistics
from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from index.errors import InputError, QuestionError
from qa.datasets.question_set import Example
from qa.evaluation.calibration_metrics import auroc
from qa.evaluation.metrics import cited_gold, complete, contains, exact_match, f1, passage_rank
from qa.language.question import analyse
from qa.pipeline import Answerer
from qa.types import AskOptions, Reply

_TOP_K = 10


class Outcome(Struct, frozen=True):
    """One question's scores. kind: what the set says it is, else its answer type. rank: of the first right passage,
    None if not among the ten. Right in `first`, `any_cited` and `all_cited` means cited; an abstention cites nothing.
    cited, cited_right: sentences. ranked: whether the set tells which passages are right.
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
    ranked: bool = True


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


def sampled(examples: Sequence[Example], most: int | None) -> Sequence[Example]:
    """At most `most` of the examples, chosen at random but always alike, in their own order."""
    if most is None or most >= len(examples):
        return examples
    chosen = sorted(random.Random(0).sample(range(len(examples)), most))
    return [examples[number] for number in chosen]


def evaluate(
    answerer: Answerer,
    examples: Sequence[Example],
    progress: Callable[[int, int], None] | None = None,
    before: Answerer | None = None,
) -> tuple[Outcome, ...]:
    """Ask every question; a question with turns is asked after them in one conversation.

    Give it an answerer that never abstains: `at_threshold` then tells what any threshold would have done. before: what
    is asked the turns before a question, with the threshold in use and the same history, since an abstention leads a
    talk elsewhere; `answerer` if None. Raises InputError for a question that cannot be asked, and what `Answerer.ask`
    raises.
    """
    outcomes = []
    for number, example in enumerate(examples, 1):
        outcomes.append(judge(_ask(answerer, before or answerer, example), example))
        if progress is not None:
            progress(number, len(examples))
    return tuple(outcomes)


def _ask(answerer: Answerer, before: Answerer, example: Example) -> Reply:
    options = AskOptions(top_k=_TOP_K, sources=example.sources)
    conversation = None
    try:
        for turn in example.turns:
            conversation = before.ask(turn, conversation, options).conversation_id
        return answerer.ask(example.question, conversation, options)
    except QuestionError as error:
        raise InputError(f"Question {example.qid}: {error}") from error


def judge(reply: Reply, example: Example) -> Outcome:
    """Score one reply."""
    if example.expected is not None:
        return _judge_by_pattern(reply, example, example.expected)
    cited = cited_gold(reply, example)
    short = reply.answer.text if reply.answer else None
    accepted = example.accepted
    return Outcome(
        qid=example.qid,
        kind=kind_of(example),
        answerable=example.answerable,
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


def _judge_by_pattern(reply: Reply, example: Example, expected: re.Pattern[str]) -> Outcome:
    """What is cited first is right if it, or the short answer, has the pattern."""
    short = reply.answer.text if reply.answer else None
    contained = short is not None and expected.search(short) is not None
    cited = [expected.search(block.text) is not None for block in reply.content]
    return Outcome(
        qid=example.qid,
        kind=kind_of(example),
        answerable=True,
        answered=reply.answered,
        confidence=reply.confidence,
        rank=None,
        first=contained or bool(cited and cited[0]),
        any_cited=contained or any(cited),
        all_cited=contained or any(cited),
        cited=len(cited),
        cited_right=sum(cited),
        short=short,
        exact=contained,
        f1=float(contained),
        contained=contained,
        milliseconds=reply.timings_ms["total"],
        ranked=False,
    )


def kind_of(example: Example) -> str:
    """The type of a question: the set's own, else what its words ask for (`AnswerType`)."""
    return example.kind or analyse(example.question).answer_type.value


def at_threshold(outcome: Outcome, threshold: float) -> Outcome:
    """The outcome with the replies below `threshold` as abstentions, which cite nothing."""
    if not outcome.answered or outcome.confidence >= threshold:
        return outcome
    nothing = {"first": False, "any_cited": False, "all_cited": False, "exact": False, "contained": False}
    return replace(outcome, answered=False, cited=0, cited_right=0, short=None, f1=0.0, **nothing)


def summarise_outcomes(outcomes: Sequence[Outcome]) -> Figures:
    """The figures of a set. Raises ValueError for no outcomes."""
    if not outcomes:
        raise ValueError("no outcomes")
    yes = [o for o in outcomes if o.answerable]
    ranked = [o for o in yes if o.ranked]
    no = [o for o in outcomes if not o.answerable]
    answered = [o for o in outcomes if o.answered]
    times = sorted(o.milliseconds for o in outcomes)
    return Figures(
        questions=len(outcomes),
        answerable=len(yes),
        answered=len(answered),
        cited=sum(o.cited for o in answered),
        hit_at_1=_share(ranked, lambda o: (o.rank or 99) <= 1),
        hit_at_5=_share(ranked, lambda o: (o.rank or 99) <= 5),
        hit_at_10=_share(ranked, lambda o: (o.rank or 99) <= 10),
        mrr_at_10=_share(ranked, lambda o: 1 / o.rank if o.rank else 0.0),
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
        auroc=auroc([o.confidence for o in yes], [o.confidence for o in no]),
        latency_p50_ms=statistics.median(times),
        latency_p95_ms=times[min(len(times) - 1, int(0.95 * len(times)))],
    )


def scored(outcomes: Sequence[Outcome]) -> list[tuple[float, float]]:
    """Confidence, and whether the first citation is right (0 or 1), of each."""
    return [(outcome.confidence, float(outcome.first)) for outcome in outcomes]


def _share(outcomes: Sequence[Outcome], value: Callable[[Outcome], float]) -> float | None:
    return _ratio(sum(value(o) for o in outcomes), len(outcomes))


def _ratio(part: float, whole: int) -> float | None:
    return part / whole if whole else None
