import re

from web.commands.eval import machine


def test_the_machine_is_told_in_a_line() -> None:
    assert re.fullmatch(r"[^\n]+, [1-9]\d* cores?", machine())
