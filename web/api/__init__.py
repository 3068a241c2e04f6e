"""The JSON API under /api, /health and /metrics: a module for each noun. Translation only."""

from litestar import Router

from web.api import (
    answers,
    collections,
    conversations,
    corpora,
    documents,
    feedback,
    gaps,
    health,
    library,
    metrics,
    originals,
    suggestions,
    sync,
)

_NOUNS = (
    answers,
    documents,
    originals,
    library,
    corpora,
    collections,
    conversations,
    feedback,
    gaps,
    suggestions,
    sync,
)
api_router = Router(path="/api", route_handlers=[each for noun in _NOUNS for each in noun.handlers])
health_router = Router(path="/", route_handlers=health.handlers)
metrics_router = Router(path="/", route_handlers=metrics.handlers)
