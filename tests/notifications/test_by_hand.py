"""A sender without e-mail is never told by the system: somebody tells them, and says so."""

from __future__ import annotations

import smtplib
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail as outbox
from django.core.mail.backends.locmem import EmailBackend as LocmemBackend
from django.utils.translation import gettext as _

from pakn_portal import clock
from pakn_portal.answers.actions import prepare_public_text
from pakn_portal.answers.step_limits import limits_of
from pakn_portal.cases import actions
from pakn_portal.cases.enums import Status, ToldBy, Verb
from pakn_portal.cases.models import Case
from pakn_portal.flow.errors import NotAllowed
from pakn_portal.management.verify.mails import sent
from pakn_portal.management.verify.progress import silent
from pakn_portal.notifications.by_hand.actions import ask_by_hand, give_notice
from pakn_portal.notifications.by_hand.letter import letter_of, printed_mail
from pakn_portal.notifications.by_hand.models import ManualNotice
from pakn_portal.notifications.edited.models import MailTemplate
from pakn_portal.notifications.enums import MailState
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.outbox.retry import try_again
from pakn_portal.notifications.outbox.sending import send_due_mails
from pakn_portal.notifications.petition.rules import RULES, To
from pakn_portal.notifications.petition.sweeps import sweep_deadlines
from pakn_portal.pages.answers.actions import correct_answer
from pakn_portal.pages.tracking.words import milestones, what_next
from pakn_portal.people.scope import scope_of
from pakn_portal.routing import actions as routing
from pakn_portal.snippets.enums import Step
from pakn_portal.snippets.models import Agency, DeadlineRule, RefusalReason
from pakn_portal.staff.notices.rows import NoticeRow, notices_for
from pakn_portal.submissions.models import MailLink, Submission
from tests.factories import Ministry, make_case
from tests.fixtures.saved import saved

pytestmark = pytest.mark.django_db

BY_POST: dict[str, Any] = {"sender": {"email": "", "phone": "0911222333"}}


def open_of(case: Case) -> list[str]:
    notices = ManualNotice.objects.open().filter(mail__case=case).order_by("pk")
    return list(notices.values_list("mail__template", flat=True))


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (Status.SUBMITTED, []),
        (Status.RECEIVED, ["received"]),
        (Status.NEED_INFO, ["received", "supplement_requested"]),
        (Status.REJECTED, ["refused"]),
        (Status.EXTENDED, ["received", "deadline_extended"]),
        (Status.PUBLISHED, ["received", "answered", "published"]),
        (Status.COMPLAINT, ["complaint"]),
        (Status.WITHDRAWN, []),
    ],
)
def test_each_mail_that_would_have_gone_waits_for_somebody(
    who: Ministry, status: Status, expected: list[str]
) -> None:
    case = make_case(status, who, **BY_POST)
    assert open_of(case) == expected
    send_due_mails()
    assert [message for message in outbox.outbox if "Kính gửi ông/bà" in message.body] == []
    assert not OutgoingMail.objects.filter(to_sender__isnull=False, state=MailState.SENT).exists()


def test_who_has_an_address_gets_mails_and_nothing_waits(who: Ministry) -> None:
    make_case(Status.PUBLISHED, who)
    assert not ManualNotice.objects.exists()


def test_every_mail_to_a_sender_waits_for_somebody(who: Ministry) -> None:
    """That of a new verb without a further line."""
    templates = {rule.template for rule in RULES if rule.to == To.SENDER}
    for status in Status:
        case = make_case(status, who, **BY_POST)
        if status == Status.COMPLAINT:
            actions.guide_again(case, by=who.inspector, note="Gửi Ban Tiếp công dân tỉnh.")
            paper: dict[str, Any] = {"paper_number": "12/BNV-TTr", "paper_dated_on": clock.today()}
            actions.hand_over(case, unit=who.other_unit, by=who.inspector, **paper)
        if status == Status.PUBLISHED:
            words = {"title": "Thời hạn", "question": "Trong bao lâu?", "answer": "Trong 90 ngày."}
            prepare_public_text(case, **words, by=who.officer)
            correct_answer(case, by=who.publisher, note="Sửa thời hạn.")
    waited = set(ManualNotice.objects.values_list("mail__template", flat=True))
    assert templates - waited == {"receipt", "withdrawn"}


