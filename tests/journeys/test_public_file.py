"""An answer with template, file and letter: the sender has the file, a publisher lets everybody have a copy,
and a word that is only in the file finds it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pytest
from playwright.sync_api import Page, expect

from pakn_portal.answers.actions import prepare_public_text
from pakn_portal.answers.files.listed import names_in
from pakn_portal.answers.models import Answer
from pakn_portal.management.setup.lists import load_lists
from pakn_portal.pages.answers.actions import archive_page, request_publication
from pakn_portal.submissions import secrets
from tests.factories import make_case
from tests.fixtures.browser import OpenPage
from tests.journeys import citizen, staff
from tests.journeys.axe import OURS, faults
from tests.journeys.conftest import wait_for_search
from tests.journeys.people import demo_ministry
from tests.journeys.pictures import picture

pytestmark = pytest.mark.browser

BAD: Any = {"name": "a.exe", "mimeType": "", "buffer": b"MZ"}
NAME, WORD, SECRET = "Mẫu số 03.docx", "khai trình", "7K4FB6QE2MXA9TRD"


def look(page: Page, name: str, within: str | None = OURS) -> None:
    """Nothing by axe, no sideways scroll; a picture for whoever wants to look."""
    page.wait_for_load_state("load")
    assert faults(page, within) == []
    wide = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0
    picture(page, name)


def write(path: Path) -> Path:
    document = docx.Document()
    document.core_properties.author = "Trần Văn Soạn Thảo"
    document.add_paragraph(f"Doanh nghiệp {WORD} lao động trong 30 ngày.")
    document.save(str(path / NAME))
    return path / NAME


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_a_word_that_is_only_in_the_file_finds_the_answer(
    house: Any, open_page: OpenPage, tmp_path: Path, phone: bool
) -> None:
    load_lists()
    who = demo_ministry()
    case = make_case("processing", who)
    draft = f"{staff.LIST}move/{case.pk}/draft_answer/"
    officer = staff.sign_in(open_page(phone=phone), "chuyenvien")
    officer.goto(draft)
    officer.locator("li", has_text="Trả lời chung").locator("[name=insert]").click()
    officer.locator("[name=body]").fill("Ông/bà dùng mẫu kèm theo.")
    officer.locator("[name=attachments]").set_input_files(write(tmp_path))
    # chosen is sent, and what was typed is still there
    expect(officer.locator("#files")).to_contain_text("Đã đính kèm 1 tệp")
    expect(officer.locator("[name=body]")).to_have_value("Ông/bà dùng mẫu kèm theo.")
    look(officer, "draft-file")
    officer.goto(draft)
    officer.get_by_role("link", name="Dùng tiếp").first.click()
    expect(officer.locator(".pakn-files")).to_contain_text(NAME)
    officer.locator("[name=attachments]").set_input_files(files=[BAD])
    expect(officer.locator(".error-message")).to_contain_text("a.exe")
    expect(officer.locator(".pakn-files")).to_contain_text(NAME)
    look(officer, "draft-file-refused")
    officer.locator("[name=outcome]").select_option("explained")
    officer.get_by_role("button", name="Lưu và trình phê duyệt").click()
    officer.wait_for_url("**/inspect/**")
    assert names_in(Answer.objects.get(case=case).files) == [NAME]
    look(officer, "case-answer-file")

    head = staff.sign_in(open_page(phone=phone), "lanhdaodonvi")
    head.goto(f"{staff.LIST}move/{case.pk}/approve_answer/")
    expect(head.locator(".pakn-files")).to_contain_text(NAME)
    look(head, "approve-file")
    head.get_by_role("button", name="Phê duyệt", exact=True).click()
    head.wait_for_url("**/inspect/**")
    head.goto(f"{staff.LIST}letter/{case.pk}/answer/")
    expect(head.locator(".pakn-staff")).to_contain_text(f"Tài liệu gửi kèm: {NAME}.")

    case.refresh_from_db()
    case.submission.secret_hash = secrets.hash_secret(SECRET, case.submission.pk)
    case.submission.save()
    sender = open_page(phone=phone)
    citizen.track(sender, case.number, SECRET)
    with sender.expect_download() as got:
        sender.get_by_role("button", name=f"Tải về {NAME}").click()
    assert got.value.suggested_filename == NAME
    look(sender, "tracking-answer-file", None)

    words = {"title": "Dùng mẫu nào?", "question": "Dùng mẫu nào?", "answer": "Dùng mẫu kèm theo."}
    prepare_public_text(case, **words, by=who.officer)
    request_publication(case, by=who.officer)
    publisher = staff.sign_in(open_page(phone=phone), "bientap")
    publisher.goto(f"{staff.LIST}move/{case.pk}/publish/")
    with publisher.expect_download() as got:
        publisher.get_by_role("link", name="Xem bản sao").click()
    assert docx.Document(str(got.value.path())).core_properties.author != "Trần Văn Soạn Thảo"
    publisher.get_by_label(NAME).check()
    look(publisher, "publish-choose")
    publisher.get_by_role("button", name="Công khai", exact=True).click()
    expect(publisher.get_by_role("alert").last).to_contain_text("Mọi người sẽ đọc được")
    look(publisher, "publish-look-again")
    publisher.get_by_role("button", name="Công khai", exact=True).click()
    publisher.wait_for_url("**/inspect/**")
    wait_for_search()

    reader = open_page(phone=phone)
    reader.goto(f"{archive_page().full_url}?q={WORD}")
    hit = reader.locator(".pakn-hit")
    expect(hit).to_have_count(1)
    expect(hit).to_contain_text(f"Trong tệp “{NAME}”")
    expect(hit.locator("mark").first).to_have_text(WORD)
    look(reader, "archive-in-file", None)
    hit.get_by_role("link").first.click()
    with reader.expect_download() as got:
        reader.get_by_role("link", name=NAME).click()
    copy = docx.Document(str(got.value.path()))
    assert WORD in copy.paragraphs[0].text
    assert copy.core_properties.author != "Trần Văn Soạn Thảo"
    look(reader, "answer-with-file", None)
