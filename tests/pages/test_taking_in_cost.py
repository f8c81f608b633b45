"""What it costs to take a petition in: how often a form that is shown and sent asks the same thing."""

from __future__ import annotations

from typing import Any

from django.test import Client

from tests.pages.forms import CITIZEN, fill
from tests.publication.test_cost import queries, repeated

#: Asked twice: whether the form was accepted (before, and in the transaction), the
#: holidays (of the day it counts from, and of the day it is due), the row of a limit (taken, and given back).
TWICE = ("pakn_portal_holiday", "pakn_portal_limitcount", "pakn_portal_submission")


def test_no_more_is_asked_twice(section: Any, quick: None, client: Client) -> None:
    with queries() as shown:
        form = fill(client)
    with queries() as sent:
        response = client.post(CITIZEN, form)
    assert response.status_code == 200
    assert repeated(shown) == []
    tables = sorted({sql.partition('FROM "')[2].partition('"')[0] for sql in repeated(sent)})
    assert tuple(tables) == TWICE
