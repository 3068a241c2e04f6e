"""Invented documents of other shapes than prose, with questions: tables, records, lists, steps, changelogs, FAQs, code.

    python -m qa.datasets.invented --output FOLDER --corpora 40

What is said and asked comes from `invented.json`; who, where, when and how much is drawn. Each corpus has every subject
once, so that a question has one right document. A third of the questions ask for what the document does not say, though
it says something like it. Writes `corpus.jsonl.gz` and `questions.jsonl.gz` (see qa.datasets.question_set), one folder
a corpus.
"""

import gzip
import json
import random
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Any

import click

from qa.datasets.invented_shapes import SHAPES, InventedDraft, InventedQuestion, Inventory
from qa.datasets.invented_values import Values

_UNANSWERABLE = 1 / 3


def documents(seed: int) -> Iterator[tuple[str, str, str, list[InventedQuestion]]]:
    """(name, title, text, questions) of each document of a corpus."""
    things = json.loads(resources.files("qa.datasets").joinpath("invented.json").read_text(encoding="utf-8"))
    draw = random.Random(f"invented {seed}")
    values = Values(things["values"], draw)
    makers: list[Callable[..., tuple[str, str]]]
    makers = [partial(_table_document, subject=each, values=values) for each in things["kinds"]]
    makers += [partial(_steps_document, procedures=part) for part in _parts(things["procedures"], 3, draw)]
    makers += [partial(_faq, questions=part) for part in _parts(things["questions"], 12, draw)]
    makers += [partial(_changelog, changes=things["changes"], values=values)]
    makers += [partial(_commands, commands=things["commands"])]
    draw.shuffle(makers)
    for number, make in enumerate(makers):
        draft = InventedDraft()
        title, ending = make(draft, draw=draw)
        yield f"d{number:02}-{'-'.join(title.lower().split()[:3])}{ending}", title, draft.text, draft.asked


def _parts(things: Sequence[Any], size: int, draw: random.Random) -> list[list[Any]]:
    mixed = draw.sample(list(things), len(things))
    return [mixed[start : start + size] for start in range(0, len(mixed), size)]


def _title(draft: InventedDraft, title: str, ending: str) -> None:
    draft.say(f"# {title}\n\n" if ending == ".md" else f"{title}\n{'=' * len(title)}\n\n")


# --- tables, in whatever shape


def _table_document(
    draft: InventedDraft, subject: dict[str, Any], values: Values, draw: random.Random
) -> tuple[str, str]:
    keys = values.keys(subject["key"]["values"], draw.choice((4, 6, 9, 20, 45)))
    shown = draw.sample(subject["attributes"], draw.randint(2, len(subject["attributes"])))
    rows = [[values.value(each["value"]) for each in shown] for _ in keys]
    names = [draw.choice(each["names"]) for each in shown]
    table = Inventory(subject, draw.choice(subject["key"]["names"]), keys, shown, names, rows)
    title = draw.choice(subject["titles"])
    shape, ending = draw.choice(SHAPES)
    _title(draft, title, ending)
    if draw.random() < 0.4:
        draft.say(values.lead(title) + "\n\n")
    key_places, places = shape(draft, table)
    draft.asked += _about_table(table, key_places, places, values, draw)
    return title, ending


def _about_table(
    table: Inventory,
    keys: Sequence[tuple[int, int]],
    places: Sequence[Sequence[tuple[int, int]]],
    values: Values,
    draw: random.Random,
) -> Iterator[InventedQuestion]:
    kind = table.subject["key"]["values"]
    for _ in range(9):
        at = draw.randrange(len(table.keys))
        column = draw.randrange(len(table.attributes))
        attribute = table.attributes[column]
        if draw.random() < _UNANSWERABLE:
            yield from _not_said(table, values, draw)
        elif attribute["which"] and draw.random() < 0.4:
            value = table.rows[at][column]
            same = tuple(keys[number] for number, row in enumerate(table.rows) if row[column] == value)
            yield InventedQuestion(draw.choice(attribute["which"]).format(v=value), same)
        else:
            plain = f"What is the {table.names[column].lower()} of {{k}}?"
            question = draw.choice((*attribute["ask"], *attribute["ask"], plain))
            yield InventedQuestion(question.format(k=values.as_asked(table.keys[at], kind)), (places[at][column],))


