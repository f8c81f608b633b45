from __future__ import annotations

import re
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.template.loader import get_template
from django.test import Client
from django.utils.translation import gettext

from pakn_portal.answers.models import Answer
from pakn_portal.cases import actions
from pakn_portal.cases.enums import SEALED, Outcome, Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.cases.petition_graph import NEEDS_NOTE, TRANSITIONS
from pakn_portal.flow.errors import NotAllowed
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.petition.rules import RULES, To
from pakn_portal.pages.answers.actions import page_of_case as page_of
from pakn_portal.pages.tracking import words as public_words
from pakn_portal.people.scope import scope_of
from pakn_portal.routing import actions as routing
from pakn_portal.snippets.models import RefusalReason, Sector
from pakn_portal.snippets.starter_rows import read
from pakn_portal.staff import addresses
from pakn_portal.staff.cases.dossier import Dossier
from pakn_portal.staff.cases.moves.buttons import HIDDEN, buttons_for
from pakn_portal.staff.cases.moves.table import MOVES
from pakn_portal.submissions.secrets import example_number
from tests.factories import Ministry, make_case, make_unit

pytestmark = pytest.mark.django_db


def press(client: Client, case: Case, verb: Verb, **data: Any) -> Any:
    """POST the action's form as a browser would: the version comes from the page."""
    page = client.get(addresses.move_url(case.pk, verb))
    version = page.context["form"]["version"].value() if page.status_code == 200 else case.version
    return client.post(addresses.move_url(case.pk, verb), {"version": version, **data})


@pytest.mark.every_wagtail
def test_every_button_has_its_form() -> None:
    buttons = {row.verb for row in TRANSITIONS} - HIDDEN - {Verb.WITHDRAW, Verb.PREPARE_PUBLIC_TEXT}
    assert buttons == set(MOVES)


def test_whoever_writes_what_a_mail_tells_the_sender_knows_it() -> None:
    """The words of a note that is mailed to the sender are asked for as such, and tracking shows them too."""
    for rule in RULES:
        source = get_template(f"pakn_portal/mail/{rule.template}.txt").template.source
        if rule.to == To.SENDER and "{{ note }}" in source:
            label = MOVES[rule.verb].form.base_fields["note"].label
            told = {gettext("More for the sender"), gettext("What the sender is told")}
            # a correction says to its sender what it says to every reader
            assert label in (told if rule.verb != Verb.CORRECT else {gettext("What was corrected")}), (
                rule.verb
            )
            assert rule.verb in public_words._TOLD


@pytest.mark.every_wagtail
@pytest.mark.newest
def test_a_case_goes_the_whole_way_by_buttons(ministry: Ministry, as_user: Any, section: Any) -> None:
    case = make_case()
    office, focal, officer = as_user(ministry.intake), as_user(ministry.focal), as_user(ministry.officer)
    head, publisher = as_user(ministry.head), as_user(ministry.publisher)
    press(office, case, Verb.RECEIVE)
    press(office, case, Verb.CLASSIFY, sector=Sector.objects.all()[0].pk, urgency="urgent")
    press(office, case, Verb.FORWARD, to_unit=ministry.unit.pk)
    press(focal, case, Verb.ASSIGN, officer=ministry.officer.pk)
    press(
        officer,
        case,
        Verb.DRAFT_ANSWER,
        body="Nộp trong 3 tháng.\r\nXin mời.",
        outcome="explained",
        and_submit="1",
    )
    assert Answer.objects.get(case=case).body == "Nộp trong 3 tháng.\nXin mời."
    press(head, case, Verb.APPROVE_ANSWER)
    words = {"title": "Hỏi", "question": "Còn được nộp không?", "answer": "Còn.\r\nTrong 3 tháng."}
    press(officer, case, Verb.PREPARE_PUBLIC_TEXT, **words, confirmed="", and_send="1")
    press(publisher, case, Verb.PUBLISH)
    assert Case.objects.get(pk=case.pk).status == Status.PUBLISHED
    page = officer.get(addresses.case_url(case.pk))
    assert page.context["dossier"].page.live
    assert page.context["dossier"].page.url in page.content.decode()


