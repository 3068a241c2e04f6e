import pytest

from index.sentences.splitting import split_text


def split(text: str) -> list[str]:
    return [text[part.start : part.end] for part in split_text(text)]


# A bar stands where a sentence must end; everything else must stay together.
@pytest.mark.parametrize(
    "marked",
    [
        "The ferry sails at dawn. |It returns at dusk. |Will you come? |Do! |Good.",
        "Ms. Ida B. Wells met Prof. O'Neil, Gen. Ray and Sen. Poe Jr. in St. Louis. |They talked.",
        "See pp. 12–14, fig. 3, vol. II and no. 7. |The rest is in ch. 4.",
        "The U.S. Senate sat in Washington, D.C. |It rose late. |He lives in the U.K. |She does not.",
        "Harris, Todd & Co. paid Lumen Inc. for it. |It was cheap. |Ask Harris and co. |They may know.",
        "It opens at 9 a.m. on Sundays. |It closes at 5 p.m. Monday and rests.",
        "It opens at 7 A.M. |Mrs. Hill has the key. |At 6 a.m. Mrs. Hill wakes.",
        "It weighs 4.5 kg. |Version 2.0.1 costs $3.99. |That is all.",
        "Write to a.b@c.example.org. |The page is https://x.example.com/a.b?c=D.html. |Look there.",
        "“Where is it?” he asked. |“Here!” Ann Hill replied. |Then silence.",
        "They call it ‘The Long Road.’” |In June, work began.",
        'He praised "the calm in the region." is what they wrote. |Nobody laughed.',
        "He left (he had waited. It rained.) at nine. |(She stayed.) |Then it was dark.",
        "We are a team, she and I. |Have you met Paul I. Marsh? |No. |I have not.",
        "Hm ... well, what I meant...no. |I never said that.... |She did. |Wait… |Now go.",
        "The vote [...] was close [...] in May. |It failed.",
        "1. The first thing |2. The second thing |3. The third",
        "1) Open the door. |2) Go in.",
        "a. Flour |b. Salt",
        "• 1. Boil water |• 2. Add tea",
        "1. It rose by 2. |The rest fell.",
        "He works at Yahoo! in sales. |Wow!! |great value!! |would buy again",
        "the food was horrible. |would not return. |never again",
        "It ended in the bay.|The crew swam.",
        "Try node.js or approx. 3 oz. of salt. |Done.",
        "Soft-wrapped lines of\na paragraph go on. |The next one\ndoes, too.",
        "One paragraph without a stop\n\n|And another",
        "これはペンです。|それは「赤い。青い。」と言った。|終わり！|はい？",
        "Am 3. Oktober kam Dr. med. Weiß, z. B. mit Hrn. Bach. |Im 18. Jahrhundert war das anders.",
        "„Geh nach Hause.“ |Er ging.",
        "« Où vas-tu ? » demanda M. Petit. |Il partit.",
        "¿Qué hora es? |¡Ya es tarde! |El Dr. Ruiz se fue.",
        "Он приехал. |Это г. Тверь.",
        "यह किताब है। |वह कलम है।",
        "كيف حالك؟ |أنا بخير.",
        "\u00a0Narrow\u00a0spaces.\u00a0|And \u200bno width.\u200b |Done.",
    ],
)
def test_sentences_end_where_they_should(marked: str) -> None:
    assert split(marked.replace("|", "")) == [part.strip(" \n\u00a0\u200b") for part in marked.split("|")]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("the town’s debts.”(*1) Late in 1997, it paid.", ["the town’s debts.”", "Late in 1997, it paid."]),
        ("a new harbour.v On May 3, it opened.", ["a new harbour.", "On May 3, it opened."]),
        ("to the sea. <sup>iv</sup>On May 3, it opened.", ["to the sea.", "On May 3, it opened."]),
        ("in ruins.<sup>iii</sup> Then peace.", ["in ruins.", "Then peace."]),
        ("it had grown.12 However, v1.2 did not.", ["it had grown.", "However, v1.2 did not."]),
        ("old.12 However, it did.", ["old.", "However, it did."]),
        ("up.12 However, it did.", ["up.12 However, it did."]),  # two letters may be a unit or a part
        ("of the EUR.12 However, it did.", ["of the EUR.12 However, it did."]),
        ("within the year.”vii Although late", ["within the year.”", "Although late"]),
        ("It is known.[1] [2] So is this.[12][13] And this.[note 3]", ["It is known.", "So is this.", "And this."]),
        ("Well said.¹ Indeed.† Yes.", ["Well said.", "Indeed.", "Yes."]),
        ("as shown in [5]. Next", ["as shown in [5].", "Next"]),
        ("[3] A note of its own.", ["A note of its own."]),
        ("No. 5 is alive.", ["No. 5 is alive."]),
        ("[1]", []),
        ("! ! ! ... * * *", []),
        ("", []),
        ("Great! :-)", ["Great! :-)"]),
    ],
)
def test_note_marks_stay_outside(text: str, sentences: list[str]) -> None:
    assert split(text) == sentences


def test_a_bracket_that_is_open_too_long_is_forgotten() -> None:
    inside = "It rained. " * 45
    assert len(inside) == 495
    assert len(split(f"He left (a. b {inside}) late.")) > 1
    assert len(split(f"He left ({inside}) late.")) == 1
    assert len(split("It rained. (He left. It rained.) It stopped.")) == 4  # one that begins after a stop is none
