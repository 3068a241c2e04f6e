"""What is no look-up, on the shipped documents and on small ones of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.errors import NotFoundError
from qa.bootstrap import ServiceSettings, open_answerer
from qa.pipeline import Answerer, clean_question
from qa.service import Service
from qa.types import AskOptions, Reply

HARBOUR = """# The Harbour of Weir

By Ada Kawa

The harbour of Weir is closed to large ships. The council decided so in May. Fishing boats may still enter by day.

## Why it closed

The sea wall broke in the winter storm. Repairs of the sea wall cost more than the town can pay. The harbour of Weir
lost half of its ships within a year.

## Conclusion

Without a new sea wall the harbour of Weir will not open again.
"""
MILL = """# Mills and Barges

By Ben Orr

Summary: The mill of Ghent grinds wheat for three towns. Barges bring the wheat to the mill by the old canal.

The canal was dug by monks. Their abbot sold the land to the miller. The miller kept twelve barges on it.
"""


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answerer]:
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "001_harbour.md").write_text(HARBOUR)
    (folder / "002_mill.md").write_text(MILL)
    (folder / "003_empty.md").write_text("")
    with open_answerer(folder, ServiceSettings(data_folder=tmp_path_factory.mktemp("data"))) as made:
        yield made


def ask(answerer: Answerer, question: str, conversation_id: str | None = None, **options: object) -> Reply:
    return answerer.ask(question, conversation_id, AskOptions(**options))  # type: ignore[arg-type]


def texts(reply: Reply) -> list[str]:
    return [block.text for block in reply.content]


def paths(reply: Reply) -> set[str]:
    return {citation.source for block in reply.content for citation in block.citations}


def test_a_document_is_summed_up_in_its_own_order(answerer: Answerer) -> None:
    reply = ask(answerer, "Summarise file 001 in three sentences")
    assert (reply.kind, reply.answered, reply.interpreted_as) == ("summary", True, "Summarise “The Harbour of Weir”")
    starts = [block.citations[0].start_char_index for block in reply.content]
    assert starts == sorted(starts)
    assert len(reply.content) == 3
    assert texts(reply)[0] == "The harbour of Weir is closed to large ships."
    assert "Without a new sea wall the harbour of Weir will not open again." in texts(reply)


def test_an_authors_own_summary_is_taken(answerer: Answerer) -> None:
    reply = ask(answerer, "What is the Orr article about?", max_sentences=2)
    assert texts(reply) == [
        "The mill of Ghent grinds wheat for three towns.",
        "Barges bring the wheat to the mill by the old canal.",
    ]


def test_what_is_spoken_of_is_what_was_cited_last(answerer: Answerer) -> None:
    first = ask(answerer, "Who dug the canal?")
    assert paths(first) == {"002_mill.md"}
    thanked = ask(answerer, "Thanks!", first.conversation_id)
    assert (thanked.kind, thanked.answered, thanked.content, thanked.passages) == ("courtesy", False, (), ())
    assert paths(ask(answerer, "What is this document about?", first.conversation_id)) == {"002_mill.md"}


def test_a_courtesy_carries_nothing_over(answerer: Answerer) -> None:
    question, follow_up = "Who kept twelve barges?", "And who sold him the land?"
    plain = ask(answerer, question)
    thanked = ask(answerer, question)
    ask(answerer, "ok, thanks", thanked.conversation_id)
    replies = [ask(answerer, follow_up, each.conversation_id) for each in (plain, thanked)]
    assert replies[0].interpreted_as is not None, "it leans on what was said"
    assert replies[0].interpreted_as == replies[1].interpreted_as
    assert texts(replies[0]) == texts(replies[1])


def test_a_tables_header_sums_nothing_up(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    rows = "".join(f"| A{number} | {number} |\n" for number in range(10, 14))
    (tmp_path / "corpus" / "buses.md").write_text(f"# Buses\n\n| Bus | Seats |\n|---|---|\n{rows}")
    with open_answerer(tmp_path / "corpus", ServiceSettings(data_folder=tmp_path / "data")) as made:
        reply = ask(made, "Summarise buses.md")
    assert reply.content
    assert "Bus | Seats" not in texts(reply)


def test_all_documents_are_summed_up_each_by_itself(answerer: Answerer) -> None:
    reply = ask(answerer, "Summarise all documents")
    assert reply.kind == "summary"
    assert paths(reply) == {"001_harbour.md", "002_mill.md"}


def test_a_subject_is_summed_up_from_those_that_speak_of_it(answerer: Answerer) -> None:
    reply = ask(answerer, "What do the documents say about the sea wall?")
    assert reply.kind == "summary"
    assert all("sea wall" in text for text in texts(reply))
    assert paths(ask(answerer, "What does Ben Orr say about the canal?")) == {"002_mill.md"}


def test_a_subject_that_nothing_speaks_of_is_looked_up_and_abstained_from(answerer: Answerer) -> None:
    reply = ask(answerer, "What do the documents say about volcanoes on Mars?")
    assert (reply.kind, reply.answered) == ("answer", False)


def test_an_empty_document_is_said_to_be_empty(answerer: Answerer) -> None:
    reply = ask(answerer, "Summarise 003_empty.md")
    assert (reply.kind, reply.answered, reply.message) == (
        "summary",
        False,
        "“003 empty” holds no text that could be summed up.",
    )


def test_documents_that_are_named_answer_alone(answerer: Answerer) -> None:
    reply = ask(answerer, "According to Ada Kawa, what broke in the storm?")
    assert reply.interpreted_as == "What broke in the storm? (in “The Harbour of Weir”)"
    assert paths(reply) == {"001_harbour.md"}
    undone = ask(
        answerer,
        "According to Ada Kawa, what broke in the storm?",
        interpreted_as="According to Ada Kawa, what broke in the storm?",
    )
    assert undone.interpreted_as is None


def test_the_collection_is_told_of_without_reading(answerer: Answerer) -> None:
    reply = ask(answerer, "Which documents do you have?")
    assert "There are 3 documents (3 markdown)" in reply.message
    authors = ask(answerer, "Who wrote these documents?")
    assert paths(authors) == {"001_harbour.md", "002_mill.md"}
    assert "“Mills and Barges”: Ben Orr" in authors.message


def test_a_summary_by_id_is_the_same(service: Service) -> None:
    source = service.sources()[1]
    told = service.summarise(source.document_id, 4)
    assert (told.document_id, told.title, len(told.content)) == (source.document_id, source.title, 4)
    asked = service.ask(clean_question(f"Summarise {source.source} in four sentences"))
    assert asked.content == told.content
    document = service.document(source.document_id)
    for citation in (each for block in told.content for each in block.citations):
        assert document.text[citation.start_char_index : citation.end_char_index] == citation.cited_text
    with pytest.raises(NotFoundError):
        service.summarise("nowhere", 3)
