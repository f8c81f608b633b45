"""The auditor's desk: numbers are their lists, nobody else enters, and many lines cost what few do."""

from __future__ import annotations

import csv
import re
from datetime import timedelta
from html import unescape
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from pakn_portal import clock
from pakn_portal.answers import actions as answering
from pakn_portal.answers.letters.actions import number_letter
from pakn_portal.answers.texts import Words
from pakn_portal.cases import actions
from pakn_portal.cases.enums import Outcome, Status, ToldBy, Verb
from pakn_portal.cases.models import Case, CaseEvent
from pakn_portal.notifications.by_hand.actions import give_notice
from pakn_portal.notifications.by_hand.models import ManualNotice
from pakn_portal.people.names import person
from pakn_portal.people.scope import scope_of
from pakn_portal.register.checks import keep_check
from pakn_portal.register.models import RegisterCheck
from pakn_portal.routing import actions as routing
from pakn_portal.staff.boards.audit import lines as pages
from pakn_portal.staff.boards.audit.addresses import audit_url, lines_url
from pakn_portal.staff.boards.audit.kinds import IS_WATCHED, WATCHED, kind_of
from tests.factories import Ministry, make_case, make_submission, make_user
from tests.staff.roles import LETTERS, people
from tests.staff.test_boards import numbers_of

pytestmark = pytest.mark.django_db
EARLIER = "Thư đến ngày 20/11, hộp thư tồn do nghỉ lễ; gọi 0912345678."


@pytest.fixture
def watched(ministry: Ministry) -> Ministry:
    """A case or two of each kind that these people can do, by several of them."""
    for reader in (ministry.intake, ministry.officer, ministry.officer, ministry.leader):
        actions.read_contacts(make_case(Status.PROCESSING, ministry), by=reader)
    case = make_case(Status.DRAFT_REVIEW, ministry)
    better = Words("Ông/bà nộp hồ sơ trong 3 tháng, kể cả qua mạng.", Outcome.EXPLAINED, "38/2013/QH13")
    answering.approve_answer(case, by=ministry.head, corrected=better)
    late = make_submission(
        received_at=clock.now() - timedelta(days=6), backdating_reason=EARLIER,
        entered_by=ministry.intake, channel="post",
    )  # fmt: skip
    actions.open_case(late, by=ministry.intake)
    routing.recall_case(make_case(Status.ROUTED, ministry), by=ministry.intake, note="Nhầm đơn vị.")
    make_case(Status.REOPENED, ministry)
    # sealed afterwards: nobody counts it any more
    sealed = make_case(Status.PROCESSING, ministry)
    actions.read_contacts(sealed, by=ministry.officer)
    actions.move_to_complaint(sealed, by=ministry.intake)
    return ministry


def count_at(client: Client, url: str) -> int:
    html = client.get(url).content.decode()
    (found,) = re.findall(r'data-count="(\d+)"', html)
    return int(found)


@pytest.mark.parametrize("address", ["/admin/", audit_url(), audit_url(at_from="01/01/2020")])
def test_each_number_is_its_list(address: str, watched: Ministry, as_user: Any) -> None:
    client = as_user(watched.auditor)
    numbers = dict(numbers_of(client.get(address).content.decode()))
    assert len(numbers) > 8
    assert sum(numbers.values()) > 0
    for url, number in numbers.items():
        assert count_at(client, unescape(url)) == number, url


def test_the_kinds_and_the_people_add_up(watched: Ministry, as_user: Any) -> None:
    client = as_user(watched.auditor)
    kinds = {kind.code: count_at(client, lines_url(kind=kind.code)) for kind in WATCHED}
    assert {code: number for code, number in kinds.items() if number} == {
        "contacts": 4, "corrected": 1, "backdated": 1, "recalled": 1, "reopened": 1,
    }  # fmt: skip
    assert count_at(client, lines_url(kind="watched")) == sum(kinds.values())
    by = {
        name: count_at(client, lines_url(kind="watched", by=getattr(watched, name).pk))
        for name in ("intake", "officer", "leader", "head")
    }
    assert by == {"intake": 4, "officer": 2, "leader": 1, "head": 1}


