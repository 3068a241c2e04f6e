"""A folder of documents, questions, words and titles made of payloads."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.proofs.payloads import Payload

FILES = 40
QUESTIONS = 20
LONGEST_QUESTION = 1900  # characters; the service takes 2,000
LONGEST_COMMENT = 1900
LONGEST_TITLE = 120
COLOURS = ("green", "yellow", "violet", "orange", "white")


@dataclass(frozen=True)
class Hostile:
    """Which payloads go where: all of them into the documents' text, and each into one place more."""

    text: tuple[Payload, ...]
    names: tuple[Payload, ...]
    titles: tuple[Payload, ...]
    questions: tuple[Payload, ...]
    comments: tuple[Payload, ...]
    conversations: tuple[Payload, ...]


def deal(payloads: Sequence[Payload]) -> Hostile:
    """By turns, so that every place gets every kind of payload."""
    ways = [tuple(payloads[way::5]) for way in range(5)]
    return Hostile(tuple(payloads), *ways)


def write_corpus(hostile: Hostile, folder: Path) -> None:
    """Documents that can be asked about, which lamp is painted in which colour. A slash in a name makes a folder."""
    for number in range(FILES):
        path = folder / "/".join(each.text for each in hostile.names[number::FILES]) / f"{number}.md"
        path.parent.mkdir(parents=True)
        heading = " ".join(each.text for each in hostile.titles[number::FILES])
        first, *others = hostile.text[number::FILES]
        painted = (
            f"Lamp {number} of the long quay was painted {colour(number)} with {first.text} by the harbour master."
        )
        path.write_text("\n\n".join([f"# {heading}", painted, *(each.text for each in others)]), encoding="utf-8")


def colour(number: int) -> str:
    return COLOURS[number % len(COLOURS)]


def questions(hostile: Hostile) -> list[str]:
    """One in two is plain, so that there are answers that quote."""
    heads = [f"Which colour was lamp {number} of the long quay painted?" for number in range(QUESTIONS)]
    loads = packed(hostile.questions, LONGEST_QUESTION - len(heads[0]) - 2)
    laden = [f"{head} {load}" for head, load in zip(heads, loads, strict=False)]
    return [*laden, *heads[len(laden) :]]


def packed(payloads: Sequence[Payload], longest: int) -> list[str]:
    """Payloads one after the other, in as few texts of at most `longest` characters as keep their order."""
    texts = [""]
    for each in payloads:
        joined = f"{texts[-1]} {each.text}".strip()
        if len(joined) <= longest:
            texts[-1] = joined
        else:
            texts.append(each.text)
    return texts


def bare(text: str) -> str:
    """Without what a page may fold or leave out: white space and characters that are not seen."""
    return "".join(text.replace("\u200b", "").split())
