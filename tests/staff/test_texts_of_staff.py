"""What staff and administrators write is put into the same form as what senders write."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from pakn_portal.answers.models import Answer
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.snippets.models import Agency, RefusalReason, Sector, Unit
from pakn_portal.staff import addresses
from tests.factories import Ministry, make_case, make_group
from tests.staff.test_moves import press

pytestmark = pytest.mark.django_db

#: As pasted from a word processor: a vertical tab for a blank, letters with their marks apart, a hidden mark.
PASTED = "Cục\x0bVie\u0323\u0302c la\u0300m\u200b"


def test_a_unit_with_a_pasted_name_stops_no_report(ministry: Ministry, as_user: Any) -> None:
    case = make_case(Status.PROCESSING, ministry)
    ministry.administrator.groups.add(make_group("administrator"))
    ministry.administrator.is_superuser = True
    ministry.administrator.save()
    address = reverse(Unit.snippet_viewset.get_url_name("edit"), args=[ministry.unit.pk])
    form = as_user(ministry.administrator).get(address).context["form"]
    data = {name: form[name].value() or "" for name in form.fields if form[name].value() not in (False, None)}
    answer = as_user(ministry.administrator).post(address, {**data, "name": PASTED})
    assert answer.status_code == 302
    ministry.unit.refresh_from_db()
    assert ministry.unit.name == "Cục Việc làm"
    ministry.officer.first_name = "Trịnh\x0bYến\x00"
    type(ministry.officer).objects.filter(pk=ministry.officer.pk).update(first_name="Trịnh\x0bYến")
    file = as_user(ministry.intake).get(addresses.list_url(export="xlsx"))
    cells = [cell.value for row in load_workbook(BytesIO(file.getvalue())).active.rows for cell in row]
    assert case.number in cells
    assert any("Trịnh" in str(cell) for cell in cells)


@pytest.mark.parametrize("model", [Unit, Sector, Agency, RefusalReason])
def test_each_list_is_put_in_form_whichever_door_it_came_by(model: Any) -> None:
    row = model.objects.create(code="moi", name=PASTED)
    assert row.name == "Cục Việc làm"
    assert model.objects.get(pk=row.pk).name == row.name


def test_a_draft_is_put_in_form(ministry: Ministry, as_user: Any) -> None:
    case = make_case(Status.PROCESSING, ministry)
    body = "Trả lo\u031b\u0300i\r\nDòng hai\x0bDòng ba\u200b"
    press(as_user(ministry.officer), case, Verb.DRAFT_ANSWER, body=body, outcome="explained", legal_bases="")
    assert Answer.objects.get(case=case).body == "Trả lời\nDòng hai\nDòng ba"


def test_groups_with_people_are_kept(ministry: Ministry, as_user: Any, section: Any) -> None:
    ministry.administrator.is_superuser = True
    ministry.administrator.save()
    client = as_user(ministry.administrator)
    role, staff, free = make_group("intake"), ministry.unit.staff_group, make_group("auditor")
    free.user_set.clear()
    for group in (role, staff):
        answer = client.post(reverse("wagtailusers_groups:delete", args=[group.pk]), follow=True)
        assert group.name in answer.content.decode()
        assert "được giữ lại" in answer.content.decode()
        assert type(group).objects.filter(pk=group.pk).exists()
    assert client.post(reverse("wagtailusers_groups:delete", args=[free.pk])).status_code == 302
    assert not type(free).objects.filter(pk=free.pk).exists()


@pytest.mark.parametrize(
    ("code", "status", "verb"),
    [
        ("complaint", Status.SUBMITTED, Verb.MOVE_TO_COMPLAINT),
        ("denunciation", Status.RECEIVED, Verb.MOVE_TO_DENUNCIATION),
        ("denunciation", Status.NEED_INFO, Verb.MOVE_TO_DENUNCIATION),
        ("state_secret", Status.RETURNED, Verb.HOLD),
        ("duplicate", Status.RECEIVED, Verb.MARK_DUPLICATE),
    ],
)
def test_a_reason_with_a_move_of_its_own_leads_there(
    code: str, status: Status, verb: Verb, ministry: Ministry, as_user: Any
) -> None:
    case, office = make_case(status, ministry), as_user(ministry.intake)
    reason = RefusalReason.objects.get(code=code)
    answer = press(office, case, Verb.REFUSE, reason=reason.pk, note="Đã nói chuyện với người gửi.")
    assert answer.status_code == 200
    assert answer.context["verb"] == verb
    html = answer.content.decode()
    assert f'action="{addresses.move_url(case.pk, verb)}"' in html
    assert "Đã nói chuyện với người gửi." in html
    case.refresh_from_db()
    assert case.status == status
    if verb != Verb.MARK_DUPLICATE:
        version = answer.context["form"]["version"].value()
        office.post(addresses.move_url(case.pk, verb), {"version": version, "note": "Đã nói chuyện."})
        case.refresh_from_db()
        assert case.is_sealed
