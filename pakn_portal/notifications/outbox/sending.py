"""Let the outbox out: claimed row by row, with retries, each mail at least once and marked (I10)."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.core import mail as django_mail
from django.db import transaction
from django.db.models import F

from pakn_portal import clock
from pakn_portal.conf import portal_settings
from pakn_portal.notifications.by_hand.actions import ask_by_hand, withdraw_question
from pakn_portal.notifications.edited.texts import edited_mails
from pakn_portal.notifications.enums import MailState
from pakn_portal.notifications.messages import NoAddress, address_of, message_of
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.outbox.doubts import Doubts
from pakn_portal.notifications.outbox.refusals import (
    COUNTED,
    DOUBTFUL,
    Refusal,
    describe,
    domain_of,
    read_refusal,
)
from pakn_portal.notifications.querysets import OutgoingMailQuerySet
from pakn_portal.notifications.rule_sets import NotTheirs, mail_set_of, mail_sets
from pakn_portal.notifications.seals import is_as_written, seal_of, words_under_seal
from pakn_portal.submissions.limits import Claim, give_back_all, take_all

logger = logging.getLogger(__name__)

BATCH: Final = 50
#: A worker that died holding a mail loses it after this time.
LEASE: Final = timedelta(minutes=5)
#: Seconds we wait for a mail server, where the site names no EMAIL_TIMEOUT; well within the lease.
PATIENCE: Final = 30
LONGEST_WAIT: Final = timedelta(hours=4)
#: A mail that the server would not take for its own reasons lets the others go first for so long.
SERVER_WAIT: Final = timedelta(minutes=15)
#: After this time the server's reasons count as those of the mail (RFC 5321 4.5.4.1 asks for 4 to 5 days).
LONGEST_OUTAGE: Final = timedelta(days=5)
#: No mail is sent longer after it was due; keeps a look at what left lately within the index.
_LATELY: Final = timedelta(days=1)
RECEIPT_LIMIT: Final = "receipt limit"
NOT_THEIRS: Final = "not theirs"
#: The row is not the one that the portal wrote.
NOT_AS_WRITTEN: Final = "not as written"
_JOINED: Final = ("to_sender", "to_user")


@dataclass
class Sent:
    """What one run did."""

    sent: int = 0
    retried: int = 0
    failed: int = 0
    withheld: int = 0
    is_server_down: bool = False
    doubts: Doubts = field(default_factory=Doubts, repr=False)


def send_due_mails(*, should_stop: Callable[[], bool] = lambda: False) -> Sent:
    """Send everything that is due; safe when two workers run at once.

    A mail server that cannot be reached, or takes nothing now (quota, policy, bad health), costs no mail an
    attempt: the run ends, they wait, and go out when it takes them again (F6).
    """
    done = Sent()
    while not should_stop() and not done.is_server_down:
        batch = _next_batch()
        if not batch or not _send_batch(batch, done, should_stop):
            break
    return done


def _next_batch() -> list[OutgoingMail]:
    joins = [join for mails in mail_sets() for join in mails.joins]
    due = OutgoingMail.objects.due(clock.now()).select_related(*_JOINED, *joins)
    # so that a mail with the product's words costs no query more
    return list(due.annotate(is_edited=edited_mails()).untried_first()[:BATCH])


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
    """Ours until the lease ends; one conditional update, so that exactly one worker wins on any database. One
    whose words became others since it was read is left to the next batch.
    """
    now = clock.now()
    until = now + LEASE
    won = (
        OutgoingMail.objects.due(now)
        .filter(pk=mail.pk, seal=mail.seal)
        .update(claimed_until=until, attempts=F("attempts") + 1)
    )
    mail.claimed_until, mail.attempts = until, mail.attempts + 1
    return bool(won)


def _send(mail: OutgoingMail, connection: Any, done: Sent) -> None:
    if not is_as_written(mail):
        logger.error("Mail %s is not as the portal wrote it, so it stays here.", mail.uuid)
        _withhold(mail, NOT_AS_WRITTEN, done)
        return
    words = words_under_seal(mail)
    claims = _claims(mail)
    if take_all(claims):
        _withhold(mail, RECEIPT_LIMIT, done)
        return
    try:
        connection.send_messages([message_of(mail)])
    except NotTheirs:
        _withhold(mail, NOT_THEIRS, done)
    except Exception as error:  # whatever a template or a server brings up must not stop the queue
        give_back_all(claims)
        _give_back(mail, error, done)
    else:
        sent_at = clock.now()
        seal = seal_of(words, sent_at=sent_at)
        if _mark(mail, MailState.SENT, sent_at=sent_at, seal=seal) and mail.last_error:
            withdraw_question(mail)
        done.sent += 1
        _give_up_the_dead(mail, done)


def _withhold(mail: OutgoingMail, reason: str, done: Sent) -> None:
    _mark(mail, MailState.WITHHELD, error=reason)
    done.withheld += 1


def _claims(mail: OutgoingMail) -> list[Claim]:
    """A mail that is tried again, after a worker was killed say, is the same one."""
    mails = mail_set_of(mail)
    limit = mails.limits.get(mail.template) if mails is not None else None
    if limit is None or mail.to_sender is None or not mail.to_sender.email:
        return []
    return [Claim(limit, f"{mail.template} {mail.to_sender.email.lower()}", mark=str(mail.uuid))]


def _give_back(mail: OutgoingMail, error: Exception, done: Sent) -> None:
    refusal = read_refusal(error)
    logger.warning("Mail %s, attempt %d: %s", mail.uuid, mail.attempts, describe(error))
    if _is_hopeless(mail, refusal, error):
        with transaction.atomic():
            if _mark(mail, MailState.FAILED, error=describe(error)):
                ask_by_hand(mail)
                done.failed += 1
        return
    counts = refusal in COUNTED
    _update(
        mail,
        claimed_until=None,
        due_at=clock.now() + (wait_after(mail.attempts) if counts else _wait_for_server(mail, refusal)),
        attempts=mail.attempts if counts else mail.attempts - 1,
        refused_since=mail.refused_since or clock.now(),
        last_error=describe(error),
    )
    done.retried += 1
    if refusal in DOUBTFUL:
        done.doubts.add(mail, refusal, error)
        done.is_server_down = done.doubts.is_server()
        if done.is_server_down:
            _spare_all(done)
    else:
        done.is_server_down = refusal in (Refusal.SERVER, Refusal.HUNG_UP)


def _is_hopeless(mail: OutgoingMail, refusal: Refusal, error: Exception) -> bool:
    if refusal in COUNTED:
        return mail.attempts >= int(portal_settings.MAIL_MAX_ATTEMPTS)
    if refusal == Refusal.FOR_GOOD or _refused_for(mail) >= LONGEST_OUTAGE:
        return True
    return refusal == Refusal.MAYBE_DEAD and _others_left_since(mail, error)


def _others_left_since(mail: OutgoingMail, error: Exception) -> bool:
    """Whether the server, after it refused this mail like this the last time, took one for somebody else of
    the same domain.
    """
    if mail.refused_since is None or mail.last_error != describe(error):
        return False
    since = mail.due_at - SERVER_WAIT
    sent = OutgoingMail.objects.filter(state=MailState.SENT, due_at__gt=since - _LATELY, sent_at__gt=since)
    domain = _domain(mail)
    # the address is the sender's or the user's, so no query knows it
    return any(_domain(other) == domain for other in sent.select_related("to_sender", "to_user").iterator())


def _domain(mail: OutgoingMail) -> str:
    try:
        return domain_of(address_of(mail))
    except NoAddress:
        return ""


def _give_up_the_dead(taken: OutgoingMail, done: Sent) -> None:
    """This domain has just taken a mail, so whom it refused before is no matter of its own."""
    for doubt in done.doubts.taken_at(_domain(taken)):
        if doubt.refusal == Refusal.MAYBE_DEAD:
            with transaction.atomic():
                given_up = _update_given_back(
                    doubt.mail, state=MailState.FAILED, sealed="", attempts=doubt.mail.attempts
                )
                if given_up:
                    ask_by_hand(doubt.mail)
            done.failed += given_up
            done.retried -= given_up


def _spare_all(done: Sent) -> None:
    """It was the server: what it refused was no attempt of any mail."""
    for doubt in done.doubts.of_server():
        _update_given_back(doubt.mail, due_at=clock.now() + SERVER_WAIT, attempts=doubt.mail.attempts - 1)


def _wait_for_server(mail: OutgoingMail, refusal: Refusal) -> timedelta:
    """Longer and longer where it may be the mailbox after all, for no attempt is counted."""
    if refusal == Refusal.SERVER:
        return SERVER_WAIT
    return max(SERVER_WAIT, min(_refused_for(mail) / 4, LONGEST_WAIT))


def _refused_for(mail: OutgoingMail) -> timedelta:
    """Not since it was written: an outage without any answer may have been as long."""
    return clock.now() - mail.refused_since if mail.refused_since else timedelta()


def wait_after(attempts: int) -> timedelta:
    """1, 2, 4 … minutes, at most four hours."""
    return min(timedelta(minutes=2 ** min(attempts - 1, 10)), LONGEST_WAIT)


def longest_patience() -> timedelta:
    """No mail is tried for longer: all its attempts, after an outage of the server."""
    attempts = range(1, int(portal_settings.MAIL_MAX_ATTEMPTS) + 1)
    return LONGEST_OUTAGE + sum(map(wait_after, attempts), start=timedelta())


def mark_sent(mails: OutgoingMailQuerySet, *, at: Callable[[OutgoingMail], datetime]) -> None:
    """Mark mails that went another way as sent at this instant, for a demonstration."""
    for mail in mails.iterator():
        sent_at = at(mail)
        seal = seal_of(words_under_seal(mail), sent_at=sent_at)
        _mark(mail, MailState.SENT, sent_at=sent_at, seal=seal)


def _mark(
    mail: OutgoingMail,
    state: MailState,
    *,
    sent_at: datetime | None = None,
    error: str = "",
    seal: str | None = None,
) -> int:
    """Done with it: the secret is wiped. 0 where another worker was faster."""
    values = {"state": state, "sent_at": sent_at, "last_error": error, "sealed": "", "claimed_until": None}
    return _update(mail, **values, **({} if seal is None else {"seal": seal}))


def _update(mail: OutgoingMail, **values: Any) -> int:
    """Only while we hold it; after the lease another worker may have sent and marked it."""
    return OutgoingMail.objects.filter(pk=mail.pk, state=MailState.WAITING).update(**values)


def _update_given_back(mail: OutgoingMail, **values: Any) -> int:
    """Only while nobody has taken it up again."""
    free = OutgoingMail.objects.filter(pk=mail.pk, state=MailState.WAITING, claimed_until=None)
    return free.update(**values)
