"""Mentions, direct messages, follow-ups and unprompted questions, answered in threads."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.errors import BusyError, UnavailableError
from qa.types import Requester
from tests.replies import ENVOY
from tests.web.slack import payloads
from tests.web.slack.active import acted_on
from tests.web.slack.fake_slack import Trouble
from tests.web.slack.fake_world import DIRECT, GENERAL, PERSON, RANDOM, TEAM
from tests.web.slack.talk import Steps, Talk, labels, shown
from web.backend import Backend
from web.settings.slack import ChannelSettings
from web.slack.places import SlackThread

NOWHERE = "What is the boiling point of tungsten?"
TRADE = "How much was the trade between China and Japan worth?"


@pytest.fixture
def eager(seeds_backend: Backend, tmp_path: Path) -> Iterator[Talk]:
    """It answers unprompted in GENERAL, sees one document in RANDOM and is off in direct messages."""
    channels = {
        GENERAL: ChannelSettings(unprompted=True),
        RANDOM: ChannelSettings(sources=("004_*",), max_sentences=1),
        DIRECT: ChannelSettings(off=True),
    }
    with Talk.over(seeds_backend, tmp_path, channels) as talk:
        yield talk


def test_a_mention_is_answered_once_in_its_thread_while_a_status_is_shown(talk: Talk) -> None:
    asked = talk.mention(ENVOY)
    (answer,) = talk.fake.posted()
    assert (answer.channel, answer.thread_ts, answer.via) == (GENERAL, asked.ts, "chat.postMessage")
    (status,) = talk.fake.statuses
    assert (status["channel_id"], status["thread_ts"]) == (GENERAL, asked.ts)
    assert status["status"] == "is reading the documents…"
    assert [call.method for call in talk.fake.calls] == ["auth.test", "assistant.threads.setStatus", "chat.postMessage"]
    sent = talk.fake.called("chat.postMessage")[0].arguments
    assert (sent["unfurl_links"], sent["unfurl_media"]) == (False, False)
    assert [each for each in acted_on(sent) if each != "*Sources*"] == []


def test_a_follow_up_in_the_thread_needs_no_mention_and_is_understood_by_what_was_said(talk: Talk) -> None:
    asked = talk.mention(ENVOY)
    talk.message("Thanks!", thread_ts=asked.ts)
    talk.message("To attend what?", thread_ts=asked.ts)
    _, second = talk.fake.posted()
    assert second.thread_ts == asked.ts
    assert shown(second.blocks).startswith(f"Following up on: {ENVOY}")
    place = SlackThread(TEAM, GENERAL, asked.ts)
    requester = Requester(place.requester_name, is_admin=False)
    turns = talk.run(talk.backend.for_requester(requester).read(lambda service: service.turns(place.conversation_id)))
    assert [turn.question for turn in turns] == [ENVOY, "To attend what?"]
    elsewhere = Requester(SlackThread(TEAM, RANDOM).requester_name, is_admin=False)
    assert not talk.run(
        talk.backend.for_requester(elsewhere).read(lambda service: service.turns(place.conversation_id))
    )


def test_a_direct_message_is_answered_without_a_mention(talk: Talk) -> None:
    talk.message(ENVOY, DIRECT)
    (answer,) = talk.fake.posted()
    assert "Takaya Imai" in answer.text


def test_elsewhere_it_is_silent(talk: Talk) -> None:
    talk.message(ENVOY)
    other = talk.fake.say(GENERAL, "a thread of others")
    talk.message(ENVOY, thread_ts=other.ts)
    asked = talk.fake.say(GENERAL, f"<@UFOOTNOTE> {ENVOY}")
    talk.hear(payloads.message(asked))  # Slack tells of a mention as a message, too
    assert [call.method for call in talk.fake.calls] == ["auth.test"]


def test_bots_and_edits_are_not_answered(talk: Talk) -> None:
    said = talk.fake.say(DIRECT, ENVOY)
    talk.hear(payloads.message(said, bot_id="BOTHER"))
    talk.hear(payloads.message(said, subtype="message_changed", message={"text": ENVOY, "user": PERSON}))
    talk.hear(payloads.message(said, edited={"user": PERSON, "ts": said.ts}))
    talk.hear(payloads.message(said, user="UFOOTNOTE"))
    assert talk.fake.posted() == []


def test_an_abstention_is_honest_and_has_what_came_nearest_behind_a_button(talk: Talk) -> None:
    talk.mention(NOWHERE)
    (answer,) = talk.fake.posted()
    said = answer.blocks[0]["text"]["text"]
    assert said.startswith("The documents do not seem to hold the answer. Nothing here mentions ")
    assert labels(answer) == ["Helpful", "Not helpful", "Nearest passages"]


def test_an_unprompted_question_is_answered_only_where_it_surely_can(eager: Talk) -> None:
    asked = eager.message(ENVOY)
    (answer,) = eager.fake.posted()
    assert answer.thread_ts == asked.ts
    eager.message("What is the melting point of rhenium?")
    eager.message("Lunch?")
    eager.message("It went well in Beijing.")
    assert eager.fake.posted() == [answer]
    assert eager.fake.statuses == []
    requester = Requester(SlackThread(TEAM, GENERAL).requester_name, is_admin=False)
    known = eager.run(eager.backend.for_requester(requester).read(lambda service: service.conversations("rhenium")))
    assert known.total == 0


def test_a_channel_sees_its_own_documents_only(eager: Talk) -> None:
    eager.mention(ENVOY, RANDOM)
    eager.mention(TRADE, RANDOM)
    other, answered = eager.fake.posted()
    assert "Imai" not in str(other.blocks)
    assert "000_" not in str(other.blocks)
    assert "004_" in shown(answered.blocks)
    assert "[2]" not in shown(answered.blocks)


def test_where_it_is_off_only_the_one_who_asked_is_told(eager: Talk) -> None:
    eager.message(ENVOY, DIRECT)
    (told,) = eager.fake.posted()
    assert told.only_for == PERSON
    assert "turned off" in told.text


def test_a_mention_without_a_question_and_one_that_is_too_long_are_told_so(talk: Talk) -> None:
    talk.mention("")
    talk.mention("why " * 600)
    talk.mention("help")
    empty, long, helped = talk.fake.posted()
    assert "empty" in empty.text
    assert "2,000" in long.text
    assert "/ask settings" in shown(helped.blocks)


def test_where_no_status_can_be_shown_a_reaction_is_and_goes_with_the_answer(dull_talk: Talk) -> None:
    dull_talk.fake.refuse("assistant.threads.setStatus", "missing_scope", times=3)
    asked = dull_talk.mention("who?")
    methods = [call.method for call in dull_talk.fake.calls if call.error is None]
    assert methods == ["auth.test", "reactions.add", "chat.postMessage", "reactions.remove"]
    assert asked.reactions == set()
    dull_talk.fake.refuse("reactions.add", "missing_scope")
    dull_talk.mention("who?")
    asked = dull_talk.fake.say(GENERAL, "<@UFOOTNOTE> who?")
    asked.reactions.add("eyes")  # by a try that was cut off
    dull_talk.hear(payloads.mention(asked))
    assert asked.reactions == set()
    assert len(dull_talk.fake.posted()) == 3


def test_an_event_that_comes_again_after_its_answer_is_not_answered_again(dull_talk: Talk) -> None:
    steps = Steps()
    event = payloads.mention(dull_talk.fake.say(GENERAL, "<@UFOOTNOTE> who?"))
    dull_talk.hear(event, steps)
    dull_talk.hear(event, steps)
    assert len(dull_talk.fake.posted()) == 1


def test_what_was_posted_just_before_a_crash_is_found_in_the_thread(dull_talk: Talk) -> None:
    event = payloads.mention(dull_talk.fake.say(GENERAL, "<@UFOOTNOTE> who?"))
    steps = Steps()
    dull_talk.hear(event, steps)
    cut_off = Steps()
    cut_off.kept = {"begun": "1"}
    dull_talk.hear(event, cut_off)
    assert len(dull_talk.fake.posted()) == 1
    assert cut_off.get("posted")
    lost = Steps()
    lost.kept = {"begun": "1"}
    dull_talk.hear(payloads.mention(dull_talk.fake.say(GENERAL, "<@UFOOTNOTE> when?")), lost)
    assert len(dull_talk.fake.posted()) == 2


def test_a_failed_post_is_tried_again_with_the_answer_that_was_given(talk: Talk) -> None:
    steps = Steps()
    event = payloads.mention(talk.fake.say(GENERAL, f"<@UFOOTNOTE> {ENVOY}"))
    talk.fake.limit("chat.postMessage", 7)
    with pytest.raises(Exception, match="ratelimited"):
        talk.hear(event, steps)
    reply_id = steps.get("reply")
    talk.hear(event, steps)
    (answer,) = talk.fake.posted()
    assert steps.get("reply") == reply_id is not None
    assert reply_id in str(answer.blocks)


def test_slack_that_does_not_say_who_the_bot_is_loses_no_event(dull_talk: Talk) -> None:
    event = payloads.mention(dull_talk.fake.say(GENERAL, "<@UFOOTNOTE> who?"))
    dull_talk.fake.limit("auth.test", 9)
    with pytest.raises(BusyError) as busy:
        dull_talk.hear(event)
    assert busy.value.retry_after_seconds == 9
    dull_talk.fake.trouble("auth.test", Trouble(200, "fatal_error"))
    with pytest.raises(UnavailableError, match="fatal_error"):
        dull_talk.hear(event)
    dull_talk.hear(event)
    assert len(dull_talk.fake.posted()) == 1
