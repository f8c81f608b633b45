"""A draft goes back and forth between officer and head, and nothing of it is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from pakn_portal.answers import actions as answers
from pakn_portal.answers.four_eyes import hands_on
from pakn_portal.answers.models import Answer
from pakn_portal.answers.texts import Words
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.flow.errors import NotAllowed
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.pages.answers.actions import publish_answer, request_publication
from pakn_portal.publication.gate import GateShut
from pakn_portal.staff import addresses
from tests.factories import Ministry, make_case, make_group
from tests.management.test_verify import offences
from tests.staff.test_moves import press

pytestmark = pytest.mark.django_db

SUBMITTED = {"body": "Báo trước 30 ngày.\nNộp ở xã.", "legal_bases": "45/2019/QH14", "outcome": "explained"}


@pytest.fixture
def submitted(ministry: Ministry, as_user: Any) -> Case:
    case = make_case(Status.PROCESSING, ministry)
    press(as_user(ministry.officer), case, Verb.DRAFT_ANSWER, **SUBMITTED, and_submit="1")
    return Case.objects.get(pk=case.pk)


def correct(client: Any, case: Case, **words: str) -> Any:
    """Both presses of whoever corrects and approves: the first shows what was changed."""
    data = {"note": "", **SUBMITTED, **words}
    shown = press(client, case, Verb.APPROVE_ANSWER, **data)
    assert shown.status_code == 200
    return press(client, case, Verb.APPROVE_ANSWER, **data, seen=shown.context["form"]["seen"].value())


def test_the_head_corrects_a_word_and_approves(submitted: Case, ministry: Ministry, as_user: Any) -> None:
    head, url = as_user(ministry.head), addresses.move_url(submitted.pk, Verb.APPROVE_ANSWER)
    data = {**SUBMITTED, "body": "Báo trước 45 ngày.\nNộp ở xã.", "version": submitted.version}
    shown = head.post(url, data)
    html = shown.content.decode()
    assert (shown.status_code, Case.objects.get().status) == (200, Status.DRAFT_REVIEW)
    assert "30<span" in html
    assert "45<span" in html
    done = head.post(url, {**data, "seen": shown.context["form"]["seen"].value()})
    assert done.status_code == 302
    answer, line = Answer.objects.get(), submitted.events.order_by("sequence").last()
    assert (answer.body, answer.version) == ("Báo trước 45 ngày.\nNộp ở xã.", 2)
    assert (answer.written_by, answer.approved_by) == (ministry.officer, ministry.head)
    assert line is not None
    assert (line.data["corrected_from"], line.data["version"]) == (1, 2)
    assert [row.body for row in answer.versions.all()] == [SUBMITTED["body"], answer.body]
    assert [row.written_by for row in answer.versions.all()] == [ministry.officer, ministry.head]
    assert OutgoingMail.objects.filter(template="answered").count() == 1
    assert [offences(code) for code in ("I5", "I13", "I15")] == [[], [], []]
    page = as_user(ministry.officer).get(addresses.case_url(submitted.pk)).content.decode()
    assert "sửa chữ và phê duyệt câu trả lời (lần 2)" in page
    assert "<del>" in page


def test_nobody_is_asked_to_approve_once_more_what_is_refused(
    submitted: Case, ministry: Ministry, as_user: Any
) -> None:
    shown = press(as_user(ministry.head), submitted, Verb.APPROVE_ANSWER, **{**SUBMITTED, "body": ""})
    assert "body" in shown.context["form"].errors
    assert shown.context["form"].difference is None
    assert "Bạn đã sửa" not in shown.content.decode()


def test_each_word_stands_once_and_both_verdicts_are_at_hand(
    submitted: Case, ministry: Ministry, as_user: Any
) -> None:
    head = as_user(ministry.head)
    reject_url = addresses.move_url(submitted.pk, Verb.REJECT_ANSWER)
    html = head.get(addresses.move_url(submitted.pk, Verb.APPROVE_ANSWER)).content.decode()
    assert f'href="{reject_url}"' in html.partition("pakn-move__act--stuck")[2]
    assert "Toàn văn bản đã trình" not in html
    html = head.get(reject_url).content.decode()
    assert 0 < html.index('name="note"') < html.index("Báo trước 30 ngày.")
    shown = press(head, submitted, Verb.APPROVE_ANSWER, **{**SUBMITTED, "body": "Báo trước 45 ngày."})
    assert "Toàn văn bản đã trình" in shown.content.decode()


def test_other_words_than_were_seen_are_shown_once_more(
    submitted: Case, ministry: Ministry, as_user: Any
) -> None:
    head = as_user(ministry.head)
    shown = press(head, submitted, Verb.APPROVE_ANSWER, **{**SUBMITTED, "body": "Một."})
    seen = shown.context["form"]["seen"].value()
    again = press(head, submitted, Verb.APPROVE_ANSWER, **{**SUBMITTED, "body": "Hai."}, seen=seen)
    assert (again.status_code, Case.objects.get().status) == (200, Status.DRAFT_REVIEW)


def test_words_that_stay_as_they_are_are_no_correction(
    submitted: Case, ministry: Ministry, as_user: Any
) -> None:
    words = {**SUBMITTED, "body": SUBMITTED["body"].replace("\n", "\r\n")}
    assert press(as_user(ministry.head), submitted, Verb.APPROVE_ANSWER, **words).status_code == 302
    line = submitted.events.order_by("sequence").last()
    assert line is not None
    assert "corrected_from" not in line.data
    assert Answer.objects.get().versions.count() == 1


@pytest.mark.parametrize("lack", [{"body": " \n"}, {"outcome": ""}])
@pytest.mark.parametrize("is_corrected", [False, True])
def test_no_verb_approves_an_answer_without_words_or_outcome(
    lack: dict[str, str], is_corrected: bool, submitted: Case, ministry: Ministry
) -> None:
    words = Words(**{**SUBMITTED, **lack})
    if not is_corrected:
        Answer.objects.update(**lack)
    with pytest.raises(NotAllowed):
        answers.approve_answer(submitted, by=ministry.head, corrected=words if is_corrected else None)
    assert Case.objects.get().status == Status.DRAFT_REVIEW


@pytest.mark.parametrize("words", [{"body": " "}, {"outcome": ""}])
def test_an_answer_is_not_corrected_into_nothing(
    words: dict[str, str], submitted: Case, ministry: Ministry, as_user: Any
) -> None:
    answer = press(as_user(ministry.head), submitted, Verb.APPROVE_ANSWER, **{**SUBMITTED, **words})
    assert (answer.status_code, Case.objects.get().status) == (200, Status.DRAFT_REVIEW)
    assert list(answer.context["form"].errors) == list(words)


def test_neither_the_head_who_corrected_nor_the_officer_releases(
    submitted: Case, ministry: Ministry, as_user: Any, section: Any
) -> None:
    for person in (ministry.head, ministry.officer):
        person.groups.add(make_group("publisher"))
    correct(as_user(ministry.head), submitted, body="Báo trước 45 ngày.")
    case = Case.objects.get(pk=submitted.pk)
    assert hands_on(case).writers == {ministry.officer.pk, ministry.head.pk}
    answers.prepare_public_text(
        case, title="Nghỉ việc", question="Báo trước mấy ngày?", answer="45 ngày.", by=ministry.publisher
    )
    request_publication(case, by=ministry.publisher)
    for person in (ministry.head, ministry.officer, ministry.publisher):
        with pytest.raises(GateShut):
            publish_answer(Case.objects.get(pk=case.pk), by=type(person).objects.get(pk=person.pk))
    publish_answer(Case.objects.get(pk=case.pk), by=ministry.second_publisher)
    assert offences("I13") == []


def test_who_corrected_does_not_approve_these_words_again(
    submitted: Case, ministry: Ministry, as_user: Any
) -> None:
    """After a re-opening the same words are handed in once more."""
    from pakn_portal.cases.actions import reopen_case

    correct(as_user(ministry.head), submitted, body="Báo trước 45 ngày.")
    case = Case.objects.get(pk=submitted.pk)
    reopen_case(case, by=ministry.intake, note="Xem lại.")
    answers.submit_answer(case, by=ministry.officer)
    with pytest.raises(NotAllowed):
        answers.approve_answer(case, by=ministry.head)
    answers.approve_answer(case, by=ministry.leader)
    assert offences("I13") == []


def test_a_returned_draft_comes_back_with_the_remarks_and_what_has_changed(
    submitted: Case, ministry: Ministry, as_user: Any
) -> None:
    officer, head = as_user(ministry.officer), as_user(ministry.head)
    press(head, submitted, Verb.REJECT_ANSWER, note="Điều 35 quy định 45 ngày.")
    page = officer.get(addresses.move_url(submitted.pk, Verb.DRAFT_ANSWER))
    assert "Điều 35 quy định 45 ngày." in page.content.decode()
    assert page.context["changed"] is None
    press(officer, submitted, Verb.DRAFT_ANSWER, **{**SUBMITTED, "body": "Báo trước 45 ngày.\nNộp ở xã."})
    assert officer.get(addresses.move_url(submitted.pk, Verb.DRAFT_ANSWER)).context["changed"].before == 1
    answers.submit_answer(Case.objects.get(pk=submitted.pk), by=ministry.officer)
    read = head.get(addresses.move_url(submitted.pk, Verb.APPROVE_ANSWER))
    html = read.content.decode()
    assert "Điều 35 quy định 45 ngày." in html
    assert '<del><span class="w-sr-only">[bỏ: </span>30<span' in html
    assert '<ins><span class="w-sr-only">[thêm: </span>45<span' in html


def test_saving_and_handing_in_unchanged_makes_no_second_version(ministry: Ministry, as_user: Any) -> None:
    case, officer = make_case(Status.PROCESSING, ministry), as_user(ministry.officer)
    press(officer, case, Verb.DRAFT_ANSWER, **SUBMITTED)
    lines = case.events.count()
    press(officer, case, Verb.DRAFT_ANSWER, **SUBMITTED)
    assert case.events.count() == lines
    press(officer, case, Verb.DRAFT_ANSWER, **SUBMITTED, and_submit="1")
    assert Answer.objects.get().version == 1
    assert [line.verb for line in case.events.order_by("sequence")][-2:] == ["draft_answer", "submit_answer"]


def test_the_same_words_need_the_same_right(ministry: Ministry) -> None:
    case = make_case(Status.PROCESSING, ministry)
    answers.draft_answer(case, body="Báo trước 45 ngày.", by=ministry.officer)
    with pytest.raises(NotAllowed):
        answers.draft_answer(case, body="Báo trước 45 ngày.", by=ministry.other_officer)


def test_no_outcome_is_preset(ministry: Ministry, as_user: Any) -> None:
    case, officer = make_case(Status.PROCESSING, ministry), as_user(ministry.officer)
    page = officer.get(addresses.move_url(case.pk, Verb.DRAFT_ANSWER))
    assert page.context["form"]["outcome"].value() is None
    words = {"body": "Báo trước 45 ngày.", "outcome": ""}
    refused = press(officer, case, Verb.DRAFT_ANSWER, **words, and_submit="1")
    assert list(refused.context["form"].errors) == ["outcome"]
    assert "Báo trước 45 ngày." in refused.content.decode()
    assert press(officer, case, Verb.DRAFT_ANSWER, **words).status_code == 302
    buttons = officer.get(addresses.case_url(case.pk)).context["buttons"]
    assert {button.verb: bool(button.reason) for button in buttons.all}[Verb.SUBMIT_ANSWER]
    with pytest.raises(NotAllowed):
        answers.submit_answer(Case.objects.get(pk=case.pk), by=ministry.officer)


def test_what_a_template_leaves_open_is_neither_handed_in_nor_approved(
    ministry: Ministry, as_user: Any, submitted: Case
) -> None:
    case, officer = make_case(Status.PROCESSING, ministry), as_user(ministry.officer)
    words = {"body": "Trả lời.\n\nCăn cứ quy định tại […]\n\nNhư vậy [...].", "outcome": "explained"}
    refused = press(officer, case, Verb.DRAFT_ANSWER, **words, and_submit="1")
    assert "Đoạn 2, 3 còn chỗ trống" in str(refused.context["form"].errors["body"])
    assert "Căn cứ quy định tại […]" in refused.content.decode()
    assert press(officer, case, Verb.DRAFT_ANSWER, **words).status_code == 302
    with pytest.raises(NotAllowed, match="Đoạn 2, 3"):
        answers.submit_answer(Case.objects.get(pk=case.pk), by=ministry.officer)
    # nor by the head, who may change words
    head = as_user(ministry.head)
    again = press(
        head, submitted, Verb.APPROVE_ANSWER, **{**SUBMITTED, "body": "Báo trước […] ngày."}, note=""
    )
    assert list(again.context["form"].errors) == ["body"]


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        (
            "UPDATE pakn_portal_answerversion SET body='Khác.' WHERE version=1",
            "version 1 of the answer is not",
        ),
        ("DELETE FROM pakn_portal_answerversion WHERE version=1", "version 1 of the answer, told by line"),
        (
            "UPDATE pakn_portal_answerversion SET version=7 WHERE version=1",
            "version 7 of the answer stands in no",
        ),
    ],
)
def test_a_version_that_was_changed_is_found(
    sql: str, told: str, submitted: Case, ministry: Ministry
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
    assert any(told in sentence for sentence in offences("I15"))
