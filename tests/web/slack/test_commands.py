"""`/ask`, its settings and its help."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.errors import BusyError, UnavailableError
from qa.collection.filters import FilterRule
from qa.types import Requester
from tests.fakes import FakeService
from tests.replies import ENVOY
from tests.web.slack import payloads
from tests.web.slack.fake_world import DIRECT, ELSEWHERE, GENERAL, OTHER, PERSON, RANDOM, TEAM
from tests.web.slack.talk import Steps, Talk, labels, shown
from web.backend import Backend
from web.queueing import Worker
from web.settings.slack import ChannelSettings
from web.slack.places import SlackThread


@pytest.fixture
def narrow_talk(seeds_backend: Backend, tmp_path: Path) -> Iterator[Talk]:
    """RANDOM sees one document, all others have the settings of the default table."""
    channels = {
        RANDOM: ChannelSettings(sources=("004_*",)),
        "default": ChannelSettings(max_sentences=2, unprompted=True),
    }
    with Talk.over(seeds_backend, tmp_path, channels) as talk:
        yield talk


def choices(when: str = "asked", sentences: int = 5, sources: str | None = None) -> payloads.Json:
    return {
        "when": {"when": {"type": "radio_buttons", "selected_option": {"value": when}}},
        "sentences": {"sentences": {"type": "static_select", "selected_option": {"value": str(sentences)}}},
        "sources": {"sources": {"type": "plain_text_input", "value": sources}},
    }


def test_only_the_requester_sees_the_answer_and_may_share_it(talk: Talk) -> None:
    talk.command(ENVOY)
    (answer,) = talk.fake.posted()
    assert (answer.only_for, answer.via) == (PERSON, "response_url")
    assert shown(answer.blocks).startswith(f"You asked:{ENVOY}")
    assert labels(answer)[-1] == "Share with channel"


def test_it_works_where_the_bot_is_not_and_nothing_is_shared_with_nobody(talk: Talk) -> None:
    talk.command(ENVOY, ELSEWHERE)
    talk.command(ENVOY, DIRECT)
    talk.command("What is the boiling point of tungsten?")
    elsewhere, direct, abstention = talk.fake.posted()
    assert "Share with channel" in labels(elsewhere)
    assert "Share with channel" not in labels(direct) + labels(abstention)
    assert talk.fake.called("chat.postMessage") == talk.fake.called("assistant.threads.setStatus") == []


@pytest.mark.parametrize("text", ["", "help", " Help? "])
def test_help_says_how_to_ask(dull_talk: Talk, text: str) -> None:
    dull_talk.command(text)
    (told,) = dull_talk.fake.posted()
    assert told.only_for == PERSON
    assert "/ask settings" in shown(told.blocks)


def test_a_question_that_cannot_be_asked_is_told_so(dull_talk: Talk) -> None:
    dull_talk.command("?!")
    dull_talk.command("why " * 600)
    empty, long = dull_talk.fake.posted()
    assert "empty" in empty.text
    assert "2,000" in long.text


def test_a_command_that_comes_again_is_answered_once_and_asked_once(talk: Talk) -> None:
    steps = Steps()
    command = payloads.command(talk.fake, ENVOY, GENERAL)
    talk.fake.limit("response_url", 11)
    with pytest.raises(BusyError) as busy:
        talk.hear(command, steps)
    assert busy.value.retry_after_seconds == 11
    talk.fake.break_down("response_url")
    with pytest.raises(UnavailableError, match="500"):
        talk.hear(command, steps)
    talk.hear(command, steps)
    talk.hear(command, steps)
    (answer,) = talk.fake.posted()
    assert str(steps.get("reply")) in str(answer.blocks)


def test_an_address_that_is_no_longer_good_is_no_failure(dull_talk: Talk, caplog: pytest.LogCaptureFixture) -> None:
    command = payloads.command(dull_talk.fake, "who?", GENERAL)
    dull_talk.hear({**command, "response_url": f"{dull_talk.fake.url}/response/gone"})
    assert dull_talk.fake.posted() == []
    assert "no longer good (404)" in caplog.text


def test_a_slow_answer_is_announced_to_the_asker(tmp_path: Path) -> None:
    service = FakeService()
    backend = Backend.open(lambda: service, Worker(4))
    with Talk.over(backend, tmp_path) as talk:
        steps = Steps()
        command = payloads.command(talk.fake, "wait for it", GENERAL)

        async def both() -> None:
            work = asyncio.ensure_future(talk.dispatch(command, steps))
            await asyncio.to_thread(talk.fake.wait_for, lambda: talk.fake.posted())
            service.fake_answerer.release.set()
            await work

        talk.run(both())
        reading, answer = talk.fake.posted()
        assert reading.text == "Reading the documents…"
        assert answer.blocks
    backend.close()


def test_settings_open_with_what_holds_and_are_kept(narrow_talk: Talk) -> None:
    talk = narrow_talk
    talk.command("settings")
    (view,) = talk.fake.views
    when, sentences, within, sources = view["blocks"]
    assert when["element"]["initial_option"]["value"] == "unprompted"
    assert sentences["element"]["initial_option"]["value"] == "2"
    assert "initial_value" not in sources["element"]
    assert "initial_value" not in within["element"]
    talk.hear(payloads.submission(view, choices("asked", 1, "000_*\n\n 001_* ")))
    (told,) = talk.fake.posted()
    assert told.only_for == PERSON
    assert told.text == "Saved. Answers here come from 2 of 5 documents."
    talk.mention("How much was the trade between China and Japan worth?")
    assert "004_" not in str(talk.fake.posted()[-1].blocks)
    talk.command("settings", user=OTHER)
    change, when, sentences, within, sources = talk.fake.views[-1]["blocks"]
    assert change["elements"][0]["text"].startswith(f"Last changed by <@{PERSON}> on 2")
    assert sources["element"]["initial_value"] == "000_*\n001_*"
    assert when["element"]["initial_option"]["value"] == "asked"
    assert "initial_value" not in within["element"]


def test_what_is_asked_within_can_be_chosen_and_a_slip_is_told(talk: Talk) -> None:
    talk.command("settings")
    chosen = choices("asked")
    chosen["in"] = {"in": {"value": " Handbook "}}
    talk.hear(payloads.submission(talk.fake.views[-1], chosen))
    assert talk.fake.posted()[-1].text.startswith("Saved. There is no folder and no saved filter “Handbook”")
    talk.command("settings")
    assert talk.fake.views[-1]["blocks"][-2]["element"]["initial_value"] == "Handbook"
    talk.mention(ENVOY)
    assert talk.fake.posted()[-1].text.startswith("There is no folder and no saved filter “Handbook”")
    talk.mention(f"{ENVOY} in: /")
    assert "Imai" in str(talk.fake.posted()[-1].blocks)
    talk.command(f"in: elsewhere {ENVOY}")
    assert "“elsewhere”" in talk.fake.posted()[-1].text


def test_a_thread_stays_within_what_was_named(talk: Talk) -> None:
    rule = FilterRule(sources=("000*", "001*"))
    saved = talk.run(talk.backend.read(lambda service: service.save_filter("First two", rule)))
    try:
        asked = talk.mention(f'in: "first two" {ENVOY}')
        assert "Asked within First two, 2 documents" in str(talk.fake.posted()[-1].blocks)
        talk.message("To attend what?", thread_ts=asked.ts)
        assert "Asked within First two, 2 documents" in str(talk.fake.posted()[-1].blocks)
        talk.mention("What is the boiling point of tungsten? in: first two", thread_ts=asked.ts)
        told = str(talk.fake.posted()[-1].blocks)
        assert "Only First two was asked (2 documents): ask all documents (in: /) to look further." in told
        talk.mention(f"{ENVOY} in: /", thread_ts=asked.ts)
        assert "Asked within" not in str(talk.fake.posted()[-1].blocks)
    finally:
        talk.run(talk.backend.read(lambda service: service.delete_filter(saved.filter_id)))


def test_nobody_in_a_channel_reaches_documents_that_were_not_given_to_it(narrow_talk: Talk) -> None:
    talk = narrow_talk
    talk.command("settings", RANDOM)
    hint = talk.fake.views[-1]["blocks"][-1]["hint"]["text"]
    assert hint.endswith("The operator gave this channel 004_*.")
    talk.hear(payloads.submission(talk.fake.views[-1], choices(sources="*")))
    assert talk.fake.posted()[-1].text == "Saved. Answers here come from 1 of 1 documents."
    talk.mention(ENVOY, RANDOM)
    assert "Imai" not in str(talk.fake.posted()[-1].blocks)


def test_off_is_off_until_it_is_on_again(talk: Talk) -> None:
    talk.command("settings")
    talk.hear(payloads.submission(talk.fake.views[-1], choices("off")))
    assert talk.fake.posted()[-1].text == "Saved. Footnote is off in this channel."
    talk.command(ENVOY)
    talk.mention(ENVOY)
    assert [("turned off" in each.text, each.only_for) for each in talk.fake.posted()[1:]] == [(True, PERSON)] * 2
    talk.command("settings")
    talk.hear(payloads.submission(talk.fake.views[-1], choices("unprompted")))
    assert "nobody put to it" in talk.fake.posted()[-1].text
    talk.mention(ENVOY)
    assert "Imai" in talk.fake.posted()[-1].text


def test_settings_that_are_too_many_are_told_and_not_kept(talk: Talk) -> None:
    talk.command("settings")
    talk.hear(payloads.submission(talk.fake.views[-1], choices(sources="x" * 201)))
    assert talk.fake.posted()[-1].text.startswith("Not saved: ")
    talk.command("settings")
    assert "initial_value" not in talk.fake.views[-1]["blocks"][-1]["element"]


def test_settings_that_come_too_late_say_so(dull_talk: Talk) -> None:
    command = payloads.command(dull_talk.fake, "settings", GENERAL)
    dull_talk.hear({**command, "trigger_id": dull_talk.fake.trigger(seconds=-1)})
    assert dull_talk.fake.views == []
    assert "once more" in dull_talk.fake.posted()[0].text
    dull_talk.fake.refuse("views.open", "ratelimited")
    with pytest.raises(Exception, match="ratelimited"):
        dull_talk.command("settings")


def test_each_command_is_a_conversation_of_its_own(talk: Talk) -> None:
    talk.command("Who is Takaya Imai?")
    talk.command("To where was he sent?")
    requester = Requester(SlackThread(TEAM, GENERAL).requester_name, is_admin=False)
    found = talk.run(talk.backend.for_requester(requester).read(lambda service: service.conversations("he sent")))
    assert found.conversations[0].turns == 1
    assert "Interpreted as" not in shown(talk.fake.posted()[-1].blocks)
