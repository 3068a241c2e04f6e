"""Slack's signature of a request: that it is Slack's, and new, before a byte of it is read as anything.

Source: docs.slack.dev/authentication/verifying-requests-from-slack.
"""

import hashlib
import hmac
import re
from collections.abc import Iterable

from web.http.problems import RefusedError

WINDOW_SECONDS = 300
_TIMESTAMP = re.compile(rb"[0-9]{1,12}")
_SIGNATURE = re.compile(rb"v0=[0-9a-f]{64}")


def sign(secret: str, timestamp: bytes, body: bytes) -> bytes:
    """The value of X-Slack-Signature."""
    return b"v0=" + hmac.new(secret.encode(), b"v0:" + timestamp + b":" + body, hashlib.sha256).hexdigest().encode()


def check(secret: str, headers: Iterable[tuple[bytes, bytes]], body: bytes, now: float) -> None:
    """Raises RefusedError (401) for what Slack did not sign within the last five minutes. now: Unix seconds.

    headers: names in lower case. The signature is compared in constant time, and before the time is looked at, so that
    only who knows the secret learns whether a request is too old.
    """
    given = list(headers)
    timestamp = _only(given, b"x-slack-request-timestamp", _TIMESTAMP)
    signature = _only(given, b"x-slack-signature", _SIGNATURE)
    if not hmac.compare_digest(sign(secret, timestamp, body), signature):
        raise RefusedError(401, "X-Slack-Signature is not of this body: check slack.signing_secret.")
    if abs(now - int(timestamp)) > WINDOW_SECONDS:
        raise RefusedError(401, "X-Slack-Request-Timestamp is more than five minutes off: check this machine's clock.")


def _only(headers: list[tuple[bytes, bytes]], name: bytes, form: re.Pattern[bytes]) -> bytes:
    values = [value for each, value in headers if each == name]
    if len(values) != 1 or not form.fullmatch(values[0]):
        raise RefusedError(401, f"{name.decode()} is needed once, in the form that Slack gives it.")
    return values[0]
