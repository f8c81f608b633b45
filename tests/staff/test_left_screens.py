"""The screens that are lists of the CMS, confirmations or letters give back what was typed, too."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.snippets.models import get_snippet_models

from pakn_portal.cases.enums import Status
from pakn_portal.notifications.edited.models import MailTemplate
from pakn_portal.snippets.enums import LetterKind
from pakn_portal.snippets.models import Sector
from pakn_portal.snippets.viewsets.left_words import KeepsWords
from pakn_portal.staff import addresses
from pakn_portal.staff.models import SavedView
from pakn_portal.submissions.models import LeftWords
from tests.factories import Ministry, make_case
from tests.pages.answers import publish
from tests.staff.test_words_kept import lose_session, opened, sign_in, text_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("section")]

UNSENT = "những gì đã viết vẫn còn"
WORDS = "Đã viết nửa giờ, chưa lưu."


def lost_and_found(user: Any, url: str, field: str) -> str:
    """What stands in the page after the session ended under the form and its writer signed in again."""
    client = sign_in(user)
    data = opened(client, url, **{field: WORDS})
    lose_session(client)
    assert client.post(url, data).status_code == 302
    assert LeftWords.objects.exists()
    sign_in(user, client)
    page = text_in(client.get(url))
    assert not LeftWords.objects.exists()
    return page


def without_token(user: Any, url: str, field: str, *, signs_out: bool = False) -> str:
    """What stands in the page after the cookie of the token was deleted, and the session with it or not."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    data = opened(client, url, **{field: WORDS})
    client.cookies.pop("csrftoken", None)
    if signs_out:
        lose_session(client)
    answer = client.post(url, data, headers={"Sec-Fetch-Site": "same-origin"})
    if not signs_out:
        assert (answer.status_code, LeftWords.objects.exists()) == (403, False)
        assert UNSENT in answer.content.decode()
        return text_in(answer)
    assert answer.status_code == 302
    client.force_login(user)
    return text_in(client.get(url))


def is_filled(page: str, field: str) -> bool:
    box = re.search(rf'<textarea[^>]*name="{field}"[^>]*>[^<]*|<input[^>]*name="{field}"[^>]*>', page)
    return box is not None and WORDS in box[0]


def test_the_forms_of_lists_and_of_mails(ministry: Ministry) -> None:
    ministry.administrator.is_superuser = True
    ministry.administrator.save()
    row = Sector.objects.create(name="An toàn", code="an-toan-2")
    for model, name, args, field in (
        (MailTemplate, "add", [], "body"),
        (Sector, "add", [], "name"),
        (Sector, "edit", [row.pk], "name"),
    ):
        url = reverse(model.snippet_viewset.get_url_name(name), args=args)
        assert is_filled(lost_and_found(ministry.administrator, url, field), field), (model, name)
    row.refresh_from_db()
    assert row.name == "An toàn"


def test_every_list_of_ours_takes_part() -> None:
    ours = [model for model in get_snippet_models() if model._meta.app_label == "pakn_portal"]
    assert [model for model in ours if not isinstance(model.snippet_viewset, KeepsWords)] == []


def test_the_reason_of_a_withdrawal(ministry: Ministry) -> None:
    page = publish(ministry)
    many = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    for url in (f"{many}?id={page.pk}", reverse("wagtailadmin_pages:unpublish", args=[page.pk])):
        assert is_filled(lost_and_found(ministry.publisher, url, "pakn_reason"), "pakn_reason")


def test_a_letter_and_a_report(ministry: Ministry) -> None:
    case = make_case(Status.NEED_INFO, ministry)
    url = addresses.letter_url(case.pk, LetterKind.SUPPLEMENT)
    assert is_filled(lost_and_found(ministry.intake, url, "signatory"), "signatory")
    assert is_filled(lost_and_found(ministry.intake, reverse("pakn_report_difficulty"), "words"), "words")


@pytest.mark.parametrize("signs_out", [False, True])
def test_a_lost_token_loses_no_words_either(ministry: Ministry, signs_out: bool) -> None:
    ministry.administrator.is_superuser = True
    ministry.administrator.save()
    page, case = publish(ministry), make_case(Status.NEED_INFO, ministry)
    many = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    for user, url, field in (
        (ministry.publisher, f"{many}?id={page.pk}", "pakn_reason"),
        (ministry.publisher, reverse("wagtailadmin_pages:unpublish", args=[page.pk]), "pakn_reason"),
        (ministry.administrator, reverse(MailTemplate.snippet_viewset.get_url_name("add")), "body"),
        (ministry.intake, addresses.letter_url(case.pk, LetterKind.SUPPLEMENT), "signatory"),
        (ministry.intake, reverse("pakn_report_difficulty"), "words"),
    ):
        assert is_filled(without_token(user, url, field, signs_out=signs_out), field), url
    page.refresh_from_db()
    assert page.live


@pytest.mark.parametrize("way", ["session", "token", "both"])
def test_the_name_of_a_view_comes_back_to_its_list(ministry: Ministry, way: str) -> None:
    """In the box it was typed in, above the list that it was to save."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(ministry.officer)
    data = opened(client, addresses.list_url(scope="unit", status="open"), name="Gấp của đơn vị")
    data["query"] = "scope=unit&status=open"
    if way != "session":
        client.cookies.pop("csrftoken", None)
    if way != "token":
        lose_session(client)
        client.post(addresses.views_url(), data, headers={"Sec-Fetch-Site": "same-origin"})
        client.force_login(ministry.officer)
        answer = client.get(addresses.views_url())
    else:
        answer = client.post(addresses.views_url(), data, headers={"Sec-Fetch-Site": "same-origin"})
    page = client.get(answer["Location"])
    assert 'name="name" maxlength="60" required value="Gấp của đơn vị"' in text_in(page)
    assert next(tab for tab in page.context["tabs"] if tab.is_open).name == "unit"
    assert "view_name" not in page.context["page_query"]
    assert not SavedView.objects.exists()


def test_words_come_back_to_their_writer_alone_and_from_no_other_site(ministry: Ministry) -> None:
    url = reverse("pakn_report_difficulty")
    client = Client(enforce_csrf_checks=True)
    client.force_login(ministry.intake)
    data = opened(client, url, words=WORDS)
    client.cookies.pop("csrftoken", None)
    foreign = client.post(url, data, headers={"Sec-Fetch-Site": "cross-site"})
    client.force_login(ministry.focal)
    other = client.post(url, {**data, "csrfmiddlewaretoken": ""}, headers={"Sec-Fetch-Site": "same-origin"})
    for answer in (foreign, other):
        assert answer.status_code == 403
        assert WORDS not in answer.content.decode()
