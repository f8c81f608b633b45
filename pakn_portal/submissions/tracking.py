"""The way back to one's own case: number and secret, a link from a mail, or a grant given half an hour ago
at most.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from django.db.models import QuerySet

from pakn_portal.submissions import limits, secrets
from pakn_portal.submissions.models import Submission

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Found:
    """`submission` is None for a wrong number, a wrong secret and an unreal number alike."""

    submission: Submission | None = None
    is_limited: bool = False


def find_by_secret(number: str, secret: str, *, address: str) -> Found:
    """The submission of a case number and its secret, as typed.

    The same work and the same answer whether the number exists or not (ASVS 6.5; H45); wrong tries are
    counted for
    each number, real or not, and each address.
    """
    number, secret = secrets.normalize_number(number), secrets.normalize_secret(secret)
    if limits.WRONG_PER_NUMBER.is_used_up(number) or limits.WRONG_PER_ADDRESS.is_used_up(address):
        return Found(is_limited=True)
    submission = _with_case().filter(case__number=number).first()
    if secrets.verify_secret(secret, submission.secret_hash if submission else None):
        return Found(submission)
    _count_wrong(number, address)
    return Found()


def find_by_mail_token(token: str, *, address: str) -> Found:
    """The submission of a link in a mail. 128 bits cannot be tried through; the address is limited all the
    same.
    """
    if limits.WRONG_PER_ADDRESS.is_used_up(address):
        return Found(is_limited=True)
    token_hash = secrets.hash_mail_token(token.strip())
    submission = _with_case().filter(mail_token_hash=token_hash).first() if token.strip() else None
    if submission is None:
        _count_wrong("", address)
    return Found(submission)


def find_by_grant(grant: str) -> Submission | None:
    """The submission a page of ours was opened for; None after half an hour, or once the secret was
    changed.
    """
    read = secrets.read_grant(grant)
    if read is None:
        return None
    submission = _with_case().filter(pk=read[0]).first()
    return submission if submission and secrets.grant_fits(submission, read[1]) else None


def _with_case() -> QuerySet[Submission]:
    return Submission.objects.select_related("sender", "case").filter(case__isnull=False)


def _count_wrong(number: str, address: str) -> None:
    if number:
        limits.WRONG_PER_NUMBER.count(number)
    limits.WRONG_PER_ADDRESS.count(address)
    altogether = limits.WRONG_ALTOGETHER.count("")
    if altogether == limits.WRONG_ALTOGETHER.allowed:
        logger.error(
            "%s wrong tracking secrets within the hour: somebody may be trying them through", altogether
        )
