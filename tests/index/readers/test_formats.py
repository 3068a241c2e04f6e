"""The table of formats, and the page that tells of it."""

import re

import pytest

from index.readers.formats import FORMATS, Format, by_name, by_suffix
from tests.paths import ROOT

PAGE = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
TABLE = "\n".join(line for line in PAGE.splitlines() if line.startswith("|"))


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.name)
def test_every_format_is_on_the_page(known: Format) -> None:
    assert f"`{known.name}`" in TABLE
    told = set(re.findall(r"`(\.[\w.]+)`", TABLE))
    first = known.suffixes[0]
    assert known.name == "code" or first in told or any(each.endswith(first) for each in told)
    assert by_name()[known.name] is known
    assert all(by_suffix()[suffix] is known for suffix in known.suffixes)


def test_what_the_page_names_is_read() -> None:
    for suffix in re.findall(r"`(\.[\w.]+)`", TABLE):
        assert f".{suffix.rpartition('.')[2]}" in by_suffix(), suffix
