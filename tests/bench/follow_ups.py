"""How well follow-ups are interpreted: retrieval with our rewriting beside none and beside a person's.

    python -m tests.bench.follow_ups EVAL/canard-rewrite-devhalf/questions.jsonl.gz --work FOLDER [--sample 600]

Each dialogue becomes a document: its topic as title, its answers as paragraphs. A passage is right when it holds the
answer that the dialogue gives to the question (as the next question's record tells). "As put" is the question alone,
"likeliest" our first interpretation, "chosen" the one that reading decides for, "a person's" the set's own rewrite.
Questions that a person left as they were are told apart: there, what is carried over can only do harm.
"""

import gzip
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import click
import msgspec
from msgspec import Struct
from msgspec.structs import replace

from index.corpus import Corpus
from index.store.store import FILE_NAME, Store
from index.sync.sync import sync
from qa.bootstrap import ServiceSettings, open_parts, open_pipeline
from qa.followups.interpretation import Interpretation, interpretations
from qa.language.query_expansion import expand_query, normalise_query
from qa.types import Citation, ContentBlock, Reply, ShortAnswer, Turn

DEPTH = 20
PASSAGE_TOKENS = 32  # about an answer each
UNKNOWN = ("CANNOTANSWER", "I don't know.")


class Row(Struct, frozen=True):
    """A question of the set."""

    qid: str
    question: str
    turns: tuple[str, ...]
    turn_answers: tuple[str, ...]
    topic: tuple[str, ...]
    rewrite: str
    dialog: str


class Case(Struct, frozen=True):
    """A follow-up, what was said before it, and where its answer stands."""

    row: Row
    turns: tuple[Turn, ...]
    source: str
    answer: str


@click.command(help=__doc__)
@click.argument("file", type=click.Path(path_type=Path, exists=True))
@click.option("--work", required=True, type=click.Path(path_type=Path))
@click.option("--sample", default=600, show_default=True)
@click.option("--read/--no-read", default=True, show_default=True, help="Also decide by reading, which takes longer.")
def main(file: Path, work: Path, sample: int, read: bool) -> None:
    with gzip.open(file) as lines:
        rows = [msgspec.json.decode(line, type=Row) for line in lines]
    dialogues = by_dialogue(rows)
    write(dialogues, work / "documents")
    settings = ServiceSettings(data_folder=work / "data", passage_tokens=PASSAGE_TOKENS, overlap_sentences=0)
    settings.data_folder.mkdir(parents=True, exist_ok=True)
    with Store.open(settings.data_folder / FILE_NAME) as store:
        sync(work / "documents", store, open_pipeline(settings))
    found = list(cases(dialogues))
    found = random.Random(0).sample(found, min(sample, len(found)))
    with open_parts(settings) as parts:
        ways: dict[str, Callable[[Case], Interpretation]] = {
            "as put": lambda case: Interpretation(case.row.question, normalise_query(case.row.question, parts.corpus)),
            "likeliest": lambda case: meanings(case, parts.corpus)[0],
            "a person's": lambda case: Interpretation(case.row.question, case.row.rewrite),
        }
        if read:
            ways["chosen"] = lambda case: parts.answerer.interpret(case.row.question, case.turns)
        show(found, ways, parts.corpus)