def test_it_is_with_the_unit_that_acted(who: Ministry) -> None:
    case = make_case(Status.EXTENDED, who, **BY_POST)
    units = dict(ManualNotice.objects.filter(mail__case=case).values_list("mail__template", "unit"))
    assert units == {"received": None, "deadline_extended": who.unit.pk}
    mine = ManualNotice.objects.for_work_of
    # the letter of the unit tells what the office had to tell
    assert [n.mail.template for n in mine(scope_of(who.officer))] == ["deadline_extended"]
    for other in (who.intake, who.other_officer, who.publisher, who.leader, who.inspector, who.nobody):
        assert list(mine(scope_of(other))) == []


def test_what_a_sealed_case_has_to_tell_is_the_keepers(who: Ministry) -> None:
    case = make_case(Status.COMPLAINT, who, **BY_POST)
    assert list(ManualNotice.objects.for_work_of(scope_of(who.intake))) == []
    notice = ManualNotice.objects.for_work_of(scope_of(who.inspector)).get(mail__template="complaint")
    give_notice(notice, way=ToldBy.LETTER, by=who.inspector)
    assert open_of(case) == []


def test_what_was_written_before_the_seal_is_told_no_more(who: Ministry) -> None:
    """That it was taken in and will be answered, of a denunciation, is no more so."""
    case = make_case(Status.PROCESSING, who, **BY_POST)
    assert open_of(case) == ["received"]
    actions.move_to_denunciation(case, by=who.head)
    assert open_of(case) == ["denunciation"]
    of_keeper = ManualNotice.objects.for_work_of(scope_of(who.inspector))
    assert [notice.mail.template for notice in of_keeper] == ["denunciation"]


def test_it_stays_open_until_somebody_says_who_when_and_how(who: Ministry) -> None:
    case = make_case(Status.RECEIVED, who, **BY_POST)
    notice = ManualNotice.objects.get()
    give_notice(notice, way=ToldBy.TELEPHONE, by=who.intake, note="Gặp chị Cúc lúc 9 giờ.")
    assert (notice.given_by, notice.way, notice.given_at is not None) == (who.intake, "telephone", True)
    line = case.events.order_by("sequence").last()
    assert line is not None
    assert (line.verb, line.data) == (Verb.NOTE, {"told": "received", "way": "telephone"})
    assert open_of(case) == []


def test_what_is_owed_in_writing_is_not_told_by_a_call(who: Ministry) -> None:
    """Of a refusal whose reason wants a written notice; the limit of it runs on."""
    by_post = {"sender": {**BY_POST["sender"], "address": "Số 5, phường Mẫu"}}
    reason = RefusalReason.objects.get(code="court_judgment")
    case = make_case(Status.RECEIVED, who, **by_post)
    actions.refuse_case(case, reason=reason, by=who.intake)
    notice = ManualNotice.objects.get(mail__template="refused")
    with pytest.raises(NotAllowed, match="bằng văn bản"):
        give_notice(notice, way=ToldBy.TELEPHONE, by=who.intake)
    assert open_of(case)[-1:] == ["refused"]
    assert [one.limit.step for one in limits_of(case)] == [Step.REFUSAL_NOTICE]
    give_notice(notice, way=ToldBy.LETTER, by=who.intake)
    assert (open_of(case), limits_of(case)) == ([], [])


def test_a_call_is_all_that_there_is_to_a_sender_without_an_address(who: Ministry) -> None:
    case = make_case(Status.RECEIVED, who, sender={**BY_POST["sender"], "address": ""})
    actions.refuse_case(case, reason=RefusalReason.objects.get(code="court_judgment"), by=who.intake)
    notice = ManualNotice.objects.get(mail__template="refused")
    give_notice(notice, way=ToldBy.TELEPHONE, by=who.intake, note="Hẹn đến lấy văn bản.")
    assert open_of(case) == []


def test_the_sheet_is_the_notice_in_writing_where_there_is_no_other_letter(who: Ministry) -> None:
    refused = make_case(Status.RECEIVED, who, **BY_POST)
    actions.refuse_case(refused, reason=RefusalReason.objects.get(code="court_judgment"), by=who.intake)
    make_case(Status.COMPLAINT, who, **BY_POST)
    # the slip of a referral goes to the other agency
    DeadlineRule.objects.filter(step="refer").update(needs_written_notice=True)
    referred = make_case(Status.RECEIVED, who, **BY_POST)
    actions.refer_case(referred, agency=Agency.objects.get(code="bo-y-te"), by=who.intake)
    templates = ["refused", "complaint", "referred"]
    sheets = {
        notice.mail.template: printed_mail(notice.mail).body
        for notice in ManualNotice.objects.filter(mail__template__in=templates)
    }
    assert "bằng văn bản" not in sheets["refused"] + sheets["complaint"]
    assert "Bộ gửi thư này để thông báo bằng văn bản tới ông/bà." in sheets["referred"]
    assert "Thư này là thông báo bằng văn bản của Bộ" not in sheets["referred"]
    assert "tới ông/bà.\n\nÔng/bà có thể xem" in sheets["referred"]


