from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email.header import decode_header, make_header
from typing import Any

import django
import pytest
from django.core import mail as outbox
from django.db import connection, transaction
from django.test import override_settings

from pakn_portal import clock
from pakn_portal.answers import actions as answers
from pakn_portal.cases.actions import open_case
from pakn_portal.cases.enums import Outcome, Status
from pakn_portal.cases.models import Case
from pakn_portal.notifications.encryption import decrypt, encrypt
from pakn_portal.notifications.enums import MailState
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.outbox.sending import LEASE, send_due_mails, wait_after
from pakn_portal.notifications.seals import seal_of, words_under_seal
from pakn_portal.submissions.actions import NewSender, NewSubmission, create_submission
from pakn_portal.submissions.secrets import display_secret, verify_secret
from pakn_portal.templatetags.pakn_text import pakn_outcome
from tests.factories import Ministry, make_case, make_lists
from tests.fixtures.threads import at_once
from tests.notifications.mail_server import MailServer


def send_one(email: str = "cuc@example.vn") -> tuple[Case, str]:
    """What the form does."""
    new = NewSubmission(
        sender=NewSender("Nguyễn Thị Thu Cúc", address="Dĩ An", email=email), title="Hỏi", content="Hỏi?"
    )
    with transaction.atomic():
        accepted = create_submission(new)
        return open_case(accepted.submission, secret=accepted.secret), accepted.secret


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server


@pytest.mark.newest
@pytest.mark.skipif(django.VERSION < (6, 1), reason="Django 6.1 brings MAILERS")
def test_a_site_with_mailers_sends_by_its_default_one(settings: Any, who: Ministry) -> None:
    with MailServer() as server:
        settings.MAILERS = {
            "default": {
                "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
                "OPTIONS": {"host": "127.0.0.1", "port": server.port},
            }
        }
        send_one()
        assert send_due_mails().sent == 1
        assert len(server.mails) == 1


# the receipt


def test_the_receipt_holds_number_and_secret_and_the_outbox_no_longer(who: Ministry) -> None:
    case, secret = send_one()
    row = OutgoingMail.objects.get(template="receipt")
    assert secret not in row.sealed
    assert decrypt(row.sealed) == secret
    assert send_due_mails().sent == 1
    (message,) = outbox.outbox
    assert message.to == ["cuc@example.vn"]
    assert message.subject == f"Hồ sơ {case.number}: đã nhận được"
    assert display_secret(secret) in message.body
    assert case.number in message.body
    assert verify_secret(secret, case.submission.secret_hash, case.submission.pk)
    row.refresh_from_db()
    assert (row.state, row.sealed, row.attempts, row.last_error) == (MailState.SENT, "", 1, "")
    assert row.sent_at is not None


def test_the_receipt_is_neutral(who: Ministry) -> None:
    """H74: nobody can use it to write to a stranger."""
    new = NewSubmission(
        sender=NewSender("Mua tại xau.example", address="http://xau.example", email="khac@example.vn"),
        title="http://xau.example", content="Mua ngay",
    )  # fmt: skip
    accepted = create_submission(new)
    open_case(accepted.submission, secret=accepted.secret)
    send_due_mails()
    assert "xau.example" not in outbox.outbox[0].body + outbox.outbox[0].subject


def test_receipts_to_one_address_are_limited(who: Ministry) -> None:
    for _time in range(4):
        send_one("cuc@example.vn")
    send_one("CUC@example.vn")
    send_one("khac@example.vn")
    done = send_due_mails()
    assert (done.sent, done.withheld) == (4, 2)
    held = OutgoingMail.objects.filter(state=MailState.WITHHELD)
    assert {mail.sealed for mail in held} == {""}
    with clock.acting_at(clock.now() + timedelta(days=1, minutes=1)):
        send_one("cuc@example.vn")
        assert send_due_mails().sent == 1


@pytest.mark.parametrize("off", [0, None])
def test_the_limit_of_receipts_can_be_switched_off(who: Ministry, settings: Any, off: int | None) -> None:
    settings.PAKN_PORTAL = {
        **settings.PAKN_PORTAL,
        "RATE_LIMITS": {"receipt_mails_per_recipient_day": off},
    }
    for _time in range(4):
        send_one()
    assert send_due_mails().sent == 4


