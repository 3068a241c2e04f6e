"""What makes up the Slack surface: the inbox, the app that answers, the worker between them, and the ways in."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from slack_bolt.async_app import AsyncApp

from qa.types import Requester
from web.corpora.corpora import Corpora
from web.settings.settings import Settings
from web.settings.slack import SlackSettings
from web.slack.app import slack_app
from web.slack.delivery import Delivery, Pace
from web.slack.dispatch import BoltHandler
from web.slack.events import EventsEndpoint
from web.slack.inbox import FILE_NAME, Inbox
from web.slack.intake import Intake
from web.slack.socket_mode import SocketMode

LOCK_NAME = "slack.lock"  # held by the process that answers what is in the inbox
Watch = Callable[[str, str, Callable[[], float]], None]


@asynccontextmanager
async def slack_running(
    corpora: Corpora, settings: Settings, watch: Watch | None = None
) -> AsyncIterator[EventsEndpoint | None]:
    """Within it, what Slack sends is taken in and answered. Gives the endpoint of /slack/events, or None where nothing
    is to come over HTTP. watch: is told of a gauge (name, description, what reads it).

    Raises ReadOnlyError and what `Inbox.open` raises, where there is a Slack app and its inbox cannot be kept.
    """
    if not settings.slack.is_on:
        yield None
        return
    with Inbox.open(settings.data_folder / FILE_NAME) as inbox:
        if watch is not None:
            watch("slack_inbox", "What Slack sent and is not answered yet.", inbox.depth)
        default = corpora.default(Requester())
        rooms = {room.name: room for room in corpora.all()} if corpora.are_several else {}
        app = slack_app(default.backend, settings, inbox.database, default.searches, rooms)
        async with delivering(app, inbox, settings.slack, settings.data_folder) as endpoint:
            yield endpoint


@asynccontextmanager
async def delivering(
    app: AsyncApp, inbox: Inbox, slack: SlackSettings, folder: Path, pace: Pace | None = None
) -> AsyncIterator[EventsEndpoint | None]:
    """The same with an app of any kind. folder: where the inbox is."""
    delivery = Delivery(inbox, BoltHandler(app), folder / LOCK_NAME, pace)
    intake = Intake(inbox, delivery.arrived)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(delivery.running())
        if slack.app_token is not None:
            await stack.enter_async_context(SocketMode(slack.app_token, app.client, intake).running())
        yield None if slack.signing_secret is None else EventsEndpoint(slack.signing_secret, intake)
