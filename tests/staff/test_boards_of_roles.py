"""The boards on the admin's first page: whose they are, that each number leads to as many, what they cost."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pakn_portal import clock
from pakn_portal.answers.enums import PublicTextState
from pakn_portal.answers.models import PublicText
from pakn_portal.answers.step_limits import publisher_days
from pakn_portal.cases.enums import Status
from pakn_portal.cases.models import Case
from pakn_portal.deadlines.calendar import AUTUMN
from pakn_portal.people.scope import scope_of
from pakn_portal.reports.daily import renew
from pakn_portal.reports.models import WorkerRound
from pakn_portal.snippets.models import Holiday
from pakn_portal.staff.boards.home import sections_of
from pakn_portal.staff.help.models import Difficulty
from tests.factories import Ministry, make_case, make_many_cases, make_unit, make_user
from tests.staff.roles import people
from tests.staff.test_boards import assert_each_leads_to_as_many

pytestmark = pytest.mark.django_db


def sections(html: str) -> dict[str, str]:
    """Name → its part of the page."""
    parts = re.split(r'data-section="', html)[1:]
    return {part.split('"', 1)[0]: part.split("</section>")[0] for part in parts}


@pytest.fixture
def ministry(ministry: Ministry) -> Ministry:
    """As `pakn_setup` makes it: whoever keeps the lists may change them."""
    rights = Permission.objects.get(content_type__app_label="pakn_portal", codename="change_holiday")
    ministry.administrator.user_permissions.add(rights)
    return ministry


def test_each_role_has_its_boards(ministry: Ministry, as_user: Any) -> None:
    shown = {
        letter: list(sections(as_user(user).get("/admin/").content.decode()))
        for letter, user in people(ministry).items()
        if letter != "N"
    }
    assert shown == {
        "I": ["day", "office"], "O": ["day"], "F": ["day", "unit"], "H": ["day", "unit"], "C": ["day"],
        "X": ["day"], "P": ["day", "publisher"], "L": ["leader", "day"], "T": ["day"], "R": ["auditor"],
        "M": ["site"],
    }  # fmt: skip


@pytest.fixture
def busy(ministry: Ministry) -> Ministry:
    today = clock.today()
    for status in (
        Status.SUBMITTED,
        Status.RETURNED,
        Status.ROUTED,
        Status.PROCESSING,
        Status.DRAFT_REVIEW,
        Status.ANSWERED,
        Status.SECRET_HOLD,
        Status.COMPLAINT,
    ):
        for days in (-3, 0, 1, 40, None):
            unit = None if status in (Status.SUBMITTED, Status.RETURNED, Status.COMPLAINT) else ministry.unit
            officer = ministry.officer if status == Status.PROCESSING else None
            (case,) = make_many_cases(1, status=status)
            Case.objects.filter(pk=case.pk).update(
                lead_unit=unit,
                officer=officer,
                due_on=None if days is None else today + timedelta(days=days),
                closed_on=today if status in (Status.ANSWERED, Status.COMPLAINT) else None,
                sector=None if days == 0 else case.sector,
            )
    for state, case in zip(PublicTextState, Case.objects.filter(status=Status.ANSWERED), strict=False):
        PublicText.objects.create(
            case=case, title="T", question="Q", answer="A", state=state, prepared_by=ministry.officer,
            prepared_at=clock.now() - timedelta(days=9),
        )  # fmt: skip
    with clock.acting_at(clock.now() - timedelta(days=20)):
        make_case(Status.RECEIVED, ministry)
    renew()
    return ministry


@pytest.mark.parametrize("role", ["intake", "head", "focal", "publisher", "leader"])
def test_each_number_leads_to_as_many(role: str, busy: Ministry, as_user: Any) -> None:
    client = as_user(getattr(busy, role))
    found = assert_each_leads_to_as_many(client, client.get("/admin/").content.decode())
    assert sum(found.values()) > 0


def test_whoever_reads_sealed_cases_and_sees_all_reads_the_same(busy: Ministry, as_user: Any) -> None:
    busy.intake.is_superuser = True
    busy.intake.save()
    client = as_user(busy.intake)
    assert_each_leads_to_as_many(client, client.get("/admin/").content.decode())


def test_my_day_has_what_is_due_first(busy: Ministry, as_user: Any) -> None:
    day = sections(as_user(busy.officer).get("/admin/").content.decode())["day"]
    numbers = re.findall(r'pakn-cases__number">([^<]+)<', day)
    mine = Case.objects.filter(officer=busy.officer, due_on__isnull=False).order_by("due_on")
    assert numbers[:4] == list(mine.values_list("number", flat=True))


def test_an_empty_board_says_what_to_do(ministry: Ministry, as_user: Any) -> None:
    html = unescape(as_user(ministry.head).get("/admin/").content.decode())
    assert "Chưa có việc nào chờ bạn" in html
    assert "Đơn vị mình không có hồ sơ nào đang mở" in html


def test_what_waits_for_the_publisher_is_told_once_by_its_day(busy: Ministry, as_user: Any) -> None:
    (waiting,) = PublicText.objects.filter(state=PublicTextState.REQUESTED)
    html = as_user(busy.publisher).get("/admin/").content.decode()
    board = sections(html)["day"]
    assert html.count(waiting.case.number) == board.count(waiting.case.number) == 1
    assert f"{publisher_days()[waiting.case_id]:%d/%m/%Y}" in board


def test_what_the_administrator_looks_after(ministry: Ministry, as_user: Any) -> None:
    def board() -> str:
        html = unescape(as_user(ministry.administrator).get("/admin/").content.decode())
        return sections(html)["site"]

    assert "Tiến trình nền chưa chạy lần nào" in board()
    WorkerRound.objects.create(pk=1, ended_at=clock.now())
    assert "Tiến trình nền chạy lúc" in board()
    WorkerRound.objects.update(failed="mail")
    assert "bước bị lỗi: mail" in board()
    WorkerRound.objects.update(ended_at=clock.now() - timedelta(hours=1))
    assert "Tiến trình nền không chạy từ" in board()


def test_the_administrator_learns_who_stands_outside(ministry: Ministry, as_user: Any) -> None:
    lost = make_user("mo-coi", "unit", full_name="Lê Văn Lạc")
    make_user("co-don-vi", full_name="Lê Thị Trong", unit=make_unit())
    closed = make_user("nghi", "intake", full_name="Lê Văn Nghỉ")
    closed.is_active = False
    closed.save()
    get_user_model().objects.exclude(pk=lost.pk).update(last_login=clock.now())
    html = unescape(as_user(ministry.administrator).get("/admin/").content.decode())
    board = sections(html)["site"]
    assert board.count("Lê Văn Lạc") == 2  # without a unit, and never signed in
    assert board.count("Lê Văn Nghỉ") == 1
    assert "Lê Thị Trong" not in board
    # the list of accounts is the CMS's: it opens for whoever may change accounts
    assert 'href="/admin/users/"' not in board
    ministry.administrator.user_permissions.add(Permission.objects.get(codename="change_user"))
    html = unescape(as_user(ministry.administrator).get("/admin/").content.decode())
    # each by their own account, for all are named
    assert f'<a href="/admin/users/edit/{lost.pk}/">Lê Văn Lạc</a>' in sections(html)["site"]
    assert sections(html)["site"].count('href="/admin/users/"') == 1  # of the roles that nobody holds


def test_the_administrator_learns_of_units_without_a_head_and_of_difficulties(
    ministry: Ministry, as_user: Any
) -> None:
    def board() -> str:
        html = unescape(as_user(ministry.administrator).get("/admin/").content.decode())
        return sections(html)["site"]

    assert "Đơn vị chưa có lãnh đạo" not in board()
    assert "khó khăn được báo" not in board()
    make_unit(name="Cục Không Ai Duyệt")
    Difficulty.objects.create(words="Nút nhỏ quá.")
    assert "Cục Không Ai Duyệt" in board()
    assert "1 khó khăn được báo đang chờ xử lý" in board()


def test_a_unit_of_leaders_needs_no_head(ministry: Ministry, as_user: Any) -> None:
    def board() -> str:
        html = unescape(as_user(ministry.administrator).get("/admin/").content.decode())
        return sections(html)["site"]

    unit = make_unit(name="Tập thể lãnh đạo")
    unit.staff_group = Group.objects.create(name="Tập thể lãnh đạo")
    unit.save()
    assert "Tập thể lãnh đạo" in board()
    ministry.leader.groups.add(unit.staff_group)
    assert "Tập thể lãnh đạo" not in board()
    ministry.nobody.groups.add(unit.staff_group)
    assert "Tập thể lãnh đạo" in board()


def test_the_days_off_of_next_year_are_missed_in_autumn(ministry: Ministry, as_user: Any) -> None:
    year = clock.today().year
    Holiday.objects.filter(date__year=year + 1).delete()
    said = f"Thiếu ngày nghỉ của năm {year + 1}"
    for month in (AUTUMN - 1, AUTUMN):
        with clock.acting_at(clock.now().replace(month=month, day=15)):
            html = unescape(as_user(ministry.administrator).get("/admin/").content.decode())
        assert (said in sections(html)["site"]) == (month == AUTUMN), month


@pytest.mark.parametrize("role", ["intake", "head", "publisher", "leader", "officer", "administrator"])
def test_the_cost_does_not_grow(role: str, ministry: Ministry) -> None:
    counts = []
    for number in (1, 29):
        for status in (Status.PROCESSING, Status.DRAFT_REVIEW, Status.SUBMITTED, Status.ANSWERED):
            unit = None if status == Status.SUBMITTED else ministry.unit
            cases = make_many_cases(number, unit=unit, status=status, officer=ministry.officer)
            if status == Status.ANSWERED:
                PublicText.objects.bulk_create(
                    PublicText(
                        case=case, title="T", question="Q", answer="A", state=PublicTextState.REQUESTED,
                        prepared_by=ministry.officer, prepared_at=clock.now(),
                    )
                    for case in cases
                )  # fmt: skip
        user = get_user_model().objects.get(pk=getattr(ministry, role).pk)
        with CaptureQueriesContext(connection) as queries:
            list(sections_of(scope_of(user)))
        counts.append(len(queries))
    assert counts == [counts[0]] * 2


def test_what_waits_for_publication_is_named_and_not_called_undated(busy: Ministry, as_user: Any) -> None:
    (waiting,) = PublicText.objects.filter(state=PublicTextState.REQUESTED)
    shown = sections(unescape(as_user(busy.publisher).get("/admin/").content.decode()))
    assert waiting.case.number in shown["day"]
    assert ("Chờ công khai" in shown["day"], "chưa có hạn" in shown["day"]) == (True, False)
