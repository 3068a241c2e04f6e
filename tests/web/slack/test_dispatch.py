"""The Bolt app as the worker's handler: what its listeners raise comes out, and who waits in vain is told."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator

import pytest
from msgspec import Struct
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from index.errors import BusyError
from tests.web.slack.fake_slack import FakeSlack
from tests.web.slack.fake_world import BOT_TOKEN, DIRECT, GENERAL, PERSON
from tests.web.slack.payloads import Json, command, event, mention, message, submission
from tests.web.slack.talk import Steps
from web.slack.dispatch import BoltHandler
from web.slack.failures import NotTakenError, failure_of
from web.slack.inbox import ADDRESSED, POSTED, Item, Kind

Listener = Callable[..., Awaitable[None]]


class Bot(Struct, frozen=True):
    """A small app of our own, on the fake Slack."""

    fake: FakeSlack

    def app(self, token: str = BOT_TOKEN) -> AsyncApp:
        client = AsyncWebClient(token, base_url=self.fake.api_url)
        return AsyncApp(client=client, process_before_response=True, request_verification_enabled=False)

    def answer(self, body: Json, listener: Listener, token: str = BOT_TOKEN, steps: Steps | None = None) -> None:
        async def work() -> None:
            app = self.app(token)
            app.event("app_mention")(listener)
            await BoltHandler(app).answer(item(body), steps or Steps())

        asyncio.run(work())

    def apologise(self, body: Json, kind: Kind = "event", steps: Steps | None = None) -> None:
        async def work() -> None:
            await BoltHandler(self.app()).apologise(item(body, kind), steps or Steps(), "1a2b3c4d")

        asyncio.run(work())


@pytest.fixture
def bot() -> Iterator[Bot]:
    with FakeSlack().running() as fake:
        yield Bot(fake)


def item(body: Json, kind: Kind = "event") -> Item:
    return Item(1, "key", kind, body, 0, 0, 0)


def test_a_listener_has_its_progress_and_is_waited_for(bot: Bot) -> None:
    steps = Steps()

    async def listener(context: Json, say: Callable[[str], Awaitable[None]]) -> None:
        await say("Here.")
        context["progress"].put(POSTED, "1")

    bot.answer(mention(bot.fake.say(GENERAL, "Where?")), listener, steps=steps)
    assert steps.kept == {POSTED: "1"}
    assert [each.text for each in bot.fake.posted(GENERAL)] == ["Here."]


@pytest.mark.parametrize("error", [BusyError("Too many."), KeyError("a"), ZeroDivisionError()])
def test_what_a_listener_raises_comes_out(bot: Bot, error: Exception) -> None:
    async def listener() -> None:
        raise error

    with pytest.raises(type(error)) as caught:
        bot.answer(mention(bot.fake.say(GENERAL, "Where?")), listener)
    assert caught.value is error


def test_what_slack_says_of_a_limit_comes_out_with_its_seconds(bot: Bot) -> None:
    bot.fake.limit("chat.postMessage", 7)

    async def listener(say: Callable[[str], Awaitable[None]]) -> None:
        await say("Here.")

    with pytest.raises(SlackApiError) as caught:
        bot.answer(mention(bot.fake.say(GENERAL, "Where?")), listener)
    assert (failure_of(caught.value).kind, failure_of(caught.value).retry_after) == ("passing", 7.0)


async def silent() -> None: ...


@pytest.mark.parametrize("error", ["invalid_auth", "internal_error"])
def test_an_event_is_not_lost_where_slack_does_not_say_who_the_bot_is(bot: Bot, error: str) -> None:
    bot.fake.refuse("auth.test", error)
    with pytest.raises(NotTakenError, match=r"slack\.bot_token") as caught:
        bot.answer(mention(bot.fake.say(GENERAL, "Where?")), silent)
    assert failure_of(caught.value).kind == "passing"


def test_what_nobody_listens_to_is_no_failure(bot: Bot) -> None:
    bot.answer(event({"type": "reaction_added", "user": PERSON}), silent)


@pytest.mark.parametrize("channel", [GENERAL, DIRECT])
def test_who_asked_is_told_in_the_thread(bot: Bot, channel: str) -> None:
    said = bot.fake.say(channel, "Where?")
    bot.apologise(mention(said) if channel == GENERAL else message(said))
    (told,) = bot.fake.posted(channel)
    assert told.thread_ts == said.ts
    assert "1a2b3c4d" in told.text


def test_nobody_is_told_of_what_was_not_said_to_us(bot: Bot) -> None:
    said = bot.fake.say(GENERAL, "People talk.")
    bot.apologise(message(said))
    bot.apologise(event({"type": "app_home_opened", "channel": DIRECT, "user": PERSON}))
    assert bot.fake.posted() == []
    steps = Steps()
    steps.put(ADDRESSED, "1")
    bot.apologise(message(said), steps=steps)
    assert len(bot.fake.posted(GENERAL)) == 1


def test_a_command_is_told_to_who_gave_it_alone(bot: Bot) -> None:
    bot.apologise(command(bot.fake, "Where?", GENERAL), "command")
    (told,) = bot.fake.posted(GENERAL)
    assert told.only_for == PERSON
    assert "1a2b3c4d" in told.text


def test_a_modal_has_nowhere_to_be_told(bot: Bot) -> None:
    bot.apologise(submission({"id": "V1"}, {}), "interaction")
    assert bot.fake.calls == []


@pytest.mark.parametrize("step", [POSTED, None])
def test_it_is_told_once_and_not_after_the_answer(bot: Bot, step: str | None) -> None:
    steps = Steps()
    if step is not None:
        steps.put(step, "1")
    asked = mention(bot.fake.say(GENERAL, "Where?"))
    bot.apologise(asked, steps=steps)
    bot.apologise(asked, steps=steps)
    assert len(bot.fake.posted(GENERAL)) == int(step is None)


def test_a_response_url_that_is_no_longer_good_is_final_and_one_that_fails_is_not(bot: Bot) -> None:
    asked = command(bot.fake, "Where?", GENERAL)
    for _ in range(5):
        bot.apologise(asked, "command")
    with pytest.raises(NotTakenError) as caught:
        bot.apologise(asked, "command")
    assert failure_of(caught.value).kind == "final"
    bot.fake.limit("response_url", 9)
    with pytest.raises(NotTakenError) as caught:
        bot.apologise(asked, "command")
    assert (failure_of(caught.value).kind, failure_of(caught.value).retry_after) == ("passing", 9.0)
