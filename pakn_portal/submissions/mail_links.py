"""Links in mails to the sender: each opens the case for some months, and all end with a new secret."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from pakn_portal import clock
from pakn_portal.conf import portal_settings
from pakn_portal.submissions import secrets
from pakn_portal.submissions.models import MailLink, Submission


def issue_mail_token(submission: Submission) -> str:
    """The token of one more link, for `MAIL_LINK_DAYS`. One row; the token itself is kept nowhere."""
    token = secrets.new_mail_token()
    MailLink.objects.create(
        submission=submission,
        token_hash=secrets.hash_mail_token(token),
        expires_at=clock.now() + timedelta(days=portal_settings.MAIL_LINK_DAYS),
    )
    return token


def submission_of_token(token: str) -> Submission | None:
    """The submission that a link still opens."""
    link = (
        MailLink.objects.filter(token_hash=secrets.hash_mail_token(token), expires_at__gt=clock.now())
        .select_related("submission__sender", "submission__case")
        .first()
    )
    return link.submission if link is not None else None


def renew_secret(submission: Submission) -> str:
    """A new tracking secret; the old one, every link of a mail and every open page of the sender end.

    For whoever lost it, or gave it away. Tell it to the sender only: it is kept as a hash.
    """
    secret = secrets.new_secret()
    with transaction.atomic():
        submission.secret_hash = secrets.hash_secret(secret)
        submission.save(update_fields=["secret_hash"])
        submission.mail_links.all().delete()
    return secret


def forget_ended_links() -> int:
    """How many links that open nothing any more were dropped."""
    deleted, _by_model = MailLink.objects.filter(expires_at__lte=clock.now()).delete()
    return deleted
