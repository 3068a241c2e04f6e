from qa.training.labelling import labelled
from tests.span_models import WordModel

PAIR = {"question": "Who built it?", "sentence": "It was built by Ada Byron.", "id": 7}


def test_only_what_the_reader_is_sure_of_becomes_a_label() -> None:
    sure = labelled(PAIR, WordModel(lambda _question, _text: 3.0))
    assert sure == PAIR | {"start": 16, "end": 25}
    assert "It was built by Ada Byron."[16:25] == "Ada Byron"
    assert labelled(PAIR, WordModel(lambda _question, _text: 2.9)) == PAIR


def test_a_sentence_without_a_stretch_keeps_as_it_is() -> None:
    pair = {"question": "Who?", "sentence": "nobody knows."}
    assert labelled(pair, WordModel(lambda _question, _text: 9.0)) == pair
