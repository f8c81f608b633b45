from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.docs.pages import ROOT, codes, tables

ADDRESSES = [
    name
    for row in tables(ROOT / "README.md", "Try it")
    for name in codes(row[0])
    if name.startswith("/") and name != "/hop-thu/"  # the example's own
]


@pytest.mark.django_db
def test_every_address_of_the_readme_is_a_page(section: Any, client: Client) -> None:
    assert {address: client.get(address, follow=True).status_code for address in ADDRESSES} == dict.fromkeys(
        ADDRESSES, 200
    )
    assert len(ADDRESSES) == 6
