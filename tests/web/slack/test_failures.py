"""What passes, what is final, what is a defect; and that nothing secret is told of any."""

import asyncio
from typing import Any

import pytest
from aiohttp import ClientConnectionError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from index.errors import BusyError, QuestionError, ReadOnlyError
from tests.servers import serving
from tests.web.slack.served import lifespan
from web.slack.failures import Failure, NotTakenError, failure_of, retry_after


async def no_json(_scope: Any, _receive: Any, send: Any) -> None:
    """As a proxy on the way answers when Slack is away."""
    await send({"type": "http.response.start", "status": 502, "headers": [(b"content-type", b"text/html")]})
    await send({"type": "http.response.body", "body": b"<h1>Bad Gateway</h1>"})


def test_a_gateways_page_passes() -> None:
    with serving(lifespan(no_json)) as url, pytest.raises(SlackApiError) as caught:
        asyncio.run(AsyncWebClient("xoxb-hush", base_url=f"{url}/").auth_test())
    failure = failure_of(caught.value)
    assert failure.kind == "passing"
    assert "hush" not in failure.told


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (BusyError("Too many.", 4), Failure("passing", "Too many.", 4.0)),
        (ReadOnlyError("Cannot be written."), Failure("passing", "Cannot be written.")),
        (ClientConnectionError("to xoxb-hush"), Failure("passing", "the network: ClientConnectionError")),
        (OSError("hush"), Failure("passing", "the network: OSError")),
        (asyncio.CancelledError(), Failure("passing", "it was broken off")),
        (NotTakenError("Gone.", 404), Failure("final", "Gone.")),
        (NotTakenError("Broken.", 503), Failure("passing", "Broken.")),
        (QuestionError("what was asked"), Failure("defect", "QuestionError")),
        (KeyError("what was asked"), Failure("defect", "KeyError")),
    ],
)
def test_errors_are_told_apart(error: BaseException, expected: Failure) -> None:
    assert failure_of(error) == expected


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "30"}, 30.0),
        ({"retry-after": "0"}, 0.0),
        ({"Retry-After": "soon"}, 0.0),
        ({"Retry-After": "-1"}, 0.0),
        ({"Retry-After": "9" * 400}, 0.0),
        ({}, 0.0),
        (None, 0.0),
    ],
)
def test_how_long_to_wait(headers: object, seconds: float) -> None:
    assert retry_after(headers) == seconds
