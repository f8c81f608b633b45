"""How senders reach their own case: with number and secret, a link from a mail, or a
grant of the last half hour.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet

from pakn_portal.submissions import limits, secrets
from pakn_portal.submissions.limits import Claim, give_back_all, take_all
from pakn_portal.submissions.models import Submission
from pakn_portal.submissions.secrets.mail_links import submission_of_token

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Found:
    """`submission` is None for a wrong number, a wrong secret and an impossible number alike."""

    submission: Submission | None = None
    #: After too many tries: seconds until the next one.
    wait: int = 0
    #: There were many wrong tries for this number from other addresses, so a try needs a proof.
    needs_proof: bool = False


def find_by_secret(number: str, secret: str, *, address: str, prove: Callable[[], bool]) -> Found:
    """The submission of a case number and its secret, as typed.

    Work and result are the same whether the number exists or not (ASVS 6.5; H45). A try counts as wrong
    before it is checked, so that parallel tries gain nothing over tries one by one; a right one is subtracted
    again. Wrong tries of others lock nobody out: after a number of them `prove` must return True.
    """
    number, secret = secrets.normalize_number(number), secrets.normalize_secret(secret)
    here = f"{number}\x1f{address}"
    tried = Claim(limits.TRIES_PER_NUMBER, here)
    wrong = [
        Claim(limits.WRONG_PER_NUMBER, here),
        Claim(limits.WRONG_PER_ADDRESS, address),
        Claim(limits.WRONG_BEFORE_PROOF, number),
    ]
    refused = take_all([tried, *wrong])
    if refused == wrong[-1]:
        if not prove():
            return Found(needs_proof=True)
        refused = take_all([tried, *wrong[:-1]])
        wrong.pop()
    if refused:
        return Found(wait=refused.seconds_to_wait)
    submission = _with_case().filter(case__number=number).first()
    if _opens(secret, submission):
        give_back_all(wrong)
        return Found(submission)
    _sound_alarm()
    return Found()


def _opens(secret: str, submission: Submission | None) -> bool:
    """A hash from before it was bound to its submission is, once its secret was typed right."""
    own = (submission.secret_hash, submission.pk) if submission is not None else (None, None)
    if not secrets.verify_secret(secret, *own) or submission is None:
        return False
    if bound := secrets.hash_anew(secret, submission.secret_hash, submission.pk):
        rows = Submission.objects.filter(pk=submission.pk, secret_hash=submission.secret_hash)
        if rows.update(secret_hash=bound):
            submission.secret_hash = bound
        else:
            submission.refresh_from_db(fields=["secret_hash"])
    return True


def find_by_mail_token(token: str, *, address: str) -> Found:
    """The submission of a link in a mail. Nobody can try out 128 bits; still the address is limited."""
    wrong = Claim(limits.WRONG_PER_ADDRESS, address)
    if refused := take_all([wrong]):
        return Found(wait=refused.seconds_to_wait)
    submission = submission_of_token(token.strip())
    if submission is None:
        _sound_alarm()
    else:
        give_back_all([wrong])
    return Found(submission)


def find_by_grant(grant: str) -> Submission | None:
    """The submission for which one of our pages was opened; None after half an
    hour, or after a new secret.
    """
    read = secrets.read_grant(grant)
    if read is None:
        return None
    submission = _with_case().filter(pk=read[0]).first()
    return submission if submission and secrets.grant_fits(submission, read[1]) else None


def _with_case() -> QuerySet[Submission]:
    return Submission.objects.select_related("sender", "case").filter(case__isnull=False)


def _sound_alarm() -> None:
    """Log an error, at most once an hour, if the wrong tries of all visitors together are many."""
    altogether = limits.WRONG_ALTOGETHER
    altogether.take("")
    if altogether.is_used_up("") and limits.ALARM.take(""):
        logger.error(
            "%s wrong tracking secrets within the hour: somebody may be trying them through",
            altogether.allowed,
        )
