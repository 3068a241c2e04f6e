"""Replies as messages: whatever documents say, Slack takes them, and nothing in them acts."""

from hypothesis import given, settings
from msgspec.structs import replace

from qa.types import AnswerGroup, Mention
from tests.replies import ENVOY
from tests.web.slack.active import acted_on
from tests.web.slack.block_limits import check_blocks, texts
from tests.web.slack.made_replies import RECIPES, Recipe, one_sentence
from tests.web.slack.talk import PAGE, Talk, labels, shown
from web.rendering.labels import meanings
from web.slack.blocks import LONGEST_MESSAGE, length
from web.slack.passages import nearest_message
from web.slack.places import Links
from web.slack.replies import reply_message

LINKS = Links(PAGE)
OUR_MARKUP = ["*Sources*"]


@settings(max_examples=40)
@given(RECIPES)
def test_whatever_documents_say_slack_takes_it_and_nothing_in_it_acts(recipe: Recipe) -> None:
    assert len(repr(recipe)) < 20_000, "what fails can be read"
    reply = recipe.reply()
    for message in (reply_message(reply, LINKS, asked_by="You", shareable=True), nearest_message(reply, LINKS)):
        arguments = message.arguments()
        assert check_blocks(list(message.blocks)) == []
        assert 1 <= len(arguments["text"]) <= 3_000
        assert length(message.blocks) == sum(map(len, texts(list(message.blocks)))) <= LONGEST_MESSAGE
        assert [each for each in acted_on(arguments) if each not in OUR_MARKUP] == []
        assert (arguments["unfurl_links"], arguments["unfurl_media"], arguments["mrkdwn"]) == (False, False, False)


def test_a_reply_has_the_short_answer_in_bold_quotes_sources_and_buttons(talk: Talk) -> None:
    talk.mention(ENVOY)
    posted = talk.fake.posted()[-1]
    answer, quotation, *_ = posted.blocks
    assert answer["elements"][0]["elements"][0] == {"type": "text", "text": "Takaya Imai", "style": {"bold": True}}
    assert quotation["elements"][0]["type"] == "rich_text_quote"
    number = quotation["elements"][0]["elements"][-1]
    assert number["text"] == "[1]"
    assert number["url"].startswith(f"{PAGE}/sources/")
    told = shown(posted.blocks)
    assert "*Sources*" in told
    assert "000_70440dd45b37daba.txt · characters 609–955" in told
    assert any(meaning.words in told for meaning in meanings().values())
    assert labels(posted) == ["Helpful", "Not helpful", "Wrong citation", "More context"]
    assert posted.text.startswith("Takaya Imai: In May, the Japanese government sent")


def test_a_scan_of_all_documents_is_told_by_document(talk: Talk) -> None:
    talk.mention("Which documents mention Abe?")
    posted = talk.fake.posted()[-1]
    told = shown(posted.blocks)
    assert told.startswith("5 of 5 documents mention “Abe”.")
    lists = [part for block in posted.blocks if block["type"] == "rich_text" for part in block["elements"]]
    assert sum(part["type"] == "rich_text_list" for part in lists) >= 5
    assert "passages" in told


def test_sources_that_differ_stand_beside_one_another_and_the_short_answer_is_one_of_them() -> None:
    reply = one_sentence("It is 8,849 m high, or 8,848.", answer="8,849 m")
    sides = (
        AnswerGroup("8,849 m", (Mention(1, 10, 17, "2020"),)),
        AnswerGroup("8,848", (Mention(1, 27, 32, None),)),
    )
    message = reply_message(replace(reply, groups=sides, disagreement=True), LINKS)
    told = shown(list(message.blocks))
    assert told.startswith("Sources differ:\n8,849 m · A title (2020) [1]\n8,848 · A title (no date) [1]\n")
    assert told.count("8,849 m") == 2


def test_a_source_is_told_with_file_heading_page_and_place() -> None:
    message = reply_message(one_sentence("A sentence."), LINKS)
    (source,) = [each for each in message.blocks if each["type"] == "context" and len(each["elements"]) == 2]
    assert source["elements"][0]["text"] == f"<{PAGE}/sources/0000000000000000#char=10,20|[1]>"
    assert source["elements"][1]["text"] == "A title · a.txt · page 3, “One › Two”, characters 10–21"


def test_more_citations_than_a_menu_takes_are_cut_and_no_button_is_lost() -> None:
    reply = one_sentence("x")
    (block,) = reply.content
    many = tuple(replace(block.citations[0], number=number) for number in range(1, 151))
    message = reply_message(replace(reply, content=(replace(block, citations=many),)), LINKS)
    assert check_blocks(list(message.blocks)) == []
    menu = next(each for each in message.blocks[-1]["elements"] if each["type"] == "static_select")
    assert len(menu["options"]) == 100
