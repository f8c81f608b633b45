from __future__ import annotations

from datetime import date
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse

BOARD: Final = "pakn_audit"
LINES: Final = "pakn_audit_lines"


def audit_url(**query: str | int) -> str:
    """The figures of what is worth a look."""
    return _with(BOARD, query)


def lines_url(**query: str | int) -> str:
    """The lines of the register; `lines_url(kind="contacts", by=3, at_from="01/11/2026")`."""
    return _with(LINES, query)


def of_days(first: date | None, last: date | None) -> dict[str, str]:
    """As the filter of days has them."""
    days = {"at_from": first, "at_to": last}
    return {name: f"{day:%d/%m/%Y}" for name, day in days.items() if day is not None}


def _with(name: str, query: dict[str, str | int]) -> str:
    return f"{reverse(name)}?{urlencode(query)}" if query else reverse(name)
