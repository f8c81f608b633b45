"""Every figure that is counted over cases, defined once: what a number on a screen, or in a report, means.

They stand here and not in `reports/`, for the section's home page shows some, and an import only looks up.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.db.models import Q

from pakn_portal.answers.enums import PublicTextState
from pakn_portal.answers.models import PublicText
from pakn_portal.cases.enums import DELIVERED, Status
from pakn_portal.cases.querysets import IS_OPEN
from pakn_portal.deadlines import due
from pakn_portal.deadlines.calendar import Calendar

#: "In the last twelve months".
YEAR: Final = timedelta(days=365)
NEW: Final = Q(status=Status.SUBMITTED)
RETURNED: Final = Q(status=Status.RETURNED)
WAITING_FOR_APPROVAL: Final = Q(status=Status.DRAFT_REVIEW)


def overdue(today: date) -> Q:
    return IS_OPEN & due.overdue(today)


def due_soon(today: date, calendar: Calendar) -> Q:
    """Today's are among them."""
    return IS_OPEN & due.due_soon(today, calendar)


def waiting_for_publisher() -> Q:
    """Not yet on the site. By key and without a join: the few texts are found first."""
    requested = PublicText.objects.filter(state=PublicTextState.REQUESTED)
    return Q(status=Status.ANSWERED, pk__in=requested.values("case_id"))


def answered_lately(today: date) -> Q:
    """In the last twelve months, of the cases that had a due date."""
    return Q(status__in=DELIVERED, closed_on__gte=today - YEAR, due_on__isnull=False)


def answered_on_time(today: date) -> Q:
    return answered_lately(today) & due.on_time()
