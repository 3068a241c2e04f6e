"""Slack's signature: held to Slack's own implementation, and everything else refused with a 401."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.signature import SignatureVerifier

from web.http.problems import RefusedError
from web.slack.signature import WINDOW_SECONDS, check, sign

SECRET = "8f742231b10e8888abcd99bcdef85a50"
NOW = 1_531_420_618
HEADERS = (b"x-slack-request-timestamp", b"x-slack-signature")


def signed(body: bytes, at: int = NOW, secret: str = SECRET) -> list[tuple[bytes, bytes]]:
    timestamp = str(at).encode()
    return list(zip(HEADERS, (timestamp, sign(secret, timestamp, body)), strict=True))


@given(body=st.text(), at=st.integers(0, 10**11), secret=st.text("0123456789abcdef", min_size=1))
def test_it_is_the_signature_of_slacks_own_library(body: str, at: int, secret: str) -> None:
    expected = SignatureVerifier(secret).generate_signature(timestamp=str(at), body=body)
    assert sign(secret, str(at).encode(), body.encode()).decode() == expected


@given(body=st.binary(), off=st.integers(-WINDOW_SECONDS, WINDOW_SECONDS))
def test_what_slack_signed_within_five_minutes_is_taken(body: bytes, off: int) -> None:
    check(SECRET, signed(body, NOW + off), body, float(NOW))


@pytest.mark.parametrize("off", [-WINDOW_SECONDS - 1, WINDOW_SECONDS + 1, -NOW, 10**11])
def test_a_replay_is_refused_however_well_it_is_signed(off: int) -> None:
    with pytest.raises(RefusedError, match="five minutes") as caught:
        check(SECRET, signed(b"{}", NOW + off), b"{}", float(NOW))
    assert caught.value.status == 401


@given(body=st.binary(min_size=1), at=st.integers(0), bit=st.integers(0, 7))
def test_no_bit_of_the_body_may_change(body: bytes, at: int, bit: int) -> None:
    changed = bytearray(body)
    changed[at % len(body)] ^= 1 << bit
    with pytest.raises(RefusedError):
        check(SECRET, signed(body), bytes(changed), float(NOW))


def test_another_secret_is_refused() -> None:
    with pytest.raises(RefusedError, match="signing_secret"):
        check(SECRET, signed(b"{}", secret="f" * 32), b"{}", float(NOW))


@pytest.mark.parametrize("name", HEADERS)
@pytest.mark.parametrize(
    "value", [None, b"", b" ", b"v0=", b"v0=" + b"G" * 64, b"-1", b"1e9", b"\xff", b"9" * 40, "\u0663".encode()]
)
def test_a_header_of_another_form_is_refused(name: bytes, value: bytes | None) -> None:
    headers = [(each, given) for each, given in signed(b"{}") if each != name]
    if value is not None:
        headers.append((name, value))
    with pytest.raises(RefusedError, match=name.decode()) as caught:
        check(SECRET, headers, b"{}", float(NOW))
    assert caught.value.status == 401


def test_a_header_that_is_there_twice_is_refused() -> None:
    headers = signed(b"{}")
    with pytest.raises(RefusedError, match="needed once"):
        check(SECRET, [*headers, headers[1]], b"{}", float(NOW))


def test_the_secret_is_in_no_refusal() -> None:
    with pytest.raises(RefusedError) as caught:
        check(SECRET, signed(b"{}"), b"[]", float(NOW))
    assert SECRET not in str(caught.value)
    assert sign(SECRET, str(NOW).encode(), b"[]").decode() not in str(caught.value)
