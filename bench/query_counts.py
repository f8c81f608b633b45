"""How many database queries a page costs, with few rows and with many."""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pakn_portal.conf import portal_settings


def archive_queries() -> dict[int, int]:
    """Hits on the page → queries, with the database engine, which asks the most."""
    from django.core.management import call_command

    from pakn_portal.management.imports.actions import import_legal_texts
    from pakn_portal.management.imports.rows import LegalTextRow
    from pakn_portal.search.page.models import ArchivePage

    call_command("pakn_setup", verbosity=0)
    address = ArchivePage.objects.get().url
    portal_settings.__dict__["ARCHIVE_PAGE_SIZE"] = 30
    counts = {}
    for hits in (1, 30):
        import_legal_texts([LegalTextRow(f"q-{n}", "Học nghề", "Học nghề miễn phí.") for n in range(hits)])
        counts[hits] = _queries(Client(), f"{address}?q=học nghề")
    portal_settings.reload()
    return counts


def case_list_queries() -> dict[int, int]:
    """Cases in the list → queries of its page for an officer of the unit."""
    from pakn_portal.staff import addresses
    from tests.factories import make_many_cases, make_ministry

    ministry = make_ministry()
    client = Client()
    client.force_login(ministry.officer)
    counts, made = {}, 0
    for number in (30, 3_000):
        make_many_cases(number - made, unit=ministry.unit, officer=ministry.officer)
        made = number
        counts[number] = _queries(client, addresses.list_url(scope="all"))
    return counts


def _queries(client: Client, address: str) -> int:
    settings.ALLOWED_HOSTS = ["*"]
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200, address
    return len(captured)
