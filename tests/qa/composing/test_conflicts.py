import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.search.lexical import Analyzer
from qa.composing.citations import cite
from qa.composing.conflicts import Side, answer_groups, evidence_to_cite, sides
from qa.composing.limits import CONFLICT
from qa.composing.selection import Quote
from qa.language.question import Question, analyse
from qa.reading.reader import Evidence, OpenPassage, Reading, Span
from tests.reading import open_text

_MARKED = re.compile(r"\[([^\]]*)\]")


class Words:
    """A corpus's words, as the index tells them; long ones are rare."""

    def __init__(self) -> None:
        self._analyzer = Analyzer()

    def terms(self, text: str) -> list[str]:
        return self._analyzer.terms(text)

    def idf(self, term: str) -> float:
        return float(min(len(term), 6))


WORDS = Words()


def read(*texts: str, scores: tuple[float, ...] = ()) -> tuple[Reading, list[OpenPassage]]:
    """A file a text; a [value] in brackets is a span of its sentence, in the order they stand, or with these scores."""
    opened: list[OpenPassage] = []
    evidence: list[Evidence] = []
    spans: list[Span] = []
    for number, text in enumerate(texts):
        plain = ""
        marks: list[tuple[int, int]] = []
        for part, value in re.findall(r"([^\[]*)(?:\[([^\]]*)\])?", text):
            plain += part
            if value:
                marks.append((len(plain), len(plain) + len(value)))
                plain += value
        opened.append(open_text(plain, f"file{number}.txt"))
        for start, end in marks:
            sentence = next(s for s in opened[-1].sentences if s.start <= start and end <= s.end)
            score = scores[len(spans)] if scores else -0.1 * len(spans)
            evidence.append(Evidence(number, sentence, score, 0.5))
            spans.append(Span(len(evidence) - 1, start, end, score))
    return Reading(tuple(evidence), (0.0,) * len(texts), None, {}, tuple(spans)), opened


def values(question: Question, reading: Reading, opened: list[OpenPassage]) -> list[list[str]]:
    def said(span: Span) -> str:
        return opened[reading.evidence[span.evidence_index].passage_index].document.text[span.start : span.end]

    return [[said(span) for span in side.spans] for side in sides(question, reading, opened, WORDS)]


def told(question: str, *texts: str) -> list[list[str]]:
    return values(analyse(question), *read(*texts))


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        (
            "When was the Harbour Bridge opened?",
            "The Harbour Bridge, designed by John Bellamy, was opened on [19 March 1932].",
            "The Harbour Bridge in Weir was opened to traffic in [1934], according to the Chronicle.",
        ),
        (
            "What year did the museum in Ludlow open?",
            "The museum in Ludlow opened in [1884].",
            "It was in [1886] that the Ludlow museum was inaugurated.",
        ),
        (
            "How many boats did the storm sink at Weir?",
            "The storm sank [25 boats] at Weir.",
            "At Weir, the storm sank [40] boats in a night.",
        ),
        (
            "How much did the Halden tunnel cost?",
            "The Halden tunnel cost [$3.5 billion].",
            "The price of the Halden tunnel was [US$5 billion].",
        ),
        (
            "Who invented the Tarn valve?",
            "The Tarn valve was invented by [Ada Keller], an engineer at Ludlow.",
            "[Jonas Ruud] invented the Tarn valve.",
        ),
        (
            "Who discovered the comet Orrin?",
            "The comet Orrin was discovered by [Maria Keller].",
            "The comet Orrin was discovered by [Anna Keller] with a small telescope.",
        ),
        (
            "In which city was Ada Keller born?",
            "Ada Keller was born in [Ghent].",
            "Ada Keller, the chemist, was born in [Bruges].",
        ),
        (
            "Which company built the Weir ferry?",
            "The Weir ferry was built by [Lock and Weir Company].",
            "The Weir ferry was built by [Northern Yards] of Ludlow.",
        ),
        (
            "What was the height of the Orrin tower?",
            "The height of the Orrin tower was [92 metres].",
            "Its height made the Orrin tower famous: [120 m].",
        ),
        (
            "What dose of telmarin do adults take?",
            "Adults take a dose of [20 kg] of telmarin.",
            "The dose of telmarin that adults take is [40 kg].",
        ),
    ],
)
def test_different_values_of_one_thing_are_two_sides(question: str, one: str, other: str) -> None:
    said = [_MARKED.findall(text) for text in (one, other)]
    assert told(question, one, other) == said
    assert told(question, other, one) == said[::-1]