def _not_said(table: Inventory, values: Values, draw: random.Random) -> Iterator[InventedQuestion]:
    """Of something that is not there, or what is not told of it."""
    untold = [each for each in table.subject["attributes"] if each not in table.attributes]
    kind = table.subject["key"]["values"]
    chance = draw.random()
    if untold and chance < 0.45:
        yield InventedQuestion(draw.choice(draw.choice(untold)["ask"]).format(k=draw.choice(table.keys)), ())
        return
    attribute = draw.choice(table.attributes)
    if attribute["which"] and chance < 0.6:
        column = table.attributes.index(attribute)
        value = values.value(attribute["value"])
        if all(row[column] != value for row in table.rows):
            yield InventedQuestion(draw.choice(attribute["which"]).format(v=value), ())
        return
    other = next((key for key in values.keys(kind, len(table.keys) + 5, strict=False) if key not in table.keys), None)
    if other is not None:
        yield InventedQuestion(draw.choice(attribute["ask"]).format(k=other), ())


# --- steps, changes, commands, questions


def _steps_document(draft: InventedDraft, procedures: Sequence[Any], draw: random.Random) -> tuple[str, str]:
    ending = draw.choice((".md", ".txt"))
    *told, untold = procedures if len(procedures) > 1 else (*procedures, None)
    title = "Instructions"
    _title(draft, title, ending)
    for heading, goal, steps in told:
        draft.say(f"## {heading}\n\n" if ending == ".md" else f"{heading}\n{'-' * len(heading)}\n\n")
        if draw.random() < 0.5:
            draft.say(f"To {goal}, do this:\n\n")
        places = []
        for number, step in enumerate(steps, 1):
            draft.say(f"{number}. ")
            places.append(draft.say(step))
            draft.say("\n")
        draft.say("\n")
        at = draw.randrange(len(steps))
        draft.asked.append(InventedQuestion(f"How do I {goal}?", tuple(places), whole=True))
        draft.asked.append(
            InventedQuestion(f"What is step {at + 1} of {heading[0].lower()}{heading[1:]}?", (places[at],))
        )
        if draw.random() < _UNANSWERABLE:
            draft.asked.append(InventedQuestion(f"Who is allowed to {goal}?", ()))
            draft.asked.append(InventedQuestion(f"How much does it cost to {goal}?", ()))
    if untold:
        draft.asked.append(InventedQuestion(f"How do I {untold[1]}?", ()))
    return title, ending


def _changelog(
    draft: InventedDraft, changes: dict[str, list[str]], values: Values, draw: random.Random
) -> tuple[str, str]:
    product = values.value("company").split()[0]
    title = draw.choice(("Changelog", f"{product}: what is new", "Release notes", "History of changes"))
    ending = draw.choice((".md", ".md", ".txt"))
    _title(draft, title, ending)
    mixed = {kind: draw.sample(items, len(items)) for kind, items in changes.items()}
    dates = values.falling_dates(6)
    for version, date in zip(values.falling_versions(6), dates, strict=True):
        heading = draft.say(("## " if ending == ".md" else "") + f"{version} ({date})")
        at = heading[1] - len(f"{version} ({date})")
        number, day = (at, at + len(version)), (heading[1] - 1 - len(date), heading[1] - 1)
        draft.say("\n\n" if ending == ".md" else f"\n{'-' * (heading[1] - heading[0])}\n\n")
        draft.asked.append(InventedQuestion(f"When was version {version} released?", (day,)))
        for kind in draw.sample(list(mixed), 2):
            if not mixed[kind]:
                continue
            item = mixed[kind].pop()
            draft.say("- ")
            place = draft.say(f"{kind.capitalize()} {item}.")
            draft.say("\n")
            passive = f"{'were' if item.split()[0].endswith('s') and ' a ' not in item else 'was'}"
            draft.asked.append(InventedQuestion(f"In which version {passive} {item} {kind}?", (number,)))
            draft.asked.append(InventedQuestion(f"When {passive} {item} {kind}?", (day,)))
            draft.asked.append(
                InventedQuestion(f"What was {kind} in {version}?", ((place[0] + len(kind) + 1, place[1] - 1),))
            )
        draft.say("\n")
    for kind, left in mixed.items():
        if left:
            draft.asked.append(InventedQuestion(f"In which version was {left[0]} {kind}?", ()))
    return title, ending


