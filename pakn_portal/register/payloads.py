"""What a line tells beside who, when and where: one small dataclass for each verb.

Their fields are sealed, so none is ever renamed; what changes gets a new field. Codes, keys and dates only,
never free text and nothing personal.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from pakn_portal.people.accounts import plain_key


@dataclass(frozen=True, kw_only=True, slots=True)
class Payload:
    """What nothing was told beside. `due_on`: the due date as the line left it, where the clock moved.
    `forgotten`: the texts of earlier lines that the verb erased, as `register.texts.name_of` calls them.
    """

    due_on: date | None = None
    forgotten: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """As JSON keeps it: dates as text; left out is what is None, and `forgotten` where nothing was."""
        values = {each.name: plain(getattr(self, each.name)) for each in fields(self)}
        return {name: value for name, value in values.items() if value not in (None, [])}


def plain(value: Any) -> Any:
    """As JSON keeps it: a date as text, a tuple as a list, a key as `people.accounts.plain_key` has it."""
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else plain_key(value)
