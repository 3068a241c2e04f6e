from index.store.owners import Owners

OWNERS = Owners.of_rows([(30, "a"), (10, "b"), (20, "a"), (40, "c")])


def test_each_passage_has_its_document() -> None:
    assert len(OWNERS) == 4
    assert [OWNERS.document_of(number) for number in (10, 20, 30, 40)] == ["b", "a", "a", "c"]
    assert [OWNERS.document_of(number) for number in (9, 11, 41, -1)] == [None] * 4


def test_each_document_has_its_passages() -> None:
    assert OWNERS.passages_of({"a", "c", "nope"}).tolist() == [20, 30, 40]
    assert OWNERS.passages_of(()).tolist() == []


def test_limited_it_is_as_if_there_were_no_others() -> None:
    limited = OWNERS.limited({"a"})
    assert len(limited) == 2
    assert limited.document_of(10) is None
    assert limited.passages_of({"a", "b"}).tolist() == [20, 30]


def test_none_at_all() -> None:
    owners = Owners.of_rows([])
    assert (len(owners), owners.document_of(1), owners.passages_of({"a"}).tolist()) == (0, None, [])
