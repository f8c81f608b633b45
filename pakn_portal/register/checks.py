"""When the registers were last read through, and what came of it: for whoever watches over them.

The site's key seals each row, so that whoever owns the database cannot add a check that nobody made. Each has
a number and seals the row before, so that none can be taken out from among them (I20); that the last were cut
off is told by the lists that leave each day (`heads.py`), which name the newest.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from django.db.models import F, QuerySet

from pakn_portal import clock
from pakn_portal.register.heads import event_models, heads_with_checks, last_head
from pakn_portal.register.keys import is_signed, signed
from pakn_portal.register.models import RegisterCheck

#: The invariants that a check of the register is about: the chains, and what was written down outside.
CHAIN, OUTSIDE = "I5", "I16"
#: So many of the last rows are looked through for one that the site wrote.
_LOOKED_AT: Final = 50


def keep_check(offences: Mapping[str, int]) -> RegisterCheck:
    """Of a check that read every chain. Raises IntegrityError when another one was kept at the same time."""
    before = _newest_first().first()
    check = RegisterCheck(
        number=(before.number or 0) + 1 if before else 1,
        previous=before.seal if before else "",
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
    rows = _newest_first()[: max(number, _LOOKED_AT)]
    return [row for row in rows if _is_written_here(row)][:number]


def forged_checks() -> int:
    """How many of the last rows the site did not write as they are. One query."""
    return sum(not _is_written_here(row) for row in _newest_first()[:_LOOKED_AT])


def are_checks_missing() -> bool:
    """Whether one of the last rows is gone, or the one that the newest list names. Two queries."""
    rows, head = list(_newest_first()[:_LOOKED_AT]), last_head()
    if head is not None and head.check_seal and head.check_seal not in {row.seal for row in rows}:
        return True
    return any(_breaks(rows[::-1]))


def altered_checks() -> Iterator[str]:
    """A sentence for each row that is not as the site wrote it, and for what is gone between and behind."""
    rows = list(_newest_first())[::-1]
    for row in rows:
        if not _is_written_here(row):
            yield f"{_name(row)} is not as this site wrote it"
    first = next((row for row in rows if row.number is not None), None)
    if first is not None and first.number != 1:
        yield f"before {_name(first)} checks are missing"
    yield from _breaks(rows)
    kept = {row.seal for row in rows}
    for head in heads_with_checks():
        if head.check_seal not in kept:
            day = clock.local_date(head.taken_at)
            yield f"the check of the register that the list of {day:%d/%m/%Y} names is not there as it was"


def _breaks(rows: Sequence[RegisterCheck]) -> Iterator[str]:
    """Where a row does not follow the one before it; the oldest first. Rows without numbers seal none."""
    for before, row in pairwise(rows):
        if row.number is None:
            continue
        if row.number != (before.number or 0) + 1:
            yield f"before {_name(row)} checks are missing"
        elif row.previous != before.seal:
            yield f"{_name(row)} was made after another one than the row before it"


def _newest_first() -> QuerySet[RegisterCheck]:
    """Those without a number are older than those with one."""
    return RegisterCheck.objects.order_by(F("number").desc(nulls_last=True), "-checked_at", "-pk")


def _is_written_here(row: RegisterCheck) -> bool:
    return is_signed(_words(row), row.seal)


def _name(row: RegisterCheck) -> str:
    return f"check {row.number or '…'} of the register, {clock.local_date(row.checked_at):%d/%m/%Y},"


def _words(check: RegisterCheck) -> str:
    told: dict[str, Any] = {
        "checked_at": round(check.checked_at.timestamp()),
        "lines": check.lines,
        "offences": check.offences,
    }
    if check.number is not None or check.previous:  # rows of before are sealed without them
        told |= {"number": check.number, "previous": check.previous}
    return f"check {json.dumps(told, sort_keys=True)}"