def test_a_receipt_that_did_not_leave_uses_up_nothing(who: Ministry, server: MailServer) -> None:
    server.refuses["cuc@example.vn"] = "451 4.3.0 later"
    for _time in range(3):
        send_one()
    assert send_due_mails().sent == 0
    server.refuses.clear()
    with clock.acting_at(clock.now() + timedelta(hours=1)):
        assert send_due_mails().sent == 3


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_send_no_more_receipts_than_allowed(settings: Any) -> None:
    make_lists()
    for _time in range(12):
        send_one()
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        at_once([send_due_mails] * 4)
    assert OutgoingMail.objects.filter(state=MailState.SENT).count() == 3


def test_links_come_from_the_site_and_never_from_a_request(who: Ministry) -> None:
    """H62."""
    case = make_case(Status.ROUTED, who)
    send_due_mails()
    links = re.findall(r"https?://[^/\s]+", " ".join(message.body for message in outbox.outbox))
    assert set(links) == {"http://testserver"}
    assert f"/{case.pk}" in " ".join(
        message.body for message in outbox.outbox if "bo.example" in message.to[0]
    )


def test_headers_ask_for_no_answer(who: Ministry) -> None:
    """H75."""
    send_one()
    send_due_mails()
    headers = outbox.outbox[0].extra_headers
    row = OutgoingMail.objects.get()
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["Message-ID"] == f"<{row.uuid.hex}@bo.example>"


def write_anew(mails: Any, **values: Any) -> None:
    """As the portal itself would have: with its seal."""
    for mail in mails:
        for name, value in values.items():
            setattr(mail, name, value)
        mail.seal = seal_of(words_under_seal(mail))
        mail.save()


def test_the_answer_stands_in_the_mail_as_it_was_approved(who: Ministry) -> None:
    case = make_case(Status.ANSWERED, who)
    send_due_mails()
    (message,) = [message for message in outbox.outbox if "đã có câu trả lời" in message.subject]
    assert "Kính gửi ông/bà Nguyễn Thị Thu Cúc," in message.body
    assert case.answer.body in message.body


def test_an_answer_that_changed_before_the_mail_left_is_not_sent(who: Ministry) -> None:
    case = make_case(Status.REOPENED, who)
    case.answer.body = "Bản nháp chưa duyệt"
    case.answer.save()
    write_anew(OutgoingMail.objects.filter(template="answered"), context={"hash": "other"})
    send_due_mails()
    (message,) = [message for message in outbox.outbox if "đã có câu trả lời" in message.subject]
    assert case.number in message.body
    assert "Bản nháp" not in " ".join(message.body for message in outbox.outbox)


# sealing


def test_a_rotated_site_key_still_opens_what_was_sealed() -> None:
    sealed = encrypt("ABC")
    with override_settings(SECRET_KEY="mới", SECRET_KEY_FALLBACKS=["only-for-tests"]):
        assert decrypt(sealed) == "ABC"
    with override_settings(SECRET_KEY="mới", SECRET_KEY_FALLBACKS=[]):
        assert decrypt(sealed) == ""
    assert (encrypt(""), decrypt("")) == ("", "")


def test_a_receipt_without_its_key_still_goes_out(who: Ministry, settings: Any) -> None:
    """Where the register, which seals mails too, has a key of its own."""
    settings.PAKN_PORTAL = {**settings.PAKN_PORTAL, "REGISTER_KEYS": ["a key of the register alone"]}
    send_one()
    with override_settings(SECRET_KEY="mới"):
        assert send_due_mails().sent == 1
    assert "Mã tra cứu" not in outbox.outbox[0].body


# a real mail server


@pytest.mark.newest
def test_over_the_wire(who: Ministry, server: MailServer) -> None:
    case, secret = send_one()
    assert send_due_mails().sent == 1
    (message,) = server.mails
    assert str(make_header(decode_header(message["Subject"]))) == f"Hồ sơ {case.number}: đã nhận được"
    assert message["Message-ID"] == f"<{OutgoingMail.objects.get().uuid.hex}@bo.example>"
    body = message.get_payload(decode=True)
    assert isinstance(body, bytes)
    assert display_secret(secret) in body.decode()


