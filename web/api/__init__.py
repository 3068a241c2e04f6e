"""The JSON API under /api, and /health: a module for each noun. Translation only."""

from litestar import Router

from web.api import answers, conversations, documents, feedback, gaps, health, suggestions

_NOUNS = (answers, documents, conversations, feedback, gaps, suggestions)
api_router = Router(path="/api", route_handlers=[each for noun in _NOUNS for each in noun.handlers])
health_router = Router(path="/", route_handlers=health.handlers)
