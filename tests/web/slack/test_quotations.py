"""Sentences as quotations: all are there, or are counted."""

import re
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from qa.types import Reply
from tests import structured
from tests.web.slack.block_limits import Json, check_blocks
from tests.web.slack.made_replies import RECIPES, Recipe, one_sentence
from tests.web.slack.talk import PAGE, shown
from web.slack.blocks import length
from web.slack.places import Links
from web.slack.quotations import quotations

LINKS = Links(PAGE)


@settings(max_examples=40)
@given(RECIPES, st.integers(1_000, 12_000))
def test_every_sentence_is_shown_whole_or_counted(recipe: Recipe, room: int) -> None:
    reply = recipe.reply()
    blocks = list(quotations(reply, LINKS, room))
    assert check_blocks(blocks) == []
    assert length(blocks) <= room
    sentences = [line for block in blocks for line in _sentences(block)]
    left_out = re.search(r"(\d+) more sentences? (?:is|are) in the whole answer\.", shown(blocks))
    quoted = {each["text"] for line in sentences for each in line["elements"] if each["type"] == "link"}
    missing = sum(f"[{block.citations[0].number}]" not in quoted for block in reply.content)
    assert missing == (int(left_out[1]) if left_out else 0)


def test_a_sentence_that_is_too_long_is_cut_at_a_word_and_its_number_leads_to_the_whole() -> None:
    made = one_sentence("word " * 2_000)
    (block,) = quotations(made, LINKS, 12_000)
    text, _, number = block["elements"][0]["elements"]
    assert text["text"].endswith("word …")
    assert 2_500 < len(text["text"]) < 3_000
    assert number == {"type": "link", "url": f"{PAGE}{made.content[0].citations[0].url}", "text": "[1]"}


def _sentences(block: Json) -> list[dict[str, Any]]:
    parts = block["elements"]
    quotes = [each for each in parts if each["type"] == "rich_text_quote"]
    return quotes + [line for each in parts if each["type"] == "rich_text_list" for line in each["elements"]]


def parts_of(reply: Reply) -> list[tuple[str, str]]:
    """Each part of the rich text: its kind and its words, bold ones between stars."""
    blocks = list(quotations(reply, LINKS, 12_000))
    assert check_blocks(blocks) == []
    return [
        (part["type"], "".join(f"*{each['text']}*" if "style" in each else each["text"] for each in part["elements"]))
        for block in blocks
        for part in block["elements"]
    ]


def test_items_are_lines_with_their_markers() -> None:
    assert parts_of(structured.steps()) == [
        (
            "rich_text_quote",
            "To install it, follow these steps: [1]\n3. Download the archive. [2]\n4. Unpack it. Keep its name. [3]\n"
            "\u2003• On Linux use tar. [4]\n\u2003• On Windows: [5]\n\u2003\u2003a) open the explorer [6]\n"
            "7. Start the service. [7]",
        )
    ]


def test_values_are_lines_with_their_names_and_the_lead_in_is_said_once() -> None:
    rows = (
        "The ports are: [1]\n*Port:* 8080\n*Used by:* http\n*Open:* yes [2][3]\n\n*Port:* 9090\n*Open:* a|b [4][5][6]"
    )
    assert parts_of(structured.rows()) == [("rich_text_quote", rows)]
    assert parts_of(structured.records()) == [("rich_text_quote", "*Name:* Ada Kowalska [1]\n*Phone:* +48 555 [2]")]


def test_code_is_preformatted_whatever_fences_it_has() -> None:
    assert parts_of(structured.code()) == [
        ("rich_text_quote", "Restart it with: [1][2]"),
        ("rich_text_preformatted", 'sudo restart <b>\n  echo "```done```" # [x](y)'),
    ]


def test_of_too_long_a_list_the_items_left_out_are_counted() -> None:
    (block,) = structured.steps().content
    long = replace(block, entries=tuple(replace(each, text="word " * 200) for each in block.entries))
    ((_, told),) = parts_of(replace(structured.steps(), content=(long,)))
    assert told.endswith("\n… and 4 more")
    assert told.count("word word") > 0


def test_what_is_struck_out_is_struck() -> None:
    (block,) = quotations(one_sentence("It is ~~not~~ so."), LINKS, 12_000)
    assert block["elements"][0]["elements"][:3] == [
        {"type": "text", "text": "It is "},
        {"type": "text", "text": "not", "style": {"strike": True}},
        {"type": "text", "text": " so."},
    ]
