"""It is a state secret: two steps, one transaction, and nothing of it is left; the paper register has it."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core import mail as django_mail
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.serializers.json import DjangoJSONEncoder
from django.test import Client
from django.utils import timezone

from example_site.demo.files import written
from pakn_portal import clock
from pakn_portal.answers import actions as answering
from pakn_portal.answers.files.public import offered
from pakn_portal.answers.models import Answer, AnswerVersion, PublicFile
from pakn_portal.cases import actions
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.intake import add_to
from pakn_portal.cases.models import Case
from pakn_portal.cases.register import broken_lines
from pakn_portal.flow.errors import Conflict
from pakn_portal.notifications.enums import MailState
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.outbox.sending import send_due_mails
from pakn_portal.notifications.petition.rules import DUPLICATES
from pakn_portal.pages.answers.actions import (
    correct_answer,
    page_of_case,
    publish_answer,
    request_publication,
)
from pakn_portal.people.scope import scope_of
from pakn_portal.routing import actions as routing
from pakn_portal.staff import addresses
from pakn_portal.staff.cases.waiting import worklists
from pakn_portal.submissions import secrets
from pakn_portal.submissions.actions import add_supplement
from pakn_portal.submissions.models import Attachment, KeptWords, Supplement, kinds_of_files
from pakn_portal.submissions.storage import private_storage
from pakn_portal.submissions.uploads import take_uploads
from tests.factories import Ministry, make_case, make_user
from tests.fixtures.old_register import make_old
from tests.pages.test_tracking import open_case
from tests.staff.conftest import As
from tests.staff.test_moves import press
from tests.staff.test_sealed_acts import offences

pytestmark = [pytest.mark.django_db, pytest.mark.exhaustive]

#: In every text of the case, as it was typed and as a search or an address has it.
WORD = "kanarivogel"
PAPER = {"paper_number": "05/2026/BMNN", "is_copied": "on"}


@pytest.fixture
def keeper(ministry: Ministry, as_user: As) -> Client:
    return as_user(ministry.inspector)


@pytest.fixture
def case(ministry: Ministry, section: Any, as_user: As) -> Case:
    """On the site and corrected there, an officer's draft on the server, mails that wait; then somebody
    noticed.
    """
    sender = {
        "full_name": f"Trần {WORD} Văn",
        "address": f"Số 1 {WORD}",
        "organisation": f"Nhóm bạn {WORD} xa",
    }
    case = make_case(
        Status.NEED_INFO, ministry, title=f"Hỏi về {WORD}", content=f"Tôi biết {WORD} rõ.", sender=sender,
        concerned_unit=WORD,
    )  # fmt: skip
    case.submission.secret_hash = secrets.hash_secret("ABC", case.submission.pk)
    case.submission.save()
    _file(case, name=f"{WORD}.pdf")
    supplement = add_supplement(case.submission, content=f"Thêm: {WORD}.")
    actions.supplement_case(case, supplement=supplement)
    _file(case, name=f"{WORD}2.pdf", supplement=supplement)
    routing.forward_case(case, to_unit=ministry.unit, by=ministry.intake, note=f"Xem {WORD}.")
    routing.assign_case(case, officer=ministry.officer, by=ministry.focal)
    routing.request_opinion(
        case, unit=ministry.other_unit, by=ministry.officer, note=f"{WORD}?", form_key=_waiting_file()
    )
    routing.give_opinion(case, by=ministry.other_officer, note=f"Ý kiến về {WORD}.", form_key=_waiting_file())
    routing.extend_deadline(case, by=ministry.head, note=f"Vì {WORD}.")
    for text in ("Một", "Hai"):
        answering.draft_answer(
            case, body=f"{text} {WORD}.", legal_bases=WORD, outcome="explained", by=ministry.officer,
            form_key=_waiting_file(),
        )  # fmt: skip
    answering.submit_answer(case, by=ministry.officer)
    answering.approve_answer(case, by=ministry.head)
    _prepare(case, ministry, f"Đáp về {WORD}.")
    request_publication(case, by=ministry.officer)
    publish_answer(case, by=ministry.publisher, files=[file.key for file in offered(case)][:1])
    assert PublicFile.objects.exists()
    _prepare(case, ministry, f"Đáp lại về {WORD}.")
    correct_answer(case, by=ministry.second_publisher, note=f"Sửa {WORD}.")
    officer = as_user(ministry.officer)
    url = addresses.move_url(case.pk, Verb.NOTE)
    officer.post(url, {"version": case.version, "note": f"Nháp {WORD}", "keep_draft": "1"})
    assert KeptWords.objects.filter(place__contains=f"/{case.pk}/").exclude(saved_at=None).exists()
    actions.hold_case(case, by=ministry.officer, note=f"{WORD} có dấu MẬT.")
    return case


def _prepare(case: Case, ministry: Ministry, answer: str) -> None:
    words = {"title": f"Về {WORD}", "question": f"{WORD} là gì?", "answer": answer}
    answering.prepare_public_text(case, **words, by=ministry.officer)


def _waiting_file() -> str:
    """The key of a form with a file that waits for it."""
    form_key = secrets.issue_form_key()
    file = SimpleUploadedFile(f"{WORD}.docx", written([f"Mẫu về {WORD}."]))
    assert take_uploads([file], form_key=form_key, address="staff-1", is_staff=True).errors == []
    return form_key


def _file(case: Case, name: str, supplement: Any = None) -> None:
    Attachment.objects.create(
        submission=case.submission, supplement=supplement, file=ContentFile(WORD.encode(), name=name),
        name=name, size=len(WORD), content_type="application/pdf", sha256="-", state="available",
    )  # fmt: skip


def places() -> list[str]:
    """Every table of the database in which the word stands, in any row and column."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        for row in model._base_manager.values().iterator():
            if WORD in json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False, default=str).lower():
                found.append(model._meta.label)
                break
    return found


