"""What lines of the register tell, for whoever holds rows against them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from pakn_portal.register.models import FIRST_FORMAT

#: No transaction lasts longer between a row and the line that tells of it.
APART: Final = timedelta(minutes=5)


def is_by(line: Any, by_id: Any, at: datetime | None) -> bool:
    """Whether the line has this person and this instant; without a line, whether there is neither. The row
    is written in the transaction of its line, a little before.
    """
    if line is None or at is None:
        return line is None and at is None and by_id is None
    return bool(line.by_id == by_id) and abs(line.at - at) < APART


def last_of(lines: list[Any], *verbs: str) -> Any:
    """The last line of one of these verbs; None where there is none."""
    return next((line for line in reversed(lines) if line.verb in verbs), None)


def names_told(lines: Iterable[Any]) -> set[str] | None:
    """The names of all texts that these lines prove; None where one is too old to tell of any."""
    lines = list(lines)
    if any(line.format == FIRST_FORMAT for line in lines):
        return None
    return {name for line in lines for name in line.texts}
