"""The demo's cases: those on the desks, of the last weeks, and the closed ones of two years."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from time import sleep
from typing import Any

from django.db import transaction

from example_site.demo import content, files
from example_site.demo.calendar_days import Timeline, last_acting_day, sending_instant, working_days_back
from example_site.demo.history import PER_MONTH, Past, two_years
from example_site.demo.numbering import numbered, reserve
from example_site.demo.script import steps_of, stretched_after
from example_site.demo.sending_day import days_back
from example_site.demo.stage import Cast, Stage, form_key
from example_site.portal.outbox import NOWHERE
from pakn_portal import clock
from pakn_portal.cases.intake import take_in
from pakn_portal.cases.models import Case
from pakn_portal.deadlines.rules import current_calendar
from pakn_portal.notifications.enums import MailState
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.outbox.sending import mark_sent
from pakn_portal.snippets.models import Sector
from pakn_portal.submissions import secrets
from pakn_portal.submissions.actions import NewSender, NewSubmission, find_submission_of, registration_day
from pakn_portal.submissions.models import Submission

Progress = Callable[[int, int], None]
#: Two years and some weeks.
WORKING_DAYS_BACK = 560
#: Where nobody fills in a form: somebody in the office enters what came.
BY_HAND = ("phone", "post", "email", "in_person", "government_portal")
#: Seconds between two cases where others write too: SQLite keeps no queue, whoever waits looks again after
#: 0.1 s at the latest.
PAUSE = 0.12
#: Mails older than this left long ago; the worker sends the others.
LEFT = timedelta(days=3)


@dataclass(frozen=True)
class Plan:
    row: dict[str, Any]
    sent_at: datetime
    rng: random.Random
    #: Of a closed case of the past: whether its answer came late. None for those on the desks.
    is_late: bool | None = None


class Loader:
    """Loads the cases in the order they were sent, so that their numbers grow with time. `now`: when the demo
    was first loaded, or is. `lets_others_write`: the portal is in use meanwhile.
    """

    def __init__(self, now: datetime, *, per_month: int = PER_MONTH, lets_others_write: bool = False) -> None:
        self.now, self.per_month = now, per_month
        self.pause = PAUSE if lets_others_write else 0.0
        self.calendar = current_calendar()
        self.days = working_days_back(clock.local_date(now), WORKING_DAYS_BACK, self.calendar)
        self.cast = Cast()

    def load_desks(self, progress: Progress) -> int:
        """Every case that is at work, or was until lately, and is not there yet; returns how many were made.
        One transaction for each case.
        """
        return self._load_some(progress, lambda plan: plan.is_late is None)

    def load_history(self, progress: Progress) -> int:
        """The same for the closed cases of two years."""
        return self._load_some(progress, lambda plan: plan.is_late is not None)

    def _load_some(self, progress: Progress, is_wanted: Callable[[Plan], bool]) -> int:
        there = set(Submission.objects.values_list("form_key_hash", flat=True))
        missing = [
            plan for plan in self._plans() if secrets.form_key_hash(form_key(plan.row["id"])) not in there
        ]
        with transaction.atomic():
            places = reserve([plan.sent_at for plan in missing])
        wanted = [(plan, place) for plan, place in zip(missing, places, strict=True) if is_wanted(plan)]
        for done, (plan, place) in enumerate(wanted, start=1):
            self._load(plan, place)
            sleep(self.pause)
            if done % 20 == 0 or done == len(wanted):
                progress(done, len(wanted))
        return len(wanted)

    def _plans(self) -> list[Plan]:
        plans = [self._plan_desk(row) for row in content.cases()]
        plans += [self._plan_past(past) for past in two_years(self.days, self.per_month)]
        return sorted(plans, key=lambda plan: plan.sent_at)

    def _plan_desk(self, row: dict[str, Any]) -> Plan:
        rng = random.Random(row["id"])
        day = self.days[days_back(row, self.days, clock.local_date(self.now), self.calendar)]
        by_hand = row["channel"] in BY_HAND
        return Plan(row, sending_instant(day, self.now, rng, by_hand=by_hand), rng)

    def _plan_past(self, past: Past) -> Plan:
        by_hand = past.row["channel"] in BY_HAND
        sent_at = sending_instant(past.day, self.now, past.rng, by_hand=by_hand)
        return Plan(past.row, sent_at, past.rng, past.is_late)

    @transaction.atomic
    def _load(self, plan: Plan, place: int) -> None:
        row = plan.row
        with clock.acting_at(plan.sent_at), numbered(place):
            case = self._send(row)
        stage, steps = Stage(case, row, self.cast), steps_of(row)
        acts = [step.act for step in steps]
        timeline = Timeline(plan.sent_at, self._days_of(plan, case), self.now, plan.rng)
        last_fixed = "assign" if plan.is_late is not None and "approve" in acts else stretched_after(row)
        stretch_after = acts.index(last_fixed) if last_fixed else None
        instants = timeline.instants([step.gap for step in steps], stretch_after=stretch_after)
        for step, instant in zip(steps, instants, strict=True):
            stage.play(step, instant)
        if case.status != row["state"]:
            raise ValueError(f"{row['id']} stands at {case.status}, not at {row['state']}")
        self._let_old_mails_leave(case)

    def _let_old_mails_leave(self, case: Case) -> None:
        waiting = OutgoingMail.objects.filter(case=case, state=MailState.WAITING)
        old = waiting.filter(created_at__lt=self.now - LEFT).exclude(to_sender__email__endswith=NOWHERE)
        mark_sent(old, at=lambda mail: mail.created_at)

    def _send(self, row: dict[str, Any]) -> Case:
        key = form_key(row["id"])
        files.attach(row["id"], key)
        is_by_hand = row["channel"] in BY_HAND
        late = row.get("entered_late", {"days": 0, "reason": ""})
        new = NewSubmission(
            sender=NewSender(**row["sender"]),
            title=row["title"],
            content=row["content"],
            kind=row["kind"],
            channel=row["channel"],
            suggested_sector=None if is_by_hand else Sector.objects.get(code=row["sector"]),
            wants_name_published=row["wants_name_published"],
            entered_by=self.cast.office if is_by_hand else None,
            received_at=clock.now() - timedelta(days=late["days"]) if late["days"] else None,
            backdating_reason=late["reason"],
        )
        return take_in(new, form_key=key, by=new.entered_by).case

    def _days_of(self, plan: Plan, case: Case) -> list[date]:
        """The working days from registration on: until the last with office work behind it, or of a closed
        case until it was answered.
        """
        first = registration_day(plan.sent_at)
        last = last_acting_day(self.days, self.now)
        days = [day for day in reversed(self.days[last:]) if day >= first] or [first]
        if plan.is_late is None or case.due_on is None:
            return days
        term = sum(day <= case.due_on for day in days)
        share = plan.rng.uniform(0.4, 0.98)
        return days[: term + plan.rng.randint(2, 9) if plan.is_late else max(4, round(term * share))]


def tracking_codes(row_ids: list[str]) -> list[tuple[str, str, str]]:
    """Number, secret and status of these cases, for whoever wants to try the tracking page."""
    found = []
    for row_id in row_ids:
        submission = find_submission_of(form_key(row_id))
        if submission is not None:
            secret = secrets.derive_secret_again(form_key(row_id), submission.secret_hash, submission.pk)
            case = Case.objects.get(submission=submission)
            found.append((case.number, secrets.display_secret(secret), case.get_status_display()))
    return found
