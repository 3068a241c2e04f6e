"""The Bolt app: which listener hears what. Each event, command and interaction is heard by one alone."""

import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from index.errors import BusyError, UnavailableError
from index.store.database import Database
from web.backend import Backend
from web.background.suggestions import SuggestionSearches
from web.corpora.corpora import CorpusRoom
from web.settings.settings import Settings
from web.slack.asking import Asking
from web.slack.buttons import FEEDBACK_ACTIONS, PASSAGE_ACTIONS, Buttons
from web.slack.channels import Channels
from web.slack.commands import NAME, Commands
from web.slack.failures import retry_after
from web.slack.modal import CALLBACK, Modal
from web.slack.places import Links
from web.slack.replies import SHARE
from web.slack.talking import Talking
from web.slack.threads import Threads
from web.slack.welcome import PROMPT, Welcome


def authorizing(client: AsyncWebClient) -> Callable[[], Awaitable[AuthorizeResult]]:
    """Gives who the bot is, as Slack says of its token: asked once.

    It raises BusyError or UnavailableError where Slack cannot say now; with Bolt's own way the event would be lost.
    """
    known: list[AuthorizeResult] = []

    async def authorize() -> AuthorizeResult:
        if not known:
            try:
                told = await client.auth_test()
            except SlackApiError as error:
                raise _in_our_words(error) from error
            team, user, bot = (told.get(each) for each in ("team_id", "user_id", "bot_id"))
            enterprise = told.get("enterprise_id")
            known.append(
                AuthorizeResult(
                    enterprise_id=enterprise, team_id=team, bot_user_id=user, bot_id=bot, bot_token=client.token
                )
            )
        return known[0]

    return authorize


def slack_app(
    backend: Backend,
    settings: Settings,
    database: Database,
    searches: SuggestionSearches | None = None,
    rooms: Mapping[str, CorpusRoom] = MappingProxyType({}),
) -> AsyncApp:
    """The app. database: of the inbox, in which threads and the settings of channels are kept, too. searches: without
    them only such questions are suggested as are known already. rooms: where there are several corpora, each by its
    name; the others are then not used.

    Each request's context holds `progress` (`web.slack.inbox.Progress`). Listeners do all their work before they
    return, may be run again, and raise what they cannot answer themselves.
    """
    client = AsyncWebClient(base_url=settings.slack.api_url)
    app = AsyncApp(
        client=client,
        authorize=authorizing(client),
        process_before_response=True,
        request_verification_enabled=False,  # the endpoint has done it, before anything was parsed
        logger=logging.getLogger("web.slack.bolt"),
    )
    client.token = settings.slack.bot_token  # Bolt warns of a token that comes with `authorize`
    channels = Channels(database, settings.slack.channels, settings.first_corpus)
    threads, links = Threads(database), Links(settings.page_url)
    asking = Asking(backend, channels, links, searches, rooms)
    _listen_to_messages(app, Talking(asking, channels, threads))
    _listen_to_buttons(app, Buttons(asking, threads))
    _listen_to_tabs(app, Welcome(asking, threads))
    app.command(NAME)(Commands(asking, channels).on_ask)
    app.view(CALLBACK)(Modal(asking, channels).on_submit)
    return app


def _listen_to_messages(app: AsyncApp, talking: Talking) -> None:
    app.event("app_mention")(talking.on_mention)
    app.event("message")(talking.on_message)


def _listen_to_buttons(app: AsyncApp, buttons: Buttons) -> None:
    for name in FEEDBACK_ACTIONS:
        app.action(name)(buttons.on_feedback)
    for name in PASSAGE_ACTIONS:
        app.action(name)(buttons.on_passages)
    app.action(SHARE)(buttons.on_share)


def _listen_to_tabs(app: AsyncApp, welcome: Welcome) -> None:
    app.event("app_home_opened")(welcome.on_opened)
    app.event("assistant_thread_started")(welcome.on_thread_started)
    app.action(re.compile(f"^{PROMPT}"))(welcome.on_prompt)


def _in_our_words(error: SlackApiError) -> UnavailableError:
    if error.response.get("error") == "ratelimited":
        return BusyError("Slack asks to wait.", int(retry_after(error.response.headers)) or 1)
    return UnavailableError(f"Slack does not say who the bot is: {error.response.get('error')}.")
