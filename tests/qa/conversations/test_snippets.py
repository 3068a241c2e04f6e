from hypothesis import example, given

from index.language.folding import fold
from qa.conversations.snippets import holds, snippet
from tests.strategies import texts


def test_a_long_text_is_cut_at_words() -> None:
    text = "one two three " * 20 + "the MILL of Weir stands here " + "four five six " * 20
    found = snippet(text, fold("mill of"))
    assert found is not None
    assert found.startswith("… ")
    assert found.endswith(" …")
    inside = found[2:-2]
    assert "the MILL of Weir" in inside
    assert f" {inside} " in text
    assert len(found) <= 164


def test_a_short_text_is_shown_whole() -> None:
    assert snippet("The mill.", "mill") == "The mill."
    assert snippet("The mill.", "church") is None


def test_letters_that_fold_to_more_than_one_are_counted_once() -> None:
    text = "ß" * 300 + " İstanbul " + "ﬃ" * 300
    found = snippet(text, fold("İSTANBUL"))
    assert found is not None
    assert "İstanbul" in found


def test_accents_make_no_difference() -> None:
    assert snippet("Of São Paulo.", fold("sao p")) == "Of São Paulo."
    assert snippet("Of Sao Paulo.", fold("SÃO")) == "Of Sao Paulo."


def test_a_find_longer_than_a_snippet_is_shown_whole() -> None:
    assert snippet("a " * 300, "a " * 200) is not None
    assert "b" * 400 in (snippet("x y " + "b" * 400 + " z", "b" * 400) or "")


@given(texts, texts, texts)
@example("", "ǰ", "")
@example("ﬃ", "ß", "x" * 400)
def test_what_is_held_is_in_the_snippet(before: str, sought: str, after: str) -> None:
    text = f"{before} {sought} {after}"
    words = fold(sought).strip()
    found = snippet(text, words)
    assert (found is not None) is holds(text, words)
    if found is not None:
        assert words in fold(found)
