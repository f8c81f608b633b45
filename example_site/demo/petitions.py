"""The demo's cases, sent and worked on over the last weeks."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from example_site.demo import content, files
from example_site.demo.calendar_days import Timeline, last_acting_day, sending_instant, working_days_back
from example_site.demo.script import steps_of, stretched_after
from example_site.demo.sending_day import MOST_DAYS_BACK, days_back
from example_site.demo.stage import Cast, Stage, form_key
from pakn_portal import clock
from pakn_portal.cases.intake import take_in
from pakn_portal.cases.models import Case
from pakn_portal.deadlines.rules import current_calendar
from pakn_portal.snippets.models import Sector
from pakn_portal.submissions import secrets
from pakn_portal.submissions.actions import (
    NewSender,
    NewSubmission,
    find_submission_of,
    registration_day,
)

#: Where nobody fills in a form: somebody in the office enters what came.
BY_HAND = ("phone", "post", "email", "in_person", "government_portal")


class Loader:
    """Loads the cases in the order they were sent, so that their numbers grow with time."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.calendar = current_calendar()
        self.days = working_days_back(clock.local_date(now), MOST_DAYS_BACK, self.calendar)
        self.cast = Cast()

    def load_all(self, progress: Callable[[int, int], None]) -> int:
        """Every case that is not there yet; returns how many were made. One transaction for each case."""
        planned = sorted((self._plan(row) for row in content.cases()), key=lambda plan: plan[0])
        made = 0
        for done, (sent_at, _day, row, rng) in enumerate(planned, start=1):
            if find_submission_of(form_key(row["id"])) is None:
                self._load(row, sent_at, rng)
                made += 1
            if done % 20 == 0 or done == len(planned):
                progress(done, len(planned))
        return made

    def _plan(self, row: dict[str, Any]) -> tuple[datetime, date, dict[str, Any], random.Random]:
        rng = random.Random(row["id"])
        day = self.days[days_back(row, self.days, clock.local_date(self.now), self.calendar)]
        sent_at = sending_instant(day, self.now, rng, by_hand=row["channel"] in BY_HAND)
        return sent_at, day, row, rng

    @transaction.atomic
    def _load(self, row: dict[str, Any], sent_at: datetime, rng: random.Random) -> None:
        with clock.acting_at(sent_at):
            case = self._send(row)
        stage, steps = Stage(case, row, self.cast), steps_of(row)
        timeline = Timeline(sent_at, self._days_since(sent_at), self.now, rng)
        acts = [step.act for step in steps]
        last_fixed = stretched_after(row)
        stretch_after = acts.index(last_fixed) if last_fixed else None
        instants = timeline.instants([step.gap for step in steps], stretch_after=stretch_after)
        for step, instant in zip(steps, instants, strict=True):
            stage.play(step, instant)
        if case.status != row["state"]:
            raise ValueError(f"{row['id']} stands at {case.status}, not at {row['state']}")

    def _send(self, row: dict[str, Any]) -> Case:
        key = form_key(row["id"])
        files.attach(row["id"], key)
        is_by_hand = row["channel"] in BY_HAND
        new = NewSubmission(
            sender=NewSender(**row["sender"]),
            title=row["title"],
            content=row["content"],
            kind=row["kind"],
            channel=row["channel"],
            suggested_sector=None if is_by_hand else Sector.objects.get(code=row["sector"]),
            wants_name_published=row["wants_name_published"],
            entered_by=self.cast.office if is_by_hand else None,
        )
        return take_in(new, form_key=key, by=new.entered_by).case

    def _days_since(self, sent_at: datetime) -> list[date]:
        """The working days from registration on, until the last with office work behind it."""
        first = registration_day(sent_at)
        last = last_acting_day(self.days, self.now)
        return [day for day in reversed(self.days[last:]) if day >= first] or [first]


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
