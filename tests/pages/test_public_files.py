"""A file of an answer becomes public when a publisher chose it, as a copy, and no longer than its answer."""

from __future__ import annotations

import re
from contextlib import suppress
from io import BytesIO, StringIO
from typing import Any

import docx
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject
from wagtail.models import PageViewRestriction

from pakn_portal import clock
from pakn_portal.answers import actions as answering
from pakn_portal.answers.files.listed import files_of
from pakn_portal.answers.files.public import way_on
from pakn_portal.answers.models import Answer, PublicFile
from pakn_portal.cases import actions
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case, CaseFile
from pakn_portal.flow.errors import MoveError
from pakn_portal.pages.answers.actions import (
    archive_page,
    correct_answer,
    page_of_case,
    publish_answer,
    request_publication,
    unpublish_answer,
)
from pakn_portal.people.scope import scope_of
from pakn_portal.publication.gate import GateShut
from pakn_portal.search.models import ArchiveEntry
from pakn_portal.search.page.related import related
from pakn_portal.snippets.enums import Kind
from pakn_portal.staff import addresses
from pakn_portal.staff.cases.moves.public_forms import CorrectForm
from pakn_portal.submissions import secrets
from pakn_portal.submissions.enums import FileState
from pakn_portal.submissions.storage import private_storage
from pakn_portal.submissions.uploads import take_uploads
from tests.factories import Ministry, make_case, make_ministry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("section")]

WORD = "kanarivogel"
NAME = "Mẫu số 03.docx"


@pytest.fixture
def ministry() -> Ministry:
    return make_ministry()


def letter(*paragraphs: str) -> bytes:
    document = docx.Document()
    document.core_properties.author = "Trần Văn Soạn Thảo"
    for words in paragraphs:
        document.add_paragraph(words)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def book(value: Any, number_format: str = "General", title: str = "Trang") -> bytes:
    made = openpyxl.Workbook()
    made.active.title = title
    made.active["A1"] = value
    made.active["A1"].number_format = number_format
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def answered(ministry: Ministry, content: bytes = b"", name: str = NAME) -> Case:
    """Answered with one file, its public text with the publisher."""
    case = make_case(Status.PROCESSING, ministry)
    form_key = secrets.issue_form_key()
    file = SimpleUploadedFile(name, content or letter(f"Người lao động điền {WORD} vào ô thứ hai."))
    assert take_uploads([file], form_key=form_key, address="staff-1", is_staff=True).errors == []
    answering.draft_answer(case, body="Ông/bà dùng mẫu kèm theo.", form_key=form_key, by=ministry.officer)
    answering.submit_answer(case, by=ministry.officer)
    answering.approve_answer(case, by=ministry.head)
    prepare(case, ministry)
    request_publication(case, by=ministry.officer)
    return case


def prepare(case: Case, ministry: Ministry, answer: str = "Người lao động dùng mẫu kèm theo.") -> None:
    words = {"title": "Mẫu đề nghị", "question": "Dùng mẫu nào?", "answer": answer}
    answering.prepare_public_text(case, **words, by=ministry.officer)


def key_of(case: Case) -> str:
    return files_of(Answer.objects.get(case=case))[0].key


def published(ministry: Ministry) -> Case:
    case = answered(ministry)
    publish_answer(case, by=ministry.publisher, files=[key_of(case)])
    return case


def door_of(file: PublicFile) -> str:
    return reverse("pakn_portal:public_file", args=[file.key])


def search(client: Client, text: str = WORD) -> str:
    return client.get(archive_page().url, {"q": text}).content.decode()


def offences() -> list[str]:
    out = StringIO()
    with suppress(SystemExit):
        call_command("pakn_verify", stdout=out, stderr=out, no_color=True)
    return [line for line in out.getvalue().splitlines() if "broken: " in line]


def test_one_that_can_no_longer_be_opened_does_not_stand_in_the_way_of_a_correction(
    ministry: Ministry,
) -> None:
    """Its box is ticked no more, and nobody could have taken the tick away."""
    case = published(ministry)
    prepare(case, ministry, "Người lao động dùng mẫu mới.")
    CaseFile.objects.filter(case=case).update(state=FileState.UNREADABLE)
    case = Case.objects.get(pk=case.pk)
    form = CorrectForm(
        {"version": case.version, "note": "Sửa tên mẫu."}, case=case, scope=scope_of(ministry.publisher)
    )
    assert form.is_valid(), form.errors
    (box,) = form.file_boxes
    assert box.field.disabled and not box.value()
    assert form.cleaned_data["files"] == []
    correct_answer(case, by=ministry.publisher, note="Sửa tên mẫu.", files=form.cleaned_data["files"])
    assert not PublicFile.objects.exists()


