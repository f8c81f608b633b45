"""Whom a refusal concerns: a relay on a bad night costs no mail, and a dead mailbox holds up nobody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from pakn_portal import clock
from pakn_portal.notifications.enums import MailState
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.outbox.retry import try_again
from pakn_portal.notifications.outbox.sending import Sent, send_due_mails
from pakn_portal.submissions.secrets import display_secret
from tests.factories import Ministry
from tests.notifications.mail_server import MailServer
from tests.notifications.test_sending import send_one, server

__all__ = ["server"]

UNWELL = [
    "421 Service not available, closing transmission channel",
    "451 Temporary local problem - please try later",
    "452 too many messages",
    "454 TLS not available",
    "450 busy",
]
DEAD = [
    "550 User unknown; rate 5",
    "550 Requested action not taken: mailbox unavailable",
    "550 5.0.0 mailbox unavailable",
    "550 #5.1.0 Address rejected.",
]
#: Only these words are about a mailbox, or none are: the codes are those of a server, network or policy.
OF_A_SERVER = [
    "550 5.4.1 Recipient address rejected: Access denied. AS(201806281)",
    "550 5.4.4 Host not found",
    "550 5.4.310 DNS domain vidu.example does not exist",
    "553 5.3.0 <ai@example.vn>... No such user here",
    "571 5.7.1 mailbox unavailable",
    "550 5.7.1 Recipient not authorized",
    "550 5.7.26 unauthenticated email is not accepted from this domain",
    "550 5.7.606 Access denied, banned sending IP [192.0.2.7]",
    "554 5.5.1 Error: no valid recipients",
    "550 5.1.1 Sending limit reached for your domain",
    "550 5.1.8 Domain of sender does not exist",
    "550 5.2.2 vượt hạn mức gửi trong ngày",
    "550 5.2.2 Vuot qua han muc gui",
    "550 5.2.1 Your account has been suspended",
    "550 Vuot qua so luong thu cho phep",
    "550 Your IP is banned",
]


def state_of_all() -> set[tuple[str, int]]:
    return set(OutgoingMail.objects.values_list("state", "attempts"))


def refuse(server: MailServer, words: str, *addresses: str) -> None:
    server.refuses.update(dict.fromkeys(addresses, words))


def runs(begin: datetime, *, every: timedelta, until: timedelta) -> Iterator[Sent]:
    for number in range(until // every):
        with clock.acting_at(begin + number * every):
            yield send_due_mails()


# the relay


@pytest.mark.parametrize("where", ["data", "rcpt"])
@pytest.mark.parametrize("words", UNWELL)
def test_a_relay_that_is_unwell_for_a_day_costs_no_mail_its_secret(
    words: str, where: str, who: Ministry, server: MailServer
) -> None:
    people = [f"nguoi{number}@example.vn" for number in range(3)]
    secrets = [send_one(email)[1] for email in people]
    if where == "data":
        server.data_verdict = words
    else:
        refuse(server, words, *people)
    now = clock.now()
    assert all(done.failed == 0 for done in runs(now, every=timedelta(minutes=30), until=timedelta(days=1)))
    assert state_of_all() == {(MailState.WAITING, 0)}
    server.refuses.clear()
    server.data_verdict = "250 taken"
    with clock.acting_at(now + timedelta(days=1, hours=4)):
        assert send_due_mails().sent == 3
    sent = " ".join(str(mail.get_payload(decode=True), "utf-8") for mail in server.mails)
    assert all(display_secret(secret) in sent for secret in secrets)


@pytest.mark.parametrize(
    "words", ["451 4.7.1 Greylisted, please try again later", "450 mailbox busy", "452 4.2.2 mailbox full"]
)
def test_a_mailbox_that_takes_nothing_for_now_is_tried_for_days(
    words: str, who: Ministry, server: MailServer
) -> None:
    refuse(server, words, "cuc@example.vn")
    _case, secret = send_one()
    now = clock.now()
    given_up = [
        number
        for number, done in enumerate(runs(now, every=timedelta(hours=4), until=timedelta(days=8)))
        if done.failed
    ]
    assert len(given_up) == 1
    assert given_up[0] * 4 >= 5 * 24
    row = OutgoingMail.objects.get()
    assert (row.state, row.sealed) == (MailState.FAILED, "")
    assert secret


def test_a_server_that_hangs_up_for_days_costs_no_secret(who: Ministry, server: MailServer) -> None:
    server.hangs_up = True
    send_one()
    now = clock.now()
    done = list(runs(now, every=timedelta(minutes=30), until=timedelta(days=4)))
    assert sum(one.failed for one in done) == 0
    server.hangs_up = False
    with clock.acting_at(now + timedelta(days=4, hours=4)):
        assert send_due_mails().sent == 1


def test_the_days_of_patience_begin_with_the_first_refusal(who: Ministry, server: MailServer) -> None:
    """After a week without a server at all, the first word of one that is back and busy ends no mail."""
    send_one()
    server.data_verdict = "421 too busy"
    now = clock.now() + timedelta(days=7)
    with clock.acting_at(now):
        assert send_due_mails().failed == 0
    with clock.acting_at(now + timedelta(days=4)):
        assert send_due_mails().failed == 0
    with clock.acting_at(now + timedelta(days=5, minutes=1)):
        assert send_due_mails().failed == 1
        try_again(OutgoingMail.objects.all(), by=who.intake)
        assert send_due_mails().failed == 0


# the mailbox


@pytest.mark.parametrize("words", DEAD)
def test_dead_mailboxes_among_living_ones_stop_nothing(words: str, who: Ministry, server: MailServer) -> None:
    for number in range(10):
        refuse(server, words, f"chet{number}@example.vn")
        send_one(f"chet{number}@example.vn")
        send_one(f"song{number}@example.vn")
    done = send_due_mails()
    assert (done.sent, done.failed, done.is_server_down) == (10, 10, False)
    assert state_of_all() == {(MailState.SENT, 1), (MailState.FAILED, 1)}
    assert not OutgoingMail.objects.exclude(sealed="").exists()


@pytest.mark.parametrize("words", OF_A_SERVER)
def test_what_a_server_refuses_for_itself_ends_no_mail_while_others_leave(
    words: str, who: Ministry, server: MailServer
) -> None:
    """Such as of a recipient's provider that takes none of our mails for some days."""
    people = [f"nguoi{number}@example.vn" for number in range(2)]
    refuse(server, words, *people)
    secrets = [send_one(email)[1] for email in people]
    now = clock.now()
    for day in range(5):
        with clock.acting_at(now + timedelta(days=day)):
            send_one(f"khac{day}@example.vn")
            done = send_due_mails()
            assert (done.sent, done.failed, done.is_server_down) == (1, 0, False)
    server.refuses.clear()
    with clock.acting_at(now + timedelta(days=4, hours=12)):
        assert send_due_mails().sent == 2
    sent = " ".join(str(mail.get_payload(decode=True), "utf-8") for mail in server.mails)
    assert all(display_secret(secret) in sent for secret in secrets)


