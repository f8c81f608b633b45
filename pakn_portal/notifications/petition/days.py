"""The days that a mail tells, as words."""

from __future__ import annotations

from datetime import date
from typing import Any

from pakn_portal import clock
from pakn_portal.deadlines.explain import amount_of_days, long_date
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.petition.enums import NoticeKind
from pakn_portal.notifications.petition.rules import PROGRESS


def dates_of(mail: OutgoingMail) -> dict[str, Any]:
    """The days it tells, as words. `is_late`: the due date is over as the mail leaves, so it is none to
    promise.

    To senders no such day is given but where the mail is about being late.
    """
    today = clock.today().isoformat()
    days = {name: mail.context.get(name) or "" for name in ("due_on", "supplement_due_on")}
    is_late = bool(days["due_on"]) and days["due_on"] < today
    if mail.to_user_id is None and mail.template != PROGRESS:
        days = {name: day if day >= today else "" for name, day in days.items()}
    return {**{name: _day(day) for name, day in days.items()}, "is_late": is_late}


def every(mail: OutgoingMail) -> str:
    """After how many days it comes again, as words; empty where it does not."""
    amount, unit = mail.context.get("every") or (0, "")
    return amount_of_days(amount, unit) if amount else ""


def groups_of(context: dict[str, Any]) -> list[dict[str, Any]]:
    """The cases of a digest, the most pressing kind first."""
    order = [
        *(NoticeKind.OVERDUE, NoticeKind.HAND_OVER_OVERDUE),
        *(NoticeKind.ANSWER_UNTOLD, NoticeKind.SLIP_OVERDUE),
        *(NoticeKind.INTAKE_OVERDUE, NoticeKind.REFERRAL_OVERDUE),
        *(NoticeKind.CORRECTION_OVERDUE, NoticeKind.PUBLIC_TEXT_OVERDUE, NoticeKind.PUBLICATION_OVERDUE),
        *(NoticeKind.DUE_TODAY, NoticeKind.HAND_OVER_TODAY),
        *(NoticeKind.DUE_SOON, NoticeKind.HAND_OVER_SOON),
    ]
    cases = context.get("cases", [])
    groups = [
        {
            "label": kind.label,
            "cases": [
                {"number": row["number"], "due_on": _day(row["due_on"])}
                for row in cases
                if row["kind"] == kind
            ],
        }
        for kind in order
    ]
    return [group for group in groups if group["cases"]]


def _day(text: str | None) -> str:
    """With the weekday, as a deadline is told."""
    return long_date(date.fromisoformat(text)) if text else ""