def confirm(client: Client, case: Case, **more: Any) -> Any:
    """Both steps; the answer to the second."""
    url = addresses.move_url(case.pk, Verb.CONFIRM_SECRET)
    day, read_until = f"{clock.today():%d/%m/%Y}", case.events.count()
    typed = {"version": case.version, **PAPER, "paper_dated_on": day, "read_until": read_until, **more}
    asked = client.post(url, typed)
    form = asked.context["form"]
    return client.post(url, {**typed, "seen": form["seen"].value()})


def test_nothing_of_it_is_left_anywhere(
    case: Case, keeper: Client, django_capture_on_commit_callbacks: Any
) -> None:
    names = [row.file.name for kind in kinds_of_files() for row in kind._default_manager.all()]
    # what was sent and added, a question, an opinion, two versions; the copy for everybody went with the lock
    assert len(names) == 2 + 2 + 2 and len(places()) > 10
    with django_capture_on_commit_callbacks(execute=True):
        assert confirm(keeper, case).status_code == 302
    assert places() == []
    assert [name for name in names if private_storage().exists(name)] == []
    case.refresh_from_db()
    assert (case.status, case.closed_on is not None) == (Status.ON_PAPER, True)
    line = case.events.order_by("sequence").last()
    assert (line.verb, line.note, line.data["paper_number"]) == (Verb.CONFIRM_SECRET, "", "05/2026/BMNN")
    # the register is whole: every line is there, and tells who did what and when
    assert list(broken_lines(case)) == []
    assert offences() == []
    assert not Answer.objects.exists() and not AnswerVersion.objects.exists()


def test_it_is_asked_twice_and_what_changed_between_is_asked_anew(case: Case, keeper: Client) -> None:
    url = addresses.move_url(case.pk, Verb.CONFIRM_SECRET)
    day = f"{clock.today():%d/%m/%Y}"
    typed = {"version": case.version, **PAPER, "paper_dated_on": day, "read_until": case.events.count()}
    first = keeper.post(url, typed)
    assert (first.status_code, "Xóa tất cả ngay" in first.content.decode()) == (200, True)
    seen = first.context["form"]["seen"].value()
    other = keeper.post(url, {**typed, "paper_number": "06/2026/BMNN", "seen": seen})
    assert (other.status_code, other.context["form"]["seen"].value() != seen) == (200, True)
    for wrong in ({"is_copied": ""}, {"paper_number": ""}, {"paper_dated_on": "01/01/2045"}):
        refused = keeper.post(url, {**typed, **wrong, "seen": seen})
        assert refused.context["form"].errors
        assert "Xóa tất cả ngay" not in refused.content.decode()
    case.refresh_from_db()
    assert case.status == Status.SECRET_HOLD and len(places()) > 10


def test_both_acts_stand_side_by_side_and_neither_is_preset(case: Case, keeper: Client) -> None:
    buttons = keeper.get(addresses.case_url(case.pk)).context["buttons"]
    assert buttons.primary is None
    assert [button.verb for button in buttons.beside[:2]] == [Verb.RELEASE_HOLD, Verb.CONFIRM_SECRET]


