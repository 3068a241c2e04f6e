"""kill -9 between acknowledgement and answer loses nothing, and nobody is answered twice."""

from pathlib import Path

from tests.web.slack.kill_cycles import run


def test_what_was_acknowledged_is_answered_once_whenever_the_server_is_killed(tmp_path: Path) -> None:
    outcome = run(tmp_path, cycles=4, events=6, longest=2.0)
    assert outcome.acknowledged == 24
    assert (outcome.lost, outcome.twice, outcome.apologies) == (0, 0, 0)
