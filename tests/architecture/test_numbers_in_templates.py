"""A template writes keys of the database in digits alone, whatever a portal's format of numbers."""

from __future__ import annotations

import re
from typing import Final

from tests.architecture.source import PACKAGE

#: `{{ row.pk }}` is “1.234” where a portal groups thousands; `stringformat` leaves the digits alone.
_KEY: Final = re.compile(r"{{\s*((?:[\w.]*\.)?(?:pk|id)|[\w.]+(?:_id|page_number|\.version))\s*}}")
_TEXTS: Final = ("auto_id", "public_id", "attrs.id", "form.version")


def test_keys_of_the_database_are_written_in_digits() -> None:
    found = [
        f"{path.relative_to(PACKAGE)}: {match[0]}"
        for path in sorted(PACKAGE.rglob("*.html"))
        for match in _KEY.finditer(path.read_text("utf-8"))
        if not match[1].endswith(_TEXTS)
    ]
    assert found == []
