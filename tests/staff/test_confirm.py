"""What the Legal Department confirms: one click, by nobody else, for the row as it was read."""

from __future__ import annotations

from datetime import date, timedelta
from html import unescape
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from wagtail.models import ModelLogEntry

from pakn_portal import clock
from pakn_portal.cases.enums import Status
from pakn_portal.cases.models import Case
from pakn_portal.management.setup.roles import make_roles, role_group
from pakn_portal.people.scope import scope_of
from pakn_portal.search.models import ArchiveEntry
from pakn_portal.snippets.confirmation.confirming import CannotConfirm, confirm, revoke, shown_as
from pakn_portal.snippets.models import DeadlineRule, Holiday, LegalBasis, RefusalReason
from pakn_portal.snippets.models.deadline_rule import TO_COMPARE
from pakn_portal.staff import addresses
from pakn_portal.staff.boards.legal import of_legal
from pakn_portal.staff.lists.confirm import confirm_url
from pakn_portal.staff.lists.confirm_rows import DAYS, REASONS, RULES, rows_of, waiting
from pakn_portal.staff.lists.replaced_bases import replaced_bases_url
from tests.factories import Ministry, make_case, make_user
from tests.snippets.test_lists_in_admin import address
from tests.staff.roles import people
from tests.staff.test_boards import assert_each_leads_to_as_many
from tests.staff.test_boards_of_roles import sections

pytestmark = pytest.mark.django_db

NO_BASIS = "Thời hạn này chưa có căn cứ pháp lý, cần Bộ quyết định."
NOT_CONFIRMED = "Vụ Pháp chế chưa xác nhận thời hạn này."
#: A rule that ships without a basis, and one that has one.
BARE, BASED = {"step": "reply", "kind": "question"}, {"step": "reply", "kind": "", "sender_kind": ""}


@pytest.fixture
def jurist(ministry: Ministry) -> Any:
    """Of the department that is asked for opinions; with the rights that `pakn_setup` gives."""
    make_roles()
    user = make_user("phapche", full_name="Tạ Thanh Bình", unit=ministry.other_unit)
    user.groups.add(role_group("legal"))
    return user


def press(client: Any, which: str, key: int, **data: str) -> Any:
    """The button of a row as the screen shows it."""
    url = confirm_url(which)
    row = next(row for row in client.get(url).context["page_obj"] if row.key == key)
    return client.post(url, {"key": str(key), f"seen-{key}": row.seen, **data})


def confirmed(which: str) -> set[int]:
    return {row.key for row in rows_of(which) if row.is_confirmed}


def everything_confirmed(client: Any, which: str) -> None:
    """All at once; what lacks a basis, or has one that is still to be compared, has another by then."""
    with_basis()
    while rows := list(client.get(confirm_url(which)).context["page_obj"]):
        seen = {f"seen-{row.key}": row.seen for row in rows}
        client.post(confirm_url(which), {"chosen": "1", "pick": [row.key for row in rows], **seen})


def with_basis() -> None:
    for rule in DeadlineRule.objects.filter(Q(legal_basis="") | Q(legal_basis__contains=TO_COMPARE)):
        rule.legal_basis = "Quyết định 12/QĐ-BNV ngày 05/01/2026"
        rule.save()


def test_nobody_else_opens_it_or_confirms(ministry: Ministry, jurist: Any, as_user: Any) -> None:
    rule = DeadlineRule.objects.get(**BASED)
    seen = next(row.seen for row in rows_of(RULES) if row.key == rule.pk)
    data = {"key": rule.pk, f"seen-{rule.pk}": seen}
    ministry.administrator.groups.add(role_group("administrator"))
    for letter, user in people(ministry).items():
        client = as_user(user)
        for which in (RULES, REASONS, DAYS):
            assert client.get(confirm_url(which)).status_code in (302, 403), letter
        assert client.post(confirm_url(), data).status_code in (302, 403), letter
        assert confirmed(RULES) == set(), letter
        assert confirm_url() not in client.get("/admin/").content.decode(), letter
    assert as_user(jurist).get(confirm_url()).status_code == 200
    assert as_user(jurist).post(confirm_url(), data).status_code == 302
    assert confirmed(RULES) == {rule.pk}


def test_the_role_alone_sees_no_case(ministry: Ministry, jurist: Any, as_user: Any) -> None:
    case = make_case(Status.PROCESSING, ministry)
    alone = make_user("phapche2", full_name="Lê Luật")
    alone.groups.add(role_group("legal"))
    client = as_user(alone)
    assert client.get(addresses.case_url(case.pk)).status_code == 302
    assert client.get(addresses.list_url()).status_code == 302
    assert list(sections(client.get("/admin/").content.decode())) == ["legal"]
    assert client.get(confirm_url()).status_code == 200
    assert client.get(replaced_bases_url()).status_code == 200


