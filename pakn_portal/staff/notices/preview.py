"""What an act would write to the sender, as it will arrive: the act is carried out and taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from pakn_portal.cases.enums import Verb
from pakn_portal.cases.models import Case
from pakn_portal.notifications.by_hand.letter import printed_mail
from pakn_portal.notifications.enums import MailState
from pakn_portal.notifications.messages import MailWords, words_of
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.petition.rules import To
from pakn_portal.notifications.rule_sets import MAILS
from pakn_portal.pages.answers.prepared import masked_note
from pakn_portal.staff.notices.rows import ways_to

#: Going public reaches beyond the database (workflow, caches of the site), so it is not tried out.
_NOT_TRIED: Final = frozenset({Verb.PUBLISH, Verb.CORRECT})


@dataclass(frozen=True)
class MailPreview:
    """`lack`: why there is nothing to show yet. `by_hand`: how to tell a sender without e-mail."""

    letters: tuple[MailWords, ...] = ()
    lack: str = ""
    by_hand: str = ""


def tells_sender(verb: str) -> bool:
    """Whether this act writes to the sender of its case."""
    return any(rule.to == To.SENDER for rule in MAILS.of(Case.procedure).get(verb, ()))


def preview(
    case: Case, verb: Verb, perform: Callable[[Case], Any], *, page_link: str = "", note: str = ""
) -> MailPreview:
    """Every mail to the sender that `perform(case)` would bring, without the link that is the sender's alone.
    Nothing of it stays: neither the act nor its mails. Raises what the verb raises. `page_link` and `note`
    are for what goes public, which is not tried out.
    """
    sender = case.submission.sender
    by_hand = "" if sender.email else ways_to(sender)
    if verb in _NOT_TRIED:
        told = {"note": masked_note(note, case)} if note else {}
        mail = OutgoingMail(template=_template_of(verb), to_sender=sender, case=case, context=told)
        return MailPreview((_words(mail, page_link=page_link),), by_hand=by_hand)
    with transaction.atomic():
        try:
            return MailPreview(_tried(case, perform), by_hand=by_hand)
        finally:
            transaction.set_rollback(True)


def _tried(case: Case, perform: Callable[[Case], Any]) -> tuple[MailWords, ...]:
    mails = OutgoingMail.objects.filter(case=case, to_sender=case.submission.sender_id).order_by("pk")
    before = set(mails.values_list("pk", flat=True))
    copy = Case.objects.with_names().get(pk=case.pk)
    copy.version = case.version
    perform(copy)
    written = mails.exclude(pk__in=before).select_related("case__submission__sender", "to_sender")
    return tuple(_words(mail) for mail in written)


def _words(mail: OutgoingMail, **instead: Any) -> MailWords:
    if mail.state == MailState.BY_HAND or (mail.to_sender is not None and not mail.to_sender.email):
        return printed_mail(mail)
    return words_of(mail, link=_("(a link that opens this case, for the sender alone)"), **instead)


def _template_of(verb: Verb) -> str:
    return next(rule.template for rule in MAILS.of(Case.procedure)[verb] if rule.to == To.SENDER)
