"""What it costs to take a petition in: how often a form that is shown and sent asks the same thing."""

from __future__ import annotations

from typing import Any

from django.test import Client

from tests.pages.forms import CITIZEN, fill
from tests.publication.test_cost import queries, repeated

#: With Wagtail's ten for the way to a page.
MOST = 48


def test_no_more_is_asked_twice(section: Any, quick: None, client: Client) -> None:
    other = Client()
    other.post(CITIZEN, fill(other))  # the year's first one also starts its numbers
    with queries() as shown:
        form = fill(client)
    with queries() as sent:
        response = client.post(CITIZEN, form)
    assert response.status_code == 200
    assert repeated(shown) == []
    assert repeated(sent) == []
    holidays = [sql for sql, _is_ours in sent if "pakn_portal_holiday" in sql]
    assert len(holidays) == 1
    assert len(sent) <= MOST
