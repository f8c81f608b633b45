"""The panel on the admin's first page and the digest of the same morning count the same cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from pakn_portal import clock
from pakn_portal.cases.models import Case
from pakn_portal.deadlines.rules import current_calendar
from pakn_portal.notifications.petition.models import DeadlineNotice
from pakn_portal.notifications.petition.sweeps import sweep_deadlines
from pakn_portal.people.scope import scope_of
from pakn_portal.staff.cases.waiting import worklists
from tests.factories import make_many_cases, make_ministry

MONDAY = timezone.make_aware(datetime(2026, 6, 1, 9))
TODAY = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def on_monday() -> Iterator[None]:
    with clock.acting_at(MONDAY):
        yield


@pytest.mark.django_db
def test_panel_and_digest_count_what_is_due_alike() -> None:
    """What is due today is due soon for both; the digest names it by itself."""
    who = make_ministry()
    for place, case in enumerate(make_many_cases(12, unit=who.unit, officer=who.officer)):
        Case.objects.filter(pk=case.pk).update(due_on=TODAY + timedelta(days=place - 4))
    counts = worklists.figures(scope_of(who.head), TODAY, current_calendar())
    sweep_deadlines()
    told = Counter(DeadlineNotice.objects.values_list("kind", flat=True))
    assert told["due_today"] == 1
    assert told["due_today"] + told["due_soon"] == counts[worklists.SOON] == 3
    assert told["overdue"] == counts[worklists.OVERDUE] == 4