def test_the_loser_of_a_race_is_told_who_won(ministry: Ministry, as_user: Any) -> None:
    case = make_case(Status.RECEIVED, ministry)
    office, data = (
        as_user(ministry.intake),
        {"version": case.version, "note": "Tôi định hướng dẫn người gửi."},
    )
    actions.refuse_case(case, reason=RefusalReason.objects.all()[0], by=ministry.intake)
    answer = office.post(addresses.move_url(case.pk, Verb.GUIDE), data)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Đoàn Thị Minh Nguyệt" in answer.context["sentence"]
    assert "Tôi định hướng dẫn người gửi." in html
    assert Case.objects.get(pk=case.pk).status == Status.REJECTED


@pytest.mark.every_wagtail
def test_after_a_harmless_change_the_second_press_counts(ministry: Ministry, as_user: Any) -> None:
    case = make_case(Status.PROCESSING, ministry)
    officer = as_user(ministry.officer)
    url, data = (
        addresses.move_url(case.pk, Verb.DRAFT_ANSWER),
        {"body": "Bản tôi đang viết.", "outcome": "explained"},
    )
    stale = case.version
    actions.hold_case(case, by=ministry.head)
    actions.release_hold(case, by=ministry.inspector, note="Không có bí mật.")
    told = officer.post(url, {**data, "version": stale})
    assert told.status_code == 409
    assert "Bản tôi đang viết." in told.content.decode()
    again = officer.post(url, {**data, "version": told.context["form"]["version"].value()})
    assert again.status_code == 302
    assert Answer.objects.get(case=case).body == "Bản tôi đang viết."


@pytest.mark.parametrize(
    ("status", "verb", "who"),
    [
        (Status.SUBMITTED, Verb.APPROVE_ANSWER, "head"),
        (Status.RECEIVED, Verb.PUBLISH, "publisher"),
        (Status.PROCESSING, Verb.APPROVE_ANSWER, "head"),
        (Status.PROCESSING, Verb.PUBLISH, "publisher"),
        (Status.DRAFT_REVIEW, Verb.PUBLISH, "leader"),
        (Status.ANSWERED, Verb.PUBLISH, "publisher"),
        (Status.ANSWERED, Verb.REQUEST_PUBLICATION, "officer"),
        (Status.ANSWERED, Verb.CORRECT, "publisher"),
        (Status.REJECTED, Verb.REOPEN, "intake"),
        (Status.PUBLISHED, Verb.REFUSE, "intake"),
    ],
)
def test_forged_posts_skip_no_step(
    status: Status, verb: Verb, who: str, ministry: Ministry, as_user: Any, section: Any
) -> None:
    case = make_case(status, ministry)
    lines = case.events.count()
    answer = as_user(getattr(ministry, who)).post(
        addresses.move_url(case.pk, verb),
        {"version": case.version, "note": "x", "reason": 1, "status": "published", "officer": 1},
    )
    assert answer.status_code in (200, 404, 409)
    assert (Case.objects.get(pk=case.pk).status, case.events.count()) == (status, lines)


def test_nobody_approves_their_own_words(ministry: Ministry, as_user: Any) -> None:
    case = make_case(Status.PROCESSING, ministry)
    head = as_user(ministry.head)
    press(head, case, Verb.DRAFT_ANSWER, body="Tôi tự viết.", outcome="explained", and_submit="1")
    page = head.get(addresses.case_url(case.pk))
    shut = {button.verb: button.reason for button in page.context["buttons"].all}
    assert shut[Verb.APPROVE_ANSWER] != ""
    answer = head.post(
        addresses.move_url(case.pk, Verb.APPROVE_ANSWER), {"version": Case.objects.get(pk=case.pk).version}
    )
    assert answer.status_code == 409
    assert Case.objects.get(pk=case.pk).status == Status.DRAFT_REVIEW


