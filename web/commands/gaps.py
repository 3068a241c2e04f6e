"""`footnote gaps`."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from qa.insights.gaps import GapSource, GapsReport, GapTopic, Judged, Week
from web.bootstrap import open_answers
from web.commands import options
from web.commands.terminal import say, say_json
from web.rendering.plain import printable

_BAR = 30  # characters
_SHOWN = 10  # of each list; --json and the page show more
_KINDS = {"helpful": "helpful", "not_helpful": "not helpful", "wrong_citation": "wrong citation"}


@click.command("gaps")
@options.as_json
@options.corpus
@options.data
def command(as_json: bool, corpus: Path | None, data: Path | None) -> None:
    """Tell what the documents lack, by what was asked of them.

    Questions without an answer and with an unsure one, grouped by likeness; answers judged not right; documents never
    cited, and old ones cited much. The page /gaps of the server shows the same.
    """
    settings = options.one_corpus(corpus, data)
    with open_answers(settings) as service:
        report = service.gaps()
    if as_json:
        say_json(report)
    else:
        say("\n\n".join("\n".join(part) for part in _parts(report)))


def _parts(report: GapsReport) -> Iterator[list[str]]:
    yield [_summary(report)]
    if report.weeks:
        yield ["Week by week (# answered, - not answered)", *_weeks(report.weeks)]
    yield [
        f"Not answered ({_number(report.unanswered_topics, 'topic')})",
        *_topics(report.unanswered, report.unanswered_topics),
    ]
    yield [
        f"Answered, but not surely ({_number(report.unsure_topics, 'topic')})",
        *_topics(report.unsure, report.unsure_topics),
    ]
    yield ["Judged not right", *_judged(report.disliked)]
    yield ["Oldest, and cited much", *_sources(report.cited, len(report.cited))]
    never = f"Never cited ({report.never_cited_documents:,} of {_number(report.documents, 'document')})"
    yield [never, *_sources(report.never_cited, report.never_cited_documents)]


def _summary(report: GapsReport) -> str:
    newest = "" if report.questions == report.questions_read else f", the newest of {report.questions:,}"
    read = f"{_number(report.questions_read, 'question')}{newest}"
    return f"{read}: {report.answered:,} answered, {report.abstained:,} not."


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}" + "s" * (count != 1)


def _weeks(weeks: Iterable[Week]) -> Iterator[str]:
    weeks = tuple(weeks)
    most = max(week.asked for week in weeks) or 1
    for week in weeks:
        answered = round(_BAR * week.answered / most)
        bar = "#" * answered + "-" * (round(_BAR * week.asked / most) - answered)
        yield f"  {week.begins}  {bar:<{_BAR}}  {week.answered:,} + {week.abstained:,}"


def _topics(topics: tuple[GapTopic, ...], total: int) -> Iterator[str]:
    most = max((topic.times for topic in topics), default=1)
    for topic in topics[:_SHOWN]:
        bar = "#" * max(1, round(_BAR / 3 * topic.times / most))
        wordings = f" in {topic.wordings:,} wordings" if topic.wordings > 1 else ""
        yield f"  {bar:<{_BAR // 3}}  {printable(topic.representative.meant)}"
        asked = f"asked {_number(topic.times, 'time')}{wordings}, last on {topic.last_asked_at[:10]}"
        yield f"  {'':<{_BAR // 3}}  {asked}; /answers/{topic.representative.reply_id}"
    yield from _rest(total)


def _judged(judged: tuple[Judged, ...]) -> Iterator[str]:
    for each in judged[:_SHOWN]:
        yield f"  {printable(each.question)}"
        cited = each.citation
        where = f" [{cited.number}] “{printable(cited.cited_text)}” ({printable(cited.source)})" if cited else ""
        yield f"    {_KINDS[each.kind]}{where}; /answers/{each.reply_id}"
    yield from _rest(len(judged))


def _sources(sources: tuple[GapSource, ...], total: int) -> Iterator[str]:
    for each in sources[:_SHOWN]:
        cited = f", cited by {_number(each.times, 'answer')}" if each.times else ""
        dated = each.dated[:10] if each.is_stated else f"no date, indexed {each.dated[:10]}"
        yield f"  {printable(each.source)}: {printable(each.title)} ({dated}{cited})"
    yield from _rest(total)


def _rest(total: int) -> Iterator[str]:
    if not total:
        yield "  none"
    elif total > _SHOWN:
        yield f"  and {total - _SHOWN:,} more"