def test_an_address_for_a_letter_is_in_the_log_and_not_worth_a_look(watched: Ministry, as_user: Any) -> None:
    make_case(Status.RECEIVED, watched, sender={"email": "", "address": "Số 18, phường Dĩ An"})
    notice = ManualNotice.objects.filter(given_at=None).latest("pk")
    give_notice(notice, way=ToldBy.LETTER, by=watched.intake, is_addressed=True)
    client = as_user(watched.auditor)
    assert count_at(client, lines_url(kind="contacts")) == 4
    reads = client.get(client.get(lines_url()).context["tabs"][1][1])
    assert reads.context["page_title"] == "Lượt xem thông tin liên hệ"
    assert reads.context["count"] == 5
    assert [row.is_watched for row in reads.context["rows"]].count(False) == 1


def test_a_line_is_called_what_it_was_counted_as(watched: Ministry) -> None:
    for kind in WATCHED:
        for event in pages.read(CaseEvent.objects.filter(kind.found)):
            assert kind_of(event) == kind
    others = CaseEvent.objects.exclude(pk__in=CaseEvent.objects.filter(IS_WATCHED).values("pk"))
    assert {kind_of(event) for event in pages.read(others)} == {None}


def test_the_filters(watched: Ministry, as_user: Any) -> None:
    client, unit = as_user(watched.auditor), watched.unit
    assert count_at(client, lines_url(kind="contacts", unit=unit.pk)) == 2
    assert count_at(client, lines_url(kind="contacts", unit=watched.other_unit.pk)) == 0
    assert count_at(client, lines_url(kind="verb.recall")) == 1
    case = Case.objects.filter(events__verb=Verb.RECALL).get()
    assert count_at(client, lines_url(number=case.number.lower())) == case.events.count()
    assert (
        count_at(client, lines_url(by="null", kind="verb.submit"))
        == Case.objects.exclude(submission__entered_by__isnull=False).exclude(status=Status.COMPLAINT).count()
    )
    tomorrow = clock.today() + timedelta(days=1)
    assert count_at(client, lines_url(at_from=f"{tomorrow:%d/%m/%Y}")) == 0
    assert count_at(client, lines_url(at_from="31/12/9999")) == 0
    assert count_at(client, lines_url(at_to="01/01/0001")) == 0
    for wrong in ({"by": "x"}, {"kind": "verb.fly"}, {"at_from": "32/13/2026"}, {"unit": "0"}):
        answer = client.get(lines_url(**wrong))
        assert (answer.status_code, answer.context["rows"]) == (200, []), wrong


@pytest.mark.parametrize(
    "days",
    [
        {"at_from": "01/01/0001", "at_to": "29/11/2026"},
        {"at_from": "01/01/0001", "at_to": "01/01/0001"},
        {"at_from": "01/01/9999", "at_to": "31/12/9999"},
        {"at_from": "01/01/0001", "at_to": "31/12/9999"},
    ],
)
@pytest.mark.parametrize("page", [audit_url, lines_url])
def test_days_at_the_ends_of_the_calendar(
    page: Any, days: dict[str, str], watched: Ministry, as_user: Any
) -> None:
    for export in ({}, {"export": "csv"}):
        assert as_user(watched.auditor).get(page(**days, **export)).status_code == 200


def test_a_corrected_number_of_a_letter_is_worth_a_look(ministry: Ministry, as_user: Any) -> None:
    case = make_case(Status.ANSWERED, ministry)
    act = case.events.filter(verb=Verb.APPROVE_ANSWER).get().sequence
    told: dict[str, Any] = {
        "dated_on": clock.today(), "signature_title": "TL. BỘ TRƯỞNG", "signatory": "Vũ Đình Khải",
    }  # fmt: skip
    number_letter(case, "answer", reference_number="05/BNV-VP", by=ministry.officer, **told)
    actions.reopen_case(case, by=ministry.intake, note="Có quy định mới.")
    client = as_user(ministry.auditor)
    assert count_at(client, lines_url(kind="renumbered")) == 0
    number_letter(
        case, "answer", act=act, reference_number="06/BNV-VP", by=ministry.intake,
        reason="Văn thư ghi nhầm số.", **told,
    )  # fmt: skip
    assert count_at(client, lines_url(kind="renumbered")) == 1
    assert "Đính chính số, ngày, người ký văn bản đã gửi" in client.get(lines_url()).content.decode()


