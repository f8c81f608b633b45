from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import WorkflowState

from pakn_portal import clock, signals
from pakn_portal.answers import actions as answers
from pakn_portal.answers.enums import PublicTextState
from pakn_portal.answers.finds import open_finds
from pakn_portal.answers.models import PublicText
from pakn_portal.cases import actions
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.flow.errors import Conflict, MoveError, NotAllowed
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.pages.answers.actions import (
    archive_page,
    correct_answer,
    publish_answer,
    request_publication,
    return_public_text,
    unpublish_answer,
)
from pakn_portal.pages.answers.actions import (
    page_of_case as page_of,
)
from pakn_portal.pages.answers.guards import four_eyes_problem
from pakn_portal.pages.models import AnswerPage
from pakn_portal.publication.gate import GateShut, page_hash
from tests.factories import Ministry, make_case, make_ministry
from tests.fixtures.old_register import make_old

TITLE = "Nghỉ việc hai tháng còn được nộp hồ sơ không?"
QUESTION = "Nghỉ việc đã hai tháng thì còn được nộp hồ sơ không?"
ANSWER = "Người lao động nộp hồ sơ trong 3 tháng kể từ ngày nghỉ việc."


@pytest.fixture
def who(section: Any) -> Ministry:
    return make_ministry()


@pytest.fixture
def case(who: Ministry) -> Case:
    return make_case(Status.ANSWERED, who)


def prepare(case: Case, by: Any, **words: Any) -> PublicText:
    return answers.prepare_public_text(
        case, **{"title": TITLE, "question": QUESTION, "answer": ANSWER, **words}, by=by
    )


def lines(case: Case) -> list[str]:
    return list(case.events.order_by("sequence").values_list("verb", flat=True))


def requested(case: Case, who: Ministry) -> AnswerPage:
    prepare(case, who.officer)
    return request_publication(case, by=who.officer)


def published(case: Case, who: Ministry) -> AnswerPage:
    requested(case, who)
    return publish_answer(case, by=who.publisher)


# the gate


def test_nothing_is_sent_to_the_publisher_before_it_is_prepared(case: Case, who: Ministry) -> None:
    with pytest.raises(NotAllowed):
        request_publication(case, by=who.officer)


def test_an_open_find_keeps_the_button_shut(case: Case, who: Ministry) -> None:
    text = prepare(case, who.officer, answer="Bà Nguyễn Thị Thu Cúc gọi 0912 345 678.")
    assert [mark.find.kind for mark in open_finds(text)] == ["name", "phone"]
    with pytest.raises(NotAllowed, match="2"):
        request_publication(case, by=who.officer)
    assert page_of(case) is None
    assert lines(case)[-1] == Verb.PREPARE_PUBLIC_TEXT


def test_masking_opens_it(case: Case, who: Ministry) -> None:
    prepare(case, who.officer, answer="Bà [họ tên] gọi [số điện thoại].")
    assert request_publication(case, by=who.officer).live is False


def test_confirming_opens_it(case: Case, who: Ministry) -> None:
    words = "Tổng đài của Bộ: 0912 345 678."
    text = prepare(case, who.officer, answer=words)
    marks = [mark.fingerprint for mark in open_finds(text)]
    prepare(case, who.officer, answer=words, confirmed=marks)
    request_publication(case, by=who.officer)
    assert publish_answer(case, by=who.publisher).live


def test_a_confirmation_is_for_these_very_characters(case: Case, who: Ministry) -> None:
    text = prepare(case, who.officer, answer="Tổng đài: 0912 345 678.")
    marks = [mark.fingerprint for mark in open_finds(text)]
    prepare(case, who.officer, answer="Tổng đài: 0912 345 679.", confirmed=marks)
    with pytest.raises(NotAllowed):
        request_publication(case, by=who.officer)


# release


@pytest.mark.newest
def test_the_whole_road_to_the_page(case: Case, who: Ministry) -> None:
    page = requested(case, who)
    assert (page.live, page.slug.startswith("nghi-viec-hai-thang")) == (False, True)
    assert page.current_workflow_state.status == WorkflowState.STATUS_IN_PROGRESS
    page = publish_answer(case, by=who.publisher)
    text = PublicText.objects.get(case=case)
    assert (case.status, page.live, text.state) == (Status.PUBLISHED, True, PublicTextState.PUBLISHED)
    assert page_hash(page) == text.released_hash == text.content_hash
    assert lines(case)[-3:] == [Verb.PREPARE_PUBLIC_TEXT, Verb.REQUEST_PUBLICATION, Verb.PUBLISH]
    assert case.events.last().by == who.publisher  # type: ignore[union-attr]
    assert page.get_parent().specific == archive_page()
    assert page.current_workflow_state is None