def test_the_case_page_shows_the_bare_facts(
    case: Case, keeper: Client, ministry: Ministry, as_user: As
) -> None:
    confirm(keeper, case)
    page = keeper.get(addresses.case_url(case.pk))
    html = page.content.decode()
    assert (page.status_code, WORD in html.lower()) == (200, False)
    assert "sổ giấy số 05/2026/BMNN" in html and "Chỉ lưu trên giấy" in html
    assert "pakn-sent" not in html and "pakn-sender" not in html
    assert [button.verb for button in page.context["buttons"].all] == [Verb.NOTE]
    rows = keeper.get(addresses.list_url(scope=worklists.ALL)).content.decode()
    assert case.number in rows and "Chỉ lưu trên giấy" in rows and WORD not in rows.lower()
    exported = keeper.get(addresses.list_url(export="csv"))
    assert WORD not in b"".join(exported).decode().lower()
    assert case not in worklists.cases_in(scope_of(ministry.inspector), worklists.MINE)
    for person in (ministry.intake, ministry.officer, ministry.head, ministry.leader, ministry.auditor):
        assert as_user(person).get(addresses.case_url(case.pk)).status_code == 404


def test_nobody_but_its_keepers_confirms(case: Case, ministry: Ministry, as_user: As) -> None:
    url = addresses.move_url(case.pk, Verb.CONFIRM_SECRET)
    for person in (ministry.intake, ministry.officer, ministry.head, ministry.leader, ministry.publisher):
        client = as_user(person)
        assert client.get(url).status_code == 404
        assert client.post(url, {"version": case.version, **PAPER}).status_code == 404
    assert len(places()) > 10


def test_what_is_not_locked_is_not_wiped(ministry: Ministry, keeper: Client) -> None:
    found = make_case(Status.COMPLAINT, ministry)
    assert confirm_refused(keeper, found)
    found.submission.refresh_from_db()
    assert found.submission.content


def confirm_refused(client: Client, case: Case) -> bool:
    url = addresses.move_url(case.pk, Verb.CONFIRM_SECRET)
    client.post(url, {"version": case.version, **PAPER, "paper_dated_on": f"{clock.today():%d/%m/%Y}"})
    case.refresh_from_db()
    return bool(case.status != Status.ON_PAPER)


def test_its_sender_reads_that_it_is_handled_on_paper(case: Case, keeper: Client, client: Client) -> None:
    confirm(keeper, case)
    page = open_case(client, case, "ABC")
    html = page.content.decode()
    assert page.context["status"] == "Xử lý bằng văn bản giấy"
    assert "Bộ xử lý việc này bằng văn bản giấy" in html
    for word in (WORD, "bí mật", "khóa", "05/2026/BMNN"):
        assert word not in html.lower()
    assert not page.context["may_withdraw"] and 'value="supplement"' not in html


def test_no_mail_leaves_with_its_words(case: Case, keeper: Client) -> None:
    assert OutgoingMail.objects.filter(state=MailState.WAITING).exists()
    confirm(keeper, case)
    send_due_mails()
    assert [sent for sent in django_mail.outbox if WORD in f"{sent.subject}{sent.body}".lower()] == []
    assert not OutgoingMail.objects.filter(case=case, state=MailState.WAITING).exists()


def test_those_joined_to_it_are_locked_with_it(ministry: Ministry, keeper: Client) -> None:
    """The keeper of sealed cases sees none of them until then, and nobody is asked to work on them."""
    master, joined, other = (make_case(Status.RECEIVED, ministry) for _ in range(3))
    actions.mark_duplicate(joined, master=master, by=ministry.intake)
    actions.hold_case(master, by=ministry.intake)
    confirm(keeper, master)
    for case in (master, joined, other):
        case.refresh_from_db()
    assert (master.status, joined.status) == (Status.ON_PAPER, Status.SECRET_HOLD)
    assert other.status == Status.RECEIVED
    assert master.number in joined.events.get(verb=Verb.HOLD).note
    assert not OutgoingMail.objects.filter(template=DUPLICATES).exists()
    actions.release_hold(joined, by=ministry.inspector, note="Không có.")
    told = OutgoingMail.objects.get(template=DUPLICATES, to_user=ministry.intake)
    assert told.context["numbers"] == [joined.number]
    assert offences() == []


def test_what_the_sender_adds_while_it_is_copied_is_not_wiped_unread(
    ministry: Ministry, keeper: Client
) -> None:
    case = make_case(Status.NEED_INFO, ministry)
    actions.hold_case(case, by=ministry.intake)
    url = addresses.move_url(case.pk, Verb.CONFIRM_SECRET)
    read_until = keeper.get(url).context["form"]["read_until"].value()
    add_to(case, content="Thêm một trang.")
    typed = {"version": case.version, **PAPER, "paper_dated_on": f"{clock.today():%d/%m/%Y}"}
    refused = keeper.post(url, {**typed, "read_until": read_until})
    assert "Người gửi vừa bổ sung nội dung." in refused.content.decode()
    assert not refused.context["form"].is_last_look
    with pytest.raises(Conflict):
        actions.confirm_secret(
            case,
            by=ministry.inspector,
            paper_number="1/BM",
            paper_dated_on=clock.today(),
            read_until=read_until,
        )
    assert Supplement.objects.get(submission=case.submission).content == "Thêm một trang."
    again = {**typed, "read_until": refused.context["form"]["read_until"].value()}
    asked = keeper.post(url, again)
    assert asked.context["form"].is_last_look
    assert keeper.post(url, {**again, "seen": asked.context["form"]["seen"].value()}).status_code == 302
    assert not Supplement.objects.exclude(content="").exists()


