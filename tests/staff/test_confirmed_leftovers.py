"""Where a confirmed state secret could be left, one place after another."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from wagtail.models import Revision

from pakn_portal.cases import actions
from pakn_portal.cases.enums import Status
from pakn_portal.cases.models import Case
from pakn_portal.pages.answers.actions import (
    page_of_case,
    publish_answer,
    request_publication,
    unpublish_answer,
)
from tests.factories import Ministry, make_case
from tests.staff.conftest import As
from tests.staff.test_confirmed_secret import WORD, confirm, places
from tests.staff.test_sealed_acts import offences

pytestmark = [pytest.mark.django_db, pytest.mark.exhaustive]


@pytest.fixture
def keeper(ministry: Ministry, as_user: As) -> Client:
    return as_user(ministry.inspector)


@pytest.fixture
def published(ministry: Ministry, section: Any) -> Case:
    return make_case(Status.PUBLISHED, ministry)


def test_why_an_answer_was_taken_off_leaves_the_revisions(
    published: Case, ministry: Ministry, keeper: Client
) -> None:
    """With the lock already, and readers are not told it either."""
    unpublish_answer(published, by=ministry.publisher, note=f"Gỡ vì {WORD}.")
    request_publication(published, by=ministry.officer)
    assert WORD in str(list(Revision.objects.values_list("content", flat=True)))
    actions.hold_case(published, by=ministry.intake)
    assert WORD not in str(list(Revision.objects.values_list("content", flat=True)))
    page = page_of_case(published)
    assert page is not None and page.unpublished_reason == ""
    assert confirm(keeper, published).status_code == 302
    assert places() == [] and offences() == []


def test_after_the_lock_the_answer_may_return_to_the_site(published: Case, ministry: Ministry) -> None:
    """The page is made of the case, not of what the CMS kept of it."""
    before = page_of_case(published)
    assert before is not None
    unpublish_answer(published, by=ministry.publisher, note="Gỡ.")
    actions.hold_case(published, by=ministry.intake)
    actions.release_hold(published, by=ministry.inspector, note="Không có.")
    assert offences() == []
    request_publication(published, by=ministry.officer)
    publish_answer(published, by=ministry.publisher)
    after = page_of_case(published)
    assert after is not None and after.live
    assert (after.title, after.answer, after.sector) == (before.title, before.answer, before.sector)
    assert offences() == []


def test_whatever_a_page_has_beside_what_the_cms_needs_goes(
    published: Case, ministry: Ministry, keeper: Client
) -> None:
    """Also a field that a later version, or the site itself, gives it."""
    page = page_of_case(published)
    assert page is not None
    for revision in page.revisions.all():
        content = {**revision.content, "remark_of_the_site": WORD, "wagtail_admin_comments": [{"text": WORD}]}
        page.revisions.filter(pk=revision.pk).update(content=content)
    actions.hold_case(published, by=ministry.intake)
    confirm(keeper, published)
    assert places() == []
