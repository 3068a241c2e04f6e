"""Every error as `application/problem+json` (RFC 9457): the error tree, Litestar's and msgspec's own, and the rest."""

import logging
import re
import secrets
from http import HTTPStatus
from typing import Annotated, Any

import msgspec
from litestar import Request, Response
from litestar.exceptions import ClientException, HTTPException, ValidationException
from msgspec import Meta, Struct

from index.errors import BusyError, FootnoteError, InputError, NotFoundError, QuestionError, RateError, UnavailableError
from qa.collection.choosing import CollectionError

MEDIA_TYPE = "application/problem+json"
_TYPE = "urn:problem-type:footnote:"
_log = logging.getLogger(__name__)


class FieldProblem(Struct, frozen=True):
    """One field of a request that is not right; `field` is a path such as `sources[1]`."""

    field: Annotated[str, Meta(examples=["top_k"])]
    detail: Annotated[str, Meta(examples=["Expected `int` <= 20"])]


class Problem(Struct, frozen=True, omit_defaults=True):
    """What went wrong. errors: the fields at fault. id: of the log entry, where the fault is the server's."""

    type: Annotated[str, Meta(examples=["urn:problem-type:footnote:invalid-field"])]
    title: Annotated[str, Meta(examples=["A field is not valid"])]
    status: Annotated[int, Meta(examples=[400])]
    detail: Annotated[str, Meta(examples=["top_k: Expected `int` <= 20"])]
    errors: tuple[FieldProblem, ...] = ()
    id: str | None = None


class FieldError(InputError):
    """A field of a request that is not right."""

    def __init__(self, field: str, detail: str) -> None:
        super().__init__(f"{field}: {detail}")
        self.field = field
        self.detail = detail


class RefusedError(FootnoteError):
    """A request that is turned away before it is read: `status` says how, `headers` go with the reply."""

    def __init__(self, status: int, detail: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.headers = headers or {}


def problem_of(error: BaseException) -> tuple[Problem, dict[str, str]]:
    """The problem and the headers that go with it; an error nobody foresaw is logged under the problem's id."""
    match error:
        case RefusedError():
            return _plain(error.status, str(error)), error.headers
        case FieldError():
            return _of_fields((FieldProblem(error.field, error.detail),)), {}
        case CollectionError():
            return _of_fields((FieldProblem("in", str(error)),)), {}
        case QuestionError():
            return _of_fields((FieldProblem("question", str(error)),)), {}
        case InputError():
            return _plain(400, str(error)), {}
        case NotFoundError():
            return _plain(404, str(error)), {}
        case BusyError():
            return _of_busy(error), {"Retry-After": str(error.retry_after_seconds)}
        case UnavailableError():
            return _named(503, "unavailable", "Not available now", str(error)), {"Retry-After": "5"}
        case msgspec.ValidationError():
            return _of_fields((_field_of(*_split_path(str(error))),)), {}
        case msgspec.DecodeError() | UnicodeDecodeError() | RecursionError():
            return _not_json(_why_not_json(error)), {}
        case HTTPException():
            return _of_litestar(error), error.headers or {}
        case _:
            return _of_defect(error), {}


def respond(request: Request[Any, Any, Any], error: Exception) -> Response[Problem]:
    """Litestar's handler for every exception."""
    problem, headers = problem_of(error)
    if problem.status == 404 and isinstance(error, HTTPException):
        problem = _plain(404, f"There is nothing at {request.url.path}.")
    if problem.status == 405:
        problem = _plain(405, f"{request.method} is not allowed here; allowed: {headers.get('allow', 'nothing')}.")
    return Response(problem, status_code=problem.status, headers=headers, media_type=MEDIA_TYPE)


def _named(status: int, slug: str, title: str, detail: str) -> Problem:
    return Problem(_TYPE + slug, title, status, detail)


def _of_busy(error: BusyError) -> Problem:
    if isinstance(error, RateError):
        return _named(429, "rate-limited", "Too many questions with this key", str(error))
    return _named(503, "busy", "Too many questions", str(error))


def _not_json(detail: str) -> Problem:
    return _named(400, "invalid-json", "The body is not JSON", detail)


def _why_not_json(error: BaseException) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "It is not UTF-8."
    return "It is nested too deeply." if isinstance(error, RecursionError) else str(error)


def _plain(status: int, detail: str) -> Problem:
    phrase = HTTPStatus(status).phrase
    return _named(status, phrase.lower().replace(" ", "-"), phrase, detail)


def _of_fields(fields: tuple[FieldProblem, ...]) -> Problem:
    detail = "; ".join(f"{each.field}: {each.detail}" if each.field else each.detail for each in fields)
    return Problem(f"{_TYPE}invalid-field", "A field is not valid", 400, detail, fields)


def _of_litestar(error: HTTPException) -> Problem:
    if isinstance(error, ValidationException) and isinstance(error.extra, list):
        return _of_fields(tuple(_field_of(each["message"], each.get("key", "")) for each in error.extra))
    if type(error) is ClientException and error.status_code == 400:  # what Litestar makes of a body it cannot decode
        return _not_json(error.detail)
    if error.status_code >= 500:
        return _of_defect(error)
    return _plain(error.status_code, error.detail)


def _of_defect(error: BaseException) -> Problem:
    """A defect of ours: its trace goes to the log, and only its id to the caller."""
    defect = secrets.token_hex(6)
    _log.error("Error %s", defect, exc_info=error)
    detail = f"Something went wrong here; it is in the server's log as {defect}."
    return Problem(f"{_TYPE}internal", HTTPStatus(500).phrase, 500, detail, (), defect)


def _split_path(message: str) -> tuple[str, str]:
    """msgspec's "what - at `$.path`", taken apart."""
    text, _, path = message.partition(" - at `$")
    return text, path.rstrip("`").lstrip(".")


def _field_of(message: str, field: str) -> FieldProblem:
    if missing := re.fullmatch(r"Object missing required field `(.*)`", message):
        return FieldProblem(_below(field, missing[1]), "This field is required")
    if unknown := re.fullmatch(r"Object contains unknown field `(.*)`", message, re.DOTALL):
        return FieldProblem(_below(field, unknown[1]), "There is no such field")
    if message == "'data'":  # an empty body
        return FieldProblem("body", "A JSON object is required")
    return FieldProblem("body" if field in ("data", "") else field, message)


def _below(path: str, field: str) -> str:
    return field if path in ("", "data") else f"{path}.{field}"
