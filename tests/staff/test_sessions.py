"""A session of staff that was forgotten, or stolen, ends by itself."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from pakn_portal.answers.models import Answer
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.staff import addresses
from tests.factories import PASSWORD, Ministry, make_case
from tests.fixtures.later import later
from tests.staff.test_words_kept import DRAFT, WORDS, opened, sign_in, text_in

pytestmark = [pytest.mark.django_db, pytest.mark.every_wagtail]


@pytest.fixture
def office(ministry: Ministry) -> Client:
    client = Client()
    given = {"username": "vanphong", "password": PASSWORD, "remember": "on"}
    assert client.post(reverse("wagtailadmin_login"), given).status_code == 302
    return client


def is_in(client: Client, address: str = "") -> bool:
    return client.get(address or addresses.list_url()).status_code == 200


def test_m5_a_session_that_is_not_used_ends_after_half_an_hour(office: Client) -> None:
    with later(minutes=28):
        assert is_in(office)
    with later(minutes=56):
        assert is_in(office)
    with later(minutes=87):
        answer = office.get(addresses.list_url())
        assert answer["Location"] == f"{reverse('wagtailadmin_login')}?next={addresses.list_url()}"
        page = office.get(answer["Location"]).content.decode()
        assert "không có thao tác nào trong 30 phút" in page
    assert not is_in(office), "the session is gone, whatever the clock says then"


def test_a_session_ends_after_twelve_hours_however_busy(office: Client) -> None:
    for minutes in range(25, 12 * 60, 25):
        with later(minutes=minutes):
            assert is_in(office), minutes
    with later(hours=12, minutes=1):
        page = office.get(addresses.list_url(), follow=True).content.decode()
    assert "12 giờ sau khi đăng nhập" in page


def test_an_open_page_that_asks_by_itself_keeps_no_session(office: Client, ministry: Ministry) -> None:
    ping = reverse("wagtailadmin_editing_sessions:ping", args=["wagtailcore", "page", "1", 1])
    for minutes in range(5, 30, 5):
        with later(minutes=minutes):
            office.post(ping)
    with later(minutes=31):
        assert not is_in(office)


def test_words_that_were_being_written_come_back(ministry: Ministry) -> None:
    draft = addresses.move_url(make_case(Status.PROCESSING, ministry).pk, Verb.DRAFT_ANSWER)
    client = sign_in(ministry.officer)
    data = opened(client, draft, **DRAFT)
    with later(minutes=45):
        assert client.post(draft, data)["Location"].startswith("/admin/login/")
        assert not Answer.objects.exists()
        sign_in(ministry.officer, client)
        assert WORDS in text_in(client.get(draft, follow=True))


def test_the_settings_say_how_long(office: Client, settings: Any) -> None:
    settings.PAKN_PORTAL = {"STAFF_IDLE_MINUTES": 0, "STAFF_SESSION_HOURS": 1}
    with later(minutes=50):
        assert is_in(office)
    with later(minutes=61):
        assert not is_in(office)


def test_a_session_of_a_reader_is_left_alone(ministry: Ministry, section: Any) -> None:
    reader = get_user_model().objects.create_user("docgia", password=PASSWORD)
    client = Client()
    client.force_login(reader)
    with later(hours=30):
        client.get("/")
    assert client.session["_auth_user_id"] == str(reader.pk)


def test_a_use_is_written_once_a_minute(office: Client, django_assert_num_queries: Any) -> None:
    office.get(addresses.list_url())
    before = office.session["pakn_staff"]
    with later(seconds=40):
        office.get(addresses.list_url())
    assert office.session["pakn_staff"] == before
    with later(seconds=70):
        office.get(addresses.list_url())
    assert office.session["pakn_staff"][0] == before[0] and office.session["pakn_staff"][1] > before[1]


def test_a_visitor_costs_no_query(section: Any, client: Client, settings: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get("/")
        return len(seen)

    queries()
    with_it = queries()
    name = "pakn_portal.staff.sessions.StaffSessions"
    settings.MIDDLEWARE = [path for path in settings.MIDDLEWARE if path != name]
    assert queries() == with_it
