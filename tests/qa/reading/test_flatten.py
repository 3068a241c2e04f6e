import math

from hypothesis import given, settings
from hypothesis import strategies as st

from index.types import Document, Hit, Passage, PassageKind, Range, Sentence
from qa.reading.flatten import SentenceScore, by_sentence, join
from qa.reading.reader import OpenPassage
from qa.reading.span_model import TextScore, UnitScore

TEXT = "The mill [page 7] burned down.\n\n* A footnote.\n\nIt was built by Ada Byron in 1821."
SENTENCES = (Sentence(4, 0, (Range(0, 8), Range(18, 30))), Sentence(5, 1, (Range(47, 81),)))
log_odds = st.floats(-9, 9) | st.just(-math.inf)


def opened(text: str, sentences: tuple[Sentence, ...], *headings: str) -> OpenPassage:
    document = Document("d1", "weir_mills.txt", "0" * 64, text, "plain", "utf-8", ())
    passage = Passage("d1", 0, PassageKind.BODY, 0, len(sentences), 0, len(text), headings)
    return OpenPassage(Hit(1, 0.5, 1.0), passage, document, sentences)


@st.composite
def passages(draw: st.DrawFn) -> OpenPassage:
    """Sentences of one or two ranges, anywhere in a text of any characters."""
    text = draw(st.text(min_size=2, max_size=60))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=12)))
    ranges = [Range(start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=False)]
    sentences: list[Sentence] = []
    while ranges:
        size = draw(st.integers(1, min(2, len(ranges))))
        sentences.append(Sentence(len(sentences), 0, tuple(ranges[:size])))
        ranges = ranges[size:]
    return opened(text, tuple(sentences))


@settings(max_examples=50)
@given(passages())
def test_the_joined_text_is_the_sentences_own_and_leads_back_to_them(passage: OpenPassage) -> None:
    joined = join(passage)
    assert len(joined.parts) == len(joined.read.units)
    pieces = []
    for part, (start, end) in zip(joined.parts, joined.read.units, strict=True):
        piece = passage.document.text[part.where.start : part.where.end]
        assert joined.read.text[start:end] == piece != ""
        assert part.sentence is not None
        assert part.where in part.sentence.ranges
        assert part.place == start
        pieces.append(piece)
    assert joined.read.text == " ".join(pieces)
    assert [part.sentence for part in joined.parts] == [s for s in passage.sentences for _ in s.ranges]


@settings(max_examples=50)
@given(passages(), st.data())
def test_every_stretch_of_a_unit_stands_in_the_document(passage: OpenPassage, data: st.DataObject) -> None:
    joined = join(passage)
    units = []
    for start, end in joined.read.units:
        first = data.draw(st.integers(start, end))
        last = data.draw(st.integers(first, end))
        units.append(UnitScore(data.draw(log_odds), data.draw(log_odds), first, last))
    found = by_sentence(joined, TextScore(0.0, 0.0, tuple(units)))
    assert found.keys() == {sentence.ordinal for sentence in passage.sentences}
    for sentence in passage.sentences:
        own = [unit for part, unit in zip(joined.parts, units, strict=True) if part.sentence == sentence]
        score = found[sentence.ordinal]
        assert score.span == max(unit.span for unit in own)
        assert score.evidence == max(unit.evidence for unit in own)
        assert any(part.start <= score.start <= score.end <= part.end for part in sentence.ranges)
        told = passage.document.text[score.start : score.end]
        assert told in [joined.read.text[unit.start : unit.end] for unit in own if unit.span == score.span]


def test_what_interrupts_a_sentence_is_left_out() -> None:
    joined = join(opened(TEXT, SENTENCES))
    assert joined.read.text == "The mill burned down. It was built by Ada Byron in 1821."
    assert joined.read.units == ((0, 8), (9, 21), (22, 56))


def test_the_head_is_title_and_headings() -> None:
    assert join(opened(TEXT, SENTENCES, "Mills", "Fires")).read.head == "weir mills › Mills › Fires"
    assert join(opened(TEXT, SENTENCES)).read.head == "weir mills"


def test_an_interrupted_sentence_has_the_span_of_its_best_part_and_its_highest_evidence() -> None:
    joined = join(opened(TEXT, SENTENCES))
    units = (UnitScore(2.0, -1.0, 4, 8), UnitScore(1.0, 3.0, 9, 15), UnitScore(-1.0, 5.0, 38, 47))
    found = by_sentence(joined, TextScore(0.0, 0.0, units))
    assert found == {4: SentenceScore(2.0, 3.0, 18, 24), 5: SentenceScore(-1.0, 5.0, 63, 72)}
    assert TEXT[18:24] == "burned"
    assert TEXT[63:72] == "Ada Byron"
