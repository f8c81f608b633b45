"""Entry of a letter: its number and date, and what may have come before."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pakn_portal import clock
from pakn_portal.cases.models import Case
from pakn_portal.people.scope import scope_of
from pakn_portal.routing.alike import cases_alike
from pakn_portal.staff import addresses
from pakn_portal.staff.cases.entry import look
from pakn_portal.submissions import secrets
from tests.factories import Ministry, make_case, make_many_cases
from tests.staff.roles import LETTERS, people

pytestmark = pytest.mark.django_db

WORDS = "Tôi nghỉ việc đã hai tháng, tôi muốn hỏi về trợ cấp thất nghiệp theo Luật Việc làm."


def typed(**more: Any) -> dict[str, Any]:
    return {
        "form_key": secrets.issue_form_key(),
        "kind": "question",
        "title": "Hỏi trợ cấp thất nghiệp",
        "content": WORDS,
        "channel": "post",
        "received_at": f"{clock.local(clock.now()):%d/%m/%Y %H:%M}",
        "full_name": "Nguyễn Thị Thu Cúc",
        "address": "Số 18, tổ 4, phường Dĩ An",
        **more,
    }


def test_number_and_date_of_the_letter_are_kept_and_sealed(ministry: Ministry, as_user: Any) -> None:
    client = as_user(ministry.intake)
    late = f"{clock.today() + timedelta(days=2):%d/%m/%Y}"
    refused = client.post(addresses.entry_url(), typed(letter_dated_on=late))
    assert refused.status_code == 422
    assert "Ngày của văn bản đến: Ngày này chưa đến." in refused.content.decode()
    answer = client.post(
        addresses.entry_url(), typed(letter_number="123/CV-UBND", letter_dated_on="20/11/2020")
    )
    assert answer.status_code == 200, answer.context["form"].errors
    case = Case.objects.get()
    assert (case.submission.letter_number, case.submission.letter_dated_on) == (
        "123/CV-UBND", date(2020, 11, 20),
    )  # fmt: skip
    assert {"submission.letter_number", "submission.letter_dated_on"} <= set(case.events.get().texts)
    page = client.get(addresses.case_url(case.pk)).content.decode()
    assert "123/CV-UBND ngày 20/11/2020" in page


def test_the_contact_rule_is_said_before_and_errors_are_listed(ministry: Ministry, as_user: Any) -> None:
    client = as_user(ministry.intake)
    assert "Cần ít nhất một cách liên hệ" in client.get(addresses.entry_url()).content.decode()
    html = client.post(addresses.entry_url(), typed(full_name="", content="")).content.decode()
    summary = html.split("pakn-error-summary")[1].split("</ul>")[0]
    assert re.findall(r'href="#(\w+)"', summary) == ["id_content", "id_full_name"]


@pytest.mark.parametrize(
    "more",
    [
        {"full_name": "nguyen thi thu cuc", "content": "Chuyện khác.", "title": "Khác"},
        {"phone": "0900 000 101", "full_name": "", "content": "", "title": ""},
        {"full_name": "", "content": WORDS.upper().replace(",", " –"), "title": ""},
    ],
    ids=["name", "telephone", "words"],
)
def test_what_came_before_is_found_while_typing(
    more: dict[str, str], ministry: Ministry, as_user: Any
) -> None:
    earlier = make_case(content=WORDS)
    client = as_user(ministry.intake)
    part = client.post(addresses.entry_look_url(), typed(**more))
    assert earlier.number in part.content.decode()
    assert "<html" not in part.content.decode()
    page = client.post(addresses.entry_url(), typed(**more, look="1"))
    assert earlier.number in page.content.decode()
    assert Case.objects.count() == 1


def test_only_the_office_looks_and_not_without_end(
    ministry: Ministry, monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier, who = make_case(content=WORDS), people(ministry)
    for letter in LETTERS:
        client = Client()
        client.force_login(who[letter])
        answer = client.post(addresses.entry_look_url(), typed())
        assert (earlier.number in answer.content.decode()) == (letter == "I"), letter
    assert Client().post(addresses.entry_look_url(), typed()).status_code == 302
    monkeypatch.setattr(look, "_LOOKS", look.Limit("entry_look", 60, fixed=1))
    client = Client()
    client.force_login(ministry.intake)
    assert client.post(addresses.entry_look_url(), typed()).status_code == 429


def test_each_sign_of_likeness_is_looked_up_by_its_index(ministry: Ministry) -> None:
    """Among many cases, one statement for each, and the names of the indexes in how it is run."""
    make_many_cases(3000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    mail, number = "thu.cuc@example.vn", "0912345678"
    made = make_case(content=WORDS, sender={"email": mail, "phone": number})
    scope = scope_of(ministry.intake)
    with CaptureQueriesContext(connection) as asked:
        found = cases_alike(
            scope,
            title="Hỏi trợ cấp",
            content=WORDS,
            name="Nguyễn Thị Thu Cúc",
            phone=number,
            email=mail,
        )
    assert [each.case for each in found] == [made]
    told = plans([query["sql"] for query in asked])
    by_words, by_phone, by_mail = told[:3]
    assert "content_key" in by_words
    assert "pakn_sender_phone" in by_phone
    assert "pakn_sender_email" in by_mail
    for plan in told[:3]:
        assert not re.search(r"\bSCAN (pakn|U\d)|Seq Scan", plan), plan


def plans(wanted: list[str]) -> list[str]:
    explain = {"sqlite": "EXPLAIN QUERY PLAN", "postgresql": "EXPLAIN"}[connection.vendor]
    told = []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # which thinks nothing of reading three thousand rows
            cursor.execute("SET LOCAL enable_seqscan = off")
        for sql in wanted:
            cursor.execute(f"{explain} {sql}")
            told.append("\n".join(str(row[-1]) for row in cursor.fetchall()))
    return told


def test_who_looks_for_a_telephone_is_in_the_log(
    ministry: Ministry, as_user: Any, caplog: pytest.LogCaptureFixture
) -> None:
    earlier, client = make_case(content=WORDS), as_user(ministry.intake)
    nothing = {"full_name": "", "content": "", "title": ""}
    with caplog.at_level("INFO", logger=look.logger.name):
        client.post(addresses.entry_look_url(), typed(**nothing, phone="0900 000 101"))
        client.post(addresses.entry_look_url(), typed(**nothing, email="khong.co@example.vn"))
        client.post(addresses.entry_look_url(), typed())
    told = [record.getMessage() for record in caplog.records if record.name == look.logger.name]
    asked = f"User {ministry.intake.pk} looked for cases of one sender by"
    assert told == [f"{asked} phone: {earlier.number}", f"{asked} email: none"]


def test_somebody_of_the_same_name_is_not_called_the_same_sender(ministry: Ministry, as_user: Any) -> None:
    make_case(
        title="Chuyện khác hẳn",
        content="Hỏi về tiền lương của người lái xe.",
        sender={"full_name": "Lê Thị Bình"},
    )
    data = typed(full_name="Lê Thị Bình", phone="", email="")
    html = as_user(ministry.intake).post(addresses.entry_look_url(), data).content.decode()
    assert "cùng tên" in html
    assert "cùng người gửi" not in html
