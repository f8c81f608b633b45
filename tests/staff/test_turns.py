"""What waits in the list *needs me* of somebody, waits for nobody once all are gone, and I6 names it."""

from __future__ import annotations

from contextlib import suppress
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

from pakn_portal.answers.actions import prepare_public_text
from pakn_portal.cases.actions import settle
from pakn_portal.cases.enums import OPEN, Settled, Status
from pakn_portal.pages.answers.actions import request_publication
from pakn_portal.staff import addresses
from pakn_portal.staff.cases.waiting.worklists import MINE
from tests.factories import Ministry, make_case

#: The next step is the sender's own.
WITH_SENDER = {Status.NEED_INFO}
#: Closed, and somebody has to do something with it yet.
KEPT = {Status.COMPLAINT, Status.DENUNCIATION}
pytestmark = pytest.mark.django_db


def named_by_verify() -> set[str]:
    out = StringIO()
    with suppress(SystemExit):
        call_command("pakn_verify", "--only", "I6", stdout=out)
    return {line.split()[2] for line in out.getvalue().splitlines() if "broken: " in line}


def all_leave() -> None:
    get_user_model()._default_manager.update(is_active=False)


@pytest.fixture
def needing(as_user: Any, ministry: Ministry) -> Any:
    """By account: the cases in "needs me"."""
    who = ministry
    people = [who.intake, who.focal, who.officer, who.head, who.other_head, who.inspector, who.publisher]

    def find() -> dict[str, set[str]]:
        pages = {person: as_user(person).get(addresses.list_url(scope=MINE)) for person in people}
        return {
            person.username: {row.case.number for row in page.context["rows"]}
            for person, page in pages.items()
        }

    return find


def test_whatever_needs_somebody_is_named_when_nobody_is_there(
    ministry: Ministry, needing: Any, section: Any
) -> None:
    cases = {status: make_case(status, ministry).number for status in Status}
    waits = {number for status, number in cases.items() if status in KEPT | (OPEN - WITH_SENDER)}
    assert {*cases.values()} & set().union(*needing().values()) == waits
    assert named_by_verify() == set()
    all_leave()
    assert {*cases.values()} & named_by_verify() == waits


def test_a_public_text_with_the_publisher(ministry: Ministry, needing: Any, section: Any) -> None:
    case = make_case(Status.ANSWERED, ministry)
    words = {"title": "Hỏi", "question": "Hỏi?", "answer": "Đáp."}
    prepare_public_text(case, **words, by=ministry.officer)
    request_publication(case, by=ministry.officer)
    assert [name for name, cases in needing().items() if case.number in cases] == ["bientap"]
    all_leave()
    assert named_by_verify() == {case.number}


def test_a_complaint_whose_only_keeper_left(ministry: Ministry, needing: Any, section: Any) -> None:
    kept, settled = make_case(Status.COMPLAINT, ministry), make_case(Status.DENUNCIATION, ministry)
    settle(settled, settled_as=Settled.DECIDED, by=ministry.inspector)
    assert needing()["thanhtra"] == {kept.number}
    ministry.inspector.is_active = False
    ministry.inspector.save()
    assert named_by_verify() == {kept.number}
