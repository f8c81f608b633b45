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
from pakn_portal.answers.enums import AnswerState
from pakn_portal.answers.models import Answer
from pakn_portal.answers.proof import is_as_approved
from pakn_portal.cases.models import Case
from pakn_portal.conf import portal_settings
from pakn_portal.deadlines.explain import long_date
from pakn_portal.languages import portal_language, speaking
from pakn_portal.notifications import links, role_changes
from pakn_portal.notifications.encryption import decrypt
from pakn_portal.notifications.enums import NoticeKind
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.readers import leave_out_hidden
from pakn_portal.notifications.rules import PROGRESS, ROLE_CHANGED
from pakn_portal.pages.links import tracking_link
from pakn_portal.people.accounts import address as address_of_user
from pakn_portal.people.accounts import is_open
from pakn_portal.people.names import person
from pakn_portal.submissions.secrets import display_secret


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
    context = {**mail.context, **_dates(mail), "ministry": portal_settings.MINISTRY_NAME}
    if mail.to_user is not None:
        context["person"] = person(mail.to_user)
    if mail.template == ROLE_CHANGED:
        return {**context, **role_changes.mail_words(mail.context), "link": links.history_link()}
    if mail.case is None:
        return {**context, "groups": _digest(mail.context), "link": links.worklist_link()}
    return {**context, **_about(mail.case, mail)}


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


def _about(case: Case, mail: OutgoingMail) -> dict[str, Any]:
    if mail.to_user_id is not None:
        return {"case": case, "number": case.number, "link": links.case_link(case)}
    return {
        "case": case,
        "master": _master(mail.context),
        "number": case.number,
        "name": case.submission.sender.full_name,
        "secret": display_secret(decrypt(mail.sealed)),
        "link": tracking_link(case.submission),
        **_answer(case, mail.context.get("hash", "")),
        "page_link": links.answer_link(mail.context.get("page")),
    }


def _master(context: dict[str, Any]) -> str:
    """The case theirs was joined to, unless it was sealed since."""
    number = context.get("master", "")
    return "" if Case.objects.sealed_among([number] if number else []) else number


def _answer(case: Case, approved_hash: str) -> dict[str, Any]:
    """The very text that was approved, with its outcome and legal bases; empty when it has changed since or
    was sealed: the tracking page tells.
    """
    nothing = {"answer": "", "outcome": "", "legal_bases": ""}
    if case.is_sealed:
        return nothing
    found = Answer.objects.select_related("case").filter(case=case, state=AnswerState.APPROVED).first()
    if found is None or found.approved_hash != approved_hash or not is_as_approved(found):
        return nothing
    return {"answer": found.body, "outcome": found.outcome, "legal_bases": found.legal_bases}


def _digest(context: dict[str, Any]) -> list[dict[str, Any]]:
    """The cases of a digest, the most pressing kind first."""
    order = [
        *(NoticeKind.OVERDUE, NoticeKind.INTAKE_OVERDUE, NoticeKind.REFERRAL_OVERDUE),
        *(NoticeKind.PUBLICATION_OVERDUE, NoticeKind.DUE_TODAY, NoticeKind.DUE_SOON),
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
