"""What `answers/wagtail_history.py` and the page build on in Wagtail, held against each version."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
from wagtail.log_actions import LogContext, log
from wagtail.models import Page, PageLogEntry, Revision, TaskState, WorkflowState

from pakn_portal.answers.finds import FIELDS
from pakn_portal.pages.answers.cms import off_site, wagtail_history
from pakn_portal.pages.answers.page import AnswerPage, AnswerPageMixin
from pakn_portal.pages.answers.prepared import BESIDE, is_as_stored
from pakn_portal.pages.answers.releasing import ReleasedPageMixin
from tests.factories import Ministry, make_ministry
from tests.pages.answers import publish

OVERRIDDEN = [
    *("publish", "save_revision", "clean", "full_clean", "is_site_root", "update_aliases", "save"),
    *("with_content_json", "permissions_for_user", "get_admin_display_title", "route", "serve"),
]


@pytest.fixture
def who(section: Any) -> Ministry:
    return make_ministry()


@pytest.fixture
def page(who: Ministry) -> AnswerPage:
    return publish(who)


@pytest.mark.parametrize("name", OVERRIDDEN)
def test_what_the_page_overrides_is_wagtails(name: str) -> None:
    assert name in {**vars(AnswerPageMixin), **vars(ReleasedPageMixin)}
    theirs = inspect.signature(getattr(Page, name)).parameters.values()
    ours = inspect.signature(getattr(AnswerPageMixin, name)).parameters.values()
    takes_all = {each.kind for each in ours} >= {inspect.Parameter.VAR_KEYWORD}
    assert takes_all or {each.name for each in theirs} == {each.name for each in ours}


def test_our_line_of_a_publication_is_the_one_that_wagtail_writes(page: AnswerPage, who: Ministry) -> None:
    revision = page.get_latest_revision()
    with LogContext(user=who.publisher):
        log(
            instance=page,
            action="wagtail.publish",
            user=who.publisher,
            revision=revision,
            content_changed=True,
        )
        wagtail_history.log_published(page, revision, who.publisher, changed=True)
    ours, theirs = PageLogEntry.objects.filter(page=page.pk).order_by("-pk")[:2]
    names = {field.name for field in PageLogEntry._meta.concrete_fields} - {"id", "timestamp"}
    assert {name: getattr(ours, name) for name in names} == {name: getattr(theirs, name) for name in names}


def test_a_publication_has_one_such_line(page: AnswerPage, who: Ministry) -> None:
    lines = PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish")
    assert [(line.user, line.revision, line.content_changed) for line in lines] == [
        (who.publisher, page.live_revision, True)
    ]


def test_a_revision_has_what_readers_see_by_these_names(page: AnswerPage) -> None:
    content = Revision.objects.get(pk=page.latest_revision_id).content
    names = {*FIELDS, *(name.removesuffix("_id") for name in BESIDE)}
    assert names - set(content) == set()
    assert is_as_stored(AnswerPage.objects.get(pk=page.pk), content)
    assert not is_as_stored(page, {**content, "legal_bases": "khác"})


def test_a_revision_is_blanked_in_place(page: AnswerPage) -> None:
    """It stays the page's latest, and nothing else of it changes."""
    latest = page.latest_revision_id
    wagtail_history.forget_words(page)
    now = AnswerPage.objects.get(pk=page.pk)
    told = str([*page.revisions.values("content", "object_str"), *PageLogEntry.objects.values("label")])
    assert now.latest_revision_id == latest
    assert page.answer not in told
    assert {revision.object_str for revision in page.revisions.all()} == {off_site.title()}


def test_a_workflow_that_is_stopped_leaves_nothing(page: AnswerPage, who: Ministry) -> None:
    page.get_workflow().start(page, who.publisher)
    assert TaskState.objects.for_instance(page).count() == 2
    wagtail_history.stop_workflow(page)
    assert WorkflowState.objects.for_instance(page).count() == 1
    assert page.current_workflow_state is None


def test_a_new_address_makes_no_redirect(page: AnswerPage) -> None:
    wagtail_history.readdress(page, "noi-khac")
    row = Page.objects.get(pk=page.pk)
    assert (row.slug, row.url_path) == ("noi-khac", page.url_path)
    assert row.url_path == f"{row.get_parent().url_path}noi-khac/"


def test_who_acts_is_told_by_the_context_of_the_log(who: Ministry) -> None:
    assert wagtail_history.acting_user() is None
    with LogContext(user=who.publisher):
        assert wagtail_history.acting_user() == who.publisher
