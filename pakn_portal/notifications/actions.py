"""Write mails into the outbox, in the transaction of what they tell; `sending.py` lets them out."""

from __future__ import annotations

from typing import Any

from pakn_portal.cases.models import Case, CaseEvent
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.recipients import users_for
from pakn_portal.notifications.rules import RECEIPT, Rule, To, rules_for
from pakn_portal.notifications.sealing import seal


def queue_mails(*, case: Case, event: CaseEvent, secret: str = "", **kwargs: Any) -> None:
    """Receiver of `event_recorded`: the mails of this event, standing and falling with it.

    `secret` is the tracking secret of a new submission; stored encrypted, wiped once the mail has left.
    """
    mails = [mail for rule in rules_for(event.verb) for mail in _mails(rule, case, event)]
    for mail in mails:
        mail.sealed = seal(secret) if mail.template == RECEIPT else ""
    if mails:
        OutgoingMail.objects.bulk_create(mails)


def _mails(rule: Rule, case: Case, event: CaseEvent) -> list[OutgoingMail]:
    if rule.to == To.SENDER:
        return _to_senders([case], rule, _context(case, event))
    if rule.to == To.SENDERS_OF_DUPLICATES:
        duplicates = case.duplicates.select_related("submission__sender")
        return _to_senders(list(duplicates), rule, _context(case, event))
    users = users_for(rule.to, case, event)
    return [_mail(rule, case, event, to_user=user) for user in users]


def _to_senders(cases: list[Case], rule: Rule, context: dict[str, Any]) -> list[OutgoingMail]:
    """A sender who left no e-mail address reads everything on the tracking page."""
    return [
        OutgoingMail(
            template=rule.template, case=case, to_sender=case.submission.sender, context=dict(context)
        )
        for case in cases
        if case.submission.sender.email
    ]


def _mail(rule: Rule, case: Case, event: CaseEvent, *, to_user: Any) -> OutgoingMail:
    return OutgoingMail(template=rule.template, case=case, to_user=to_user, context=_context(case, event))


def _context(case: Case, event: CaseEvent) -> dict[str, Any]:
    """Codes, dates and the note, whose personal data is masked: nothing about the sender."""
    values = {key: value for key, value in event.data.items() if value not in (None, "")}
    if case.supplement_due_on is not None:
        values["supplement_due_on"] = case.supplement_due_on.isoformat()
    return {**values, "note": event.note} if event.note else values