@pytest.mark.newest
def test_a_mailbox_that_does_not_exist_is_given_up_at_once(who: Ministry, server: MailServer) -> None:
    """F8: marked, visible, no storm."""
    server.refuses["cuc@example.vn"] = "550 no such mailbox cuc@example.vn"
    send_one()
    send_one("khac@example.vn")
    done = send_due_mails()
    assert (done.sent, done.failed) == (1, 1)
    row = OutgoingMail.objects.stuck(clock.now()).get()
    assert (row.attempts, row.sealed, row.last_error) == (1, "", "SMTPRecipientsRefused 550")
    with clock.acting_at(clock.now() + timedelta(days=3)):
        assert send_due_mails().sent == 0


OF_THE_SERVER = {
    "data": [
        "550 5.4.5 Daily user sending limit exceeded",
        "554 5.7.1 rate limit",
        "554 limit exceeded, try again later",
        "452 4.3.1 insufficient system storage",
    ],
    "rcpt": [
        "550 5.4.5 Daily SMTP relay limit exceeded for user",
        "554 5.7.1 Relay access denied",
        "550 too many messages, try again later",
    ],
    "from": ["550 5.7.1 sender not allowed", "553 not owned by user"],
}


@pytest.mark.parametrize(
    ("where", "words"), [(where, words) for where, all_words in OF_THE_SERVER.items() for words in all_words]
)
def test_a_quota_or_policy_of_the_server_costs_no_mail_an_attempt(
    where: str, words: str, who: Ministry, server: MailServer
) -> None:
    """The relay takes nothing now: the run ends, and tomorrow everything leaves, with its secret."""
    secrets = [send_one(f"nguoi{number}@example.vn")[1] for number in range(3)]
    if where == "rcpt":
        server.refuses.update({f"nguoi{number}@example.vn": words for number in range(3)})
    elif where == "data":
        server.data_verdict = words
    else:
        server.from_verdict = words
    now = clock.now()
    for hours in range(24):
        with clock.acting_at(now + timedelta(hours=hours)):
            assert send_due_mails().is_server_down
    assert {(mail.state, mail.attempts) for mail in OutgoingMail.objects.all()} == {(MailState.WAITING, 0)}
    server.refuses.clear()
    server.data_verdict, server.from_verdict = "250 taken", "250 ok"
    with clock.acting_at(now + timedelta(hours=24)):
        assert send_due_mails().sent == 3
    sent = " ".join(str(mail.get_payload(decode=True), "utf-8") for mail in server.mails)
    assert all(display_secret(secret) in sent for secret in secrets)


def test_one_address_that_the_server_does_not_like_holds_up_nobody(who: Ministry, server: MailServer) -> None:
    server.refuses["cuc@example.vn"] = "550 5.7.1 blocked by policy"
    send_one()
    send_one("khac@example.vn")
    done = send_due_mails()
    assert (done.sent, done.is_server_down) == (1, False)
    with clock.acting_at(clock.now() + timedelta(days=6)):
        assert send_due_mails().failed == 1


@pytest.mark.parametrize(
    "words", ["550 5.1.1 unknown user", "552 mailbox full", "550 5.2.2 over quota", "554 5.6.0 bad content"]
)
def test_what_is_about_one_mailbox_or_mail_is_given_up_at_once(
    words: str, who: Ministry, server: MailServer
) -> None:
    server.refuses["cuc@example.vn"] = words
    send_one()
    send_one("khac@example.vn")
    done = send_due_mails()
    assert (done.sent, done.failed, done.is_server_down) == (1, 1, False)


def test_a_full_mailbox_is_tried_again_later_and_given_up_in_the_end(
    who: Ministry, server: MailServer, settings: Any
) -> None:
    settings.PAKN_PORTAL = {**settings.PAKN_PORTAL, "MAIL_MAX_ATTEMPTS": 3}
    server.refuses["cuc@example.vn"] = "452 mailbox full"
    send_one()
    now = clock.now()
    states = []
    for attempt in range(1, 5):
        with clock.acting_at(now):
            send_due_mails()
            assert send_due_mails().sent == 0  # not at once again
        row = OutgoingMail.objects.get()
        states.append((row.state, row.attempts))
        now += wait_after(attempt) + timedelta(seconds=1)
    assert states == [("waiting", 1), ("waiting", 2), ("failed", 3), ("failed", 3)]


