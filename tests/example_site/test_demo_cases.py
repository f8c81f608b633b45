"""The demo's cases, played through the real verbs."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from example_site.demo import content, ministry
from example_site.demo.petitions import Loader, tracking_codes
from example_site.demo.stage import form_key
from pakn_portal import clock
from pakn_portal.cases.models import Case, CaseEvent
from pakn_portal.cases.register import broken_lines
from pakn_portal.deadlines.rules import current_calendar
from pakn_portal.deadlines.time_left import time_left
from pakn_portal.management.verify.invariants import INVARIANTS
from pakn_portal.management.verify.progress import silent
from pakn_portal.pages.models import SectionPage
from pakn_portal.submissions import secrets
from pakn_portal.submissions.actions import find_submission_of
from pakn_portal.submissions.models import Attachment

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
#: Of a Tuesday afternoon the desks tell.
SMALL_HOUR = datetime(2026, 11, 24, 4, 10, tzinfo=HANOI)
SUNDAY = datetime(2026, 11, 22, 11, 0, tzinfo=HANOI)

pytestmark = pytest.mark.slow


def load(now: datetime) -> int:
    with clock.acting_at(now):
        ministry.make_units()
        ministry.make_people()
        return Loader(now).load_desks(lambda done, total: None)


def test_every_case_stands_where_its_row_says(section: SectionPage) -> None:
    rows, now = content.cases(), SMALL_HOUR
    assert load(now) == len(rows)
    assert Counter(Case.objects.values_list("status", flat=True)) == Counter(row["state"] for row in rows)
    calendar = current_calendar()
    wrong = []
    for row in rows:
        case = Case.objects.get(submission=find_submission_of(form_key(row["id"])))
        due = case.intake_due_on if row["state"] == "submitted" and row["due"] == "overdue" else case.due_on
        state = time_left(due, now.date(), calendar).state
        if row["due"] not in ("none", state):
            wrong.append((row["id"], row["due"], state))
    assert wrong == []
    assert load(now) == 0
    check_codes()
    check_files(now)


def check_codes() -> None:
    """What the command prints opens the case on the tracking page."""
    [(number, secret, _status)] = tracking_codes(["case-24"])
    submission = Case.objects.get(number=number).submission
    assert secrets.verify_secret(secrets.normalize_secret(secret), submission.secret_hash, submission.pk)


def check_files(now: datetime) -> None:
    """The files passed the checks, and came when their case was sent."""
    types = set(Attachment.objects.exclude(submission=None).values_list("content_type", flat=True))
    assert {"application/pdf", "image/png"} < types
    assert Attachment.objects.filter(submission=None).count() == 0
    assert timedelta(0) <= now - Attachment.objects.latest("uploaded_at").uploaded_at


def test_a_ministry_that_is_looked_at_on_a_sunday_slept(section: SectionPage) -> None:
    load(SUNDAY)
    check_order_and_register(SUNDAY)


def check_order_and_register(now: datetime) -> None:
    """Nothing happens out of order, nor while everybody sleeps; the register is whole."""
    assert CaseEvent.objects.filter(at__gt=now).count() == 0
    for case in Case.objects.all():
        instants = list(case.events.order_by("sequence").values_list("at", flat=True))
        assert instants == sorted(set(instants))
        assert list(broken_lines(case)) == []
    asleep = [
        (event.case.number, event.verb)
        for event in CaseEvent.objects.exclude(by=None).exclude(verb="submit").select_related("case")
        if not 7 <= event.at.astimezone(HANOI).hour < 18
    ]
    assert asleep == []
    at_once = Case.objects.filter(submission__backdating_reason="")
    sent = list(at_once.order_by("number").values_list("submission__received_at", flat=True))
    assert sent == sorted(sent)
    words = next(invariant for invariant in INVARIANTS if invariant.code == "I15")
    assert list(words.find(silent)) == []


#: What a sender reads of a note, by the state that its step brings about.
READ_BY_SENDERS = (
    "request_supplement", "refuse", "duplicate", "guide", "refer",
    "reclassify", "note_case", "extend_deadline", "reopen",
)  # fmt: skip
#: How colleagues write of a sender to one another.
AMONG_COLLEAGUES = re.compile(
    r"người gửi|công dân|kính chuyển|niêm phong|đã thông báo|xin gia hạn|hồ sơ gốc|(?<!chúng )\btôi\b",
    re.IGNORECASE,
)


def test_what_senders_read_was_written_for_them() -> None:
    told = [
        (row["id"], row["notes"][key])
        for row in content.cases()
        for key in READ_BY_SENDERS
        if key in row["notes"]
    ]
    assert len(told) > 10
    assert [(case, text) for case, text in told if AMONG_COLLEAGUES.search(text)] == []
