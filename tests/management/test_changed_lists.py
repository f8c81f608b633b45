"""What somebody with the whole database changes in the reference lists: `pakn_verify` finds it in what was
confirmed, and in the words that go to everybody.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core import mail as outbox
from django.test import Client
from django.urls import reverse

from pakn_portal.answers.letters.letter import letter_of
from pakn_portal.cases.enums import Status
from pakn_portal.management.setup.lists import load_lists
from pakn_portal.notifications.edited.models import MailTemplate
from pakn_portal.notifications.outbox.sending import send_due_mails
from pakn_portal.permissions import CONFIRM
from pakn_portal.snippets.confirmation.confirming import confirm, shown_as
from pakn_portal.snippets.confirmation.versions import is_as_saved
from pakn_portal.snippets.enums import LetterKind
from pakn_portal.snippets.models import DeadlineRule, Holiday, LetterTemplate, RefusalReason
from tests.factories import Ministry, make_case, make_ministry
from tests.fixtures.saved import saved
from tests.management.test_alterations import sql, verify

pytestmark = [pytest.mark.exhaustive, pytest.mark.usefixtures("section")]


@pytest.fixture
def who(section: Any) -> Ministry:
    ministry = make_ministry()
    app_label, codename = CONFIRM.split(".")
    right = Permission.objects.get(content_type__app_label=app_label, codename=codename)
    ministry.head.user_permissions.add(right)
    return ministry


CONFIRMED = {
    "a term": (DeadlineRule, "UPDATE pakn_portal_deadlinerule SET amount=amount+5"),
    "a day off": (Holiday, "UPDATE pakn_portal_holiday SET status='proposed'"),
    "why a case is refused": (RefusalReason, "UPDATE pakn_portal_refusalreason SET public_text='Khác.'"),
    "a tick": (RefusalReason, "UPDATE pakn_portal_refusalreason SET verified_as=''"),
}


@pytest.mark.parametrize("kind", CONFIRMED)
def test_what_was_confirmed_and_is_another_row_is_found(kind: str, who: Ministry) -> None:
    model, statement = CONFIRMED[kind]
    rows: Any = model._default_manager.filter(pk=model._default_manager.order_by("pk").first().pk)
    if model is DeadlineRule:
        rows.update(legal_basis="Quyết định 12/QĐ-BNV")
    confirm(rows, seen=shown_as(list(rows)), by=type(who.head).objects.get(pk=who.head.pk))
    assert "I19 holds" in verify()
    sql(statement)
    row = rows.get()
    name = f"{model._meta.model_name} {row.pk}"
    assert f"I19 broken: {name} is not as the Legal Department confirmed it" in verify()


def test_words_that_are_not_those_of_the_last_version_are_found(who: Ministry) -> None:
    mail = MailTemplate.objects.create(mail="guided", subject="Về hồ sơ", body="{{ lời của Bộ }}")
    letter = LetterTemplate.objects.create(code="thu", name="Thư", kind="answer", body="Kính gửi.")
    for row in (mail, letter):
        row.save_revision()
    assert "I19 holds" in verify()
    sql("UPDATE pakn_portal_mailtemplate SET body='Nộp tiền.' WHERE id=%s", mail.pk)
    sql("UPDATE pakn_portal_lettertemplate SET body='Khác.' WHERE id=%s", letter.pk)
    told = verify()
    assert f"I19 broken: mailtemplate {mail.pk} does not have the words of its last version" in told
    assert f"I19 broken: lettertemplate {letter.pk} does not have the words of its last version" in told


def _insert_mail(mail: str) -> None:
    sql(
        "INSERT INTO pakn_portal_mailtemplate (mail, subject, body, is_active) VALUES (%s, %s, %s, %s)",
        *(mail, "Nộp phí", "Nộp 5 triệu vào tài khoản 0123.", True),
    )


def _unlink(mail: str) -> None:
    """Words that were saved, and then changed together with their link to the version."""
    saved(MailTemplate, mail=mail, subject="Về hồ sơ", body="{{ mã hồ sơ }}")
    sql("UPDATE pakn_portal_mailtemplate SET subject='Nộp phí', latest_revision_id=NULL")


def _change(mail: str) -> None:
    saved(MailTemplate, mail=mail, subject="Về hồ sơ", body="{{ mã hồ sơ }}")
    sql("UPDATE pakn_portal_mailtemplate SET subject='Nộp phí'")


def _link_to_another(mail: str) -> None:
    """To the version of another row that says the same."""
    row = saved(MailTemplate, mail=mail, subject="Nộp phí", body="{{ mã hồ sơ }}")
    version = row.latest_revision_id
    sql("UPDATE pakn_portal_mailtemplate SET id=id+1000")
    assert MailTemplate.objects.get().latest_revision_id == version


@pytest.mark.parametrize("written", [_insert_mail, _unlink, _change, _link_to_another])
def test_a_mail_is_not_filled_from_words_that_nobody_saved(
    written: Callable[[str], None], who: Ministry, caplog: Any
) -> None:
    make_case(Status.SUBMITTED, who)
    written("receipt")
    row = MailTemplate.objects.get()
    assert f"I19 broken: mailtemplate {row.pk} " in verify()
    send_due_mails()
    assert outbox.outbox
    assert not [mail for mail in outbox.outbox if "Nộp" in mail.subject + mail.body]
    assert f"mailtemplate {row.pk} does not have the words of its last version" in caplog.text


def test_a_letter_is_not_filled_from_words_that_nobody_saved(who: Ministry) -> None:
    case = make_case(Status.REJECTED, who)
    row = saved(LetterTemplate, code="thu", name="Thư", kind="refusal", body="Kính gửi.", sort_order=0)
    LetterTemplate.objects.exclude(pk=row.pk).delete()
    assert letter_of(case, LetterKind.REFUSAL, None, with_sender=False).paragraphs == ["Kính gửi."]
    sql("UPDATE pakn_portal_lettertemplate SET body='Nộp tiền.', latest_revision_id=NULL")
    assert f"I19 broken: lettertemplate {row.pk} has words that no version in the CMS tells of" in verify()
    assert "Nộp tiền." not in letter_of(case, LetterKind.REFUSAL, None, with_sender=False).paragraphs


def test_what_ships_is_as_saved_with_its_first_version_and_without(who: Ministry) -> None:
    LetterTemplate.objects.all().delete()
    load_lists()
    assert not LetterTemplate.objects.filter(latest_revision=None).exists()
    assert "I19 holds" in verify()
    sql("UPDATE pakn_portal_lettertemplate SET latest_revision_id=NULL")
    assert "I19 holds" in verify()
    sql("UPDATE pakn_portal_lettertemplate SET body='Khác.' WHERE code='answer_general'")
    load_lists()
    changed = LetterTemplate.objects.get(latest_revision=None)
    assert f"I19 broken: lettertemplate {changed.pk} has words that no version" in verify()


def test_the_list_and_the_form_say_that_words_are_not_used(who: Ministry) -> None:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("chu", "chu@bo.example", "x"))
    mail = saved(MailTemplate, mail="receipt", subject="Về hồ sơ", body="{{ mã hồ sơ }}")
    letter = saved(LetterTemplate, code="thu", name="Thư", kind="refusal", body="Kính gửi.", sort_order=0)
    in_list, in_form = "Khác bản đã lưu, không được dùng", "nên không được dùng"
    for row in (mail, letter):
        shown = type(row).snippet_viewset  # type: ignore[attr-defined]
        listed = reverse(shown.get_url_name("list"))
        edited = reverse(shown.get_url_name("edit"), args=[row.pk])
        assert in_list not in client.get(listed).content.decode()
        assert in_form not in client.get(edited).content.decode()
        sql(f"UPDATE {row._meta.db_table} SET body='Nộp 5 triệu.' WHERE id=%s", row.pk)
        assert client.get(listed).content.decode().count(in_list) == 1
        assert in_form in client.get(edited).content.decode()


def test_what_ships_is_known_by_the_fields_that_a_version_is_compared_by(
    who: Ministry, monkeypatch: pytest.MonkeyPatch
) -> None:
    LetterTemplate.objects.all().delete()
    load_lists()
    sql("UPDATE pakn_portal_lettertemplate SET latest_revision_id=NULL")
    monkeypatch.setattr(LetterTemplate, "words_of_version", ("name", "body", "is_active"))
    rows = LetterTemplate.objects.select_related("latest_revision")
    assert [row.code for row in rows if not is_as_saved(row)] == []
    sql("UPDATE pakn_portal_lettertemplate SET name='Khác' WHERE code='answer_general'")
    assert [row.code for row in rows.all() if not is_as_saved(row)] == ["answer_general"]
