"""The day within the unit ends with the unit's turn, by whichever button that ends, and outlasts a wait."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pakn_portal import clock
from pakn_portal.cases import actions
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.cases.register import state_of
from pakn_portal.staff import addresses
from pakn_portal.submissions.actions import add_supplement
from tests.factories import Ministry, make_case
from tests.staff.test_moves import press

pytestmark = pytest.mark.django_db


def with_a_day(status: Status, ministry: Ministry, as_user: Any) -> tuple[Case, date]:
    case = make_case(status, ministry)
    assert press(as_user(ministry.head), case, Verb.SET_INNER_DUE, on=clock.today()).status_code == 302
    case.refresh_from_db()
    assert case.inner_due_on == clock.today()
    return case, clock.today()


@pytest.mark.parametrize(
    ("status", "verb", "who", "data"),
    [
        (Status.PROCESSING, Verb.RECALL, "intake", {"note": "Chuyển nhầm."}),
        (Status.PROCESSING, Verb.SEND_BACK, "focal", {"note": "Không thuộc đơn vị."}),
        (Status.PROCESSING, Verb.KEEP, "head", {"note": "Chưa đủ căn cứ."}),
        (Status.PROCESSING, Verb.MOVE_TO_COMPLAINT, "head", {"note": "Là khiếu nại."}),
        (Status.PROCESSING, Verb.MOVE_TO_DENUNCIATION, "head", {"note": "Là tố cáo."}),
        (Status.DRAFT_REVIEW, Verb.APPROVE_ANSWER, "head", {}),
        (Status.REOPENED, Verb.FORWARD, "intake", {"to_unit": "other_unit"}),
    ],
)
def test_it_goes_with_the_turn(
    status: Status, verb: Verb, who: str, data: dict[str, str], ministry: Ministry, as_user: Any
) -> None:
    case, _day = with_a_day(status, ministry, as_user)
    sent = {name: getattr(ministry, value).pk if name == "to_unit" else value for name, value in data.items()}
    assert press(as_user(getattr(ministry, who)), case, verb, **sent).status_code == 302
    case = Case.objects.get(pk=case.pk)
    line = case.events.order_by("sequence").last()
    assert line is not None
    assert (line.verb, case.inner_due_on, line.state["inner_due_on"]) == (verb, None, None)
    assert line.state == state_of(case)


def test_a_sender_who_withdraws_ends_it(ministry: Ministry, as_user: Any) -> None:
    case, _day = with_a_day(Status.PROCESSING, ministry, as_user)
    actions.withdraw_case(case)
    assert case.inner_due_on is None


def test_a_reopened_case_begins_without_one(ministry: Ministry, as_user: Any) -> None:
    """Also where the answer went out before the day ended with it."""
    case = make_case(Status.ANSWERED, ministry)
    Case.objects.filter(pk=case.pk).update(inner_due_on=clock.today())
    office = as_user(ministry.intake)
    assert press(office, case, Verb.REOPEN, note="Tình tiết mới.").status_code == 302
    assert Case.objects.get(pk=case.pk).inner_due_on is None


def test_it_outlasts_a_wait(ministry: Ministry, as_user: Any) -> None:
    """For the sender, for an opinion, for the keepers of sealed cases: the same unit goes on afterwards."""
    case, day = with_a_day(Status.PROCESSING, ministry, as_user)
    officer = as_user(ministry.officer)
    press(officer, case, Verb.REQUEST_SUPPLEMENT, note="Xin bổ sung.")
    actions.supplement_case(
        Case.objects.get(pk=case.pk), supplement=add_supplement(case.submission, content="Tôi bổ sung.")
    )
    press(officer, case, Verb.REQUEST_OPINION, unit=ministry.other_unit.pk, note="Xin ý kiến.")
    press(officer, case, Verb.CONTINUE_WITHOUT, note="Quá hạn.")
    press(officer, case, Verb.HOLD)
    press(as_user(ministry.inspector), case, Verb.RELEASE_HOLD, note="Không có bí mật.")
    page = officer.get(addresses.case_url(case.pk))
    case = Case.objects.get(pk=case.pk)
    assert (case.status, case.inner_due_on) == (Status.PROCESSING, day)
    assert f"{day:%d/%m/%Y}" in page.content.decode()
