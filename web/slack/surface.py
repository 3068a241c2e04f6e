"""What makes up the Slack surface: the inbox, the app that answers, the worker between them, and the ways in."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from slack_bolt.async_app import AsyncApp

from web.slack.config import SlackSettings
from web.slack.delivery import Delivery, Pace
from web.slack.dispatch import BoltHandler
from web.slack.events import EventsEndpoint
from web.slack.inbox import Inbox
from web.slack.intake import Intake
from web.slack.socket_mode import SocketMode
from web.slack.turn import FILE_NAME as LOCK_NAME


@asynccontextmanager
async def delivering(
    app: AsyncApp, inbox: Inbox, slack: SlackSettings, folder: Path, pace: Pace | None = None
) -> AsyncIterator[EventsEndpoint | None]:
    """Within it, what Slack sends is taken in and answered by the app. Gives the endpoint of /slack/events, or None
    where there is no signing secret. folder: where the inbox is. Raises ReadOnlyError."""
    delivery = Delivery(inbox, BoltHandler(app), folder / LOCK_NAME, pace)
    intake = Intake(inbox, delivery.arrived)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(delivery.running())
        if slack.app_token is not None:
            socket_mode = SocketMode(slack.app_token, app.client, intake)
            await stack.enter_async_context(socket_mode.running())
        secret = slack.signing_secret
        yield None if secret is None else EventsEndpoint(secret, intake)
