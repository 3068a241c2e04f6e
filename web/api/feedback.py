"""What people say of an answer, and questions kept as regression questions."""

from typing import Annotated

from litestar import delete, get, post
from litestar.di import NamedDependency
from litestar.params import BodyKwarg, FromPath, QueryParameter
from msgspec import Meta, Struct

from qa.conversations.feedback import FeedbackError, FeedbackKind, Opinion
from qa.insights.regression import RegressionQuestion
from qa.use_cases import UseCases
from web.access.access import operators_only
from web.backend import Backend
from web.http.messages import ConversationId
from web.http.problems import FieldError
from web.http.request import ApiRequest, check_query
from web.http.schema import FOUND_RESPONSES, GIVEN_RESPONSES, KEPT_RESPONSES


class GiveFeedback(Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody says of a reply. null counts as not given."""

    reply_id: Annotated[ConversationId, Meta(description="The `id` of the reply.")]
    kind: Annotated[FeedbackKind, Meta(description="`helpful` and `not_helpful` exclude each other.")]
    citation: Annotated[
        int | None, Meta(description="With `wrong_citation`: the `number` of the citation, one the reply has.")
    ] = None
    comment: Annotated[
        str | None,
        Meta(description="At most 2,000 characters; control characters are removed and spaces folded."),
    ] = None


class FeedbackList(Struct, frozen=True):
    """Feedback, oldest first."""

    feedback: tuple[Opinion, ...]


@post(
    "/feedback",
    operation_id="giveFeedback",
    summary="Say how an answer was",
    responses=GIVEN_RESPONSES,
    tags=["Feedback"],
)
async def give_feedback(
    data: Annotated[GiveFeedback, BodyKwarg(description="What is said, and of which reply.")],
    backend: NamedDependency[Backend],
) -> Opinion:
    """Store it with question, answer and index version. The same kind (and citation) of the same reply replaces what
    was said before."""

    def store(service: UseCases) -> Opinion:
        return service.give_feedback(data.reply_id, data.kind, data.citation, data.comment)

    try:
        return await backend.read(store)
    except FeedbackError as error:
        raise FieldError(error.field, error.detail) from error


@get(
    "/feedback",
    operation_id="listFeedback",
    summary="Read what was said",
    responses=GIVEN_RESPONSES,
    tags=["Feedback"],
)
async def list_feedback(
    request: ApiRequest,
    backend: NamedDependency[Backend],
    conversation_id: Annotated[str | None, QueryParameter(description="Of this conversation.")] = None,
    reply_id: Annotated[str | None, QueryParameter(description="Of this reply.")] = None,
) -> FeedbackList:
    """Of one reply or of one conversation: give one of the two."""
    check_query(request, ("conversation_id", "reply_id"))
    if (conversation_id is None) == (reply_id is None):
        raise FieldError("reply_id", "Either this parameter or conversation_id is required, and not both")
    if reply_id is not None:
        return FeedbackList(await backend.read(lambda service: service.feedback_on_reply(reply_id)))
    return FeedbackList(await backend.read(lambda service: service.feedback_in_conversation(conversation_id or "")))


@delete(
    "/feedback/{feedback_id:str}",
    operation_id="deleteFeedback",
    summary="Take it back",
    responses=FOUND_RESPONSES,
    tags=["Feedback"],
)
async def delete_feedback(feedback_id: FromPath[str], backend: NamedDependency[Backend]) -> None:
    """Forget it. A question that was kept by it stays kept."""
    await backend.read(lambda service: service.delete_feedback(feedback_id))


@post(
    "/feedback/{feedback_id:str}/keep",
    guards=[operators_only],
    operation_id="keepQuestion",
    summary="Keep the question as a regression question",
    responses=KEPT_RESPONSES,
    tags=["Feedback"],
)
async def keep_question(feedback_id: FromPath[str], backend: NamedDependency[Backend]) -> RegressionQuestion:
    """Of `helpful` feedback only: the reply's citations become the right answers, but for those judged wrong; a reply
    that abstained is right to abstain. `footnote eval --kept` asks all that were kept. Keeping one again changes its
    line, and adds none."""
    return await backend.read(lambda service: service.keep_question(feedback_id))


handlers = [give_feedback, list_feedback, delete_feedback, keep_question]
