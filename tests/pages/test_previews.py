"""Each class of page shows itself to its editor: as a draft, beside the editor's form, before it is made."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.http import QueryDict
from django.test import Client
from wagtail.models import Page
from wagtail.test.utils.form_data import querydict_from_html

from pakn_portal.cases.enums import Status
from pakn_portal.pages.answers.actions import page_of_case as page_of
from tests.factories import make_case, make_ministry

pytestmark = pytest.mark.django_db

OURS = ("pakn_portal", "portal")
CLASSES: list[Any] = [
    model
    for model in apps.get_models()
    if issubclass(model, Page) and model is not Page and model._meta.app_label in OURS
]
each_class = pytest.mark.parametrize("model", CLASSES, ids=lambda model: model.__name__)


@pytest.fixture
def editor(section: Any) -> Client:
    """Whoever may edit every page, answers too."""
    user = get_user_model().objects.create_superuser("xemtruoc", "xem@bo.example", "x")
    client = Client()
    client.force_login(user)
    return client


def page_to_edit(model: Any) -> Any:
    """One that stands: the section brings most, an answer is published."""
    if model.__name__ == "AnswerPage":
        return page_of(make_case(Status.PUBLISHED, make_ministry()))
    if model.__name__ == "ContentPage" and not model.objects.exists():
        Page.objects.get(depth=2).add_child(instance=model(title="Giới thiệu", slug="gioi-thieu"))
    return model.objects.first()


def shows(title: str, response: Any) -> bool:
    return response.status_code == 200 and title in response.content.decode()


def typed_in(response: Any) -> QueryDict:
    return querydict_from_html(response.content.decode(), form_id="page-edit-form")


def test_no_class_is_forgotten() -> None:
    assert {model.__name__ for model in CLASSES} >= {"SubmissionPage", "TrackingPage", "AnswerPage"}


@each_class
def test_its_draft(editor: Client, model: Any) -> None:
    page = page_to_edit(model)
    page.save_revision()
    for mode, _label in page.preview_modes:
        assert shows(page.title, editor.get(f"/admin/pages/{page.pk}/view_draft/", {"mode": mode}))


@each_class
def test_the_panel_beside_its_editor(editor: Client, model: Any) -> None:
    page = page_to_edit(model)
    address = f"/admin/pages/{page.pk}/edit/preview/"
    typed = typed_in(editor.get(f"/admin/pages/{page.pk}/edit/"))
    for mode, _label in page.preview_modes:
        seen = {"in_preview_panel": "true", "mode": mode}
        assert editor.get(address, seen).status_code == 200
        assert editor.post(f"{address}?mode={mode}", typed).json()["is_available"]
        assert shows(page.title, editor.get(address, seen))


@each_class
def test_before_it_is_made(editor: Client, model: Any) -> None:
    page = page_to_edit(model)
    address = f"/admin/pages/add/{model._meta.app_label}/{model._meta.model_name}/{page.get_parent().pk}/"
    form = editor.get(address)
    assert (form.status_code == 200) is model.is_creatable
    if not model.is_creatable:
        return
    typed = typed_in(form)
    typed["title"], typed["slug"] = "Trang sắp có", "trang-sap-co"
    for mode, _label in page.preview_modes:
        assert editor.post(f"{address}preview/?mode={mode}", typed).json()["is_valid"]
        seen = {"in_preview_panel": "true", "mode": mode}
        assert shows("Trang sắp có", editor.get(f"{address}preview/", seen))


def test_the_form_in_a_preview_is_empty_and_whole(editor: Client) -> None:
    page = page_to_edit(apps.get_model("pakn_portal", "SubmissionPage"))
    html = editor.get(f"/admin/pages/{page.pk}/view_draft/").content.decode()
    for name in ("title", "content", "full_name", "holds_no_secret", "attachments", "form_key"):
        assert f'name="{name}"' in html
    assert "aria-invalid" not in html
