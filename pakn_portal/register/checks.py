"""When the registers were last read through, and what came of it: for whoever watches over them.

The site's key seals each row, so that whoever owns the database cannot add a check that nobody made.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from pakn_portal import clock
from pakn_portal.register.heads import event_models
from pakn_portal.register.keys import is_signed, signed
from pakn_portal.register.models import RegisterCheck

#: The invariants that a check of the register is about: the chains, and what was written down outside.
CHAIN, OUTSIDE = "I5", "I16"
#: So many of the last rows are looked through for one that the site wrote.
_LOOKED_AT: Final = 50


def keep_check(offences: Mapping[str, int]) -> RegisterCheck:
    """Of a check that read every chain."""
    check = RegisterCheck(
        # whole seconds, which every way out of the database and back keeps
        checked_at=clock.now().replace(microsecond=0),
        lines=sum(model._default_manager.count() for model in event_models()),
        offences=dict(offences),
    )
    check.seal = signed(_words(check))
    check.save()
    return check


def last_checks(number: int) -> list[RegisterCheck]:
    """The newest first, without rows that the site did not write. One query."""
    rows = RegisterCheck.objects.order_by("-checked_at", "-pk")[: max(number, _LOOKED_AT)]
    return [row for row in rows if is_signed(_words(row), row.seal)][:number]


def forged_checks() -> int:
    """How many of the last rows the site did not write as they are. One query."""
    rows = RegisterCheck.objects.order_by("-checked_at", "-pk")[:_LOOKED_AT]
    return sum(not is_signed(_words(row), row.seal) for row in rows)


def _words(check: RegisterCheck) -> str:
    told = {
        "checked_at": round(check.checked_at.timestamp()),
        "lines": check.lines,
        "offences": check.offences,
    }
    return f"check {json.dumps(told, sort_keys=True)}"
