"""Errors as problem+json: each branch of the tree, fields by name, and defects that tell nothing."""

import logging

import msgspec
import pytest
from litestar.exceptions import HTTPException, NotFoundException
from msgspec import ValidationError

from index import errors
from web.api.answers import Ask
from web.http.problems import FieldError, Problem, RefusedError, problem_of


@pytest.mark.parametrize(
    ("error", "status", "headers"),
    [
        (errors.InputError("mend it"), 400, {}),
        (errors.QuestionError("mend it"), 400, {}),
        (errors.DocumentError("mend it", "a.txt", 3), 400, {}),
        (errors.SettingsError("mend it"), 400, {}),
        (errors.NotFoundError("mend it"), 404, {}),
        (errors.UnavailableError("mend it"), 503, {"Retry-After": "5"}),
        (errors.BusyError("mend it", 7), 503, {"Retry-After": "7"}),
        (errors.RateError("mend it", 7), 429, {"Retry-After": "7"}),
        (errors.LockedError("mend it"), 503, {"Retry-After": "5"}),
        (errors.ReadOnlyError("mend it"), 503, {"Retry-After": "5"}),
        (FieldError("top_k", "mend it"), 400, {}),
        (RefusedError(421, "mend it", {"Connection": "close"}), 421, {"Connection": "close"}),
        (NotFoundException("mend it"), 404, {}),
    ],
)
def test_what_the_caller_can_act_on_is_said(error: Exception, status: int, headers: dict[str, str]) -> None:
    problem, given = problem_of(error)
    assert (problem.status, given) == (status, headers)
    assert "mend it" in problem.detail
    assert problem.type.startswith("urn:problem-type:footnote:")
    assert problem.title
    assert problem.id is None


@pytest.mark.parametrize(
    "error",
    [
        errors.FootnoteError("secret"),
        errors.IntegrityError("secret"),
        errors.ModelError("secret"),
        errors.StaleIndexError("secret"),
        errors.QuoteError("secret"),
        ZeroDivisionError("secret"),
        HTTPException("secret", status_code=500),
    ],
)
def test_a_defect_goes_to_the_log_under_an_id(error: Exception, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, logger="web.http.problems"):
        problem, _ = problem_of(error)
    assert problem.status == 500
    assert problem.id is not None
    assert problem.id in problem.detail
    assert "secret" not in msgspec.json.encode(problem).decode()
    assert problem.id in caplog.text
    assert "secret" in caplog.text


def _refused(value: object) -> ValidationError:
    with pytest.raises(ValidationError) as caught:
        msgspec.convert(value, Ask)
    return caught.value


@pytest.mark.parametrize(
    ("value", "field"),
    [
        ({}, "question"),
        ({"question": 1}, "question"),
        ({"question": "a", "colour": 1}, "colour"),
        ({"question": "a", "top_k": 21}, "top_k"),
        ({"question": "a", "sources": ["b", ""]}, "sources[1]"),
        ({"question": "a", "we`ird\n": 1}, "we`ird\n"),
        ([], "body"),
    ],
)
def test_fields_are_named(value: object, field: str) -> None:
    problem, _ = problem_of(_refused(value))
    assert problem.status == 400
    assert [each.field for each in problem.errors] == [field]
    assert field in problem.detail


def test_a_field_that_is_missing_further_in_is_named_by_its_path() -> None:
    with pytest.raises(ValidationError) as caught:
        msgspec.convert({"asked": [{"question": "a"}, {}]}, dict[str, list[Ask]])
    problem, _ = problem_of(caught.value)
    assert [each.field for each in problem.errors] == ["[...][1].question"]


def test_members_that_say_nothing_are_left_out() -> None:
    problem = Problem("urn:x", "Not Found", 404, "gone")
    assert msgspec.to_builtins(problem) == {"type": "urn:x", "title": "Not Found", "status": 404, "detail": "gone"}
