"""The steps of `pakn_worker`. Each is idempotent, independent, and safe in two workers at once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from django.db import close_old_connections

from pakn_portal import clock
from pakn_portal.cases.tasks import close_unanswered_cases, recalculate_open_cases
from pakn_portal.deadlines.rules import current_calendar
from pakn_portal.error_reports import quiet_logger
from pakn_portal.management.file_checks import remove_orphans
from pakn_portal.notifications.outbox.sending import send_due_mails
from pakn_portal.notifications.petition.sweeps import sweep_deadlines
from pakn_portal.pages.answers.sealed_cases import take_down_sealed
from pakn_portal.register.heads import take_head_of_the_day
from pakn_portal.reports import daily
from pakn_portal.reports.models import WorkerRound
from pakn_portal.search.citing import write_citing
from pakn_portal.search.index.sync import sync
from pakn_portal.search.names import write_new_names
from pakn_portal.similar import sources
from pakn_portal.staff import kept_words
from pakn_portal.staff.drafts import keeping
from pakn_portal.submissions.actions import files_to_scan, scan_waiting_files
from pakn_portal.submissions.limits.counting import sweep
from pakn_portal.submissions.secrets.mail_links import forget_ended_links
from pakn_portal.submissions.tray import sweep_uploads

logger = quiet_logger(__name__)

#: What a running worker need not ask each round: the calendar under which no due date changed any more (it
#: recalculates only after it changes), and the day on which no text was left to remember.
_settled: dict[str, object] = {}

ShouldStop = Callable[[], bool]


@dataclass(frozen=True)
class WorkerStep:
    """`run` does the work and returns counts by name."""

    name: str
    run: Callable[[ShouldStop], dict[str, int]]


@dataclass(frozen=True)
class Result:
    name: str
    counts: dict[str, int]
    seconds: float
    error: str = ""

    def __str__(self) -> str:
        if self.error:
            return f"{self.name}: failed, {self.error}"
        counts = ", ".join(f"{count} {what}" for what, count in self.counts.items())
        return f"{self.name}: {counts} ({self.seconds:.1f} s)"

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def run_steps(should_stop: ShouldStop = lambda: False) -> Iterator[Result]:
    """Run every step once, then note that the worker was here. A step that fails is logged, and the others
    still run.
    """
    failed = []
    for step in STEPS:
        if should_stop():
            return
        close_old_connections()
        result = _run(step, should_stop)
        failed += [step.name] if result.error else []
        yield result
    close_old_connections()
    written = _run(WorkerStep("round", partial(_note_round, failed)), should_stop)
    if written.error:
        yield written
    close_old_connections()


def _run(step: WorkerStep, should_stop: ShouldStop) -> Result:
    began = time.monotonic()
    try:
        counts, error = step.run(should_stop), ""
    except Exception as problem:  # a failing step must not stop the others
        logger.exception("Step %s of the worker failed", step.name)
        counts, error = {}, f"{type(problem).__name__}: see the log"
    return Result(step.name, counts, time.monotonic() - began, error)


def _note_round(failed: list[str], should_stop: ShouldStop) -> dict[str, int]:
    WorkerRound.objects.update_or_create(
        pk=1, defaults={"ended_at": clock.now(), "failed": ", ".join(failed)}
    )
    return {}


def _close_unanswered(should_stop: ShouldStop) -> dict[str, int]:
    return {"closed": close_unanswered_cases()}


def _recalculate(should_stop: ShouldStop) -> dict[str, int]:
    calendar = current_calendar()
    if calendar is _settled.get("calendar"):
        return {"moved": 0}
    moved = recalculate_open_cases()
    if not moved:
        _settled["calendar"] = calendar
    return {"moved": moved}


def _warn(should_stop: ShouldStop) -> dict[str, int]:
    given = sweep_deadlines()
    return {"warnings": given.notices, "mails": given.mails}


def _mail(should_stop: ShouldStop) -> dict[str, int]:
    done = send_due_mails(should_stop=should_stop)
    return {"sent": done.sent, "retried": done.retried, "failed": done.failed, "withheld": done.withheld}


def _index(should_stop: ShouldStop) -> dict[str, int]:
    renamed, cited = write_new_names(should_stop), write_citing(should_stop)
    result = sync()
    return {"renamed": renamed, "cited": cited, "indexed": result.sent, "refused": len(result.failed)}


def _files(should_stop: ShouldStop) -> dict[str, int]:
    scanned = scan_waiting_files()
    return {
        "scanned": scanned,
        "removed": sweep_uploads(),
        "orphans": remove_orphans(),
        "unscanned": files_to_scan(),
    }


def _limits(should_stop: ShouldStop) -> dict[str, int]:
    return {
        "forgotten": sweep(),
        "links": forget_ended_links(),
        "drafts": keeping.sweep() + kept_words.sweep(),
    }


def _remember_texts(should_stop: ShouldStop) -> dict[str, int]:
    """Verbs remember what they store, so that nothing is left but after an upgrade or under another key:
    once there is nothing, that is asked again the next day.
    """
    today = clock.today()
    if _settled.get("similar texts") == today:
        return {"remembered": 0}
    remembered = sources.fill(should_stop)
    if not remembered and not should_stop():
        _settled["similar texts"] = today
    return {"remembered": remembered}


def _take_down_sealed(should_stop: ShouldStop) -> dict[str, int]:
    return {"taken off": take_down_sealed()}


def _figures(should_stop: ShouldStop) -> dict[str, int]:
    return {"counted": daily.renew()}


def _write_down(should_stop: ShouldStop) -> dict[str, int]:
    return {"lists": int(take_head_of_the_day())}


STEPS: tuple[WorkerStep, ...] = (
    WorkerStep("sealed pages", _take_down_sealed),
    WorkerStep("supplements", _close_unanswered),
    WorkerStep("calendar", _recalculate),
    WorkerStep("deadlines", _warn),
    WorkerStep("mail", _mail),
    WorkerStep("index", _index),
    WorkerStep("similar texts", _remember_texts),
    WorkerStep("limits", _limits),
    WorkerStep("register", _write_down),
    WorkerStep("figures", _figures),
    WorkerStep("files", _files),
)
