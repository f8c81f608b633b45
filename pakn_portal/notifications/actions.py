"""Write mails into the outbox, in the transaction of what they tell; `sending.py` lets them out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.db.models import F

from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case, CaseEvent
from pakn_portal.cases.state_secret import last_act_of_sender
from pakn_portal.notifications.encryption import encrypt
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.recipients import (
    Recipient,
    duplicates_of,
    office_about,
    publishers,
    recipients_of,
    sender_of,
)
from pakn_portal.notifications.rules import (
    ANSWER_DOUBTED,
    DUPLICATE_PUBLISHED,
    DUPLICATES,
    HIDDEN,
    RECEIPT,
    Rule,
    To,
    rules_for,
)
from pakn_portal.pages.answers.actions import live_page_of
from pakn_portal.people.actor import Actor

#: One mail lists at most this many; the page of the case has them all.
LONGEST_LIST: Final = 100


def queue_mails(*, case: Case, event: CaseEvent, secret: str = "", **kwargs: Any) -> None:
    """Receiver of `event_recorded`: the mails of this event, standing and falling with it.

    `secret` is the tracking secret of a new submission; stored encrypted, wiped once the mail has left.
    """
    mails = [mail for rule in _rules_of(case, event) for mail in _mails(rule, case, event)]
    mails += _missed_behind_lock(case, event)
    for mail in mails:
        mail.sealed = encrypt(secret) if mail.template == RECEIPT else ""
    if mails:
        OutgoingMail.objects.bulk_create(mails)


def tell_publishers(*, page: Any, by: Actor, **kwargs: Any) -> None:
    """Receiver of `answers_hidden`: a mail to every publisher but the one who did it."""
    users = [user for user in publishers() if by is None or user.pk != by.pk]
    OutgoingMail.objects.bulk_create(
        OutgoingMail(template=HIDDEN, to_user=user, context={"page": page.title}) for user in users
    )


def _rules_of(case: Case, event: CaseEvent) -> list[Rule]:
    """A sender who does something to a locked case hears of it as always; everybody else once it counts."""
    if event.verb == Verb.NOTE and event.data.get("sender"):
        return [rule for rule in rules_for(event.data["sender"]) if rule.to == To.SENDER]
    if event.verb == Verb.NOTE and event.data.get("doubted"):
        return [Rule(Verb.NOTE, ANSWER_DOUBTED, To.INTAKE)]
    if event.verb == Verb.RELEASE_HOLD:
        meanwhile = [rule for rule in rules_for(last_act_of_sender(case)) if rule.to != To.SENDER]
        return [*rules_for(event.verb), *meanwhile] if _goes_on(case) else meanwhile
    return rules_for(event.verb)


def _goes_on(case: Case) -> bool:
    """There is something left to do: the work itself, or what was answered can be made public."""
    return case.is_open or case.status == Status.ANSWERED


def _mails(rule: Rule, case: Case, event: CaseEvent) -> list[OutgoingMail]:
    found = recipients_of(rule.to, case, event)
    return _written(rule.template, found, _context(rule, case, event) if found else {})


def _written(template: str, found: Iterable[Recipient], context: dict[str, Any]) -> list[OutgoingMail]:
    return [
        OutgoingMail(
            template=template,
            case=who.case,
            to_sender=who.sender,
            to_user=who.user,
            context=dict(context),
        )
        for who in found
    ]


def _missed_behind_lock(case: Case, event: CaseEvent) -> list[OutgoingMail]:
    """A duplicate was locked while its master was published, or ended: what was told then is told now."""
    master = case.master
    if event.verb != Verb.RELEASE_HOLD or case.status != Status.DUPLICATE or master is None or master.is_open:
        return []
    locked = case.events.filter(verb=Verb.HOLD).order_by("sequence").last()
    moves = master.events.exclude(from_status=F("to_status")).order_by("sequence")
    last = moves.filter(pk__gt=locked.pk).last() if locked is not None else None
    if last is None:
        return []
    if master.status == Status.PUBLISHED:
        published = master.events.filter(verb=Verb.PUBLISH).order_by("sequence").last() or last
        return _written(DUPLICATE_PUBLISHED, sender_of(case), _about_event(master, published))
    context = _about_duplicates(master, [case.number], is_answered=master.status == Status.ANSWERED)
    return _written(DUPLICATES, office_about(master), context)


def _context(rule: Rule, case: Case, event: CaseEvent) -> dict[str, Any]:
    if rule.to == To.INTAKE_FOR_DUPLICATES:
        numbers = list(duplicates_of(case).values_list("number", flat=True))
        return _about_duplicates(case, numbers, is_answered=event.verb == Verb.APPROVE_ANSWER)
    return _about_event(case, event)


def _about_duplicates(case: Case, numbers: list[str], *, is_answered: bool) -> dict[str, Any]:
    """Numbers only: the mail may be about a case that its reader cannot open."""
    return {
        "of": case.number,
        "numbers": numbers[:LONGEST_LIST],
        "more": max(len(numbers) - LONGEST_LIST, 0),
        "is_answered": is_answered,
    }


def _about_event(case: Case, event: CaseEvent) -> dict[str, Any]:
    """Codes, dates and the note, whose personal data is masked: nothing about the sender."""
    values = {key: value for key, value in event.data.items() if value not in (None, "")}
    if case.supplement_due_on is not None:
        values["supplement_due_on"] = case.supplement_due_on.isoformat()
    if event.verb == Verb.MARK_DUPLICATE and (page := live_page_of(case.master_id)) is not None:
        values["page"] = page.pk
    return {**values, "note": event.note} if event.note else values
