from __future__ import annotations

from collections.abc import Iterator

from pakn_portal.cases.enums import IN_UNIT, Right, Status
from pakn_portal.cases.graph import transitions_from
from pakn_portal.cases.models import Case
from pakn_portal.management.verify.progress import Progress
from pakn_portal.people.at_hand import AtHand

_NEEDS_UNIT = IN_UNIT | {Status.DRAFT_REVIEW}
_NOBODY = {Right.SYSTEM}


def owned(progress: Progress) -> Iterator[str]:
    """Exactly one lead unit, at work, wherever the status needs one; and a move that a person can make."""
    homeless = Case.objects.filter(status__in=_NEEDS_UNIT, lead_unit=None)
    for number, status in homeless.values_list("number", "status").iterator():
        yield f"{number} is {status} without a lead unit"
    closed = Case.objects.filter(status__in=_NEEDS_UNIT, lead_unit__is_active=False)
    for number in closed.values_list("number", flat=True).iterator():
        yield f"{number} lies with a unit that is closed"
    yield from _left_alone()
    for status in Case.objects.open().order_by().values_list("status", flat=True).distinct():
        if not any(row.rights - _NOBODY and row.target for row in transitions_from(status)):
            yield f"no move leads out of {status}"


def _left_alone() -> Iterator[str]:
    """What lies with an officer who cannot act any more, or with a unit where nobody can."""
    lying = Case.objects.filter(status__in=_NEEDS_UNIT, lead_unit__is_active=True)
    units = set(lying.order_by().values_list("lead_unit", flat=True).distinct())
    at_hand = AtHand(units)
    empty = {unit for unit in units if not at_hand.contacts(unit)}
    rows = lying.order_by("pk").values_list("number", "lead_unit", "officer")
    for number, unit, officer in rows.iterator():
        if unit in empty:
            yield f"{number} lies with a unit where nobody can act"
        elif officer is not None and not at_hand.can_handle(officer, unit):
            yield f"{number} lies with an officer who cannot act any more"
