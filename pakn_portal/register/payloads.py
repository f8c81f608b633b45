"""What a line tells beside who, when and where: one small dataclass for each verb.

Their fields are sealed, so none is ever renamed; what changes gets a new field. Codes, keys and dates only,
never free text and nothing personal.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any


@dataclass(frozen=True, kw_only=True, slots=True)
class Payload:
    """What nothing was told beside. `due_on`: the due date as the line left it, where the clock moved."""

    due_on: date | None = None

    def as_data(self) -> dict[str, Any]:
        """As JSON keeps it: dates as text, what is None left out."""
        values = {each.name: _plain(getattr(self, each.name)) for each in fields(self)}
        return {name: value for name, value in values.items() if value is not None}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
