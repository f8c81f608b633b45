"""Warnings that time brings: due soon, due today, overdue, and the word to a sender who waits.

Each is given once for a due date: the DeadlineNotice row is unique, and stands or falls with its mails.
A sweep that did not run for days gives each warning once when it is back (F24).
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet

from pakn_portal import clock
from pakn_portal.answers.step_limits import (
    ANSWER_NOTICE,
    CORRECTION,
    PUBLIC_TEXT,
    PUBLICATION,
    REFERRAL,
    SLIP,
    all_over,
)
from pakn_portal.cases.enums import SEALED, Status
from pakn_portal.cases.models import Case
from pakn_portal.cases.querysets import WAITS_FOR_KEEPERS
from pakn_portal.deadlines import due
from pakn_portal.deadlines.rules import current_calendar
from pakn_portal.notifications.by_hand.actions import put_out
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.petition.enums import NoticeKind
from pakn_portal.notifications.petition.models import DeadlineNotice
from pakn_portal.notifications.petition.progress import progress_given
from pakn_portal.notifications.petition.recipients import intake_staff, keepers_of_sealed, publishers
from pakn_portal.notifications.petition.rules import DIGEST
from pakn_portal.people.accounts import is_reachable
from pakn_portal.people.at_hand import AtHand

logger = logging.getLogger(__name__)

#: One mail lists at most this many; the worklist has them all.
LONGEST_DIGEST: Final = 100
_CHUNK: Final = 500
_JOINED = ("lead_unit", "submission__sender")


@dataclass(frozen=True)
class Warnings:
    """What one sweep gave."""

    notices: int = 0
    mails: int = 0


def sweep_deadlines() -> Warnings:
    """Give every warning that is due and was not given. Number of queries: constant, and one per 500 rows."""
    today = clock.today()
    try:
        with transaction.atomic():
            staff = [*_staff_notices(today), *_keepers_notices(today), *_step_notices(today)]
            progress = list(progress_given(today))
            _keep([notice for notice, _about in [*staff, *progress]])
            mails = [*_digests(staff), *(mail for _notice, mail in progress)]
            put_out(mails, lambda mail: mail.subject.lead_unit)
    except IntegrityError:
        logger.info("Another worker is giving the same warnings; the next run looks again.")
        return Warnings()
    return Warnings(len(staff) + len(progress), len(mails))


Given = tuple[DeadlineNotice, Case]

_OF_KEEPERS: Final = frozenset(
    {NoticeKind.HAND_OVER_SOON, NoticeKind.HAND_OVER_TODAY, NoticeKind.HAND_OVER_OVERDUE}
)
_STEP_LIMITS: Final = {
    NoticeKind.REFERRAL_OVERDUE: REFERRAL,
    NoticeKind.SLIP_OVERDUE: SLIP,
    NoticeKind.ANSWER_UNTOLD: ANSWER_NOTICE,
    NoticeKind.PUBLIC_TEXT_OVERDUE: PUBLIC_TEXT,
    NoticeKind.PUBLICATION_OVERDUE: PUBLICATION,
    NoticeKind.CORRECTION_OVERDUE: CORRECTION,
}


def _staff_notices(today: date) -> Iterator[Given]:
    """Sealed cases are left out: who gets these mails may not know of them."""
    cases = Case.objects.open().exclude(status__in=SEALED)
    soon = due.due_soon(today, current_calendar())
    late, now = due.overdue(today), due.due_today(today)
    yield from _new(NoticeKind.OVERDUE, cases.filter(late), "due_on")
    yield from _new(NoticeKind.DUE_TODAY, cases.filter(now), "due_on")
    yield from _new(NoticeKind.DUE_SOON, cases.filter(soon).exclude(now), "due_on")
    waiting = cases.filter(due.overdue(today, "intake_due_on"), status=Status.SUBMITTED)
    yield from _new(NoticeKind.INTAKE_OVERDUE, waiting.exclude(late | now), "intake_due_on")


def _keepers_notices(today: date) -> Iterator[Given]:
    """Of complaints and denunciations, to those alone who keep them."""
    cases, column = Case.objects.filter(WAITS_FOR_KEEPERS), "hand_over_due_on"
    soon, now = due.due_soon(today, current_calendar(), column), due.due_today(today, column)
    yield from _new(NoticeKind.HAND_OVER_OVERDUE, cases.filter(due.overdue(today, column)), column)
    yield from _new(NoticeKind.HAND_OVER_TODAY, cases.filter(now), column)
    yield from _new(NoticeKind.HAND_OVER_SOON, cases.filter(soon).exclude(now), column)


def _step_notices(today: date) -> Iterator[Given]:
    """Limits of single steps. The case as a whole being late, or late in its intake, is told for itself."""
    for kind, limit in _STEP_LIMITS.items():
        over = list(all_over(limit, today))
        since = min((due_on for _case, due_on in over), default=today)
        told = DeadlineNotice.objects.filter(kind=kind, due_on__gte=since)
        given = set(told.values_list("case_id", "due_on"))
        for case, due_on in over:
            if (case.pk, due_on) not in given:
                yield DeadlineNotice(case=case, kind=kind, due_on=due_on), case


def _new(kind: NoticeKind, cases: QuerySet[Any], column: str) -> Iterator[Given]:
    given = DeadlineNotice.objects.filter(case=OuterRef("pk"), kind=kind, due_on=OuterRef(column))
    rows = cases.filter(~Exists(given)).select_related(*_JOINED).order_by("pk")
    for case in rows.iterator(chunk_size=_CHUNK):
        yield DeadlineNotice(case=case, kind=kind, due_on=getattr(case, column)), case


def _keep(notices: list[DeadlineNotice]) -> None:
    DeadlineNotice.objects.bulk_create(notices, batch_size=_CHUNK)


def _digests(given: list[Given]) -> list[OutgoingMail]:
    """One mail to each person, with all that is new for them."""
    at_hand = AtHand({case.lead_unit_id for _notice, case in given if case.lead_unit_id})
    office = {user.pk for user in intake_staff() if is_reachable(user)} if given else set()
    keepers = {user.pk for user in keepers_of_sealed()} if _is_for_keepers(given) else set()
    cases: dict[Any, list[dict[str, str]]] = {}
    for notice, case in given:
        # of a sealed case never the office, which may not know of it
        people = keepers if notice.kind in _OF_KEEPERS else _responsible(case, notice.kind, at_hand) or office
        for user in people:
            row = {"number": case.number, "kind": str(notice.kind), "due_on": notice.due_on.isoformat()}
            cases.setdefault(user, []).append(row)
    return [
        OutgoingMail(template=DIGEST, to_user_id=user, context=_digest(rows)) for user, rows in cases.items()
    ]


def _is_for_keepers(given: list[Given]) -> bool:
    return any(notice.kind in _OF_KEEPERS for notice, _case in given)


def _digest(rows: list[dict[str, str]]) -> dict[str, Any]:
    return {"cases": rows[:LONGEST_DIGEST], "more": max(len(rows) - LONGEST_DIGEST, 0)}


def _responsible(case: Case, kind: str, at_hand: AtHand) -> set[Any]:
    """Officer and focal person; the head too once it is late, and instead of the focal person where a text is
    to go to the publisher. Nobody while no unit has it: the Ministry
    Office sees to that, and to a unit where nobody can act.
    """
    if kind in (NoticeKind.PUBLICATION_OVERDUE, NoticeKind.CORRECTION_OVERDUE):
        return {user.pk for user in publishers()}
    if kind == NoticeKind.SLIP_OVERDUE:
        return set()  # the office sends it, whichever unit had the case
    unit = case.lead_unit_id
    people = list(at_hand.person(case.officer_id, unit, is_reachable))
    if kind != NoticeKind.PUBLIC_TEXT_OVERDUE:
        people += at_hand.contacts(unit, is_reachable)
    if kind in (NoticeKind.OVERDUE, NoticeKind.PUBLIC_TEXT_OVERDUE, NoticeKind.ANSWER_UNTOLD):
        people += at_hand.heads(unit, is_reachable)
    return {user.pk for user in people}
