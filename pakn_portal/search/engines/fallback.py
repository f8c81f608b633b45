"""Asks the search server, and the database when the server does not answer. No reader waits twice for a
server that is down.
"""

from __future__ import annotations

import logging
from threading import Lock
from time import monotonic

from pakn_portal.search.engines.base import (
    EngineUnavailable,
    RequestRefused,
    SearchEngine,
    with_fallback_mark,
)
from pakn_portal.search.query.request import SearchRequest
from pakn_portal.search.query.results import SearchResult

logger = logging.getLogger(__name__)

#: For so long after a failure nobody asks the server; then one visitor tries.
OPEN_SECONDS = 30.0


class CircuitBreaker:
    """Opens after a failure; after a while it lets one request through as a trial. One for each process."""

    def __init__(self, seconds: float = OPEN_SECONDS) -> None:
        self.seconds = seconds
        self._until = 0.0
        self._lock = Lock()

    def allows(self) -> bool:
        """Whether the caller may ask the server. After a failure one caller may, once in each period."""
        with self._lock:
            if not self._until:
                return True
            if monotonic() < self._until:
                return False
            self._until = monotonic() + self.seconds
            return True

    def failed(self) -> None:
        with self._lock:
            self._until = monotonic() + self.seconds

    def succeeded(self) -> None:
        with self._lock:
            self._until = 0.0

    @property
    def is_open(self) -> bool:
        return bool(self._until)


class FallbackEngine:
    """Serves from `first`, or from `second` with `is_fallback` set. Raises neither EngineUnavailable, after
    which the breaker opens, nor RequestRefused, which says nothing about the next request.
    """

    def __init__(self, first: SearchEngine, second: SearchEngine, breaker: CircuitBreaker) -> None:
        self.first, self.second, self.breaker = first, second, breaker
        self.name = first.name

    def search(self, request: SearchRequest) -> SearchResult:
        if self.breaker.allows():
            try:
                result = self.first.search(request)
            except EngineUnavailable as error:
                self.breaker.failed()
                logger.warning("Search server unavailable, the database answers: %s", error)
            except RequestRefused as error:
                self.breaker.succeeded()
                logger.error("Search server refused a request, the database answers: %s", error)
            else:
                self.breaker.succeeded()
                return result
        return with_fallback_mark(self.second.search(request))
