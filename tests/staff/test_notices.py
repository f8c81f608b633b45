"""The desk's side of telling a sender without e-mail: sentence, box, list, counter, letter, mark."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pakn_portal import clock
from pakn_portal.cases.actions import refuse_case
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.notifications.by_hand.models import ManualNotice
from pakn_portal.people.scope import scope_of
from pakn_portal.snippets.models import RefusalReason
from pakn_portal.staff import addresses
from pakn_portal.staff.notices.rows import notices_for
from tests.factories import Ministry, make_case
from tests.staff.conftest import As
from tests.staff.roles import LETTERS, people

pytestmark = pytest.mark.django_db

BY_POST: dict[str, Any] = {"sender": {"email": "", "phone": "0911222333", "address": "Số 5, phường Mẫu"}}


def text(response: Any) -> str:
    return str(response.content.decode())


def test_what_is_said_after_an_act_is_true(ministry: Ministry, as_user: As) -> None:
    client = as_user(ministry.intake)
    for sender, said in (
        (BY_POST, "Người gửi không có thư điện tử nên chưa được báo: cần in thư hoặc gọi điện."),
        ({}, "Thư điện tử cho người gửi sẽ đi trong ít phút."),
    ):
        case = make_case(Status.SUBMITTED, ministry, **sender)
        url = addresses.move_url(case.pk, Verb.RECEIVE)
        page = text(client.post(url, {"version": case.version}, follow=True))
        assert said in page
        case.refresh_from_db()
        # an act that writes to nobody says nothing of the sort
        note = {"version": case.version, "note": "Cho đồng nghiệp."}
        page = text(client.post(addresses.move_url(case.pk, Verb.NOTE), note, follow=True))
        assert said not in page


@pytest.mark.every_wagtail
def test_from_the_case_to_the_mark(ministry: Ministry, as_user: As) -> None:
    case = make_case(Status.RECEIVED, ministry, **BY_POST)
    client = as_user(ministry.intake)
    notice = ManualNotice.objects.get()
    url = addresses.notice_url(case.pk, notice.pk)
    page = text(client.get(addresses.case_url(case.pk)))
    assert "Cần báo người gửi" in page
    assert f'href="{url}"' in page
    home = text(client.get(reverse("wagtailadmin_home")))
    assert 'data-figure="told"><strong>1</strong>' in home
    listed = text(client.get(addresses.notices_url()))
    assert f'href="{url}"' in listed
    letter = text(client.get(url))
    assert "Kính gửi:" in letter
    assert letter.count("Kính gửi") == 1
    assert case.submission.title in letter
    assert "0911" not in letter
    assert "Số 5, phường Mẫu" not in letter
    assert client.post(url, {}).status_code == 422
    done = client.post(url, {"way": "letter", "note": "Gửi bưu điện ngày 3/3."}, follow=True)
    assert "đã báo người gửi (không có thư điện tử) bằng thư in" in text(done)
    assert "Gửi bưu điện ngày 3/3." in text(done)
    assert "pakn-notices__list" not in text(done)
    assert 'data-figure="told"' not in text(client.get(reverse("wagtailadmin_home")))
    assert "Không có người gửi nào đang chờ" in text(client.get(addresses.notices_url()))
    again = client.post(url, {"way": "telephone"})
    assert again.status_code == 409
    assert "Đồng nghiệp đã báo người gửi rồi." in text(again)


def test_one_letter_leads_to_the_next(ministry: Ministry, as_user: As) -> None:
    cases = [make_case(Status.RECEIVED, ministry, **BY_POST) for _each in range(3)]
    urls = [addresses.notice_url(case.pk, ManualNotice.objects.get(mail__case=case).pk) for case in cases]
    client = as_user(ministry.intake)
    done = text(client.post(urls[0], {"way": "letter", "note": ""}, follow=True))
    assert f'href="{urls[1]}"' in done and "Thư kế tiếp (2)" in done
    client.post(urls[1], {"way": "letter", "note": ""}, follow=True)
    assert "Thư kế tiếp" not in text(client.post(urls[2], {"way": "letter", "note": ""}, follow=True))


def test_what_must_be_written_leads_to_its_letter_first(ministry: Ministry, as_user: As) -> None:
    case = make_case(Status.RECEIVED, ministry, **BY_POST)
    reason = RefusalReason.objects.get(code="court_judgment")
    refuse_case(case, reason=reason, by=ministry.intake)
    notice = ManualNotice.objects.leading().get()
    url, client = addresses.notice_url(case.pk, notice.pk), as_user(ministry.intake)
    page = text(client.get(url))
    assert page.index(f'href="{addresses.letter_url(case.pk, "refusal")}"') < page.index("data-pakn-print")
    assert "gọi điện không được tính" in page
    assert 'value="telephone"' not in page
    refused = client.post(url, {"way": "telephone"})
    assert refused.status_code == 422
    assert "gọi điện không phải là thông báo bằng văn bản" in text(refused)
    assert client.post(url, {"way": "letter"}).status_code == 302


def test_address_and_telephone_are_looked_at_by_name(ministry: Ministry, as_user: As) -> None:
    case = make_case(Status.RECEIVED, ministry, **BY_POST)
    url = addresses.notice_url(case.pk, ManualNotice.objects.get().pk)
    page = text(as_user(ministry.intake).post(url, {"contacts": "1", "note": "đang viết"}))
    assert "Số 5, phường Mẫu" in page
    assert "0911" in page
    assert "đang viết" in page
    assert case.events.get(verb=Verb.READ_CONTACTS).by == ministry.intake
    assert ManualNotice.objects.open().count() == 1


@pytest.mark.parametrize("status", [Status.COMPLAINT, Status.DENUNCIATION])
def test_keepers_print_and_send_the_letter_of_a_sealed_case(
    status: Status, ministry: Ministry, as_user: As
) -> None:
    """They see no contacts: the address stands on the letter alone, and each making of it is in the
    register.
    """
    case = make_case(status, ministry, **BY_POST)
    notice = ManualNotice.objects.leading().get()
    url, client = addresses.notice_url(case.pk, notice.pk), as_user(ministry.inspector)
    assert "in thư và gửi đi" in text(client.get(addresses.notices_url())).lower()
    page = text(client.get(url))
    assert "Ghi địa chỉ vào thư" in page
    assert "Số 5, phường Mẫu" not in page
    for made in (1, 2):
        letter = text(client.post(url, {"address": "1", "note": "đang viết"}))
        assert letter.count("Số 5, phường Mẫu") == 1
        assert "0911" not in letter
        assert "đang viết" in letter
        lines = case.events.filter(verb=Verb.NOTE, data__has_key="addressed")
        assert [line.by for line in lines] == [ministry.inspector] * made
    assert "đã lập thư gửi người gửi, có ghi địa chỉ" in text(client.get(addresses.case_url(case.pk)))
    assert not case.events.filter(verb=Verb.READ_CONTACTS).exists()
    assert client.post(url, {"way": "letter"}).status_code == 302
    assert client.post(url, {"address": "1"}).status_code == 409
    assert lines.count() == 2


def test_the_address_on_the_letter_is_for_keepers_of_sealed_cases_alone(ministry: Ministry) -> None:
    who = people(ministry)
    for status, may in ((Status.COMPLAINT, "T"), (Status.PROCESSING, "")):
        case = make_case(status, ministry, **BY_POST)
        notice = ManualNotice.objects.filter(mail__case=case).leading().get()
        for letter in LETTERS:
            client = Client()
            client.force_login(who[letter])
            answer = client.post(addresses.notice_url(case.pk, notice.pk), {"address": "1"})
            assert ("Số 5, phường Mẫu" in text(answer)) == (letter in may), letter
        assert case.events.filter(data__has_key="addressed").count() == len(may)


@pytest.mark.parametrize(
    ("status", "sees", "may"),
    [
        (Status.RECEIVED, "ILR", "I"),
        (Status.PROCESSING, "IOFHLR", "IOFH"),
        (Status.PUBLISHED, "IOFHPLR", "IOFH"),
        (Status.DENUNCIATION, "T", "T"),
    ],
)
def test_the_letter_by_role(status: Status, sees: str, may: str, ministry: Ministry, section: Any) -> None:
    """The page stands or falls with the case; only who works on it says that the sender was told."""
    case, who = make_case(status, ministry, **BY_POST), people(ministry)
    notice = ManualNotice.objects.order_by("pk").last()
    assert notice is not None
    url = addresses.notice_url(case.pk, notice.pk)
    for letter in LETTERS:
        client = Client()
        client.force_login(who[letter])
        page = client.get(url)
        outside = 302 if letter in "MN" else 404
        assert page.status_code == (200 if letter in sees else outside), letter
        ManualNotice.objects.update(given_at=None, given_by=None, way="")
        client.post(url, {"way": "letter"})
        assert ManualNotice.objects.open().filter(pk=notice.pk).exists() != (letter in may), letter


@pytest.mark.every_wagtail
def test_the_list_by_role(ministry: Ministry) -> None:
    make_case(Status.EXTENDED, ministry, **BY_POST)
    make_case(Status.COMPLAINT, ministry, **BY_POST)
    shown = {"O": 1, "F": 1, "H": 1, "T": 1}
    for letter, user in people(ministry).items():
        client = Client()
        client.force_login(user)
        page = client.get(addresses.notices_url())
        assert page.status_code == (302 if letter in "MN" else 200), letter
        if page.status_code == 200:
            assert len(page.context["rows"]) == shown.get(letter, 0), letter


def test_an_overtaken_letter_leads_to_the_one_that_tells_it_too(ministry: Ministry, as_user: As) -> None:
    case = make_case(Status.EXTENDED, ministry, **BY_POST)
    old, new = ManualNotice.objects.order_by("mail")
    client = as_user(ministry.officer)
    answer = client.get(addresses.notice_url(case.pk, old.pk))
    assert (answer.status_code, answer["Location"]) == (302, addresses.notice_url(case.pk, new.pk))
    assert "Thông báo tiếp nhận; Thông báo kéo dài thời hạn" in text(client.get(answer["Location"]))
    assert text(client.get(addresses.case_url(case.pk))).count("data-notice=") == 1
    rows = client.get(addresses.notices_url()).context["rows"]
    assert [row.name for row in rows] == ["Thông báo tiếp nhận; Thông báo kéo dài thời hạn"]


def test_whose_sender_has_waited_longest_comes_first(ministry: Ministry, as_user: As) -> None:
    waits, later = (make_case(status, ministry, **BY_POST) for status in (Status.EXTENDED, Status.PROCESSING))
    # the letter of the first case is about its newest act, but its sender waits for an older word too
    for number, notice in enumerate(ManualNotice.objects.order_by("mail")):
        days = {0: 9, 1: 1}.get(number, 5)
        ManualNotice.objects.filter(pk=notice.pk).update(opened_at=clock.now() - timedelta(days=days))
    ManualNotice.objects.filter(mail__case=later).update(unit=ministry.unit)
    rows = notices_for(scope_of(ministry.officer))
    assert [notice.mail.case_id for notice in rows] == [waits.pk, later.pk]


def test_what_the_letter_did_not_tell_is_not_marked(ministry: Ministry, as_user: As) -> None:
    case = make_case(Status.EXTENDED, ministry, **BY_POST)
    old, new = ManualNotice.objects.order_by("mail")
    url, client = addresses.notice_url(case.pk, new.pk), as_user(ministry.officer)
    mark = {"way": "letter", "shown": "1"}
    refused = client.post(url, mark)
    assert refused.status_code == 409
    assert "xem lại thư" in text(refused)
    assert 'name="shown" value="2"' in text(refused)
    old.refresh_from_db()
    assert old.given_at is None
    assert client.post(url, {**mark, "shown": "2"}).status_code == 302


def test_a_letter_of_another_case_is_not_found(ministry: Ministry, as_user: As) -> None:
    case, other = (make_case(Status.RECEIVED, ministry, **BY_POST) for _each in range(2))
    notice = ManualNotice.objects.get(mail__case=other)
    url = addresses.notice_url(case.pk, notice.pk)
    client = as_user(ministry.intake)
    assert (client.get(url).status_code, client.post(url, {"way": "letter"}).status_code) == (404, 404)


def test_who_is_not_signed_in_is_sent_to_sign_in(ministry: Ministry, client: Client) -> None:
    case = make_case(Status.RECEIVED, ministry, **BY_POST)
    for url in (addresses.notices_url(), addresses.notice_url(case.pk, ManualNotice.objects.get().pk)):
        for answer in (client.get(url), client.post(url)):
            assert answer.status_code == 302
            assert "/login/" in answer["Location"]


def test_queries_do_not_grow(ministry: Ministry, as_user: As) -> None:
    client, counts = as_user(ministry.intake), []
    for number in (1, 19):
        for _again in range(number):
            make_case(Status.RECEIVED, ministry, **BY_POST)
        with CaptureQueriesContext(connection) as queries:
            assert len(client.get(addresses.notices_url()).context["rows"]) in (1, 20)
        counts.append(len(queries))
    assert counts == [counts[0]] * 2
