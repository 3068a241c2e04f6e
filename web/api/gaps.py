"""What the documents lack, by what was asked of them."""

import asyncio

from litestar import get
from litestar.di import NamedDependency

from qa.insights.gaps import GapsReport
from web.access.access import operators_only
from web.backend import Backend
from web.http.schema import OPERATOR_RESPONSES


@get(
    "/gaps",
    guards=[operators_only],
    operation_id="readGaps",
    summary="What the documents lack",
    responses=OPERATOR_RESPONSES,
    tags=["Feedback"],
)
async def read_gaps(backend: NamedDependency[Backend]) -> GapsReport:
    """Unanswered and unsure questions grouped by likeness, answers judged wrong, documents never cited, old documents
    cited much, and counts by week. Made anew each time; it waits for its turn among the questions, since it embeds."""
    return await asyncio.wrap_future(backend.submit(lambda service: service.gaps()))


handlers = [read_gaps]
