"""Whatever is not signed by Slack is refused with a 4xx; whatever is signed and malformed never breaks anything."""

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.slack.mutations import MUTATIONS, drafted, malformed, served, statuses, tampered
from web.slack.inbox import FILE_NAME, Inbox


@pytest.fixture
def endpoint(tmp_path: Path) -> Iterator[tuple[str, Inbox]]:
    with Inbox.open(tmp_path / FILE_NAME) as inbox, served(inbox) as url:
        yield url, inbox


def test_no_request_that_was_tampered_with_is_accepted(endpoint: tuple[str, Inbox]) -> None:
    url, inbox = endpoint
    counts = statuses(url, tampered(len(MUTATIONS) * 40))
    assert counts.total() == len(MUTATIONS) * 40
    assert {status // 100 for status in counts} == {4}, counts
    assert inbox.depth() == 0


def test_what_nothing_happened_to_is_accepted(endpoint: tuple[str, Inbox]) -> None:
    """So that the others are refused for what happened to them."""
    url, inbox = endpoint
    chance = random.Random(1)
    assert statuses(url, (drafted(chance).raw() for _ in range(30))) == Counter({200: 30})
    assert inbox.depth() == 30


def test_what_is_signed_and_malformed_breaks_nothing(endpoint: tuple[str, Inbox]) -> None:
    url, inbox = endpoint
    counts = statuses(url, malformed(300))
    assert set(counts) <= {200, 400, 415}, counts
    assert inbox.depth() <= counts[200]
