import random

from qa.training.instances import Instance, LabelledQuestion, Paragraph
from qa.training.negatives import HardNegatives, drawn

OWN = Paragraph("mills", "Mills", "The oldest mill of Weir was built by Ada Byron.")
SAME_ANSWER = Paragraph("byron", "Byron", "The oldest mill of Ghent was built by ADA BYRON.")
NEAR = [Paragraph("towns", "Towns", f"The oldest mill of town {number} was built by hands.") for number in range(8)]
FAR = Paragraph("rain", "Rain", "Snow falls.")
ASKED = LabelledQuestion("Who built the oldest mill of Weir?", OWN, ((37, 46),))
PARAGRAPHS = [FAR, SAME_ANSWER, *NEAR, OWN]
NEGATIVES = HardNegatives([ASKED, *(LabelledQuestion("What is it?", paragraph, ()) for paragraph in PARAGRAPHS)])


def test_what_looks_right_is_wrong_and_has_none_of_the_answers() -> None:
    found = NEGATIVES.found(ASKED)
    assert OWN.text[slice(*ASKED.spans[0])] == "Ada Byron"
    assert len(found) == 5
    assert len({instance.text for instance in found}) == 5
    assert {instance.text for instance in found} <= {paragraph.text for paragraph in NEAR}
    for instance in found:
        assert instance == Instance(ASKED.question, "Towns", instance.text, (), False, False)


def test_the_nearest_comes_first() -> None:
    asked = LabelledQuestion("Who built the oldest mill of town 6?", OWN, ((37, 46),))
    assert NEGATIVES.found(asked)[0].text == NEAR[6].text


def test_of_a_question_without_an_answer_only_its_own_paragraph_is_left_out() -> None:
    found = NEGATIVES.found(LabelledQuestion("Who burned the oldest mill that Ada Byron built?", OWN, ()))
    assert found[0].text == SAME_ANSWER.text
    assert OWN.text not in {instance.text for instance in found}


def test_none_or_one_is_drawn_as_chance_has_it() -> None:
    found = NEGATIVES.found(ASKED)
    draw = random.Random(1)
    assert drawn(found, 0.0, draw) == drawn([], 1.0, draw) == []
    every = [drawn(found, 1.0, draw) for _ in range(60)]
    assert {len(each) for each in every} == {1}
    assert {each[0].text for each in every} == {instance.text for instance in found}
    assert {len(drawn(found, 0.5, draw)) for _ in range(60)} == {0, 1}