def test_a_colleague_who_saves_once_more_opens_no_button(ministry: Ministry, as_user: Any) -> None:
    case = make_case(Status.PROCESSING, ministry)
    head, officer = as_user(ministry.head), as_user(ministry.officer)
    press(head, case, Verb.DRAFT_ANSWER, body="Tôi tự viết.", outcome="explained")
    press(officer, case, Verb.DRAFT_ANSWER, body="Tôi tự viết!", outcome="explained", and_submit="1")
    buttons = head.get(addresses.case_url(case.pk)).context["buttons"]
    assert {button.verb: bool(button.reason) for button in buttons.all}[Verb.APPROVE_ANSWER]
    assert buttons.primary is None
    url, data = addresses.move_url(case.pk, Verb.APPROVE_ANSWER), {"version": Case.objects.get().version}
    assert head.post(url, data).status_code == 409
    assert as_user(ministry.leader).post(url, data).status_code == 302


def test_colleagues_leave_word_and_the_sender_never_reads_it(ministry: Ministry, as_user: Any) -> None:
    case = make_case(Status.REJECTED, ministry)
    office = as_user(ministry.intake)
    assert press(office, case, Verb.NOTE, note=" ").status_code == 200
    stale = office.get(addresses.move_url(case.pk, Verb.NOTE)).context["form"]["version"].value()
    assert press(office, case, Verb.NOTE, note="Người gửi đã gọi lại, sẽ gửi mới.").status_code == 302
    # a second note from a page opened before is no conflict
    again = office.post(addresses.move_url(case.pk, Verb.NOTE), {"version": stale, "note": "Đã gửi mới."})
    assert again.status_code == 302
    html = office.get(addresses.case_url(case.pk)).content.decode()
    assert "Người gửi đã gọi lại, sẽ gửi mới." in html
    told = [f"{line.sentence} {line.note}" for line in public_words.milestones(case)]
    assert "gọi lại" not in " ".join(told)
    assert "gọi lại" not in str([mail.context for mail in OutgoingMail.objects.all()])


def test_a_silent_unit_is_passed_over_by_a_button(ministry: Ministry, as_user: Any) -> None:
    case = make_case(Status.COORDINATING, ministry)
    officer = as_user(ministry.officer)
    assert Verb.CONTINUE_WITHOUT in verbs_on(officer, case)
    assert press(officer, case, Verb.CONTINUE_WITHOUT, note="").status_code == 200
    assert press(officer, case, Verb.CONTINUE_WITHOUT, note="Quá hạn.").status_code == 302
    assert Case.objects.get(pk=case.pk).status == Status.PROCESSING
    assert as_user(ministry.other_officer).get(addresses.case_url(case.pk)).status_code == 404


def test_a_unit_that_is_not_asked_now_reads_why(ministry: Ministry, as_user: Any) -> None:
    case = make_case(Status.COORDINATING, ministry)
    routing.give_opinion(case, by=ministry.other_head, note="Nhất trí.")
    routing.request_opinion(
        case, unit=make_unit("Vụ Pháp chế", head=ministry.other_head), by=ministry.officer, note="Còn luật?"
    )
    buttons = as_user(ministry.other_officer).get(addresses.case_url(case.pk)).context["buttons"]
    reasons = {button.verb: button.reason for button in buttons.all}
    assert "Vụ Pháp chế" in reasons[Verb.GIVE_OPINION]
    assert buttons.primary is None


@pytest.mark.every_wagtail
def test_a_publisher_locks_what_is_public(ministry: Ministry, as_user: Any, section: Any) -> None:
    case = make_case(Status.PUBLISHED, ministry)
    publisher = as_user(ministry.publisher)
    press(publisher, case, Verb.HOLD, note="Có dấu MẬT.")
    assert Case.objects.get(pk=case.pk).status == Status.SECRET_HOLD
    assert publisher.get(addresses.case_url(case.pk)).status_code == 404
    inspector = as_user(ministry.inspector)
    assert "note" in press(inspector, case, Verb.RELEASE_HOLD, note=" ").context["form"].errors
    assert Case.objects.get(pk=case.pk).status == Status.SECRET_HOLD
    press(inspector, case, Verb.RELEASE_HOLD, note="Dấu MẬT đã được giải mật.")
    assert Case.objects.get(pk=case.pk).status == Status.ANSWERED
    assert Verb.REQUEST_PUBLICATION in verbs_on(publisher, case)


