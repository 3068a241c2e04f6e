"""XML: elements are keys and values, repeated ones tables, and nothing outside is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import DocumentError
from tests.extracted import blocks, document, labels, place, units

SHOP = """\
<?xml version="1.0"
 encoding="latin-1"?>
<x:shop xmlns:x="urn:x" name="Brest">
  <item id="1"><title>Lamp</title><price>3</price></item>
  <item id="2"><title>Bed &amp; more</title><price>4</price></item>
  <about>The <b>tide</b> rises.</about>
  <note><![CDATA[a < b]]></note>
</x:shop>
"""


def test_elements() -> None:
    made = document(SHOP, "a.xml")
    assert made.format == "xml"
    assert blocks(made, "heading") == ["shop", "shop › item"]
    assert labels(made, "Bed") == {"id": "2", "title": "Bed & more", "price": "4"}
    assert ("record", "about: The tide rises.", ("shop", "name: Brest")) in units(made)
    assert "note: a < b" in made.text
    assert place(made, "| Bed") == place(made, "4 |") == "line 5"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('<!DOCTYPE r [<!ENTITY a "b">]><r>&a;</r>', "declares entities"),
        ('<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><r>&a;</r>', "declares entities"),
        ("<a>" * 200, "nested deeper"),
    ],
)
def test_what_is_refused(text: str, words: str) -> None:
    with pytest.raises(DocumentError, match=words):
        document(text, "a.xml")


@given(st.lists(st.sampled_from(["<a>", "</a>", "<b c='d'>", "</b>", "x", " ", "<!-- y -->", "<e/>"]), max_size=20))
def test_any_elements_read(pieces: list[str]) -> None:
    document("".join(pieces), "a.xml")


@pytest.mark.parametrize("text", ["<a><b></a>", "", "<a>&nbsp;</a>"])
def test_what_is_not_well_formed_is_text(text: str) -> None:
    made = document(text, "a.xml")
    assert made.format == "text"
    assert "not well-formed" in made.warnings[0]