@pytest.mark.parametrize("status", [Status.COMPLAINT, Status.DENUNCIATION])
@pytest.mark.parametrize(
    ("channel", "is_asked_again"), [("post", False), ("in_person", False), ("web", True)]
)
def test_what_came_in_a_lawful_form_is_not_asked_for_again(
    who: Ministry, status: Status, channel: str, is_asked_again: bool
) -> None:
    case = make_case(status, who, **BY_POST)
    Submission.objects.filter(pk=case.submission_id).update(channel=channel)
    case = Case.objects.get(pk=case.pk)
    letter = printed_mail(ManualNotice.objects.leading().get(mail__case=case).mail).body
    told = [letter, what_next(case)]
    assert ["không phải gửi lại" in words for words in told] == [not is_asked_again] * 2
    assert ["đến trực tiếp" in letter, "trình tự riêng" in milestones(case)[-1].sentence] == [
        is_asked_again,
        True,
    ]


def test_the_sender_hears_that_it_was_handed_over(who: Ministry) -> None:
    """Of a denunciation not to whom; the same receiver once."""
    for status, is_named in ((Status.COMPLAINT, True), (Status.DENUNCIATION, False)):
        case = make_case(status, who, **BY_POST)
        for number in ("12/BNV-TTr", "13/BNV-TTr"):
            paper: dict[str, Any] = {"paper_number": number, "paper_dated_on": clock.today()}
            actions.hand_over(case, unit=who.other_unit, by=who.inspector, note="Cho đồng nghiệp.", **paper)
        notice = ManualNotice.objects.get(mail__case=case, mail__template="handed_over")
        letter = printed_mail(notice.mail).body
        assert "có văn bản chuyển nội dung hồ sơ" in letter
        assert (str(who.other_unit) in letter) == is_named
        assert case.submission.title not in letter
        assert "Cho đồng nghiệp" not in letter
        assert "13/BNV" not in letter
        assert milestones(case)[-1].sentence == "Đã chuyển đến cơ quan, đơn vị có thẩm quyền."


def test_a_letter_that_was_entered_later_arrived_on_its_day(who: Ministry) -> None:
    case = make_case(Status.RECEIVED, who, **BY_POST)
    came = clock.now() - timedelta(days=10)
    Submission.objects.filter(pk=case.submission_id).update(channel="post", received_at=came)
    assert milestones(Case.objects.get(pk=case.pk))[0].at == came


def test_it_is_said_once(who: Ministry) -> None:
    case = make_case(Status.RECEIVED, who, **BY_POST)
    notice = ManualNotice.objects.get()
    give_notice(notice, way=ToldBy.LETTER, by=who.intake)
    lines = case.events.count()
    with pytest.raises(NotAllowed, match="Đồng nghiệp đã báo"):
        give_notice(notice, way=ToldBy.TELEPHONE, by=who.intake)
    assert (case.events.count(), ManualNotice.objects.get().way) == (lines, "letter")


def test_one_letter_and_one_mark_tell_all_that_is_open(who: Ministry) -> None:
    case = make_case(Status.PUBLISHED, who, **BY_POST)
    first, second, last = ManualNotice.objects.select_related("mail").order_by("mail")
    for days, notice in ((30, first), (2, second), (0, last)):
        OutgoingMail.objects.filter(pk=notice.mail_id).update(created_at=clock.now() - timedelta(days=days))
    told = list(ManualNotice.objects.told_with(last))
    assert list(ManualNotice.objects.leading()) == [last]
    letter = letter_of([one.mail for one in told])
    days = [f"{clock.today() - timedelta(days=ago):Ngày %d/%m/%Y:}" for ago in (30, 2, 0)]
    places = [letter.body.index(words) for words in days]
    assert places == sorted(places)
    assert "Văn phòng Bộ đã tiếp nhận hồ sơ" in letter.body
    assert "đang chọn đơn vị" not in letter.body
    assert "chậm nhất" not in letter.body
    assert letter.body.count("Tiêu đề:") == 1
    lines = case.events.count()
    give_notice(last, way=ToldBy.LETTER, by=who.officer, note="Gửi bưu điện.")
    marked = case.events.order_by("sequence")[lines:]
    assert [line.data["told"] for line in marked] == ["received", "answered", "published"]
    assert [line.note for line in marked].count("Gửi bưu điện.") == 1
    assert open_of(case) == []
    assert [*ManualNotice.objects.told_with(last)] == told
    assert list(sent(silent)) == []