def test_what_a_server_refuses_for_itself_is_given_up_after_days(who: Ministry, server: MailServer) -> None:
    refuse(server, OF_A_SERVER[0], "cuc@example.vn")
    send_one()
    now = clock.now()
    given_up = [
        number
        for number, done in enumerate(runs(now, every=timedelta(hours=4), until=timedelta(days=8)))
        if done.failed
    ]
    assert [5 * 24 <= number * 4 <= 6 * 24 for number in given_up] == [True]
    assert OutgoingMail.objects.get().sealed == ""


def test_a_mail_taken_elsewhere_says_nothing_about_a_domain(who: Ministry, server: MailServer) -> None:
    """In one run, and in runs of their own."""
    refuse(server, DEAD[1], "cuc@thu.example", "mai@thu.example")
    for email in ("cuc@thu.example", "khac@example.vn", "mai@thu.example"):
        send_one(email)
    now = clock.now()
    done = send_due_mails()
    assert (done.sent, done.failed, done.is_server_down) == (1, 0, False)
    with clock.acting_at(now + timedelta(minutes=16)):
        send_one("khac2@example.vn")
        done = send_due_mails()
        assert (done.sent, done.failed) == (1, 0)
    with clock.acting_at(now + timedelta(minutes=40)):
        send_one("lan@THU.example")
        done = send_due_mails()
        assert (done.sent, done.failed) == (1, 2)


def test_dead_mailboxes_in_a_row_stop_a_run_once_each(who: Ministry, server: MailServer) -> None:
    for number in range(10):
        refuse(server, DEAD[0], f"chet{number}@example.vn")
        send_one(f"chet{number}@example.vn")
    for number in range(10):
        send_one(f"song{number}@example.vn")
    now = clock.now()
    done = list(runs(now, every=timedelta(minutes=5), until=timedelta(minutes=40)))
    assert [one.is_server_down for one in done] == [True] * 3 + [False] * 5
    assert done[3].sent == 10
    assert sum(one.failed for one in done) == 10


def test_a_dead_mailbox_alone_is_given_up_once_others_left(who: Ministry, server: MailServer) -> None:
    """Each in a run of its own, as on a quiet site."""
    refuse(server, "550 administrative prohibition", "cuc@example.vn")
    send_one()
    now = clock.now()
    assert send_due_mails().retried == 1
    with clock.acting_at(now + timedelta(minutes=16)):
        assert send_due_mails().retried == 1
        assert state_of_all() == {(MailState.WAITING, 0)}
    with clock.acting_at(now + timedelta(minutes=20)):
        send_one("khac@example.vn")
        assert send_due_mails().sent == 1
    with clock.acting_at(now + timedelta(minutes=32)):
        assert send_due_mails().failed == 1


def test_a_server_that_refuses_everybody_alike_calls_nobody_dead(who: Ministry, server: MailServer) -> None:
    people = [f"nguoi{number}@example.vn" for number in range(7)]
    refuse(server, "550 administrative prohibition", *people)
    for email in people:
        send_one(email)
    now = clock.now()
    for done in runs(now, every=timedelta(minutes=20), until=timedelta(hours=20)):
        assert done.is_server_down
    assert state_of_all() == {(MailState.WAITING, 0)}
    server.refuses.clear()
    with clock.acting_at(now + timedelta(days=1)):
        assert send_due_mails().sent == 7


def test_several_mails_to_one_dead_mailbox_are_one_refusal(who: Ministry, server: MailServer) -> None:
    refuse(server, DEAD[0], "cuc@example.vn")
    for _time in range(3):
        send_one()
    send_one("khac@example.vn")
    done = send_due_mails()
    assert (done.sent, done.failed, done.is_server_down) == (1, 3, False)


def test_what_was_refused_before_lets_the_new_go_first(who: Ministry, server: MailServer) -> None:
    people = [f"nguoi{number}@example.vn" for number in range(3)]
    refuse(server, "550 5.4.5 Daily limit for this domain", *people)
    for email in people:
        send_one(email)
    now = clock.now()
    assert send_due_mails().is_server_down
    with clock.acting_at(now + timedelta(hours=1)):
        send_one("moi@example.vn")
        done = send_due_mails()
    assert (done.sent, done.is_server_down) == (1, True)
