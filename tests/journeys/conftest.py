"""The demo's ministry behind a real server, with the search engine of the settings in use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command

from example_site.demo import ministry
from example_site.demo.address import settle_at
from pakn_portal.conf import portal_settings
from pakn_portal.search.engines import breaker
from tests.fixtures.rows import Kept

ELASTICSEARCH = "pakn_portal.search.engines.ElasticsearchEngine"


def _make_units_and_people() -> None:
    ministry.make_units()
    ministry.make_people()
    ministry.name_lead_units()


_units_and_people = Kept(_make_units_and_people)


@pytest.fixture
def house(section: Any, live_server: Any) -> Iterator[Any]:
    """Section, units and people of the demo (password = name); the site lives where the server does."""
    settle_here(live_server.url)
    _units_and_people()
    fresh_index()
    yield section
    drop_index()


def settle_here(address: str) -> None:
    from wagtail.models import Site

    Site.objects.update(hostname="localhost")
    settle_at(address)


def fresh_index() -> None:
    if portal_settings.SEARCH_ENGINE == ELASTICSEARCH:
        breaker.succeeded()
        call_command("pakn_index", "rebuild", verbosity=0)


def wait_for_search() -> None:
    """A search server shows what it was sent within a second; here, now."""
    if portal_settings.SEARCH_ENGINE == ELASTICSEARCH:
        from pakn_portal.search.index import server

        server.writing().indices.refresh(index=server.alias())


def drop_index() -> None:
    if portal_settings.SEARCH_ENGINE == ELASTICSEARCH:
        from pakn_portal.search.index import server

        client = server.writing()
        for name in client.indices.get(index=f"{server.alias()}-*", allow_no_indices=True):
            client.indices.delete(index=name, ignore_unavailable=True)
