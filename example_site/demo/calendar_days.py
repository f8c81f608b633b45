"""When things happened: working days counted back from today, and believable times of the day."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from math import floor

from django.utils import timezone

from pakn_portal.deadlines.calendar import Calendar

ONE_DAY = timedelta(days=1)
#: Minutes of the day in which officials act.
MORNING, AFTERNOON = (8 * 60 + 10, 11 * 60 + 25), (13 * 60 + 35, 16 * 60 + 25)
DAY_ENDS = 16 * 60 + 55


def working_days_back(today: date, count: int, calendar: Calendar) -> list[date]:
    """`[0]` is today, or the last working day before it; `[n]` lies n working days earlier."""
    days: list[date] = []
    day = today
    while len(days) <= count:
        if calendar.is_working_day(day):
            days.append(day)
        day -= ONE_DAY
    return days


def sending_instant(day: date, now: datetime, rng: random.Random, *, by_hand: bool) -> datetime:
    """A time at which something counts as registered on `day`; entered `by_hand`: in office hours."""
    evening_before = _at(day - ONE_DAY, rng.randint(19 * 60, 22 * 60 + 30))
    if not by_hand and rng.random() < 0.3:
        return evening_before
    wanted = _at(day, rng.randint(7 * 60 + 40, 10 * 60 + 30))
    return wanted if wanted < now - timedelta(minutes=40) else evening_before


@dataclass
class Timeline:
    """The instants of one case's steps, one after the other, from its sending until now."""

    sent_at: datetime
    #: The working days from the one of registration until the last on which somebody may act.
    days: list[date]
    now: datetime
    rng: random.Random

    def instants(self, gaps: list[float], *, stretch_after: int | None = None) -> list[datetime]:
        """One instant for each gap (working days after the step before); squeezed where the days are too few.

        `stretch_after`: the steps after this one spread until the last day.
        """
        last = len(self.days) - 1
        places = [sum(gaps[: count + 1]) for count in range(len(gaps))]
        if places and places[-1] > last:
            places = [place * last / places[-1] for place in places]
        if stretch_after is not None:
            fixed = places[stretch_after]
            factor = (last - fixed) / (places[-1] - fixed)
            places[stretch_after + 1 :] = [fixed + (p - fixed) * factor for p in places[stretch_after + 1 :]]
        found = [self.sent_at]
        for place in places:
            found.append(self._after(found[-1], self.days[floor(round(place, 6))]))
        return self._before_now(found)[1:]

    def _after(self, previous: datetime, day: date) -> datetime:
        local = timezone.localtime(previous)
        if local.date() < day:
            first, last = self.rng.choice([MORNING, AFTERNOON])
            return _at(day, self.rng.randint(first, last))
        minute = local.hour * 60 + local.minute + self.rng.randint(18, 70)
        if MORNING[1] < minute < AFTERNOON[0]:
            minute = AFTERNOON[0] + self.rng.randint(0, 20)
        if minute <= DAY_ENDS:
            return _at(local.date(), minute)
        return previous + timedelta(minutes=self.rng.randint(3, 9))

    def _before_now(self, instants: list[datetime]) -> list[datetime]:
        """Nothing happens in the future, and nothing twice at once."""
        latest = self.now - timedelta(minutes=1)
        result = instants[:]
        for place in range(len(result) - 1, 0, -1):
            result[place] = min(result[place], latest)
            latest = result[place] - timedelta(seconds=50)
        for place, (earlier, later) in enumerate(pairwise(result), start=1):
            if later <= earlier:
                result[place] = earlier + timedelta(seconds=5)
        return result


def last_acting_day(days: list[date], now: datetime) -> int:
    """Index in `days` of the last day with office work behind it: today only from ten o'clock on."""
    local = timezone.localtime(now)
    return 0 if days[0] < local.date() or local.time() >= time(10) else 1


def _at(day: date, minute: int) -> datetime:
    moment = datetime.combine(day, time()) + timedelta(minutes=minute, seconds=(minute * 37) % 60)
    return timezone.make_aware(moment)