def test_the_right_hears_of_it_in_the_transaction_and_after(case: Case, who: Ministry) -> None:
    heard: list[tuple[Any, bool]] = []

    def listen(page: Any, is_public: bool, **kwargs: Any) -> None:
        heard.append((page.pk, is_public))

    signals.public_record_changed.connect(listen)
    try:
        page = published(case, who)
        unpublish_answer(case, by=who.publisher, note="Thông tư đã thay thế.")
    finally:
        signals.public_record_changed.disconnect(listen)
    assert heard == [(page.pk, True), (page.pk, False)]


def test_a_failing_index_row_undoes_the_publication(case: Case, who: Ministry) -> None:
    requested(case, who)

    def fail(**kwargs: Any) -> None:
        raise RuntimeError("no index row")

    signals.public_record_changed.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            publish_answer(case, by=who.publisher)
    finally:
        signals.public_record_changed.disconnect(fail)
    case.refresh_from_db()
    page = page_of(case)
    assert page is not None
    assert (page.live, case.status, lines(case)[-1]) == (False, Status.ANSWERED, Verb.REQUEST_PUBLICATION)


def test_four_eyes(case: Case, who: Ministry) -> None:
    """Writer, approver, preparer and publisher: whatever other role they have."""
    from tests.factories import make_group

    requested(case, who)
    for person in (who.officer, who.head):
        person.groups.add(make_group("publisher"))
        again = type(person).objects.get(pk=person.pk)
        with pytest.raises(GateShut):
            publish_answer(case, by=again)
    publish_answer(case, by=who.publisher)


def test_a_publisher_who_prepared_the_text_needs_another(case: Case, who: Ministry) -> None:
    prepare(case, who.publisher)
    request_publication(case, by=who.publisher)
    with pytest.raises(GateShut):
        publish_answer(case, by=who.publisher)
    assert publish_answer(case, by=who.second_publisher).live


def test_a_colleague_who_saves_once_more_hides_nobody(case: Case, who: Ministry) -> None:
    """Whoever changed the text at any time had a hand in it, not only whoever saved it last."""
    prepare(case, who.publisher)
    prepare(case, who.officer)
    request_publication(case, by=who.officer)
    with pytest.raises(GateShut):
        publish_answer(case, by=who.publisher)
    assert publish_answer(case, by=who.second_publisher).live


def test_every_writer_of_the_answer_counts(who: Ministry) -> None:
    from tests.factories import make_group

    case = make_case(Status.PROCESSING, who)
    answers.draft_answer(case, body="Bản đầu.", by=who.second_officer)
    answers.draft_answer(case, body="Bản sau.", by=who.officer)
    answers.submit_answer(case, by=who.officer)
    answers.approve_answer(case, by=who.head)
    requested(case, who)
    who.second_officer.groups.add(make_group("publisher"))
    person = type(who.second_officer).objects.get(pk=who.second_officer.pk)
    with pytest.raises(GateShut):
        publish_answer(case, by=person)
    assert publish_answer(case, by=who.publisher).live


def test_a_released_text_was_seen_by_four_eyes(case: Case, who: Ministry) -> None:
    """Two publishers are enough: who prepared the first text may release the correction of the other."""
    prepare(case, who.publisher)
    request_publication(case, by=who.publisher)
    publish_answer(case, by=who.second_publisher)
    prepare(case, who.second_publisher, answer="Trong 90 ngày.")
    with pytest.raises(GateShut):
        correct_answer(case, by=who.second_publisher, note="Sửa.")
    correct_answer(case, by=who.publisher, note="Sửa.")


def test_asking_who_had_a_hand_in_it_costs_the_same(
    case: Case, who: Ministry, django_assert_num_queries: Any
) -> None:
    for number in (1, 30):
        for each in range(number):
            text = prepare(case, who.officer, answer=f"Bản {each}.")
        text = PublicText.objects.select_related("case").get(pk=text.pk)
        with django_assert_num_queries(2):
            assert four_eyes_problem(text, who.publisher) == ""


@pytest.mark.parametrize(
    "person", ["intake", "second_officer", "leader", "auditor", "administrator", "nobody"]
)
def test_only_publishers_publish(case: Case, who: Ministry, person: str) -> None:
    requested(case, who)
    with pytest.raises(NotAllowed):
        publish_answer(case, by=getattr(who, person))


