"""The CMS's own question before it takes an answer off asks for the reason."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from pakn_portal.cases.enums import Status, Verb
from pakn_portal.pages.answers.pages_of_cases import page_of_case
from pakn_portal.pages.section.page import SectionPage
from tests.factories import make_case, make_ministry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("section")]


def test_the_cms_asks_for_the_reason_and_the_old_address_tells_it() -> None:
    who = make_ministry()
    case = make_case(Status.PUBLISHED, who)
    page = page_of_case(case)
    assert page is not None
    client, address = Client(), f"/admin/pages/{page.pk}/unpublish/"
    client.force_login(who.publisher)
    assert 'name="pakn_reason"' in client.get(address).content.decode()
    asked = client.post(address, {"pakn_reason": " "}, follow=True).content.decode()
    assert "Hãy ghi lý do" in asked
    case.refresh_from_db()
    assert case.status == Status.PUBLISHED
    client.post(address, {"pakn_reason": "Căn cứ đã được thay thế."})
    case.refresh_from_db()
    event = case.events.order_by("sequence").last()
    assert event is not None
    assert (case.status, event.verb, event.by) == (Status.ANSWERED, Verb.UNPUBLISH, who.publisher)
    assert "Căn cứ đã được thay thế." in Client().get(page.url).content.decode()


def test_other_pages_are_taken_off_as_ever() -> None:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("boss", "boss@example.vn", "x"))
    asked = client.get(f"/admin/pages/{SectionPage.objects.get().pk}/unpublish/")
    assert asked.status_code == 200
    assert "pakn_reason" not in asked.content.decode()