def test_beside_a_draft_no_text_of_a_file_is_read(ministry: Ministry) -> None:
    published(ministry)
    with CaptureQueriesContext(connection) as queries:
        related("Mẫu đề nghị", "", "", filters={"kind": tuple(Kind.values)})
    told = [query["sql"] for query in queries]
    assert [sql for sql in told if "document_numbers" in sql], "it was read"
    assert not [sql for sql in told if "attachments_text" in sql]


def test_none_is_public_unless_chosen(ministry: Ministry, client: Client) -> None:
    case = answered(ministry)
    publish_answer(case, by=ministry.publisher)
    assert not PublicFile.objects.exists()
    assert NAME not in client.get(page_of_case(case).url).content.decode()
    assert NAME not in search(client)


def test_a_chosen_one_is_had_as_a_copy_and_found_by_its_words(ministry: Ministry, client: Client) -> None:
    case = published(ministry)
    file = PublicFile.objects.get()
    html = client.get(page_of_case(case).url).content.decode()
    assert door_of(file) in html
    got = client.get(door_of(file))
    content = b"".join(got.streaming_content)
    assert got["Cache-Control"] == "no-cache"
    assert "attachment" in got["Content-Disposition"]
    assert docx.Document(BytesIO(content)).core_properties.author != "Trần Văn Soạn Thảo"
    found = search(client)
    assert f"Trong tệp “{NAME}”" in found
    assert f"<mark>{WORD}</mark>" in found
    assert offences() == []


def test_the_choice_is_under_seal(ministry: Ministry) -> None:
    case = published(ministry)
    line = case.events.get(verb=Verb.PUBLISH)
    assert "page.files" in line.texts
    PublicFile.objects.update(name="Khác.docx")
    assert any("page.files" in line for line in offences())


def test_another_copy_than_the_released_one_is_had_by_nobody(ministry: Ministry, client: Client) -> None:
    published(ministry)
    file = PublicFile.objects.get()
    with private_storage().open(file.file.name, "wb") as stored:
        stored.write(b"other")
    assert client.get(door_of(file)).status_code == 404
    assert any("has other content" in line for line in offences())


@pytest.mark.parametrize("how", ["unpublished", "sealed", "confirmed"])
def test_the_copy_goes_with_its_answer(
    how: str, ministry: Ministry, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    case = published(ministry)
    file = PublicFile.objects.get()
    door, name = door_of(file), file.file.name
    with django_capture_on_commit_callbacks(execute=True):
        if how == "unpublished":
            unpublish_answer(case, by=ministry.publisher, note="Mẫu đã thay.")
        else:
            actions.hold_case(case, by=ministry.officer)
        if how == "confirmed":
            actions.confirm_secret(
                case, by=ministry.inspector, paper_number="05/2026/BMNN", paper_dated_on=clock.today()
            )
    assert client.get(door).status_code == 404
    assert not PublicFile.objects.exists()
    assert not private_storage().exists(name)
    assert not ArchiveEntry.objects.filter(attachments_text__contains=WORD).exists()
    assert NAME not in search(client)
    assert offences() == []


def test_behind_a_restriction_nobody_has_it(ministry: Ministry, client: Client) -> None:
    case = published(ministry)
    archive = page_of_case(case).get_parent()
    PageViewRestriction.objects.create(page=archive, restriction_type="login")
    assert client.get(door_of(PublicFile.objects.get())).status_code == 404


def test_a_key_that_is_none_finds_nothing(ministry: Ministry, client: Client) -> None:
    for key in ("x", "a\0b", "%2e%2e"):
        assert client.get(f"{reverse('pakn_portal:public_file', args=['k'])[:-2]}{key}/").status_code == 404


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (letter("Bà Nguyễn Thị Thu Cúc, số điện thoại 0900000101."), NAME),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "cũ.doc"),
        (book(900000101, "0000 000 000"), "bảng.xlsx"),  # as a number, which its format shows as a telephone
        (book("Bảng", title="0900 000 101"), "trang.xlsx"),  # beside what the cells show
    ],
)
def test_what_cannot_be_public_is_refused_by_name(content: bytes, name: str, ministry: Ministry) -> None:
    from tests.submissions.files import compound_bytes

    case = answered(ministry, compound_bytes("WordDocument") if name.endswith(".doc") else content, name)
    with pytest.raises(MoveError, match=name):
        publish_answer(case, by=ministry.publisher, files=[key_of(case)])
    assert not PublicFile.objects.exists()
    case.refresh_from_db()
    assert case.status == Status.ANSWERED


#: As the font `.VnTime` stores it: no name and no address that a search knows.
OLD_WORDS = "Bµ NguyÔn ThÞ B×nh, sè 12 ngâ 5 phè Hµng B¹c"


