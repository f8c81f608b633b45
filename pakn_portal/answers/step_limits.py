"""Limits that the law sets to one step of the work, beside the due date of the whole case.

Referral to another agency within five working days of receipt (Decree 20/2008/NĐ-CP, art. 9), publication
within five working days of the answer (Law 104/2016/QH13, art. 18): the days are rows of the deadline rules.
Nothing is refused once a limit is over; who can still act is told, on the screen and by mail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q
from django.utils.text import capfirst

from pakn_portal import clock
from pakn_portal.answers.enums import PublicTextState
from pakn_portal.answers.models import public_text_of
from pakn_portal.cases.due_dates import rule_of
from pakn_portal.cases.enums import AT_INTAKE, Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.deadlines.calendar import Calendar, UnknownYear
from pakn_portal.deadlines.clock import Deadline, compute_deadline
from pakn_portal.deadlines.due import is_overdue
from pakn_portal.deadlines.explain import explain
from pakn_portal.deadlines.rules import NoRule, current_calendar, term_of
from pakn_portal.snippets.enums import Step
from pakn_portal.snippets.models import DeadlineRule


@dataclass(frozen=True)
class StepLimit:
    """`verb` keeps the limit. `runs_in` and `runs_for` say the same, of one case and of many: the step may
    still be owed.
    """

    step: Step
    verb: Verb
    runs_in: Callable[[Case], bool]
    runs_for: Q
    starts_on: Callable[[Case], date | None]


def _waits_for_publisher(case: Case) -> bool:
    if case.status != Status.ANSWERED:
        return False
    text = public_text_of(case)
    return text is not None and text.state == PublicTextState.REQUESTED


REFERRAL: Final = StepLimit(
    step=Step.REFER,
    verb=Verb.REFER,
    runs_in=lambda case: case.status in AT_INTAKE,
    runs_for=Q(status__in=AT_INTAKE),
    starts_on=lambda case: case.registered_on,
)
PUBLICATION: Final = StepLimit(
    step=Step.PUBLISH,
    verb=Verb.PUBLISH,
    runs_in=_waits_for_publisher,
    runs_for=Q(status=Status.ANSWERED, public_text__state=PublicTextState.REQUESTED),
    starts_on=lambda case: case.closed_on,
)
LIMITS: Final = (REFERRAL, PUBLICATION)


@dataclass(frozen=True)
class Limited:
    """A limit as it runs for one case."""

    limit: StepLimit
    deadline: Deadline
    legal_basis: str

    @property
    def due_on(self) -> date | None:
        return self.deadline.due_on

    @property
    def is_over(self) -> bool:
        return is_overdue(self.due_on, clock.today())

    @property
    def sentence(self) -> str:
        return f"{capfirst(self.limit.step.label)}: {explain(self.deadline)}"


def limits_of(case: Case, calendar: Calendar | None = None) -> list[Limited]:
    """The limits that run for this case now. For each a query: its rule."""
    found = (limited(limit, case, calendar) for limit in LIMITS if limit.runs_in(case))
    return [one for one in found if one is not None]


def limited(
    limit: StepLimit,
    case: Case,
    calendar: Calendar | None = None,
    rules: Iterable[DeadlineRule] | None = None,
) -> Limited | None:
    """None without a rule or a calendar for it. `calendar` and `rules` are read once for many cases."""
    starts_on = limit.starts_on(case)
    if starts_on is None:
        return None
    try:
        rule = rule_of(case, limit.step, rules)
        deadline = compute_deadline(term_of(rule), starts_on, calendar=calendar or current_calendar())
    except (NoRule, UnknownYear):
        return None
    return Limited(limit, deadline, rule.legal_basis)


def all_over(limit: StepLimit, today: date) -> Iterator[tuple[Case, date]]:
    """The cases in which it is over, with its last day. Three queries, and one for every 500 cases."""
    rules, calendar = list(DeadlineRule.objects.filter(step=limit.step)), current_calendar()
    if not rules:
        return
    cases = Case.objects.filter(limit.runs_for).select_related("lead_unit", "submission__sender")
    for case in cases.order_by("pk").iterator(chunk_size=500):
        found = limited(limit, case, calendar, rules)
        if found is not None and found.due_on is not None and is_overdue(found.due_on, today):
            yield case, found.due_on
