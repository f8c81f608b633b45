from __future__ import annotations

import re

from tests.docs.pages import DOCS, PACKAGE, names

ID = re.compile(r"[\"'](pakn_portal\.[EW]\d{3})[\"']")


def test_every_check_is_in_the_table_and_nothing_else() -> None:
    sources = [path.read_text() for path in PACKAGE.rglob("*.py")]
    known = {identifier for text in sources for identifier in ID.findall(text)}
    assert sorted(names(DOCS / "reference" / "checks.md", "Checks")) == sorted(known)
