"""What is known of the register as a whole: when it was read through, what left for a place outside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pakn_portal import clock
from pakn_portal.register.checks import CHAIN, OUTSIDE, are_checks_missing, forged_checks, last_checks
from pakn_portal.register.heads import PATIENCE, forged_rows, is_wanted, last_head
from pakn_portal.register.models import RegisterCheck
from pakn_portal.staff.boards.sections import LookAfter
from pakn_portal.staff.boards.trend import told as told_number

#: It is checked each night.
CHECK_PATIENCE: Final = timedelta(days=2)
#: So many checks are listed.
SHOWN: Final = 10


@dataclass(frozen=True)
class CheckRow:
    check: RegisterCheck

    @property
    def chain(self) -> int:
        return int(self.check.offences.get(CHAIN, 0))

    @property
    def outside(self) -> int | None:
        """None where it was not compared."""
        found = self.check.offences.get(OUTSIDE)
        return None if found is None else int(found)

    @property
    def others(self) -> int:
        """Offences against the other invariants that were checked with it."""
        rest = (count for code, count in self.check.offences.items() if code not in (CHAIN, OUTSIDE))
        return sum(rest)


def past_checks() -> list[CheckRow]:
    return [CheckRow(check) for check in last_checks(SHOWN)]


def chain_lines() -> list[LookAfter]:
    """A constant number of queries."""
    return [*_of_check(), *_of_heads(), *_of_forged()]


def _of_check() -> Iterator[LookAfter]:
    rows = past_checks()
    if not rows:
        yield LookAfter(
            _("No check of the register is known. Ask the administrator to run pakn_verify every night."),
            is_bad=True,
        )
        return
    last = rows[0]
    told = {"at": _minute(last.check.checked_at), "lines": told_number(last.check.lines)}
    if last.chain:
        said = ngettext(
            "Checked at %(at)s: %(count)s fault in the chain of the register. Tell the leadership and the "
            "administrator; “pakn_verify --only I5” names the case.",
            "Checked at %(at)s: %(count)s faults in the chain of the register. Tell the leadership and the "
            "administrator; “pakn_verify --only I5” names the cases.",
            last.chain,
        )
        yield LookAfter(said % {**told, "count": told_number(last.chain)}, is_bad=True)
    else:
        said = _("Checked at %(at)s: all %(lines)s lines of the register are there and unchanged.")
        yield LookAfter(said % told)
    if last.check.checked_at < clock.now() - CHECK_PATIENCE:
        yield LookAfter(
            _("No check since then: ask the administrator to run pakn_verify every night."), is_bad=True
        )
    if last.outside:
        said = ngettext(
            "Compared with what was written down outside: %(count)s difference.",
            "Compared with what was written down outside: %(count)s differences.",
            last.outside,
        )
        yield LookAfter(said % {"count": told_number(last.outside)}, is_bad=True)
    if last.others:
        said = ngettext(
            "The same check found %(count)s other fault in the data.",
            "The same check found %(count)s other faults in the data.",
            last.others,
        )
        yield LookAfter(said % {"count": told_number(last.others)}, is_bad=True)


def _of_heads() -> Iterator[LookAfter]:
    head = last_head()
    if not is_wanted():
        yield LookAfter(
            _(
                "The last lines of the register are written down nowhere outside: if they were deleted, "
                "nothing would show it. Ask the administrator to set REGISTER_HEADS."
            ),
            is_bad=True,
        )
    if head is None:
        if is_wanted():
            yield LookAfter(_("No list of last lines has left for the place outside yet."), is_bad=True)
        return
    said = _("The last lines were written down outside at %(at)s; the register had %(lines)s lines.")
    is_old = is_wanted() and head.taken_at < clock.now() - PATIENCE
    yield LookAfter(said % {"at": _minute(head.taken_at), "lines": told_number(head.lines)}, is_bad=is_old)


def _of_forged() -> Iterator[LookAfter]:
    if are_checks_missing():
        yield LookAfter(
            _(
                "A note of a past check is gone: what that check found is not told here. Tell the leadership "
                "and the administrator; “pakn_verify --only I20” names the check."
            ),
            is_bad=True,
        )
    if count := forged_checks() + sum(1 for _row in forged_rows()):
        said = ngettext(
            "%(count)s note of a check or a list was not written by this system: tell the leadership.",
            "%(count)s notes of checks or lists were not written by this system: tell the leadership.",
            count,
        )
        yield LookAfter(said % {"count": told_number(count)}, is_bad=True)


def _minute(instant: datetime) -> str:
    return f"{clock.local(instant):%H:%M %d/%m/%Y}"
