"""What waits for whom: the querysets behind "my cases", "my unit's" and the figures of the home panel."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property, reduce
from operator import or_
from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from pakn_portal import clock
from pakn_portal.answers import figures as counted
from pakn_portal.answers.step_limits import publisher_days
from pakn_portal.cases.enums import AWAITED, IN_UNIT, OPEN, Right, Status
from pakn_portal.cases.models import Case
from pakn_portal.cases.querysets import CaseQuerySet
from pakn_portal.cases.turns import ROLE_TURNS, UNIT_TURNS
from pakn_portal.deadlines.calendar import Calendar
from pakn_portal.deadlines.due import is_due_soon, is_overdue
from pakn_portal.deadlines.rules import current_calendar
from pakn_portal.people.at_hand import AtHand
from pakn_portal.people.scope import Scope

MINE, ELSEWHERE, UNIT, ALL = "mine", "elsewhere", "unit", "all"
NEW, SOON, OVERDUE, APPROVAL, PUBLICATION, RETURNED = (
    "new", "soon", "overdue", "approval", "publication", "returned",
)  # fmt: skip
TODAY = "today"
#: So many of a list are counted; beyond it there are "1000+".
MOST_COUNTED: Final = 1000
#: Of what is to be published or corrected: the day for it went by.
LATE_PUBLICATION = "late_publication"


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
            return visible.filter(_waiting_elsewhere(scope), status__in=OPEN).exclude(self.open_to_them)
        if which == MINE:
            return visible.filter(reduce(or_, self.beside, Q(status__in=OPEN) & self.open_to_them))
        if which == UNIT:
            return visible.filter(lead_unit__in=scope.unit_ids)
        return visible

    @cached_property
    def open_to_them(self) -> Q:
        """Of the open cases those whose next step is this person's: as officer, or in their role."""
        return _open_for(self.scope)

    @property
    def beside(self) -> list[Q]:
        """What is no open case any more and waits for this person all the same; no case is in two of them."""
        return [turn.cases for turn in ROLE_TURNS if not turn.is_open and turn.is_of(self.scope)]


def cases_in(scope: Scope, which: str) -> CaseQuerySet:
    """One of the `Worklists`."""
    return Worklists(scope).cases_in(which)


def count_of(cases: QuerySet[Case]) -> int:
    """How many, and one more than `MOST_COUNTED` for whatever is beyond it. One query, which reads no row."""
    return cases.order_by().values("pk")[: MOST_COUNTED + 1].count()


def told_count(count: int) -> str:
    """As the tabs and the buttons tell what `count_of` found."""
    return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count)


def _waiting_elsewhere(scope: Scope) -> Q:
    """What they have in hand and cannot go on with: the sender, another unit or the head has it."""
    waiting = Q(officer=scope.user, status__in=AWAITED)
    if scope.is_intake:
        waiting |= Q(status=Status.NEED_INFO, lead_unit=None)
    return waiting


def _open_for(scope: Scope) -> Q:
    waiting = Q(officer=scope.user, status__in=UNIT_TURNS[Right.OFFICER])
    for turn in ROLE_TURNS:
        if turn.is_open and turn.is_of(scope):
            waiting |= turn.cases
    if scope.focal_of:
        waiting |= Q(status__in=UNIT_TURNS[Right.FOCAL], lead_unit__in=scope.focal_of)
    if scope.head_of:
        waiting |= Q(status__in=UNIT_TURNS[Right.HEAD], lead_unit__in=scope.head_of)
    if scope.unit_ids:
        waiting |= asked_for_opinion(scope) | _standing_in(scope)
    if scope.is_leader:
        waiting |= Q(status__in=UNIT_TURNS[Right.HEAD], lead_unit__in=_headless_units())
    return waiting


def _standing_in(scope: Scope) -> Q:
    """What falls to this person because an officer, a focal person or a head of the unit cannot act.

    Four queries, and looks only at what is open.
    """
    at_hand = AtHand(scope.unit_ids)
    mine = {unit for unit in scope.unit_ids if scope.user in at_hand.contacts(unit)}
    waiting = Q(status__in=UNIT_TURNS[Right.FOCAL], lead_unit__in=mine)
    held = Case.objects.filter(status__in=IN_UNIT, lead_unit__in=mine).exclude(officer=None)
    for unit, officer in held.order_by().values_list("lead_unit", "officer").distinct():
        if not at_hand.can_handle(officer, unit):
            waiting |= Q(status__in=IN_UNIT, lead_unit=unit, officer=officer)
    return waiting


def _headless_units() -> list[int]:
    """Units with an answer to approve and no head, nor one above, who can act."""
    waiting = Case.objects.filter(status__in=UNIT_TURNS[Right.HEAD]).order_by()
    units = set(waiting.values_list("lead_unit", flat=True).distinct())
    at_hand = AtHand(units)
    return [unit for unit in units if not at_hand.heads(unit)]


def asked_for_opinion(scope: Scope) -> Q:
    """Only the unit whose turn it is: those that were asked before stay supporting units."""
    waiting: Any = Case.objects.filter(
        status__in=UNIT_TURNS[Right.SUPPORT], supporting_units__in=scope.unit_ids
    )
    waiting = waiting.exclude(lead_unit__in=scope.unit_ids).with_asked_unit()
    return Q(pk__in=waiting.filter(asked_unit_id__in=scope.unit_ids).values("pk"))


def owed_by_publisher(when: str) -> Q:
    """What is to be published or corrected and is `OVERDUE`, due `TODAY`, or due `SOON`."""
    today, calendar = clock.today(), current_calendar()
    meant: dict[str, Callable[[date], bool]] = {
        OVERDUE: lambda day: is_overdue(day, today),
        TODAY: lambda day: day == today,
        SOON: lambda day: is_due_soon(day, today, calendar),
    }
    return Q(pk__in=[key for key, day in publisher_days().items() if meant[when](day)])


def figures(scope: Scope, today: date, calendar: Calendar) -> dict[str, int]:
    """The counts of the home panel, over what this person may see.

    Two queries, one more for each role that closed cases wait for, and all look only at what is unfinished:
    the closed cases of many years are not counted through.
    """
    visible, lists = Case.objects.within(scope).order_by(), Worklists(scope)
    keeper = scope.reads_sealed
    conditions = {
        NEW: counted.NEW,
        SOON: counted.due_soon(today, calendar, keeper=keeper),
        OVERDUE: counted.overdue(today, keeper=keeper),
        APPROVAL: counted.WAITING_FOR_APPROVAL,
        RETURNED: counted.RETURNED,
        MINE: lists.open_to_them,
    }
    counts = {name: Count("pk", filter=condition) for name, condition in conditions.items()}
    found = visible.filter(status__in=OPEN).aggregate(**counts)
    found[PUBLICATION] = visible.filter(counted.waiting_for_publisher()).count()
    if scope.is_publisher:
        late = counted.waiting_for_publisher() & owed_by_publisher(OVERDUE)
        found[LATE_PUBLICATION] = visible.filter(late).count()
    beside = {MINE: Count("pk"), SOON: counts[SOON], OVERDUE: counts[OVERDUE]}
    for cases in lists.beside:
        for name, count in visible.filter(cases).aggregate(**beside).items():
            found[name] += count
    return found
