"""Staff act by their session: no form of theirs does anything without its token, whoever wrote its view."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver

from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case, CaseEvent
from pakn_portal.snippets.models import Sector
from pakn_portal.staff import addresses
from pakn_portal.staff.kept_words import FormAddress
from pakn_portal.submissions.models import KeptWords, Submission
from tests.factories import Ministry, make_case
from tests.staff.test_words_kept import entered, lose_session, opened, sign_in, text_in

pytestmark = pytest.mark.django_db

#: Signs in as somebody, and says where what is posted so that it is done.
Posted = tuple[str, dict[str, Any]]
Filled = Callable[[Ministry, Client], Posted]


def _bulk(ministry: Ministry, client: Client) -> Posted:
    case = make_case(Status.RECEIVED, ministry)
    url = addresses.bulk_url(Verb.FORWARD, [case.pk])
    more = {"verb": Verb.FORWARD, "id": case.pk, "version": f"{case.pk}:{case.version}"}
    return addresses.bulk_url(), opened(client, url, **more, to_unit=ministry.unit.pk, note="Chữ đã gõ.")


def _move(ministry: Ministry, client: Client) -> Posted:
    url = addresses.move_url(make_case(Status.RECEIVED, ministry).pk, Verb.REQUEST_SUPPLEMENT)
    return url, opened(client, url, note="Chữ đã gõ.")


def _intake(ministry: Ministry, client: Client) -> Posted:
    url, sector = addresses.intake_url(make_case().pk), Sector.objects.order_by("pk")[0]
    choices = {"sector": sector.pk, "urgency": "normal", "to_unit": ministry.unit.pk}
    return url, opened(client, url, **choices, note="Chữ đã gõ.")


def _entry(ministry: Ministry, client: Client) -> Posted:
    return addresses.entry_url(), {**entered(client), "title": "Chữ đã gõ."}


FILLED: dict[str, Filled] = {"bulk": _bulk, "move": _move, "intake": _intake, "entry": _entry}


def form_addresses(patterns: Any = None) -> Iterator[str]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, FormAddress):
            yield str(pattern.name).removeprefix(f"{addresses.NAME}_modeladmin_")
        yield from form_addresses(getattr(pattern, "url_patterns", []))


def state() -> list[Any]:
    cases = Case.objects.order_by("pk").values_list("pk", "status", "version", "lead_unit")
    return [*cases, CaseEvent.objects.count(), Submission.objects.count(), KeptWords.objects.count()]


def test_every_address_of_a_form_is_here() -> None:
    assert set(form_addresses()) == set(FILLED)


@pytest.mark.parametrize("name", FILLED)
def test_nothing_is_done_without_a_token_and_all_with_it(name: str, ministry: Ministry) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ministry.intake)
    url, data = FILLED[name](ministry, client)
    before = state()
    own = {"Sec-Fetch-Site": "same-origin"}
    for token in ({}, {"csrfmiddlewaretoken": "a" * 64}):
        for more in ({}, {"keep_draft": "1"}, {"letter": "letter"}):
            posted = {**data, "csrfmiddlewaretoken": "", **token, **more}
            for headers in ({}, own, {"X-Pakn-Keep": "1"}, {"X-Pakn-Part": "letter"}):
                answer = client.post(url, posted, headers=headers)
                assert answer.status_code == 403
                assert state() == before
            again = client.post(url, posted)
            assert "Chữ đã gõ." in text_in(again)
            assert "Nội dung chưa được gửi" in text_in(again)
    client.post(url, {**data, "csrfmiddlewaretoken": client.cookies["csrftoken"].value})
    assert state() != before


@pytest.mark.parametrize("name", FILLED)
def test_a_lost_session_gives_its_words_back(name: str, ministry: Ministry) -> None:
    client = sign_in(ministry.intake)
    url, data = FILLED[name](ministry, client)
    before = state()
    lose_session(client)
    client.post(url, data)
    assert state() == before
    sign_in(ministry.intake, client)
    if name == "bulk":
        url = addresses.bulk_url(Verb.FORWARD, [data["id"]])
    assert "Chữ đã gõ." in text_in(client.get(url, follow=True))
