import gzip
import json
from pathlib import Path

import pytest

from index.errors import InputError, ReadOnlyError
from qa.datasets.question_set import Gold, ParagraphRange, load_question_set, source_name, write_documents

SERVED = {
    "qid": "1",
    "question": "Who?",
    "turns": ["And then?"],
    "type": "who",
    "answers": [{"file": "a.txt", "evidence": "Ada came.", "start": 3, "short": ["Ada"]}],
    "note": "style=x; NEED=[[0],[0]]; more",
}
OWN = {"qid": "2", "question": "Where?", "answers": [{"text": "Weir", "doc_id": "a/b: c", "start": 7}]}


def write(path: Path, *rows: object) -> Path:
    text = "\n".join(json.dumps(row) for row in rows).encode()
    path.write_bytes(gzip.compress(text) if path.suffix == ".gz" else text)
    return path


def test_both_formats_are_read(tmp_path: Path) -> None:
    served = load_question_set(write(tmp_path / "questions.jsonl", SERVED)).examples[0]
    assert served.gold == (Gold("a.txt", 3, 12, ("Ada",)),)
    assert (served.turns, served.kind, served.need) == (("And then?",), "who", ((0,), (0,)))
    own = load_question_set(write(tmp_path / "questions.jsonl.gz", OWN)).examples[0]
    assert own.gold == (Gold(source_name("a/b: c"), 7, 11, ("Weir",)),)


def test_the_paragraph_of_a_question_is_read(tmp_path: Path) -> None:
    placed = {**OWN, "source_doc": "a/b: c", "para": [2, 30]}
    first, second = load_question_set(write(tmp_path / "questions.jsonl", placed, OWN)).examples
    assert first.paragraph == ParagraphRange(source_name("a/b: c"), 2, 30)
    assert second.paragraph is None
    assert first.accepted == ("Weir",)


@pytest.mark.parametrize("para", [[3], [4, 4], [-1, 4], "ab", [1.5, 2], [0, 1, 2]])
def test_a_paragraph_that_is_none_is_told(tmp_path: Path, para: object) -> None:
    with pytest.raises(InputError, match="line 1"):
        load_question_set(write(tmp_path / "q.jsonl", {**OWN, "source_doc": "a", "para": para}))


def test_the_corpus_beside_is_found_and_written_out(tmp_path: Path) -> None:
    questions = write(tmp_path / "questions.jsonl.gz", OWN)
    assert load_question_set(questions).corpus is None
    write(tmp_path / "corpus.jsonl.gz", {"doc_id": "a/b: c", "title": "t", "text": "He ran Weir.\r\n"})
    corpus = load_question_set(questions).corpus
    assert corpus is not None
    assert write_documents(corpus, tmp_path / "documents") == 1
    assert (tmp_path / "documents" / source_name("a/b: c")).read_bytes() == b"He ran Weir.\r\n"


def test_questions_without_spans_are_left_out(tmp_path: Path) -> None:
    questions = load_question_set(write(tmp_path / "q.jsonl", {"qid": "3", "question": "?", "answers": None}, OWN))
    assert [example.qid for example in questions.examples] == ["2"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"qid": "1"', "line 1"),
        (b'\n{"qid": "1", "answers": []}', "line 2.*question"),
        (b'{"qid": "1", "question": "?", "answers": [{"text": "x"}]}', "start"),
        (b'{"qid": "1", "question": 7, "answers": []}', "question"),
        (b'{"qid": "1", "question": "?", "turns": "Who?", "answers": []}', "turns"),
        (b'{"qid": "1", "question": "?", "answers": 7}', "line 1"),
        (b"[1]", "line 1"),
        (b'{"qid": "\xff"}', "line 1"),
        (b'{"qid": ' + b"[" * 99_999 + b"]" * 99_999 + b"}", "line 1"),
        (b"", "no question"),
    ],
)
def test_a_broken_file_is_named_with_its_line(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "q.jsonl").write_bytes(content)
    with pytest.raises(InputError, match=f"q.jsonl.*{words}"):
        load_question_set(tmp_path / "q.jsonl")