def test_a_letter_printed_later_says_the_day_of_the_act(who: Ministry) -> None:
    case = make_case(Status.RECEIVED, who, **BY_POST)
    OutgoingMail.objects.filter(case=case).update(created_at=clock.now() - timedelta(days=3))
    letter = printed_mail(ManualNotice.objects.get().mail)
    assert f"{clock.today() - timedelta(days=3):Ngày %d/%m/%Y:}" in letter.body
    assert "đang" not in letter.body


def test_words_of_the_ministrys_own_have_no_hole(who: Ministry) -> None:
    own = "Bộ trả lời trước {{ hạn trả lời }}."
    saved(MailTemplate, mail="received", subject="Đã nhận", body=own)
    case = make_case(Status.EXTENDED, who, **BY_POST)
    letter = letter_of([notice.mail for notice in ManualNotice.objects.order_by("mail")])
    first = OutgoingMail.objects.get(case=case, template="received").context["due_on"]
    assert f" {date.fromisoformat(first):%d/%m/%Y}.\n" in letter.body.partition("Rất xin lỗi")[0]


def test_what_came_up_after_the_letter_was_opened_stays_open(who: Ministry) -> None:
    case = make_case(Status.EXTENDED, who, **BY_POST)
    give_notice(ManualNotice.objects.get(mail__template="received"), way=ToldBy.LETTER, by=who.intake)
    assert open_of(case) == ["deadline_extended"]


@pytest.mark.parametrize("name", ["other_officer", "publisher", "leader", "auditor", "nobody"])
def test_strangers_cannot_say_it(who: Ministry, name: str) -> None:
    make_case(Status.PROCESSING, who, **BY_POST)
    notice = ManualNotice.objects.get()
    with pytest.raises(NotAllowed):
        give_notice(notice, way=ToldBy.LETTER, by=getattr(who, name))
    assert ManualNotice.objects.open().count() == 1


def test_the_letter_says_what_the_mail_would_and_opens_nothing(who: Ministry) -> None:
    case = make_case(Status.RECEIVED, who, **BY_POST)
    links = MailLink.objects.count()
    letter = printed_mail(ManualNotice.objects.get().mail)
    assert letter.subject == f"Hồ sơ {case.number}: đã tiếp nhận"
    assert case.submission.title in letter.body
    assert "tự động" not in letter.body
    assert "#" not in letter.body
    assert MailLink.objects.count() == links


def test_who_waits_longer_than_the_term_is_told_by_hand_too(who: Ministry) -> None:
    case = make_case(Status.PROCESSING, who, **BY_POST)
    assert case.due_on is not None
    late = case.due_on + timedelta(days=40)
    with clock.acting_at(_noon(late)):
        sweep_deadlines()
    assert open_of(case)[-1] == "progress"
    assert ManualNotice.objects.get(mail__template="progress").unit == who.unit


def _noon(day: date) -> Any:
    return clock.now().replace(year=day.year, month=day.month, day=day.day, hour=5)


def test_senders_of_joined_cases_are_told_by_hand_too(who: Ministry) -> None:
    master = make_case(Status.RECEIVED, who)
    joined = make_case(**BY_POST)
    actions.mark_duplicate(joined, master=master, by=who.intake)
    assert open_of(joined) == ["duplicate"]


