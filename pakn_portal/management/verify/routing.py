from __future__ import annotations

from collections.abc import Iterator

from pakn_portal import permissions
from pakn_portal.cases.enums import WITH_UNIT, Right
from pakn_portal.cases.models import Case
from pakn_portal.cases.petition_graph import PETITION_GRAPH
from pakn_portal.cases.turns import ROLE_TURNS, UNIT_TURNS
from pakn_portal.management.verify.progress import Progress
from pakn_portal.people.at_hand import AtHand, holders_of

_NOBODY = {Right.SYSTEM}


def owned(progress: Progress) -> Iterator[str]:
    """Each open case has an active lead unit if its status needs one, and a move for a person. What waits
    though it is closed has somebody too.
    """
    homeless = Case.objects.filter(status__in=WITH_UNIT, lead_unit=None)
    for number, status in homeless.values_list("number", "status").iterator():
        yield f"{number} is {status} without a lead unit"
    closed = Case.objects.filter(status__in=WITH_UNIT, lead_unit__is_active=False)
    for number in closed.values_list("number", flat=True).iterator():
        yield f"{number} lies with a unit that is closed"
    yield from _left_alone()
    yield from _waiting_for_nobody()
    for status in Case.objects.open().order_by().values_list("status", flat=True).distinct():
        if not any(row.rights - _NOBODY and row.target for row in PETITION_GRAPH.leaving(status)):
            yield f"no move leads out of {status}"


def _left_alone() -> Iterator[str]:
    """Cases whose officer cannot act, whose unit has nobody who can act, or that wait for heads of whom there
    are none. A unit that is asked for an opinion counts too.
    """
    lying = Case.objects.filter(status__in=WITH_UNIT, lead_unit__is_active=True).order_by("pk")
    asked = Case.objects.filter(status__in=UNIT_TURNS[Right.SUPPORT]).order_by("pk").with_asked_unit()
    leading = set(lying.order_by().values_list("lead_unit", flat=True).distinct())
    helping = set(asked.order_by().values_list("asked_unit_id", flat=True).distinct()) - {None}
    at_hand = AtHand(leading | helping)
    empty = {unit for unit in leading | helping if at_hand.is_empty(unit)}
    has_leaders = holders_of(permissions.LEAD).exists()
    rows = lying.values_list("number", "status", "lead_unit", "officer")
    for number, status, unit, officer in rows.iterator():
        if unit in empty:
            yield f"{number} lies with a unit where nobody can act"
        elif officer is not None and not at_hand.can_handle(officer, unit):
            yield f"{number} lies with an officer who cannot act any more"
        elif status in UNIT_TURNS[Right.HEAD] and not has_leaders and not at_hand.heads(unit):
            yield f"{number} waits for a head or a leader, and there is none"
    for number, unit in asked.values_list("number", "asked_unit_id").iterator():
        if unit in empty:
            yield f"{number} waits for the opinion of a unit where nobody can act"


def _waiting_for_nobody() -> Iterator[str]:
    """Cases that wait for a ministry-wide role that nobody with an open account holds."""
    for turn in ROLE_TURNS:
        if not holders_of(turn.permission).exists():
            numbers = Case.objects.filter(turn.cases).order_by("pk").values_list("number", flat=True)
            for number in numbers.iterator():
                yield f"{number} waits for {turn.who}, and nobody is there"