def _commands(draft: InventedDraft, commands: Sequence[Any], draw: random.Random) -> tuple[str, str]:
    title = draw.choice(("Useful commands", "Cheat sheet", "How to operate it"))
    _title(draft, title, ".md")
    mixed = draw.sample(list(commands), len(commands))
    inline = draw.random() < 0.5
    for goal, command in mixed[:-4]:
        if inline:
            draft.say(f"- {goal.capitalize()}:\n\n`")
            place = draft.say(command)
            draft.say("`\n\n")
        else:
            draft.say(f"To {goal}, run:\n\n```sh\n")
            place = draft.say(command)
            draft.say("\n```\n\n")
        asked = draw.choice((f"How do I {goal}?", f"Which command do I use to {goal}?", f"How to {goal}"))
        draft.asked.append(InventedQuestion(asked, (place,)))
    for goal, _ in mixed[-4:]:
        draft.asked.append(InventedQuestion(f"How do I {goal}?", ()))
    return title, ".md"


def _faq(draft: InventedDraft, questions: Sequence[Any], draw: random.Random) -> tuple[str, str]:
    title = draw.choice(("Frequently asked questions", "FAQ", "Handbook", "Good to know"))
    shape = draw.choice(("heading", "bold", "labels", "topics"))
    ending = ".txt" if shape == "labels" else ".md"
    _title(draft, title, ending)
    for asked, others, topic, answer, short in questions[:-2]:
        opening = {"heading": f"## {asked}\n\n", "bold": f"**{asked}**\n\n", "labels": f"Q: {asked}\nA: "}
        draft.say(opening.get(shape, f"## {topic}\n\n"))
        start, end = draft.say(answer)
        draft.say("\n\n")
        at = answer.find(short)
        place = (start + at, start + at + len(short)) if short else (start, end)
        draft.asked += [InventedQuestion(each, (place,), whole=not short) for each in (asked, *others)]
    draft.asked += [InventedQuestion(asked, ()) for asked, *_ in questions[-2:]]
    return title, ending


def write(folder: Path, seed: int) -> int:
    """Write a corpus and its questions into `folder`; returns the number of questions."""
    folder.mkdir(parents=True, exist_ok=True)
    number = 0
    with (
        gzip.open(folder / "corpus.jsonl.gz", "wt", encoding="utf-8") as corpus,
        gzip.open(folder / "questions.jsonl.gz", "wt", encoding="utf-8") as asked,
    ):
        for name, title, text, questions in documents(seed):
            doc_id = f"s{seed}-{name}"
            corpus.write(json.dumps({"doc_id": doc_id, "title": title, "text": text}) + "\n")
            for each in dict.fromkeys(questions):
                number += 1
                answers = [{"text": text[a:b], "doc_id": doc_id, "start": a} for a, b in each.places]
                row = {"qid": f"s{seed}-{number}", "question": each.question, "answers": answers,
                       "source_doc": doc_id, "para": [0, len(text)]}  # fmt: skip
                asked.write(json.dumps(row | ({"granularity": "whole"} if each.whole else {})) + "\n")
    return number


@click.command(help=__doc__)
@click.option("--output", type=click.Path(path_type=Path), required=True)
@click.option("--corpora", default=1, help="How many, each in a folder of its own.")
@click.option("--first", default=0, help="Number of the first one, which is its seed.")
def main(output: Path, corpora: int, first: int) -> None:
    for seed in range(first, first + corpora):
        click.echo(f"corpus {seed}: {write(output / f'invented-{seed}', seed)} questions")


if __name__ == "__main__":
    main()
