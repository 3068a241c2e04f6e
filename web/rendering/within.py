"""What a reply says of the folder or saved filter that alone was asked."""

from qa.types import AskedWithin

ASKED_WITHIN = "Asked within "


def told_within(within: AskedWithin) -> str:
    """What was asked, and how many documents that is."""
    return f"{ASKED_WITHIN}{within.name}, {documents_of(within)}"


def only_within(within: AskedWithin, how: str = "") -> str:
    """Of an abstention: that the other documents were not asked. how: they can be, where that is not plain."""
    return f"Only {within.name} was asked ({documents_of(within)}): ask all documents{how} to look further."


def documents_of(within: AskedWithin) -> str:
    """How many documents are in it."""
    return f"{within.documents:,} document" + "s" * (within.documents != 1)
