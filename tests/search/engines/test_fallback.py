"""A server that does not answer: the database does, soon, and nobody waits twice."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest

from pakn_portal.conf import portal_settings
from pakn_portal.search.engines import CircuitBreaker, DatabaseEngine, FallbackEngine, breaker
from pakn_portal.search.query.request import SearchRequest
from tests.fixtures.asked import questions

pytest.importorskip("elasticsearch")


@pytest.fixture
def silent() -> Iterator[socket.socket]:
    """A real socket that takes connections and never says a word."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(16)
        listener.setblocking(False)
        yield listener


def callers(listener: socket.socket) -> int:
    """How many have connected since we looked last."""
    count = 0
    while True:
        try:
            listener.accept()[0].close()
        except BlockingIOError:
            return count
        count += 1


def fallback_to(port: int, seconds: float = 30) -> FallbackEngine:
    from elasticsearch import Elasticsearch

    from pakn_portal.search.engines.elasticsearch import ElasticsearchEngine

    client = Elasticsearch(f"http://127.0.0.1:{port}", request_timeout=0.4, max_retries=0)
    return FallbackEngine(ElasticsearchEngine(client, "none"), DatabaseEngine(), CircuitBreaker(seconds))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_silent_server_costs_one_visitor_one_time_out(publish: Any, silent: socket.socket) -> None:
    publish("Học nghề")
    engine = fallback_to(silent.getsockname()[1])
    called = []
    with questions() as asked:
        for _visitor in range(3):
            result = engine.search(SearchRequest(text="học nghề"))
            called.append(callers(silent))
            assert (result.is_fallback, result.total) == (True, 1)
            assert result.engine.startswith("database-")
    assert (called, asked) == ([1, 0, 0], [0.4])


def test_refused_connection_falls_back_at_once(publish: Any) -> None:
    publish("Học nghề")
    with questions() as asked:
        result = fallback_to(free_port()).search(SearchRequest(text="học nghề"))
    assert (result.is_fallback, result.total, asked) == (True, 1, [0.4])


def test_breaker_lets_one_try_after_a_while() -> None:
    tested = CircuitBreaker(seconds=0.05)
    assert tested.allows()
    tested.failed()
    assert (tested.allows(), tested.is_open) == (False, True)
    time.sleep(0.06)
    assert [tested.allows() for _visitor in range(3)] == [True, False, False]
    tested.succeeded()
    assert [tested.allows() for _visitor in range(3)] == [True, True, True]


@pytest.mark.elasticsearch
def test_server_that_comes_back_is_used_again(publish: Any, index: str) -> None:
    from pakn_portal.search.engines.elasticsearch import ElasticsearchEngine
    from pakn_portal.search.index import server
    from pakn_portal.search.index.sync import sync

    publish("Học nghề")
    engine = fallback_to(free_port(), seconds=0.05)
    assert engine.search(SearchRequest(text="học nghề")).is_fallback
    sync()
    server.writing().indices.refresh(index=index)
    engine.first = ElasticsearchEngine()
    time.sleep(0.06)
    result = engine.search(SearchRequest(text="học nghề"))
    assert (result.is_fallback, result.engine, result.total) == (False, "elasticsearch", 1)


def test_only_staff_are_told(publish: Any, archive: Any, client: Any, admin_client: Any) -> None:
    publish("Học nghề")
    portal_settings.__dict__["SEARCH_ENGINE"] = "pakn_portal.search.engines.ElasticsearchEngine"
    portal_settings.__dict__["ELASTICSEARCH"] = {
        **portal_settings.ELASTICSEARCH,
        "hosts": [f"http://127.0.0.1:{free_port()}"],
    }
    breaker.succeeded()
    try:
        citizen, staff = (
            client.get(f"{archive.url}?q=hoc nghe"),
            admin_client.get(f"{archive.url}?q=hoc nghe"),
        )
    finally:
        portal_settings.reload()
        breaker.succeeded()
    assert [response.status_code for response in (citizen, staff)] == [200, 200]
    assert [response.context["tells_fallback"] for response in (citizen, staff)] == [False, True]
    assert 'data-total="1"' in citizen.content.decode()


@pytest.mark.elasticsearch
def test_a_refused_request_is_logged_and_closes_nothing(
    publish: Any, index: str, caplog: pytest.LogCaptureFixture
) -> None:
    """No index, a window too deep: the server is there, so the next reader asks it again."""
    from pakn_portal.search.engines.elasticsearch import ElasticsearchEngine
    from pakn_portal.search.index import server
    from pakn_portal.search.index.sync import sync

    publish("Học nghề")
    engine = FallbackEngine(ElasticsearchEngine(), DatabaseEngine(), CircuitBreaker())
    result = engine.search(SearchRequest(text="học nghề"))
    assert (result.is_fallback, result.total, engine.breaker.is_open) == (True, 1, False)
    assert [(one.levelname, "refused" in one.message) for one in caplog.records] == [("ERROR", True)]
    sync()
    server.writing().indices.refresh(index=index)
    assert engine.search(SearchRequest(text="học nghề", page=2_000)).is_fallback
    assert not engine.search(SearchRequest(text="học nghề")).is_fallback
