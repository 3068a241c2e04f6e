"""The handler of the worker: the Bolt app, and what is said when it cannot answer."""

from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from web.slack.failures import NotTakenError, retry_after
from web.slack.inbox import ADDRESSED, POSTED, Item, ItemProgress

_APOLOGISED = "apologised"


class BoltHandler:
    """Hands items to the app's listeners, which find `progress` in their context and do all of their work at once.

    What a listener raises is raised here: it takes the place of the app's error handler.
    """

    def __init__(self, app: AsyncApp) -> None:
        self._app = app
        app.error(_remember)

    async def answer(self, item: Item, progress: ItemProgress) -> None:
        """Raises what a listener raised, and NotTakenError where Slack does not know the token."""
        raised: list[Exception] = []
        request = AsyncBoltRequest(body=item.body, mode="socket_mode", context={"progress": progress, "raised": raised})
        response = await self._app.async_dispatch(request)
        if raised:
            raise raised[0]
        if response.status >= 500:
            raise NotTakenError(f"The Slack app answered {response.status}.")
        # Bolt answers 200 with a sentence about a new installation where auth.test failed, and runs no listener.
        if request.context.authorize_result is None and response.status == 200:
            raise NotTakenError("Slack does not say whose the bot token is: check slack.bot_token.")

    async def apologise(self, item: Item, progress: ItemProgress, error_id: str) -> None:
        """Where it was asked, or to who asked alone; nothing where nobody waits. Raises what the client raises."""
        if progress.get(_APOLOGISED) is not None or progress.get(POSTED) is not None:
            return
        text = (
            "Sorry, I could not answer this: something went wrong on my side. Please ask again later, or tell whoever "
            f"looks after me that the log has it as {error_id}."
        )
        if item.kind == "event":
            await _post(self._app.client, item.body["event"], progress, text)
        else:
            await _respond(item.body, text)
        progress.put(_APOLOGISED, error_id)


async def _remember(error: Exception, context: dict[str, Any]) -> None:
    context["raised"].append(error)


async def _post(client: AsyncWebClient, event: dict[str, Any], progress: ItemProgress, text: str) -> None:
    is_to_us = event.get("type") == "app_mention" or event.get("channel_type") == "im"
    channel, thread = event.get("channel"), event.get("thread_ts") or event.get("ts")
    if isinstance(channel, str) and (is_to_us or progress.get(ADDRESSED) is not None):
        await client.chat_postMessage(channel=channel, thread_ts=thread, text=text, unfurl_links=False)


async def _respond(body: dict[str, Any], text: str) -> None:
    url = body.get("response_url")
    if not isinstance(url, str):  # a modal's
        return
    response = await AsyncWebhookClient(url).send(text=text, response_type="ephemeral", replace_original=False)
    if response.status_code != 200:
        raise NotTakenError(
            f"Slack answered {response.status_code} at the response URL",
            response.status_code,
            retry_after(response.headers),
        )
