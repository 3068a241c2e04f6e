"""Words that may stand for one another."""

from qa.language.synonyms import kin


def test_kin_is_mutual_and_holds_the_word_itself() -> None:
    assert kin("zebra") == {"zebra"}
    assert {"opens", "opening", "inaugurated", "unveiled"} < kin("opened")
    assert all(word in kin(other) for word in ("live", "found", "cost") for other in kin(word))


def test_a_word_of_several_groups_has_the_words_of_all() -> None:
    assert {"inhabitants", "resided"} < kin("lived") | kin("live")
    assert {"established", "discovered"} < kin("found")
    assert "discovered" not in kin("founded")