@pytest.mark.parametrize("which", [RULES, REASONS, DAYS])
def test_one_click_keeps_who_and_when(which: str, jurist: Any, as_user: Any) -> None:
    with_basis()
    client, key = as_user(jurist), rows_of(which)[0].key
    before = waiting(which)
    press(client, which, key)
    assert confirmed(which) == {key}
    assert waiting(which) == before - 1
    html = unescape(client.get(confirm_url(which, "confirmed")).content.decode())
    assert f"Đã xác nhận: Tạ Thanh Bình, {clock.local(clock.now()):%H:%M %d/%m/%Y}" in html
    entries = ModelLogEntry.objects.filter(action="pakn_portal.confirm")
    assert {entry.user for entry in entries} == {jurist}
    client.post(confirm_url(which, "confirmed"), {"withdraw": key})
    assert (confirmed(which), waiting(which)) == (set(), before)
    assert ModelLogEntry.objects.filter(action="pakn_portal.withdraw_confirmation").exists()


def test_cases_say_what_is_open_until_it_is_confirmed(ministry: Ministry, jurist: Any, as_user: Any) -> None:
    def page(case: Case) -> str:
        return unescape(as_user(ministry.officer).get(addresses.case_url(case.pk)).content.decode())

    case = make_case(Status.PROCESSING, ministry)
    rule = case.deadline_rule
    assert rule is not None
    assert (NOT_CONFIRMED in page(case), NO_BASIS in page(case)) == (
        bool(rule.legal_basis),
        not rule.legal_basis,
    )
    DeadlineRule.objects.filter(pk=rule.pk).update(legal_basis="")
    assert NO_BASIS in page(case)
    # that of the case, and those of the steps that it tells of
    client = as_user(jurist)
    everything_confirmed(client, RULES)
    shown = page(case)
    assert NO_BASIS not in shown
    assert NOT_CONFIRMED not in shown
    closed = make_case(Status.ANSWERED, ministry)
    assert NOT_CONFIRMED not in page(closed).split('id="pakn-deadline"')[1].split("Công khai")[0]


def test_a_remark_of_before_goes_with_the_confirmation(ministry: Ministry, jurist: Any, as_user: Any) -> None:
    """The case's copy is sealed and stays; the page reads the basis from the rule that was confirmed."""
    remark = "Mặc định của phần mềm; cần Bộ quyết định"
    case = make_case(Status.PROCESSING, ministry)
    Case.objects.filter(pk=case.pk).update(legal_basis=remark)
    officer = as_user(ministry.officer)
    assert remark in officer.get(addresses.case_url(case.pk)).content.decode()
    rule = case.deadline_rule
    assert rule is not None
    rule.legal_basis = "Quyết định 12/QĐ-BLĐ, Điều 5"
    rule.save()
    press(as_user(jurist), RULES, rule.pk)
    html = unescape(officer.get(addresses.case_url(case.pk)).content.decode())
    assert remark not in html
    assert "Quyết định 12/QĐ-BLĐ, Điều 5" in html


def _saved(rule: DeadlineRule, client: Any) -> None:
    rule.refresh_from_db()
    rule.amount += 1
    rule.save()


def _saved_in_part(rule: DeadlineRule, client: Any) -> None:
    rule.refresh_from_db()
    rule.legal_basis = "Khác"
    rule.save(update_fields=["legal_basis"])


def _updated(rule: DeadlineRule, client: Any) -> None:
    DeadlineRule.objects.filter(pk=rule.pk).update(amount=99)


def _loaded(rule: DeadlineRule, client: Any) -> None:
    rule.refresh_from_db()
    rule.amount += 1
    (row,) = serializers.deserialize("json", serializers.serialize("json", [rule]))
    row.save()


def _imported(rule: DeadlineRule, client: Any) -> None:
    rule.refresh_from_db()
    headings = "step,kind,sender_kind,sector,urgency,valid_from,amount"
    line = f"{rule.step},{rule.kind},{rule.sender_kind},,{rule.urgency},{rule.valid_from:%Y-%m-%d},77"
    file = SimpleUploadedFile("bang.csv", f"{headings}\n{line}\n".encode(), "text/csv")
    preview = client.post(address(DeadlineRule, "import"), {"file": file})
    client.post(address(DeadlineRule, "import"), {"table": preview.context["table"]})


