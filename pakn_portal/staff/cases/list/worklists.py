"""What waits for whom: the querysets behind "my cases", "my unit's" and the figures of the home panel."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any, Final

from django.db.models import Count, Q

from pakn_portal.answers import figures as counted
from pakn_portal.cases.enums import AT_INTAKE, IN_UNIT, OPEN, Status
from pakn_portal.cases.models import Case
from pakn_portal.cases.querysets import IS_KEPT, CaseQuerySet
from pakn_portal.deadlines.calendar import Calendar
from pakn_portal.people.at_hand import AtHand
from pakn_portal.people.scope import Scope

MINE, ELSEWHERE, UNIT, ALL = "mine", "elsewhere", "unit", "all"
NEW, SOON, OVERDUE, APPROVAL, PUBLICATION, RETURNED = (
    "new", "soon", "overdue", "approval", "publication", "returned",
)  # fmt: skip

#: Somebody else has the next step: the sender, a unit that was asked, the head.
_AWAITED: Final = frozenset({Status.NEED_INFO, Status.COORDINATING, Status.DRAFT_REVIEW, Status.SECRET_HOLD})


class Worklists:
    """Of one person, as things stand: who stands in for whom is read once for all of them."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def cases_in(self, which: str) -> CaseQuerySet:
        """The visible cases of a tab: `mine` waits for this person, `elsewhere` for somebody else before it
        comes back to them; anything else means all that they may see.
        """
        scope, visible = self.scope, Case.objects.within(self.scope)
        if which == ELSEWHERE:
            return visible.filter(_waiting_elsewhere(scope), status__in=OPEN).exclude(self._open)
        if which == MINE:
            return visible.filter(self._waiting)
        if which == UNIT:
            return visible.filter(lead_unit__in=scope.unit_ids)
        return visible

    @property
    def _waiting(self) -> Q:
        """The next step is this person's: theirs as officer, or in their role."""
        waiting = Q(status__in=OPEN) & self._open
        if self.scope.is_publisher:
            waiting |= counted.waiting_for_publisher() | counted.waiting_for_correction()
        return waiting | IS_KEPT if self.scope.reads_sealed else waiting

    @cached_property
    def _open(self) -> Q:
        return _open_for(self.scope)


def cases_in(scope: Scope, which: str) -> CaseQuerySet:
    """One of the `Worklists`."""
    return Worklists(scope).cases_in(which)


def _waiting_elsewhere(scope: Scope) -> Q:
    """What they have in hand and cannot go on with: the sender, another unit or the head has it."""
    waiting = Q(officer=scope.user, status__in=_AWAITED)
    if scope.is_intake:
        waiting |= Q(status=Status.NEED_INFO, lead_unit=None)
    return waiting


def _open_for(scope: Scope) -> Q:
    """Of the open cases those that wait for this person."""
    waiting = Q(officer=scope.user, status__in=OPEN - _AWAITED)
    if scope.is_intake:
        waiting |= Q(status__in=AT_INTAKE)
    if scope.focal_of:
        waiting |= Q(status=Status.ROUTED, lead_unit__in=scope.focal_of)
    if scope.head_of:
        waiting |= Q(status=Status.DRAFT_REVIEW, lead_unit__in=scope.head_of)
    if scope.unit_ids:
        waiting |= asked_for_opinion(scope) | _standing_in(scope)
    if scope.is_leader:
        waiting |= Q(status=Status.DRAFT_REVIEW, lead_unit__in=_headless_units())
    if scope.reads_sealed:
        waiting |= Q(status=Status.SECRET_HOLD)
    return waiting


def _standing_in(scope: Scope) -> Q:
    """What falls to this person because an officer, a focal person or a head of the unit cannot act.

    Four queries, and looks only at what is open.
    """
    at_hand = AtHand(scope.unit_ids)
    mine = {unit for unit in scope.unit_ids if scope.user in at_hand.contacts(unit)}
    waiting = Q(status=Status.ROUTED, lead_unit__in=mine)
    held = Case.objects.filter(status__in=IN_UNIT, lead_unit__in=mine).exclude(officer=None)
    for unit, officer in held.order_by().values_list("lead_unit", "officer").distinct():
        if not at_hand.can_handle(officer, unit):
            waiting |= Q(status__in=IN_UNIT, lead_unit=unit, officer=officer)
    return waiting


def _headless_units() -> list[int]:
    """Units with an answer to approve and no head, nor one above, who can act."""
    waiting = Case.objects.filter(status=Status.DRAFT_REVIEW).order_by()
    units = set(waiting.values_list("lead_unit", flat=True).distinct())
    at_hand = AtHand(units)
    return [unit for unit in units if not at_hand.heads(unit)]


def asked_for_opinion(scope: Scope) -> Q:
    """Only the unit whose turn it is: those that were asked before stay supporting units."""
    waiting: Any = Case.objects.filter(status=Status.COORDINATING, supporting_units__in=scope.unit_ids)
    waiting = waiting.exclude(lead_unit__in=scope.unit_ids).with_asked_unit()
    return Q(pk__in=waiting.filter(asked_unit_id__in=scope.unit_ids).values("pk"))


def figures(scope: Scope, today: date, calendar: Calendar) -> dict[str, int]:
    """The counts of the home panel, over what this person may see.

    Two queries, one more for the keepers of sealed cases, and all look only at what is unfinished: the closed
    cases of many years are not counted through.
    """
    visible = Case.objects.within(scope).order_by()
    conditions = {
        NEW: counted.NEW,
        SOON: counted.due_soon(today, calendar),
        OVERDUE: counted.overdue(today),
        APPROVAL: counted.WAITING_FOR_APPROVAL,
        RETURNED: counted.RETURNED,
        MINE: _open_for(scope),
    }
    counts = {name: Count("pk", filter=condition) for name, condition in conditions.items()}
    found = visible.filter(status__in=OPEN).aggregate(**counts)
    to_publish, to_correct = counted.waiting_for_publisher(), counted.waiting_for_correction()
    texts = visible.filter(to_publish | to_correct).aggregate(
        publication=Count("pk", filter=to_publish), all=Count("pk")
    )
    found[PUBLICATION] = texts["publication"]
    if scope.is_publisher:
        found[MINE] += texts["all"]
    if scope.reads_sealed:
        kept = visible.filter(IS_KEPT).aggregate(
            **{
                MINE: Count("pk"),
                SOON: Count("pk", filter=counted.due_soon(today, calendar, keeper=True)),
                OVERDUE: Count("pk", filter=counted.overdue(today, keeper=True)),
            }
        )
        found = {name: count + kept.get(name, 0) for name, count in found.items()}
    return found
