"""The list of mails that did not leave: for whom it is, what it tells, and the button."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pakn_portal import clock
from pakn_portal.cases.actions import hold_case
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.notifications.enums import MailState
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.outbox.sending import NOT_AS_WRITTEN, send_due_mails
from pakn_portal.notifications.petition.rules import RULES, To
from pakn_portal.notifications.rule_sets import Rule
from pakn_portal.staff.mails.admin import mails_url
from pakn_portal.staff.mails.rows import MailRow, reason_of
from tests.factories import Ministry, make_case
from tests.staff.roles import LETTERS, people

pytestmark = pytest.mark.django_db

FAILED = "SMTPRecipientsRefused 550"
ADDRESS = "thucuc.nguyen@example.vn"


def fail(**values: Any) -> OutgoingMail:
    """The receipt of a new case, given up."""
    make_case()
    mail = OutgoingMail.objects.filter(template="receipt").latest("pk")
    changes = {"state": MailState.FAILED, "last_error": FAILED, "attempts": 1, "sealed": "", **values}
    OutgoingMail.objects.filter(pk=mail.pk).update(**changes)
    mail.refresh_from_db()
    return mail


def rules_for_template(one: Rule) -> list[Rule]:
    return [rule for rule in RULES if rule.template == one.template]


def shown(answer: Any) -> list[int]:
    return [row.mail.pk for row in answer.context["rows"]]


@pytest.mark.every_wagtail
@pytest.mark.parametrize("letter", LETTERS)
def test_only_the_office_and_administrators_see_it(letter: str, ministry: Ministry, as_user: Any) -> None:
    mail = fail()
    client = as_user(people(ministry)[letter])
    got, posted = client.get(mails_url()), client.post(mails_url(), {"mail": mail.pk})
    mail.refresh_from_db()
    if letter in "IM":
        assert (got.status_code, shown(got), mail.state) == (200, [mail.pk], MailState.WAITING)
    else:
        assert (got.status_code, posted.status_code, mail.state) == (302, 302, MailState.FAILED)


def test_what_is_stuck(ministry: Ministry, as_user: Any) -> None:
    failed = fail()
    withheld = fail(state=MailState.WITHHELD, last_error="receipt limit")
    waiting = fail(state=MailState.WAITING, last_error="", created_at=clock.now() - timedelta(hours=2))
    fail(state=MailState.WAITING)
    fail(state=MailState.SENT, created_at=clock.now() - timedelta(hours=2))
    fail(created_at=clock.now() - timedelta(days=31))
    answer = as_user(ministry.intake).get(mails_url())
    assert shown(answer) == [waiting.pk, withheld.pk, failed.pk]


def test_no_address_no_secret_and_no_case_that_must_not_be_known(ministry: Ministry, as_user: Any) -> None:
    seen, sealed = fail(sealed="bi-mat", last_error=f"Error {ADDRESS}"), fail()
    hold_case(sealed.case, by=ministry.intake)
    office = as_user(ministry.intake).get(mails_url()).content.decode()
    keeper = as_user(ministry.administrator).get(mails_url()).content.decode()
    assert seen.case.number in office
    for html in (office, keeper):
        for secret in (ADDRESS, "bi-mat", "Thu Cúc", sealed.case.number):
            assert secret not in html
    assert seen.case.number not in keeper


@pytest.mark.every_wagtail
def test_one_is_tried_again_and_leaves(ministry: Ministry, as_user: Any, mailoutbox: Any) -> None:
    mail, other = fail(attempts=10), fail()
    client = as_user(ministry.intake)
    client.post(mails_url(), {"mail": mail.pk})
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (MailState.WAITING, 0)
    assert send_due_mails().sent == 1
    assert [message.to for message in mailoutbox] == [[ADDRESS]]
    assert shown(client.get(mails_url())) == [other.pk]


@pytest.mark.every_wagtail
def test_all_are_tried_again(ministry: Ministry, as_user: Any) -> None:
    for _number in range(3):
        fail(last_error="SMTPServerDisconnected")
    client = as_user(ministry.administrator)
    page = client.post(mails_url(), {"mail": "all"}, follow=True)
    assert (len(list(page.context["messages"])), shown(page)) == (1, [])
    assert OutgoingMail.objects.filter(state=MailState.WAITING, attempts=0).count() == 3


def test_what_was_refused_for_good_is_left_out_and_said(ministry: Ministry, as_user: Any) -> None:
    may = fail(last_error="SMTPServerDisconnected")
    for error in ("SMTPRecipientsRefused 550", "NoAddress", NOT_AS_WRITTEN):
        fail(last_error=error)
    client = as_user(ministry.administrator)
    page = client.post(mails_url(), {"mail": "all"}, follow=True)
    assert OutgoingMail.objects.get(state=MailState.WAITING) == may
    assert next(str(message) for message in page.context["messages"]).startswith("3 thư không gửi lại:")
    # nothing else is left to try
    page = client.post(mails_url(), {"mail": "all"}, follow=True)
    assert next(str(message) for message in page.context["messages"]).startswith("3 thư không gửi lại:")
    # by itself each may, where somebody mended the address
    mended = OutgoingMail.objects.get(last_error="NoAddress")
    client.post(mails_url(), {"mail": mended.pk})
    mended.refresh_from_db()
    assert mended.state == MailState.WAITING


def test_each_mail_is_named_by_what_it_tells(ministry: Ministry) -> None:
    """One mail about waiting duplicates is sent after many verbs, so it must not bear the name of one."""
    named = {rule.template: {Verb(rule.verb).label for rule in rules_for_template(rule)} for rule in RULES}
    case = make_case()
    shown = {
        template: MailRow(OutgoingMail(template=template, case=case), "", "").subject for template in named
    }
    to_senders = {rule.template for rule in RULES if rule.to in (To.SENDER, To.SENDERS_OF_DUPLICATES)}
    assert shown["answered"] == "Câu trả lời"
    wrong = {
        template
        for template, labels in named.items()
        # a letter is looked for by what it says
        if template not in to_senders
        # of two mails about one verb each says for whom, behind a colon
        and len(labels) == 1
        and not f"{shown[template]}:".startswith(f"{next(iter(labels))}:")
    }
    assert wrong == set()
    several = {template: shown[template] for template, labels in named.items() if len(labels) > 1}
    assert several == {"duplicates_waiting": "Hồ sơ trùng chờ trả lời"}


@pytest.mark.parametrize("key", ["", "abc", "-1", "9" * 40, "0"])
def test_what_is_not_in_the_list_stays(key: str, ministry: Ministry, as_user: Any) -> None:
    mail = fail()
    page = as_user(ministry.intake).post(mails_url(), {"mail": key}, follow=True)
    mail.refresh_from_db()
    assert (page.status_code, mail.state) == (200, MailState.FAILED)


def test_a_sent_mail_and_one_in_a_workers_hand_stay(ministry: Ministry, as_user: Any) -> None:
    sent = fail(state=MailState.SENT)
    held = fail(
        state=MailState.WAITING,
        created_at=clock.now() - timedelta(hours=2),
        claimed_until=clock.now() + timedelta(minutes=4),
    )
    client = as_user(ministry.intake)
    for mail in (sent, held):
        client.post(mails_url(), {"mail": mail.pk})
    assert set(OutgoingMail.objects.filter(pk__in=[sent.pk, held.pk]).values_list("state", "attempts")) == {
        (MailState.SENT, 1),
        (MailState.WAITING, 1),
    }


def test_queries_do_not_grow(ministry: Ministry, as_user: Any) -> None:
    client, counts = as_user(ministry.intake), []
    for number in (1, 29):
        for _again in range(number):
            fail()
        with CaptureQueriesContext(connection) as queries:
            assert len(shown(client.get(mails_url()))) in (1, 30)
        counts.append(len(queries))
    assert counts == [counts[0]] * 2


@pytest.mark.every_wagtail
def test_the_home_panel_has_a_line_when_there_are_any(ministry: Ministry, as_user: Any) -> None:
    def line(user: Any) -> bool:
        return "data-stuck" in as_user(user).get("/admin/").content.decode()

    assert not line(ministry.intake)
    fail(last_error="TemplateDoesNotExist")
    assert (line(ministry.intake), line(ministry.administrator)) == (True, True)
    assert not line(ministry.head)
    for user in (ministry.intake, ministry.administrator):
        assert as_user(user).get("/admin/").content.decode().count("1 thư chưa gửi đi được") == 1


def test_nobody_is_warned_of_what_is_for_others_to_do(ministry: Ministry, as_user: Any) -> None:
    """The row says to an administrator that the Ministry Office sees to it: that is no warning for them."""

    def home(user: Any) -> str:
        return unescape(as_user(user).get("/admin/").content.decode())

    lists = Permission.objects.get(content_type__app_label="pakn_portal", codename="change_holiday")
    ministry.administrator.user_permissions.add(lists)
    assert "Mọi thư đều đã gửi đi" in home(ministry.administrator)
    fail()
    assert 'data-stuck="1"' in home(ministry.intake)
    page = home(ministry.administrator)
    assert "data-stuck" not in page
    assert "1 thư không đến được người gửi" in page
    assert "Mọi thư đều đã gửi đi" not in page
    fail(last_error="TemplateDoesNotExist")
    assert 'data-stuck="1"' in home(ministry.administrator)
    assert "không phải làm gì" in unescape(as_user(ministry.administrator).get(mails_url()).content.decode())


@pytest.mark.parametrize("role", ["administrator", "intake"])
def test_the_home_panel_counts_them_once(role: str, ministry: Ministry, as_user: Any) -> None:
    fail()
    client = as_user(getattr(ministry, role))
    with CaptureQueriesContext(connection) as queries:
        client.get("/admin/")
    table = OutgoingMail._meta.db_table
    # the count of what is to be told by hand looks into the table from within
    asked = [query["sql"].partition(" FROM ")[2] for query in queries]
    assert len([rows for rows in asked if rows.startswith(f'"{table}"')]) == 1


def test_the_home_panel_is_for_who_has_something_to_do(ministry: Ministry, as_user: Any) -> None:
    def panel(user: Any) -> bool:
        return "pakn-work" in as_user(user).get("/admin/").content.decode()

    assert (panel(ministry.intake), panel(ministry.administrator)) == (True, False)


@pytest.mark.parametrize(
    ("error", "part"),
    [
        ("", "pakn_worker"),
        ("NoAddress", "thư điện tử"),
        ("receipt limit", "một ngày"),
        ("SMTPAuthenticationError 535", "mật khẩu"),
        (FAILED, "550"),
        ("ConnectionRefusedError", "kết nối"),
        ("TemplateDoesNotExist", "TemplateDoesNotExist"),
    ],
)
def test_the_reason_is_a_sentence(error: str, part: str) -> None:
    assert part in reason_of(error)


def test_beside_a_refused_mail_stands_what_to_do_about_it(ministry: Ministry, as_user: Any) -> None:
    fail()
    assert "liên hệ người gửi" in as_user(ministry.intake).get(mails_url()).content.decode()
    make_case(Status.ROUTED, ministry)
    OutgoingMail.objects.exclude(to_user=None).update(state=MailState.FAILED, last_error=FAILED)
    assert "trong tài khoản" in as_user(ministry.intake).get(mails_url()).content.decode()


def test_a_colleague_is_named_and_the_mail_has_a_subject(ministry: Ministry, as_user: Any) -> None:
    make_case(Status.ROUTED, ministry)
    OutgoingMail.objects.update(state=MailState.FAILED)
    rows = as_user(ministry.intake).get(mails_url()).context["rows"]
    assert "Lương Quốc Thịnh" in {row.recipient for row in rows}
    assert all(row.subject and "_" not in row.subject for row in rows)


def test_who_cannot_open_the_case_is_not_told_to(ministry: Ministry, as_user: Any) -> None:
    fail()
    told, everyone = {}, people(ministry)
    for letter in "IM":
        page = as_user(everyone[letter]).get(mails_url())
        (row,) = page.context["rows"]
        html = page.content.decode()
        told[letter] = ("Văn phòng Bộ mở hồ sơ" in row.next_step, "Mở hồ sơ</a>" in html)
        assert "Vẫn gửi lại" in html
    assert told == {"I": (False, True), "M": (True, False)}
