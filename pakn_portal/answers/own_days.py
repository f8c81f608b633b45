"""The nearest day that whoever has a case has to keep before its due date.

The unit its draft and the day it has set itself, the Ministry Office the way to a unit. Beside the due date,
never instead of it: lists and figures count by that one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Max, prefetch_related_objects
from django.utils.translation import pgettext_lazy

from pakn_portal import clock
from pakn_portal.answers.step_limits import DRAFT, FORWARDING, Limited, StepLimit, limited
from pakn_portal.cases.enums import IN_UNIT, WITH_UNIT
from pakn_portal.cases.models import Case, CaseEvent, Extension
from pakn_portal.deadlines.calendar import Calendar
from pakn_portal.deadlines.rules import rules_for
from pakn_portal.people.scope import Scope

_NAMES: Final = {
    DRAFT: pgettext_lazy("own deadline", "draft"),
    FORWARDING: pgettext_lazy("own deadline", "to a unit"),
}
_INNER: Final = pgettext_lazy("own deadline", "set by the unit")


@dataclass(frozen=True)
class OwnDay:
    """`name`: of what, in a word or two."""

    due_on: date
    name: str


def own_day(case: Case, scope: Scope, limits: Iterable[Limited]) -> OwnDay | None:
    """Of one case, from its limits as they were read. No query."""
    theirs = _limit_of(case, scope)
    found = next((one.due_on for one in limits if one.limit is theirs), None)
    return _nearest(case, scope, theirs, found)


def own_days(cases: Sequence[Case], scope: Scope, calendar: Calendar) -> dict[int, OwnDay]:
    """By the key of a case, where this person has such a day. Four queries, however many; none where no case
    is theirs.
    """
    limits = {case.pk: theirs for case in cases if (theirs := _limit_of(case, scope)) is not None}
    days = _days([case for case in cases if case.pk in limits], limits, calendar)
    found = {case.pk: _nearest(case, scope, limits.get(case.pk), days.get(case.pk)) for case in cases}
    return {pk: own for pk, own in found.items() if own is not None}


def _limit_of(case: Case, scope: Scope) -> StepLimit | None:
    if case.status in IN_UNIT and case.lead_unit_id in scope.unit_ids:
        return DRAFT
    return FORWARDING if scope.is_intake and FORWARDING.runs_in(case) else None


def _nearest(case: Case, scope: Scope, limit: StepLimit | None, due_on: date | None) -> OwnDay | None:
    """Only what comes before the due date: behind it the due date says enough."""
    days = [OwnDay(due_on, str(_NAMES[limit]))] if limit is not None and due_on is not None else []
    if case.inner_due_on and case.status in WITH_UNIT and case.lead_unit_id in scope.unit_ids:
        days.append(OwnDay(case.inner_due_on, str(_INNER)))
    nearest = min(days, key=lambda own: own.due_on, default=None)
    if nearest is None or (case.due_on is not None and case.due_on <= nearest.due_on):
        return None
    return nearest


def _days(cases: list[Case], limits: dict[int, StepLimit], calendar: Calendar) -> dict[int, date]:
    if not cases:
        return {}
    rules = rules_for(*(limit.step for limit in _NAMES))
    prefetch_related_objects(cases, "pauses")
    starts = _starts(cases, limits)

    def start_of(case: Case) -> date | None:
        return starts.get(case.pk)

    found = (
        (case.pk, limited(replace(limits[case.pk], starts_on=start_of), case, calendar, rules))
        for case in cases
    )
    return {pk: one.due_on for pk, one in found if one is not None and one.due_on is not None}


def _starts(cases: list[Case], limits: dict[int, StepLimit]) -> dict[int, date]:
    """As each limit's `starts_on`, of many in two queries."""
    every = {verb for limit in _NAMES for verb in limit.begins}
    lines: Any = CaseEvent.objects.filter(case__in=cases, verb__in=every).order_by()
    last: dict[int, datetime] = {}
    for pk, verb, at in lines.values_list("case_id", "verb").annotate(Max("at")):
        if verb in limits[pk].begins:
            last[pk] = max(at, last.get(pk, at))
    extended = set(Extension.objects.filter(case__in=cases).order_by().values_list("case_id", "term_number"))
    return {
        case.pk: clock.local_date(last[case.pk])
        for case in cases
        if case.pk in last and not (limits[case.pk] is DRAFT and (case.pk, case.term_number) in extended)
    }
