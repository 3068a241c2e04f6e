"""What became of a file in tests of readers: its text, its blocks and units in short forms."""

from index.places import label_of, places_of
from index.readers import read
from index.sentences.segmenter import split_sentences
from index.types import Document


def document(data: bytes | str, name: str) -> Document:
    """The file, read as in this process, after the promises of every Document were checked."""
    raw = data.encode() if isinstance(data, str) else data
    made = read(raw, name, "d")
    assert made == read(raw, name, "d")
    end = 0
    for block in made.blocks:
        assert end <= block.start < block.end <= len(made.text)
        end = block.end
    end = 0
    for place in made.places:
        assert end <= place.start < place.end <= len(made.text)
        end = place.end
    made.text.encode()
    return made


def blocks(made: Document, kind: str) -> list[str]:
    """The texts of the blocks of a kind."""
    return [made.text[block.start : block.end] for block in made.blocks if block.kind.value == kind]


def units(made: Document) -> list[tuple[str, str, tuple[str, ...]]]:
    """Each unit: its kind, its text, the texts of its context."""
    text = made.text
    return [
        (unit.kind.value, text[unit.start : unit.end], tuple(text[c.start : c.end] for c in unit.context))
        for unit in split_sentences(text, made.blocks)
    ]


def labels(made: Document, words: str) -> dict[str, str]:
    """Names and values of the row or record that holds these words."""
    text = made.text
    found = [u for u in split_sentences(text, made.blocks) if words in text[u.start : u.end]]
    return {
        text[label.name.start : label.name.end]: text[label.value.start : label.value.end]
        for label in found[0].labels
        if label.name is not None
    }


def place(made: Document, words: str) -> str:
    """What the place of these words is called."""
    start = made.text.index(words)
    return label_of(places_of(made.places, start, start + len(words)))
