"""A lock meets every door that writes a page: whoever comes first, a locked case has nothing on the site."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
from wagtail.log_actions import LogContext
from wagtail.models import Locale, Page, PageLogEntry, Revision

from pakn_portal.answers import actions as answers
from pakn_portal.answers.enums import PublicTextState
from pakn_portal.answers.models import PublicText
from pakn_portal.cases import actions
from pakn_portal.cases.enums import SEALED, Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.cases.register import broken_lines
from pakn_portal.flow.errors import Conflict, MoveError
from pakn_portal.pages.answers.actions import (
    correct_answer,
    publish_answer,
    request_publication,
    unpublish_answer,
)
from pakn_portal.pages.models import AnswerPage
from pakn_portal.register.texts import text_hash
from pakn_portal.search.models import ArchiveEntry
from tests.factories import Ministry, make_case, make_ministry
from tests.fixtures.races import runners
from tests.fixtures.rows import Kept

# SQLite has one writer at a time, so there is nothing to race
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql, pytest.mark.slow]

#: of each pair; `make test-all` asks for 200
ROUNDS = int(os.environ.get("PAKN_RACE_ROUNDS", "10"))
WORDS = ("Nghỉ việc bao lâu", "Còn kịp không?", "Trong 3 tháng.")


@dataclass
class Stage:
    """One answer, put back before each round to where the round begins."""

    who: Ministry
    case: Case
    page: AnswerPage

    def fresh(self) -> tuple[Case, AnswerPage]:
        return Case.objects.get(pk=self.case.pk), AnswerPage.objects.get(pk=self.page.pk)

    def put_on_site(self) -> None:
        self._put(Status.PUBLISHED, True, PublicTextState.PUBLISHED)

    def send_to_publisher(self) -> None:
        """With the workflow that waits for them."""
        self._put(Status.ANSWERED, False, PublicTextState.DRAFT)
        request_publication(Case.objects.get(pk=self.case.pk), by=self.who.officer)

    def put_before_publisher(self) -> None:
        self._put(Status.ANSWERED, False, PublicTextState.REQUESTED)

    def _put(self, status: Status, live: bool, state: PublicTextState) -> None:
        title, question, answer = WORDS
        wording = text_hash(*WORDS)
        words = {"title": title, "question": question, "answer": answer}
        Case.objects.filter(pk=self.case.pk).update(status=status)
        PublicText.objects.filter(case=self.case).update(
            **words, state=state, content_hash=wording, released_hash=wording if live else ""
        )
        # what two hundred rounds leave behind is none of the race
        revisions = Revision.objects.filter(object_id=str(self.page.pk)).order_by("-pk")
        newest = revisions.values_list("pk", flat=True)[:1]
        revisions.exclude(pk__in=list(newest)).delete()
        PageLogEntry.objects.filter(page=self.page.pk).delete()
        ArchiveEntry.objects.filter(page=self.page.pk).update(is_public=live)
        AnswerPage.objects.filter(pk=self.page.pk).update(
            **words, draft_title=title, live=live, unpublished_on=None, unpublished_reason=""
        )

    def seals_hold(self) -> bool:
        """As the database has it now."""
        case, page = self.fresh()
        if case.status not in SEALED:
            return page.live == (case.status == Status.PUBLISHED)
        is_listed = ArchiveEntry.objects.filter(page=page, is_public=True).exists()
        said = f"{page.title} {page.draft_title} {page.question} {page.answer} {page.legal_bases}"
        return not page.live and not is_listed and not any(words in said for words in WORDS)


def released() -> Stage:
    who = make_ministry()
    case = make_case(Status.ANSWERED, who)
    title, question, answer = WORDS
    answers.prepare_public_text(case, title=title, question=question, answer=answer, by=who.officer)
    page = request_publication(case, by=who.officer)
    publish_answer(case, by=who.publisher)
    return Stage(who, case, page)


_stage = Kept(released)


@pytest.fixture
def stage(section: Any) -> Stage:
    return _stage()


def hold(stage: Stage) -> Callable[[], Any]:
    case, _page = stage.fresh()
    return lambda: actions.hold_case(case, by=stage.who.intake, note="Có dấu MẬT.")


def publish_in_editor(stage: Stage) -> Callable[[], Any]:
    _case, page = stage.fresh()
    return lambda: page.save_revision(clean=False).publish(user=stage.who.publisher)


def publish_late(stage: Stage) -> Callable[[], Any]:
    _case, page = stage.fresh()
    revision = page.save_revision(clean=False)
    return lambda: revision.publish(user=stage.who.publisher)


def save_in_cms(stage: Stage) -> Callable[[], Any]:
    _case, page = stage.fresh()

    def act() -> None:
        with LogContext(user=stage.who.publisher):
            page.save()

    return act


def save_plainly(stage: Stage) -> Callable[[], Any]:
    _case, page = stage.fresh()
    return lambda: page.save(clean=False)


def save_as_page(stage: Stage) -> Callable[[], Any]:
    """As the CMS does when it moves a page."""
    page = stage.page.page_ptr.__class__.objects.get(pk=stage.page.pk)
    return lambda: page.save()


def correct(stage: Stage) -> Callable[[], Any]:
    answer = "Trong 90 ngày."
    wording = text_hash(*WORDS[:2], answer)
    PublicText.objects.filter(case=stage.case).update(answer=answer, content_hash=wording)
    case, _page = stage.fresh()
    return lambda: correct_answer(case, by=stage.who.publisher, note="Sửa.")


def unpublish(stage: Stage) -> Callable[[], Any]:
    case, _page = stage.fresh()
    return lambda: unpublish_answer(case, by=stage.who.publisher, note="Thay thế.")


def unpublish_in_editor(stage: Stage) -> Callable[[], Any]:
    _case, page = stage.fresh()

    def act() -> None:
        with LogContext(user=stage.who.publisher):
            page.unpublish(user=stage.who.publisher)

    return act


def publish(stage: Stage) -> Callable[[], Any]:
    case, _page = stage.fresh()
    return lambda: publish_answer(case, by=stage.who.publisher)


def translate(stage: Stage) -> Callable[[], Any]:
    """As the CMS does when it walks through a tree."""
    english, _is_new = Locale.objects.get_or_create(language_code="en")
    page = Page.objects.get(pk=stage.page.pk)
    return lambda: CopyPageForTranslationAction(page, english, copy_parents=True).execute()


def copy(stage: Stage) -> Callable[[], Any]:
    """As scripts do, with its newest revision."""
    page = stage.page.get_latest_revision_as_object()
    slug = f"ban-sao-{Page.objects.order_by('-pk').values_list('pk', flat=True)[0]}"
    return lambda: page.copy(update_attrs={"slug": slug}, keep_live=False)


def approve(stage: Stage) -> Callable[[], Any]:
    _case, page = stage.fresh()
    state = page.current_workflow_task_state
    assert state is not None
    task = state.task.specific
    return lambda: task.on_action(state, stage.who.publisher, "approve")


@pytest.mark.parametrize(
    "door",
    [
        publish_in_editor,
        publish_late,
        save_in_cms,
        save_plainly,
        save_as_page,
        correct,
        unpublish,
        unpublish_in_editor,
        hold,
    ],
)
def test_the_lock_wins_whoever_is_first(stage: Stage, door: Callable[[Stage], Callable[[], Any]]) -> None:
    with runners() as threads:
        for number in range(ROUNDS):
            stage.put_on_site()
            act, lock = door(stage), hold(stage)
            results = threads.run(lock, act)
            assert results[0] is None, (number, results)
            assert _is_refusal(results[1]), (number, results)
            case, _page = stage.fresh()
            assert case.status == Status.SECRET_HOLD, (number, results)
            assert stage.seals_hold(), (number, results)
    assert list(broken_lines(case)) == []


def test_nor_does_an_approval_in_the_workflow(stage: Stage) -> None:
    stage.send_to_publisher()
    with runners() as threads:
        for number in range(ROUNDS):
            act, lock = approve(stage), hold(stage)
            results = threads.run(lock, act)
            assert results[0] is None, (number, results)
            assert _is_refusal(results[1]), (number, results)
            assert stage.seals_hold(), (number, results)
            case, _page = stage.fresh()
            actions.release_hold(case, by=stage.who.inspector, note="Không có bí mật.")
            request_publication(case, by=stage.who.officer)
    assert list(broken_lines(case)) == []


@pytest.mark.parametrize("is_live", [True, False])
@pytest.mark.parametrize("door", [translate, copy])
def test_no_copy_outlives_the_lock(stage: Stage, door: Any, is_live: bool) -> None:
    with runners() as threads:
        for number in range(ROUNDS):
            if is_live:
                stage.put_on_site()
            else:
                stage.send_to_publisher()
            act, lock = door(stage), hold(stage)
            results = threads.run(lock, act)
            assert results[0] is None, (number, results)
            assert isinstance(results[1], PermissionDenied), (number, results)
            assert stage.seals_hold(), (number, results)
            assert list(AnswerPage.objects.all()) == [stage.page], (number, results)
            kept = str(list(Revision.objects.values("content", "object_str")))
            assert [words for words in WORDS if words in kept] == [], (number, results)


@pytest.mark.parametrize("second", [publish, publish_in_editor, publish_late, save_in_cms])
def test_two_who_publish_make_one_release(stage: Stage, second: Callable[[Stage], Callable[[], Any]]) -> None:
    with runners() as threads:
        for number in range(ROUNDS):
            stage.put_before_publisher()
            told = stage.case.events.filter(verb=Verb.PUBLISH).count()
            results = threads.run(publish(stage), second(stage))
            assert all(_is_refusal(each) or isinstance(each, AnswerPage) for each in results), results
            assert stage.seals_hold(), (number, results)
            assert stage.case.events.filter(verb=Verb.PUBLISH).count() - told == 1, (number, results)


def test_one_publishes_while_another_takes_it_off(stage: Stage) -> None:
    with runners() as threads:
        for number in range(ROUNDS):
            stage.put_on_site()
            results = threads.run(publish_in_editor(stage), unpublish(stage))
            assert all(_is_refusal(each) for each in results), (number, results)
            assert stage.seals_hold(), (number, results)


def _is_refusal(result: Any) -> bool:
    """Done, or refused with a sentence for the person: never an error of the database."""
    return result is None or isinstance(result, MoveError | Conflict | PermissionDenied)
