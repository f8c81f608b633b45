"""How far a day is that the reader has to keep before the due date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from pakn_portal import clock
from pakn_portal.answers.own_days import OwnDay
from pakn_portal.deadlines.calendar import Calendar
from pakn_portal.deadlines.time_left import TimeLeft, time_left


@dataclass(frozen=True)
class OwnLeft:
    name: str
    due_on: date
    left: TimeLeft

    @property
    def short(self) -> str:
        return _("%(what)s: %(left)s") % {"what": self.name, "left": self.left.short}

    @property
    def words(self) -> str:
        told = f"{self.due_on:%d/%m/%Y}, {self.left.phrase}"
        return capfirst(_("%(what)s: %(left)s") % {"what": self.name, "left": told})


def own_left(day: OwnDay, calendar: Calendar) -> OwnLeft:
    return OwnLeft(day.name, day.due_on, time_left(day.due_on, clock.today(), calendar))
