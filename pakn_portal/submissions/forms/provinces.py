"""The 34 provinces and cities since 1 July 2025."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from pakn_portal.text import alphabet_key

_FILE = Path(__file__).parent / "starter" / "provinces.json"


@cache
def province_names() -> tuple[str, ...]:
    """In alphabetical order, as a reader searches."""
    rows = json.loads(_FILE.read_text(encoding="utf-8"))
    return tuple(sorted((row["name"] for row in rows), key=alphabet_key))


def province_choices() -> list[tuple[str, str]]:
    return [("", "—"), *((name, name) for name in province_names())]
