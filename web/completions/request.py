"""What is asked with POST /v1/chat/completions. Fields that are not here change nothing that is answered."""

from collections.abc import Callable, Iterable
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from web.completions.errors import CompletionError

MODEL = "footnote"
_ROLES = frozenset({"system", "developer", "user", "assistant", "tool", "function"})


class MessagePart(Struct, frozen=True):
    """A part of a message's content. text: of those of type `text`."""

    type: str
    text: str | None = None


class ChatMessage(Struct, frozen=True):
    """A message of the conversation."""

    role: str
    content: str | tuple[MessagePart, ...] | None = None

    @property
    def text(self) -> str:
        """Its parts of text, a line each."""
        if isinstance(self.content, str):
            return self.content
        return "\n".join(part.text for part in self.content or () if part.type == "text" and part.text)


class StreamOptions(Struct, frozen=True):
    """include_usage: whether a last chunk tells the tokens."""

    include_usage: bool | None = None


class CompletionRequest(Struct, frozen=True, rename={"within": "in"}):
    """The fields that are heeded, or refused where they ask for what Footnote does not do. null is not given.

    within: a folder or saved filter that is asked alone; no field of OpenAI's.
    """

    model: str
    messages: Annotated[tuple[ChatMessage, ...], Meta(min_length=1)]
    stream: bool | None = None
    stream_options: StreamOptions | None = None
    max_tokens: Annotated[int, Meta(ge=1)] | None = None
    max_completion_tokens: Annotated[int, Meta(ge=1)] | None = None
    within: Annotated[str, Meta(min_length=1, max_length=1000)] | None = None
    stop: str | Annotated[tuple[str, ...], Meta(max_length=4)] | None = None
    user: Any = None
    safety_identifier: Any = None
    n: Annotated[int, Meta(ge=1)] | None = None
    tools: tuple[Any, ...] | None = None
    tool_choice: Any = None
    functions: tuple[Any, ...] | None = None
    function_call: Any = None
    response_format: Any = None
    logprobs: bool | None = None
    top_logprobs: int | None = None
    modalities: tuple[str, ...] | None = None
    audio: Any = None
    web_search_options: Any = None

    @property
    def most_tokens(self) -> int | None:
        """The longest answer, in tokens of the setting `tokenizer`; None for any."""
        return self.max_tokens if self.max_completion_tokens is None else self.max_completion_tokens

    @property
    def stops(self) -> tuple[str, ...]:
        """What the answer is to end before."""
        given = (self.stop,) if isinstance(self.stop, str) else self.stop or ()
        return tuple(each for each in given if each)


def read_request(body: bytes) -> CompletionRequest:
    """The request. Raises CompletionError and what msgspec raises for a field that is not of its type."""
    try:
        request = msgspec.json.decode(body, type=CompletionRequest)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError as error:
        raise CompletionError(400, f"The body is not JSON: {error}.", None, "invalid_json") from error
    _check(request)
    return request


def model_of(corpus: str) -> str:
    """The id of the model that answers from that corpus, where there are several."""
    return f"{MODEL}/{corpus}"


def corpus_of(model: str) -> str | None:
    """The name of the corpus that a model's id tells, None for the default one. Raises CompletionError."""
    if model == MODEL:
        return None
    if not model.startswith(model_of("")):
        raise no_model(model)
    return model.removeprefix(model_of(""))


def no_model(name: str, known: Iterable[str] = (MODEL,)) -> CompletionError:
    """The error for a model that there is not."""
    there = ", ".join(map(repr, known))
    what = "There is one" if there == repr(MODEL) else "There are"
    return CompletionError(404, f"The model {name!r} does not exist here. {what}: {there}.", "model", "model_not_found")


def _check(request: CompletionRequest) -> None:
    corpus_of(request.model)
    for param, is_asked, message in _NOT_DONE:
        if is_asked(request):
            raise CompletionError(400, message, param, "unsupported_parameter")
    for number, each in enumerate(request.messages):
        if each.role not in _ROLES:
            known = ", ".join(sorted(_ROLES))
            message = f"The role {each.role!r} is not known; known are {known}."
            raise CompletionError(400, message, f"messages[{number}].role", "invalid_value")


def _calls_tools(request: CompletionRequest) -> bool:
    return bool(request.tools or request.functions) and "none" not in (request.tool_choice, request.function_call)


def _must_call(request: CompletionRequest) -> bool:
    return request.tool_choice not in (None, "none", "auto") or request.function_call not in (None, "none", "auto")


def _wants_a_format(request: CompletionRequest) -> bool:
    form = request.response_format
    return form is not None and not (isinstance(form, dict) and form.get("type") == "text")


# What would make the answer another one, and why it is not done.
_NOT_DONE: tuple[tuple[str, Callable[[CompletionRequest], bool], str], ...] = (
    ("n", lambda each: each.n not in (None, 1), "Footnote has one answer to a question: leave n out, or send 1."),
    (
        "tools",
        lambda each: _calls_tools(each) or _must_call(each),
        "Footnote calls no tools: leave tools and functions out, or send tool_choice none.",
    ),
    (
        "response_format",
        _wants_a_format,
        "Footnote answers in the documents' own words, which are of no format: leave response_format out. The field "
        "footnote of the response has the answer as data.",
    ),
    (
        "logprobs",
        lambda each: bool(each.logprobs or each.top_logprobs),
        "Footnote quotes and draws no tokens, so there are no logprobs. The field footnote of the response has the "
        "confidence.",
    ),
    (
        "modalities",
        lambda each: each.audio is not None or bool(set(each.modalities or ()) - {"text"}),
        "Footnote answers in text only: leave audio out, and every modality but text.",
    ),
    (
        "web_search_options",
        lambda each: each.web_search_options is not None,
        "Footnote answers from its own documents and searches no web: leave web_search_options out.",
    ),
)
