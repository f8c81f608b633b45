"""Whatever a sender typed, no report of an error tells it: not the mail to ADMINS, nor the log."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from tests.error_reports.watching import (
    CANARY,
    CANARY_PHONE,
    failing_database,
    holds_nothing,
    watching,
)
from tests.factories import make_ministry
from tests.pages.forms import BUSINESS, CITIZEN, TRACKING, fill, hidden
from tests.pages.test_tracking import make_mine, open_case
from tests.submissions.files import pdf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("section", "quick")]

TYPED = {
    "title": f"Tiêu đề {CANARY}",
    "content": f"Tôi tên là {CANARY}, bị nợ lương.",
    "full_name": f"Nguyễn Thị {CANARY}",
    "address": f"Số 18, phố {CANARY}",
    "email": f"{CANARY.lower()}@example.vn",
    "phone": CANARY_PHONE,
    "organisation": f"Công ty {CANARY}",
}
ORGANISED = {"tax_code": "0312345678"}


@pytest.fixture
def visitor() -> Client:
    """Sees the page for errors, as a browser does, with a cookie and a referrer of their own."""
    client = Client(raise_request_exception=False)
    client.cookies["theme"] = f"cookie-{CANARY}"
    client.defaults["HTTP_REFERER"] = f"https://testserver/tim/?q={CANARY}"
    return client


@pytest.mark.parametrize("url", [CITIZEN, BUSINESS])
@pytest.mark.parametrize("statement", ["INSERT", "UPDATE", "SELECT"])
def test_a_form_that_cannot_be_stored(visitor: Client, url: str, statement: str) -> None:
    data = fill(visitor, url, **TYPED, **(ORGANISED if url == BUSINESS else {}))
    files = [SimpleUploadedFile(f"{CANARY}.pdf", pdf().read())]
    with watching() as watch, failing_database(statement) as seen:
        response = visitor.post(f"{url}?nguon={CANARY}", {**data, "attachments": files})
    assert (response.status_code, len(seen) > 0) == (500, True)
    holds_nothing(watch, data["form_key"])


def test_a_file_that_is_added_only(visitor: Client) -> None:
    data = {**fill(visitor, **TYPED), "action": "attach"}
    with watching() as watch, failing_database():
        response = visitor.post(
            CITIZEN, {**data, "attachments": [SimpleUploadedFile(f"{CANARY}.pdf", pdf().read())]}
        )
    assert response.status_code == 500
    holds_nothing(watch, data["form_key"])


@pytest.mark.parametrize("nth", range(1, 9))
def test_number_and_secret(visitor: Client, nth: int) -> None:
    make_ministry()
    case, secret = make_mine(content=f"Nội dung {CANARY}")
    with watching() as watch, failing_database("SELECT", nth=nth):
        response = visitor.post(TRACKING, {"number": case.number, "secret": secret})
    assert response.status_code == 500
    holds_nothing(watch, secret)


def test_the_token_of_a_mail(visitor: Client) -> None:
    from pakn_portal.pages.links import tracking_link

    make_ministry()
    case, _secret = make_mine(content=f"Nội dung {CANARY}")
    token = tracking_link(case.submission).partition("#")[2]
    with watching() as watch, failing_database("SELECT", nth=3):
        response = visitor.post(TRACKING, {"token": token})
    assert response.status_code == 500
    assert len(token) > 10
    holds_nothing(watch, token)


@pytest.mark.parametrize("action", ["supplement", "attach", "withdraw", "file"])
def test_what_a_sender_adds_or_takes_back(visitor: Client, action: str) -> None:
    from pakn_portal.cases import actions

    ministry = make_ministry()
    case, secret = make_mine(content=f"Nội dung {CANARY}")
    actions.receive_case(case, by=ministry.intake)
    case.refresh_from_db()
    actions.request_supplement(case, by=ministry.intake, note="Xin cho biết ngày nghỉ.")
    page = open_case(visitor, case, secret)
    html = page.content.decode()
    data = {
        "grant": page.context["grant"],
        "action": action,
        "form_key": hidden(html, "form_key"),
        "content": f"Tôi nghỉ ngày 1, {CANARY}.",
        "key": CANARY,
        "attachments": [SimpleUploadedFile(f"{CANARY}.pdf", pdf().read())],
    }
    with watching() as watch, failing_database("SELECT", nth=4):
        response = visitor.post(TRACKING, data)
    assert response.status_code == 500
    holds_nothing(watch, page.context["grant"], data["form_key"])


def test_before_any_view_knows_whose_page_it_is(visitor: Client) -> None:
    """A wrong Host header fails in a middleware, and Django mails that too."""
    data = fill(visitor, **TYPED)
    with override_settings(ALLOWED_HOSTS=["bo.example"]), watching() as watch:
        response = visitor.post(CITIZEN, data, headers={"host": "ke-gian.example"})
    assert response.status_code == 400
    assert "ke-gian.example" in watch.everything
    for word in (CANARY, CANARY.lower(), CANARY_PHONE, data["form_key"]):
        assert word not in watch.everything


def test_a_search(visitor: Client) -> None:
    with watching() as watch, failing_database("SELECT", nth=5):
        response = visitor.get("/pakn/hoi-dap/", {"q": f"{CANARY} {CANARY_PHONE}"})
    assert response.status_code == 500
    holds_nothing(watch)
