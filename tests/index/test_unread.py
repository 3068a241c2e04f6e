"""Files that were not read, told by format and reason."""

from index.unread import UnreadFile, UnreadGroup, grouped, told

FILES = [
    UnreadFile("a/x.pdf", "no reader", "no reader for .pdf files"),
    UnreadFile("y.PDF", "no reader", "no reader for .pdf files"),
    UnreadFile("z.pdf", "could not be read", "z.pdf is cut off."),
    UnreadFile("README", "no reader", "no reader for it"),
]


def test_the_most_come_first() -> None:
    assert grouped(FILES) == (
        UnreadGroup("PDF", "no reader", 2),
        UnreadGroup("", "no reader", 1),
        UnreadGroup("PDF", "could not be read", 1),
    )


def test_all_of_it_in_a_line() -> None:
    assert told(3, FILES) == (
        "3 of 7 files read; 2 PDF: no reader; 1 without an ending: no reader; 1 PDF: could not be read"
    )
    assert told(1, ()) == "1 of 1 file read"