def test_nobody_else_lets_the_cms_publish_it_later(case: Case, who: Ministry) -> None:
    page = requested(case, who)
    page.go_live_at = clock.now() + timedelta(hours=1)
    revision = page.save_revision(clean=False)
    with pytest.raises(GateShut):
        revision.publish(user=who.administrator)
    revision.refresh_from_db()
    assert revision.approved_go_live_at is None


def test_the_system_publishes_nothing(case: Case, who: Ministry) -> None:
    requested(case, who)
    with pytest.raises(MoveError):
        publish_answer(case, by=None)


def test_a_stale_case_is_told(case: Case, who: Ministry) -> None:
    requested(case, who)
    stale = Case.objects.get(pk=case.pk)
    return_public_text(case, by=who.publisher, note="Viết ngắn hơn.")
    with pytest.raises(Conflict):
        publish_answer(stale, by=who.publisher)


def test_words_changed_after_the_request_are_not_published(case: Case, who: Ministry) -> None:
    page = requested(case, who)
    prepare(case, who.officer, answer="Khác.")
    with pytest.raises(GateShut):
        publish_answer(case, by=who.publisher)
    assert request_publication(case, by=who.officer).pk == page.pk
    assert publish_answer(case, by=who.publisher).answer == "Khác."


def test_asking_for_changes_and_sending_again(case: Case, who: Ministry) -> None:
    page = requested(case, who)
    return_public_text(case, by=who.publisher, note="Viết ngắn hơn.")
    assert page.current_workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES
    with pytest.raises(GateShut):
        publish_answer(case, by=who.publisher)
    prepare(case, who.officer, answer="Trong 3 tháng.")
    request_publication(case, by=who.officer)
    assert page.current_workflow_state.status == WorkflowState.STATUS_IN_PROGRESS
    assert publish_answer(case, by=who.publisher).answer == "Trong 3 tháng."


def test_a_reopened_case_is_not_published(case: Case, who: Ministry) -> None:
    page = requested(case, who)
    actions.reopen_case(case, by=who.intake, note="Tình tiết mới.")
    with pytest.raises((GateShut, MoveError)):
        page.get_latest_revision().publish(user=who.publisher)
    page.refresh_from_db()
    assert page.live is False


def test_an_answer_given_anew_needs_a_new_public_text(case: Case, who: Ministry) -> None:
    requested(case, who)
    with clock.acting_at(clock.now() + timedelta(hours=1)):
        actions.reopen_case(case, by=who.intake, note="Tình tiết mới.")
        answers.draft_answer(case, body="Trả lời khác.", by=who.officer)
        answers.submit_answer(case, by=who.officer)
        answers.approve_answer(case, by=who.head)
    with pytest.raises(GateShut):
        publish_answer(case, by=who.publisher)
    with clock.acting_at(clock.now() + timedelta(hours=2)):
        prepare(case, who.officer, answer="Trả lời khác.")
        request_publication(case, by=who.officer)
        assert publish_answer(case, by=who.publisher).answer == "Trả lời khác."


def test_the_public_text_names_nobody(case: Case, who: Ministry) -> None:
    page = published(case, who)
    sender = case.submission.sender
    shown = " ".join([page.title, page.question, page.answer, page.slug, str(page.serializable_data())])
    assert [v for v in (sender.full_name, sender.phone, sender.email, sender.address) if v in shown] == []


# off the site


def test_unpublishing_leaves_a_trace_at_the_address(case: Case, who: Ministry, client: Client) -> None:
    page = published(case, who)
    url = page.url
    unpublish_answer(case, by=who.publisher, note="Thông tư đã thay thế; hỏi 0912345678.")
    page.refresh_from_db()
    assert (page.live, case.status, lines(case)[-1]) == (False, Status.ANSWERED, Verb.UNPUBLISH)
    assert page.unpublished_on is not None
    answer = client.get(url)
    body = answer.content.decode()
    assert answer.status_code == 410
    assert "Thông tư đã thay thế" in body
    assert ANSWER not in body
    assert "0912345678" not in body


def test_what_left_the_site_is_sent_to_a_publisher_again(case: Case, who: Ministry) -> None:
    page = published(case, who)
    unpublish_answer(case, by=who.publisher, note="Nhầm.")
    with pytest.raises(GateShut):
        publish_answer(case, by=who.second_publisher)
    with pytest.raises(GateShut):
        page.get_latest_revision().publish(user=who.second_publisher)
    case.refresh_from_db()
    assert lines(case)[-1] == Verb.UNPUBLISH
    request_publication(case, by=who.officer)
    assert publish_answer(case, by=who.publisher).live


