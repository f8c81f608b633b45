"""From a row of the outbox to the mail itself: template, address, headers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from pakn_portal.conf import portal_settings
from pakn_portal.languages import portal_language, speaking
from pakn_portal.notifications.edited.models import MailTemplate
from pakn_portal.notifications.edited.texts import edited_words, filled, samples_of
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.rule_sets import NotTheirs, mail_set_of
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


@dataclass(frozen=True)
class MailWords:
    """A mail as it is read: one line, and the whole text."""

    subject: str
    body: str


def words_of(mail: OutgoingMail, **instead: Any) -> MailWords:
    """In the section's language, with links at the portal's addresses. `instead`: what stands in the place of
    words of the mail that are nobody's but the sender's, such as `link`. Needs no address and sends nothing.
    """
    with speaking(addresses=portal_language()):
        context = {**_context(mail), **instead}
        edited = edited_words(mail.template, context) if getattr(mail, "is_edited", True) else {}
        return _written(mail.template, context, edited)


def _written(mail: str, context: dict[str, Any], edited: dict[str, str]) -> MailWords:
    """The ministry's own words stand where the product's would, in all that is around them."""
    frame = f"pakn_portal/mail/{mail}.txt"
    name = "pakn_portal/mail/edited.txt" if edited else frame
    return _split(render_to_string(name, {**context, **edited, "frame": frame}))


def _split(rendered: str) -> MailWords:
    subject, _newline, body = rendered.strip().partition("\n")
    # what a template leaves out must not leave a hole
    return MailWords(" ".join(subject.split()), re.sub(r"\n{3,}", "\n\n", body.strip()) + "\n")


def sample_words(template: MailTemplate) -> MailWords:
    """The ministry's words as the reader of a made-up case would have them."""
    with speaking(addresses=portal_language()):
        context = {**samples_of(template.mail), **_of_the_reader_alone()}
        return _written(template.mail, context, filled(template, context))


def words_with(template: MailTemplate, mail: OutgoingMail) -> MailWords:
    """The ministry's words as the reader of this mail would have them, for somebody else to look at. A mail
    that is not saved is filled up with what is made up.
    """
    with speaking(addresses=portal_language()):
        is_made_up = mail.pk is None
        secret = {"secret": samples_of(template.mail).get("secret", "")}
        context = {**_context(mail), **_of_the_reader_alone(), **secret}
        return _written(template.mail, context, filled(template, context, is_made_up=is_made_up))


def _of_the_reader_alone() -> dict[str, str]:
    return {
        "name": _("(the sender's name)"),
        "person": _("(the colleague's name)"),
        "link": _("(a link that opens this case, for the reader alone)"),
    }


def message_of(mail: OutgoingMail) -> EmailMessage:
    """The mail in the section's language, with links at the portal's addresses.

    A repeat has the same Message-ID (I10); no robot shall answer it. Raises NoAddress, and NotTheirs where
    its receiver may not see the case now.
    """
    _leave_out_hidden(mail)
    words = words_of(mail)
    sender = portal_settings.MAIL_FROM or settings.DEFAULT_FROM_EMAIL
    return EmailMessage(
        words.subject,
        words.body,
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
        "ministry": portal_settings.MINISTRY_NAME,
        "phone": portal_settings.MINISTRY_PHONE,
        "hours": portal_settings.MINISTRY_HOURS,
    }
    if mail.to_user is not None:
        context["person"] = person(mail.to_user)
    mails = mail_set_of(mail)
    return {**context, **mails.words(mail.subject, mail)} if mails is not None else context


def _leave_out_hidden(mail: OutgoingMail) -> None:
    """Of a mail to a sender all or nothing, of one without an address nothing. Raises NotTheirs."""
    if (mails := mail_set_of(mail)) is None:
        return
    if mail.to_sender is not None and mails.is_hollow(mail.subject, mail):
        raise NotTheirs
    if is_open(mail.to_user):
        mails.leave_out_hidden(mail.subject, mail)
