"""What the CMS reports of an answer that left the site: the same, whether it was locked or taken off."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page, PageLogEntry, TaskState, WorkflowState

from pakn_portal.answers import actions as answers
from pakn_portal.cases import actions
from pakn_portal.cases.enums import Status
from pakn_portal.cases.models import Case
from pakn_portal.pages.answers.actions import page_of_case as page_of
from pakn_portal.pages.answers.actions import publish_answer, request_publication, unpublish_answer
from pakn_portal.pages.answers.cms import off_site
from tests.factories import Ministry, make_case, make_ministry
from tests.pages.answers import publish

pytestmark = [pytest.mark.django_db, pytest.mark.exhaustive]

RIGHTS = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page", "bulk_delete_page")
REPORTS = ("site_history", "workflow", "workflow_tasks", "aging_pages", "locked_pages", "page_types_usage")
FORMATS = ("", "?export=csv", "?export=xlsx")
#: Of forms and scripts; new in each response.
#: Differs at each look: tokens of forms, and the minute, which may turn between two looks.
TOKEN = re.compile(
    r"[A-Za-z0-9]{64}|\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?|vừa xong|\d+\s(phút|giây)(\strước)?", re.IGNORECASE
)
Act = Callable[[Case], Any]


@pytest.fixture
def who(section: Any) -> Ministry:
    return make_ministry()


@pytest.fixture
def moderator(who: Ministry) -> Client:
    """Every right over pages, none over cases."""
    user = get_user_model().objects.create_user("bientap9", "bientap9@bo.example", "x")
    group = Group.objects.create(name="Moderators of all")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for right in RIGHTS:
        GroupPagePermission.objects.create(
            group=group,
            page=Page.objects.get(depth=1),
            permission=Permission.objects.get(content_type__app_label="wagtailcore", codename=right),
        )
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    return client


def waiting(who: Ministry) -> Case:
    """Its answer is before the publisher."""
    case = make_case(Status.ANSWERED, who)
    answers.prepare_public_text(case, title="Hỏi", question="Hỏi?", answer="Đáp.", by=who.officer)
    request_publication(case, by=who.officer)
    return case


def shown(client: Client) -> dict[str, str]:
    """Every report in every format, without what differs at each look."""
    addresses = [reverse(f"wagtailadmin_reports:{name}") + form for name in REPORTS for form in FORMATS]
    addresses += [reverse("wagtailadmin_home"), "/admin/api/main/pages/?limit=20"]
    return {address: _text(client.get(address)) for address in addresses}


def _text(response: Any) -> str:
    assert response.status_code == 200
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body[:2] == b"PK":
        with ZipFile(BytesIO(body)) as book:
            body = b"".join(book.read(name) for name in sorted(book.namelist()) if "docProps" not in name)
    return TOKEN.sub("", body.decode())


def after(client: Client, case: Case, act: Act) -> dict[str, str]:
    """In a world where this happened, and which is gone after it."""
    with transaction.atomic():
        act(Case.objects.get(pk=case.pk))
        seen = shown(client)
        transaction.set_rollback(True)
    return seen


def test_they_tell_no_lock_from_a_withdrawal(who: Ministry, moderator: Client) -> None:
    page, live = publish(who), publish(who)
    case = page.public_text.case
    locked = after(moderator, case, lambda case: actions.hold_case(case, by=who.intake))
    taken_off = after(
        moderator, case, lambda case: unpublish_answer(case, by=who.publisher, note="Thay thế.")
    )
    assert locked == taken_off
    text = locked[reverse("wagtailadmin_reports:site_history") + "?export=csv"]
    assert live.title in text
    assert f"\n{page.pk}," not in text
    assert who.intake.get_username() not in "".join(locked.values())


def test_nor_from_one_that_waits(who: Ministry, moderator: Client) -> None:
    publish(who)
    case = waiting(who)
    assert after(moderator, case, lambda case: None) == after(
        moderator, case, lambda case: actions.hold_case(case, by=who.intake)
    )


@pytest.mark.parametrize("is_live", [True, False])
def test_when_it_is_back_nothing_tells_that_it_was_locked(who: Ministry, is_live: bool) -> None:
    case = publish(who).public_text.case if is_live else waiting(who)
    case = Case.objects.get(pk=case.pk)
    actions.hold_case(case, by=who.intake)
    page = page_of(case)
    assert page is not None
    assert not WorkflowState.objects.for_instance(page).active().exists()
    actions.release_hold(case, by=who.inspector, note="Không có bí mật.")
    request_publication(case, by=who.officer)
    publish_answer(case, by=who.second_publisher)
    entries = PageLogEntry.objects.filter(page=page.pk)
    tasks = TaskState.objects.values_list("finished_by", flat=True)
    hands = {*entries.values_list("user", flat=True), *tasks}
    assert hands.isdisjoint({who.intake.pk, who.inspector.pk})
    gone = ("wagtail.unpublish", "wagtail.workflow.cancel")
    assert not entries.filter(action__in=gone).exists()


def test_who_may_see_the_case_has_its_lines(who: Ministry) -> None:
    page = publish(who)
    unpublish_answer(page.public_text.case, by=who.publisher, note="Thay thế.")
    client = Client()
    client.force_login(who.publisher)
    lines = _text(client.get(reverse("wagtailadmin_reports:site_history") + "?export=csv"))
    assert off_site.title() in lines
    assert page.title not in lines
