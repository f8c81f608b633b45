"""What may go wrong in an engine."""

from __future__ import annotations


class EngineUnavailable(Exception):
    """The engine's server does not answer, or not in time."""


class RequestRefused(Exception):
    """The engine's server is there and refuses this one request: a fault of ours, or no index."""


class TooBroad(Exception):
    """So much matches that the database would take longer than a reader waits."""
