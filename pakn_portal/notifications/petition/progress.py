"""The word to a sender who waits longer than the law's term, again and again until the answer is there.

Decision 574/QĐ-TTg of 2017: an answer within 20 days; what is not finished by then is told every 7 days. So
the days run from the due date **without its extension**: more time for the ministry is no silence for the
sender. How many days, and whether there is a notice at all, says the deadline rule of each case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from pakn_portal.cases.due_dates import due_on_unextended, pauses_of, rule_of
from pakn_portal.cases.enums import Status
from pakn_portal.cases.models import Case, Extension
from pakn_portal.deadlines.calendar import Calendar
from pakn_portal.deadlines.repeats import last_repeat
from pakn_portal.deadlines.rules import NoRule, current_calendar, rules_for, term_of
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.petition.enums import NoticeKind
from pakn_portal.notifications.petition.models import DeadlineNotice
from pakn_portal.notifications.petition.rules import PROGRESS
from pakn_portal.snippets.enums import Step
from pakn_portal.snippets.models import DeadlineRule

_CHUNK: Final = 500


def progress_given(today: date) -> Iterator[tuple[DeadlineNotice, OutgoingMail]]:
    """The notices that are due and were not given.

    Five queries, and three for every 500 cases that are late or extended.
    """
    rules = rules_for(Step.PROGRESS_NOTICE)
    if not rules:
        return
    calendar = current_calendar()
    for case in _waiting(today).iterator(chunk_size=_CHUNK):
        given = _notice(case, today, calendar, rules)
        if given is not None:
            yield given


def _waiting(today: date) -> QuerySet[Any]:
    """Past the unextended term, or maybe so; with the day of the last notice as `told_on`."""
    extended = Extension.objects.filter(case=OuterRef("pk"), term_number=OuterRef("term_number"))
    told = DeadlineNotice.objects.filter(case=OuterRef("pk"), kind=NoticeKind.PROGRESS).order_by("-due_on")
    cases: QuerySet[Any] = (
        Case.objects.open()
        .filter(Q(due_on__lt=today) | Exists(extended))
        .exclude(status=Status.NEED_INFO)
        .annotate(told_on=Subquery(told.values("due_on")[:1]))
        .select_related("submission__sender", "lead_unit")
        .prefetch_related("pauses", "extensions")
        .order_by("pk")
    )
    return cases


def _notice(
    case: Any, today: date, calendar: Calendar, rules: Iterable[DeadlineRule]
) -> tuple[DeadlineNotice, OutgoingMail] | None:
    try:
        every = term_of(rule_of(case, Step.PROGRESS_NOTICE, rules))
    except NoRule:
        return None
    starts_on = due_on_unextended(case, calendar)
    if starts_on is None:
        return None
    repeat = last_repeat(every, starts_on, today, pauses_of(case), calendar=calendar)
    if repeat is None or (case.told_on is not None and case.told_on > repeat.before):
        return None
    notice = DeadlineNotice(case=case, kind=NoticeKind.PROGRESS, due_on=repeat.on)
    context = {
        "due_on": case.due_on.isoformat() if case.due_on else "",
        "every": [every.amount, every.unit],
    }
    return notice, OutgoingMail(
        template=PROGRESS, case=case, to_sender=case.submission.sender, context=context
    )