@pytest.mark.parametrize(
    ("why", "question", "one", "other"),
    [
        ("equal", "How many men did the mine at Orrin employ?", "The mine at Orrin employed [1,000] men.",
         "The mine at Orrin employed [one thousand] men."),
        ("part of it", "When was the Weir lock opened?", "The Weir lock was opened in [May 1821].",
         "The Weir lock was opened on [14 May 1821]."),
        ("surname", "Who invented the Tarn valve?", "The Tarn valve was invented by [Ada Keller].",
         "Dr. [Keller] invented the Tarn valve."),
        ("acronym", "Which bank financed the Halden tunnel?", "The Halden tunnel was financed by the [NRB].",
         "The Halden tunnel was financed by the [Nordic Reconstruction Bank]."),
        ("list", "Who won the Tarn prize?", "[Ada Keller and Jonas Ruud] won the Tarn prize.",
         "The Tarn prize was won by [Jonas Ruud]."),
        ("of another thing counted", "How many states signed the Orrin treaty?", "[25 states] signed the Orrin treaty.",
         "The Orrin treaty led to [30 projects], signed in haste."),
        ("of a narrower thing", "How many states signed the Orrin treaty?", "[25 states] signed the Orrin treaty.",
         "[16 coastal states] signed the Orrin treaty."),
        ("more of it", "How many states signed the Orrin treaty?", "[25 states] signed the Orrin treaty.",
         "[3 more states] signed the Orrin treaty."),
        ("another event", "When was the Weir lock opened?", "The Weir lock was opened in [1821].",
         "The Weir lock was closed in [1903]."),
        ("another subject", "When was the Weir lock opened?", "The Weir lock was opened in [1821].",
         "The Ludlow lock was opened in [1903]."),
        ("again", "When was the Weir lock opened?", "The Weir lock was opened in [1821].",
         "The Weir lock was opened again in [1903]."),
        ("planned", "When was the Weir lock opened?", "The Weir lock was opened in [1821].",
         "The Weir lock was to be opened in [1820], as planned."),
        ("until then", "When did the plague reach Ludlow?", "The plague reached Ludlow in [1629].",
         "The plague reached Ludlow now and then until [the 19th century]."),
        ("denied", "When was the Weir lock opened?", "The Weir lock was opened in [1821].",
         "The Weir lock was not opened in [1820]."),
        ("knows both", "When was the Weir lock opened?", "The Weir lock was opened in [1821].",
         "The Weir lock was opened in [1820], though some books have 1821."),
        ("of another year", "What was the population of Ludlow?", "In 1990 the population of Ludlow was [5,000].",
         "The population of Ludlow was [7,000] in 2020."),
        ("of another currency", "How much did the Halden tunnel cost?", "The Halden tunnel cost [$3 billion].",
         "The Halden tunnel cost [€2 billion]."),
        ("a larger place", "Where was Ada Keller born?", "Ada Keller was born in [Ghent].",
         "Ada Keller was born in [Belgium]."),
        ("another occasion", "When did Keller meet Ruud?", "On [8 July 1921] Keller met Ruud during the Orrin summit.",
         "Keller met Ruud on [2 May 1922] in Halden."),
        ("many may", "Who attended the Orrin congress?", "[Ada Keller] attended the Orrin congress.",
         "[Jonas Ruud] attended the Orrin congress."),
        ("several asked for", "Which cities hosted the Tarn games?", "[Ghent] hosted the Tarn games.",
         "[Bruges] hosted the Tarn games."),
        ("no name", "Who opened the Weir lock?", "The Weir lock was opened by [the mayor of Ludlow].",
         "The Weir lock was opened by [Ada Keller]."),
        ("of documents", "Who wrote the article on the Weir lock?", "[Ada Keller] wrote the article on the Weir lock.",
         "The article on the Weir lock is written by [Jonas Ruud]."),
        ("open question", "Why was the Weir lock closed?", "The Weir lock was closed because of [a flood].",
         "The Weir lock was closed because of [a strike]."),
    ],
)  # fmt: skip
def test_what_fits_together_or_is_of_another_thing_is_no_disagreement(
    why: str, question: str, one: str, other: str
) -> None:
    assert told(question, one, other) == [], why
    assert told(question, other, one) == [], why


LOCK = "When was the Weir lock opened?"


def test_what_is_said_after_the_question_asks_for_nothing() -> None:
    texts = "The Weir lock was opened in [1821].", "The Weir lock was opened in [1823]."
    assert told(LOCK + " My grandmother remembers different celebrations entirely.", *texts) == [["1821"], ["1823"]]