def by_dialogue(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """Each dialogue's questions in their order."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.dialog].append(row)
    return {name: sorted(each, key=lambda row: len(row.turns)) for name, each in found.items()}


def write(dialogues: dict[str, list[Row]], folder: Path) -> None:
    """A file a dialogue: topic, and every answer that later records tell."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in dialogues.items():
        told = [sentence(answer) for answer in rows[-1].turn_answers if answer not in UNKNOWN]
        (folder / f"{name}.md").write_text("\n\n".join([f"# {rows[0].topic[0]}", *told]) + "\n", encoding="utf-8")


def sentence(answer: str) -> str:
    """An answer as a paragraph of its own."""
    text = " ".join(answer.split()).rstrip(",;")
    return text if text.endswith((".", "!", "?", "”", '"')) else f"{text}."


def cases(dialogues: dict[str, list[Row]]) -> Iterator[Case]:
    """Follow-ups whose answer is told."""
    for name, rows in dialogues.items():
        for row, later in pairwise(rows):
            number = len(row.turns)
            if number == 0 or len(later.turn_answers) <= number or later.turn_answers[number] in UNKNOWN:
                continue
            turns = tuple(understood(row, number))[-4:]
            yield Case(row, turns, f"{name}.md", sentence(later.turn_answers[number]))


def understood(row: Row, most: int) -> list[Turn]:
    """The turns before a question, each understood from those before it, as Footnote would have."""
    found: list[Turn] = []
    for number in range(most):
        said = turn(row, number)
        found.append(
            replace(said, interpreted_as=interpretations(said.question, said.question, found)[0].interpreted_as)
        )
    return found


def turn(row: Row, number: int) -> Turn:
    """A turn as Footnote would remember it, answered with the dialogue's own words."""
    question, answer = row.turns[number], row.turn_answers[number]
    known = answer not in UNKNOWN
    citation = Citation(
        1, answer, 0, row.topic[0], 0, len(answer), f"{row.dialog}.md", "d", 1, None, row.topic[0], "", 0.5, ""
    )
    reply = Reply(
        id="r", conversation_id="c", question=question, interpreted_as=None, answered=known,
        answer=ShortAnswer(answer, 1, 0, len(answer)) if known else None,
        content=(ContentBlock(answer, (citation,)),) if known else (),
        passages=(), confidence=0.8, confidence_label="HIGH", index_version="v", timings_ms={},
    )  # fmt: skip
    return Turn(f"t{number}", question, None, known, answer if known else "", "2026-01-01T00:00:00+00:00", reply)


def meanings(case: Case, corpus: Corpus) -> tuple[Interpretation, ...]:
    return interpretations(case.row.question, normalise_query(case.row.question, corpus), case.turns)


def show(found: Sequence[Case], ways: dict[str, Callable[[Case], Interpretation]], corpus: Corpus) -> None:
    """A line for each way and kind of question."""
    kept = [
        case for case in found if case.row.rewrite.casefold().strip(" ?.") == case.row.question.casefold().strip(" ?.")
    ]
    leaning = [case for case in found if case not in kept]
    click.echo(f"{'':32}   n  hit@1  hit@5    MRR  as put")
    for kind, chosen in (("follow-ups", leaning), ("stand alone", kept)):
        for name, way in ways.items():
            meant = [way(case) for case in chosen]
            ranks = [rank(case, each, corpus) for case, each in zip(chosen, meant, strict=True)]
            figures = [share(ranks, 1), share(ranks, 5), sum(1 / each for each in ranks if each) / max(1, len(ranks))]
            same = sum(each.interpreted_as is None for each in meant) / max(1, len(meant))
            click.echo(f"{kind:16}{name:16}{len(ranks):4}  " + "  ".join(f"{each:.3f}" for each in (*figures, same)))


def rank(case: Case, meant: Interpretation, corpus: Corpus) -> int | None:
    """The place of the answer's passage among those found, from 1."""
    text = f"{meant.question} ({meant.carried})" if meant.carried else meant.question
    for place, hit in enumerate(corpus.search(text, DEPTH, (), expand_query(text, corpus)), 1):
        passage = corpus.passage(hit.passage_id)
        document = corpus.document(passage.document_id)
        if document.source != case.source:
            continue
        start = document.text.find(case.answer)
        if start >= 0 and min(passage.end, start + len(case.answer)) - max(passage.start, start) >= 0.5 * min(
            len(case.answer), passage.end - passage.start
        ):
            return place
    return None


def plain(question: str) -> str:
    return question.casefold().strip(" ?.")


def share(ranks: Sequence[int | None], most: int) -> float:
    return sum(each is not None and each <= most for each in ranks) / max(1, len(ranks))


if __name__ == "__main__":
    main()