def test_the_office_lets_a_duplicate_go_its_own_way(ministry: Ministry, as_user: Any) -> None:
    case = make_case(Status.DUPLICATE, ministry)
    office = as_user(ministry.intake)
    press(office, case, Verb.REOPEN, note="Chúng tôi xử lý riêng hồ sơ của ông/bà.")
    found = Case.objects.get(pk=case.pk)
    assert (found.status, found.master) == (Status.RECEIVED, None)
    assert public_words.milestones(found)[-1].note == "Chúng tôi xử lý riêng hồ sơ của ông/bà."
    assert Verb.FORWARD in verbs_on(office, case)


def test_who_prepared_the_text_does_not_publish_it(ministry: Ministry, as_user: Any, section: Any) -> None:
    case = make_case(Status.ANSWERED, ministry)
    publisher = as_user(ministry.publisher)
    words = {"title": "Hỏi", "question": "Còn không?", "answer": "Còn."}
    press(publisher, case, Verb.PREPARE_PUBLIC_TEXT, **words, confirmed="", and_send="1")
    case.refresh_from_db()
    url, data = addresses.move_url(case.pk, Verb.PUBLISH), {"version": case.version}
    assert publisher.post(url, data).status_code == 409
    assert Case.objects.get(pk=case.pk).status == Status.ANSWERED
    assert as_user(ministry.second_publisher).post(url, data).status_code == 302
    assert Case.objects.get(pk=case.pk).status == Status.PUBLISHED


@pytest.mark.every_wagtail
def test_a_published_answer_is_corrected_in_the_open(ministry: Ministry, as_user: Any, section: Any) -> None:
    case = make_case(Status.PUBLISHED, ministry)
    officer, publisher = as_user(ministry.officer), as_user(ministry.publisher)
    words = {"title": "Hỏi lại", "question": "Còn không?", "answer": "Còn, trong 4 tháng."}
    assert Verb.CORRECT not in verbs_on(publisher, case)
    press(officer, case, Verb.PREPARE_PUBLIC_TEXT, **words, confirmed="")
    assert Verb.CORRECT in verbs_on(publisher, case)
    press(publisher, case, Verb.CORRECT, note="Sửa số tháng.")
    page = officer.get(addresses.case_url(case.pk)).context["dossier"].page
    assert (page.live, page.answer) == (True, "Còn, trong 4 tháng.")
    assert page.corrections.get().note == "Sửa số tháng."
    press(publisher, case, Verb.UNPUBLISH, note="Văn bản đã thay đổi.")
    assert Case.objects.get(pk=case.pk).status == Status.ANSWERED


@pytest.mark.parametrize(
    ("verb", "where"), [(Verb.UNPUBLISH, "ở địa chỉ cũ"), (Verb.CORRECT, "dưới câu trả lời")]
)
def test_whoever_writes_what_everybody_reads_knows_it(
    ministry: Ministry, as_user: Any, section: Any, verb: Verb, where: str
) -> None:
    case = make_case(Status.PUBLISHED, ministry)
    words = {"title": "Hỏi lại", "question": "Còn không?", "answer": "Còn, trong 4 tháng."}
    press(as_user(ministry.officer), case, Verb.PREPARE_PUBLIC_TEXT, **words, confirmed="")
    publisher = as_user(ministry.publisher)
    hint = publisher.get(addresses.move_url(case.pk, verb)).context["form"]["note"].help_text
    assert f"Mọi người đọc được nguyên văn lời này {where}" in hint
    page = page_of(case)
    press(publisher, case, verb, note="Lời <viết> ra.")
    assert page is not None
    assert "Lời &lt;viết&gt; ra." in publisher.get(page.url).content.decode()


