"""Letters are read back: what stands in them, in which font, and who may have them."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import connection
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext, override_settings
from docx import Document
from wagtail.users.models import UserProfile

from pakn_portal import clock
from pakn_portal.answers import actions as answers
from pakn_portal.answers.actions import prepare_public_text
from pakn_portal.answers.letters import docx, pdf
from pakn_portal.answers.letters.actions import HasLeft, number_letter
from pakn_portal.answers.letters.letter import kinds_of, letter_of
from pakn_portal.answers.models import Answer, OutgoingLetter
from pakn_portal.cases import actions
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case, CaseEvent
from pakn_portal.flow.errors import MoveError
from pakn_portal.notifications.by_hand.models import ManualNotice
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.pages.answers.actions import correct_answer
from pakn_portal.people.names import person
from pakn_portal.routing import actions as routing
from pakn_portal.snippets.enums import LetterKind
from pakn_portal.snippets.models import Agency, LetterTemplate, RefusalReason, Unit
from pakn_portal.staff import addresses
from pakn_portal.submissions.actions import add_supplement
from pakn_portal.submissions.models import Attachment, Submission
from tests.factories import Ministry, make_case
from tests.fixtures.saved import saved
from tests.management.test_verify import offences

pytestmark = pytest.mark.django_db

NUMBERED = {
    "reference_number": "05/BNV-VP",
    "dated_on": "2026-02-05",
    "signature_title": "TL. Bộ trưởng\nChánh Văn phòng",
    "signatory": "Vũ Đình Khải",
}


@pytest.fixture(autouse=True)
def named(settings: Any) -> None:
    settings.PAKN_PORTAL = {**settings.PAKN_PORTAL, "MINISTRY_NAME": "Bộ Nội vụ"}


@pytest.fixture(autouse=True)
def on_the_day_of_the_letters() -> Iterator[None]:
    with clock.acting_at(datetime(2026, 2, 5, 10, tzinfo=clock.zone())):
        yield


@pytest.fixture
def answered(ministry: Ministry) -> Case:
    return make_case(Status.ANSWERED, ministry)


def words_of_pdf(content: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def words_of_docx(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    cells += [text.text for text in document.element.body.xpath(".//w:tc//w:tbl//w:t")]
    return " ".join(" ".join([*cells, *(one.text for one in document.paragraphs)]).split())


def download(client: Any, case: Case, kind: str, form: str) -> bytes:
    answer = client.post(addresses.letter_url(case.pk, kind), {**NUMBERED, "as": form})
    assert answer.status_code == 200, answer.content.decode()[:500]
    assert "attachment" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    return answer.content  # type: ignore[no-any-return]


def corrected(ministry: Ministry, **sender: Any) -> Case:
    """Answered by letter 05/BNV-VP, published, and corrected."""
    case = make_case(Status.PUBLISHED, ministry, **sender)
    number_letter(case, LetterKind.ANSWER, by=ministry.officer, **{**NUMBERED, "dated_on": date(2026, 2, 5)})
    words = {"title": "Trợ cấp", "question": "Bao nhiêu?", "answer": "Mức trợ cấp bằng 60% tiền lương."}
    prepare_public_text(case, **words, by=ministry.officer)
    correct_answer(case, by=ministry.publisher, note="Mức trợ cấp là 60%, không phải 50%.")
    return Case.objects.get(pk=case.pk)


@pytest.mark.parametrize(("form", "words_of"), [("pdf", words_of_pdf), ("docx", words_of_docx)])
def test_a_correction_is_an_amending_letter(
    form: str, words_of: Any, ministry: Ministry, as_user: Any, section: Any
) -> None:
    case = corrected(ministry)
    assert kinds_of(case) == [LetterKind.ANSWER, LetterKind.CORRECTION]
    client, url = as_user(ministry.officer), addresses.letter_url(case.pk, "correction")
    made = client.post(url, {**NUMBERED, "reference_number": "07/BNV-VP", "as": form})
    words = words_of(made.content)
    for part in (
        "Số: 07/BNV-VP", "V/v sửa đổi nội dung trả lời", case.number, "Nguyễn Thị Thu Cúc",
        "tại Công văn số 05/BNV-VP ngày 05/02/2026", "Mức trợ cấp là 60%, không phải 50%.",
        "Mức trợ cấp bằng 60% tiền lương.", "Như trên;",
    ):  # fmt: skip
        assert part in words
    assert offences("I15") == []
    # the next one has a letter of its own, and the first stays
    text = {"title": "Trợ cấp", "question": "Bao nhiêu?", "answer": "Mức trợ cấp bằng 65% tiền lương."}
    prepare_public_text(case, **text, by=ministry.officer)
    correct_answer(case, by=ministry.publisher, note="Mức trợ cấp là 65%.")
    page = client.get(addresses.case_url(case.pk)).content.decode()
    assert "Văn bản sửa đổi nội dung trả lời số 07/BNV-VP" in page
    assert "07/BNV-VP" not in client.get(url).content.decode()


def test_it_is_owed_by_hand_where_no_mail_reaches_the_sender(
    ministry: Ministry, as_user: Any, section: Any
) -> None:
    case = corrected(ministry, sender={"email": "", "address": "Số 18, tổ 4"})
    notice = ManualNotice.objects.open().get(mail__case=case, mail__template="corrected")
    page = as_user(ministry.officer).get(addresses.notice_url(case.pk, notice.pk)).content.decode()
    assert addresses.letter_url(case.pk, LetterKind.CORRECTION) in page


@pytest.mark.parametrize(("form", "words_of"), [("pdf", words_of_pdf), ("docx", words_of_docx)])
def test_the_answer_as_a_letter(
    form: str, words_of: Any, answered: Case, ministry: Ministry, as_user: Any
) -> None:
    words = words_of(download(as_user(ministry.officer), answered, "answer", form))
    for part in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "BỘ NỘI VỤ", "Số: 05/BNV-VP",
        "Hà Nội, ngày 05 tháng 02 năm 2026", "V/v trả lời", answered.number, "Nguyễn Thị Thu Cúc",
        "Số 18, tổ 4",
        "Nơi nhận:", "Như trên;", "Lưu: VT,", "TL. BỘ TRƯỞNG", "CHÁNH VĂN PHÒNG", "Vũ Đình Khải",
    ):  # fmt: skip
        assert part in words
    for line in answered.answer.body.split("\n"):
        assert " ".join(line.split()) in words


@pytest.mark.parametrize("content", [b"Kinh gui", None])
def test_a_document_of_the_site_that_is_none_is_told(
    content: bytes | None, answered: Case, ministry: Ministry, as_user: Any, settings: Any, tmp_path: Path
) -> None:
    own = tmp_path / "thu.docx"
    settings.PAKN_PORTAL = {**settings.PAKN_PORTAL, "LETTERS": {"docx": str(own)}}
    if content is not None:
        own.write_bytes(content)
    client, url = as_user(ministry.officer), addresses.letter_url(answered.pk, "answer")
    answer = client.post(url, {**NUMBERED, "as": "docx"})
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "Không điền được văn bản mẫu của cổng này" in html
    assert "Vũ Đình Khải" in html
    # nobody saw the contacts, and the other kind of file is still to be had
    assert not answered.events.filter(verb=Verb.READ_CONTACTS).exists()
    assert download(client, answered, "answer", "pdf").startswith(b"%PDF")


def test_the_pdf_says_that_it_is_an_archive_copy_and_brings_its_fonts(
    answered: Case, ministry: Ministry, as_user: Any
) -> None:
    reader = pypdf.PdfReader(io.BytesIO(download(as_user(ministry.officer), answered, "answer", "pdf")))
    root: Any = reader.trailer["/Root"]
    told = root["/Metadata"].get_data().decode()
    assert 'pdfaid:part="3"' in told
    assert 'pdfaid:conformance="U"' in told
    fonts: Any = reader.pages[0]["/Resources"]["/Font"]
    for font in fonts.values():
        assert "+PAKN-Serif" in font.get_object()["/BaseFont"]
        described = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert "/FontFile2" in described
    assert "/OutputIntents" in root


def test_our_font_has_a_thousand_units_and_every_vietnamese_letter() -> None:
    from fontTools.ttLib import TTFont

    from tests.text.strategies import LETTERS

    files = sorted((pdf._HERE / "fonts").glob("*.ttf"))
    assert len(files) == 4
    for path in files:
        font = TTFont(path)
        assert font["head"].unitsPerEm == 1000
        assert {ord(letter) for letter in LETTERS} <= set(font.getBestCmap())


def refused(who: Ministry) -> Case:
    case = make_case(Status.RECEIVED, who)
    reason = RefusalReason.objects.get(code="unclear")
    actions.refuse_case(case, reason=reason, by=who.intake, note="Xin nêu rõ tên đơn vị.")
    return case


def asked(who: Ministry) -> Case:
    case = make_case(Status.RECEIVED, who)
    actions.request_supplement(case, by=who.intake, note="Bản chụp hợp đồng.")
    return case


def referred(who: Ministry) -> Case:
    case = make_case(Status.RECEIVED, who)
    agency = Agency.objects.get(code="bo-y-te")
    actions.refer_case(case, agency=agency, by=who.intake, slip_note="Việc này Bộ Y tế đang chủ trì.")
    return case


def extended(who: Ministry) -> Case:
    case = make_case(Status.PROCESSING, who)
    routing.extend_deadline(case, by=who.head, note="Cần thêm ý kiến.")
    return case


def guided(who: Ministry) -> Case:
    case = make_case(Status.RECEIVED, who)
    actions.guide_sender(case, by=who.intake, note="Gửi Bảo hiểm xã hội tỉnh.")
    return case


def kept(who: Ministry) -> Case:
    case = make_case(Status.RECEIVED, who)
    actions.keep_case(case, by=who.intake, note="Chờ sửa nghị định.")
    return case


@pytest.mark.parametrize("status", [Status.COMPLAINT, Status.DENUNCIATION])
def test_a_keeper_makes_the_notice_about_a_sealed_case(
    status: Status, ministry: Ministry, as_user: Any
) -> None:
    case = make_case(status, ministry)
    assert [str(one) for one in kinds_of(case)] == [status]
    url = addresses.letter_url(case.pk, status)
    for other in (ministry.intake, ministry.head, ministry.leader):
        assert as_user(other).get(url).status_code == 404
    keeper = as_user(ministry.inspector)
    assert "Số 18, tổ 4" not in keeper.get(url).content.decode()
    words = words_of_docx(download(keeper, case, status, "docx"))
    for part in ("V/v xử lý đơn (mã hồ sơ", case.number, "Số 18, tổ 4", "05/BNV-VP", "không giải quyết theo"):
        assert part in words
    assert case.submission.title not in words
    assert "tố cáo" not in words.replace("ở nơi tiếp nhận tố cáo", "").replace("tiếp nhận tố cáo", "")
    lines = case.events.order_by("sequence")
    assert not lines.filter(verb=Verb.READ_CONTACTS).exists()
    assert lines.last().data == {"addressed": status}
    assert url in keeper.get(addresses.case_url(case.pk)).content.decode()
    # its number is told to others, and nothing of the case
    answered = make_case(Status.ANSWERED, ministry)
    told = as_user(ministry.officer).post(addresses.letter_url(answered.pk, "answer"), NUMBERED)
    html = told.content.decode()
    assert told.status_code == 409 and "đã ghi trên một văn bản khác" in html
    assert case.number not in html
    assert offences("I15") == []


def test_a_keeper_makes_no_letter_of_before_the_seal(ministry: Ministry, as_user: Any) -> None:
    """The slip to another agency has telephone and mailbox of a sender without an address."""
    case, _office = _referred(ministry, as_user, sender={"address": ""})
    actions.move_to_complaint(Case.objects.get(pk=case.pk), by=ministry.intake)
    slip, keeper = case.letters.get(kind="forwarding"), as_user(ministry.inspector)
    url = addresses.past_letter_url(case.pk, slip.kind, slip.act)
    assert keeper.get(url).status_code == 404
    assert keeper.post(url, {**NUMBERED, "as": "docx"}).status_code == 404
    page = keeper.get(addresses.case_url(case.pk)).content.decode()
    assert url not in page and addresses.letter_url(case.pk, "complaint") in page
    with pytest.raises(MoveError):
        number_letter(
            Case.objects.get(pk=case.pk),
            "forwarding",
            act=slip.act,
            reference_number="12/PC-VP",
            dated_on=clock.today(),
            signature_title="",
            signatory="",
            by=ministry.inspector,
        )
    words = words_of_docx(download(keeper, case, "complaint", "docx"))
    assert case.submission.sender.full_name in words
    assert case.submission.sender.phone not in words and case.submission.sender.email not in words


@pytest.mark.parametrize(
    ("make", "kind", "parts"),
    [
        (refused, "refusal", ["không tiếp nhận", "chưa hiểu rõ việc", "V/v", "Xin nêu rõ tên đơn vị."]),
        (asked, "supplement", ["Bản chụp hợp đồng.", "bổ sung"]),
        (
            referred,
            "forwarding",
            [
                "PHIẾU CHUYỂN",
                "Kính gửi: Bộ Y tế",
                "Người gửi: Ông/bà Nguyễn",
                "Việc này Bộ Y tế đang chủ trì.",
            ],
        ),
        (extended, "extension", ["Cần thêm ý kiến.", "gia hạn"]),
        (guided, "guidance", ["V/v hướng dẫn", "hướng dẫn ông/bà như sau", "Gửi Bảo hiểm xã hội tỉnh."]),
        (kept, "kept", ["V/v ghi nhận", "nghiên cứu cùng các ý kiến tương tự", "Chờ sửa nghị định."]),
    ],
)
def test_every_other_letter(make: Any, kind: str, parts: list[str], ministry: Ministry, as_user: Any) -> None:
    case = make(ministry)
    assert [str(one) for one in kinds_of(case)] == [kind]
    office = as_user(ministry.leader if kind == "extension" else ministry.intake)
    for words in (
        words_of_docx(download(office, case, kind, "docx")),
        words_of_pdf(download(office, case, kind, "pdf")),
    ):
        assert [part for part in parts if part not in words] == []


def test_a_template_of_the_list_goes_before_the_one_that_ships(ministry: Ministry, as_user: Any) -> None:
    saved(LetterTemplate, code="a", name="A", kind="refusal", body="Mẫu riêng: {{ lý do từ chối }}.")
    case = refused(ministry)
    page = as_user(ministry.intake).get(addresses.letter_url(case.pk, "refusal"))
    assert page.context["letter"].paragraphs == ["Mẫu riêng: Nội dung chưa rõ."]


@pytest.mark.parametrize("kind", ["answer", "refusal"])
def test_letters_are_written_in_the_language_of_the_section(
    kind: str, answered: Case, ministry: Ministry, as_user: Any
) -> None:
    case = answered if kind == "answer" else refused(ministry)
    pages = []
    for language in ("vi", "en"):
        UserProfile.objects.update_or_create(user=ministry.intake, defaults={"preferred_language": language})
        page = as_user(ministry.intake).get(addresses.letter_url(case.pk, kind))
        pages.append((page.context["letter"].abstract, page.context["letter"].paragraphs))
    assert pages[0] == pages[1]
    assert "Download as DOCX" in page.content.decode()


def test_templates_fill_in_the_language_of_the_section(ministry: Ministry, as_user: Any) -> None:
    saved(LetterTemplate, code="a", name="A", kind="answer", body="Về {{ loại }}.")
    case = make_case(Status.PROCESSING, ministry)
    UserProfile.objects.create(user=ministry.officer, preferred_language="en")
    page = as_user(ministry.officer).get(addresses.move_url(case.pk, Verb.DRAFT_ANSWER))
    kind = case.submission.get_kind_display()
    assert f"Về {kind}." in [offer.text for offer in page.context["panel"].templates]


def test_number_and_date_are_kept_and_proved(answered: Case, ministry: Ministry, as_user: Any) -> None:
    officer, url = as_user(ministry.officer), addresses.letter_url(answered.pk, "answer")
    lines = answered.events.count()
    officer.post(url, NUMBERED)
    kept = OutgoingLetter.objects.get()
    assert (kept.reference_number, kept.dated_on) == ("05/BNV-VP", date(2026, 2, 5))
    officer.post(url, NUMBERED)
    line = answered.events.order_by("sequence").last()
    assert line is not None
    assert (line.verb, line.data["letter"], answered.events.count()) == ("note", "answer", lines + 1)
    assert "đã ghi số và ngày của" in officer.get(addresses.case_url(answered.pk)).content.decode()
    assert offences("I15") == []
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pakn_portal_outgoingletter SET reference_number='06/BNV-VP'")
    assert len(offences("I15")) == 1


def test_whoever_downloads_it_has_looked_at_the_contacts(
    answered: Case, ministry: Ministry, as_user: Any
) -> None:
    download(as_user(ministry.officer), answered, "answer", "docx")
    line = answered.events.order_by("sequence").last()
    assert line is not None
    assert (line.verb, line.by) == (Verb.READ_CONTACTS, ministry.officer)


def test_the_screen_shows_no_sender(answered: Case, ministry: Ministry, as_user: Any) -> None:
    page = as_user(ministry.officer).get(addresses.letter_url(answered.pk, "answer")).content.decode()
    assert "Số 18, tổ 4" not in page
    assert "[tên và địa chỉ người gửi]" in page


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("officer", 200), ("head", 200), ("intake", 200), ("leader", 200),
        ("publisher", 404), ("auditor", 404), ("inspector", 404), ("other_officer", 404), ("other_head", 404),
        ("administrator", 404),
    ],
)  # fmt: skip
def test_who_has_the_letter(
    person: str, status: int, answered: Case, ministry: Ministry, as_user: Any
) -> None:
    client, url = as_user(getattr(ministry, person)), addresses.letter_url(answered.pk, "answer")
    lines = answered.events.count()
    if status == 404:
        assert client.get(url).status_code in (302, 403, 404)
        assert client.post(url, {**NUMBERED, "as": "docx"}).status_code in (302, 403, 404)
        numbered = OutgoingLetter.objects.exclude(reference_number="")
        assert (answered.events.count(), numbered.count()) == (lines, 0)
    else:
        assert client.get(url).status_code == 200


@pytest.mark.parametrize("kind", ["refusal", "supplement", "forwarding", "extension", "la", "x" * 20])
def test_a_letter_that_the_case_does_not_have_is_not_there(
    kind: str, answered: Case, ministry: Ministry, as_user: Any
) -> None:
    url = addresses.letter_url(answered.pk, kind)
    assert as_user(ministry.officer).get(url).status_code == 404


def test_a_draft_says_so(ministry: Ministry, as_user: Any) -> None:
    case = make_case(Status.DRAFT_REVIEW, ministry)
    assert "[DỰ THẢO]" in words_of_docx(download(as_user(ministry.head), case, "answer", "docx"))


def test_an_answer_that_is_not_the_approved_one_does_not_leave_as_a_letter(
    answered: Case, ministry: Ministry, as_user: Any
) -> None:
    Answer.objects.filter(case=answered).update(body="Không phải lời đã duyệt.")
    officer, url = as_user(ministry.officer), addresses.letter_url(answered.pk, "answer")
    assert "không phải bản đã được phê duyệt" in officer.get(url).content.decode()
    for form in ("docx", "pdf"):
        told = officer.post(url, {**NUMBERED, "as": form})
        assert (told.status_code, "attachment" in told.get("Content-Disposition", "")) == (409, False)
        assert "05/BNV-VP" in told.content.decode()
    assert not answered.events.filter(verb=Verb.READ_CONTACTS).exists()


def test_without_the_libraries_the_screen_says_what_to_install_and_docx_works(
    answered: Case, ministry: Ministry, as_user: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(pdf, "_loaded", lambda: (None, "system"))
    officer, url = as_user(ministry.officer), addresses.letter_url(answered.pk, "answer")
    assert "apt install libpango" in officer.get(url).content.decode()
    told = officer.post(url, {**NUMBERED, "as": "pdf"})
    assert told.status_code == 409
    assert "05/BNV-VP" in told.content.decode()
    assert answered.events.filter(verb=Verb.READ_CONTACTS).count() == 0
    assert words_of_docx(download(officer, answered, "answer", "docx"))


def test_hostile_words_stay_words(ministry: Ministry, as_user: Any) -> None:
    case = make_case(Status.PROCESSING, ministry)
    body = '<img src="file:///etc/passwd"> {{ letter.issuer }} {% for %} & <b>'
    answers.draft_answer(case, body=body, by=ministry.officer)
    answers.submit_answer(case, by=ministry.officer)
    head = as_user(ministry.head)
    assert body in words_of_docx(download(head, case, "answer", "docx"))
    assert "passwd" in words_of_pdf(download(head, case, "answer", "pdf"))


def test_the_screen_costs_the_same_for_every_case(ministry: Ministry, as_user: Any) -> None:
    counts = []
    for number in (1, 8):
        for each in range(number):
            saved(LetterTemplate, code=f"m{number}-{each}", name="M", kind="refusal", body="M")
        url = addresses.letter_url(refused(ministry).pk, "refusal")
        as_user(ministry.intake).get(url)
        with CaptureQueriesContext(connection) as queries:
            as_user(ministry.intake).get(url)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_who_numbers_a_letter_second_is_told(answered: Case, ministry: Ministry, as_user: Any) -> None:
    url = addresses.letter_url(answered.pk, "answer")
    officer, head = as_user(ministry.officer), as_user(ministry.head)
    opened = [client.get(url).context["form"].initial for client in (officer, head)]
    assert officer.post(url, {**opened[0], **NUMBERED}).status_code == 302
    theirs = {**opened[1], **NUMBERED, "reference_number": "06/BNV-VP"}
    told = head.post(url, theirs)
    assert told.status_code == 409
    html = told.content.decode()
    assert "số 05/BNV-VP, ngày 05/02/2026" in html
    assert "06/BNV-VP" in html
    assert OutgoingLetter.objects.get().reference_number == "05/BNV-VP"
    # a second try knows of it, and whoever numbered it last may go on writing in the same form
    again = {**theirs, "seen": told.context["form"]["seen"].value()}
    assert head.post(url, again).status_code == 302
    assert head.post(url, {**theirs, "reference_number": "07/BNV-VP"}).status_code == 302
    assert OutgoingLetter.objects.get().reference_number == "07/BNV-VP"


def test_a_second_letter_of_a_kind_has_no_number_of_the_first(ministry: Ministry, as_user: Any) -> None:
    case = make_case(Status.NEED_INFO, ministry)
    url, office = addresses.letter_url(case.pk, "supplement"), as_user(ministry.intake)
    first = {**NUMBERED, "reference_number": "09/BNV-VP"}
    assert office.post(url, first).status_code == 302
    assert "09/BNV-VP" in office.get(url).content.decode()
    supplement = add_supplement(case.submission, content="Tôi bổ sung.")
    actions.supplement_case(case, supplement=supplement, by=None)
    actions.request_supplement(Case.objects.get(pk=case.pk), by=ministry.intake, note="Còn thiếu bản sao.")
    assert "09/BNV-VP" not in office.get(url).content.decode()
    assert "09/BNV-VP" not in words_of_docx(office.post(url, {"as": "docx"}).content)
    second = {**NUMBERED, "reference_number": "11/BNV-VP"}
    assert office.post(url, second).status_code == 302
    assert "11/BNV-VP" in words_of_docx(office.post(url, {**second, "as": "docx"}).content)
    told = Case.objects.get(pk=case.pk).events.filter(data__letter="supplement")
    assert ["09/BNV-VP" in told[0].note, "11/BNV-VP" in told[len(told) - 1].note] == [True, True]
    assert offences("I15") == []


def test_a_letter_of_a_past_state_stays_word_for_word(ministry: Ministry, as_user: Any) -> None:
    case, office = asked(ministry), as_user(ministry.intake)
    first = {**NUMBERED, "reference_number": "09/BNV-VP"}
    before = words_of_docx(
        office.post(addresses.letter_url(case.pk, "supplement"), {**first, "as": "docx"}).content
    )
    supplement = add_supplement(case.submission, content="Tôi bổ sung.")
    actions.supplement_case(case, supplement=supplement, by=None)
    actions.request_supplement(Case.objects.get(pk=case.pk), by=ministry.intake, note="Còn thiếu bản sao.")
    saved(LetterTemplate, code="a", name="A", kind="supplement", body="Lời khác.")
    with override_settings(PAKN_PORTAL={**settings.PAKN_PORTAL, "MINISTRY_NAME": "Bộ Khác"}):
        page = office.get(addresses.case_url(case.pk))
        (past,) = [url for label, url in page.context["letters"] if "09/BNV-VP" in label]
        shown = office.get(past)
        assert (shown.status_code, shown.context["letter"].number) == (200, "09/BNV-VP")
        assert words_of_docx(office.post(past, {**first, "as": "docx"}).content) == before
        # another number is not taken without a reason
        other = {**first, "reference_number": "10/BNV-VP", "as": "docx"}
        assert b"attachment" not in office.post(past, other).content
        assert words_of_docx(office.post(past, {**first, "as": "docx"}).content) == before
    assert offences("I15") == []


def test_the_letters_of_each_act_are_kept(ministry: Ministry, as_user: Any) -> None:
    case = extended(ministry)
    leader = as_user(ministry.leader)
    leader.post(addresses.letter_url(case.pk, "extension"), {**NUMBERED, "reference_number": "21/BNV-VP"})
    answers.draft_answer(case, body="Lời thứ nhất.", by=ministry.officer)
    answers.submit_answer(case, by=ministry.officer)
    answers.approve_answer(case, by=ministry.head)
    leader.post(addresses.letter_url(case.pk, "answer"), {**NUMBERED, "reference_number": "22/BNV-VP"})
    actions.reopen_case(case, by=ministry.leader, note="Trả lời chưa đủ.")
    answers.draft_answer(case, body="Lời thứ hai.", by=ministry.officer)
    letters = dict(leader.get(addresses.case_url(case.pk)).context["letters"])
    told = {number: url for number in ("21/", "22/") for label, url in letters.items() if number in label}
    assert sorted(told) == ["21/", "22/"]
    for number, words in (("21/", "Cần thêm ý kiến."), ("22/", "Lời thứ nhất.")):
        shown = leader.get(told[number]).context["letter"]
        assert words in " ".join(shown.paragraphs)
        assert shown.number.startswith(number)
    assert offences("I15") == []


def test_a_past_letter_without_a_number_gets_it_and_keeps_it(ministry: Ministry, as_user: Any) -> None:
    case, leader = extended(ministry), as_user(ministry.leader)
    answers.draft_answer(case, body="Lời.", by=ministry.officer)
    answers.submit_answer(case, by=ministry.officer)
    assert as_user(ministry.nobody).get(addresses.letter_url(case.pk, "extension")).status_code in (
        302,
        403,
        404,
    )
    links = [
        url for label, url in leader.get(addresses.case_url(case.pk)).context["letters"] if "gia hạn" in label
    ]
    assert len(links) == 1
    assert leader.post(links[0], NUMBERED).status_code == 302
    told = leader.post(links[0], {**NUMBERED, "reference_number": "99/BNV-VP"})
    assert "Ghi rõ lý do đính chính" in told.content.decode()
    assert leader.get(links[0]).context["letter"].number == "05/BNV-VP"
    assert offences("I15") == []


def test_what_a_kept_letter_says_is_proved(ministry: Ministry, as_user: Any) -> None:
    case = asked(ministry)
    as_user(ministry.intake).post(addresses.letter_url(case.pk, "supplement"), NUMBERED)
    assert offences("I15") == []
    kept = OutgoingLetter.objects.get()
    kept.words["paragraphs"] = ["Lời khác."]
    kept.save()
    assert len(offences("I15")) == 1
    assert "Nguyễn" not in str(kept.words)


@pytest.mark.parametrize(
    "change",
    [
        {"words": {"paragraphs": ["Bộ bồi thường 5 tỷ đồng."]}},
        {"made_on": date(2020, 1, 1)},
        {"signatory": "Kẻ Giả Mạo"},
        {"act": 0},
        None,
    ],
)
def test_a_letter_without_a_number_is_proved_too(change: Any, answered: Case) -> None:
    kept = OutgoingLetter.objects.get(case=answered)
    assert offences("I15") == []
    if change is None:
        kept.delete()
    else:
        words = {**kept.words, **change.get("words", {})}
        OutgoingLetter.objects.filter(pk=kept.pk).update(**{**change, "words": words})
    assert offences("I15")


@pytest.mark.parametrize("change", [{"paragraphs": ["Bộ bồi thường 5 tỷ đồng."]}, {"act": 0}, None])
def test_a_letter_that_is_not_what_its_act_wrote_is_neither_made_nor_numbered(
    change: Any, answered: Case, ministry: Ministry, as_user: Any
) -> None:
    kept = OutgoingLetter.objects.filter(case=answered)
    if change is None:
        kept.delete()
    else:
        act = change.pop("act", kept.get().act)
        kept.update(act=act, words={**kept.get().words, **change})
    officer, url = as_user(ministry.officer), addresses.letter_url(answered.pk, "answer")
    assert "không khớp với nhật ký xử lý" in officer.get(url).content.decode()
    for wanted in ("docx", "pdf", ""):
        told = officer.post(url, {**NUMBERED, "as": wanted})
        assert (told.status_code, "attachment" in told.get("Content-Disposition", "")) == (409, False)
    assert not answered.events.filter(verb__in=(Verb.READ_CONTACTS, Verb.NOTE)).exists()


def test_a_letter_from_before_letters_were_proved_can_be_made(
    answered: Case, ministry: Ministry, as_user: Any
) -> None:
    line = answered.events.get(verb=Verb.APPROVE_ANSWER)
    texts = {name: told for name, told in line.texts.items() if not name.startswith("letter.")}
    QuerySet(CaseEvent).filter(pk=line.pk).update(texts=texts)
    assert words_of_docx(download(as_user(ministry.officer), answered, "answer", "docx"))


def test_a_past_letter_is_numbered_by_the_unit_that_had_the_case_then(
    answered: Case, ministry: Ministry, as_user: Any
) -> None:
    act = OutgoingLetter.objects.get(case=answered).act
    actions.reopen_case(answered, by=ministry.intake, note="Có quy định mới.")
    routing.forward_case(answered, to_unit=ministry.other_unit, by=ministry.intake)
    routing.assign_case(answered, officer=ministry.other_officer, by=ministry.other_head)
    answers.draft_answer(answered, body="Nháp.", by=ministry.other_officer)
    url = addresses.past_letter_url(answered.pk, "answer", act)
    values = {**NUMBERED, "dated_on": OutgoingLetter.objects.get(case=answered).made_on.isoformat()}
    told = as_user(ministry.other_officer).post(url, values)
    assert told.status_code == 409
    assert "do đơn vị chủ trì hồ sơ khi đó" in told.content.decode()
    assert OutgoingLetter.objects.get(case=answered, act=act).reference_number == ""
    assert as_user(ministry.intake).post(url, values).status_code == 302
    assert OutgoingLetter.objects.get(case=answered, act=act).reference_number == "05/BNV-VP"


def test_a_wrong_number_of_a_past_letter_is_corrected_with_a_reason(
    answered: Case, ministry: Ministry, as_user: Any
) -> None:
    letter = OutgoingLetter.objects.get(case=answered)
    values = {**NUMBERED, "dated_on": letter.made_on.isoformat()}  # type: ignore[union-attr]
    as_user(ministry.officer).post(addresses.letter_url(answered.pk, "answer"), values)
    actions.reopen_case(answered, by=ministry.intake, note="Có quy định mới.")
    routing.forward_case(answered, to_unit=ministry.other_unit, by=ministry.intake)
    routing.assign_case(answered, officer=ministry.other_officer, by=ministry.other_head)
    answers.draft_answer(answered, body="Nháp.", by=ministry.other_officer)
    url = addresses.past_letter_url(answered.pk, "answer", letter.act)
    right = {**values, "reference_number": "06/BNV-VP", "reason": "Văn thư ghi nhầm số."}
    # the unit that has the case now neither wrote it nor sent it
    as_user(ministry.other_officer).post(url, right)
    letter.refresh_from_db()
    assert letter.reference_number == "05/BNV-VP"
    office = as_user(ministry.intake)
    shown = office.get(url)
    assert "Lý do đính chính" in shown.content.decode()
    right["seen"] = shown.context["form"].initial["seen"]
    assert office.post(url, right).status_code == 302
    line = answered.events.order_by("sequence").last()
    assert line.data["is_corrected"] is True
    assert "“05/BNV-VP” sửa thành “06/BNV-VP”" in line.note
    assert "Văn thư ghi nhầm số." in line.note
    assert "06/BNV-VP" in words_of_docx(office.post(url, {**right, "as": "docx"}).content)
    assert "đã đính chính số" in office.get(addresses.case_url(answered.pk)).content.decode()
    assert offences("I15") == []


def test_what_was_emptied_is_filled_in_with_a_reason(
    answered: Case, ministry: Ministry, as_user: Any
) -> None:
    letter = OutgoingLetter.objects.get(case=answered)
    values = {**NUMBERED, "dated_on": letter.made_on.isoformat()}  # type: ignore[union-attr]
    office = as_user(ministry.intake)
    office.post(addresses.letter_url(answered.pk, "answer"), values)
    actions.reopen_case(answered, by=ministry.intake, note="Có quy định mới.")
    routing.forward_case(answered, to_unit=ministry.other_unit, by=ministry.intake)
    routing.assign_case(answered, officer=ministry.other_officer, by=ministry.other_head)
    answers.draft_answer(answered, body="Nháp.", by=ministry.other_officer)
    url = addresses.past_letter_url(answered.pk, "answer", letter.act)
    empty = dict.fromkeys(values, "")
    assert office.post(url, {**empty, "reason": "Ghi nhầm."}).status_code == 302
    other = {**values, "reference_number": "06/BNV-VP"}
    shown = office.post(url, other)
    assert shown.context["form"].errors["reason"]
    with pytest.raises(HasLeft):
        number_letter(
            answered,
            "answer",
            act=letter.act,
            reference_number="06/BNV-VP",
            dated_on=None,
            signature_title="",
            signatory="",
            by=ministry.intake,
        )
    letter.refresh_from_db()
    assert letter.reference_number == ""
    assert office.post(url, {**other, "reason": "Số đúng."}).status_code == 302
    line = answered.events.order_by("sequence").last()
    assert line is not None and "“…” sửa thành “06/BNV-VP”" in line.note
    assert offences("I15") == []


def test_the_title_is_that_of_whoever_signs(answered: Case, ministry: Ministry, as_user: Any) -> None:
    url, officer = addresses.letter_url(answered.pk, "answer"), as_user(ministry.officer)
    offered = officer.get(url).context["form"].initial
    assert offered["signature_title"] == "TL. BỘ TRƯỞNG\nCỤC TRƯỞNG"
    deputy = {**NUMBERED, **offered, "signature_title": "TL BỘ TRƯỞNG\nKT CỤC TRƯỞNG\nPHÓ CỤC TRƯỞNG"}
    assert officer.post(url, deputy).status_code == 302
    # as they signed last
    again = make_case(Status.ANSWERED, ministry)
    offered = officer.get(addresses.letter_url(again.pk, "answer")).context["form"].initial
    assert offered["signature_title"] == "TL. BỘ TRƯỞNG\nKT. CỤC TRƯỞNG\nPHÓ CỤC TRƯỞNG"


def test_an_answer_that_a_leader_approved_is_signed_for_the_minister(
    ministry: Ministry, as_user: Any
) -> None:
    case = make_case(Status.DRAFT_REVIEW, ministry)
    answers.approve_answer(case, by=ministry.leader)
    offered = as_user(ministry.officer).get(addresses.letter_url(case.pk, "answer")).context["form"].initial
    assert offered["signature_title"] == "KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG"


@pytest.mark.parametrize(
    ("written", "bare"),
    [
        ("PGS.TS. Nguyễn Văn Sơn", "Nguyễn Văn Sơn"),
        ("TS Trần Thị Bích", "Trần Thị Bích"),
        ("Thạc sĩ Lê Văn Tám", "Lê Văn Tám"),
        ("GS, TSKH Phạm Minh", "Phạm Minh"),
        ("Vũ Đình Khải, TS.", "Vũ Đình Khải"),
        ("Thượng tướng Trần Quang", "Thượng tướng Trần Quang"),
        ("Tiến Sơn", "Tiến Sơn"),
        ("Tsuda Ken", "Tsuda Ken"),
    ],
)
def test_before_the_name_stand_no_academic_titles(
    written: str, bare: str, answered: Case, ministry: Ministry, as_user: Any
) -> None:
    url, officer = addresses.letter_url(answered.pk, "answer"), as_user(ministry.officer)
    told = officer.post(url, {**NUMBERED, "signatory": written})
    assert (told.status_code == 302) == (written == bare)
    if written != bare:
        assert (
            f"không ghi học hàm, học vị (Nghị định 30/2020/NĐ-CP, Phụ lục I): {bare}."
            in told.content.decode()
        )


def test_a_number_below_ten_has_a_zero(answered: Case, ministry: Ministry, as_user: Any) -> None:
    url = addresses.letter_url(answered.pk, "answer")
    with clock.acting_at(datetime(2026, 6, 5, 10, tzinfo=clock.zone())):
        as_user(ministry.officer).post(
            url, {**NUMBERED, "reference_number": "5 / BNV-VP", "dated_on": "2026-06-05"}
        )
    letter = as_user(ministry.officer).get(url).context["letter"]
    assert (letter.number, letter.place_and_date) == ("05/BNV-VP", "Hà Nội, ngày 05 tháng 6 năm 2026")


@pytest.mark.parametrize(("write", "words_of"), [(pdf.as_pdf, words_of_pdf), (docx.as_docx, words_of_docx)])
def test_several_addressees_and_the_mark_of_urgency(write: Any, words_of: Any, ministry: Ministry) -> None:
    case = referred(ministry)
    letter = replace(
        letter_of(case, LetterKind.FORWARDING, None, with_sender=True),
        addressees=["Bộ Y tế", "Bộ Tài chính"],
        stamp="HỎA TỐC",
    )
    words = words_of(write(letter))
    assert "Kính gửi: - Bộ Y tế; - Bộ Tài chính." in words
    assert "HỎA TỐC" in words
    shown = render_to_string("pakn_portal/staff/includes/letter.html", {"letter": letter})
    assert "- Bộ Y tế;</p>" in shown
    assert "- Bộ Tài chính.</p>" in shown


@pytest.mark.parametrize(
    ("channel", "told"),
    [
        ("web", "Nội dung do người gửi viết (nguyên văn):"),
        ("phone", "Nội dung do cán bộ tiếp nhận ghi theo lời trình bày của người gửi:"),
        ("in_person", "Nội dung do cán bộ tiếp nhận ghi theo lời trình bày của người gửi:"),
        ("post", "Nội dung do cán bộ tiếp nhận ghi lại từ văn bản của người gửi:"),
    ],
)
def test_the_slip_says_whose_words_the_content_is(
    channel: str, told: str, ministry: Ministry, as_user: Any
) -> None:
    case = make_case(Status.RECEIVED, ministry)
    by = None if channel == "web" else ministry.intake
    Submission.objects.filter(pk=case.submission_id).update(channel=channel, entered_by=by)
    case = Case.objects.get(pk=case.pk)
    actions.refer_case(case, agency=Agency.objects.get(code="bo-y-te"), by=ministry.intake)
    letter = as_user(ministry.intake).get(addresses.letter_url(case.pk, "forwarding")).context["letter"]
    at = letter.paragraphs.index(told)
    assert letter.paragraphs[at + 1] == case.submission.content.splitlines()[0]


@pytest.mark.parametrize(
    ("wrong", "name", "told"),
    [
        ({"reference_number": "abc"}, "reference_number", "05/BNV-VP"),
        ({"reference_number": "12"}, "reference_number", "05/BNV-VP"),
        ({"reference_number": "00/BNV-VP"}, "reference_number", "05/BNV-VP"),
        ({"dated_on": "2026-02-06"}, "dated_on", "sau hôm nay"),
        ({"dated_on": "2026-02-04"}, "dated_on", "05/02/2026"),
    ],
)
def test_a_number_or_a_date_that_cannot_be_is_told_beside_its_field(
    wrong: dict[str, str], name: str, told: str, answered: Case, ministry: Ministry, as_user: Any
) -> None:
    page = as_user(ministry.officer).post(addresses.letter_url(answered.pk, "answer"), {**NUMBERED, **wrong})
    assert page.status_code == 200
    assert list(page.context["form"].errors) == [name]
    assert told in str(page.context["form"].errors[name])
    assert OutgoingLetter.objects.get().reference_number == ""


def test_a_number_that_stands_on_another_letter_is_asked_about_once(
    answered: Case, ministry: Ministry, as_user: Any
) -> None:
    officer, asked_for = as_user(ministry.officer), make_case(Status.NEED_INFO, ministry)
    officer.post(addresses.letter_url(answered.pk, "answer"), NUMBERED)
    url, office = addresses.letter_url(asked_for.pk, "supplement"), as_user(ministry.intake)
    told = office.post(url, {**NUMBERED, "known": ""})
    assert told.status_code == 409
    assert answered.number in told.content.decode()
    assert not asked_for.letters.exclude(reference_number="").exists()
    again = {**NUMBERED, "known": told.context["form"]["known"].value()}
    assert office.post(url, {**again, "reference_number": "06/BNV-VP"}).status_code == 302
    assert office.post(url, again).status_code == 302
    assert asked_for.letters.get().reference_number == "05/BNV-VP"


def test_the_same_number_of_another_year_is_another_number(
    answered: Case, ministry: Ministry, as_user: Any
) -> None:
    as_user(ministry.officer).post(addresses.letter_url(answered.pk, "answer"), NUMBERED)
    with clock.acting_at(clock.now() + timedelta(days=360)):
        later = make_case(Status.NEED_INFO, ministry)
        url = addresses.letter_url(later.pk, "supplement")
        kept = as_user(ministry.intake).post(
            url, {**NUMBERED, "dated_on": f"{clock.today():%Y-%m-%d}", "known": ""}
        )
    assert kept.status_code == 302


def _referred(ministry: Ministry, as_user: Any, **values: Any) -> tuple[Case, Any]:
    case = make_case(Status.RECEIVED, ministry, **values)
    agency = Agency.objects.get(code="bo-y-te")
    actions.refer_case(
        case,
        agency=agency,
        by=ministry.intake,
        note="Ông không phải gửi lại.",
        slip_note="Đề nghị quý Bộ trả lời.",
    )
    return case, as_user(ministry.intake)


def test_the_slip_has_the_words_for_the_other_agency_and_none_for_the_sender(
    ministry: Ministry, as_user: Any
) -> None:
    case, office = _referred(ministry, as_user)
    letter = office.get(addresses.letter_url(case.pk, "forwarding")).context["letter"]
    assert "Đề nghị quý Bộ trả lời." in letter.paragraphs
    assert "Ông không phải gửi lại." not in letter.paragraphs
    mail = OutgoingMail.objects.get(case=case, template="referred")
    assert mail.context["note"] == "Ông không phải gửi lại."
    assert (
        "viết lời cho cơ quan khác trong phiếu chuyển"
        in office.get(addresses.case_url(case.pk)).content.decode()
    )


def test_a_slip_without_words_for_the_agency_has_its_usual_ones_alone(
    ministry: Ministry, as_user: Any
) -> None:
    case = make_case(Status.RECEIVED, ministry)
    agency = Agency.objects.get(code="bo-y-te")
    actions.refer_case(case, agency=agency, by=ministry.intake, note="Ông không phải gửi lại.")
    letter = letter_of(case, LetterKind.FORWARDING, None, with_sender=True)
    assert "Ông không phải gửi lại." not in letter.paragraphs


def test_a_slip_of_before_keeps_its_one_note(ministry: Ministry, as_user: Any) -> None:
    case = make_case(Status.RECEIVED, ministry)
    actions.refer_case(case, agency=Agency.objects.get(code="bo-y-te"), by=ministry.intake, note="Lời chung.")
    line = case.events.get(verb=Verb.REFER)
    data = {name: value for name, value in line.data.items() if name != "slip_note"}
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pakn_portal_caseevent SET data=%s WHERE id=%s", [json.dumps(data), line.pk])
    assert "Lời chung." in letter_of(case, LetterKind.FORWARDING, None, with_sender=True).paragraphs


def test_the_slip_lists_the_files_and_says_how_to_reach_who_gave_no_address(
    ministry: Ministry, as_user: Any
) -> None:
    case, _office = _referred(ministry, as_user, sender={"address": ""})
    Attachment.objects.create(submission=case.submission, name="hop-dong.pdf", size=1, file="a/b")
    kept = case.letters.get()
    assert "hop-dong" not in str(kept.words)
    told = letter_of(case, LetterKind.FORWARDING, kept, with_sender=True).paragraphs
    assert told[-1] == "Tài liệu gửi kèm: hop-dong.pdf."
    assert f"điện thoại: {case.submission.sender.phone}" in told[-2]
    hidden = letter_of(case, LetterKind.FORWARDING, kept, with_sender=False).paragraphs
    assert case.submission.sender.phone not in " ".join(hidden)
    sent = {**kept.words, "paragraphs": kept.words["paragraphs"][:-1]}
    before = letter_of(case, LetterKind.FORWARDING, OutgoingLetter(words=sent), with_sender=True).paragraphs
    assert "hop-dong" not in before[-1]
    assert "điện thoại" not in before[-1]


def test_whoever_refers_writes_to_each_reader_in_a_box_of_its_own(ministry: Ministry, as_user: Any) -> None:
    case, office = make_case(Status.RECEIVED, ministry), as_user(ministry.intake)
    url = addresses.move_url(case.pk, Verb.REFER)
    html = office.get(url).content.decode()
    assert ("Cơ quan nhận đọc nguyên văn" in html, "Người gửi đọc nguyên văn" in html) == (True, True)
    agency = Agency.objects.get(code="bo-y-te").pk
    typed = {
        "agency": agency,
        "note": "Xin ông chờ.",
        "slip_note": "Đề nghị trả lời.",
        "version": case.version,
    }
    assert office.post(url, typed).status_code == 302
    assert "Đề nghị trả lời." in str(case.letters.get().words["paragraphs"])


def test_a_letter_that_asks_for_more_says_what_is_so_of_the_time_limit(ministry: Ministry) -> None:
    case = asked(ministry)
    told = " ".join(letter_of(case, LetterKind.SUPPLEMENT, None, with_sender=False).paragraphs)
    assert "thời hạn trả lời được tạm dừng" in told
    assert f"Hết ngày {case.supplement_due_on:%d/%m/%Y}, nếu không nhận được" in told
    late = make_case(Status.RECEIVED, ministry)
    assert late.due_on is not None
    with clock.acting_at(clock.now() + timedelta(days=60)):
        actions.request_supplement(late, by=ministry.intake, note="Bản chụp hợp đồng.")
        told = " ".join(letter_of(late, LetterKind.SUPPLEMENT, None, with_sender=False).paragraphs)
    assert ("tạm dừng" in told, "xin lỗi" in told) == (False, True)


def test_whoever_may_sign_is_offered_for_every_kind_of_letter(ministry: Ministry, as_user: Any) -> None:
    case = extended(ministry)
    offered = as_user(ministry.head).get(addresses.letter_url(case.pk, "extension")).context["form"].initial
    assert (offered["signatory"], offered["signature_title"]) == (
        person(ministry.head),
        "TL. BỘ TRƯỞNG\nCỤC TRƯỞNG",
    )
    led = make_case(Status.PROCESSING, ministry)
    routing.extend_deadline(led, by=ministry.leader, note="Cần thêm ý kiến.")
    offered = as_user(ministry.leader).get(addresses.letter_url(led.pk, "extension")).context["form"].initial
    assert (offered["signatory"], offered["signature_title"]) == (
        person(ministry.leader),
        "KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG",
    )


def test_for_whoever_may_not_sign_the_head_of_their_unit_is_offered(ministry: Ministry, as_user: Any) -> None:
    url = addresses.letter_url(refused(ministry).pk, "refusal")
    assert as_user(ministry.intake).get(url).context["form"].initial["signatory"] == ""
    office = Unit.objects.create(
        name="Văn phòng Bộ", code="vp", head=ministry.leader, staff_group=Group.objects.create(name="VP")
    )
    ministry.intake.groups.add(office.staff_group)
    url = addresses.letter_url(refused(ministry).pk, "refusal")
    offered = as_user(ministry.intake).get(url).context["form"].initial
    assert (offered["signatory"], offered["signature_title"]) == (
        person(ministry.leader),
        "TL. BỘ TRƯỞNG\nCHÁNH VĂN PHÒNG",
    )


def test_the_documents_say_whose_they_are_and_in_which_language(answered: Case) -> None:
    letter = letter_of(answered, LetterKind.ANSWER, None, with_sender=True)
    told = Document(io.BytesIO(docx.as_docx(letter)))
    properties = told.core_properties
    assert (properties.author, properties.language, properties.comments) == ("Bộ Nội vụ", "vi-VN", "")
    assert properties.created is not None
    assert properties.created.date() == clock.now().date()
    languages = told.styles.element.xpath("//w:lang/@w:val")
    assert set(languages) == {"vi-VN"}
    root: Any = pypdf.PdfReader(io.BytesIO(pdf.as_pdf(letter))).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("vi")


def test_each_line_of_the_foot_is_a_line(answered: Case) -> None:
    letter = replace(
        letter_of(answered, LetterKind.ANSWER, None, with_sender=True), foot=["8 Tôn Thất Thuyết", "ĐT: 04"]
    )
    told = Document(io.BytesIO(docx.as_docx(letter)))
    foot = told.sections[0].first_page_footer.paragraphs
    assert [line.text for line in foot if line.text] == ["8 Tôn Thất Thuyết", "ĐT: 04"]


@pytest.mark.parametrize(("stamp", "wide"), [("KHẨN", 20), ("HỎA TỐC", 30), ("THƯỢNG KHẨN", 40)])
def test_the_frame_of_urgency_has_the_size_of_its_stamp(stamp: str, wide: int, answered: Case) -> None:
    letter = replace(letter_of(answered, LetterKind.ANSWER, None, with_sender=True), stamp=stamp)
    told = Document(io.BytesIO(docx.as_docx(letter)))
    (frame,) = told.tables[0].rows[1].cells[0].tables
    assert (round(frame.columns[0].width.mm), round(frame.rows[0].height.mm)) == (wide, 8)
    assert frame.rows[0].cells[0].text.strip() == stamp
    assert stamp in words_of_pdf(pdf.as_pdf(letter))


def test_the_abstract_names_the_matter_and_no_person(ministry: Ministry) -> None:
    case = make_case(Status.ANSWERED, ministry)
    told = letter_of(case, LetterKind.ANSWER, None, with_sender=False).abstract
    assert case.submission.title[:60] in told


def test_an_organisation_is_no_lady(ministry: Ministry) -> None:
    case = make_case(Status.RECEIVED, ministry, sender={"organisation": "Công ty A"})
    actions.request_supplement(case, by=ministry.intake, note="Bản chụp hợp đồng.")
    told = " ".join(letter_of(case, LetterKind.SUPPLEMENT, None, with_sender=False).paragraphs)
    assert ("ông/bà" in told, "quý đơn vị" in told) == (False, True)