def test_a_mail_says_whom_to_call_and_which_case_it_is_about(who: Ministry, settings: Any) -> None:
    settings.PAKN_PORTAL = {
        **settings.PAKN_PORTAL,
        "MINISTRY_PHONE": "1900 0000",
        "MINISTRY_HOURS": "8:00–17:00, ngày làm việc",
    }
    case = make_case(Status.SUBMITTED, who)
    actions.refuse_case(case, reason=RefusalReason.objects.get(code="unclear"), by=who.intake)
    send_due_mails()
    assert [("đã nhận" in message.subject) for message in outbox.outbox] == [True, False]
    for message in outbox.outbox:
        assert "Điện thoại giải đáp: 1900 0000 (8:00–17:00, ngày làm việc)" in message.body
        is_receipt = "đã nhận" in message.subject
        assert (f"Tiêu đề: {case.submission.title}" in message.body) != is_receipt
        assert f"Mã hồ sơ: {case.number}" in message.body


def test_no_mail_carries_an_address_that_a_stranger_put_into_the_title(who: Ministry) -> None:
    """H74: somebody else's mailbox is no place for their links, whatever staff press."""
    case = make_case(Status.RECEIVED, who, title="Mua ngay tại http://xau.example")
    send_due_mails()
    mails = [message for message in outbox.outbox if message.to == [case.submission.sender.email]]
    assert len(mails) == 2
    assert [message for message in mails if "xau.example" in message.body] == []


def test_verify_finds_a_notice_that_is_gone_or_was_ticked_past_the_register(who: Ministry) -> None:
    case = make_case(Status.REJECTED, who, **BY_POST)
    assert list(sent(silent)) == []
    ManualNotice.objects.update(given_at=clock.now(), given_by=who.intake, way="letter")
    assert list(sent(silent)) == [f"case {case.pk}: notices given by hand do not fit its register"]
    ManualNotice.objects.all().delete()
    (found,) = sent(silent)
    assert "nobody is asked to" in found


