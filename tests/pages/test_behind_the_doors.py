"""What is written behind the doors of the CMS: by a page's base class, by SQL, by another app."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import transaction
from wagtail.models import Page

from pakn_portal.answers.actions import prepare_public_text
from pakn_portal.cases import actions
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.cases.register import broken_lines
from pakn_portal.management.verify.invariants import INVARIANTS
from pakn_portal.management.verify.progress import silent
from pakn_portal.pages.answers.actions import (
    archive_page,
    publish_answer,
    request_publication,
    unpublish_answer,
)
from pakn_portal.pages.answers.sealed_cases import take_down_sealed
from pakn_portal.pages.models import AnswerPage
from tests.factories import Ministry, make_case, make_ministry
from tests.pages.answers import bring_in, publish

pytestmark = [pytest.mark.django_db, pytest.mark.exhaustive]


@pytest.fixture
def who(section: Any) -> Ministry:
    return make_ministry()


@pytest.fixture
def page(who: Ministry) -> AnswerPage:
    return publish(who)


def offences() -> list[str]:
    return [line for rule in INVARIANTS for line in rule.find(silent)]


@pytest.mark.parametrize("change", [{"title": "Khác"}, {"alias_of_id": 1}])
def test_a_live_answer_keeps_its_words_when_it_is_saved_as_a_page(page: AnswerPage, change: Any) -> None:
    plain = Page.objects.get(pk=page.pk)
    for name, value in change.items():
        setattr(plain, name, value)
    with pytest.raises(PermissionDenied), transaction.atomic():
        plain.save(clean=False)
    assert Page.objects.get(pk=page.pk).title == page.title


def test_as_a_page_it_does_not_go_live(page: AnswerPage, who: Ministry) -> None:
    unpublish_answer(Case.objects.get(public_text__page=page), by=who.publisher, note="Thay thế.")
    plain = Page.objects.get(pk=page.pk)
    plain.live = True
    with pytest.raises(PermissionDenied), transaction.atomic():
        plain.save(clean=False)
    assert offences() == []


def test_what_was_read_before_the_lock_is_not_saved_after_it(page: AnswerPage, who: Ministry) -> None:
    read = [Page.objects.get(pk=page.pk), AnswerPage.objects.get(pk=page.pk)]
    revision = page.get_latest_revision()
    actions.hold_case(Case.objects.get(public_text__page=page), by=who.intake)
    for each in read:
        with pytest.raises(PermissionDenied), transaction.atomic():
            each.save(clean=False)
        each.live = False
        with pytest.raises(PermissionDenied), transaction.atomic():
            each.save(clean=False)
    with pytest.raises(PermissionDenied), transaction.atomic():
        read[1].save_revision(clean=False)
    with pytest.raises(PermissionDenied), transaction.atomic():
        revision.publish(user=who.publisher)
    assert page.title not in [each.title for each in Page.objects.all()]
    assert offences() == []


def test_a_draft_saved_late_takes_nothing_off(who: Ministry) -> None:
    """It was opened before somebody else published the answer."""
    case = make_case(Status.ANSWERED, who)
    prepare_public_text(case, title="Nghỉ việc", question="Còn kịp?", answer="Còn.", by=who.officer)
    request_publication(case, by=who.officer)
    opened = AnswerPage.objects.get(public_text__case=case)
    publish_answer(case, by=who.publisher)
    opened.save_revision(clean=False)
    case.refresh_from_db()
    page = AnswerPage.objects.get(pk=opened.pk)
    assert (case.status, page.live, page.title, page.draft_title) == (
        "published",
        True,
        "Nghỉ việc",
        "Nghỉ việc",
    )
    assert [event.verb for event in case.events.order_by("sequence")][-1] == Verb.PUBLISH
    assert offences() == []


def test_other_pages_and_imports_are_saved_as_ever(page: AnswerPage) -> None:
    bring_in()
    for each in Page.objects.exclude(depth=1):
        each.save()
    archive_page().move(archive_page().get_parent(), pos="first-child")
    assert offences() == []


@pytest.mark.django_db(transaction=True)
def test_the_worker_takes_down_what_stands_there_all_the_same(page: AnswerPage, who: Ministry) -> None:
    title, case = page.title, Case.objects.get(public_text__page=page)
    actions.hold_case(case, by=who.intake)
    AnswerPage.objects.filter(pk=page.pk).update(live=True, title=title, question="Hỏi?", answer="Đáp.")
    assert offences() != []
    out = StringIO()
    call_command("pakn_worker", "--once", stdout=out)
    assert out.getvalue().startswith("sealed pages: 1 taken off")
    page.refresh_from_db()
    assert (page.live, page.question, page.answer) == (False, "", "")
    assert title not in (page.title, page.draft_title)
    last = case.events.order_by("sequence").last()
    assert last is not None
    assert (last.verb, last.by, last.to_status) == (Verb.NOTE, None, Status.SECRET_HOLD)
    assert list(broken_lines(case)) == []
    assert offences() == []
    assert take_down_sealed() == 0
