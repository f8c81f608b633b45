from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from pakn_portal.pages.answers.actions import archive_page
from pakn_portal.pages.answers.page import AnswerPage
from tests.factories import make_ministry, make_user
from tests.pages.answers import bring_in, publish

pytestmark = [pytest.mark.django_db, pytest.mark.exhaustive]

COPIED = "is not copied"
DELETED = "An answer is not deleted"


@pytest.fixture(params=["publisher", "superuser"])
def person(request: Any, section: Any) -> Any:
    if request.param == "superuser":
        return get_user_model().objects.create_superuser("chu", "chu@bo.example", "x")
    return make_user("bientap", "publisher")


@pytest.fixture
def admin(client: Client, person: Any) -> Client:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    person.wagtail_userprofile, _ = _profile(person)
    client.force_login(person)
    return client


def _profile(person: Any) -> Any:
    from wagtail.users.models import UserProfile

    return UserProfile.objects.update_or_create(user=person, defaults={"preferred_language": "en"})


def told(admin: Client, response: Any, sentence: str) -> bool:
    """The refusal goes back to the list of pages, and the sentence is shown there."""
    assert response.status_code == 302, response.status_code
    return sentence in admin.get(response.url, follow=True).content.decode()


@pytest.mark.parametrize("alias", ["", "on"])
def test_no_copy_and_no_alias(admin: Client, person: Any, alias: str) -> None:
    page = bring_in()
    address = reverse("wagtailadmin_pages:copy", args=[page.pk])
    form = {
        "new_title": "Bản sao",
        "new_slug": "ban-sao",
        "new_parent_page": page.get_parent().pk,
        "publish_copies": "on",
        "alias": alias,
    }
    assert told(admin, admin.get(address), COPIED)
    assert told(admin, admin.post(address, form), COPIED)
    assert AnswerPage.objects.count() == 1


def test_no_delete(admin: Client) -> None:
    page = bring_in()
    address = reverse("wagtailadmin_pages:delete", args=[page.pk])
    assert told(admin, admin.get(address), DELETED)
    assert told(admin, admin.post(address), DELETED)
    assert AnswerPage.objects.get().live


def test_no_bulk_delete(admin: Client) -> None:
    pages = [bring_in(number) for number in (1, 2)]
    ids = "&".join(f"id={page.pk}" for page in pages)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    response = admin.post(f"{address}?next={reverse('wagtailadmin_home')}&{ids}")
    assert told(admin, response, DELETED)
    assert AnswerPage.objects.count() == 2


@pytest.mark.parametrize("person", ["superuser"], indirect=True)
def test_nor_with_the_branch_they_stand_on(admin: Client) -> None:
    bring_in()
    archive = archive_page()
    section = archive.get_parent()
    for page in (archive, section):
        copy = reverse("wagtailadmin_pages:copy", args=[page.pk])
        delete = reverse("wagtailadmin_pages:delete", args=[page.pk])
        assert told(admin, admin.get(copy), COPIED)
        assert told(admin, admin.get(delete), DELETED)
    assert Page.objects.filter(pk__in=[archive.pk, section.pk]).count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("person", ["superuser"], indirect=True)
@pytest.mark.parametrize("action", ["copy", "create_alias", "delete"])
def test_nor_by_the_admins_own_api(admin: Client, action: str) -> None:
    ministry = make_ministry()
    page = publish(ministry)
    before = list(Page.objects.order_by("pk").values_list("pk", "numchild"))
    response = admin.post(
        f"/admin/api/main/pages/{page.pk}/action/{action}/", {"recursive": False}, "application/json"
    )
    assert response.status_code == 403
    assert list(Page.objects.order_by("pk").values_list("pk", "numchild")) == before


@pytest.mark.parametrize("person", ["superuser"], indirect=True)
def test_other_pages_are_free(admin: Client) -> None:
    page = archive_page()
    assert admin.get(reverse("wagtailadmin_pages:copy", args=[page.pk])).status_code == 200
    assert admin.get(reverse("wagtailadmin_pages:delete", args=[page.pk])).status_code == 200


def test_unpublishing_by_wagtails_own_button_leaves_the_trace(admin: Client, person: Any) -> None:
    page = publish(make_ministry_beside(person))
    admin.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    page.refresh_from_db()
    case = page.public_text.case
    assert (page.live, case.status) == (False, "answered")
    assert case.events.order_by("sequence").last().verb == "unpublish"
    assert case.events.order_by("sequence").last().by == person
    assert Client().get(page.url).status_code == 410


def make_ministry_beside(person: Any) -> Any:
    """`bientap` may be there already."""
    name = person.username
    person.username = f"{name}-0"
    person.save()
    return make_ministry()