def test_a_sentence_without_the_name_asked_for_is_of_another_thing() -> None:
    question = "Which aide of Keller was sent to the Orrin congress?"
    one, other = (
        "Keller sent [Mirela Okafor], an aide, to the Orrin congress.",
        "[Jonas Ruud] was sent to the Orrin congress.",
    )
    assert told(question, one, other) == []
    assert told(question, one, other.replace("was sent", "was sent by Keller")) == [["Mirela Okafor"], ["Jonas Ruud"]]


def test_those_who_agree_stand_together() -> None:
    assert told(
        LOCK,
        "The Weir lock was opened in [May 1821].",
        "The Weir lock was opened in [1823].",
        "The Weir lock was opened on [14 May 1821].",
        "The Weir lock was opened in [1821].",
    ) == [["May 1821", "14 May 1821", "1821"], ["1823"]]


def test_what_fits_both_sides_is_on_neither() -> None:
    found = told(
        LOCK,
        "The Weir lock was opened in [1821].",
        "The Weir lock was opened in [May 1821].",
        "The Weir lock was opened in [June 1821].",
    )
    assert found == [["May 1821"], ["June 1821"]]


def test_one_file_may_contradict_itself() -> None:
    text = "The Weir lock was opened in [1821]. It rained a lot. The Weir lock was opened by the king in [1823]."
    assert told(LOCK, text) == [["1821"], ["1823"]]


def test_a_file_that_tells_of_two_events_does_not_contradict_itself() -> None:
    text = "The Weir lock was opened in [1821]. Boats paid a toll until the Weir crowd opened every gate in [1848]."
    assert told(LOCK, text) == []


def test_a_date_and_another_of_many_values_are_no_dispute() -> None:
    assert told(LOCK, *(f"The Weir lock was opened in [{year}]." for year in (1821, 1823, 1825, 1827))) == []


def test_a_far_less_likely_value_is_no_side() -> None:
    texts = ("The Weir lock was opened in [1821].", "The Weir lock was opened in [1823].")
    for gap, count in ((CONFLICT.margin - 0.1, 2), (CONFLICT.margin + 0.1, 0)):
        reading, opened = read(*texts, scores=(-0.2, -0.2 - gap))
        assert len(sides(analyse(LOCK), reading, opened, WORDS)) == count


def test_a_reading_without_spans_has_no_sides() -> None:
    _, opened = read("The Weir lock was opened in [1821].")
    assert sides(analyse(LOCK), Reading((), (0.0,), None, {}), opened, WORDS) == ()


def test_every_mention_lies_in_a_citation_with_its_documents_date() -> None:
    reading, opened = read(
        "# The Weir lock\n\n*12 June 1900*\n\nThe Weir lock was opened in [1821] by the king.",
        "The Weir lock was opened in [1823].",
        "The Weir lock was opened in [1821], they say.",
    )
    found = sides(analyse(LOCK), reading, opened, WORDS)
    assert evidence_to_cite(found) == (0, 1)
    quotes = [Quote(reading.evidence[n], (reading.evidence[n].sentence,)) for n in evidence_to_cite(found)]
    blocks = cite(quotes, opened)
    groups = answer_groups(found, reading, opened, blocks)
    assert [group.text for group in groups] == ["1821", "1823"]
    cited = {citation.number: citation for block in blocks for citation in block.citations}
    for group in groups:
        for mention in group.mentions:
            held = cited[mention.citation]
            assert held.start_char_index <= mention.start_char_index < mention.end_char_index <= held.end_char_index
    assert [[mention.date for mention in group.mentions] for group in groups] == [["12 June 1900"], [None]]


def test_a_side_that_is_not_cited_is_not_shown_and_one_side_is_none() -> None:
    reading, opened = read("The Weir lock was opened in [1821].", "The Weir lock was opened in [1823].")
    found = sides(analyse(LOCK), reading, opened, WORDS)
    blocks = cite([Quote(reading.evidence[0], (reading.evidence[0].sentence,))], opened)
    assert len(found) == 2
    assert answer_groups(found, reading, opened, blocks) == ()


@given(st.lists(st.sampled_from(("1821", "May 1821", "14 May 1821", "1823", "3 June 1823", "about 1822")), max_size=6))
def test_sides_are_two_or_more_share_no_span_and_differ(dates: list[str]) -> None:
    reading, opened = read(*(f"The Weir lock was opened in [{date}]." for date in dates))
    found = sides(analyse(LOCK), reading, opened, WORDS)
    assert len(found) != 1
    spans = [span for side in found for span in side.spans]
    assert len(spans) == len(set(spans))
    assert spans == [] or _best(found) == sorted(_best(found), reverse=True)


def _best(found: tuple[Side, ...]) -> list[float]:
    return [side.spans[0].score for side in found]
