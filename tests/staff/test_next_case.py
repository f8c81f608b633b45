"""After an act the next case that waits for the same desk opens by one press."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from pakn_portal import clock
from pakn_portal.answers.actions import prepare_public_text
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.pages.answers.actions import publish_answer, request_publication
from pakn_portal.people.scope import scope_of
from pakn_portal.staff import addresses
from pakn_portal.staff.cases.waiting import worklists
from pakn_portal.staff.cases.waiting.next_case import next_after, next_of
from tests.factories import Ministry, make_case, make_many_cases

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
    # above in the message, and below among what to do next
    assert (
        html.count(f'href="{addresses.case_url(second.pk)}"') == html.count("Hồ sơ kế tiếp chờ tôi (1)") == 2
    )
    # looked at once more by somebody who did nothing here it is no longer the first thing to do
    other = as_user(ministry.focal).get(addresses.case_url(first.pk)).context["following"]
    assert other is None or not other["is_first"]
    page = press(head, second, Verb.APPROVE_ANSWER)
    assert page.context["following"] is None


def test_a_case_that_still_waits_for_them_leads_nowhere_else(ministry: Ministry, as_user: Any) -> None:
    cases = [make_case(Status.PROCESSING, ministry) for _each in range(2)]
    page = press(as_user(ministry.officer), cases[0], Verb.NOTE, note="Đã gọi.")
    assert page.context["following"] is None


def test_an_act_that_takes_the_case_out_of_sight_leads_on_from_the_list(
    ministry: Ministry, as_user: Any
) -> None:
    first, second = (make_case(Status.ROUTED, ministry) for _each in range(2))
    page = press(as_user(ministry.focal), first, Verb.SEND_BACK, note="Không thuộc thẩm quyền.")
    (message,) = page.context["messages"]
    assert f'href="{addresses.case_url(second.pk)}"' in str(message)


def test_the_next_row_of_the_order_comes_and_behind_the_last_one_the_first(ministry: Ministry) -> None:
    """Who leaves a case for later is not led back to it at once."""
    scope, today = scope_of(ministry.head), clock.today()
    cases = [make_case(Status.DRAFT_REVIEW, ministry) for _each in range(4)]
    days = [today, today + timedelta(1), today + timedelta(1), None]
    for case, day in zip(cases, days, strict=True):
        Case.objects.filter(pk=case.pk).update(due_on=day)
    inbox = list(next_of(scope))
    assert [case.pk for case in inbox] == [cases[at].pk for at in (0, 2, 1, 3)]
    for case, following in zip(inbox, [*inbox[1:], inbox[0]], strict=True):
        Case.objects.filter(pk=case.pk).update(status=Status.PROCESSING)
        found = next_after(Case.objects.get(pk=case.pk), scope, Status.DRAFT_REVIEW)
        assert found == (3, following.pk)
        Case.objects.filter(pk=case.pk).update(status=Status.DRAFT_REVIEW)


def test_a_publisher_goes_on_with_the_next_to_publish(ministry: Ministry, section: Any) -> None:
    publisher = ministry.publisher
    cases = [make_case(Status.ANSWERED, ministry) for _each in range(3)]
    for case in cases:
        prepare_public_text(case, title="Hỏi", question="Nộp ở đâu?", answer="Ở xã.", by=ministry.officer)
        request_publication(case, by=ministry.officer)
    inbox = list(next_of(scope_of(publisher)))
    assert [case.pk for case in inbox] == [case.pk for case in cases]
    publish_answer(Case.objects.get(pk=cases[1].pk), by=publisher)
    found = next_after(Case.objects.get(pk=cases[1].pk), scope_of(publisher), Status.ANSWERED)
    assert found == (2, cases[2].pk)


def test_the_count_is_true_beyond_what_is_counted(
    ministry: Ministry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worklists, "MOST_COUNTED", 3)
    cases = [make_case(Status.DRAFT_REVIEW, ministry) for _each in range(5)]
    labels = []
    for case in cases[:2]:
        Case.objects.filter(pk=case.pk).update(status=Status.PROCESSING)
        found = next_after(case, scope_of(ministry.head), Status.DRAFT_REVIEW)
        labels.append(found.label if found else "")
    with override("vi"):
        assert labels == ["Hồ sơ kế tiếp chờ tôi (3+)", "Hồ sơ kế tiếp chờ tôi (3)"]


def test_it_reads_one_row_and_asks_as_often_whatever_waits(ministry: Ministry) -> None:
    done, scope, asked = make_case(Status.PROCESSING, ministry), scope_of(ministry.head), []
    next_after(done, scope, Status.DRAFT_REVIEW)  # the calendar is kept from then on
    for _each in range(2):
        make_many_cases(15, unit=ministry.unit, status=Status.DRAFT_REVIEW)
        with CaptureQueriesContext(connection) as queries:
            assert next_after(done, scope, Status.DRAFT_REVIEW)
        asked.append([one["sql"] for one in queries])
    assert [len(one) for one in asked] == [len(asked[0])] * 2
    (row,) = [sql for sql in asked[1] if "ORDER BY CASE" in sql]
    assert row.endswith("LIMIT 1")


def test_the_outcomes_of_many_lead_on_to_what_waits_beside_them(ministry: Ministry, as_user: Any) -> None:
    *chosen, other = (make_case(Status.RECEIVED, ministry) for _each in range(3))
    data = {
        "verb": Verb.FORWARD,
        "id": [case.pk for case in chosen],
        "version": [f"{case.pk}:{case.version}" for case in chosen],
        "to_unit": ministry.unit.pk,
    }
    page = as_user(ministry.intake).post(addresses.bulk_url(back="scope=mine"), data)
    assert page.context["done"] == 2
    assert page.context["following"]["url"] == addresses.case_url(other.pk, "scope=mine")
    assert "Hồ sơ kế tiếp chờ tôi (1)" in page.content.decode()