def test_a_mail_that_was_given_up_is_told_by_hand_until_it_leaves_after_all(
    who: Ministry, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = make_case(Status.RECEIVED, who)
    send_due_mails()
    actions.request_supplement(case, by=who.intake, note="Xin gửi giấy.")
    refused = smtplib.SMTPDataError(550, b"5.6.0 content refused")
    with monkeypatch.context() as patch:
        patch.setattr(LocmemBackend, "send_messages", lambda *given: (_ for _ in ()).throw(refused))
        send_due_mails()
    assert open_of(case) == ["supplement_requested"]
    mails = OutgoingMail.objects.filter(template="supplement_requested")
    assert mails.get().state == MailState.FAILED
    try_again(mails, by=who.intake)  # type: ignore[arg-type]
    send_due_mails()
    assert mails.get().state == MailState.SENT
    assert open_of(case) == []


@pytest.mark.parametrize("to", ["recalled", "sent back", "forwarded"])
def test_it_goes_along_with_the_case(who: Ministry, to: str) -> None:
    """Whoever has the case now tells its sender; nobody sees it in a list whose case they cannot open."""
    case = make_case(Status.EXTENDED, who, **BY_POST)
    if to == "sent back":
        routing.send_back(case, by=who.focal, note="Không thuộc thẩm quyền.")
    else:
        routing.recall_case(case, by=who.intake, note="Chuyển nhầm.")
    if to == "forwarded":
        routing.forward_case(case, to_unit=who.other_unit, by=who.intake)

    def waiting(user: Any) -> dict[str, str]:
        rows = [NoticeRow(notice) for notice in notices_for(scope_of(user))]
        return {row.notice.mail.template: row.who for row in rows}

    office = str(_("Ministry Office"))
    is_theirs = to == "forwarded"
    assert waiting(who.intake) == ({} if is_theirs else {"deadline_extended": office})
    assert waiting(who.other_head) == ({"deadline_extended": str(who.other_unit)} if is_theirs else {})
    assert waiting(who.focal) == waiting(who.officer) == {}


def test_of_the_words_that_it_is_not_finished_yet_only_the_last_waits(who: Ministry) -> None:
    case = make_case(Status.PROCESSING, who, **BY_POST)
    assert case.due_on is not None
    for days in (8, 16, 24):
        with clock.acting_at(_noon(case.due_on + timedelta(days=days))):
            sweep_deadlines()
    told = ManualNotice.objects.filter(mail__template="progress").order_by("pk")
    assert told.count() == 3
    assert open_of(case) == ["received", "progress"]
    newest = told.last()
    assert [n.pk for n in ManualNotice.objects.for_work_of(scope_of(who.officer))] == [newest.pk]
    # who had the older one on the screen has told the sender all the same
    give_notice(told[0], way=ToldBy.TELEPHONE, by=who.officer)
    give_notice(newest, way=ToldBy.TELEPHONE, by=who.officer)
    with clock.acting_at(_noon(case.due_on + timedelta(days=24))):
        send_due_mails()
        assert list(sent(silent)) == []


def test_who_does_not_wait_any_more_is_not_told_that_they_have_to(who: Ministry) -> None:
    case = make_case(Status.PROCESSING, who, **BY_POST)
    assert case.due_on is not None
    with clock.acting_at(_noon(case.due_on + timedelta(days=8))):
        sweep_deadlines()
        actions.withdraw_case(case)
    assert open_of(case) == ["received"]


def test_a_worker_that_was_too_slow_asks_nobody(who: Ministry, monkeypatch: pytest.MonkeyPatch) -> None:
    """Meanwhile another one had taken the mail, and it has left."""
    make_case(Status.RECEIVED, who)

    def too_late(backend: Any, messages: Any) -> None:
        OutgoingMail.objects.update(state=MailState.SENT, sent_at=clock.now(), sealed="")
        raise smtplib.SMTPDataError(550, b"5.6.0 content refused")

    monkeypatch.setattr(LocmemBackend, "send_messages", too_late)
    assert send_due_mails().failed == 0
    assert not ManualNotice.objects.exists()


def test_what_a_slow_worker_could_send_after_all_stays_with_somebody(
    who: Ministry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given up by another one meanwhile: the row says so, and so does the list."""
    make_case(Status.RECEIVED, who)
    OutgoingMail.objects.update(last_error="TimeoutError")

    def given_up(backend: Any, messages: Any) -> None:
        OutgoingMail.objects.update(state=MailState.FAILED, sealed="")
        for mail in OutgoingMail.objects.filter(manual_notice=None):
            ask_by_hand(mail)

    monkeypatch.setattr(LocmemBackend, "send_messages", given_up)
    send_due_mails()
    assert list(sent(silent)) == []


def test_verify_finds_a_sender_who_was_given_up_and_whom_nobody_is_to_tell(who: Ministry) -> None:
    make_case(Status.RECEIVED, who)
    mail = OutgoingMail.objects.get(template="received")
    OutgoingMail.objects.update(state=MailState.FAILED, sealed="")
    found = list(sent(silent))
    assert f"mail {mail.pk} to a sender was given up, and nobody is asked to tell them" in found
    for one in OutgoingMail.objects.all():
        ask_by_hand(one)
    assert list(sent(silent)) == []


@pytest.mark.parametrize("title", ["Mua tại XAU.EXAMPLE", "Xem Xau.Com ngay", "WWW.xau", "HTTP://xau"])
def test_a_link_in_capitals_is_a_link(who: Ministry, title: str) -> None:
    make_case(Status.RECEIVED, who, title=title)
    send_due_mails()
    assert [message for message in outbox.outbox if title in message.body] == []


@pytest.mark.parametrize(
    "title",
    ["Trợ cấp ở TP.HCM", "Điều 5.Quy định về lương", "GS.TS nghỉ hưu", "Nộp ở TT.BHXH", "quyet dinh.Co dung"],
)
def test_an_abbreviation_or_a_missing_blank_is_no_link(who: Ministry, title: str) -> None:
    make_case(Status.RECEIVED, who, title=title)
    send_due_mails()
    assert f"Tiêu đề: {title}" in outbox.outbox[-1].body


def test_a_sender_alone_writes_to_nobody_in_their_words(who: Ministry) -> None:
    """H74: what nobody of the ministry has looked at leaves the house in no mail, and no mail that one person
    can bring about goes without a limit.
    """
    words = "Lời rủ rê của người lạ"
    case = make_case(Status.SUBMITTED, who, title=words, content=words)
    assert case.due_on is not None
    with clock.acting_at(_noon(case.due_on + timedelta(days=8))):
        sweep_deadlines()
        actions.withdraw_case(case)
        send_due_mails()
    to_sender = [message for message in outbox.outbox if message.to == [case.submission.sender.email]]
    assert len(to_sender) == 3
    assert [message for message in to_sender if words in message.subject + message.body] == []


def test_what_was_taken_back_is_told_as_seldom_as_a_receipt(who: Ministry) -> None:
    for _time in range(4):
        case = make_case(Status.SUBMITTED, who)
        actions.withdraw_case(case)
    assert send_due_mails().withheld == 2
    assert sum(message.to == [case.submission.sender.email] for message in outbox.outbox) == 6
