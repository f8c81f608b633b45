"""What may go wrong in an engine."""

from __future__ import annotations


class EngineUnavailable(Exception):
    """The engine's server does not answer, or not in time."""


class RequestRefused(Exception):
    """The engine's server refuses this one request: the request is wrong, or there is no index."""


class TooBroad(Exception):
    """So many entries match that the database would take longer than a reader waits."""
