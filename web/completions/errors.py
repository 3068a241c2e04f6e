"""Errors as the clients of chat completions expect them: `{"error": {message, type, param, code}}`."""

from typing import Any, Literal

import msgspec
from litestar import Request, Response
from litestar.types import Send
from msgspec import Struct

from index.errors import FootnoteError, QuestionError
from qa.collection.choosing import CollectionError
from web.http.problems import Problem, RefusedError, problem_of
from web.http.request import reply

PREFIX = "/v1/"
MAX_BODY_BYTES = 1024 * 1024  # a whole conversation is sent with each question
ErrorType = Literal["invalid_request_error", "rate_limit_error", "server_error"]
_CODES = {401: "invalid_api_key", 429: "rate_limit_exceeded"}


class ErrorDetail(Struct, frozen=True):
    """param: the field at fault, such as `messages[2].content`, or None. code: for programs."""

    message: str
    type: ErrorType
    param: str | None
    code: str


class ErrorBody(Struct, frozen=True):
    """The body of every refusal under /v1."""

    error: ErrorDetail


class CompletionError(RefusedError):
    """A request that cannot be met. param: the field at fault."""

    def __init__(self, status: int, message: str, param: str | None, code: str) -> None:
        super().__init__(status, message)
        self.param = param
        self.code = code


def error_of(error: BaseException) -> tuple[int, ErrorBody, dict[str, str]]:
    """The status, the body and the headers for an error; one that nobody foresaw is logged under an id."""
    if isinstance(error, CompletionError):
        detail = ErrorDetail(str(error), _type_of(error.status), error.param, error.code)
        return error.status, ErrorBody(detail), error.headers
    problem, headers = problem_of(error)
    if isinstance(error, CollectionError):
        return problem.status, ErrorBody(ErrorDetail(str(error), "invalid_request_error", "in", "not_found")), headers
    if isinstance(error, QuestionError):
        detail = ErrorDetail(str(error), "invalid_request_error", "messages", "invalid_question")
        return problem.status, ErrorBody(detail), headers
    return problem.status, body_of(problem), headers


def body_of(problem: Problem) -> ErrorBody:
    """The same problem in this form."""
    code = _CODES.get(problem.status) or problem.type.rpartition(":")[2].replace("-", "_")
    param = problem.errors[0].field if problem.errors else None
    return ErrorBody(ErrorDetail(problem.detail, _type_of(problem.status), param, code))


def respond(_: Request[Any, Any, Any], error: Exception) -> Response[ErrorBody]:
    """Litestar's handler for every exception under /v1."""
    status, body, headers = error_of(error)
    return Response(body, status_code=status, headers=headers)


async def refuse(send: Send, error: FootnoteError) -> None:
    """Reply with the error, before the request came to a handler."""
    status, body, headers = error_of(error)
    await reply(send, status, msgspec.json.encode(body), {**headers, "Content-Type": "application/json"})


def _type_of(status: int) -> ErrorType:
    if status >= 500:
        return "server_error"
    return "rate_limit_error" if status == 429 else "invalid_request_error"
