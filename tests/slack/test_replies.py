"""Replies as messages: whatever documents say, Slack takes them, and nothing in them acts."""

from hypothesis import HealthCheck, given, settings

from qa.types import Reply
from tests.replies import ENVOY
from tests.slack.active import acted_on
from tests.slack.block_limits import check_blocks, texts
from tests.slack.made_replies import replies
from tests.slack.talk import PAGE, Talk, labels, shown
from web.slack.blocks import LONGEST_MESSAGE, length
from web.slack.passages import nearest_message
from web.slack.places import Links
from web.slack.replies import reply_message

LINKS = Links(PAGE)
OUR_MARKUP = ["*Sources*"]


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None, max_examples=30)
@given(replies())
def test_whatever_documents_say_slack_takes_it_and_nothing_in_it_acts(reply: Reply) -> None:
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
    assert "Very confident" in told
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