def test_a_case_that_was_closed_keeps_its_day(ministry: Ministry) -> None:
    noon = timezone.make_aware(datetime(2026, 6, 1, 12))
    with clock.acting_at(noon):
        case = make_case(Status.ANSWERED, ministry)
    before = (case.closed_on, case.due_on)
    with clock.acting_at(noon + timedelta(days=40)):
        actions.hold_case(case, by=ministry.intake)
        actions.confirm_secret(case, by=ministry.inspector, paper_number="1/BM", paper_dated_on=clock.today())
    assert (case.closed_on, case.due_on) == before
    assert list(broken_lines(case)) == []


def test_an_old_line_of_the_register_may_lose_its_note(ministry: Ministry, keeper: Client) -> None:
    """Lines of the first format have their note under the seal itself; a later line tells that it is gone."""
    case = make_case(Status.SECRET_HOLD, ministry)
    make_old(case)
    confirm(keeper, case)
    assert not case.events.exclude(note="").exists()
    assert list(broken_lines(case)) == []


def test_a_page_that_was_public_has_no_address_left(case: Case, keeper: Client, client: Client) -> None:
    page = page_of_case(case)
    assert page is not None and WORD in page.public_slug
    old = f"/{page.get_parent().url.strip('/')}/{page.public_slug}/"
    assert client.get(old).status_code == 410
    confirm(keeper, case)
    assert client.get(old).status_code == 404


def test_the_same_form_sent_once_more_is_not_taken_in_again(case: Case, keeper: Client) -> None:
    before = case.submission.form_key_hash
    confirm(keeper, case)
    case.submission.refresh_from_db()
    assert before and case.submission.form_key_hash == before
    press(keeper, case, Verb.NOTE, note="Đã vào sổ giấy.")
    assert case.events.order_by("sequence").last().note == "Đã vào sổ giấy."


@pytest.fixture
def second(ministry: Ministry, as_user: As) -> Client:
    return as_user(make_user("thanhtra2", "inspector", full_name="Đỗ Thị Sáu"))


def test_who_locked_it_does_not_confirm_it_alone(ministry: Ministry, keeper: Client, second: Client) -> None:
    case = make_case(Status.RECEIVED, ministry)
    actions.hold_case(case, by=ministry.inspector)
    (button,) = [
        button
        for button in keeper.get(addresses.case_url(case.pk)).context["buttons"].all
        if button.verb == Verb.CONFIRM_SECRET
    ]
    assert button.reason == "Bạn đã tạm khóa hồ sơ này, nên phải do người giữ hồ sơ niêm phong khác xác nhận."
    confirm(keeper, case)
    case.refresh_from_db()
    assert case.status == Status.SECRET_HOLD and case.submission.content
    assert confirm(second, case).status_code == 302
    case.refresh_from_db()
    assert case.status == Status.ON_PAPER


def test_who_locked_it_by_confirming_another_one_has_locked_it(
    ministry: Ministry, keeper: Client, second: Client
) -> None:
    master, joined = (make_case(Status.RECEIVED, ministry) for _ in range(2))
    actions.mark_duplicate(joined, master=master, by=ministry.intake)
    actions.hold_case(master, by=ministry.intake)
    assert confirm(keeper, master).status_code == 302
    joined.refresh_from_db()
    confirm(keeper, joined)
    joined.refresh_from_db()
    assert joined.status == Status.SECRET_HOLD and joined.submission.content
    assert confirm(second, joined).status_code == 302
    assert offences() == []


def test_the_last_lock_counts(ministry: Ministry, keeper: Client) -> None:
    case = make_case(Status.RECEIVED, ministry)
    actions.hold_case(case, by=ministry.inspector)
    actions.release_hold(case, by=ministry.inspector, note="Không có.")
    actions.hold_case(case, by=ministry.intake)
    assert confirm(keeper, case).status_code == 302


def test_the_hint_at_the_paper_register_is_its_own(case: Case, keeper: Client) -> None:
    html = keeper.get(addresses.move_url(case.pk, Verb.CONFIRM_SECRET)).content.decode()
    assert "trong sổ đăng ký văn bản mật" in html
    assert "BNV-TTr" not in html
