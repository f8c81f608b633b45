"""When a case is due, by which rule, and why; `case_clock` has what moves it."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import date

from pakn_portal import clock
from pakn_portal.cases.enums import OTHER_PROCEDURES, Status, Verb
from pakn_portal.cases.models import Case, Pause
from pakn_portal.cases.models import Extension as Granted
from pakn_portal.deadlines.calendar import Calendar, UnknownYear
from pakn_portal.deadlines.count import Deadline, Halt, MoreTime, Term, compute_deadline
from pakn_portal.deadlines.due import is_overdue
from pakn_portal.deadlines.explain import (
    expected,
    explain,
    explain_registration,
    explain_reopening,
    long_date,
)
from pakn_portal.deadlines.rules import NoRule, current_calendar, rule_for, term_of
from pakn_portal.snippets.enums import Step
from pakn_portal.snippets.models import DeadlineRule

logger = logging.getLogger(__name__)


def rule_of(case: Case, step: Step, among: Iterable[DeadlineRule] | None = None) -> DeadlineRule:
    """The rule for a step of this case, in force on the day from which its term counts. Raises NoRule."""
    return rule_if(case, step, sector=case.sector_id, urgency=case.urgency, among=among)


def rule_if(
    case: Case,
    step: Step,
    *,
    sector: int | None,
    urgency: str,
    among: Iterable[DeadlineRule] | None = None,
) -> DeadlineRule:
    """As `rule_of`, if the case were classified so."""
    submission = case.submission
    return rule_for(
        step=step,
        kind=submission.kind,
        sender_kind=submission.sender.kind,
        sector=sector,
        urgency=urgency,
        on=case.term_started_on,
        procedure=case.status if case.status in OTHER_PROCEDURES else "",
        among=among,
    )


def compute(case: Case, calendar: Calendar | None = None, *, tells_basis: bool = True) -> Deadline:
    """The deadline recomputed from what is stored (I7). Raises UnknownYear."""
    return compute_deadline(
        _term(case.term_amount or 1, case.term_unit),
        case.term_started_on,
        pauses_of(case, tells_lock=tells_basis),
        [
            MoreTime(_term(e.amount, e.unit), e.reason, e.legal_basis if tells_basis else "")
            for e in extensions_of(case)
        ],
        calendar=calendar or current_calendar(),
    )


def pauses_of(case: Case, *, tells_lock: bool = True) -> list[Halt]:
    """The pauses of the present term; those from before the case was re-opened are history. `tells_lock`:
    whether the reason of a lock is told.
    """
    if case.told_pauses is not None:
        return list(case.told_pauses)
    return [_halt(row, tells_lock) for row in _present_pauses(case)]


def _present_pauses(case: Case) -> list[Pause]:
    return [row for row in case.pauses.all() if row.term_number == case.term_number]


def paused_on(case: Case) -> date | None:
    """Since when its clock stands; None while it runs. For staff: a lock counts."""
    return min((row.started_on for row in _present_pauses(case) if row.ended_on is None), default=None)


def _halt(row: Pause, tells_lock: bool, ended_on: date | None = None) -> Halt:
    is_told = tells_lock or row.reason != Verb.HOLD
    return Halt(row.started_on, row.ended_on or ended_on, str(row.get_reason_display()) if is_told else "")


def hide_lock(case: Case, answered_on: date | None) -> None:
    """On a copy for its sender: the clock as it would run without the present lock. `answered_on`: when they
    answered meanwhile what they were asked.
    """
    open_locks = [row for row in _present_pauses(case) if row.reason == Verb.HOLD and row.ended_on is None]
    others = [row for row in _present_pauses(case) if row not in open_locks]
    if not open_locks and answered_on is None:
        return
    case.told_pauses = [_halt(row, False, answered_on) for row in others]  # type: ignore[misc]
    case.due_on = due_on(case)


def extensions_of(case: Case) -> list[Granted]:
    """The extensions of the present term; those from before the case was re-opened are history.

    Told by the term's number, not by dates: what comes in the evening counts from the next working day
    (`term_started_on`), and may be extended before that.
    """
    return [row for row in case.extensions.all() if row.term_number == case.term_number]


def due_on(case: Case, calendar: Calendar | None = None) -> date | None:
    """None while paused, and when the calendar does not know the year: we never guess (F27)."""
    if case.pk is None:
        pauses: list[Halt] = []
        term = _term(case.term_amount or 1, case.term_unit)
        try:
            return compute_deadline(
                term, case.term_started_on, pauses, calendar=calendar or current_calendar()
            ).due_on
        except UnknownYear as error:
            return _unknown(case, error)
    try:
        return compute(case, calendar).due_on
    except UnknownYear as error:
        return _unknown(case, error)


def outlook(case: Case, rule: DeadlineRule, calendar: Calendar) -> Deadline:
    """The deadline that the case would have by this rule. No query where its pauses and extensions are read
    along. Raises UnknownYear.
    """
    more = [MoreTime(_term(e.amount, e.unit), e.reason, e.legal_basis) for e in extensions_of(case)]
    return compute_deadline(term_of(rule), case.term_started_on, pauses_of(case), more, calendar=calendar)


def due_on_unextended(case: Case, calendar: Calendar | None = None) -> date | None:
    """The due date as it was before any extension: the law's own term."""
    if not extensions_of(case):
        return case.due_on
    term = _term(case.term_amount or 1, case.term_unit)
    try:
        return compute_deadline(
            term, case.term_started_on, pauses_of(case), calendar=calendar or current_calendar()
        ).due_on
    except UnknownYear as error:
        return _unknown(case, error)


