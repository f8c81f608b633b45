"""Limits as visitors meet them: exact for tries at once, on no cache, and never in the owner's way."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import altcha
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from pakn_portal import clock
from pakn_portal.cases import actions
from pakn_portal.cases.intake import take_in
from pakn_portal.cases.models import Case
from pakn_portal.pages.forms import attempt as submit
from pakn_portal.submissions import secrets
from pakn_portal.submissions.actions import NewSender, NewSubmission
from pakn_portal.submissions.models import Attachment, LimitCount
from tests.factories import make_ministry
from tests.fixtures.threads import at_once
from tests.pages.forms import CITIZEN, GOOD, TRACKING, answer_to, fill, hidden, send
from tests.submissions.files import pdf

NOON = datetime(2026, 3, 5, 12, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
UNREAL = "PAKN-2020-000001"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("section", "quick", "forgetful_cache")]


@pytest.fixture
def forgetful_cache(settings: Any) -> None:
    """Nothing of a limit may depend on the site's cache, so this one keeps nothing at all."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}


@pytest.fixture
def atomic_requests(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(connection.settings_dict, "ATOMIC_REQUESTS", True)
    yield


def allow(settings: Any, **allowed: int) -> None:
    settings.PAKN_PORTAL = {**settings.PAKN_PORTAL, "RATE_LIMITS": allowed}


def make_mine() -> tuple[Case, str]:
    new = NewSubmission(NewSender("Nguyễn Thị Thu Cúc"), title="Hỏi", content="Nội dung", kind="question")
    accepted, case = take_in(new, form_key=secrets.issue_form_key())
    return case, accepted.secret


def visitor(last: int) -> Client:
    return Client(REMOTE_ADDR=f"203.0.113.{last}")


def tried(client: Client, number: str, secret: str = "0", **more: Any) -> Any:
    return client.post(TRACKING, {"number": number, "secret": secret, **more})


def told(response: Any) -> str:
    return " ".join(str(message) for _anchor, message in response.context["errors"])


# --- tracking


def test_a4_wrong_tries_count_for_their_whole_time() -> None:
    case, _secret = make_mine()
    with clock.acting_at(NOON + timedelta(minutes=14)):
        assert [tried(visitor(1), case.number).status_code for _ in range(6)] == [404] * 5 + [429]
    for minutes, expected in ((15.1, 429), (19.1, 429), (28.9, 429), (29, 404)):
        with clock.acting_at(NOON + timedelta(minutes=minutes)):
            assert tried(visitor(1), case.number).status_code == expected


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_real", [True, False])
def test_l2_twenty_tries_at_once_get_no_further_than_five(is_real: bool) -> None:
    number = make_mine()[0].number if is_real else UNREAL
    codes = at_once([lambda: tried(visitor(1), number).status_code] * 20)
    assert sorted(codes) == [404] * 5 + [429] * 15


@pytest.mark.django_db(transaction=True)
def test_l2_tries_at_once_for_many_numbers_get_no_further_than_the_address_may(settings: Any) -> None:
    allow(settings, track_wrong_per_address_hour=4)
    acts = [lambda number=number: tried(visitor(1), f"PAKN-2020-{number:06d}") for number in range(16)]
    assert sorted(response.status_code for response in at_once(acts)) == [404] * 4 + [429] * 12


def test_l1_a_stranger_cannot_shut_the_owner_out() -> None:
    case, secret = make_mine()
    assert [tried(visitor(1), case.number).status_code for _ in range(6)] == [404] * 5 + [429]
    assert tried(visitor(1), case.number, secret).status_code == 429
    assert tried(visitor(2), case.number, secret).status_code == 200


@pytest.mark.parametrize("is_real", [True, False])
def test_l1_many_strangers_make_everybody_show_that_they_are_a_person(is_real: bool) -> None:
    case, secret = make_mine()
    number = case.number if is_real else UNREAL
    for stranger in range(4):
        for _wrong in range(5):
            assert tried(visitor(stranger), number).status_code == 404
    asked = tried(visitor(9), number, secret)
    html = asked.content.decode()
    assert (asked.status_code, asked.context["number"], asked.context["secret"]) == (403, number, secret)
    assert f'value="{secret}"' in html
    form_key = hidden(html, "form_key")
    proof = {"form_key": form_key, "plain_answer": answer_to(form_key)}
    assert tried(visitor(9), number, secret, **proof).status_code == (200 if is_real else 404)
    assert tried(visitor(9), number, secret, **proof).status_code == 403, "a proof is for one try"
    forged = {"form_key": "abc:def:ghi", "plain_answer": answer_to("abc:def:ghi")}
    assert tried(visitor(9), number, secret, **forged).status_code == 403


def test_l1_the_browser_proves_by_itself() -> None:
    case, secret = make_mine()
    for stranger in range(4):
        for _wrong in range(5):
            tried(visitor(stranger), case.number)
    asked = tried(visitor(9), case.number, secret)
    assert "js/captcha.js" in asked.content.decode()
    proof = {"form_key": hidden(asked.content.decode(), "form_key"), "altcha": solved(visitor(9))}
    assert tried(visitor(9), case.number, secret, **proof).status_code == 200


def test_l3_right_tries_are_limited_too_and_not_under_twenty_an_hour() -> None:
    case, secret = make_mine()
    with clock.acting_at(NOON):
        codes = [tried(visitor(1), case.number, secret).status_code for _ in range(35)]
    assert codes == [200] * 30 + [429] * 5
    assert tried(visitor(2), case.number, secret).status_code == 200
    with clock.acting_at(NOON + timedelta(hours=1)):
        assert tried(visitor(1), case.number, secret).status_code == 200


def test_a_right_try_uses_up_nothing_of_the_wrong_ones() -> None:
    case, secret = make_mine()
    for _round in range(2):
        assert [tried(visitor(1), case.number, secret).status_code for _ in range(6)] == [200] * 6
    assert [tried(visitor(1), case.number).status_code for _ in range(6)] == [404] * 5 + [429]


def test_a_refusal_says_how_long_to_wait_and_keeps_what_was_typed() -> None:
    case, secret = make_mine()
    with clock.acting_at(NOON):
        for _wrong in range(5):
            tried(visitor(1), case.number)
    with clock.acting_at(NOON + timedelta(minutes=4)):
        refused = tried(visitor(1), case.number, secret)
    assert (refused.status_code, refused["Retry-After"]) == (429, "660")
    assert "11 phút" in told(refused)
    assert (refused.context["number"], refused.context["secret"]) == (case.number, secret)
    assert "no-store" in refused["Cache-Control"]


def test_a_refusal_looks_the_same_for_real_and_unreal_numbers() -> None:
    case, _secret = make_mine()
    pages = []
    with clock.acting_at(NOON):
        for last, number in ((1, case.number), (2, UNREAL)):
            for _wrong in range(6):
                refused = tried(visitor(last), number)
            pages.append((refused.status_code, told(refused), refused["Retry-After"]))
    assert pages[0] == pages[1]


def test_many_wrong_tries_alarm_once_an_hour(settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    allow(settings, track_wrong_alarm_hour=3)
    for minute in range(0, 80, 10):
        with clock.acting_at(NOON + timedelta(minutes=minute)):
            tried(visitor(minute), UNREAL)
    alarms = [record for record in caplog.records if record.name == "pakn_portal.submissions.tracking"]
    assert len(alarms) == 1


# --- forms


@pytest.mark.django_db(transaction=True)
def test_l2_forms_at_once_are_no_more_than_allowed(settings: Any) -> None:
    allow(settings, submit_per_address_hour=3)
    forms = [fill(visitor(1)) for _ in range(8)]
    acts = [lambda data=data: visitor(1).post(CITIZEN, data).status_code for data in forms]
    assert sorted(at_once(acts)) == [200] * 3 + [429] * 5
    assert Case.objects.count() == 3


def test_a_form_that_was_not_accepted_uses_up_nothing(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    allow(settings, submit_per_address_hour=1)
    client = Client(raise_request_exception=False)
    data = fill(client)
    with monkeypatch.context() as patch:
        patch.setattr(submit, "take_in", lambda *args, **kwargs: 1 / 0)
        assert client.post(CITIZEN, data).status_code == 500
    assert client.post(CITIZEN, data).status_code == 200
    assert send(client).status_code == 429


def test_too_many_forms_are_told_the_wait(settings: Any) -> None:
    allow(settings, submit_per_address_hour=1)
    with clock.acting_at(NOON):
        send(visitor(1))
    with clock.acting_at(NOON + timedelta(minutes=20)):
        refused = send(visitor(1))
    assert (refused.status_code, refused["Retry-After"]) == (429, "2400")
    assert "40 phút" in told(refused)


def test_l7_wrong_sums_count(settings: Any) -> None:
    client = visitor(1)
    wrong = [send(client, plain_answer="99").status_code for _ in range(6)]
    assert wrong == [422] * 5 + [429]
    refused = send(client)
    assert refused.status_code == 429
    assert GOOD["content"] in refused.content.decode()
    assert "60 phút" in told(refused)
    assert send(visitor(2)).status_code == 200
    assert send(client, plain_answer="", altcha=solved(client)).status_code == 200


def test_l7_right_and_missing_sums_do_not_count(settings: Any) -> None:
    allow(settings, submit_plain_per_address_hour=20)
    assert [send(visitor(1), plain_answer="").status_code for _ in range(6)] == [422] * 6
    assert [send(visitor(1)).status_code for _ in range(6)] == [200] * 6


@pytest.mark.django_db(transaction=True)
def test_l7_all_fifteen_sums_at_once_are_not_looked_at() -> None:
    data = fill(visitor(1))
    acts = [lambda sum=sum: visitor(1).post(CITIZEN, {**data, "plain_answer": sum}) for sum in range(30, 45)]
    assert sorted(response.status_code for response in at_once(acts)) == [422] * 5 + [429] * 10


def test_a_task_solved_once_serves_one_form_on_any_cache() -> None:
    payload = solved(visitor(1))
    assert send(visitor(1), plain_answer="", altcha=payload).status_code == 200
    assert send(visitor(1), plain_answer="", altcha=payload).status_code == 422


def test_l3_a_receipt_is_shown_again_but_not_without_end(settings: Any) -> None:
    client = visitor(1)
    data = fill(client)
    with clock.acting_at(clock.now()):
        codes = [client.post(CITIZEN, data).status_code for _ in range(33)]
    assert codes == [200] * 31 + [429] * 2
    assert Case.objects.count() == 1


# --- files


@pytest.mark.parametrize("action", ["attach", "send"])
@pytest.mark.parametrize("form_key", ["garbage", "abc:def:ghi", ""])
def test_m6_a_file_needs_the_key_of_a_form_of_ours(action: str, form_key: str) -> None:
    response = visitor(1).post(
        CITIZEN, {**fill(visitor(1)), "form_key": form_key, "action": action, "attachments": [pdf("a.pdf")]}
    )
    html = response.content.decode()
    assert Attachment.objects.count() == 0
    assert GOOD["content"] in html
    assert "a.pdf" in told(response)
    again = {**fill(visitor(1)), "form_key": hidden(html, "form_key"), "attachments": [pdf("a.pdf")]}
    again["plain_answer"] = answer_to(again["form_key"])
    assert visitor(1).post(CITIZEN, again).status_code == 200
    assert Attachment.objects.get().submission is not None


def test_m6_a_file_added_to_a_case_needs_it_too() -> None:
    case, secret = make_mine()
    actions.request_supplement(case, by=make_ministry().intake, note="Cho biết tên công ty.")
    page = tried(visitor(1), case.number, secret)
    data = {"grant": page.context["grant"], "content": "Công ty May 10.", "attachments": [pdf()]}
    for action in ("attach", "supplement"):
        data["attachments"] = [pdf()]
        refused = visitor(1).post(TRACKING, {**data, "action": action, "form_key": "garbage"})
        assert "Công ty May 10." in refused.content.decode()
    assert Attachment.objects.count() == 0
    assert case.submission.supplements.count() == 0


def test_m6_the_files_of_an_address_have_a_total(settings: Any) -> None:
    size = pdf().size
    allow(settings, upload_bytes_per_address_hour=2 * size, upload_bytes_per_address_day=3 * size)
    with clock.acting_at(NOON):
        assert [len(attach(visitor(1)).context["files"]) for _ in range(3)] == [1, 1, 0]
        refused = attach(visitor(1))
        assert "60 phút" in told(refused)
        assert GOOD["content"] in refused.content.decode()
        assert len(attach(visitor(2)).context["files"]) == 1
    with clock.acting_at(NOON + timedelta(hours=1)):
        assert [len(attach(visitor(1)).context["files"]) for _ in range(2)] == [1, 0]
        assert "23 giờ" in told(attach(visitor(1)))


def test_m6_what_is_not_kept_takes_no_room(settings: Any) -> None:
    size = pdf().size
    allow(settings, upload_bytes_per_address_hour=size)
    data = {**fill(visitor(1)), "action": "attach"}
    for file in (pdf("KH_TỐI MẬT.pdf"), pdf("a.exe")):
        visitor(1).post(CITIZEN, {**data, "attachments": [file]})
    for _again in range(2):
        response = visitor(1).post(CITIZEN, {**data, "attachments": [pdf("a.pdf")]})
        assert len(response.context["files"]) == 1


def test_m6_what_was_read_and_refused_takes_room(settings: Any) -> None:
    """Who sends what is refused had the reader for nothing, again and again."""
    broken = SimpleUploadedFile("a.pdf", b"%PDF-1.7 nothing")
    allow(settings, upload_bytes_per_address_hour=2 * broken.size)
    data = {**fill(visitor(1)), "action": "attach"}

    def send_broken() -> str:
        broken.seek(0)
        return told(visitor(1).post(CITIZEN, {**data, "attachments": [broken]}))

    assert not any("60 phút" in send_broken() for _twice in range(2))
    assert "60 phút" in send_broken()
    broken.seek(0)
    assert "60 phút" not in told(visitor(2).post(CITIZEN, {**data, "attachments": [broken]}))


def test_m6_files_that_wait_cannot_fill_the_disk(settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    settings.PAKN_PORTAL = {**settings.PAKN_PORTAL, "UPLOADS_WAITING_MAX_BYTES": 2 * pdf().size}
    assert [len(attach(visitor(last)).context["files"]) for last in (1, 2, 3)] == [1, 1, 0]
    assert "UPLOADS_WAITING_MAX_BYTES" in caplog.text
    assert send(visitor(3)).status_code == 200, "without a file it can be sent"


@pytest.mark.django_db(transaction=True)
def test_m6_files_at_once_are_no_more_than_allowed(settings: Any) -> None:
    allow(settings, upload_bytes_per_address_hour=3 * pdf().size)
    at_once([lambda: attach(visitor(1))] * 8)
    assert Attachment.objects.count() == 3


# --- proxies, transactions, privacy


def test_citizens_behind_a_proxy_that_writes_ports_do_not_share_a_limit(settings: Any) -> None:
    settings.PAKN_PORTAL = {**settings.PAKN_PORTAL, "TRUSTED_PROXY_COUNT": 1}
    allow(settings, submit_per_address_hour=1)
    for last in range(4):
        proxied = Client(HTTP_X_FORWARDED_FOR=f"203.0.113.{last}:{49152 + last}")
        assert send(proxied).status_code == 200
    port_changed = Client(HTTP_X_FORWARDED_FOR="203.0.113.0:50000")
    assert send(port_changed).status_code == 429


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("atomic_requests")
def test_a_try_counts_although_its_request_is_rolled_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """ATOMIC_REQUESTS: an error undoes all that the request wrote."""
    case, secret = make_mine()
    client = Client(REMOTE_ADDR="203.0.113.1", raise_request_exception=False)
    with monkeypatch.context() as patch:
        patch.setattr(secrets, "verify_secret", lambda *args: 1 / 0)
        assert [tried(client, case.number).status_code for _ in range(3)] == [500] * 3
    assert [tried(client, case.number).status_code for _ in range(3)] == [404, 404, 429]
    assert tried(visitor(2), case.number, secret).status_code == 200


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("atomic_requests")
def test_limits_hold_for_tries_at_once_where_requests_are_transactions() -> None:
    case, _secret = make_mine()
    codes = at_once([lambda: tried(visitor(1), case.number).status_code] * 10)
    assert sorted(codes) == [404] * 5 + [429] * 5


def test_no_address_is_kept_in_clear() -> None:
    case, secret = make_mine()
    send(visitor(77))
    attach(visitor(77))
    for code in (secret, "0"):
        tried(visitor(77), case.number, code)
    stored = str(list(LimitCount.objects.values_list()))
    assert LimitCount.objects.count() > 5
    assert not any(clear in stored for clear in ("203.0.113", case.number, secret))


def attach(client: Client) -> Any:
    return client.post(CITIZEN, {**fill(client), "action": "attach", "attachments": [pdf("a.pdf")]})


def solved(client: Client) -> str:
    """What the browser's worker sends."""
    task = client.get("/pakn-he-thong/thu-thach/").json()
    solution = altcha.solve_challenge(task["challenge"], task["salt"], task["algorithm"], task["max_number"])
    proof = {name: task[name] for name in ("algorithm", "challenge", "salt", "signature")}
    return base64.b64encode(json.dumps({**proof, "number": solution.number}).encode()).decode()
