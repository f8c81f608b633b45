"""A form page stores the sender that it says, or cannot be made."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse

from pakn_portal.pages.models import FormIndexPage, SubmissionPage
from pakn_portal.snippets.models import DeadlineRule
from pakn_portal.submissions.forms.senders import form_class_for
from tests.factories import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("section")]


@pytest.mark.parametrize("kind", ["voter", "deputy"])
def test_none_is_made_for_senders_without_a_form(kind: str) -> None:
    """It stored what they sent as a citizen's."""
    index = FormIndexPage.objects.get()
    with pytest.raises(ValidationError) as refused:
        index.add_child(instance=SubmissionPage(title="Cử tri", slug="cu-tri", sender_kind=kind))
    assert list(refused.value.message_dict) == ["sender_kind"]


def test_the_editor_offers_the_senders_that_have_a_form_and_says_why(client: Client) -> None:
    root = make_user("bientapvien")
    root.is_superuser = True
    root.save()
    client.force_login(root)
    index = FormIndexPage.objects.get()
    page = client.get(reverse("wagtailadmin_pages:add", args=["pakn_portal", "submissionpage", index.pk]))
    offered = [value for value, _label in page.context["form"].fields["sender_kind"].choices]
    assert [value for value in offered if value] == ["citizen", "business"]
    assert "Cử tri và đại biểu Quốc hội không có biểu mẫu" in page.content.decode()


@pytest.mark.parametrize("kind", ["citizen", "business"])
def test_every_form_stores_the_sender_that_its_page_says(kind: str) -> None:
    assert form_class_for(kind).sender_kind == kind


def test_a_portal_from_before_is_told_the_truth() -> None:
    """The migration: pages say what they stored, and rules that nothing reads are gone."""
    changes: Any = import_module("pakn_portal.migrations.0024_step_limits")
    SubmissionPage.objects.filter(sender_kind="business").update(sender_kind="voter")
    DeadlineRule.objects.bulk_create(
        DeadlineRule(step=step, amount=3, valid_from=date(2019, 1, 1)) for step in changes.UNREAD
    )
    kept = DeadlineRule.objects.exclude(step__in=changes.UNREAD).count()
    editor = SimpleNamespace(connection=connection)
    changes.drop_unread(apps, editor)
    changes.tell_true_sender(apps, editor)
    assert DeadlineRule.objects.count() == kept
    assert set(SubmissionPage.objects.values_list("sender_kind", flat=True)) == {"citizen"}
