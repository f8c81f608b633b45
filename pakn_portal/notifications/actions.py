"""Write mails into the outbox, in the transaction of what they tell; `sending.py` lets them out."""

from __future__ import annotations

from typing import Any, Final

from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case, CaseEvent
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.recipients import intake_staff, users_for
from pakn_portal.notifications.rules import RECEIPT, Rule, To, rules_for
from pakn_portal.notifications.sealing import seal
from pakn_portal.pages.actions import live_page_of

#: One mail lists at most this many; the page of the case has them all.
LONGEST_LIST: Final = 100


def queue_mails(*, case: Case, event: CaseEvent, secret: str = "", **kwargs: Any) -> None:
    """Receiver of `event_recorded`: the mails of this event, standing and falling with it.

    `secret` is the tracking secret of a new submission; stored encrypted, wiped once the mail has left.
    """
    mails = [mail for rule in _rules_of(event) for mail in _mails(rule, case, event)]
    for mail in mails:
        mail.sealed = seal(secret) if mail.template == RECEIPT else ""
    if mails:
        OutgoingMail.objects.bulk_create(mails)


def _rules_of(event: CaseEvent) -> list[Rule]:
    """A sender who does something to a locked case hears of it as always, and nobody else does."""
    if event.verb == Verb.NOTE and event.data.get("sender"):
        return [rule for rule in rules_for(event.data["sender"]) if rule.to == To.SENDER]
    return rules_for(event.verb)


def _mails(rule: Rule, case: Case, event: CaseEvent) -> list[OutgoingMail]:
    if rule.to == To.SENDER:
        return _to_senders([case], rule, _context(case, event))
    if rule.to == To.SENDERS_OF_DUPLICATES:
        duplicates = case.duplicates.filter(status=Status.DUPLICATE).select_related("submission__sender")
        return _to_senders(list(duplicates), rule, _context(case, event))
    if rule.to == To.INTAKE_FOR_DUPLICATES:
        return _for_duplicates(case, event, rule)
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


def _for_duplicates(case: Case, event: CaseEvent, rule: Rule) -> list[OutgoingMail]:
    """To the whole Ministry Office, whoever of it acted: somebody has to take the duplicates up.

    The office cannot open a sealed case, so that mail is not about the case and links to the worklist.
    """
    numbers = list(
        case.duplicates.filter(status=Status.DUPLICATE).order_by("pk").values_list("number", flat=True)
    )
    if not numbers:
        return []
    context = {
        "of": case.number,
        "numbers": numbers[:LONGEST_LIST],
        "more": max(len(numbers) - LONGEST_LIST, 0),
        "is_answered": event.verb == Verb.APPROVE_ANSWER,
    }
    about = None if case.is_sealed else case
    return [
        OutgoingMail(template=rule.template, case=about, to_user=user, context=context)
        for user in intake_staff()
        if user.email
    ]


def _mail(rule: Rule, case: Case, event: CaseEvent, *, to_user: Any) -> OutgoingMail:
    return OutgoingMail(template=rule.template, case=case, to_user=to_user, context=_context(case, event))


def _context(case: Case, event: CaseEvent) -> dict[str, Any]:
    """Codes, dates and the note, whose personal data is masked: nothing about the sender."""
    values = {key: value for key, value in event.data.items() if value not in (None, "")}
    if case.supplement_due_on is not None:
        values["supplement_due_on"] = case.supplement_due_on.isoformat()
    if event.verb == Verb.MARK_DUPLICATE and (page := live_page_of(case.master_id)) is not None:
        values["page"] = page.pk
    return {**values, "note": event.note} if event.note else values
