"""Let the outbox out: claimed row by row, with retries, each mail at least once and marked (I10)."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.core import mail as django_mail
from django.db.models import F

from pakn_portal import clock
from pakn_portal.conf import portal_settings
from pakn_portal.notifications.enums import MailState
from pakn_portal.notifications.messages import message_of
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.refusals import Refusal, describe, read_refusal
from pakn_portal.notifications.rules import RECEIPT
from pakn_portal.submissions.limits import RECEIPT_MAILS_DAY, Claim, give_back_all, take_all

logger = logging.getLogger(__name__)

BATCH: Final = 50
#: A worker that died holding a mail loses it after this time.
LEASE: Final = timedelta(minutes=5)
#: Seconds we wait for a mail server, where the site names no EMAIL_TIMEOUT; well within the lease.
PATIENCE: Final = 30
LONGEST_WAIT: Final = timedelta(hours=4)
#: A mail that the server would not take for its own reasons lets the others go first for so long.
SERVER_WAIT: Final = timedelta(minutes=15)
#: After this time the server's reasons count as those of the mail.
LONGEST_OUTAGE: Final = timedelta(days=5)
_JOINED = (
    "case__submission__sender",
    "to_sender",
    "to_user",
    "case__agency",
    "case__refusal_reason",
    "case__master",
)


@dataclass
class Sent:
    """What one run did."""

    sent: int = 0
    retried: int = 0
    failed: int = 0
    withheld: int = 0
    is_server_down: bool = False


def send_due_mails(*, should_stop: Callable[[], bool] = lambda: False) -> Sent:
    """Send everything that is due; safe when two workers run at once.

    A mail server that cannot be reached, or takes nothing now (quota, policy), costs no mail an attempt: the
    run ends, they wait, and go out when it takes them again (F6).
    """
    done = Sent()
    while not should_stop() and not done.is_server_down:
        batch = _next_batch()
        if not batch or not _send_batch(batch, done, should_stop):
            break
    return done


def _next_batch() -> list[OutgoingMail]:
    return list(
        OutgoingMail.objects.due(clock.now()).select_related(*_JOINED).order_by("due_at", "pk")[:BATCH]
    )


def _send_batch(batch: list[OutgoingMail], done: Sent, should_stop: Callable[[], bool]) -> int:
    """How many of them were ours; 0 ends the run, so that two workers do not chase one another."""
    try:
        connection = _open_connection()
    except (OSError, smtplib.SMTPException) as error:
        logger.warning(
            "The mail server cannot be reached (%s); %d mails wait.", type(error).__name__, len(batch)
        )
        done.is_server_down = True
        return 0
    claimed = 0
    try:
        for mail in batch:
            if should_stop() or done.is_server_down:
                break
            if _claim(mail):
                claimed += 1
                _send(mail, connection, done)
    finally:
        _close(connection)
    return claimed


def _open_connection() -> Any:
    connection = _default_mailer()
    if getattr(connection, "timeout", PATIENCE) is None:
        connection.timeout = PATIENCE
    connection.open()
    return connection


def _default_mailer() -> Any:
    """From Django 6.1 on by `mailers`, which reads a site's EMAIL_* settings where it has no MAILERS."""
    mailers = getattr(django_mail, "mailers", None)
    return django_mail.get_connection() if mailers is None else mailers.default


def _close(connection: Any) -> None:
    try:
        connection.close()
    except (OSError, smtplib.SMTPException) as error:
        logger.debug("The mail server hung up first: %s", type(error).__name__)


def _claim(mail: OutgoingMail) -> bool:
    """Ours until the lease ends; one conditional update, so that exactly one worker wins on any database."""
    now = clock.now()
    until = now + LEASE
    won = (
        OutgoingMail.objects.due(now)
        .filter(pk=mail.pk)
        .update(claimed_until=until, attempts=F("attempts") + 1)
    )
    mail.claimed_until, mail.attempts = until, mail.attempts + 1
    return bool(won)


def _send(mail: OutgoingMail, connection: Any, done: Sent) -> None:
    claims = _claims(mail)
    if take_all(claims):
        _mark(mail, MailState.WITHHELD, error="receipt limit")
        done.withheld += 1
        return
    try:
        connection.send_messages([message_of(mail)])
    except Exception as error:  # whatever a template or a server brings up must not stop the queue
        give_back_all(claims)
        _give_back(mail, error, done)
    else:
        _mark(mail, MailState.SENT, sent_at=clock.now())
        done.sent += 1


def _claims(mail: OutgoingMail) -> list[Claim]:
    """Nobody can use our receipts to flood a stranger's mailbox (H74). A mail that is tried again, after a
    worker was killed say, is the same one.
    """
    if mail.template != RECEIPT or mail.to_sender is None or not mail.to_sender.email:
        return []
    return [Claim(RECEIPT_MAILS_DAY, mail.to_sender.email.lower(), mark=str(mail.uuid))]


def _give_back(mail: OutgoingMail, error: Exception, done: Sent) -> None:
    refusal = read_refusal(error)
    logger.warning("Mail %s, attempt %d: %s", mail.uuid, mail.attempts, describe(error))
    is_young = clock.now() - mail.created_at < LONGEST_OUTAGE
    if refusal == Refusal.SERVER and is_young:
        _let_others_go_first(mail, error)
        done.retried += 1
        done.is_server_down = True
        return
    is_hopeless = refusal in (Refusal.FOR_GOOD, Refusal.SERVER)
    if is_hopeless or mail.attempts >= portal_settings.MAIL_MAX_ATTEMPTS:
        _mark(mail, MailState.FAILED, error=describe(error))
        done.failed += 1
        return
    _update(
        mail, claimed_until=None, due_at=clock.now() + wait_after(mail.attempts), last_error=describe(error)
    )
    done.retried += 1
    done.is_server_down = refusal == Refusal.HUNG_UP


def _let_others_go_first(mail: OutgoingMail, error: Exception) -> None:
    _update(
        mail,
        claimed_until=None,
        due_at=clock.now() + SERVER_WAIT,
        attempts=mail.attempts - 1,
        last_error=describe(error),
    )


def wait_after(attempts: int) -> timedelta:
    """1, 2, 4 … minutes, at most four hours."""
    return min(timedelta(minutes=2 ** min(attempts - 1, 10)), LONGEST_WAIT)


def _mark(mail: OutgoingMail, state: MailState, *, sent_at: datetime | None = None, error: str = "") -> None:
    """Done with it: the secret is wiped."""
    _update(mail, state=state, sent_at=sent_at, last_error=error, sealed="", claimed_until=None)


def _update(mail: OutgoingMail, **values: Any) -> None:
    """Only while we hold it; after the lease another worker may have sent and marked it."""
    OutgoingMail.objects.filter(pk=mail.pk, state=MailState.WAITING).update(**values)
