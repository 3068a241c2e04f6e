"""Sentences as quotations: all are there, or are counted."""

import re
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

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