def test_a_text_with_the_publisher_is_not_sent_twice(case: Case, who: Ministry) -> None:
    requested(case, who)
    told, mails = lines(case), OutgoingMail.objects.count()
    with pytest.raises(NotAllowed):
        request_publication(case, by=who.officer)
    assert (lines(case), OutgoingMail.objects.count()) == (told, mails)


def test_back_on_the_site_after_unpublishing(case: Case, who: Ministry, client: Client) -> None:
    page = published(case, who)
    unpublish_answer(case, by=who.publisher, note="Nhầm.")
    prepare(case, who.officer)
    request_publication(case, by=who.officer)
    page = publish_answer(case, by=who.publisher)
    assert (page.live, page.unpublished_on, page.unpublished_reason) == (True, None, "")


def test_only_publishers_unpublish(case: Case, who: Ministry) -> None:
    published(case, who)
    with pytest.raises(NotAllowed):
        unpublish_answer(case, by=who.head, note="Gỡ.")


# corrections


def test_a_correction_keeps_the_earlier_text_with_a_dated_note(case: Case, who: Ministry) -> None:
    page = published(case, who)
    prepare(case, who.officer, answer="Trong 90 ngày kể từ ngày nghỉ việc.")
    page.refresh_from_db()
    assert page.answer == ANSWER  # not public before it is released
    correct_answer(case, by=who.publisher, note="Sửa thời hạn.")
    page.refresh_from_db()
    correction = page.corrections.get()
    assert (page.answer, correction.earlier_answer, correction.note) == (
        "Trong 90 ngày kể từ ngày nghỉ việc.",
        ANSWER,
        "Sửa thời hạn.",
    )
    text = PublicText.objects.get(case=case)
    assert page_hash(page) == text.released_hash
    assert (lines(case)[-1], case.status) == (Verb.CORRECT, Status.PUBLISHED)


def test_a_correction_passes_the_gate(case: Case, who: Ministry) -> None:
    page = published(case, who)
    prepare(case, who.officer, answer="Gọi bà Nguyễn Thị Thu Cúc.")
    with pytest.raises(GateShut):
        correct_answer(case, by=who.publisher, note="Sửa.")
    prepare(case, who.publisher, answer="Sửa bởi người công khai.")
    with pytest.raises(GateShut):
        correct_answer(case, by=who.publisher, note="Sửa.")
    page.refresh_from_db()
    assert (page.answer, page.corrections.count()) == (ANSWER, 0)
    correct_answer(case, by=who.second_publisher, note="Sửa.")


def test_a_correction_that_changes_nothing_is_refused(case: Case, who: Ministry) -> None:
    published(case, who)
    with pytest.raises(NotAllowed):
        correct_answer(case, by=who.publisher, note="Sửa.")


def test_personal_data_that_slipped_through_is_not_kept_as_earlier_text(case: Case, who: Ministry) -> None:
    page = published(case, who)
    # as if an older finder had let it pass
    AnswerPage.objects.filter(pk=page.pk).update(answer="Gọi bà Nguyễn Thị Thu Cúc, 0900000101.")
    prepare(case, who.officer, answer="Gọi tổng đài.")
    correct_answer(case, by=who.publisher, note="Bỏ tên bà Nguyễn Thị Thu Cúc.")
    correction = page.corrections.get()
    kept = f"{correction.earlier_answer} {correction.note}"
    assert [word for word in ("Cúc", "0900000101") if word in kept] == []


# the doors of the CMS


