from __future__ import annotations

from typing import Any

import pytest
from wagtail.models import Site

from example_site.demo.address import settle_at


@pytest.mark.parametrize(
    ("hostname", "address", "root"),
    [
        ("localhost", "http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("127.0.0.1", "http://localhost:9000", "http://localhost:9000"),
        ("localhost", "https://thu.example", "https://thu.example"),
        ("bo.example", "http://127.0.0.1:8000", "http://bo.example"),
    ],
)
def test_links_open_where_the_demo_runs(site: Any, hostname: str, address: str, root: str) -> None:
    Site.objects.update(hostname=hostname, port=80)
    settle_at(address)
    assert Site.objects.get().root_url == root
