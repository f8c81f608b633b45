"""Links in mails to the sender: each opens the case for some months; a new secret invalidates them all, and
so does another mailbox.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from pakn_portal import clock
from pakn_portal.conf import portal_settings
from pakn_portal.submissions import secrets
from pakn_portal.submissions.models import MailLink, Submission


def issue_mail_token(submission: Submission) -> str:
    """The token of a new link, valid for `MAIL_LINK_DAYS`. Adds a row with its
    hash; the token is not stored.
    """
    token = secrets.new_mail_token()
    MailLink.objects.create(
        submission=submission,
        token_hash=secrets.hash_mail_token(token),
        expires_at=clock.now() + timedelta(days=portal_settings.MAIL_LINK_DAYS),
    )
    return token


def submission_of_token(token: str) -> Submission | None:
    """The submission of a valid link."""
    link = (
        MailLink.objects.filter(token_hash=secrets.hash_mail_token(token), expires_at__gt=clock.now())
        .select_related("submission__sender", "submission__case")
        .first()
    )
    return link.submission if link is not None else None


def renew_secret(submission: Submission) -> str:
    """Issue a new tracking secret; the old one, all mail links and all open pages of
    the sender become invalid.

    For a sender who lost it or gave it away. Give it only to the sender: we store no more than its hash.
    """
    secret = secrets.new_secret()
    with transaction.atomic():
        submission.secret_hash = secrets.hash_secret(secret, submission.pk)
        submission.save(update_fields=["secret_hash"])
        end_links(submission)
    return secret


def end_links(submission: Submission) -> None:
    """None of the links that were mailed so far opens the case any more."""
    submission.mail_links.all().delete()


def forget_ended_links() -> int:
    """Delete expired links; returns how many."""
    deleted, _by_model = MailLink.objects.filter(expires_at__lte=clock.now()).delete()
    return deleted
