"""No door copies an answer: a copy would have its words where no lock and no gate reaches them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client
from django.urls import reverse
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import Locale, Page, PageLogEntry, Revision

from pakn_portal.answers import actions as answers
from pakn_portal.cases import actions
from pakn_portal.cases.enums import Status
from pakn_portal.cases.models import Case
from pakn_portal.management.verify.invariants import INVARIANTS
from pakn_portal.management.verify.progress import silent
from pakn_portal.pages.answers.actions import (
    archive_page,
    correct_answer,
    request_publication,
    unpublish_answer,
)
from pakn_portal.pages.models import AnswerPage
from pakn_portal.publication.gate import GateShut
from tests.factories import Ministry, make_case, make_ministry
from tests.fixtures.rows import Kept
from tests.pages.answers import bring_in, publish

pytestmark = [pytest.mark.django_db, pytest.mark.exhaustive]

WORD = "kanarimot"


@pytest.fixture
def who(section: Any) -> Ministry:
    return make_ministry()


@pytest.fixture
def english(settings: Any) -> Locale:
    settings.WAGTAIL_I18N_ENABLED = True
    settings.ROOT_URLCONF = "tests.pages.translation_urls"
    return Locale.objects.create(language_code="en")


@pytest.fixture
def admin(who: Ministry) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("chu", "chu@bo.example", "x"))
    return client


def requested(who: Ministry) -> AnswerPage:
    case = make_case(Status.ANSWERED, who)
    words = {name: f"{WORD} {name}" for name in ("title", "question", "answer")}
    answers.prepare_public_text(case, **words, by=who.officer)
    return request_publication(case, by=who.officer)


_requested = Kept(requested)


@pytest.fixture
def waiting(who: Ministry) -> AnswerPage:
    return _requested(who)


def told() -> str:
    """What the CMS holds of words."""
    rows = (AnswerPage.objects.values(), Revision.objects.values("content", "object_str"))
    return str([*map(list, rows), list(PageLogEntry.objects.values("label", "data"))])


def tree() -> list[Any]:
    return list(Page.objects.order_by("path").values_list("pk", "numchild", "title"))


DOORS: list[Callable[[Page, Locale], Any]] = [
    lambda page, english: page.copy(update_attrs={"slug": "ban-sao"}, keep_live=False),
    lambda page, english: page.copy(update_attrs={"slug": "ban-sao"}),
    lambda page, english: CopyPageAction(page, update_attrs={"slug": "ban-sao"}).execute(
        skip_permission_checks=True
    ),
    lambda page, english: page.create_alias(update_slug="bi-danh"),
    lambda page, english: CreatePageAliasAction(page, update_slug="bi-danh").execute(
        skip_permission_checks=True
    ),
    lambda page, english: page.copy_for_translation(english, copy_parents=True),
    lambda page, english: page.copy_for_translation(english, copy_parents=True, alias=True),
    lambda page, english: CopyPageForTranslationAction(page, english, copy_parents=True).execute(
        skip_permission_checks=True
    ),
]


@pytest.mark.parametrize("as_plain_page", [True, False])
@pytest.mark.parametrize("door", DOORS)
def test_no_script_copies_one(
    who: Ministry, waiting: AnswerPage, english: Locale, door: Any, as_plain_page: bool
) -> None:
    pages: list[Page] = [publish(who), bring_in(), AnswerPage.objects.get(pk=waiting.pk)]
    before = tree()
    for page in pages:
        if as_plain_page:
            page = Page.objects.get(pk=page.pk)
        with pytest.raises(GateShut), transaction.atomic():
            door(page, english)
    assert tree() == before


def test_nor_with_the_branch_it_stands_on(waiting: AnswerPage) -> None:
    with pytest.raises(GateShut), transaction.atomic():
        archive_page().copy(recursive=True, update_attrs={"slug": "ban-sao"}, keep_live=False)
    assert AnswerPage.objects.count() == 1


@pytest.mark.parametrize("from_page", ["home", "section", "archive"])
def test_a_tree_is_translated_without_its_answers(
    who: Ministry, waiting: AnswerPage, english: Locale, admin: Client, from_page: str
) -> None:
    publish(who)
    bring_in()
    archive = archive_page()
    if from_page == "archive":
        archive.get_parent().copy_for_translation(english, copy_parents=True)
    top = {"home": archive.get_parent().get_parent(), "section": archive.get_parent(), "archive": archive}[
        from_page
    ]
    if from_page == "section":
        top.get_parent().copy_for_translation(english)
    address = reverse("simple_translation:submit_page_translation", args=[top.pk])
    response = admin.post(address, {"locales": [english.pk], "include_subtree": "on"})
    assert response.status_code == 302
    assert archive.get_translation(english).get_children().count() == 0
    branch = top.get_descendants(inclusive=True).not_type(AnswerPage)
    assert top.get_translation(english).get_descendants(inclusive=True).count() == branch.count()
    assert AnswerPage.objects.count() == 3


def test_the_admins_own_api_translates_the_tree_too(
    waiting: AnswerPage, english: Locale, admin: Client
) -> None:
    home = archive_page().get_parent().get_parent()
    address = f"/admin/api/main/pages/{home.pk}/action/copy_for_translation/"
    asked = json.dumps({"locale": "en", "recursive": True})
    assert admin.post(address, asked, "application/json").status_code == 201
    assert archive_page().get_translation(english).get_children().count() == 0


def test_an_answer_alone_is_refused(waiting: AnswerPage, english: Locale, admin: Client) -> None:
    archive_page().copy_for_translation(english, copy_parents=True)
    before = tree()
    address = reverse("simple_translation:submit_page_translation", args=[waiting.pk])
    admin.post(address, {"locales": [english.pk]})
    address = f"/admin/api/main/pages/{waiting.pk}/action/copy_for_translation/"
    assert admin.post(address, '{"locale": "en"}', "application/json").status_code == 403
    assert tree() == before


@pytest.fixture
def copies(waiting: AnswerPage, english: Locale, monkeypatch: Any) -> list[AnswerPage]:
    """As the version before made them: a translation, and one that nothing in the tree ties to its page."""
    monkeypatch.setattr("pakn_portal.pages.answers.checks.check_new", lambda page: None)
    made = [
        waiting.copy_for_translation(english, copy_parents=True),
        waiting.copy(update_attrs={"slug": "ban-sao"}, keep_live=False),
    ]
    monkeypatch.undo()
    return made


def test_copies_are_found(copies: list[AnswerPage]) -> None:
    found = [line for rule in INVARIANTS for line in rule.find(silent)]
    assert found == [f"page {page.pk} is a copy of an answer, of no case and no import" for page in copies]


@pytest.mark.parametrize("way", ["lock", "unpublish", "withhold"])
def test_they_go_with_the_page(who: Ministry, waiting: AnswerPage, copies: Any, way: str) -> None:
    case = waiting.public_text.case
    if way != "lock":
        waiting.get_latest_revision().publish(user=who.publisher)
        case = Case.objects.get(pk=case.pk)
    if way == "lock":
        actions.hold_case(case, by=who.intake)
    elif way == "unpublish":
        unpublish_answer(case, by=who.publisher, note="Thay thế.")
    else:
        answers.prepare_public_text(case, title="Hỏi", question="Hỏi?", answer="Đáp.", by=who.officer)
        correct_answer(Case.objects.get(pk=case.pk), by=who.publisher, note="Bớt.", withhold=True)
    assert AnswerPage.objects.count() == 1
    assert not PageLogEntry.objects.filter(page__in=[page.pk for page in copies]).exists()
    assert (WORD in told()) is (way == "unpublish")
    assert [line for rule in INVARIANTS for line in rule.find(silent)] == []


def test_they_may_be_deleted(copies: list[AnswerPage], admin: Client) -> None:
    for page in copies:
        admin.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert AnswerPage.objects.count() == 1
