"""The log's two forms: a line is a line, whatever stands in it."""

import json
import logging
import sys
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.commands.options import tell
from web.observability.logs import JsonLines, LogFormat, TextLines, log_to_stderr, with_fields
from web.settings.settings import Settings

ANY_TEXT = st.text(st.characters())  # lone surrogates, too


def _record(message: str, fields: dict[str, Any] | None = None, *, failed: bool = False) -> logging.LogRecord:
    trace = None
    if failed:
        try:
            raise ZeroDivisionError("first\nsecond")
        except ZeroDivisionError:
            trace = sys.exc_info()
    record = logging.LogRecord("web.backend", logging.WARNING, "backend.py", 1, "%s", (message,), trace)
    record.__dict__.update(with_fields(fields) if fields else {})
    return record


@given(ANY_TEXT, st.dictionaries(st.sampled_from(("id", "asker", "question")), ANY_TEXT | st.floats(0, 1)))
def test_json_is_one_object_a_line_with_its_fields(message: str, fields: dict[str, Any]) -> None:
    line = JsonLines().format(_record(message, fields))
    assert line.isprintable() or "\n" not in line
    entry = json.loads(line)
    assert (entry["level"], entry["logger"]) == ("warning", "web.backend")
    assert datetime.fromisoformat(entry["time"]).utcoffset() is not None
    for name, value in {"message": message, **fields}.items():
        whole = value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
        assert entry[name] == whole


def test_a_trace_is_one_line_in_json_and_lines_in_text() -> None:
    entry = json.loads(JsonLines().format(_record("Error 1", failed=True)))
    assert entry["exception"].endswith("ZeroDivisionError: first\nsecond")
    text = TextLines().format(_record("Error 1", {"id": "a"}, failed=True))
    assert text.splitlines()[0].endswith("WARNING web.backend: Error 1 id=a")
    assert text.endswith("ZeroDivisionError: first\nsecond")


@given(ANY_TEXT)
def test_a_field_cannot_forge_a_line_of_text(value: str) -> None:
    line = TextLines().format(_record("question", {"asker": value, "outcome": "answered"}))
    assert line.isprintable()
    assert line.endswith(" outcome=answered")
    assert line.count(" outcome=") == 1 or '"' in line


def test_values_of_more_than_a_word_are_quoted() -> None:
    line = TextLines().format(_record("question", {"asker": 'two "words"', "seconds": 0.25, "empty": ""}))
    assert line.endswith(r'question asker="two \"words\"" seconds=0.25 empty=""')


@pytest.mark.parametrize(("level", "heard"), [("info", ["ours", "theirs"]), ("error", ["theirs"])])
def test_the_level_is_ours_and_others_warn(level: str, heard: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    root, own = logging.getLogger(), logging.getLogger("web")
    before, levels = root.handlers[:], (root.level, own.level)
    try:
        log_to_stderr(level, "json")
        logging.getLogger("web.observability.observing").info("ours")
        logging.getLogger("elsewhere").info("too low")
        logging.getLogger("elsewhere").warning("theirs")
    finally:
        root.handlers[:] = before
        root.setLevel(levels[0])
        for name in ("index", "qa", "web"):
            logging.getLogger(name).setLevel(logging.NOTSET)
    assert [json.loads(line)["message"] for line in capsys.readouterr().err.splitlines()] == heard


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_commands_own_lines_are_the_logs_where_that_is_json(
    form: LogFormat, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="web"):
        tell(Settings(log_format=form), "Footnote is here.", logging.INFO)
    assert capsys.readouterr().err == ("Footnote is here.\n" if form == "text" else "")
    assert [record.getMessage() for record in caplog.records] == ["Footnote is here."] * (form == "json")