def pdf(words: str) -> bytes:
    made = PdfWriter()
    page = made.add_blank_page(600, 800)
    drawn = StreamObject()
    drawn._data = f"BT /F1 12 Tf 50 700 Td ({words}) Tj ET".encode("latin-1")
    font = {
        "/Type": "/Font",
        "/Subtype": "/Type1",
        "/BaseFont": "/Helvetica",
        "/Encoding": "/WinAnsiEncoding",
    }
    named = DictionaryObject({NameObject(key): NameObject(value) for key, value in font.items()})
    fonts = DictionaryObject({NameObject("/F1"): named})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    page[NameObject("/Contents")] = made._add_object(drawn)
    out = BytesIO()
    made.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "name"),
    [(letter(OLD_WORDS), NAME), (book(OLD_WORDS), "bảng.xlsx"), (pdf(OLD_WORDS), "thư.pdf")],
    ids=["docx", "xlsx", "pdf"],
)
def test_what_is_in_letters_of_before_unicode_is_refused(
    content: bytes, name: str, ministry: Ministry
) -> None:
    case = answered(ministry, content, name)
    with translation.override("en"), pytest.raises(MoveError, match="old font"):
        publish_answer(case, by=ministry.publisher, files=[key_of(case)])
    assert not PublicFile.objects.exists()


def test_whoever_wrote_the_answer_chooses_no_file(ministry: Ministry) -> None:
    """Words that were public before return by any publisher; a file that is new needs four eyes."""
    case = published(ministry)
    unpublish_answer(case, by=ministry.publisher, note="Sửa mẫu.")
    ministry.officer.groups.add(ministry.publisher.groups.get(name__contains="Biên tập"))
    officer = type(ministry.officer).objects.get(pk=ministry.officer.pk)
    request_publication(case, by=ministry.officer)
    with pytest.raises(GateShut):
        publish_answer(case, by=officer, files=[key_of(case)])
    publish_answer(case, by=officer)
    assert not PublicFile.objects.exists()


def test_a_correction_keeps_or_changes_the_choice(ministry: Ministry, client: Client) -> None:
    case = published(ministry)
    prepare(case, ministry, "Người lao động dùng mẫu số 03 kèm theo.")
    correct_answer(case, by=ministry.second_publisher, note="Nói rõ số mẫu.")
    assert PublicFile.objects.count() == 1
    prepare(case, ministry, "Người lao động dùng mẫu số 03.")
    publisher = Client()
    publisher.force_login(ministry.second_publisher)
    html = publisher.get(addresses.move_url(case.pk, Verb.CORRECT)).content.decode()
    assert re.search(r"<del>.*kèm theo", html)  # against what stands on the site
    correct_answer(case, by=ministry.second_publisher, note="Không còn mẫu.", files=[])
    assert not PublicFile.objects.exists()
    assert NAME not in search(client)
    assert offences() == []


def test_the_publisher_looks_once_more_before_it_is_done(ministry: Ministry) -> None:
    case = answered(ministry)
    client = Client()
    client.force_login(ministry.publisher)
    address = addresses.move_url(case.pk, Verb.PUBLISH)
    html = client.get(address).content.decode()
    assert NAME in html
    assert "data-pakn-keep" not in html  # nothing is written here
    ticked = {"version": case.version, f"file_{key_of(case)}": "on"}
    older = {**ticked, "inner_note": "Bản nháp cũ.", "keep_draft": "1"}
    assert client.post(address, older, headers={"X-Pakn-Keep": "1"}).status_code == 200
    assert "Có bản nháp" in client.get(address).content.decode()
    page = client.post(address, ticked)
    assert page.status_code == 200
    assert "Có bản nháp" not in page.content.decode()  # what is confirmed stands here, and nothing older
    assert [copy.source.name for copy in page.context["form"].copies] == [NAME]
    assert not PublicFile.objects.exists()
    looked_at = page.context["form"]["looked_at"].value()
    assert client.post(address, {**ticked, "looked_at": looked_at}).status_code == 302
    assert PublicFile.objects.get().name == NAME


def test_a_refused_file_is_told_beside_it_with_a_way_on_and_the_choice_stays(ministry: Ministry) -> None:
    case = answered(ministry, letter("Bà Nguyễn Thị Thu Cúc, số điện thoại 0900000101."))
    client = Client()
    client.force_login(ministry.publisher)
    address = addresses.move_url(case.pk, Verb.PUBLISH)
    page = client.post(address, {"version": case.version, f"file_{key_of(case)}": "on"})
    box = page.context["form"].file_boxes[0]
    (told,) = box.errors
    assert told.endswith(way_on())
    assert f'<a href="#{box.id_for_label}">{NAME}: ' in page.content.decode()
    assert box.value()
