"""Mail templates in the admin: for the keepers of the lists, with a check and a look beforehand."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pakn_portal.management.setup.roles import make_roles
from pakn_portal.notifications.edited.models import MailTemplate
from tests.factories import Ministry
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