def test_whoever_chooses_the_outcome_sees_what_the_sender_reads(ministry: Ministry, as_user: Any) -> None:
    case = make_case(Status.PROCESSING, ministry)
    html = as_user(ministry.officer).get(addresses.move_url(case.pk, Verb.DRAFT_ANSWER)).content.decode()
    assert "Đã giải trình (người gửi đọc: Đã giải thích, hướng dẫn)" in html
    assert ">Đang giải quyết<" in html


def test_a_publisher_reads_what_readers_will_read(ministry: Ministry, as_user: Any, section: Any) -> None:
    """The outcome in their words, as the page has it."""
    case = make_case(Status.PUBLISHED, ministry)
    words = {"title": "Hỏi lại", "question": "Còn không?", "answer": "Còn, trong 4 tháng."}
    press(as_user(ministry.officer), case, Verb.PREPARE_PUBLIC_TEXT, **words, confirmed="")
    page = page_of(case)
    assert page is not None
    publisher = as_user(ministry.publisher)
    for address in (page.url, addresses.move_url(case.pk, Verb.CORRECT)):
        assert "<dd>Đã giải thích, hướng dẫn</dd>" in publisher.get(address).content.decode()


def test_a_publisher_knows_before_saving_that_another_must_publish(
    ministry: Ministry, as_user: Any, section: Any
) -> None:
    for status in (Status.ANSWERED, Status.PUBLISHED):
        screen = addresses.move_url(make_case(status, ministry).pk, Verb.PREPARE_PUBLIC_TEXT)
        html = as_user(ministry.publisher).get(screen).content.decode()
        assert "phải do biên tập viên khác" in html


def verbs_on(client: Client, case: Case) -> set[Verb]:
    return {button.verb for button in client.get(addresses.case_url(case.pk)).context["buttons"].all}


def test_posted_fields_that_are_not_asked_change_nothing(ministry: Ministry, as_user: Any) -> None:
    case = make_case(Status.SUBMITTED, ministry)
    extra = {"lead_unit": ministry.unit.pk, "due_on": "2030-01-01", "status": "answered", "outcome": "solved"}
    press(as_user(ministry.intake), case, Verb.RECEIVE, **extra)
    case = Case.objects.get(pk=case.pk)
    assert (case.status, case.lead_unit, case.outcome) == (Status.RECEIVED, None, "")


@pytest.mark.parametrize("version", ["", "abc", "-1", "99999999999999999999999"])
def test_a_broken_version_breaks_nothing(version: str, ministry: Ministry, as_user: Any) -> None:
    case = make_case(Status.SUBMITTED, ministry)
    answer = as_user(ministry.intake).post(addresses.move_url(case.pk, Verb.RECEIVE), {"version": version})
    assert answer.status_code in (200, 409)
    assert Case.objects.get(pk=case.pk).status == Status.SUBMITTED


def test_only_people_of_the_unit_can_be_chosen(ministry: Ministry, as_user: Any) -> None:
    case = make_case(Status.ROUTED, ministry)
    page = as_user(ministry.focal).get(addresses.move_url(case.pk, Verb.ASSIGN))
    offered = set(page.context["form"].fields["officer"].queryset)
    assert offered == {ministry.focal, ministry.officer, ministry.head, ministry.second_officer}
    answer = press(as_user(ministry.focal), case, Verb.ASSIGN, officer=ministry.other_officer.pk)
    assert answer.status_code == 200
    assert Case.objects.get(pk=case.pk).officer is None


def test_the_usual_unit_of_the_sector_is_suggested(ministry: Ministry, as_user: Any) -> None:
    sector = Sector.objects.all()[0]
    sector.lead_unit = ministry.other_unit
    sector.save()
    case = make_case(Status.RECEIVED, ministry, suggested_sector=sector)
    page = as_user(ministry.intake).get(addresses.move_url(case.pk, Verb.FORWARD))
    assert page.context["form"].fields["to_unit"].initial == ministry.other_unit.pk


@pytest.mark.every_wagtail
def test_an_extension_tells_its_new_date_before(ministry: Ministry, as_user: Any) -> None:
    case = make_case(Status.PROCESSING, ministry)
    head = as_user(ministry.head)
    outlook = head.get(addresses.move_url(case.pk, Verb.EXTEND_DEADLINE)).context["outlook"]
    press(head, case, Verb.EXTEND_DEADLINE, note="Cần thêm số liệu.")
    assert f"{Case.objects.get(pk=case.pk).due_on:%d/%m/%Y}" in outlook


