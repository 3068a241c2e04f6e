"""Whether a sentence mentions what is sought."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.acronyms import Definition, definitions
from index.search.lexical import Analyzer
from qa.exhaustive.intent import ScanIntent
from qa.exhaustive.matcher import MentionMatcher, relevant
from qa.language.language import ScanKind

SENTENCES = (
    "The Weir League (WL) lends to towns.",
    "Towns joined the WL.",
    "The league lends, and Weir joined late.",
    "Señor Pérez described the town's high-speed railways.",
    "U.S. lenders left, and who knows why.",
    "The US and the WHO lend to us.",
    "北京市は大きい。",
    "Lend it, and it is lent.",
)


class Tongue:
    """The corpus's own terms, of the sentences above."""

    def __init__(self) -> None:
        self._analyzer = Analyzer()

    def terms(self, text: str) -> list[str]:
        return self._analyzer.terms(text)

    def idf(self, term: str) -> float:
        holding = sum(term in self.terms(sentence) for sentence in SENTENCES)
        return math.log(1 + (len(SENTENCES) - holding + 0.5) / (holding + 0.5))


TONGUE = Tongue()


def mentions(what: str, kind: ScanKind = "mention") -> MentionMatcher:
    search = ScanIntent(kind, what)
    known = [one for sentence in SENTENCES for one in definitions(sentence) if relevant(one, search)]
    return MentionMatcher(search, known, TONGUE)


def numbers(what: str, kind: ScanKind = "mention") -> list[int]:
    sought = mentions(what, kind)
    return [n for n, sentence in enumerate(SENTENCES) if sought.are_in(sentence, TONGUE.terms(sentence))]


@pytest.mark.parametrize(
    ("what", "found"),
    [
        ("lending", [0, 2, 5, 7]),  # stems; "lenders" and "lent" have others
        ("perez", [3]),
        ("PÉREZ", [3]),
        ("a high speed railway", [3]),
        ("high-speed", [3]),
        ("speed-high", []),
        ("Weir", [0, 2]),
        ("Weir League", [0, 1]),
        ("weir league", [0, 1]),
        ("WL", [0, 1]),
        ("wl", [0, 1]),
        ("League Weir", []),
        ("Weir and the WL", [0]),
        ("the WL or railways", [0, 1, 3]),
        ("towns lending", [0]),
        ("the US", [4, 5]),
        ("the U.S.", [4, 5]),
        ("u.s", [4, 5]),
        ("WHO", [5]),
        ("who", []),
        ("北京", [6]),
        ("京北", []),
        ('"lend"', [5, 7]),
        ('"to towns"', [0]),
        ('"to us"', [5]),
        ('"town’s high speed"', [3]),
        ('"Perez"', [3]),
        ('"京市"', [6]),
        ('"and it is"', [7]),
    ],
)
def test_what_mentions_it(what: str, found: list[int]) -> None:
    assert numbers(what) == found


def test_a_statement_may_lack_what_tells_least() -> None:
    assert numbers("the Weir League lends to towns", "statement") == [0]
    assert numbers("the WL often lends to towns that lend", "mention") == []
    assert numbers("towns have joined the WL lately", "statement") == []  # "lately" tells most of all
    assert numbers("towns late joined", "statement") == [2]  # all but "towns"
    assert numbers("railways of the WL", "statement") == []  # a name may not be missing, nor most of the rest
    assert numbers("Weir and railways", "things") == []


def test_a_denial_is_no_statement_of_what_it_denies() -> None:
    said, denied = "The League of Weir pays not only towns.", "The League of Weir doesn’t pay towns."
    for what, found in (("the league pays towns", said), ("the league does not pay towns", denied)):
        sought = mentions(what, "statement")
        assert [s for s in (said, denied) if sought.are_in(s, TONGUE.terms(s))] == [found]
    assert all(mentions("towns").are_in(s, TONGUE.terms(s)) for s in (said, denied))


def test_what_is_sought_is_named_in_the_questions_words() -> None:
    assert mentions("the Weir League and lending").sought == ("Weir League", "lending")
    assert mentions("Weir and Red Bay").sought == ("Weir and Red Bay",)
    assert mentions("what it is").sought == ()


def test_what_cannot_be_sought_is_in_nothing() -> None:
    assert numbers("what it is") == []


def test_only_definitions_of_what_is_sought_count() -> None:
    league = Definition("WL", "Weir League")
    assert relevant(league, ScanIntent("mention", "the weir league’s loans"))
    assert relevant(league, ScanIntent("mention", "WL"))
    assert not relevant(league, ScanIntent("mention", "the weir leagues"))
    assert not relevant(league, ScanIntent("mention", "WLs"))


words = st.sampled_from(sorted({word for sentence in SENTENCES for word in sentence.split()}))


@given(st.lists(words, min_size=1, max_size=3), st.sampled_from(SENTENCES))
def test_lower_case_words_are_each_in_the_sentence(sought: list[str], sentence: str) -> None:
    what = " ".join(sought).casefold()
    found = mentions(what)
    plain = [term for phrase in found.sought for term in TONGUE.terms(phrase)]
    if "wl" in what or "weir league" in what or "." in what or not plain:  # other names, and what is no plain word
        return
    terms = TONGUE.terms(sentence)
    assert found.are_in(sentence, terms) == all(term in terms for term in plain)