@pytest.mark.newest
def test_a_server_that_is_away_costs_no_mail_an_attempt(who: Ministry, settings: Any) -> None:
    """F6: whatever the length of the outage, everything goes out when it is over."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with MailServer() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    send_one()
    send_one("khac@example.vn")
    for _round in range(30):
        assert send_due_mails().is_server_down
    assert set(OutgoingMail.objects.values_list("state", "attempts")) == {(MailState.WAITING, 0)}
    with MailServer() as server:
        settings.EMAIL_PORT = server.port
        assert send_due_mails().sent == 2
        assert len(server.mails) == 2


def test_a_server_that_hangs_up_gets_the_mail_again_under_the_same_id(
    who: Ministry, server: MailServer
) -> None:
    server.hangs_up = True
    send_one()
    assert send_due_mails().retried == 1
    server.hangs_up = False
    with clock.acting_at(clock.now() + timedelta(minutes=2)):
        assert send_due_mails().sent == 1
    assert len({message["Message-ID"] for message in server.mails}) == 1
    assert len(server.mails) == 2


@pytest.mark.newest
def test_a_broken_template_stops_nothing_else(who: Ministry) -> None:
    send_one()
    write_anew(OutgoingMail.objects.all(), template="there-is-none")
    send_one("khac@example.vn")
    done = send_due_mails()
    assert (done.sent, done.retried) == (1, 1)


def test_a_user_who_left_is_not_written_to(who: Ministry) -> None:
    make_case(Status.ROUTED, who)
    who.focal.is_active = False
    who.focal.save()
    send_due_mails()
    assert OutgoingMail.objects.get(template="case_forwarded").state == MailState.FAILED


# two workers, and a worker that died


def test_a_dead_workers_mail_is_sent_when_its_lease_ends(who: Ministry) -> None:
    send_one()
    OutgoingMail.objects.update(claimed_until=clock.now() + LEASE, attempts=1)
    assert send_due_mails().sent == 0
    with clock.acting_at(clock.now() + LEASE + timedelta(seconds=1)):
        assert send_due_mails().sent == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_mail_once(settings: Any) -> None:
    """F25."""
    make_lists()
    for number in range(30):
        send_one(f"nguoi{number}@example.vn")
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port

        def work(number: int) -> int:
            try:
                return send_due_mails().sent
            finally:
                connection.close()

        with ThreadPoolExecutor(3) as pool:
            assert sum(pool.map(work, range(3))) == 30
        assert len(server.mails) == len({message["Message-ID"] for message in server.mails}) == 30
    assert set(OutgoingMail.objects.values_list("state", "attempts")) == {(MailState.SENT, 1)}


def test_the_queries_grow_by_a_constant_for_each_mail(who: Ministry) -> None:
    from django.test.utils import CaptureQueriesContext

    counts = []
    for number in (1, 10):
        for place in range(number):
            send_one(f"n{number}-{place}@example.vn")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            send_due_mails()
        counts.append(len(queries))
    assert counts[1] - counts[0] <= 9 * 8


@pytest.mark.newest
def test_the_mail_with_the_answer_says_what_it_rests_on_and_what_came_of_it(who: Ministry) -> None:
    """The sender reads the same in the mail and on the tracking page."""
    case = make_case(Status.PROCESSING, who)
    words = {"outcome": Outcome.SOLVED, "legal_bases": "38/2013/QH13\n  Điều 49, 50\n"}
    answers.draft_answer(case, body="Ông/bà nộp trong 3 tháng.", by=who.officer, **words)
    answers.submit_answer(case, by=who.officer)
    answers.approve_answer(case, by=who.head)
    send_due_mails()
    body = outbox.outbox[-1].body
    assert "Căn cứ pháp lý:\n- 38/2013/QH13\n- Điều 49, 50\n" in body
    assert f"Kết quả: {pakn_outcome(Outcome.SOLVED)}" in body
