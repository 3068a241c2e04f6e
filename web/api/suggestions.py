"""Questions to begin with, and to go on with."""

from typing import Annotated

import msgspec
from litestar import get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from qa.suggestions.suggester import SuggestionSearch
from qa.use_cases import UseCases
from web.backend import Backend
from web.background.suggestions import SuggestionSearches
from web.http.messages import Globs, SuggestedQuestion, SuggestionList
from web.http.problems import FieldError
from web.http.request import ApiRequest, check_query
from web.http.schema import SUGGESTED_RESPONSES

WAIT_SECONDS = 30.0  # for questions to go on with
_LONGEST_ID = 64


@get(
    "/suggestions",
    operation_id="suggestQuestions",
    summary="Questions worth asking",
    responses=SUGGESTED_RESPONSES,
    tags=["Answers"],
)
async def suggest_questions(
    request: ApiRequest,
    backend: NamedDependency[Backend],
    searches: NamedDependency[SuggestionSearches],
    reply_id: Annotated[
        str | None,
        QueryParameter(description="Of an earlier reply: for questions to go on with.", max_length=_LONGEST_ID),
    ] = None,
    sources: Annotated[list[str] | None, QueryParameter(description="Globs over file paths; may be repeated.")] = None,
    within: Annotated[
        str | None, QueryParameter(name="in", description="Only within this folder or saved filter.", max_length=1000)
    ] = None,
    limit: Annotated[int, QueryParameter(description="How many at most, 1 to 8.", ge=1, le=8)] = 4,
) -> SuggestionList:
    """Questions that stand by themselves, each of which the documents answer surely: it was tried. They are looked for
    while nobody asks anything. Without `reply_id`, what is known so far comes at once, and `complete` is false while
    more are looked for; with it, the reply comes when they are found, after half a minute at the latest.
    """
    check_query(request, ("reply_id", "sources", "in", "limit"), ("sources",))
    given = _checked(sources or [])
    globs = given if within is None else await backend.read(lambda service: service.globs_within(within, given))
    if reply_id is None:
        search = await backend.read(lambda service: service.first_questions(globs))
        await searches.want(search)
        return _listed(search, limit, None)
    search, conversation_id = await backend.read(lambda service: _following(service, reply_id, globs))
    await searches.completed(search, WAIT_SECONDS)
    return _listed(search, limit, conversation_id)


handlers = [suggest_questions]


def _following(service: UseCases, reply_id: str, globs: tuple[str, ...]) -> tuple[SuggestionSearch, str]:
    reply = service.past_reply(reply_id).reply
    return service.following_questions(reply, globs), reply.conversation_id


def _listed(search: SuggestionSearch, limit: int, conversation_id: str | None) -> SuggestionList:
    known = search.known
    questions = tuple(SuggestedQuestion(question, conversation_id) for question in known.questions[:limit])
    return SuggestionList(questions, known.complete)


def _checked(globs: list[str]) -> tuple[str, ...]:
    try:
        return msgspec.convert(globs, Globs)
    except msgspec.ValidationError as error:
        raise FieldError("sources", str(error)) from error
