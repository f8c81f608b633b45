"""A look at the ministry's own words of a mail before they are saved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from pakn_portal.cases.models import Case
from pakn_portal.notifications.edited.models import MailTemplate
from pakn_portal.notifications.messages import MailWords, sample_words, words_with
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.rule_sets import goes_to_staff, is_of_one_case
from pakn_portal.submissions.secrets import normalize_number


@dataclass(frozen=True)
class Look:
    """The mail, and a sentence that says of which case it is."""

    words: MailWords
    about: str


def look_at(template: MailTemplate, user: Any) -> Look:
    """With the case whose number was chosen, if this user may see it, or else with a made-up one."""
    number = template.shown_case.strip()
    if not is_of_one_case(template.mail):
        return Look(sample_words(template), _("This mail is of no single case. What it names is made up."))
    if not number:
        return Look(sample_words(template), _("A made-up case. Names and dates are those of nobody."))
    case = Case.objects.visible_to(user).filter(number=normalize_number(number)).first()
    if case is None:
        about = _("You see no case %(number)s, so this is a made-up one.") % {"number": number}
        return Look(sample_words(template), about)
    mail = _mail_of(case, template.mail, user)
    if mail.pk is None:
        about = _("Case %(number)s, which had no such mail yet: what it has not is made up.")
    else:
        about = _("Case %(number)s, with the last mail of this kind that was written for it.")
    return Look(words_with(template, mail), about % {"number": case.number})


def _mail_of(case: Case, kind: str, user: Any) -> OutgoingMail:
    """The last one, or one that is not saved."""
    to_staff = goes_to_staff(kind)
    written = OutgoingMail.objects.filter(case=case, template=kind, to_user__isnull=not to_staff)
    found: OutgoingMail | None = written.order_by("-pk").first()
    if found is not None:
        return found
    due_on = {"due_on": case.due_on.isoformat()} if case.due_on else {}
    whom: dict[str, Any] = {"to_user": user} if to_staff else {"to_sender": case.submission.sender}
    return OutgoingMail(template=kind, case=case, context=due_on, **whom)
