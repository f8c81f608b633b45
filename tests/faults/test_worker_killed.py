"""Real workers, killed without warning (F5, F24, F25): nothing is lost, nothing is done twice."""

from __future__ import annotations

import os
import random
import signal
from collections import Counter
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from pakn_portal import clock
from pakn_portal.cases.actions import open_case
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case, CaseEvent
from pakn_portal.management.verify.invariants import INVARIANTS
from pakn_portal.notifications.enums import MailState
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.petition.models import DeadlineNotice
from pakn_portal.snippets.models import Holiday
from tests.factories import Ministry, make_case, make_ministry, make_submission
from tests.fixtures.nursery import Child
from tests.fixtures.waiting import seconds_for, wait_for
from tests.notifications.mail_server import MailServer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
#: `make test-all` kills twenty
REPETITIONS = min(20, int(os.environ.get("PAKN_RACE_ROUNDS", "5")))


def more_work(who: Ministry, number: int) -> None:
    """Something for each step: silent senders, a changed calendar, due dates, mails."""
    for place in range(4):
        open_case(make_submission(sender={"email": f"nguoi{number}-{place}@example.vn"}), secret="A" * 12)
    silent = make_case(Status.NEED_INFO, who)
    Case.objects.filter(pk=silent.pk).update(supplement_due_on=clock.today() - timedelta(days=1))
    make_case(Status.PROCESSING, who)
    # no signal: the worker finds the changed list
    day = clock.today() + timedelta(days=number + 1)
    Holiday.objects.filter(date=day).delete()
    Holiday.objects.bulk_create([Holiday(date=day, name=f"Nghỉ {number}")])


def finish(process: Child) -> str:
    output, _none = process.communicate(timeout=60)
    return str(output)


def ends_within(process: Child, *, seconds: float) -> bool:
    return wait_for(lambda: process.poll() is not None, seconds=seconds, pause=0.01)


def leases_end() -> None:
    """What five minutes of waiting would do."""
    OutgoingMail.objects.exclude(claimed_until=None).update(claimed_until=clock.now() - timedelta(seconds=1))


def assert_clean(manage_process: Any) -> None:
    process = manage_process("pakn_verify")
    output = finish(process)
    assert process.returncode == 0, output
    assert output.splitlines()[-1] == f"{len(INVARIANTS)} invariants checked, 0 offences."


def test_killed_at_any_moment(manage_process: Any) -> None:
    who = make_ministry()
    dice = random.Random(20261123)
    with MailServer() as server:
        server.delay = 0.01
        port = str(server.port)
        more_work(who, 0)
        once = partial(manage_process, "pakn_worker", "--once", PAKN_TEST_SMTP_PORT=port)
        length = seconds_for(lambda: finish(once()))
        killed = rounds = 0
        while killed < REPETITIONS:
            rounds += 1
            assert rounds <= 4 * REPETITIONS
            more_work(who, rounds)
            process = once()
            if not ends_within(process, seconds=dice.uniform(0.4, 1.0) * length):
                process.send_signal(signal.SIGKILL)
                killed += 1
            else:
                length *= 0.8  # it was measured while the machine had more to do than now
            finish(process)
            leases_end()
        for _round in range(2):  # the second sends what the first one's sweeps wrote
            process = once()
            assert "0 steps failed" in finish(process)
        copies = Counter(message["Message-ID"] for message in server.mails)
    mails = OutgoingMail.objects.exclude(template="receipt", state=MailState.WITHHELD)
    assert set(mails.values_list("state", flat=True)) == {MailState.SENT}
    assert set(copies) == {f"<{mail.uuid.hex}@bo.example>" for mail in mails}
    # F5: one kill repeats one mail at most, the one in hand; the same one may be in hand at a later kill.
    assert copies.total() - len(copies) <= killed
    assert all(copies[f"<{mail.uuid.hex}@bo.example>"] <= mail.attempts for mail in mails)
    assert Case.objects.filter(status=Status.NEED_INFO).count() == 0
    closed = CaseEvent.objects.filter(verb=Verb.REFUSE).values_list("case_id", flat=True)
    assert len(closed) == len(set(closed)) == rounds + 1
    assert_clean(manage_process)


def test_two_workers_at_once_do_everything_once(manage_process: Any) -> None:
    """F25."""
    who = make_ministry()
    for number in range(4):
        more_work(who, number)
    with MailServer() as server:
        server.delay = 0.005
        port = str(server.port)
        both = [manage_process("pakn_worker", "--once", PAKN_TEST_SMTP_PORT=port) for _worker in range(2)]
        outputs = [finish(process) for process in both]
        finish(manage_process("pakn_worker", "--once", PAKN_TEST_SMTP_PORT=port))
        copies = Counter(message["Message-ID"] for message in server.mails)
    assert ["0 steps failed" in output for output in outputs] == [True, True], outputs
    assert set(copies.values()) == {1}
    sent = OutgoingMail.objects.filter(state=MailState.SENT)
    assert len(copies) == sent.count()
    assert set(OutgoingMail.objects.values_list("state", flat=True)) <= {MailState.SENT, MailState.WITHHELD}
    kinds = DeadlineNotice.objects.values_list("case", "kind", "due_on")
    assert len(kinds) == len(set(kinds))
    assert_clean(manage_process)


def test_asked_to_stop_it_finishes_the_mail_in_hand(manage_process: Any) -> None:
    make_ministry()
    for number in range(40):
        open_case(make_submission(sender={"email": f"nguoi{number}@example.vn"}))
    with MailServer() as server:
        server.delay = 0.1
        process = manage_process("pakn_worker", PAKN_TEST_SMTP_PORT=str(server.port))
        assert wait_for(lambda: len(server.mails) >= 3 or process.poll() is not None, pause=0.02)
        process.send_signal(signal.SIGTERM)
        finish(process)
        assert process.returncode == 0
        assert 3 <= len(server.mails) < 40
    assert OutgoingMail.objects.filter(state=MailState.SENT).count() == len(server.mails)
    assert OutgoingMail.objects.exclude(claimed_until=None).count() == 0
