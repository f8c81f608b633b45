"""Whoever left is not the only one who hears of a case, and their work is in somebody's list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pakn_portal.answers import actions as answers
from pakn_portal.cases import actions
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.flow.errors import NotAllowed
from pakn_portal.management.verify.progress import silent
from pakn_portal.management.verify.routing import owned
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.pages.answers import actions as pages
from pakn_portal.people.scope import scope_of
from pakn_portal.routing import actions as routing
from pakn_portal.staff.cases.waiting.worklists import MINE, cases_in
from pakn_portal.submissions.actions import add_supplement
from tests.factories import Ministry, make_case, make_unit


def close_account(user: Any) -> None:
    user.is_active = False
    user.save()


def leave_the_group(user: Any) -> None:
    user.groups.clear()


def lose_the_address(user: Any) -> None:
    user.email = ""
    user.save()


WAYS_TO_LEAVE = [close_account, leave_the_group]
Leave = Callable[[Any], None]


def told(template: str) -> set[str]:
    return set(OutgoingMail.objects.filter(template=template).values_list("to_user__username", flat=True))


def have_in_list(case: Case, who: Ministry) -> set[str]:
    people = (who.intake, who.focal, who.officer, who.second_officer, who.head, who.leader, who.other_head)
    found = set()
    for user in people:
        fresh = type(user).objects.get(pk=user.pk)
        if cases_in(scope_of(fresh), MINE).filter(pk=case.pk).exists():
            found.add(user.username)
    return found


def unowned() -> list[str]:
    return list(owned(silent))


@pytest.mark.parametrize("leave", WAYS_TO_LEAVE)
def test_an_officer_who_left(leave: Leave, who: Ministry) -> None:
    case = make_case(Status.PROCESSING, who)
    actions.request_supplement(case, by=who.officer, note="Xin ghi rõ.")
    leave(who.officer)
    actions.supplement_case(case, supplement=add_supplement(case.submission, content="Tôi bổ sung."))
    assert told("case_supplemented") == {"daumoi"}
    assert have_in_list(case, who) - {"chuyenvien"} == {"daumoi"}
    assert unowned() == [f"{case.number} lies with an officer who cannot act any more"]
    routing.assign_case(case, officer=who.second_officer, by=who.focal)
    assert unowned() == []
    assert have_in_list(case, who) - {"chuyenvien"} == {"chuyenvien3"}


@pytest.mark.parametrize("leave", WAYS_TO_LEAVE)
def test_a_focal_person_who_left(leave: Leave, who: Ministry) -> None:
    leave(who.focal)
    if leave is leave_the_group:
        who.unit.focal_person = who.focal
        who.unit.save()
    case = make_case(Status.RECEIVED, who)
    routing.forward_case(case, to_unit=who.unit, by=who.intake)
    assert told("case_forwarded") == {"lanhdaodonvi"}
    assert have_in_list(case, who) == {"lanhdaodonvi"}
    close_account(who.head)
    assert have_in_list(case, who) == {"chuyenvien", "chuyenvien3"}
    assert unowned() == []


def test_a_head_who_left(who: Ministry) -> None:
    case = make_case(Status.PROCESSING, who)
    answers.draft_answer(case, body="Trả lời.", by=who.officer)
    close_account(who.head)
    answers.submit_answer(case, by=who.officer)
    assert told("answer_submitted") == {"lanhdaobo"}
    assert "lanhdaobo" in have_in_list(case, who)
    parent = make_unit("Khối", head=who.other_head)
    who.unit.parent = parent
    who.unit.save()
    assert have_in_list(case, who) >= {"lanhdao2"}
    assert "lanhdaobo" not in have_in_list(case, who)


def test_a_unit_where_nobody_is_left(who: Ministry) -> None:
    case, later = make_case(Status.ROUTED, who), make_case(Status.RECEIVED, who)
    for user in (who.focal, who.officer, who.second_officer, who.head):
        close_account(user)
    routing.remind_unit(case, by=who.leader)
    assert told("case_reminded") == {"vanphong"}
    with pytest.raises(NotAllowed):
        routing.forward_case(later, to_unit=who.unit, by=who.leader)
    assert unowned() == [f"{case.number} lies with a unit where nobody can act"]


def test_an_officer_without_an_address_keeps_the_case_and_the_unit_is_told(who: Ministry) -> None:
    case = make_case(Status.PROCESSING, who)
    actions.request_supplement(case, by=who.officer, note="Xin ghi rõ.")
    lose_the_address(who.officer)
    actions.supplement_case(case, supplement=add_supplement(case.submission, content="Tôi bổ sung."))
    assert told("case_supplemented") == {"daumoi"}
    assert have_in_list(case, who) == {"chuyenvien"}
    assert unowned() == []


def test_a_text_goes_back_to_whoever_has_the_case_when_its_preparer_left(who: Ministry) -> None:
    case = make_case(Status.ANSWERED, who)
    answers.prepare_public_text(case, title="Hỏi", question="Hỏi?", answer="Đáp.", by=who.second_officer)
    pages.request_publication(case, by=who.second_officer)
    close_account(who.second_officer)
    pages.return_public_text(case, by=who.publisher, note="Viết lại.")
    assert told("public_text_returned") == {"chuyenvien"}
    assert case.events.last().verb == Verb.RETURN_PUBLIC_TEXT
