"""In which language a question is: sure, or nothing is said."""

import pytest

from qa.language.others.recognition import LIMITS, language_name, languages_of, tongue_of_question
from qa.language.others.tongues import SCRIPT_TONGUES, TONGUES

FOREIGN = {
    "Wer war Napoleon?": "de",
    "Wann besuchte Abe Peking?": "de",
    "Was ist die Seidenstraße?": "de",
    "Qui est le président du Japon ?": "fr",
    "Quand Abe a-t-il visité Pékin ?": "fr",
    "Résumez ce document": "fr",
    "¿Quién fue a China en mayo?": "es",
    "¿Cuándo visitó Abe Pekín?": "es",
    "Chi è Abe?": "it",
    "Quem é o primeiro-ministro?": "pt",
    "Wie is de premier van Japan?": "nl",
    "Vem är Japans premiärminister?": "sv",
    "Kto jest premierem Japonii?": "pl",
    "安倍はいつ北京を訪れましたか": "ja",
    "安倍首相什么时候访问北京？": "zh",
    "누가 중국에 갔습니까?": "ko",
    "Кто посетил Пекин?": "und-Cyrl",
    "من زار الصين؟": "und-Arab",
}
ENGLISH = (
    "", "?", "42", "Lake Como", "El Niño", "La La Land", "Die Hard", "Rio de la Plata", "Warum?", "日本", "一带一路",
    "アベ",
    "Who is 安倍?", "Where is Lake Como?", "Who wrote Die Welt als Wille und Vorstellung?",
    "Who was Charles de la Tour?",
    "What does 'quand' mean?", "Universidad de la Habana", "Who sang Non, je ne regrette rien?", "was es so an?",
    "What is the Wer?", "Who is El Cid?", "x" * 2000,
)  # fmt: skip


@pytest.mark.parametrize(("question", "code"), FOREIGN.items())
def test_a_question_in_another_language_is_told(question: str, code: str) -> None:
    found = tongue_of_question(question)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("question", ENGLISH)
def test_names_short_questions_and_english_ones_are_not(question: str) -> None:
    assert tongue_of_question(question) is None


def test_texts_tell_their_languages() -> None:
    english = "The mill of Weir was built in 1901, and it has been there since that day for all of them. " * 2
    german = "Die Mühle von Weir wurde im Jahr 1901 gebaut, und sie ist seit diesem Tag für alle da. " * 2
    assert languages_of([english, german, english, "1 2 3", ""]) == ("en", "de")
    assert languages_of(["水車は一九〇一年に建てられました"]) == ("ja",)
    assert [language_name(code) for code in ("en", "de", "zh", "und-Cyrl")] == [
        "English", "German", "Chinese", "a language in Cyrillic letters"
    ]  # fmt: skip


def test_at_the_edges() -> None:
    run = "漢" * LIMITS.unspaced
    assert tongue_of_question(run) is not None
    assert tongue_of_question(run[1:]) is None
    assert tongue_of_question("wann " + "Abe " * (LIMITS.opened - 1)) is not None
    assert tongue_of_question("wann " + "Abe " * (LIMITS.opened - 2)) is None


def test_each_language_is_one_of_its_own() -> None:
    codes = [tongue.code for tongue in (*TONGUES, *SCRIPT_TONGUES)]
    assert len(set(codes)) == len(codes)
    for tongue in TONGUES:
        assert not tongue.telling & tongue.usual, tongue.code
        assert all(word == word.casefold() or "ß" in word for word in tongue.telling | tongue.usual | tongue.opening)
    for tongue in (*TONGUES, *SCRIPT_TONGUES):
        assert bool(tongue.note) == bool(tongue.names) == ("{}" in tongue.documents)
