"""A portal in another time zone and another language: the section keeps Vietnamese days, hours and words."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone, translation
from wagtail.users.models import UserProfile

from pakn_portal import clock
from pakn_portal.cases.models import Case
from pakn_portal.notifications.outbox.sending import send_due_mails
from pakn_portal.pages.links import tracking_link
from pakn_portal.staff import addresses
from tests.architecture.source import PACKAGE, python_files
from tests.factories import Ministry, make_case
from tests.staff.test_entry import filled

#: Friday 23:30 in Hà Nội, when it is 16:30 in London's winter and 11:30 in New York.
LATE_ON_FRIDAY = datetime(2026, 3, 13, 16, 30, tzinfo=UTC)


@pytest.fixture(params=["UTC", "America/New_York", "Pacific/Kiritimati"])
def foreign(request: pytest.FixtureRequest, settings: Any) -> Any:
    settings.TIME_ZONE = request.param
    settings.LANGUAGE_CODE = "en"
    settings.LANGUAGES = [("en", "English"), ("vi", "Tiếng Việt")]
    translation.activate("en")
    timezone.deactivate()
    yield request.param
    translation.deactivate()


@pytest.fixture
def late_case(foreign: str, ministry: Ministry, section: Any) -> Case:
    with clock.acting_at(LATE_ON_FRIDAY):
        return make_case()


@pytest.mark.django_db
def test_a_form_after_office_hours_counts_from_the_next_working_day(late_case: Case) -> None:
    assert late_case.submission.received_at == LATE_ON_FRIDAY
    assert late_case.registered_on == date(2026, 3, 16)
    with clock.acting_at(LATE_ON_FRIDAY):
        assert clock.today() == date(2026, 3, 13)


@pytest.mark.django_db
def test_staff_read_and_write_the_hours_of_the_section(
    late_case: Case, ministry: Ministry, as_user: Any
) -> None:
    """Whatever zone their own account has."""
    UserProfile.objects.create(user=ministry.intake, current_time_zone="America/Los_Angeles")
    office = as_user(ministry.intake)
    page = office.get(addresses.case_url(late_case.pk)).content.decode()
    assert "13/03/2026 23:30" in page
    assert not re.search(r"1[34]/03/2026 (?!23:30)\d\d:\d\d", page)
    sheet = b"".join(office.get(addresses.list_url(export="csv")).streaming_content).decode()
    assert "13/03/2026 23:30" in sheet
    data = filled(office, received_at="05/03/2026 08:15", backdating_reason="Thư thất lạc.")
    office.post(addresses.entry_url(), data)
    entered = Case.objects.latest("pk").submission.received_at
    assert entered == datetime(2026, 3, 5, 1, 15, tzinfo=UTC)


@pytest.mark.django_db
def test_staff_filter_by_the_days_of_the_section(late_case: Case, ministry: Ministry, as_user: Any) -> None:
    UserProfile.objects.create(user=ministry.intake, current_time_zone="Asia/Ho_Chi_Minh")
    office = as_user(ministry.intake)
    day = {"registered_from": "16/03/2026", "registered_to": "16/03/2026"}
    assert late_case.number in office.get(addresses.list_url(**day)).content.decode()
    before = {"registered_from": "15/03/2026", "registered_to": "15/03/2026"}
    assert late_case.number not in office.get(addresses.list_url(**before)).content.decode()


@pytest.mark.django_db
def test_pages_and_mails_are_vietnamese(late_case: Case, client: Client) -> None:
    send_due_mails()
    (receipt,) = [message for message in mail.outbox if late_case.submission.sender.email in message.to]
    assert "Mã hồ sơ" in receipt.body
    answer = client.get(tracking_link(late_case.submission).split("?")[0].split("#")[0], follow=True)
    html = answer.content.decode()
    assert 'lang="vi"' in html
    assert "Mã tra cứu" in html
    assert answer.headers["Content-Language"] == "vi"


@pytest.mark.django_db
def test_a_language_that_the_visitor_chose_is_kept(section: Any, client: Client, settings: Any) -> None:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "django.middleware.locale.LocaleMiddleware"]
    html = client.get(section.url, headers={"accept-language": "en"}).content.decode()
    assert '<div class="pakn" lang="en">' in html


@pytest.mark.django_db
def test_a_portal_may_have_its_own_way(section: Any, client: Client, settings: Any, foreign: str) -> None:
    settings.PAKN_PORTAL = {**settings.PAKN_PORTAL, "LANGUAGE": ""}
    assert '<div class="pakn" lang="en">' in client.get(section.url).content.decode()


def test_only_the_clock_asks_for_a_local_time() -> None:
    asks = re.compile(
        r"\b(localtime|localdate|get_current_timezone|get_default_timezone|make_aware|make_naive)\b"
    )
    users = [
        str(path.relative_to(PACKAGE))
        for path in python_files()
        if path != PACKAGE / "clock.py" and asks.search(path.read_text())
    ]
    assert users == []


def test_every_instant_in_a_template_is_told_in_the_zone_of_the_section() -> None:
    bare = re.compile(r"(_at|\.at|\bnow)\|date|(?<!section_time)\|date:.[^'\"]*[HGgh]:i|\|time\b|\{% now ")
    found = [
        f"{path.relative_to(PACKAGE)}: {match.group()}"
        for path in sorted((PACKAGE / "templates").rglob("*.*"))
        for match in bare.finditer(path.read_text())
    ]
    assert found == []