def test_the_usual_days_are_the_last_thirty(ministry: Ministry, as_user: Any) -> None:
    with clock.acting_at(clock.now() - timedelta(days=30)):
        make_case(Status.RECEIVED, ministry)
    with clock.acting_at(clock.now() - timedelta(days=29)):
        young = make_case(Status.RECEIVED, ministry)
    client = as_user(ministry.auditor)
    assert count_at(client, lines_url()) == young.events.count()
    assert count_at(client, lines_url(at_from="01/01/2020")) == CaseEvent.objects.count()


def test_nobody_else_enters_or_is_led_there(ministry: Ministry, as_user: Any) -> None:
    make_case(Status.PROCESSING, ministry)
    asked = set()
    for letter, user in people(ministry).items():
        client, may = as_user(user), letter == "R"
        for url in (audit_url(), lines_url(), lines_url(export="csv")):
            assert (client.get(url).status_code == 200) == may, (letter, url)
            assert client.post(url).status_code in (302, 405), letter
        home = client.get("/admin/")
        if letter != "N":
            assert ("/admin/pakn/audit/" in home.content.decode()) == may, letter
        asked.add(letter)
    assert asked == set(LETTERS)


def test_no_line_of_a_sealed_case(watched: Ministry, as_user: Any) -> None:
    client = as_user(watched.auditor)
    sealed = Case.objects.get(status=Status.COMPLAINT)
    assert count_at(client, lines_url(number=sealed.number)) == 0
    text = b"".join(client.get(lines_url(export="csv")).streaming_content).decode()
    assert sealed.number not in client.get(lines_url()).content.decode() + text


def test_the_desk_changes_nothing(watched: Ministry, as_user: Any) -> None:
    before = CaseEvent.objects.count()
    client = as_user(watched.auditor)
    for url in ("/admin/", audit_url(), lines_url(), lines_url(export="xlsx")):
        client.get(url)
    assert CaseEvent.objects.count() == before


def test_a_backdated_entry_says_by_how_much_and_why(watched: Ministry, as_user: Any) -> None:
    html = unescape(as_user(watched.auditor).get(lines_url(kind="backdated")).content.decode())
    day = clock.local_date(clock.now() - timedelta(days=6))
    assert f"Nhận ngày {day:%d/%m/%Y}, nhập sau 6 ngày: {EARLIER}" in html


def test_the_download_has_what_was_filtered_and_is_masked(watched: Ministry, as_user: Any) -> None:
    client = as_user(watched.auditor)
    text = b"".join(client.get(lines_url(kind="backdated", export="csv")).streaming_content).decode()
    head, row = csv.reader(StringIO(text.removeprefix("\ufeff")))
    assert (len(head), len(row)) == (10, 10)
    assert "hộp thư tồn do nghỉ lễ" in row[6]
    assert "0912345678" not in text
    assert row[9] == CaseEvent.objects.get(case__number=row[4], verb=Verb.SUBMIT).hash
    answer = client.get(lines_url(kind="contacts", export="xlsx"))
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    assert sheet.max_row == 5


def test_the_download_names_the_colleagues(watched: Ministry, as_user: Any) -> None:
    head = watched.head
    head.last_name, head.first_name = "Hồ Thị", "Minh Tâm"
    head.save()
    answer = as_user(watched.auditor).get(lines_url(kind="corrected", export="csv"))
    text = b"".join(answer.streaming_content).decode()
    _head, row = csv.reader(StringIO(text.removeprefix("\ufeff")))
    assert person(head) in row[5]


def test_days_turned_round_are_not_told_as_no_lines(watched: Ministry, as_user: Any) -> None:
    url = lines_url(at_from="02/11/2026", at_to="01/11/2026")
    html = as_user(watched.auditor).get(url).content.decode()
    assert "Ngày đầu đứng sau ngày cuối." in html
    assert "data-count" not in html
    assert "export=" not in html


