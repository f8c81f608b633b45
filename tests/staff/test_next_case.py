"""After an act the next case that waits for the same desk opens by one press."""

from __future__ import annotations

from typing import Any

import pytest

from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.staff import addresses
from tests.factories import Ministry, make_case

pytestmark = pytest.mark.django_db


def press(client: Any, case: Case, verb: Verb, **words: str) -> Any:
    form = client.get(addresses.move_url(case.pk, verb)).context["form"]
    given = {field.html_name: field.value() for field in form if field.value() not in (None, "", False)}
    return client.post(addresses.move_url(case.pk, verb), {**given, **words}, follow=True)


def test_who_approves_goes_on_with_the_next_to_approve(ministry: Ministry, as_user: Any) -> None:
    first, second = (make_case(Status.DRAFT_REVIEW, ministry) for _each in range(2))
    head = as_user(ministry.head)
    assert head.get(addresses.case_url(first.pk)).context["following"] is None  # it waits for them
    page = press(head, first, Verb.APPROVE_ANSWER)
    assert Case.objects.get(pk=first.pk).status == Status.ANSWERED
    following = page.context["following"]
    assert (following["url"], following["is_first"]) == (addresses.case_url(second.pk), True)
    html = page.content.decode()
    assert html.count(f'href="{addresses.case_url(second.pk)}"') == 1
    assert "Hồ sơ kế tiếp chờ tôi (1)" in html
    # looked at once more by somebody who did nothing here it is no longer the first thing to do
    other = as_user(ministry.focal).get(addresses.case_url(first.pk)).context["following"]
    assert other is None or not other["is_first"]
    page = press(head, second, Verb.APPROVE_ANSWER)
    assert page.context["following"] is None


def test_a_case_that_still_waits_for_them_leads_nowhere_else(ministry: Ministry, as_user: Any) -> None:
    cases = [make_case(Status.PROCESSING, ministry) for _each in range(2)]
    page = press(as_user(ministry.officer), cases[0], Verb.NOTE, note="Đã gọi.")
    assert page.context["following"] is None