def test_a_duplicate_of_what_must_not_be_known_is_of_nothing(ministry: Ministry, as_user: Any) -> None:
    sealed, case = make_case(Status.COMPLAINT, ministry), make_case(Status.RECEIVED, ministry)
    office = as_user(ministry.intake)
    hidden = press(office, case, Verb.MARK_DUPLICATE, master=sealed.number)
    unknown = press(office, case, Verb.MARK_DUPLICATE, master="PAKN-2000-000001")
    assert hidden.context["form"].errors == unknown.context["form"].errors != {}
    master = make_case(Status.RECEIVED, ministry)
    loosely = f" số {master.number.lower().replace('-', ' ').replace('000', '')}. "
    assert press(office, case, Verb.MARK_DUPLICATE, master=loosely).status_code == 302
    assert Case.objects.get(pk=case.pk).master == master


@pytest.mark.every_wagtail
def test_what_may_be_the_same_is_read_beside_it_with_what_differs(ministry: Ministry, as_user: Any) -> None:
    title = "Hỏi về trợ cấp thất nghiệp"
    master = make_case(Status.RECEIVED, ministry, title=title, content="Tôi nghỉ việc đã hai tháng thì sao?")
    case = make_case(Status.RECEIVED, ministry, title=title, content="Tôi nghỉ việc đã ba tháng thì sao?")
    office = as_user(ministry.intake)
    page = office.get(addresses.duplicate_url(case.pk, master.number))
    (content,) = [pieces for _label, pieces in page.context["beside"].differing]
    only = {piece.change: piece.text.strip() for piece in content if piece.change != "same"}
    assert only == {"removed": "hai", "added": "ba"}
    assert "% từ ngữ" in page.content.decode()
    # as its number is typed too, where the form comes back
    page = press(office, case, Verb.MARK_DUPLICATE, master=case.number)
    assert page.context["beside"] is None
    same = make_case(Status.RECEIVED, ministry, title=title, content=master.submission.content)
    page = office.get(addresses.duplicate_url(same.pk, master.number))
    assert (page.context["beside"].percent, page.context["beside"].differing) == (100, [])
    assert "Giống nhau từng chữ." in page.content.decode()


def test_a_number_that_cannot_be_the_other_case_is_answered_by_what_is_wrong(
    ministry: Ministry, as_user: Any
) -> None:
    case = make_case(Status.RECEIVED, ministry)
    office = as_user(ministry.intake)
    for typed, sentence in (
        (case.number.lower(), "Đây chính là hồ sơ này. Xin ghi mã của hồ sơ kia."),
        ("65", f"Mã hồ sơ chưa đúng dạng. Mã có dạng như {example_number()}."),
        ("PAKN-2000-000001", "Không có hồ sơ nào mang mã này."),
    ):
        refused = press(office, case, Verb.MARK_DUPLICATE, master=typed)
        assert refused.context["form"].errors == {"master": [sentence]}
    with pytest.raises(NotAllowed, match="Đây chính là hồ sơ này"):
        actions.mark_duplicate(case, master=case, by=ministry.intake)


@pytest.mark.every_wagtail
@pytest.mark.parametrize("verb", [Verb.MOVE_TO_COMPLAINT, Verb.HOLD])
def test_who_seals_a_case_comes_back_to_the_list(verb: Verb, ministry: Ministry, as_user: Any) -> None:
    case = make_case(Status.PROCESSING, ministry)
    head = as_user(ministry.head)
    answer = head.post(f"{addresses.move_url(case.pk, verb)}?back=scope%3Dmine", {"version": case.version})
    assert answer["Location"] == addresses.list_url(scope="mine")
    assert Case.objects.get(pk=case.pk).status in SEALED
    assert head.get(addresses.case_url(case.pk)).status_code == 404


