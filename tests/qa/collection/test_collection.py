"""Documents by name, questions that name them, and what is told of them all."""

import pytest

from index.types import Field, Metadata, SourceSummary
from qa.collection.facts import fact_kind, facts
from qa.collection.names import named_sources
from qa.collection.within import globs_of, named_in, within_named
from qa.language.language import FactKind


def _source(path: str, title: str, author: str = "", date: str = "", format_: str = "text") -> SourceSummary:
    stated = [Field(each, 0, 1) if each else None for each in (title, author, date)]
    metadata = Metadata(title=stated[0], author=stated[1], date=stated[2])
    return SourceSummary(path, path, title, "", format_, "utf-8", 1, 1, "", metadata)


SOURCES = (
    _source("001_harbour.txt", "The Harbour of Weir", "Ada Kawa", "2018-06-13"),
    _source("002_mill.md", "Mills and Barges", "Ben Orr", "2021-02-01", "markdown"),
    _source("letters/003.txt", "A Letter to the Mayor"),
    _source("reports/2018 accounts.csv", "2018 accounts", "", "", "csv"),
)
NAMED = [
    ("file 003", ["letters/003.txt"]),
    ("003", ["letters/003.txt"]),
    ("document 2", ["002_mill.md"]),
    ("002_mill.md", ["002_mill.md"]),
    ("the Kawa article", ["001_harbour.txt"]),
    ("Kawa", ["001_harbour.txt"]),
    ("Ada Kawa", ["001_harbour.txt"]),
    ("the article by Ben Orr", ["002_mill.md"]),
    ("“Mills and Barges”", ["002_mill.md"]),
    ("the 2021 report", ["002_mill.md"]),
    ("the letters folder", ["letters/003.txt"]),
    ("the harbour paper", ["001_harbour.txt"]),
    ("the harbour", []),
    ("Weir", []),
    ("the document", []),
    ("file 9", []),
    ("the Krakow article", []),
]


@pytest.mark.parametrize(("phrase", "paths"), NAMED)
def test_documents_are_known_by_their_names(phrase: str, paths: list[str]) -> None:
    assert [each.source for each in named_sources(phrase, SOURCES)] == paths


WITHIN = [
    ("According to Kawa, when did it open?", "When did it open?", "001_harbour.txt"),
    ("When did it open according to Ada Kawa?", "When did it open?", "001_harbour.txt"),
    ("Who pays the mayor in file 003?", "Who pays the mayor?", "letters/003.txt"),
    ("In the article by Ben Orr, who built the mill?", "Who built the mill?", "002_mill.md"),
    ("Why does Ben Orr say the mill closed?", "Why does the document say the mill closed?", "002_mill.md"),
    ("Who built it in 002_mill.md?", "Who built it?", "002_mill.md"),
]


@pytest.mark.parametrize(("asked", "question", "path"), WITHIN)
def test_a_question_names_the_documents_that_answer_it(asked: str, question: str, path: str) -> None:
    found = within_named(asked, lambda: SOURCES)
    assert found is not None
    assert (found.question, [each.source for each in found.sources]) == (question, [path])
    again = within_named(named_in(found.question, found.sources), lambda: SOURCES)
    assert again == found, "as it is shown, it means the same"


def test_several_documents_are_named_beside_each_other() -> None:
    asked = named_in("Who built it?", SOURCES[:2])
    assert asked == "Who built it? (in “The Harbour of Weir”, “Mills and Barges”)"
    found = within_named(asked, lambda: SOURCES)
    assert found is not None
    assert (found.question, found.sources) == ("Who built it?", SOURCES[:2])


@pytest.mark.parametrize(
    "asked",
    ["Who opened Weir in 2018?", "What was built in the harbour?", "According to plan, when did it open?", "Why?"],
)
def test_other_questions_name_none(asked: str) -> None:
    assert within_named(asked, lambda: SOURCES) is None


def test_patterns_of_paths_match_nothing_else() -> None:
    odd = _source("a[1]*.txt", "Odd")
    assert globs_of([odd]) == ("a[[]1][*].txt",)


ASKED: list[tuple[str, FactKind | None]] = [
    ("How many documents do you have?", "count"),
    ("Which documents do you have?", "list"),
    ("List all the files", "list"),
    ("Which document is the newest?", "newest"),
    ("What is the oldest article?", "oldest"),
    ("What formats are the documents?", "formats"),
    ("Who wrote these articles?", "authors"),
    ("How many documents mention Weir?", None),
    ("Who wrote the article on Weir?", None),
    ("What is the oldest mill?", None),
]


@pytest.mark.parametrize(("question", "kind"), ASKED)
def test_questions_about_the_collection_are_told(question: str, kind: FactKind | None) -> None:
    assert fact_kind(question) == kind


def test_what_is_told_of_the_collection() -> None:
    assert facts("count", SOURCES).message.startswith("There are 4 documents (2 text, 1 markdown, 1 csv)")
    assert facts("formats", SOURCES).message == "4 documents: 2 text, 1 markdown, 1 csv."
    newest = facts("newest", SOURCES)
    assert "“Mills and Barges” (002_mill.md), 2021-02-01. 2 documents state no date." in newest.message
    assert newest.stated == (("002_mill.md", 0),)
    assert "“The Harbour of Weir” (001_harbour.txt), 2018-06-13" in facts("oldest", SOURCES).message
    assert "“The Harbour of Weir”: Ada Kawa; “Mills and Barges”: Ben Orr. 2 documents name no author." in (
        facts("authors", SOURCES).message
    )
    assert facts("newest", SOURCES[2:]).message == "None of the documents says when it was written."
    assert facts("authors", SOURCES[2:]).message == "None of the documents says who wrote it."
    assert facts("count", ()).message == "No document is indexed yet."


def test_long_lists_are_cut_and_say_so() -> None:
    many = [_source(f"{number:03}.txt", f"Paper {number}") for number in range(30)]
    assert facts("list", many).message.endswith("and 18 more.")
    assert facts("count", many).message == "There are 30 documents (30 text)."