def told(case: Case, calendar: Calendar | None = None) -> str:
    """The due date with its weekday, and whether it is only expected; "" without one. One query, and two more
    where such days lie on the way.
    """
    if case.due_on is None:
        return ""
    calendar = calendar or current_calendar()
    if any(case.term_started_on < day for day in calendar.expected):
        try:
            return told_of(compute(case, calendar))
        except UnknownYear:
            pass  # the date was given by hand, or before the rows of the year were lost
    return long_date(case.due_on)


def told_of(deadline: Deadline) -> str:
    """As `told`, of a deadline that may not be the case's own."""
    if deadline.due_on is None:
        return ""
    text = long_date(deadline.due_on)
    return expected(text) if deadline.is_expected else text


def is_late(case: Case) -> bool:
    """The last day of the term is over, and no answer was given."""
    return case.is_open and is_overdue(case.due_on, clock.today())


def _unknown(case: Case, error: UnknownYear) -> date | None:
    logger.warning("Case %s has no due date: %s", case.number, error)
    return None


def _term(amount: int, unit: str) -> Term:
    return Term(amount, "wd" if unit == "wd" else "cd")


def step_due_on(
    case: Case,
    step: Step,
    starts_on: date,
    calendar: Calendar | None = None,
    rules: Iterable[DeadlineRule] | None = None,
    pauses: Sequence[Halt] = (),
) -> date | None:
    """When a step of the work is due, None without a rule or a calendar for it."""
    try:
        term, calendar = term_of(rule_of(case, step, rules)), calendar or current_calendar()
        return compute_deadline(term, starts_on, pauses, calendar=calendar).due_on
    except (NoRule, UnknownYear) as error:
        logger.warning("Case %s, step %s: %s", case.number, step, error)
        return None


def intake_due_on(
    case: Case, calendar: Calendar | None = None, rules: Iterable[DeadlineRule] | None = None
) -> date | None:
    """When the case is to be received; days on which its sender was asked for more are not counted."""
    pauses = pauses_of(case) if case.pk else []
    return step_due_on(case, Step.INTAKE, case.term_started_on, calendar, rules, pauses)


def explanation(case: Case, calendar: Calendar | None = None, *, tells_basis: bool = True) -> str:
    """How the due date was computed, as a sentence; or why there is none. The basis of a rule is for staff:
    it may be a remark, and nobody has verified it unless the row says so.
    """
    try:
        return explain(compute(case, calendar, tells_basis=tells_basis))
    except UnknownYear as error:
        return str(error).rstrip(".")


def counted_from(case: Case, calendar: Calendar | None = None) -> str:
    """Why the term does not count from the very day of receipt, as a sentence without its full stop; "" when
    it does.
    """
    if case.term_number > 1:
        return explain_reopening(case.registered_on, case.term_started_on)
    received_at = clock.local(case.submission.received_at)
    if received_at.date() == case.registered_on:
        return ""
    return explain_registration(received_at, case.registered_on, calendar or current_calendar())


def hand_over_due_on(
    case: Case, calendar: Calendar | None = None, rules: Iterable[DeadlineRule] | None = None
) -> date | None:
    """By when a complaint or a denunciation is to be with whoever is competent, counted from its receipt.

    Days on which the clock of the petition stood count: neither law lets this term stand still.
    """
    return step_due_on(case, Step.HAND_OVER, case.term_started_on, calendar, rules)


def moved_dates(
    case: Case, calendar: Calendar | None = None, rules: Iterable[DeadlineRule] | None = None
) -> dict[str, date | None]:
    """The dates of this case that come out otherwise now, by field; none for a closed case.

    Reply while the clock runs, intake until it is received, supplement while the sender is waited for; of a
    complaint or a denunciation the day by which it is to be handed over. `calendar` and `rules` are read once
    for many cases.
    """
    calendar = calendar or current_calendar()
    again: dict[str, date | None]
    if case.waits_for_keepers and case.handed_over_on is None:
        again = {"hand_over_due_on": hand_over_due_on(case, calendar, rules)}
    elif not case.is_open:
        return {}
    elif case.status == Status.NEED_INFO:
        supplement = step_due_on(case, Step.SUPPLEMENT, asked_on(case), calendar, rules)
        again = {"supplement_due_on": supplement}
    else:
        again = {"due_on": due_on(case, calendar)}
    if case.status == Status.SUBMITTED:
        again["intake_due_on"] = intake_due_on(case, calendar, rules)
    return {name: day for name, day in again.items() if day != getattr(case, name)}


def asked_on(case: Case) -> date:
    """The day from which the sender is being waited for, anew after a lock was lifted.

    One query; none where the case was read `with_wait()`.
    """
    at = case.asked_at if hasattr(case, "asked_at") else Case.objects.with_wait().get(pk=case.pk).asked_at
    return clock.local_date(at) if at else clock.today()
