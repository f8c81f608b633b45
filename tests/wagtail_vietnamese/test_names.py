"""The two fields of a name, in the order in which a Vietnamese name is written."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.mark.every_wagtail
@pytest.mark.parametrize(
    "name", ["wagtailusers_users:add", "wagtailusers_users:edit", "wagtailadmin_account"]
)
def test_the_family_name_is_asked_first(name: str, section: Any) -> None:
    boss = get_user_model().objects.create_superuser("boss", "boss@bo.example", "boss")
    client = Client()
    client.force_login(boss)
    html = unescape(
        client.get(reverse(name, args=[boss.pk] if name.endswith("edit") else [])).content.decode()
    )
    asked = re.findall(r'<input[^>]* name="(?:name_email-)?(last_name|first_name)"', html)
    assert asked == ["last_name", "first_name"]
    labels = re.findall(r"<label[^>]*_name-label[^>]*>\s*([^<]+?)\s*<", html)
    assert labels[:2] == ["Họ và chữ đệm", "Tên"]