@pytest.mark.parametrize("change", [_saved, _saved_in_part, _updated, _loaded, _imported])
def test_whatever_is_changed_waits_again(change: Any, jurist: Any, as_user: Any, section: Any) -> None:
    client, rule = as_user(jurist), DeadlineRule.objects.get(**BASED)
    everything_confirmed(client, RULES)
    assert waiting(RULES) == 0
    change(rule, client)
    assert [row.key for row in rows_of(RULES) if not row.is_confirmed] == [rule.pk]
    press(client, RULES, rule.pk)
    assert waiting(RULES) == 0


def test_no_file_confirms_a_rule(jurist: Any, as_user: Any, section: Any) -> None:
    rule = DeadlineRule.objects.get(**BASED)
    headings = "step,kind,sender_kind,sector,urgency,valid_from,is_verified"
    line = f"{rule.step},,,,,{rule.valid_from:%Y-%m-%d},1"
    file = SimpleUploadedFile("bang.csv", f"{headings}\n{line}\n".encode(), "text/csv")
    preview = as_user(jurist).post(address(DeadlineRule, "import"), {"file": file})
    assert preview.status_code == 422
    assert "is_verified" in preview.content.decode()
    assert confirmed(RULES) == set()


def test_what_was_changed_since_it_was_read_is_not_confirmed(jurist: Any, as_user: Any) -> None:
    client, rule = as_user(jurist), DeadlineRule.objects.get(**BASED)
    seen = next(row.seen for row in rows_of(RULES) if row.key == rule.pk)
    DeadlineRule.objects.filter(pk=rule.pk).update(amount=3)
    answer = client.post(confirm_url(), {"key": rule.pk, f"seen-{rule.pk}": seen}, follow=True)
    assert "vừa được người khác sửa" in unescape(answer.content.decode())
    assert confirmed(RULES) == set()
    for key in ("", "x", "9" * 30, "-1"):
        assert client.post(confirm_url(), {"key": key, f"seen-{key}": seen}).status_code == 404


def test_a_term_without_a_basis_is_not_confirmed(ministry: Ministry, jurist: Any, as_user: Any) -> None:
    """One click would take the only warning off every case that it runs for."""
    client, rule = as_user(jurist), DeadlineRule.objects.get(**BARE)
    answer = press(client, RULES, rule.pk)
    html = unescape(client.get(answer.url).content.decode())
    assert "Hãy ghi số, ngày quyết định của Bộ trước" in html
    assert f'name="key" value="{rule.pk}"' not in html
    assert f'name="pick" value="{rule.pk}"' not in html
    assert confirmed(RULES) == set()
    with pytest.raises(CannotConfirm):
        confirm(DeadlineRule.objects.filter(pk=rule.pk), seen=shown_as([rule]), by=jurist)
    rule.legal_basis = "Quyết định 12/QĐ-BNV ngày 05/01/2026"
    rule.save()
    press(client, RULES, rule.pk)
    assert confirmed(RULES) == {rule.pk}


def test_a_basis_that_is_still_to_be_compared_is_not_confirmed(jurist: Any, as_user: Any) -> None:
    client = as_user(jurist)
    rule = DeadlineRule.objects.filter(legal_basis__contains=TO_COMPARE).first()
    html = unescape(client.get(press(client, RULES, rule.pk).url).content.decode())
    assert "Căn cứ còn ghi “cần đối chiếu”" in html
    assert f'name="pick" value="{rule.pk}"' not in html
    assert confirmed(RULES) == set()
    rule.legal_basis = "Luật 121/2025/QH15, Điều 12"
    rule.save()
    press(client, RULES, rule.pk)
    assert confirmed(RULES) == {rule.pk}


def test_one_that_was_confirmed_without_a_basis_still_says_so(ministry: Ministry) -> None:
    rule = DeadlineRule.objects.get(**BARE)
    DeadlineRule.objects.filter(pk=rule.pk).update(is_verified=True, verified_as=rule.fingerprint)
    rule.refresh_from_db()
    assert rule.is_confirmed
    assert rule.doubt == NO_BASIS


