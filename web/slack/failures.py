"""What went wrong while an arrival was answered: whether it passes, how long to wait, and what the log says of it."""

from asyncio import CancelledError
from typing import Literal

from aiohttp import ClientError
from msgspec import Struct
from slack_sdk.errors import SlackApiError

from index.errors import BusyError, UnavailableError

_PASSING_ERRORS = frozenset(
    {"ratelimited", "rate_limited", "message_limit_exceeded", "internal_error", "fatal_error", "service_unavailable"}
    | {"request_timeout", "team_added_to_org", "not_authed", "invalid_auth", "token_revoked", "token_expired"}
)  # the last four until whoever runs it has set another token


class Failure(Struct, frozen=True):
    """kind: passing, so that it is tried again until it works; final, so that trying again is no use; or a defect, ours
    or a handler's, tried again a few times. retry_after: seconds to wait at least. told: without anything secret."""

    kind: Literal["passing", "final", "defect"]
    told: str
    retry_after: float = 0.0


class NotTakenError(UnavailableError):
    """Slack did not take something that was sent to it. status: of its reply, if there was one."""

    def __init__(self, message: str, status: int | None = None, retry_after: float = 0.0) -> None:
        super().__init__(message)
        self.status = status
        self.retry_after = retry_after


def failure_of(error: BaseException) -> Failure:
    """What kind of failure an exception is."""
    match error:
        case SlackApiError():
            return _of_slack(error)
        case NotTakenError():
            kind: Literal["passing", "final"] = "passing" if _passes(error.status) else "final"
            return Failure(kind, str(error), error.retry_after)
        case BusyError():
            return Failure("passing", str(error), error.retry_after_seconds)
        case CancelledError():
            return Failure("passing", "it was broken off")
        case UnavailableError():
            return Failure("passing", str(error))
        case ClientError() | TimeoutError() | OSError():
            return Failure("passing", f"the network: {type(error).__name__}")
        case _:
            return Failure("defect", type(error).__name__)


def retry_after(headers: object) -> float:
    """The seconds of a Retry-After header; 0 without one that can be read."""
    values = {str(name).lower(): str(value) for name, value in dict(headers or {}).items()}  # type: ignore[call-overload]
    given = values.get("retry-after", "")
    return float(given) if given.isdecimal() and len(given) < 6 else 0.0


def _of_slack(error: SlackApiError) -> Failure:
    response = error.response
    status = getattr(response, "status_code", getattr(response, "status", None))
    code = response.get("error") if hasattr(response, "get") else None
    told = f"Slack said {code or status or 'nothing that can be read'}"
    if _passes(status) or code in _PASSING_ERRORS:
        return Failure("passing", told, retry_after(getattr(response, "headers", None)))
    return Failure("final", told)


def _passes(status: object) -> bool:
    """Of a status of 200 the error's name says it."""
    return status is None or (isinstance(status, int) and (status == 429 or status >= 500))
