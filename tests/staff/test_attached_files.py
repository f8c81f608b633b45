"""Files that staff attach to an answer, a question or an opinion: through the checks of senders' files, lost
by nothing, approved with the words, and had by whom they are for.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile as upload
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pakn_portal import clock
from pakn_portal.answers import actions as answering
from pakn_portal.answers.files.listed import files_of, names_in
from pakn_portal.answers.letters.letter import letter_of
from pakn_portal.answers.models import Answer
from pakn_portal.answers.told.proof import is_as_approved
from pakn_portal.cases import actions
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case, CaseFile
from pakn_portal.notifications.messages import words_of
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.routing import actions as routing
from pakn_portal.snippets.enums import LetterKind
from pakn_portal.staff import addresses
from pakn_portal.staff.cases.acts import LOOK
from pakn_portal.staff.cases.moves.forms import AttachingForm
from pakn_portal.staff.cases.moves.table import FORMS
from pakn_portal.submissions import secrets
from pakn_portal.submissions.enums import FileState
from pakn_portal.submissions.models import Attachment, KeptWords, UploadTray
from pakn_portal.submissions.storage import private_storage
from pakn_portal.submissions.tray import sweep_uploads
from tests.factories import Ministry, make_case
from tests.pages.test_tracking import TRACKING
from tests.staff.conftest import As
from tests.submissions.files import docx_bytes, pdf_bytes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("section")]

WORDS = "Ông/bà dùng mẫu đơn kèm theo."


@pytest.fixture
def case(ministry: Ministry) -> Case:
    return make_case(Status.PROCESSING, ministry)


def form_key_in(page: Any) -> str:
    return str(page.context["uploads"].form_key)


def send(client: Client, case: Case, verb: Verb, *files: Any, **data: Any) -> Any:
    """Post the form of an act; `files` are chosen in it."""
    case.refresh_from_db()
    typed = {"version": case.version, "attachments": list(files), **data}
    typed.setdefault("form_key", secrets.issue_form_key())
    page = client.post(addresses.move_url(case.pk, verb), typed)
    return client.get(page.url) if page.status_code == 303 else page


def draft(client: Client, case: Case, *files: Any, **data: Any) -> Any:
    words = {"body": WORDS, "legal_bases": "", "outcome": "explained"}
    return send(client, case, Verb.DRAFT_ANSWER, *files, **{**words, **data})


def open_case(case: Case) -> Any:
    """The page of the case as its sender has it."""
    return Client().post(TRACKING, {"grant": secrets.issue_grant(case.submission), "action": ""})


def fetch(case: Case, key: str) -> Any:
    asked = {"grant": secrets.issue_grant(case.submission), "action": "file", "key": key}
    return Client().post(TRACKING, asked)


def offences() -> list[str]:
    out = StringIO()
    with suppress(SystemExit):
        call_command("pakn_verify", stdout=out, stderr=out, no_color=True)
    return [line for line in out.getvalue().splitlines() if "broken: " in line]


def approved(case: Case, ministry: Ministry, as_user: As, *files: Any) -> Answer:
    draft(as_user(ministry.officer), case, *files)
    case.refresh_from_db()
    answering.submit_answer(case, by=ministry.officer)
    answering.approve_answer(case, by=ministry.head)
    return Answer.objects.get(case=case)


def test_a_file_is_saved_with_the_draft(case: Case, ministry: Ministry, as_user: As) -> None:
    page = draft(as_user(ministry.officer), case, upload("Mẫu đơn.pdf", pdf_bytes()))
    assert page.status_code == 302
    answer = Answer.objects.get(case=case)
    assert names_in(answer.files) == ["Mẫu đơn.pdf"]
    assert answer.versions.get().files == answer.files
    assert [file.attached_by for file in files_of(answer)] == [ministry.officer]
    assert not Attachment.objects.filter(submission=None).exists()
    assert offences() == []


def test_a_refused_file_costs_neither_words_nor_the_good_one(
    case: Case, ministry: Ministry, as_user: As
) -> None:
    officer = as_user(ministry.officer)
    bad = upload("anh.exe", b"MZ")
    page = draft(officer, case, upload("Mẫu đơn.pdf", pdf_bytes()), bad)
    assert page.status_code == 200
    assert page.context["form"]["body"].value() == WORDS
    assert [file.name for file in page.context["uploads"].kept] == ["Mẫu đơn.pdf"]
    assert "anh.exe" in page.context["uploads"].errors[0]
    assert 'href="#files"' in page.content.decode()
    assert not Answer.objects.exists()
    assert draft(officer, case, form_key=form_key_in(page)).status_code == 302
    assert names_in(Answer.objects.get().files) == ["Mẫu đơn.pdf"]


def test_a_refusal_of_the_words_keeps_the_file(case: Case, ministry: Ministry, as_user: As) -> None:
    officer = as_user(ministry.officer)
    page = draft(officer, case, upload("a.pdf", pdf_bytes()), outcome="", and_submit="1")
    assert page.context["form"].errors
    assert [file.name for file in page.context["uploads"].kept] == ["a.pdf"]
    draft(officer, case, form_key=form_key_in(page), and_submit="1")
    assert names_in(Answer.objects.get().files) == ["a.pdf"]


def test_a_colleague_who_was_faster_costs_no_file(case: Case, ministry: Ministry, as_user: As) -> None:
    officer, seen = as_user(ministry.officer), case.version
    answering.draft_answer(case, body="Lời của đồng nghiệp.", by=ministry.second_officer)
    page = draft(officer, case, upload("a.pdf", pdf_bytes()), version=seen)
    assert page.status_code == 409
    assert [file.name for file in page.context["uploads"].kept] == ["a.pdf"]


def test_the_file_waits_with_the_kept_draft(case: Case, ministry: Ministry, as_user: As) -> None:
    officer = as_user(ministry.officer)
    page = draft(officer, case, upload("a.pdf", pdf_bytes()), attach="1", kept="", kept_revision="")
    assert [file.name for file in page.context["uploads"].kept] == ["a.pdf"]
    assert not Answer.objects.exists()
    key = KeptWords.objects.get().key
    Attachment.objects.update(uploaded_at=clock.now() - timedelta(days=3))
    UploadTray.objects.update(opened_at=clock.now() - timedelta(days=3))
    assert sweep_uploads() == 0
    again = officer.get(addresses.move_url(case.pk, Verb.DRAFT_ANSWER), {"kept": str(key)})
    assert again.context["form"]["body"].value() == WORDS
    assert [file.name for file in again.context["uploads"].kept] == ["a.pdf"]
    UploadTray.objects.update(kept_until=clock.now() - timedelta(minutes=1))
    assert sweep_uploads() == 1


def test_who_only_looks_writes_nothing_of_the_files(case: Case, ministry: Ministry, as_user: As) -> None:
    officer, address = as_user(ministry.officer), addresses.move_url(case.pk, Verb.REQUEST_SUPPLEMENT)
    typed = {"version": case.version, "note": WORDS, "form_key": secrets.issue_form_key()}
    officer.post(address, {**typed, "attachments": [upload("a.pdf", pdf_bytes())], "attach": "1"})
    before = UploadTray.objects.get().kept_until
    look = {"headers": {"X-Pakn-Part": LOOK}}
    with CaptureQueriesContext(connection) as queries:
        assert officer.post(address, {**typed, LOOK: LOOK}, **look).status_code == 200
        assert officer.get(address, {"kept": str(KeptWords.objects.get().key)}).status_code == 200
    written = [query["sql"] for query in queries if "pakn_portal_uploadtray" in query["sql"].lower()]
    assert [sql for sql in written if not sql.startswith("SELECT")] == []
    assert UploadTray.objects.get().kept_until == before


def test_a_draft_that_is_thrown_away_takes_its_files_along(
    case: Case, ministry: Ministry, as_user: As
) -> None:
    officer = as_user(ministry.officer)
    draft(officer, case, upload("a.pdf", pdf_bytes()), attach="1", kept="", kept_revision="")
    draft(officer, case, drop_draft=str(KeptWords.objects.get().key))
    assert not Attachment.objects.filter(submission=None).exists()


def test_a_file_is_taken_out_again_and_the_earlier_version_keeps_it(
    case: Case, ministry: Ministry, as_user: As
) -> None:
    officer = as_user(ministry.officer)
    draft(officer, case, upload("a.pdf", pdf_bytes("a")), upload("b.pdf", pdf_bytes("b")))
    first = files_of(Answer.objects.get())[0]
    shown = draft(officer, case, attach="1", remove_file=first.key)
    assert [file.name for file in shown.context["uploads"].kept] == ["b.pdf"]
    assert len(files_of(Answer.objects.get())) == 2
    draft(officer, case, dropped=shown.context["form"]["dropped"].value())
    answer = Answer.objects.get()
    assert names_in(answer.files) == ["b.pdf"]
    assert names_in(answer.versions.get(version=1).files) == ["a.pdf", "b.pdf"]
    assert offences() == []


def test_the_same_files_again_are_no_version(case: Case, ministry: Ministry, as_user: As) -> None:
    officer = as_user(ministry.officer)
    draft(officer, case, upload("a.pdf", pdf_bytes()))
    draft(officer, case)
    assert Answer.objects.get().version == 1


def test_not_more_than_a_sender_may_send(case: Case, ministry: Ministry, as_user: As, settings: Any) -> None:
    settings.PAKN_PORTAL = {**settings.PAKN_PORTAL, "ATTACHMENT_MAX_COUNT": 2}
    officer = as_user(ministry.officer)
    draft(officer, case, upload("a.pdf", pdf_bytes("a")), upload("b.pdf", pdf_bytes("b")))
    page = draft(officer, case, upload("c.pdf", pdf_bytes("c")))
    assert page.context["uploads"].errors
    assert len(files_of(Answer.objects.get())) == 2


def test_the_answer_reaches_the_sender_with_its_files(case: Case, ministry: Ministry, as_user: As) -> None:
    content = pdf_bytes("mẫu")
    answer = approved(case, ministry, as_user, upload("Mẫu đơn.pdf", content))
    assert is_as_approved(answer)
    page = open_case(answer.case)
    assert "Mẫu đơn.pdf" in page.content.decode()
    key = files_of(answer)[0].key
    got = fetch(case, key)
    assert b"".join(got.streaming_content) == content
    mail = OutgoingMail.objects.get(template="answered")
    assert "- Mẫu đơn.pdf" in words_of(mail).body
    letter = letter_of(answer.case, LetterKind.ANSWER, None, with_sender=False)
    assert letter.paragraphs[-1] == "Tài liệu gửi kèm: Mẫu đơn.pdf."
    assert offences() == []


def test_before_the_approval_the_sender_has_nothing(case: Case, ministry: Ministry, as_user: As) -> None:
    draft(as_user(ministry.officer), case, upload("a.pdf", pdf_bytes()))
    key = files_of(Answer.objects.get())[0].key
    assert fetch(case, key).status_code == 404


def test_an_exchanged_file_is_had_by_nobody_and_told(case: Case, ministry: Ministry, as_user: As) -> None:
    answer = approved(case, ministry, as_user, upload("a.pdf", pdf_bytes("a")))
    file = files_of(answer)[0]
    with private_storage().open(file.file.name, "wb") as stored:
        stored.write(pdf_bytes("b"))
    assert fetch(case, file.key).status_code == 404
    assert any("has other content" in line for line in offences())


def test_another_file_behind_the_row_is_not_the_approved_answer(
    case: Case, ministry: Ministry, as_user: As
) -> None:
    answer = approved(case, ministry, as_user, upload("a.pdf", pdf_bytes("a")))
    Answer.objects.update(files="")
    answer.refresh_from_db()
    assert not is_as_approved(answer)
    assert any("answer.files" in line for line in offences())


def test_an_answer_whose_file_is_unchecked_is_not_approved(
    case: Case, ministry: Ministry, as_user: As
) -> None:
    draft(as_user(ministry.officer), case, upload("a.pdf", pdf_bytes()), and_submit="1")
    CaseFile.objects.update(state=FileState.RECEIVED)
    page = send(as_user(ministry.head), case, Verb.APPROVE_ANSWER, note="")
    assert page.status_code == 409
    assert "a.pdf" in page.context["sentence"]


def test_a_question_to_a_unit_and_its_opinion_have_files(case: Case, ministry: Ministry, as_user: As) -> None:
    asked = {"unit": ministry.other_unit.pk, "note": "Xin ý kiến."}
    send(as_user(ministry.officer), case, Verb.REQUEST_OPINION, upload("hỏi.docx", docx_bytes()), **asked)
    other = as_user(ministry.other_officer)
    page = other.get(addresses.case_url(case.pk))
    question = CaseFile.objects.get()
    assert question.name in page.content.decode()
    door = reverse("pakn_portal:attachment", args=[question.key])
    assert other.get(door).status_code == 200
    assert as_user(ministry.auditor).get(door).status_code == 404
    assert as_user(ministry.nobody).get(door).status_code == 404
    assert Client().get(door).status_code == 404
    send(other, case, Verb.GIVE_OPINION, upload("ý kiến.pdf", pdf_bytes()), note="Đồng ý.")
    line = case.events.latest("sequence")
    assert line.data["files"] == [CaseFile.objects.latest("pk").key]
    assert "ý kiến.pdf" in as_user(ministry.officer).get(addresses.case_url(case.pk)).content.decode()
    assert "ý kiến.pdf" not in open_case(case).content.decode()
    assert offences() == []


def test_a_question_to_the_sender_brings_a_file(ministry: Ministry, as_user: As) -> None:
    case = make_case(Status.RECEIVED, ministry)
    form = upload("Mẫu 03.docx", docx_bytes())
    send(as_user(ministry.intake), case, Verb.REQUEST_SUPPLEMENT, form, note="Điền mẫu này.")
    page = open_case(case)
    assert "Mẫu 03.docx" in page.content.decode()
    key = CaseFile.objects.get().key
    got = fetch(case, key)
    assert got.status_code == 200
    assert "- Mẫu 03.docx" in words_of(OutgoingMail.objects.get(template="supplement_requested")).body
    assert offences() == []


def test_what_the_sender_brought_is_entered_with_its_scan(ministry: Ministry, as_user: As) -> None:
    case = make_case(Status.NEED_INFO, ministry)
    scan = upload("quyết định.pdf", pdf_bytes())
    send(as_user(ministry.intake), case, Verb.SUPPLEMENT, scan, content="Nghỉ từ 1/9.")
    assert case.submission.supplements.get().attachments.get().name == "quyết định.pdf"


def test_of_a_confirmed_secret_no_file_is_left(case: Case, ministry: Ministry, as_user: As) -> None:
    officer = as_user(ministry.officer)
    draft(officer, case, upload("a.pdf", pdf_bytes("a")))
    draft(officer, case, upload("b.pdf", pdf_bytes("b")), attach="1", kept="", kept_revision="")
    names = [CaseFile.objects.get().file.name, Attachment.objects.get(submission=None).file.name]
    case.refresh_from_db()
    actions.hold_case(case, by=ministry.officer)
    actions.confirm_secret(
        case, by=ministry.inspector, paper_number="05/2026/BMNN", paper_dated_on=clock.today()
    )
    assert not CaseFile.objects.exists()
    assert not Attachment.objects.filter(submission=None).exists()
    assert names
    assert offences() == []


def test_a_session_that_ended_loses_neither_words_nor_files(
    case: Case, ministry: Ministry, as_user: As
) -> None:
    officer = as_user(ministry.officer)
    address = addresses.move_url(case.pk, Verb.DRAFT_ANSWER)
    opened = officer.get(address)
    typed = {"writer": opened.context["writer"], "form_key": form_key_in(opened)}
    officer.logout()
    assert draft(officer, case, upload("a.pdf", pdf_bytes()), **typed).status_code == 302
    officer.force_login(ministry.officer)
    again = officer.get(address, follow=True)
    assert again.context["form"]["body"].value() == WORDS
    assert [file.name for file in again.context["uploads"].kept] == ["a.pdf"]
    draft(officer, case, form_key=form_key_in(again))
    assert names_in(Answer.objects.get().files) == ["a.pdf"]


#: Every form that takes files, with the state of its case, who fills it in, and the words it asks for.
FORMS_WITH_FILES = {
    Verb.DRAFT_ANSWER: (Status.PROCESSING, "officer", {"body": WORDS, "outcome": "explained"}),
    Verb.REQUEST_OPINION: (Status.PROCESSING, "officer", {"unit": "", "note": "Xin ý kiến."}),
    Verb.GIVE_OPINION: (Status.PROCESSING, "other_officer", {"note": "Đồng ý."}),
    Verb.REQUEST_SUPPLEMENT: (Status.RECEIVED, "intake", {"note": "Điền mẫu này."}),
    Verb.SUPPLEMENT: (Status.NEED_INFO, "intake", {"content": "Nghỉ từ 1/9."}),
}


def standing_key(page: Any) -> str:
    """The key in the page as a browser reads it."""
    field = re.search(r'<input[^>]*name="form_key"[^>]*>', page.content.decode())
    assert field is not None
    value = re.search(r'value="([^"]*)"', field[0])
    return value[1] if value is not None else ""


def test_no_form_with_files_is_left_out() -> None:
    table = FORMS.of(Case.procedure)
    assert {verb for verb in table if issubclass(table[verb].form, AttachingForm)} == set(FORMS_WITH_FILES)


@pytest.mark.parametrize("verb", FORMS_WITH_FILES)
def test_the_first_file_of_a_fresh_form_is_taken(verb: Verb, ministry: Ministry, as_user: As) -> None:
    status, who, words = FORMS_WITH_FILES[verb]
    case = make_case(status, ministry)
    if verb == Verb.GIVE_OPINION:
        routing.request_opinion(case, unit=ministry.other_unit, by=ministry.officer, note="?")
    words = {name: value or ministry.other_unit.pk for name, value in words.items()}
    client = as_user(getattr(ministry, who))
    opened = client.get(addresses.move_url(case.pk, verb))
    typed = {**words, "form_key": standing_key(opened)}
    shown = send(client, case, verb, upload("a.pdf", pdf_bytes()), **typed, attach="1")
    assert shown.context["uploads"].errors == []
    assert [file.name for file in shown.context["uploads"].kept] == ["a.pdf"]
    assert standing_key(shown) == typed["form_key"]
    again = client.get(addresses.move_url(case.pk, verb), {"kept": str(KeptWords.objects.get().key)})
    assert standing_key(again) == typed["form_key"]
    assert send(client, case, verb, **typed).status_code == 302
    assert not Attachment.objects.filter(submission=None).exists()


def test_a_file_that_is_too_large_hears_just_that(case: Case, ministry: Ministry, as_user: As) -> None:
    officer = as_user(ministry.officer)
    opened = officer.get(addresses.move_url(case.pk, Verb.DRAFT_ANSWER))
    large = upload("lớn.pdf", pdf_bytes().ljust(26_004_685))
    page = draft(officer, case, large, form_key=standing_key(opened), attach="1")
    [error] = page.context["uploads"].errors
    assert "lớn.pdf" in error
    assert "nhiều nhất" in error


@pytest.mark.parametrize("verb", FORMS_WITH_FILES)
def test_going_back_does_not_ask_to_send_a_file_again(verb: Verb, ministry: Ministry, as_user: As) -> None:
    """The page after it is one of its own, with the words and the file, however often it is loaded."""
    status, who, words = FORMS_WITH_FILES[verb]
    case = make_case(status, ministry)
    if verb == Verb.GIVE_OPINION:
        routing.request_opinion(case, unit=ministry.other_unit, by=ministry.officer, note="?")
    words = {name: value or ministry.other_unit.pk for name, value in words.items()}
    client, address = as_user(getattr(ministry, who)), addresses.move_url(case.pk, verb, "?tab=mine")
    typed = {**words, "version": case.version, "form_key": standing_key(client.get(address))}
    first = client.post(address, {**typed, "attach": "1", "attachments": [upload("a.pdf", pdf_bytes())]})
    assert first.status_code == 303
    for _twice in range(2):
        shown = client.get(first.url)
        assert [file.name for file in shown.context["uploads"].kept] == ["a.pdf"]
        assert shown.context["uploads"].is_told
        for name, value in words.items():
            assert str(shown.context["form"][name].value()) == str(value)
    desk, other = shown.context["kept"], upload("b.pdf", pdf_bytes("b"))
    typed |= {"attach": "1", "attachments": [other], "kept": desk.key, "kept_revision": desk.revision}
    second = client.post(first.url, typed)
    shown = client.get(second.url)
    assert [file.name for file in shown.context["uploads"].kept] == ["a.pdf", "b.pdf"]
    assert KeptWords.objects.count() == 1
    assert second.url.count("kept=") == second.url.count("attach=") == 1


def test_a_key_of_files_that_is_over_is_kept_with_the_words(
    case: Case, ministry: Ministry, as_user: As
) -> None:
    page = draft(as_user(ministry.officer), case, upload("a.pdf", pdf_bytes()), form_key="x", attach="1")
    assert page.status_code == 200
    with clock.acting_at(clock.now() - timedelta(days=40)):
        old = secrets.issue_form_key()
    page = draft(as_user(ministry.officer), case, upload("a.pdf", pdf_bytes()), form_key=old, attach="1")
    assert page.context["form"]["body"].value() == WORDS
