"""Nobody who may not release an answer hides it, and what the portal hides above the answers is told."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page, PageViewRestriction

from pakn_portal.management.verify.invariants import INVARIANTS
from pakn_portal.management.verify.progress import silent
from pakn_portal.notifications.messages import message_of
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.pages.answers.actions import archive_page
from pakn_portal.pages.models import AnswerPage
from tests.factories import Ministry, make_ministry
from tests.pages.answers import publish

pytestmark = [pytest.mark.django_db, pytest.mark.exhaustive]


@pytest.fixture
def who(section: Any) -> Ministry:
    return make_ministry()


@pytest.fixture
def page(who: Ministry) -> AnswerPage:
    return publish(who)


@pytest.fixture
def moderator(who: Ministry) -> Client:
    """Publishes, unpublishes and hides every page of the portal, and has no role of ours."""
    user = get_user_model().objects.create_user("duyettrang", "duyettrang@bo.example", "x")
    group = Group.objects.create(name="Duyệt trang")
    group.permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    )
    for right in ("add_page", "change_page", "publish_page"):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=right)
        GroupPagePermission.objects.create(group=group, page=Page.objects.get(depth=1), permission=permission)
    user.groups.add(group)
    return login(user)


def login(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def hide(client: Client, page: Page) -> None:
    client.post(
        reverse("wagtailadmin_pages:set_privacy", args=[page.pk]), {"restriction_type": "login", "groups": []}
    )


def unpublish(client: Client, page: Page) -> None:
    client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))


def unpublish_in_bulk(client: Client, page: Page) -> None:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    client.post(f"{address}?next=/admin/&id={page.pk}")


def move_behind_a_login(client: Client, page: Page) -> None:
    inner = page.get_site().root_page.add_child(instance=Page(title="Nội bộ", slug="noi-bo"))
    PageViewRestriction.objects.create(page=inner, restriction_type="login")
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, inner.pk]))


def told() -> set[str]:
    mails = OutgoingMail.objects.filter(template="answers_hidden").select_related("to_user")
    return {mail.to_user.username for mail in mails if mail.to_user}


def offences() -> list[str]:
    return [line for rule in INVARIANTS if rule.code == "I4" for line in rule.find(silent)]


@pytest.mark.parametrize("act", [hide, unpublish, unpublish_in_bulk])
def test_who_may_not_release_hides_neither_an_answer_nor_the_archive(
    page: AnswerPage, moderator: Client, act: Any
) -> None:
    for each in (page, archive_page()):
        act(moderator, each)
    assert Client().get(page.url).status_code == 200
    assert not PageViewRestriction.objects.exists()
    assert archive_page().live
    assert told() == set()


def test_not_even_a_publisher_hides_an_answer_without_a_trace(page: AnswerPage, who: Ministry) -> None:
    hide(login(who.publisher), page)
    assert Client().get(page.url).status_code == 200


def test_nor_moves_the_archive_behind_a_login(page: AnswerPage, moderator: Client) -> None:
    move_behind_a_login(moderator, archive_page())
    assert Client().get(page.url).status_code == 200
    assert told() == set()


@pytest.mark.parametrize("act", [hide, unpublish, unpublish_in_bulk, move_behind_a_login])
def test_what_is_hidden_above_the_archive_is_told(page: AnswerPage, moderator: Client, act: Any) -> None:
    act(moderator, archive_page().get_parent())
    assert told() == {"bientap", "bientap2"}
    mail = OutgoingMail.objects.filter(template="answers_hidden")[0]
    assert archive_page().get_parent().title in message_of(mail).body
    assert len(offences()) == 1


def test_a_page_without_answers_is_hidden_in_silence(page: AnswerPage, moderator: Client) -> None:
    other = archive_page().get_siblings(inclusive=False).first()
    assert other is not None
    unpublish(moderator, other)
    assert not Page.objects.get(pk=other.pk).live
    assert told() == set()
    assert offences() == []
