"""Mail templates in the admin: for the keepers of the lists, with a check and a look beforehand."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from pakn_portal.cases.enums import Status
from pakn_portal.management.setup.roles import make_roles
from pakn_portal.notifications.edited.models import MailTemplate
from pakn_portal.notifications.edited.texts import product_words
from pakn_portal.notifications.encryption import encrypt
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.rule_sets import editable_mails, name_of_mail
from pakn_portal.staff.mails.occasions import occasion_of
from tests.factories import Ministry, make_case
from tests.fixtures.saved import saved
from tests.staff.conftest import As
from tests.staff.roles import LETTERS, people

pytestmark = pytest.mark.django_db

NEW = {
    "mail": "guided",
    "subject": "{{ mã hồ sơ }}: nơi giải quyết",
    "body": "{{ lời của Bộ }}",
    "is_active": "on",
}


def address(name: str, *args: Any) -> str:
    return reverse(MailTemplate.snippet_viewset.get_url_name(name), args=args)  # type: ignore[attr-defined]


def test_only_the_keepers_of_the_lists_change_words_of_mails(ministry: Ministry) -> None:
    make_roles()
    for letter, user in people(ministry).items():
        client = Client()
        client.force_login(user)
        allowed = letter == "M"
        assert client.get(address("list")).status_code == (200 if allowed else 302), letter
        assert client.get(address("add")).status_code == (200 if allowed else 302), letter
        client.post(address("add"), NEW)
        assert MailTemplate.objects.filter(mail="guided").exists() == allowed, letter
        MailTemplate.objects.all().delete()
    assert "M" in LETTERS


def test_the_form_offers_the_words_of_the_software_and_names_what_is_wrong(
    ministry: Ministry, as_user: As
) -> None:
    make_roles()
    client = as_user(ministry.administrator)
    form = client.get(address("add")).content.decode()
    assert "{{ lời của Bộ }}" in form
    assert "Hồ sơ {{ mã hồ sơ }}: đã tiếp nhận" in form
    refused = client.post(address("add"), {**NEW, "body": "{{ lời của Bộ }}\n{{ lời của Bô nào }}"})
    assert refused.status_code == 200
    assert "Dòng 2, ký tự thứ 1" in refused.content.decode()
    assert "{{ lời của Bô nào }}" in refused.content.decode()
    assert not MailTemplate.objects.exists()


def test_one_starts_with_the_words_that_are_sent_today(ministry: Ministry, as_user: As) -> None:
    make_roles()
    client = as_user(ministry.administrator)
    saved(MailTemplate, mail="guided", subject="{{ mã hồ sơ }}", body="{{ lời của Bộ }}")
    own = MailTemplate.objects.get()
    page = client.get(address("list")).content.decode()
    assert f'href="{address("edit", own.pk)}">' in page
    for mail in set(editable_mails()) - {"guided"}:
        start = f"{address('add')}?template={mail}"
        assert f'href="{start}"' in page
        begun = client.get(start).context["form"]
        subject, body = product_words(mail)
        given = {"mail": mail, "subject": begun["subject"].value(), "body": begun["body"].value()}
        assert given == {"mail": begun["mail"].value(), "subject": subject, "body": body}
        client.post(start, {**given, "is_active": "on"})
        assert MailTemplate.objects.filter(**given).exists(), mail
    assert client.get(f"{address('add')}?template=unknown").context["form"]["body"].value() == ""


def test_the_mail_is_chosen_once(ministry: Ministry, as_user: As) -> None:
    make_roles()
    client = as_user(ministry.administrator)
    client.post(address("add"), NEW)
    template = MailTemplate.objects.get()
    client.post(address("edit", template.pk), {**NEW, "mail": "kept", "subject": "{{ mã hồ sơ }}: mới"})
    template.refresh_from_db()
    assert (template.mail, template.subject) == ("guided", "{{ mã hồ sơ }}: mới")
    assert template.revisions.count() == 2


def test_a_look_beforehand_shows_a_made_up_case(ministry: Ministry, as_user: As) -> None:
    make_roles()
    client = as_user(ministry.administrator)
    client.post(address("preview_on_add"), {**NEW, "body": "Xin trả lời: {{ lời của Bộ }}"})
    page = client.get(address("preview_on_add"), {"mode": ""}).content.decode()
    assert "PAKN-2026-000123: nơi giải quyết" in page
    assert "Xin trả lời: Đề nghị ông/bà" in page


def look(client: Client, **values: str) -> str:
    client.post(address("preview_on_add"), {**NEW, **values})
    return client.get(address("preview_on_add"), {"mode": ""}).content.decode()


@pytest.fixture
def keeper(ministry: Ministry) -> Any:
    """Keeps the lists, and has the cases of the unit."""
    make_roles()
    ministry.officer.groups.add(*ministry.administrator.groups.all())
    return ministry.officer


def test_a_look_beforehand_shows_a_case_of_their_own(ministry: Ministry, as_user: As, keeper: Any) -> None:
    case = make_case(Status.EXTENDED, ministry, title="Câu hỏi có thật")
    note = OutgoingMail.objects.get(template="deadline_extended").context["note"]
    client, words = as_user(keeper), "{{ tiêu đề }}. {{ hạn trả lời }}. {{ lời của Bộ }}"
    page = look(client, mail="deadline_extended", body=words, shown_case=f" {case.number.lower()} ")
    assert f"{case.number}: nơi giải quyết" in page
    assert "Câu hỏi có thật." in page
    assert note in page
    assert case.submission.sender.full_name not in page
    assert "#lien-ket=" not in page
    # such a mail was not written yet: the case is real, and only what there is not is made up
    page = look(client, body="{{ tiêu đề }}. {{ lời của Bộ }}", shown_case=case.number)
    assert f"{case.number}: nơi giải quyết" in page
    assert "Câu hỏi có thật. Đề nghị ông/bà" in page
    assert not MailTemplate.objects.exists()
    assert OutgoingMail.objects.filter(template="guided").count() == 0


def test_a_look_at_a_mail_to_a_colleague(ministry: Ministry, as_user: As, keeper: Any) -> None:
    case = make_case(Status.PROCESSING, ministry)
    words = {"mail": "case_assigned", "body": "Hạn: {{ hạn trả lời }}. {{ ghi chú }}"}
    client = as_user(keeper)
    assert "PAKN-2026-000123: nơi giải quyết" in look(client, **words)
    page = look(client, **words, shown_case=case.number)
    assert f"{case.number}: nơi giải quyết" in page
    assert case.submission.sender.full_name not in page


@pytest.mark.parametrize("hidden", ["another unit's", "sealed", "unknown"])
def test_a_case_they_may_not_see_is_as_one_that_is_not_there(
    ministry: Ministry, as_user: As, keeper: Any, hidden: str
) -> None:
    case = make_case(
        Status.COMPLAINT if hidden == "sealed" else Status.RECEIVED, ministry, title="Chuyện kín"
    )
    number = "PAKN-2026-999999" if hidden == "unknown" else case.number
    page = look(as_user(keeper), body="{{ tiêu đề }} {{ lời của Bộ }}", shown_case=number)
    assert f"Không có hồ sơ {number} mà bạn được xem" in page
    assert "PAKN-2026-000123: nơi giải quyết" in page
    assert "Chuyện kín" not in page


def test_a_look_shows_nobodys_tracking_code(ministry: Ministry, as_user: As, keeper: Any) -> None:
    case = make_case(Status.PROCESSING, ministry)
    OutgoingMail.objects.filter(template="receipt").update(sealed=encrypt("7K4FB6QE2MXA9TRE"))
    words = {"mail": "receipt", "body": "{{ mã hồ sơ }}: {{ mã tra cứu }}"}
    page = look(as_user(keeper), **words, shown_case=case.number)
    assert f"{case.number}: 7K4F-B6QE-2MXA-9TRD" in page


def test_the_form_keeps_no_number(ministry: Ministry, as_user: As, keeper: Any) -> None:
    client = as_user(keeper)
    client.post(address("add"), {**NEW, "shown_case": "PAKN-2026-999999"})
    template = MailTemplate.objects.get()
    assert "999999" not in str(template.revisions.get().content)
    form = client.get(address("edit", template.pk)).content.decode()
    assert "Thư nội bộ cho cán bộ" in form


@pytest.mark.parametrize("language", ["vi", "en"])
def test_each_mail_has_a_name_of_its_own(language: str) -> None:
    with translation.override(language):
        names = [name_of_mail(mail) for mail in editable_mails()]
    assert sorted(names) == sorted(set(names))


def test_words_of_one_mail_are_not_taken_for_another(ministry: Ministry, as_user: As, keeper: Any) -> None:
    client = as_user(ministry.administrator)
    begun = client.get(f"{address('add')}?template=guided").context["form"]
    assert [mail for mail, _name in begun.fields["mail"].choices] == ["guided"]
    again = client.post(address("add"), {**NEW, "body": "{{ một }} {{ hai }}"})
    assert [mail for mail, _name in again.context["form"].fields["mail"].choices] == ["guided"]
    error = str(again.context["form"].errors["body"][0])
    assert error.count("<br>") >= 1
    assert error in again.content.decode()


def test_each_mail_is_named_by_its_occasion(ministry: Ministry, as_user: As, keeper: Any) -> None:
    names = [occasion_of(mail) for mail in editable_mails()]
    assert len(names) == len(set(names))
    assert [name for name in names if not name.startswith(("Khi ", "Hằng ngày"))] == []
    form = as_user(ministry.administrator).get(address("add")).content.decode()
    assert "Khi hồ sơ được tiếp nhận" in form
    assert "(received)" not in form
