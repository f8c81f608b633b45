"""Write mails into the outbox, in the transaction of what they tell; `sending.py` lets them out."""

from __future__ import annotations

from typing import Any

from pakn_portal.notifications.by_hand.actions import put_out
from pakn_portal.notifications.encryption import encrypt
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.rule_sets import Rule, RuleSet, rule_set_of, written


def queue_mails(*, subject: Any, event: Any, secret: str = "", **kwargs: Any) -> None:
    """Receiver of `event_recorded`: the mails of this event, standing and falling with it.

    `secret` is that of a new subject; stored encrypted, wiped once the mail has left.
    """
    rule_set = rule_set_of(subject)
    if rule_set is None:
        return
    mails = [
        mail for rule in rule_set.rules_of(subject, event) for mail in _mails(rule_set, rule, subject, event)
    ]
    mails += rule_set.more(subject, event)
    mails = [mail for mail in mails if not rule_set.is_told_at_once(mail, event)]
    for mail in mails:
        mail.sealed = encrypt(secret) if mail.template == rule_set.carries_secret else ""
    if mails:
        put_out(mails, lambda mail: rule_set.teller(mail, event))


def _mails(rule_set: RuleSet, rule: Rule, subject: Any, event: Any) -> list[OutgoingMail]:
    found = list(rule_set.recipients(rule.to, subject, event))
    return written(rule.template, found, rule_set.told(rule, subject, event) if found else {})
