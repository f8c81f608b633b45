"""By which name people are called at the foot of Wagtail's side bar."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from tests.factories import Ministry


def named(client: Client) -> str:
    html = unescape(client.get(reverse("wagtailadmin_home")).content.decode())
    return re.findall(r'"name": "([^"]*)", "avatarUrl"', html.encode().decode("unicode_escape"))[0]


def test_people_of_the_section_are_named_as_colleagues_call_them(ministry: Ministry, as_user: Any) -> None:
    assert ministry.officer.get_full_name() == "Trịnh Thị Hải Yến"
    assert named(as_user(ministry.officer)) == "Hải Yến"


def test_the_portals_own_people_are_named_as_the_portal_does(section: Any) -> None:
    editor = get_user_model().objects.create_user("bientap", first_name="Anna Maria Lena", last_name="Le")
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client = Client()
    client.force_login(editor)
    assert named(client) == "Anna Maria Lena"