def login(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def workflow_post(page: AnswerPage, user: Any, action: str, comment: str = "") -> Any:
    url = reverse(
        "wagtailadmin_pages:workflow_action", args=[page.pk, action, page.current_workflow_task_state.pk]
    )
    return login(user).post(
        url, {"comment": comment, "next": "/admin/"}, HTTP_X_REQUESTED_WITH="XMLHttpRequest"
    )


def test_the_workflow_screen_and_the_button_do_the_same(who: Ministry) -> None:
    by_screen, by_button = make_case(Status.ANSWERED, who), make_case(Status.ANSWERED, who)
    page = requested(by_screen, who)
    assert workflow_post(page, who.publisher, "approve").status_code in (200, 302)
    published(by_button, who)
    for case in (by_screen, by_button):
        case.refresh_from_db()
    assert lines(by_screen) == lines(by_button)
    assert (by_screen.status, by_button.status) == (Status.PUBLISHED, Status.PUBLISHED)
    assert by_screen.events.last().by == who.publisher  # type: ignore[union-attr]
    pages = [page_of(by_screen), page_of(by_button)]
    assert [page.live for page in pages if page] == [True, True]
    texts = PublicText.objects.order_by("pk").values_list("state", "released_hash")
    assert len(set(texts)) == 1


def test_asking_for_changes_in_the_workflow_screen_is_the_verb(case: Case, who: Ministry) -> None:
    page = requested(case, who)
    workflow_post(page, who.publisher, "reject", comment="Viết ngắn hơn.")
    case.refresh_from_db()
    event = case.events.last()
    assert event is not None
    assert (event.verb, event.by, event.note) == (Verb.RETURN_PUBLIC_TEXT, who.publisher, "Viết ngắn hơn.")
    assert PublicText.objects.get(case=case).state == PublicTextState.DRAFT


def test_the_workflow_screen_refuses_who_prepared_it(case: Case, who: Ministry) -> None:
    prepare(case, who.publisher)
    page = request_publication(case, by=who.publisher)
    workflow_post(page, who.publisher, "approve")
    page.refresh_from_db()
    case.refresh_from_db()
    assert (page.live, case.status) == (False, Status.ANSWERED)


def test_the_editor_cannot_change_the_words(case: Case, who: Ministry) -> None:
    page = published(case, who)
    editor = login(who.publisher)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert editor.get(url).status_code == 200
    editor.post(url, {
        "title": "Khác", "question": "Khác", "answer": "Khác", "slug": page.slug,
        "legal_bases": "45/2019/QH14", "action-publish": "1",
    })  # fmt: skip
    page.refresh_from_db()
    assert (page.title, page.question, page.answer) == (TITLE, QUESTION, ANSWER)


def test_a_revision_with_other_words_is_not_published(case: Case, who: Ministry) -> None:
    page = published(case, who)
    draft = page.get_latest_revision_as_object()
    draft.answer = "Khác."
    revision = draft.save_revision()
    with pytest.raises(GateShut):
        revision.publish(user=who.second_publisher)


def test_saving_other_words_on_a_live_page_is_refused(case: Case, who: Ministry) -> None:
    page = published(case, who)
    page.answer = "Khác."
    with pytest.raises(GateShut):
        page.save()


def test_a_page_made_by_hand_does_not_go_live(section: Any) -> None:
    with pytest.raises(GateShut):
        archive_page().add_child(instance=AnswerPage(title="Tự tạo", slug="tu-tao", question="?", answer="!"))


def test_unpublishing_in_the_cms_leaves_the_same_trace(case: Case, who: Ministry) -> None:
    page = published(case, who)
    url = reverse("wagtailadmin_pages:unpublish", args=[page.pk])
    login(who.publisher).post(url)
    page.refresh_from_db()
    case.refresh_from_db()
    event = case.events.last()
    assert event is not None
    assert (page.live, case.status) == (False, Status.ANSWERED)
    assert (event.verb, event.by) == (Verb.UNPUBLISH, who.publisher)
    assert page.unpublished_on is not None


def test_unpublishing_by_an_action_of_the_cms(case: Case, who: Ministry) -> None:
    page = published(case, who)
    UnpublishPageAction(page.specific).execute(skip_permission_checks=True)
    case.refresh_from_db()
    assert (case.status, lines(case)[-1]) == (Status.ANSWERED, Verb.UNPUBLISH)


def test_the_answer_to_a_case_is_never_deleted(case: Case, who: Ministry) -> None:
    page = published(case, who)
    for doomed in (page, archive_page()):
        with pytest.raises(PermissionDenied), transaction.atomic():
            doomed.delete()
    assert AnswerPage.objects.filter(pk=page.pk, live=True).exists()


def test_a_page_keeps_its_words_and_its_address(case: Case, who: Ministry) -> None:
    page = published(case, who)
    slug = page.slug
    page.slug = "dia-chi-moi"
    with pytest.raises(GateShut):
        page.save()
    page.refresh_from_db()
    assert (page.slug, page.answer) == (slug, ANSWER)


def test_an_answer_from_before_texts_were_proved_is_released_again(who: Ministry) -> None:
    """Its register gets the line that proves what readers see; the publisher writes nothing for it."""
    case = make_case(Status.PUBLISHED, who)
    make_old(case)
    page = AnswerPage.objects.get()
    page.save_revision(user=who.publisher).publish(user=who.publisher)
    line = case.events.order_by("sequence").last()
    assert (line.verb, line.by, line.data["page"]) == (Verb.NOTE, who.publisher, page.pk)
    assert line.note.startswith("Câu trả lời được công khai lại")
    assert "page.answer" in line.texts
    call_command("pakn_verify", verbosity=0)
    page = AnswerPage.objects.get()
    page.save_revision(user=who.publisher).publish(user=who.publisher)
    assert case.events.order_by("sequence").last() == line