@pytest.mark.every_wagtail
def test_required_words_are_asked_for(ministry: Ministry, as_user: Any) -> None:
    case = make_case(Status.PROCESSING, ministry)
    answer = press(as_user(ministry.officer), case, Verb.SEND_BACK, note="  ")
    assert answer.status_code == 200
    assert "note" in answer.context["form"].errors


@pytest.mark.parametrize("verb", sorted(NEEDS_NOTE))
def test_a_line_that_says_nothing_without_words_is_not_written_without_them(
    verb: Verb,
) -> None:
    assert MOVES[verb].form.base_fields["note"].required


def test_no_lock_is_opened_and_nothing_kept_without_a_reason(ministry: Ministry) -> None:
    locked, kept = make_case(Status.SECRET_HOLD, ministry), make_case(Status.RECEIVED, ministry)
    with pytest.raises(NotAllowed, match="Mở khóa"):
        actions.release_hold(locked, by=ministry.inspector, note=" \n")
    with pytest.raises(NotAllowed):
        actions.keep_case(kept, by=ministry.intake, note="")
    assert Case.objects.get(pk=locked.pk).status == Status.SECRET_HOLD
    assert Case.objects.get(pk=kept.pk).status == Status.RECEIVED


def test_who_approves_reads_what_comes_of_it(ministry: Ministry, as_user: Any) -> None:
    case = make_case(Status.DRAFT_REVIEW, ministry)
    Answer.objects.filter(case=case).update(outcome="being_solved")
    page = as_user(ministry.head).get(addresses.move_url(case.pk, Verb.APPROVE_ANSWER)).content.decode()
    assert str(Outcome.BEING_SOLVED.label) in page


@pytest.mark.parametrize(
    ("status", "who", "primary"),
    [
        (Status.SUBMITTED, "intake", Verb.RECEIVE),
        (Status.RECEIVED, "intake", Verb.FORWARD),
        (Status.RETURNED, "intake", Verb.FORWARD),
        (Status.NEED_INFO, "intake", Verb.SUPPLEMENT),
        (Status.ROUTED, "focal", Verb.ASSIGN),
        (Status.PROCESSING, "officer", Verb.DRAFT_ANSWER),
        (Status.COORDINATING, "other_officer", Verb.GIVE_OPINION),
        (Status.DRAFT_REVIEW, "head", Verb.APPROVE_ANSWER),
        (Status.ANSWERED, "officer", Verb.PREPARE_PUBLIC_TEXT),
        # a decision between two acts, so neither is preset
        (Status.SECRET_HOLD, "inspector", None),
        (Status.DENUNCIATION, "inspector", Verb.HAND_OVER),
        (Status.PROCESSING, "auditor", None),
        (Status.REJECTED, "intake", None),
    ],
)
def test_the_likeliest_action_stands_out(
    status: Status, who: str, primary: Verb | None, ministry: Ministry
) -> None:
    case = make_case(status, ministry)
    buttons = buttons_for(Dossier(case, scope_of(getattr(ministry, who))))
    assert (buttons.primary.verb if buttons.primary else None) == primary


def test_what_is_missing_is_asked_for_in_words(ministry: Ministry, as_user: Any, section: Any) -> None:
    case = make_case(Status.PROCESSING, ministry)
    errors = press(as_user(ministry.officer), case, Verb.REQUEST_OPINION).context["form"].errors
    assert errors == {"unit": ["Xin chọn một mục ở đây."], "note": ["Xin ghi vào đây."]}


def test_what_is_outside_competence_is_guided_and_not_refused(ministry: Ministry, as_user: Any) -> None:
    """No letter is enclosed to a refusal, so the reason leads to where the sender is told whom to ask."""
    office = as_user(ministry.intake)
    reason = RefusalReason.objects.get(code="out_of_competence")
    for status in (Status.RECEIVED, Status.NEED_INFO):
        case = make_case(status, ministry)
        led = press(office, case, Verb.REFUSE, reason=reason.pk, note="Xin hỏi Bộ Y tế.")
        assert led.context["verb"] == Verb.GUIDE
        assert led.context["form"].initial["note"] == "Xin hỏi Bộ Y tế."
        press(office, case, Verb.GUIDE, note="Xin hỏi Bộ Y tế.")
        found = Case.objects.get(pk=case.pk)
        assert (found.status, found.supplement_due_on) == (Status.OUT_OF_SCOPE, None)