def test_several_are_confirmed_at_once_and_one_stays_there(jurist: Any, as_user: Any) -> None:
    with_basis()
    client = as_user(jurist)
    rows = list(client.get(confirm_url()).context["page_obj"])
    chosen, changed = rows[:5], rows[5]
    DeadlineRule.objects.filter(pk=changed.key).update(amount=99)
    seen = {f"seen-{row.key}": row.seen for row in rows}
    picked = [row.key for row in (*chosen, changed)]
    answer = client.post(f"{confirm_url()}?p=1", {"chosen": "1", "pick": picked, **seen})
    assert answer.url == f"{confirm_url()}?p=1#row-{rows[6].key}"
    html = unescape(client.get(answer.url).content.decode())
    assert f"Đã xác nhận 5 quy định: {chosen[0].told}; " in html
    assert "vừa được người khác sửa" in html
    assert confirmed(RULES) == {row.key for row in chosen}
    nothing = client.post(confirm_url(), {"chosen": "1"}, follow=True)
    assert "Chưa chọn mục nào" in unescape(nothing.content.decode())


def test_a_year_of_days_off_is_confirmed_as_a_whole(jurist: Any, as_user: Any) -> None:
    client, year = as_user(jurist), clock.today().year + 1
    day = Holiday.objects.filter(date__year=year).first()
    assert day is not None

    def opened_by(change: Any) -> bool:
        everything_confirmed(client, DAYS)
        assert year in confirmed(DAYS)
        change()
        return year not in confirmed(DAYS)

    added = Holiday(date=date(year, 7, 7), name="Nghỉ thêm")
    assert opened_by(added.save)
    added.date = date(year + 1, 7, 7)
    assert opened_by(added.save)
    assert opened_by(Holiday.objects.filter(date__year=year).first().delete)  # type: ignore[union-attr]
    assert opened_by(lambda: Holiday.objects.filter(date__year=year).update(note="Sửa"))


def test_a_confirmation_moves_no_date(ministry: Ministry, jurist: Any, as_user: Any) -> None:
    case = make_case(Status.PROCESSING, ministry)
    before = (case.due_on, case.events.count())
    for which in (RULES, REASONS, DAYS):
        everything_confirmed(as_user(jurist), which)
    case.refresh_from_db()
    assert (case.due_on, case.events.count()) == before


def test_the_department_mends_what_it_confirms_by_itself(jurist: Any, as_user: Any, section: Any) -> None:
    client, rule = as_user(jurist), DeadlineRule.objects.get(**BARE)
    form = client.get(address(DeadlineRule, "edit", rule.pk)).context["form"]
    assert "is_verified" not in form.fields
    data = {name: "" if (value := form[name].value()) is None else value for name in form.fields}
    data = {**data, "legal_basis": "Quyết định 12/QĐ-BLĐ", "is_verified": "on", "valid_from": "01/01/2019"}
    assert client.post(address(DeadlineRule, "edit", rule.pk), data).status_code == 302
    rule.refresh_from_db()
    assert (rule.legal_basis, rule.is_verified) == ("Quyết định 12/QĐ-BLĐ", False)
    for model in (RefusalReason, LegalBasis):
        assert client.get(address(model, "add")).status_code == 200
    assert client.get(address(Holiday, "list")).status_code == 200
    assert client.get(address(Holiday, "add")).status_code == 302
    assert client.get(address(DeadlineRule, "delete", rule.pk)).status_code == 302


def test_rules_that_were_ticked_before_stay_so(jurist: Any, as_user: Any) -> None:
    rule = DeadlineRule.objects.get(**BASED)
    DeadlineRule.objects.filter(pk=rule.pk).update(is_verified=True)
    assert confirmed(RULES) == set()
    import_module("pakn_portal.migrations.0049_confirmed_rows").keep_ticked(apps, None)
    assert confirmed(RULES) == {rule.pk}
    html = unescape(as_user(jurist).get(confirm_url(RULES, "confirmed")).content.decode())
    assert "không ghi tên người xác nhận" in html


@pytest.fixture
def busy(ministry: Ministry, jurist: Any, section: Any) -> Ministry:
    from tests.staff.test_legal_bases import LAW, published, replace

    for _number in range(3):
        make_case(Status.COORDINATING, ministry)
    make_case(Status.PROCESSING, ministry)
    basis, other = (LegalBasis.objects.get(number=number) for number in (LAW, "41/2024/QH15"))
    for bases in (LAW, LAW, f"Điều 35 {LAW}; 41/2024/QH15", "145/2019/QH14"):
        published(ministry, bases)
    replace(basis)
    replace(other)
    return ministry


def test_each_number_of_the_board_leads_to_as_many(busy: Ministry, jurist: Any, as_user: Any) -> None:
    client = as_user(jurist)
    board = sections(client.get("/admin/").content.decode())["legal"]
    found = assert_each_leads_to_as_many(client, board)
    assert found[replaced_bases_url("45/2019/QH14")] == 3
    assert found[replaced_bases_url("41/2024/QH15")] == 1
    assert found[replaced_bases_url()] == ArchiveEntry.objects.filter(is_superseded=True).count() == 3
    assert found[addresses.list_url(scope="all", opinion="true")] == 3
    assert found[confirm_url()] == DeadlineRule.objects.count()


