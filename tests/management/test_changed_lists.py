"""What somebody with the whole database changes in the reference lists: `pakn_verify` finds it in what was
confirmed, and in the words that go to everybody.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission

from pakn_portal.notifications.edited.models import MailTemplate
from pakn_portal.permissions import CONFIRM
from pakn_portal.snippets.confirmation.confirming import confirm, shown_as
from pakn_portal.snippets.models import DeadlineRule, Holiday, LetterTemplate, RefusalReason
from tests.factories import Ministry, make_ministry
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