def test_pages_forth_and_back(ministry: Ministry, as_user: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(pages, "PAGE_SIZE", 3)
    instant = clock.now().replace(microsecond=0)
    with clock.acting_at(instant):  # all at once: only their keys tell them apart
        for _case in range(2):
            make_case(Status.ANSWERED, ministry)
    client, url, seen = as_user(ministry.auditor), lines_url(), []
    whole = list(CaseEvent.objects.order_by("-at", "-pk").values_list("pk", flat=True))
    while url:
        answer = client.get(url)
        seen += [row.event.pk for row in answer.context["rows"]]
        last, url = answer, answer.context["older_url"]
    assert seen == whole
    back = client.get(last.context["newer_url"])
    shown = [row.event.pk for row in last.context["rows"]]
    at = whole.index(shown[0])
    assert [row.event.pk for row in back.context["rows"]] == whole[at - 3 : at]
    second = client.get(lines_url(newer=whole[2]))
    assert [row.event.pk for row in second.context["rows"]] == whole[:3]
    assert second.context["newer_url"] == ""


def test_a_changed_line_is_marked(ministry: Ministry, as_user: Any) -> None:
    case = make_case(Status.RECEIVED, ministry)
    client = as_user(ministry.auditor)
    assert "Niêm phong của các dòng trên trang này đều đúng." in client.get(lines_url()).content.decode()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE pakn_portal_caseevent SET by_id = %s WHERE case_id = %s AND sequence = 2",
            [ministry.leader.pk, case.pk],
        )
    html = client.get(lines_url()).content.decode()
    assert "1 dòng trên trang này không còn đúng như khi niêm phong" in html
    assert html.count("không đúng như khi niêm phong") == 1


def state(client: Client) -> str:
    html = unescape(client.get(audit_url()).content.decode())
    return html[html.index('id="audit-chain"') : html.index('id="audit-acts"')]


def test_the_state_of_the_chain(ministry: Ministry, as_user: Any, settings: Any) -> None:
    client = as_user(ministry.auditor)
    assert "Chưa có lần kiểm tra nhật ký nào" in state(client)
    assert "chưa được ghi ra nơi lưu ngoài hệ thống" in state(client)
    make_case(Status.RECEIVED, ministry)
    keep_check({"I5": 0, "I16": 0, "I10": 2})
    said = state(client)
    assert "đủ 2 dòng nhật ký, không dòng nào bị sửa" in said
    assert "2 lỗi khác" in said
    keep_check({"I5": 3, "I16": 1})
    assert "3 chỗ sai trong chuỗi nhật ký" in state(client)
    assert "1 điểm không khớp" in state(client)
    RegisterCheck.objects.update(offences={"I5": 0})
    assert "không phải do hệ thống này ghi" in state(client)


def test_a_check_that_was_deleted_is_told(ministry: Ministry, as_user: Any) -> None:
    bad = [keep_check({"I5": found}) for found in (0, 3, 0)][1]
    client = as_user(ministry.auditor)
    assert "đã bị xóa" not in state(client)
    RegisterCheck.objects.filter(pk=bad.pk).delete()
    assert "Có bản ghi của lần kiểm tra trước đã bị xóa" in state(client)


def test_an_old_check_is_called_old(ministry: Ministry, as_user: Any) -> None:
    with clock.acting_at(clock.now() - timedelta(days=3)):
        keep_check({"I5": 0})
    assert "Từ đó đến nay chưa kiểm tra lại" in state(as_user(ministry.auditor))


def queries(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        client.get(url)
    return len(asked)


@pytest.mark.parametrize("url", ["/admin/", audit_url(), lines_url(), lines_url(kind="watched")])
def test_the_cost_does_not_grow_with_the_lines(url: str, ministry: Ministry, as_user: Any) -> None:
    client = as_user(ministry.auditor)
    actions.read_contacts(make_case(Status.PROCESSING, ministry), by=ministry.officer)
    keep_check({"I5": 0})
    few = queries(client, url)
    for reader in (ministry.head, ministry.intake, ministry.leader, ministry.focal):
        for _time in range(4):
            actions.read_contacts(make_case(Status.PROCESSING, ministry), by=reader)
    for _time in range(12):
        keep_check({"I5": 0})
    assert queries(client, url) == few


def test_who_only_audits_has_no_list_of_work(ministry: Ministry, as_user: Any) -> None:
    assert scope_of(ministry.auditor).only_audits
    home = as_user(ministry.auditor).get("/admin/").content.decode()
    assert 'data-figure="' not in home
    assert "pakn-home-q" in home
    both = make_user("hai-vai", "auditor", "intake")
    assert 'data-figure="' in as_user(both).get("/admin/").content.decode()
