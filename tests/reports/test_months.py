"""One month has one number on a board: what counts for a day to come is in none of them before."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from pakn_portal import clock
from pakn_portal.cases.models import Case
from pakn_portal.reports.daily import renew
from pakn_portal.reports.periods import MONTH, last_months, until_today
from pakn_portal.reports.sums import Figures, Reach, total
from tests.factories import make_many_cases

pytestmark = pytest.mark.django_db


def test_this_month_so_far_is_the_last_of_twelve() -> None:
    with clock.acting_at(datetime(2026, 3, 18, 22, tzinfo=clock.local(clock.now()).tzinfo)):
        today = clock.today()
        for days in (0, 1):  # the second came after office hours
            (case,) = make_many_cases(1)
            Case.objects.filter(pk=case.pk).update(registered_on=today + timedelta(days=days))
        renew()
        figures, months = Figures(Reach(), today), last_months(today)
        (so_far,) = figures.of_spans(until_today(MONTH, today))
        assert months[-1] == until_today(MONTH, today)
        assert total(figures.by_month([months[-1]]).values()).came_in == so_far.came_in == 1
