from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.events import Assigned
from pakn_portal.cases.models import Case
from pakn_portal.flow.moving import append_event
from pakn_portal.staff import addresses
from pakn_portal.submissions.actions import add_supplement
from tests.factories import Ministry, make_case

pytestmark = pytest.mark.django_db


def test_one_screen_tells_all(ministry: Ministry, as_user: Any) -> None:
    words = {"title": "Tiêu đề <b>đậm</b>", "content": "Dòng một.\n\nDòng hai & ba."}
    case = make_case(Status.PROCESSING, ministry, **words)
    add_supplement(case.submission, content="Tôi gửi thêm quyết định.")
    page = as_user(ministry.officer).get(addresses.case_url(case.pk))
    html = page.content.decode()
    for text in (
        case.number,
        "Tiêu đề &lt;b&gt;đậm&lt;/b&gt;",
        "<p>Dòng hai &amp; ba.</p>",
        "Tôi gửi thêm quyết định.",
        "Nguyễn Thị Thu Cúc",
        "Trịnh Thị Hải Yến",
        "Cục Việc làm",
        page.context["dossier"].explanation,
        case.legal_basis,
    ):
        assert text in html, text
    assert "no-store" in page["Cache-Control"]


def test_contacts_are_in_no_page_until_asked_for(ministry: Ministry, as_user: Any) -> None:
    case = make_case(Status.PROCESSING, ministry)
    client = as_user(ministry.officer)
    pages = [
        client.get(addresses.case_url(case.pk)),
        client.get(addresses.move_url(case.pk, Verb.DRAFT_ANSWER)),
    ]
    for page in pages:
        for contact in ("0900000101", "thucuc.nguyen@example.vn", "phường Dĩ An"):
            assert contact not in page.content.decode()
    assert not case.events.filter(verb=Verb.READ_CONTACTS).exists()
    shown = client.post(addresses.contacts_url(case.pk))
    assert "0900000101" in shown.content.decode()
    assert case.events.get(verb=Verb.READ_CONTACTS).by == ministry.officer
    assert client.get(addresses.contacts_url(case.pk))["Location"] == addresses.case_url(case.pk)


def test_reading_contacts_does_not_disturb_a_colleague(ministry: Ministry, as_user: Any) -> None:
    case = make_case(Status.PROCESSING, ministry)
    as_user(ministry.head).post(addresses.contacts_url(case.pk))
    answer = as_user(ministry.officer).post(
        addresses.move_url(case.pk, Verb.DRAFT_ANSWER),
        {"version": case.version, "body": "Trả lời.", "outcome": "explained"},
    )
    assert answer.status_code == 302


def test_queries_do_not_grow_with_the_history(ministry: Ministry, as_user: Any) -> None:
    case = make_case(Status.DRAFT_REVIEW, ministry)
    client, counts = as_user(ministry.head), []
    for number in (1, 30):
        for _n in range(number):
            append_event(
                case,
                Verb.ASSIGN,
                by=ministry.head,
                from_status=case.status,
                data=Assigned(officer=ministry.officer.pk),
            )
            add_supplement(case.submission, content="Thêm.")
        with CaptureQueriesContext(connection) as queries:
            client.get(addresses.case_url(case.pk))
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 40


@pytest.mark.parametrize("status", Status)
def test_every_status_has_a_page(status: Status, ministry: Ministry, as_user: Any, section: Any) -> None:
    case = make_case(status, ministry)
    user = ministry.inspector if case.is_sealed else ministry.leader
    assert as_user(user).get(addresses.case_url(case.pk)).status_code == 200


def test_a_year_without_holidays_is_told_and_no_error(ministry: Ministry, as_user: Any) -> None:
    from pakn_portal.snippets.models import Holiday

    case = make_case(Status.PROCESSING, ministry)
    Holiday.objects.all().delete()
    Case.objects.filter(pk=case.pk).update(due_on=None)
    client = as_user(ministry.officer)
    assert client.get(addresses.case_url(case.pk)).status_code == 200
    assert client.get(addresses.list_url()).status_code == 200
    assert client.get("/admin/").status_code == 200


def test_links_between_duplicates_end_at_what_may_be_seen(ministry: Ministry, as_user: Any) -> None:
    copy = make_case(Status.DUPLICATE, ministry)
    page = as_user(ministry.intake).get(addresses.case_url(copy.pk))
    assert page.context["master_url"] == addresses.case_url(copy.master.pk)
    Case.objects.filter(pk=copy.master.pk).update(status=Status.COMPLAINT)
    page = as_user(ministry.intake).get(addresses.case_url(copy.pk))
    assert page.context["master_url"] == ""
    assert copy.master.number not in "".join(page.content.decode().split("pakn-history")[:1])


def test_the_title_wagtail_writes_into_its_logs_is_the_number(ministry: Ministry) -> None:
    case = make_case()
    assert str(case) == case.number


def test_a_publisher_can_lock_what_they_see(ministry: Ministry, as_user: Any) -> None:
    case = make_case(Status.ANSWERED, ministry)
    client = as_user(ministry.publisher)
    for status in (Status.ANSWERED, Status.PUBLISHED):
        Case.objects.filter(pk=case.pk).update(status=status)
        page = client.get(addresses.case_url(case.pk))
        assert Verb.HOLD in {button.verb for button in page.context["buttons"].all}