def test_what_waits_for_its_opinion_stands_due_first(busy: Ministry, jurist: Any, as_user: Any) -> None:
    cases = list(Case.objects.filter(status=Status.COORDINATING).order_by("pk"))
    for days, case in zip((20, 3, 9), cases, strict=True):
        Case.objects.filter(pk=case.pk).update(due_on=date(2026, 12, 1 + days))
    board = sections(as_user(jurist).get("/admin/").content.decode())["legal"]
    places = [board.index(cases[place].number) for place in (1, 2, 0)]
    assert places == sorted(places)


def test_a_unit_reads_only_what_it_was_asked(busy: Ministry, as_user: Any) -> None:
    url = addresses.list_url(scope="all", opinion="true")
    for who, count in ((busy.other_officer, 3), (busy.officer, 0), (busy.intake, 0)):
        assert as_user(who).get(url).context["page_obj"].paginator.count == count


def test_the_board_costs_the_same_with_many_rows(ministry: Ministry, jurist: Any, section: Any) -> None:
    from pakn_portal.deadlines.rules import current_calendar
    from tests.staff.test_legal_bases import LAW, published

    LegalBasis.objects.filter(number=LAW).update(is_replaced=True)
    counts = []
    for number in (1, 5):
        for place in range(number):
            make_case(Status.COORDINATING, ministry)
            published(ministry).save()
            DeadlineRule.objects.create(
                step="reply", amount=5, valid_from=date(2000 + len(counts), 1, 1 + place),
                valid_until=date(2000 + len(counts), 1, 1 + place),
            )  # fmt: skip
        user = type(jurist).objects.get(pk=jurist.pk)
        scope = scope_of(user)
        with CaptureQueriesContext(connection) as queries:
            of_legal(scope, current_calendar())
        counts.append(len(queries))
    assert counts == [counts[0]] * 2


def test_days_on_end_stand_in_one_line(ministry: Ministry) -> None:
    Holiday.objects.all().delete()
    year = clock.today().year + 1
    for day in (date(year, 1, 1), date(year, 1, 30), date(year, 1, 31), date(year, 2, 1), date(year, 2, 3)):
        Holiday.objects.create(date=day, name="Tết" if day.day != 1 or day.month == 2 else "Năm mới")
    (row,) = rows_of(DAYS)
    assert row.facts == ["01/01 Năm mới", "30/01–01/02 Tết", "03/02 Tết"]
    assert row.name == f"Năm {year}: 5 ngày"


def test_notes_of_days_are_joined_as_a_list(ministry: Ministry) -> None:
    Holiday.objects.all().delete()
    year = clock.today().year + 1
    for day, note in ((1, "Bộ luật Lao động."), (2, "Thông báo số 5;"), (3, "Bộ luật Lao động.")):
        Holiday.objects.create(date=date(year, 1, day), name="Nghỉ", note=note)
    (row,) = rows_of(DAYS)
    assert row.basis == "Bộ luật Lao động; Thông báo số 5"


def test_a_row_that_was_read_before_it_was_confirmed_keeps_the_confirmation(ministry: Ministry) -> None:
    """And one that was read before the confirmation was taken back does not bring it back."""
    lawyer = make_user("phapche9", "legal")
    rule = DeadlineRule.objects.get(**BASED)
    rows = DeadlineRule.objects.filter(pk=rule.pk)
    old = rows.get()
    confirm(rows, seen=shown_as([rule]), by=lawyer)
    old.save()
    now = rows.get()
    assert (now.is_confirmed, now.verified_by, now.verified_at is not None) == (True, lawyer, True)
    revoke(rows, by=lawyer)
    now.save()
    assert not rows.get().is_verified
    confirm(rows, seen=shown_as([rule]), by=lawyer)
    old.legal_basis = "Quyết định khác"
    old.save()
    assert not rows.get().is_verified


def test_what_runs_today_is_confirmed_before_what_has_ended(ministry: Ministry) -> None:
    ended, running = DeadlineRule.objects.all()[:2]
    DeadlineRule.objects.exclude(pk__in=[ended.pk, running.pk]).delete()
    DeadlineRule.objects.filter(pk=running.pk).update(valid_until=None)
    DeadlineRule.objects.filter(pk=ended.pk).update(valid_until=clock.today() - timedelta(days=1))
    assert [row.key for row in rows_of(RULES)] == [running.pk, ended.pk]
