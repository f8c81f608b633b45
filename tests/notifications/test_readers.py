"""A mail that was written before a case was locked, sealed or given to others leaves for nobody who may not
see it now.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as outbox
from django.test import Client

from pakn_portal import clock
from pakn_portal.cases import actions
from pakn_portal.cases.enums import Status
from pakn_portal.cases.models import Case
from pakn_portal.notifications.enums import MailState
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.outbox.sending import send_due_mails
from pakn_portal.notifications.petition.sweeps import sweep_deadlines
from pakn_portal.routing import actions as routing
from pakn_portal.staff.mails.admin import mails_url
from tests.factories import Ministry, make_case


def told_to_staff() -> str:
    return " ".join(
        f"{message.subject} {message.body}" for message in outbox.outbox if "bo.example" in message.to[0]
    )


def states_of_staff() -> set[str]:
    return set(OutgoingMail.objects.exclude(to_user=None).values_list("state", flat=True))


SEALING = [actions.hold_case, actions.move_to_complaint, actions.move_to_denunciation]


@pytest.mark.parametrize("seal", SEALING)
def test_mails_about_a_case_that_was_sealed_since(seal: Any, who: Ministry) -> None:
    case = make_case(Status.PROCESSING, who)
    seal(case, by=who.intake)
    done = send_due_mails()
    assert told_to_staff() == ""
    assert states_of_staff() == {MailState.WITHHELD}
    assert done.withheld == OutgoingMail.objects.filter(state=MailState.WITHHELD).count()
    assert len([message for message in outbox.outbox if case.number in message.subject]) > 0


def test_a_unit_that_gave_the_case_back_hears_no_more_of_it(who: Ministry) -> None:
    case = make_case(Status.ROUTED, who)
    routing.send_back(case, by=who.focal, note="Không thuộc đơn vị.")
    routing.forward_case(case, to_unit=who.other_unit, by=who.intake)
    send_due_mails()
    states = dict(
        OutgoingMail.objects.filter(template="case_forwarded").values_list("to_user__username", "state")
    )
    assert states == {"daumoi": MailState.WITHHELD, "lanhdao2": MailState.SENT}


def test_a_unit_that_was_asked_hears_nothing_once_the_case_is_locked(who: Ministry) -> None:
    case = make_case(Status.COORDINATING, who)
    routing.continue_without(case, by=who.officer, note="Quá 10 ngày.")
    actions.hold_case(case, by=who.officer)
    send_due_mails()
    assert OutgoingMail.objects.get(template="opinion_not_awaited").state == MailState.WITHHELD


def test_somebody_who_lost_their_role_hears_no_more_of_it(who: Ministry) -> None:
    make_case(Status.ROUTED, who)
    who.focal.groups.clear()
    who.unit.focal_person = None
    who.unit.save()
    send_due_mails()
    assert OutgoingMail.objects.get(template="case_forwarded").state == MailState.WITHHELD


def test_the_digest_leaves_out_what_was_sealed_since(who: Ministry) -> None:
    kept, locked = make_case(Status.PROCESSING, who), make_case(Status.PROCESSING, who)
    send_due_mails()
    outbox.outbox.clear()
    with clock.acting_at(clock.now() + timedelta(days=60)):
        sweep_deadlines()
        actions.hold_case(locked, by=who.officer)
        send_due_mails()
        assert kept.number in told_to_staff()
        assert locked.number not in told_to_staff()


def test_a_digest_of_sealed_cases_alone_does_not_leave(who: Ministry) -> None:
    locked = make_case(Status.PROCESSING, who)
    send_due_mails()
    outbox.outbox.clear()
    with clock.acting_at(clock.now() + timedelta(days=60)):
        sweep_deadlines()
        actions.hold_case(locked, by=who.officer)
        send_due_mails()
    assert told_to_staff() == ""
    assert set(OutgoingMail.objects.filter(template="deadline_digest").values_list("state", flat=True)) == {
        MailState.WITHHELD
    }


def test_the_office_still_hears_of_duplicates_of_a_case_that_was_sealed_since(who: Ministry) -> None:
    case = make_case(Status.RECEIVED, who)
    duplicate = make_case(Status.RECEIVED, who)
    actions.mark_duplicate(duplicate, master=case, by=who.intake)
    actions.keep_case(case, by=who.intake, note="Chưa đủ căn cứ.")
    actions.hold_case(case, by=who.intake)
    send_due_mails()
    assert OutgoingMail.objects.get(template="duplicates_waiting").state == MailState.SENT
    assert duplicate.number in told_to_staff()
    assert f"/{case.pk}" not in told_to_staff()


def test_the_outbox_tells_why(who: Ministry, client: Client) -> None:
    case = make_case(Status.ROUTED, who)
    actions.hold_case(case, by=who.intake)
    send_due_mails()
    client.force_login(who.intake)
    page = client.get(mails_url())
    (row,) = page.context["rows"]
    assert (row.state, row.number) == ("Giữ lại", "")
    assert "hiện không được xem hồ sơ" in page.content.decode()
    assert case.number not in page.content.decode()


def test_it_leaves_when_somebody_tries_again_after_the_lock(who: Ministry, client: Client) -> None:
    case = make_case(Status.ROUTED, who)
    actions.hold_case(case, by=who.intake)
    send_due_mails()
    actions.release_hold(Case.objects.get(pk=case.pk), by=who.inspector, note="Không có gì mật.")
    client.force_login(who.intake)
    client.post(mails_url(), {"mail": "all"})
    send_due_mails()
    assert states_of_staff() == {MailState.SENT}
