"""Nobody is signed in when words of an ended session are kept: what that door takes is limited."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from pakn_portal import clock
from pakn_portal.answers.models import Answer
from pakn_portal.cases import actions
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.staff import addresses, kept_words
from pakn_portal.submissions.models import Attachment, LeftWords
from pakn_portal.submissions.secrets import issue_form_key
from tests.factories import Ministry, make_case
from tests.fixtures.later import later
from tests.staff.test_words_kept import DRAFT, WORDS, lose_session, opened, sign_in, text_in
from tests.submissions.files import pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(ministry: Ministry) -> str:
    return addresses.move_url(make_case(Status.PROCESSING, ministry).pk, Verb.DRAFT_ANSWER)


@pytest.fixture
def data(ministry: Ministry, draft: str) -> dict[str, Any]:
    """The form as the officer opened it."""
    return opened(sign_in(ministry.officer), draft, **DRAFT)


def send(url: str, data: dict[str, Any], address: str = "203.0.113.1", **changed: Any) -> Client:
    """Out of a session of its own."""
    client = Client(REMOTE_ADDR=address)
    assert client.post(url, {**data, **changed}).status_code == 302
    return client


def test_nothing_is_kept_for_a_closed_account(ministry: Ministry, draft: str, data: dict[str, Any]) -> None:
    ministry.officer.is_active = False
    ministry.officer.save()
    send(draft, {**data, "form_key": issue_form_key()}, attachments=pdf())
    assert not LeftWords.objects.exists() and not Attachment.objects.exists()


def test_the_field_ends_as_a_kept_draft_does(draft: str, data: dict[str, Any]) -> None:
    with later(days=14, minutes=1):
        send(draft, data)
    assert not LeftWords.objects.exists()
    with later(days=13):
        send(draft, data)
    assert LeftWords.objects.count() == 1


def test_it_is_of_its_own_address_alone(ministry: Ministry, data: dict[str, Any]) -> None:
    send(addresses.move_url(make_case(Status.PROCESSING, ministry).pk, Verb.DRAFT_ANSWER), data)
    send(addresses.entry_url(), data)
    assert not LeftWords.objects.exists()


def test_an_old_form_of_another_account_is_still_of_another(
    ministry: Ministry, draft: str, data: dict[str, Any]
) -> None:
    with later(days=15):
        refused = sign_in(ministry.head).post(draft, data)
    assert (refused.status_code, refused["Location"]) == (302, "/admin/")
    assert not Answer.objects.exists()


def test_intake_on_the_page_of_a_case_is_kept(ministry: Ministry) -> None:
    case = make_case(Status.RECEIVED, ministry)
    client = sign_in(ministry.intake)
    data = opened(client, addresses.case_url(case.pk), note=WORDS)
    lose_session(client)
    client.post(addresses.intake_url(case.pk), data)
    assert LeftWords.objects.get().owner == ministry.intake


def test_one_account_fills_no_table(draft: str, data: dict[str, Any], settings: Any) -> None:
    settings.PAKN_PORTAL = {**settings.PAKN_PORTAL, "RATE_LIMITS": {"left_words_per_account_hour": 40}}
    clients = [send(draft, data, f"203.0.113.{n}", body=f"Bản {n}") for n in range(41)]
    assert LeftWords.objects.count() == kept_words.MOST_OF_ACCOUNT
    told = text_in(clients[-1].get("/admin/login/"))
    assert "Nội dung bạn vừa viết không lưu lại được." in told
    assert "Phần đã viết được giữ" in text_in(clients[-2].get("/admin/login/"))


def test_nor_does_one_address_of_the_network(draft: str, data: dict[str, Any], settings: Any) -> None:
    settings.PAKN_PORTAL = {**settings.PAKN_PORTAL, "RATE_LIMITS": {"left_words_per_address_hour": 2}}
    for number in range(3):
        send(draft, data, body=f"Bản {number}")
    assert LeftWords.objects.count() == 2
    send(draft, data, "203.0.113.2", body="Bản khác")
    assert LeftWords.objects.count() == 3


def test_nor_do_all_together(
    draft: str, data: dict[str, Any], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(kept_words, "MOST_BYTES", 20_000, raising=False)
    for number in range(4):
        send(draft, data, body=f"{number}" * 9_000)
    assert LeftWords.objects.count() == 1
    assert "ended sessions" in caplog.text


def test_files_count_as_those_of_their_writer(
    ministry: Ministry, draft: str, data: dict[str, Any], settings: Any
) -> None:
    settings.PAKN_PORTAL = {
        **settings.PAKN_PORTAL,
        "RATE_LIMITS": {"staff_upload_bytes_per_account_hour": pdf().size + 1},
    }
    for number in range(2):
        send(draft, {**data, "form_key": issue_form_key()}, f"203.0.113.{number}", attachments=pdf())
    assert Attachment.objects.count() == 1


def test_what_waits_for_staff_has_a_total(
    draft: str, data: dict[str, Any], settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.PAKN_PORTAL = {
        **settings.PAKN_PORTAL,
        "STAFF_UPLOADS_WAITING_MAX_BYTES": pdf().size + 1,
        "UPLOADS_WAITING_MAX_BYTES": 1,
    }
    for _twice in range(2):
        send(draft, {**data, "form_key": issue_form_key()}, attachments=pdf())
    assert Attachment.objects.count() == 1
    assert "STAFF_UPLOADS_WAITING_MAX_BYTES" in caplog.text


def test_so_has_what_staff_choose_while_they_are_signed_in(
    ministry: Ministry, draft: str, settings: Any
) -> None:
    settings.PAKN_PORTAL = {**settings.PAKN_PORTAL, "STAFF_UPLOADS_WAITING_MAX_BYTES": pdf().size + 1}
    client = sign_in(ministry.officer)
    for _twice in range(2):
        page = client.post(
            draft,
            {
                **opened(client, draft, **DRAFT),
                "form_key": issue_form_key(),
                "attach": "1",
                "attachments": pdf(),
            },
            follow=True,
        )
    assert "Lúc này hệ thống không giữ thêm tệp được." in text_in(page)
    assert Attachment.objects.count() == 1


def test_a_confirmed_secret_takes_the_form_of_several_along(ministry: Ministry) -> None:
    cases = [make_case(Status.RECEIVED, ministry) for _twice in range(2)]
    client, url = sign_in(ministry.intake), addresses.bulk_url(Verb.FORWARD, [case.pk for case in cases])
    data = opened(client, url, note=WORDS, verb="forward", id=[case.pk for case in cases])
    data["version"] = [f"{case.pk}:{case.version}" for case in cases]
    lose_session(client)
    client.post(addresses.bulk_url(), data)
    assert LeftWords.objects.get().place == "".join(f"case/{case.pk}/" for case in cases)
    case = Case.objects.get(pk=cases[1].pk)
    actions.hold_case(case, by=ministry.intake)
    LeftWords.objects.create(place=f"case/{case.pk}0/", sealed="x")
    actions.confirm_secret(case, by=ministry.inspector, paper_number="1/BM", paper_dated_on=clock.today())
    assert [row.sealed for row in LeftWords.objects.all()] == ["x"]
    # the form that is still open brings nothing back
    Client().post(addresses.bulk_url(), data)
    assert LeftWords.objects.count() == 1
    Client().post(addresses.bulk_url(), {**data, "id": [cases[0].pk]})
    assert LeftWords.objects.count() == 2
