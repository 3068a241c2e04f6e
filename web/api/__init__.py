"""The JSON API under /api, and /health: a module for each noun. Translation only."""

from litestar import Router

from web.api import answers, conversations, documents, health

api_router = Router(path="/api", route_handlers=[*answers.handlers, *documents.handlers, *conversations.handlers])
health_router = Router(path="/", route_handlers=health.handlers)
