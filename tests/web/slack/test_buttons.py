"""The buttons under an answer."""

import pytest

from index.sentences.markup import display
from qa.types import Requester
from tests.replies import ENVOY
from tests.web.slack import payloads
from tests.web.slack.active import acted_on
from tests.web.slack.fake_world import ELSEWHERE, GENERAL, OTHER, PERSON, RANDOM, TEAM, Said
from tests.web.slack.talk import PAGE, Steps, Talk, element, labels, shown
from web.slack.passages import context_message
from web.slack.places import Links, SlackThread

NOWHERE = "What is the boiling point of tungsten?"
TWO = "Which countries does the Belt and Road cross?"


def given(talk: Talk, answer: Said) -> list[tuple[str, int | None, str]]:
    """What was said of an answer."""
    backend = talk.backend.for_requester(Requester(SlackThread(TEAM, answer.channel).requester_name, is_admin=False))
    reply_id = str(element(answer, "footnote_helpful")["value"])
    opinions = talk.run(backend.read(lambda service: service.feedback_on_reply(reply_id)))
    return [(each.kind, each.citation, each.surface) for each in opinions]


def test_feedback_is_stored_and_thanked_for_where_only_who_gave_it_sees(talk: Talk) -> None:
    asked = talk.mention(ENVOY)
    (answer,) = talk.fake.posted()
    talk.press(answer, "footnote_helpful", user=OTHER)
    assert given(talk, answer) == [("helpful", None, "slack")]
    talk.press(answer, "footnote_not_helpful")
    talk.press(answer, "footnote_wrong_citation")
    assert given(talk, answer) == [("not_helpful", None, "slack"), ("wrong_citation", 1, "slack")]
    thanks = talk.fake.posted()[1:]
    assert [each.only_for for each in thanks] == [OTHER, PERSON, PERSON]
    assert [each.thread_ts for each in thanks] == [asked.ts] * 3
    assert "citation [1] is wrong" in thanks[-1].text


def test_of_several_citations_the_wrong_one_is_chosen(talk: Talk) -> None:
    talk.mention(TWO)
    (answer,) = talk.fake.posted()
    menu = element(answer, "footnote_wrong_citation")
    assert [each["text"]["text"][:4] for each in menu["options"]] == ["[1] ", "[2] "]
    talk.press(answer, "footnote_wrong_citation", selected_option=menu["options"][1])
    assert given(talk, answer) == [("wrong_citation", 2, "slack")]


def test_more_context_is_what_the_document_has_around_the_cited_words(talk: Talk) -> None:
    talk.mention(ENVOY)
    (answer,) = talk.fake.posted()
    talk.press(answer, "footnote_more_context")
    told = talk.fake.posted()[-1]
    assert told.only_for == PERSON
    quote = told.blocks[0]["elements"][1]
    bold = [each["text"] for each in quote["elements"] if each.get("style") == {"bold": True}]
    cited = answer.blocks[1]["elements"][0]["elements"][0]["text"]
    assert [each.strip() for each in bold] == [cited]
    service = talk.run(talk.backend.service())
    whole = " ".join(display(service.document("07d3d813ef121741").text).split())
    around = "".join(each["text"] for each in quote["elements"])
    assert around.strip() in whole
    assert len(around) > len(cited) + 200


def test_context_of_a_document_that_has_changed_is_not_shown() -> None:
    assert "have changed" in context_message((), Links(PAGE)).text


def test_nearest_passages_are_shown_with_their_links(talk: Talk) -> None:
    talk.mention(NOWHERE)
    (answer,) = talk.fake.posted()
    talk.press(answer, "footnote_nearest")
    told = talk.fake.posted()[-1]
    assert told.only_for == PERSON
    assert told.blocks[0]["text"]["text"].startswith("These passages came nearest.")
    assert told.blocks[1]["elements"][0]["elements"][0]["url"].startswith(f"{PAGE}/sources/")


def test_an_answer_is_shared_once_and_its_thread_goes_on_with_it(talk: Talk) -> None:
    talk.command(ENVOY)
    (answer,) = talk.fake.posted()
    talk.press(answer, "footnote_share")
    shared = talk.fake.posted()[-1]
    assert (shared.only_for, shared.thread_ts, shared.via) == (None, None, "chat.postMessage")
    assert shown(shared.blocks).startswith(f"<@{PERSON}> asked:{ENVOY}")
    assert "Share with channel" not in labels(shared) + labels(answer)
    assert acted_on({"text": shared.text, "blocks": shared.blocks}) == [f"@{PERSON}", "*Sources*"]
    talk.hear(
        payloads.action(talk.fake, answer, {**element(shared, "footnote_helpful"), "action_id": "footnote_share"})
    )
    assert [each.via for each in talk.fake.posted()] == ["response_url", "chat.postMessage"]
    talk.message("To attend what?", thread_ts=shared.ts)
    assert ENVOY in shown(talk.fake.posted()[-1].blocks[:1])


def test_where_the_bot_is_not_an_answer_is_shared_all_the_same(talk: Talk) -> None:
    talk.command(ENVOY, ELSEWHERE)
    talk.press(talk.fake.posted()[-1], "footnote_share")
    shared = talk.fake.posted()[-1]
    assert (shared.only_for, shared.via, shared.channel) == (None, "response_url", ELSEWHERE)


@pytest.mark.parametrize("name", ["footnote_helpful", "footnote_more_context", "footnote_share"])
def test_what_another_channel_was_told_cannot_be_reached(talk: Talk, name: str) -> None:
    talk.command(ENVOY)
    (answer,) = talk.fake.posted()
    other = talk.fake.say(RANDOM, "x")
    talk.hear(payloads.action(talk.fake, other, {**element(answer, "footnote_share"), "action_id": name}))
    assert talk.fake.posted()[-1].text == "This answer is no longer kept: ask again."
    assert talk.fake.posted(RANDOM) == [talk.fake.posted()[-1]]
    assert GENERAL not in talk.fake.posted()[-1].text


def test_a_forged_number_of_a_citation_is_not_stored(talk: Talk) -> None:
    talk.mention(ENVOY)
    (answer,) = talk.fake.posted()
    forged = {**element(answer, "footnote_wrong_citation")}
    forged["value"] = forged["value"].replace(":1", ":99")
    talk.hear(payloads.action(talk.fake, answer, forged))
    assert given(talk, answer) == []


def test_a_share_that_slack_refuses_for_now_is_raised(talk: Talk) -> None:
    talk.command(ENVOY)
    talk.fake.limit("chat.postMessage", 3)
    with pytest.raises(Exception, match="ratelimited"):
        talk.press(talk.fake.posted()[0], "footnote_share")


def test_a_share_that_was_cut_off_after_posting_is_not_repeated(talk: Talk) -> None:
    talk.command(ENVOY)
    (answer,) = talk.fake.posted()
    pressed = payloads.action(talk.fake, answer, element(answer, "footnote_share"))
    steps = Steps()
    steps.kept = {"begun": "1"}
    talk.hear(pressed, steps)  # begun, and nothing is there yet
    shared = talk.fake.posted()[-1]
    reply_id = str(element(shared, "footnote_helpful")["value"])
    talk.database.query("DELETE FROM threads WHERE shared_reply = ?", (reply_id,))
    steps.kept = {"begun": "1"}
    talk.hear(pressed, steps)
    assert [each for each in talk.fake.posted() if each.via == "chat.postMessage"] == [shared]
    talk.message("To attend what?", thread_ts=shared.ts)
    assert shown(talk.fake.posted()[-1].blocks).startswith(f"Following up on: {ENVOY}")
