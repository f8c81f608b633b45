"""An archive with a few entries, and each engine that can search it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest
from django.conf import settings

from pakn_portal.conf import portal_settings
from pakn_portal.management.imports.actions import import_answers, import_legal_texts
from pakn_portal.management.imports.rows import AnswerRow, LegalTextRow
from pakn_portal.pages.models import AnswerPage
from pakn_portal.search.engines import DatabaseEngine, breaker
from pakn_portal.search.engines.base import SearchEngine
from pakn_portal.search.engines.database.postgresql import forget_statistics
from pakn_portal.search.models import ArchiveEntry
from pakn_portal.search.page.models import ArchivePage
from pakn_portal.search.query.request import SearchRequest
from pakn_portal.search.query.results import SearchResult

ENGINES = ["database", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)]
_numbers = count(1)

Publish = Callable[..., AnswerPage]
Search = Callable[..., SearchResult]


@pytest.fixture
def archive(site: Any) -> ArchivePage:
    """No search knows how common words were in the archive of the test before."""
    forget_statistics()
    return make_archive(site)


def make_archive(site: Any) -> ArchivePage:
    """The archive page alone, without the rest of the section."""
    from pakn_portal.pages.models import SectionPage

    section = site.root_page.add_child(instance=SectionPage(title="Bộ với dân", slug="pakn"))
    return section.add_child(instance=ArchivePage(title="Hỏi đáp", slug="hoi-dap"))


@pytest.fixture
def publish(archive: ArchivePage) -> Publish:
    """`publish("title", "answer", sector=…)`: a live answer page, projected."""

    def publish_one(title: str, answer: str = "Có.", **more: Any) -> AnswerPage:
        source = more.pop("source_id", f"nguon-{next(_numbers)}")
        row = AnswerRow(source, title, more.pop("question", title), answer, **more)
        import_answers([row])
        return AnswerPage.objects.get(source_id=source)

    return publish_one


@pytest.fixture
def enact(db: None) -> Callable[..., None]:
    """`enact("title", "body", law_number=…)`: an article of law in the archive."""

    def enact_one(title: str, body: str, **more: Any) -> None:
        source = more.pop("source_id", f"luat-{next(_numbers)}")
        import_legal_texts([LegalTextRow(source, title, body, **more)])

    return enact_one


@pytest.fixture
def index() -> Iterator[str]:
    """An alias on the real server that no other test uses; its indices are deleted afterwards."""
    from pakn_portal.search.index import server

    name = f"{settings.PAKN_PORTAL['ELASTICSEARCH']['index']}_{next(_numbers)}"
    portal_settings.__dict__["ELASTICSEARCH"] = {**portal_settings.ELASTICSEARCH, "index": name}
    breaker.succeeded()
    yield name
    client = server.writing()
    for left in client.indices.get(index=f"{name}-*", allow_no_indices=True):
        client.indices.delete(index=left, ignore_unavailable=True)
    portal_settings.reload()


@pytest.fixture
def without_server() -> Iterator[None]:
    """As a small site has it: no search server named."""
    portal_settings.__dict__["ELASTICSEARCH"] = {**portal_settings.ELASTICSEARCH, "hosts": []}
    yield
    portal_settings.reload()


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, db: None) -> SearchEngine:
    """Each engine: the database of the settings in use, and a real Elasticsearch."""
    if request.param == "database":
        return DatabaseEngine()
    request.getfixturevalue("index")
    # how soon a reader gives up is no matter of these tests, and a server that just started is slow
    portal_settings.__dict__["ELASTICSEARCH"] = {**portal_settings.ELASTICSEARCH, "timeout_seconds": 20.0}
    from pakn_portal.search.engines.elasticsearch import ElasticsearchEngine

    return ElasticsearchEngine()


@pytest.fixture
def search(engine: SearchEngine) -> Search:
    """`search("words", filters={…})` after whatever is behind was sent."""

    def search_now(text: str = "", **more: Any) -> SearchResult:
        catch_up(engine)
        return engine.search(SearchRequest(text=text, **more))

    return search_now


def catch_up(engine: SearchEngine) -> None:
    if isinstance(engine, DatabaseEngine):
        engine.index.refresh()
        return
    from pakn_portal.search.index import server
    from pakn_portal.search.index.sync import sync

    sync()
    server.writing().indices.refresh(index=server.alias())


def titles(result: SearchResult) -> list[str]:
    return [hit.entry.title for hit in result.hits]


def entry_of(page: Any) -> ArchiveEntry:
    return ArchiveEntry.objects.get(key=f"page:{page.pk}")


@pytest.fixture
def dead_server(index: str) -> Iterator[None]:
    """The server's address leads to a socket that takes connections and never answers."""
    import socket

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(16)
        before = portal_settings.ELASTICSEARCH
        portal_settings.__dict__["ELASTICSEARCH"] = {
            **before,
            "hosts": [f"http://127.0.0.1:{listener.getsockname()[1]}"],
        }
        yield
        portal_settings.__dict__["ELASTICSEARCH"] = before
    breaker.succeeded()
