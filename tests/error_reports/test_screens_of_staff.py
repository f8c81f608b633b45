"""Nor do reports tell what staff wrote, in any of their forms, nor what the cases on their screens hold."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from pakn_portal.cases.enums import Status, Verb
from pakn_portal.pages.models import AnswerPage
from pakn_portal.staff import addresses
from pakn_portal.staff.cases.moves.table import MOVES
from tests.error_reports.watching import CANARY, failing_database, holds_nothing, watching
from tests.factories import Ministry, make_case
from tests.staff.roles import people
from tests.staff.test_entry import filled
from tests.staff.test_rights import ROWS, _value
from tests.submissions.files import pdf

pytestmark = pytest.mark.django_db

#: The first row of each verb in the matrix of rights: a case, somebody who may, a form that is right.
FIRST = {row.verb: row for row in reversed(ROWS)}
#: Words of staff in each of these.
FREE = ("note", "body", "content", "title", "question", "answer", "legal_bases")


def signed_in(user: Any) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def test_every_form_of_a_move_is_tried() -> None:
    of_publication = {
        Verb.REQUEST_PUBLICATION,
        Verb.RETURN_PUBLIC_TEXT,
        Verb.PUBLISH,
        Verb.UNPUBLISH,
        Verb.CORRECT,
    }
    tried = {MOVES[verb].form for verb in FIRST if verb in MOVES}
    assert {MOVES[verb].form for verb in set(MOVES) - of_publication - set(FIRST)} <= tried | {
        MOVES[Verb.MARK_DUPLICATE].form
    }


@pytest.mark.parametrize("verb", sorted(FIRST))
def test_a_move_that_cannot_be_written(verb: Verb, ministry: Ministry) -> None:
    row = FIRST[verb]
    case = make_case(row.status, ministry, content=f"Tôi là {CANARY}", title=f"Của {CANARY}")
    client = signed_in(people(ministry)[row.may[0]])
    data = {name: _value(value, ministry) for name, value in row.data.items()}
    data = {name: f"{value} {CANARY}" if name in FREE else value for name, value in data.items()}
    address = addresses.move_url(case.pk, verb)
    with watching() as watch, failing_database("UPDATE") as seen:
        response = client.post(address, {"note": CANARY, **data, "version": case.version})
    assert (response.status_code, len(seen) > 0) == (500, True)
    holds_nothing(watch)


@pytest.mark.parametrize("verb", [Verb.PUBLISH, Verb.RETURN_PUBLIC_TEXT, Verb.CORRECT, Verb.UNPUBLISH])
def test_a_move_of_publication(verb: Verb, ministry: Ministry, section: Any) -> None:
    from pakn_portal.pages.answers.actions import request_publication
    from tests.factories import _prepare

    is_first = verb in (Verb.PUBLISH, Verb.RETURN_PUBLIC_TEXT)
    case = make_case(Status.ANSWERED if is_first else Status.PUBLISHED, ministry, content=f"Tôi là {CANARY}")
    if is_first:
        _prepare(case, ministry)
        request_publication(case, by=ministry.officer)
    data = {"version": case.version, "note": f"Sửa {CANARY}"}
    client = signed_in(ministry.publisher)
    with watching() as watch, failing_database("UPDATE"):
        response = client.post(addresses.move_url(case.pk, verb), data)
    assert response.status_code in (500, 409)
    if response.status_code == 500:
        holds_nothing(watch)
    assert CANARY not in watch.everything


@pytest.mark.parametrize("button", ["look", "mask_all", ""])
def test_redaction(button: str, ministry: Ministry) -> None:
    case = make_case(Status.ANSWERED, ministry, content=f"Tôi là {CANARY}")
    words = {name: f"{name} {CANARY}" for name in ("title", "question", "answer")}
    data = {**words, "version": case.version, "confirmed": "", **({button: "1"} if button else {})}
    with watching() as watch, failing_database("SELECT", nth=9 if button else 12):
        response = signed_in(ministry.officer).post(
            addresses.move_url(case.pk, Verb.PREPARE_PUBLIC_TEXT), data
        )
    assert response.status_code == 500
    holds_nothing(watch)


@pytest.mark.parametrize("statement", ["INSERT", "UPDATE"])
def test_entry_of_a_letter(statement: str, ministry: Ministry) -> None:
    client = signed_in(ministry.intake)
    names = ("title", "content", "full_name", "address", "backdating_reason")
    data = filled(client, **{name: f"{name} {CANARY}" for name in names})
    files = [SimpleUploadedFile(f"{CANARY}.pdf", pdf().read())]
    with watching() as watch, failing_database(statement):
        response = client.post(addresses.entry_url(), {**data, "attachments": files})
    assert response.status_code == 500
    holds_nothing(watch, data["form_key"])


def test_the_search_box_and_the_contacts(ministry: Ministry) -> None:
    case = make_case(Status.RECEIVED, ministry, content=f"Tôi là {CANARY}", title=f"Của {CANARY}")
    client = signed_in(ministry.intake)
    for address in (addresses.list_url(q=CANARY), addresses.case_url(case.pk)):
        with watching() as watch, failing_database("SELECT", nth=8):
            response = client.get(address)
        assert response.status_code == 500
        holds_nothing(watch)


def test_the_page_editor_of_an_answer(ministry: Ministry, section: Any) -> None:
    make_case(Status.PUBLISHED, ministry, content=f"Tôi là {CANARY}")
    page = AnswerPage.objects.get()
    client = signed_in(ministry.publisher)
    data = {"title": CANARY, "slug": page.slug, "legal_bases": f"Điều 1 {CANARY}", "action-publish": "1"}
    for nth in (1, 12):
        with watching() as watch, failing_database("SELECT", nth=nth):
            client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
        holds_nothing(watch)