@pytest.mark.parametrize("code", sorted(actions.NAMED_IN_NOTE))
def test_a_reason_that_speaks_of_something_names_it(code: str, ministry: Ministry, as_user: Any) -> None:
    case, office = make_case(Status.RECEIVED, ministry), as_user(ministry.intake)
    reason = RefusalReason.objects.get(code=code)
    assert "note" in press(office, case, Verb.REFUSE, reason=reason.pk, note="").context["form"].errors
    with pytest.raises(NotAllowed):
        actions.refuse_case(Case.objects.get(pk=case.pk), reason=reason, by=ministry.intake)
    press(office, case, Verb.REFUSE, reason=reason.pk, note="Thư số 12 ngày 01/10/2026.")
    assert Case.objects.get(pk=case.pk).status == Status.REJECTED


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_refusal_speaks_of_what_is_enclosed(language: str) -> None:
    for row in read("refusal_reasons", language):
        assert not re.search("kèm theo|đính kèm|enclosed|attached", row["public_text"]), row["code"]


def test_a_refusal_offers_to_send_again_only_where_its_reason_does(ministry: Ministry) -> None:
    for code, offers in (("not_vietnamese", True), ("court_judgment", False)):
        case = make_case(Status.RECEIVED, ministry)
        actions.refuse_case(case, reason=RefusalReason.objects.get(code=code), by=ministry.intake)
        assert ("gửi lại" in public_words.what_next(Case.objects.get(pk=case.pk))) == offers


def test_a_reason_is_reworded_where_nobody_did(ministry: Ministry) -> None:
    step = import_module("pakn_portal.migrations.0020_no_letter_enclosed")
    reason = RefusalReason.objects.get(code="out_of_competence")
    for before, now in [*step.REWORDED.items(), ("Lời riêng của Bộ.", "Lời riêng của Bộ.")]:
        RefusalReason.objects.filter(pk=reason.pk).update(public_text=before)
        step.reword(apps, None)
        assert RefusalReason.objects.get(pk=reason.pk).public_text == now
    shipped = {row["public_text"] for name in ("vi", "en") for row in read("refusal_reasons", name)}
    assert set(step.REWORDED.values()) <= shipped


def test_the_load_stands_beside_each_name(ministry: Ministry, as_user: Any) -> None:
    make_case(Status.PROCESSING, ministry)
    case = make_case(Status.ROUTED, ministry)
    html = as_user(ministry.focal).get(addresses.move_url(case.pk, Verb.ASSIGN)).content.decode()
    assert "Trịnh Thị Hải Yến – đang giữ 1" in html
    assert "Bùi Gia Hân – đang giữ 0" in html
    assert "Vũ Đình Khải, lãnh đạo đơn vị – đang giữ 0" in html


@pytest.mark.parametrize("verb", [Verb.UNPUBLISH, Verb.CORRECT])
def test_what_everybody_reads_names_nobody(
    ministry: Ministry, as_user: Any, section: Any, verb: Verb
) -> None:
    """Refused beside the field; it went out with holes in it."""
    case = make_case(Status.PUBLISHED, ministry)
    words = {"title": "Hỏi lại", "question": "Còn không?", "answer": "Còn, trong 4 tháng."}
    press(as_user(ministry.officer), case, Verb.PREPARE_PUBLIC_TEXT, **words, confirmed="")
    note, version = "Ông Nguyễn Văn An, 0912 345 678, báo sai.", Case.objects.get(pk=case.pk).version
    typed = {"version": version, "note": note}
    page = as_user(ministry.publisher).post(addresses.move_url(case.pk, verb), typed)
    assert "0912 345 678" in page.context["form"].errors["note"][0]
    assert page.context["form"]["note"].value() == note
    assert Case.objects.get(pk=case.pk).version == version
