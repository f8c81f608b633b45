"""From a row of the outbox to the mail itself: template, address, headers."""

from __future__ import annotations

import re
from datetime import date
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from pakn_portal import clock
from pakn_portal.conf import portal_settings
from pakn_portal.deadlines.explain import amount_of_days, long_date
from pakn_portal.languages import portal_language, speaking
from pakn_portal.notifications import links, role_changes
from pakn_portal.notifications.enums import NoticeKind
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.readers import leave_out_hidden
from pakn_portal.notifications.rule_sets import rule_set_of
from pakn_portal.notifications.rules import PROGRESS, ROLE_CHANGED
from pakn_portal.people.accounts import address as address_of_user
from pakn_portal.people.accounts import is_open
from pakn_portal.people.names import person


class NoAddress(Exception):
    """The recipient has no e-mail address any more."""


def address_of(mail: OutgoingMail) -> str:
    """Read now, because no address is kept in the outbox. Raises NoAddress."""
    if mail.to_sender is not None:
        address = mail.to_sender.email
    else:
        address = address_of_user(mail.to_user) if is_open(mail.to_user) else ""
    if not address:
        raise NoAddress
    return address


def message_of(mail: OutgoingMail) -> EmailMessage:
    """The mail in the section's language, with links at the portal's addresses.

    A repeat has the same Message-ID (I10); no robot shall answer it. Raises NoAddress, and NotTheirs where
    its receiver may not see the case now.
    """
    leave_out_hidden(mail)
    with speaking(addresses=portal_language()):
        rendered = render_to_string(f"pakn_portal/mail/{mail.template}.txt", _context(mail)).strip()
    subject, _newline, body = rendered.partition("\n")
    sender = portal_settings.MAIL_FROM or settings.DEFAULT_FROM_EMAIL
    return EmailMessage(
        " ".join(subject.split()),
        # what a template leaves out must not leave a hole
        re.sub(r"\n{3,}", "\n\n", body.strip()) + "\n",
        sender,
        [address_of(mail)],
        headers={
            "Message-ID": message_id(mail),
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )


def message_id(mail: OutgoingMail) -> str:
    """The same for every attempt."""
    sender = portal_settings.MAIL_FROM or settings.DEFAULT_FROM_EMAIL
    host = parseaddr(sender)[1].rpartition("@")[2] or "localhost"
    return f"<{mail.uuid.hex}@{host}>"


def _context(mail: OutgoingMail) -> dict[str, Any]:
    context = {
        **mail.context,
        **_dates(mail),
        "every": _every(mail),
        "ministry": portal_settings.MINISTRY_NAME,
    }
    if mail.to_user is not None:
        context["person"] = person(mail.to_user)
    if mail.template == ROLE_CHANGED:
        return {**context, **role_changes.mail_words(mail.context), "link": links.history_link()}
    subject = mail.subject
    rule_set = rule_set_of(subject) if subject is not None else None
    if rule_set is None:
        return {**context, "groups": _digest(mail.context), "link": links.worklist_link()}
    return {**context, **rule_set.words(subject, mail)}


def _dates(mail: OutgoingMail) -> dict[str, Any]:
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


def _every(mail: OutgoingMail) -> str:
    """After how many days it comes again, as words; empty where it does not."""
    amount, unit = mail.context.get("every") or (0, "")
    return amount_of_days(amount, unit) if amount else ""


def _digest(context: dict[str, Any]) -> list[dict[str, Any]]:
    """The cases of a digest, the most pressing kind first."""
    order = [
        *(NoticeKind.OVERDUE, NoticeKind.INTAKE_OVERDUE, NoticeKind.REFERRAL_OVERDUE),
        *(NoticeKind.PUBLIC_TEXT_OVERDUE, NoticeKind.PUBLICATION_OVERDUE),
        *(NoticeKind.DUE_TODAY, NoticeKind.DUE_SOON),
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