def test_a_missing_or_torn_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere.jsonl cannot be read"):
        load_question_set(tmp_path / "nowhere.jsonl")
    torn = write(tmp_path / "q.jsonl.gz", OWN)
    torn.write_bytes(torn.read_bytes()[:-9])
    with pytest.raises(InputError, match=r"q.jsonl.gz cannot be read"):
        load_question_set(torn)


@pytest.mark.parametrize("content", [b"plain", b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + b"\xff" * 40])
def test_a_file_that_is_no_gzip_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "q.jsonl.gz").write_bytes(content)
    with pytest.raises(InputError, match=r"q.jsonl.gz cannot be read"):
        load_question_set(tmp_path / "q.jsonl.gz")


def test_a_set_is_named_after_its_folder_from_within_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "birds").mkdir()
    write(tmp_path / "birds" / "q.jsonl", OWN)
    monkeypatch.chdir(tmp_path / "birds")
    assert load_question_set(Path("q.jsonl")).name == "birds"


def test_documents_of_another_corpus_file_are_removed(tmp_path: Path) -> None:
    corpus, folder = tmp_path / "corpus.jsonl", tmp_path / "documents"
    write_documents(write(corpus, {"doc_id": "a", "text": "A."}, {"doc_id": "b", "text": "B."}), folder)
    assert write_documents(write(corpus, {"doc_id": "b", "text": "B!"}), folder) == 1
    assert {file.name: file.read_text() for file in folder.iterdir()} == {"b.txt": "B!"}


def test_documents_that_would_overwrite_each_other_are_named(tmp_path: Path) -> None:
    corpus = write(tmp_path / "corpus.jsonl", {"doc_id": "a/b", "text": "A."}, {"doc_id": "a:b", "text": "B."})
    with pytest.raises(InputError, match=r"line 2.*a_b.txt"):
        write_documents(corpus, tmp_path / "documents")


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ReadOnlyError, match="file"):
        write_documents(write(tmp_path / "corpus.jsonl", {"doc_id": "a", "text": "A."}), tmp_path / "file")


def test_source_names_are_safe_and_told_apart() -> None:
    assert source_name("1973_oil_crisis") == "1973_oil_crisis.txt"
    assert "/" not in source_name("../etc/passwd")


def test_a_set_of_patterns_is_read_with_the_folder_beside_it(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    rows = [
        {"case": "one", "kind": "tables", "question": "Who?", "expect": "ada|bob", "follow": False},
        {"case": "one", "kind": "tables", "question": "And when?", "expect": None, "follow": True},
        {"question": "Where?", "expect": "Weir"},
    ]
    questions = load_question_set(write(tmp_path / "questions.jsonl", *rows))
    who, when, where = questions.examples
    assert questions.corpus == tmp_path / "files"
    assert who.expected is not None
    assert who.expected.search("then\nADA came")
    assert (who.answerable, when.answerable, when.turns, when.kind) == (True, False, ("Who?",), "tables")
    assert (who.sources, where.sources, where.qid) == (("one/*",), (), "3")


@pytest.mark.parametrize("expect", ["(", 5, ["a"]])
def test_a_pattern_that_is_none_is_named_with_its_line(tmp_path: Path, expect: object) -> None:
    with pytest.raises(InputError, match="line 2"):
        load_question_set(write(tmp_path / "q.jsonl", OWN, {"question": "Who?", "expect": expect}))


def test_markdown_is_written_out_as_that(tmp_path: Path) -> None:
    assert source_name("notes.md") == "notes.md"
    corpus = write(tmp_path / "corpus.jsonl", {"doc_id": "notes.md", "title": "t", "text": "# Weir"})
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "old.md").write_text("gone")
    assert write_documents(corpus, tmp_path / "documents") == 1
    assert [file.name for file in (tmp_path / "documents").iterdir()] == ["notes.md"]
