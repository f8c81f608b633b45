from __future__ import annotations

from abc import ABC

import pytest

from pakn_portal import urls
from pakn_portal.search.engines import SearchEngine
from pakn_portal.submissions.captcha import Captcha
from pakn_portal.submissions.files.scanner import Scanner
from tests.docs.pages import DOCS, PACKAGE, code, codes, section, tables

PAGE = DOCS / "reference" / "hooks.md"
HEADING = "Addresses of `pakn_portal.urls`"
ROWS = {code(row[0]): row[1] for row in tables(PAGE, "Backends by dotted path")}


@pytest.mark.parametrize(
    ("setting", "base"), [("CAPTCHA", Captcha), ("FILE_SCANNER", Scanner), ("SEARCH_ENGINE", SearchEngine)]
)
def test_a_backend_is_told_with_the_methods_it_needs(setting: str, base: type[ABC]) -> None:
    told = {name.partition("(")[0] for name in codes(ROWS[setting]) if "(" in name}
    assert base.__name__ in codes(ROWS[setting])
    assert told == set(base.__abstractmethods__)


def test_the_blocks_of_the_base_template_are_told() -> None:
    template = (PACKAGE / "templates" / "pakn_portal" / "base.html").read_text()
    for name in [code(row[0]) for row in tables(PAGE, "Templates")]:
        assert f"{{% block {name} %}}" in template
    told = section(PAGE, "Templates")
    own = {line.split()[2] for line in template.splitlines() if line.strip().startswith("{% block pakn_")}
    assert {name for name in own if f"`{name}`" not in told} == set()


def test_every_address_is_told() -> None:
    told = {code(row[0]).replace("<key>", "<str:key>"): code(row[1]) for row in tables(PAGE, HEADING)}
    assert told == {str(entry.pattern): getattr(entry, "name", "") for entry in urls.urlpatterns}
