import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.folding import Folded, fold, fold_case

_HARD = "É e\u0301 ᄀ ᅡ ｶ ﾞ ে া ß ẞ ﬁ Ａ ０ İ ı Ǆ か\u3099 가 \u200d \u00ad ø Æ Œ Ł ½ ² ς Σ".split(" ")
_TEXTS = st.text(max_size=60) | st.lists(st.sampled_from(_HARD), max_size=8).map("".join)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("São Paulo", "sao paulo"),
        ("Sa\u0303o", "sao"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("Tromsø", "tromso"),
        ("Ærø", "aero"),
        ("ＡＴ＆Ｔ", "at&t"),
        ("１２", "12"),
        ("ﬁle", "file"),
        ("km²", "km2"),
        ("co\u00adoperate", "cooperate"),
        ("ΑΘΉΝΑ", "αθηνα"),
        ("が", "が"),
        ("한국", "한국"),
        ("हिन्दी", "हिन्दी"),
        ("", ""),
    ],
)
def test_what_a_text_folds_to(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_case_alone_keeps_accents() -> None:
    assert fold_case("E\u0301TÉ") == "été"
    assert fold_case("Straße") == "strasse"


@given(_TEXTS)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold_case(fold_case(text)) == fold_case(text)


@given(_TEXTS)
def test_case_and_accents_make_no_difference(text: str) -> None:
    assert fold(fold_case(text)) == fold(text)


@given(_TEXTS, _TEXTS, _TEXTS)
def test_a_find_is_a_range_of_the_original_that_folds_to_what_was_sought(left: str, sought: str, right: str) -> None:
    place = Folded(f"{left} {sought} {right}").find(fold(sought))
    assert place is not None
    assert fold(sought) in fold(f"{left} {sought} {right}"[place[0] : place[1]])


def test_where_a_folded_find_stands() -> None:
    text = "Der Weg nach Łódź ﬁel leicht"
    assert Folded(text).find("lodz") == (13, 17)
    assert Folded(text).find("fi") == (18, 19)
    assert Folded(text).find("nowhere") is None
