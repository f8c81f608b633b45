"""A sealed case is not named through a case that is joined to it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail as outbox
from django.test import Client

from pakn_portal.cases import actions
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.outbox.sending import send_due_mails
from pakn_portal.staff import addresses
from pakn_portal.submissions import secrets
from tests.factories import Ministry, make_case, make_ministry
from tests.pages.test_tracking import open_case

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("section", "quick")]

SEALING = {
    Verb.HOLD: actions.hold_case,
    Verb.MOVE_TO_COMPLAINT: actions.move_to_complaint,
    Verb.MOVE_TO_DENUNCIATION: actions.move_to_denunciation,
}
seals = pytest.mark.parametrize("seal", SEALING.values())


@pytest.fixture
def who() -> Ministry:
    return make_ministry()


@pytest.fixture
def pair(who: Ministry) -> tuple[Case, Case]:
    """A case, and another that is joined to it, by its sender's code "ABC"."""
    master, joined = make_case(Status.RECEIVED, who), make_case(Status.RECEIVED, who)
    joined.submission.secret_hash = secrets.hash_secret("ABC", joined.submission.pk)
    joined.submission.save()
    actions.mark_duplicate(joined, master=master, by=who.intake)
    master.refresh_from_db()
    return master, joined


def read(user: Any, address: str) -> str:
    client = Client()
    client.force_login(user)
    return client.get(address).content.decode()


@seals
def test_staff_who_may_not_open_it_do_not_read_its_number(
    seal: Any, who: Ministry, pair: tuple[Case, Case]
) -> None:
    master, joined = pair
    page = addresses.case_url(joined.pk)
    assert master.number in read(who.intake, page)
    seal(master, by=who.intake)
    for user in (who.intake, who.leader, who.auditor):
        assert master.number not in read(user, page)
        assert "trùng với một hồ sơ khác" in read(user, page)
    actions.reopen_case(joined, by=who.intake, note="Xử lý riêng.")
    assert master.number not in read(who.intake, page)
    assert "tách khỏi một hồ sơ khác" in read(who.intake, page)


def test_nor_what_was_joined_before(who: Ministry, pair: tuple[Case, Case]) -> None:
    first, joined = pair
    last = make_case(Status.RECEIVED, who)
    actions.mark_duplicate(first, master=last, by=who.intake)
    page = addresses.case_url(joined.pk)
    assert f"{last.number}, cùng với hồ sơ {first.number}" in read(who.intake, page)
    actions.hold_case(first, by=who.intake)
    text = read(who.intake, page)
    assert first.number not in text
    assert last.number in text


@seals
def test_the_page_of_the_sender_does_not_tell_that_it_was_sealed(
    seal: Any, client: Client, who: Ministry, pair: tuple[Case, Case]
) -> None:
    master, joined = pair
    """They were told its number, so a page without it would."""
    told = []
    for act in (lambda: None, lambda: seal(master, by=who.intake)):
        act()
        context = open_case(client, joined, "ABC").context
        told.append([context["status"], context["next"], *(line.sentence for line in context["milestones"])])
    assert master.number in told[0][0]
    assert told[0] == told[1]


@seals
def test_mails_that_leave_afterwards_do_not_name_it(
    seal: Any, who: Ministry, pair: tuple[Case, Case]
) -> None:
    master, joined = pair
    seal(master, by=who.intake)
    send_due_mails()
    told = [f"{mail.subject} {mail.body}" for mail in outbox.outbox]
    about_joined = [text for text in told if joined.number in text]
    assert any("với một hồ sơ khác" in text for text in about_joined)
    assert not [text for text in about_joined if master.number in text]


def test_the_mail_about_waiting_cases_lists_those_that_are_open(who: Ministry) -> None:
    master, kept, locked = (make_case(Status.RECEIVED, who) for _number in range(3))
    for case in (kept, locked):
        actions.mark_duplicate(case, master=master, by=who.intake)
    actions.keep_case(Case.objects.get(pk=master.pk), by=who.intake, note="Chưa đủ căn cứ.")
    actions.hold_case(Case.objects.get(pk=locked.pk), by=who.intake)
    OutgoingMail.objects.exclude(template="duplicates_waiting").delete()
    send_due_mails()
    text = " ".join(mail.body for mail in outbox.outbox)
    assert (master.number in text, kept.number in text, locked.number in text) == (True, True, False)


@pytest.mark.parametrize("verb", SEALING)
def test_who_seals_a_case_is_told_what_is_joined_to_it(
    verb: Verb, who: Ministry, pair: tuple[Case, Case]
) -> None:
    master, joined = pair
    other, hidden = make_case(Status.RECEIVED, who), make_case(Status.RECEIVED, who)
    for case in (other, hidden):
        actions.mark_duplicate(case, master=master, by=who.intake)
    actions.hold_case(Case.objects.get(pk=hidden.pk), by=who.intake)
    form = read(who.intake, addresses.move_url(master.pk, verb))
    for case in (joined, other):
        assert f'href="{addresses.case_url(case.pk)}">{case.number}' in form
    assert hidden.number not in form
    assert joined.number not in read(who.intake, addresses.move_url(master.pk, Verb.KEEP))
    of_joined = read(who.intake, addresses.move_url(joined.pk, Verb.HOLD))
    assert master.number in of_joined
    assert other.number in of_joined
