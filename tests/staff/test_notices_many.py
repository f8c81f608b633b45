"""Several senders without e-mail told at once: one document to print, one mark, one line for each case."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pakn_portal import clock
from pakn_portal.cases.enums import Status, Verb
from pakn_portal.cases.models import Case
from pakn_portal.management.verify.mails import _told_otherwise as told_otherwise
from pakn_portal.notifications.by_hand.models import ManualNotice
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.staff import addresses
from tests.factories import Ministry, make_case
from tests.staff.conftest import As
from tests.staff.roles import LETTERS, people
from tests.staff.test_notices import BY_POST, text

pytestmark = pytest.mark.django_db


def waiting(
    ministry: Ministry, number: int, status: Status = Status.RECEIVED
) -> tuple[list[Case], list[int]]:
    cases = [make_case(status, ministry, **BY_POST) for _each in range(number)]
    keys = [ManualNotice.objects.leading().get(mail__case=case).pk for case in cases]
    return cases, keys


def own_lines(case: Case, ministry: Ministry) -> list[tuple[str, dict[str, Any]]]:
    lines = case.events.filter(verb__in=(Verb.NOTE, Verb.READ_CONTACTS)).order_by("sequence")
    return [(line.verb, line.data) for line in lines]


@pytest.mark.every_wagtail
def test_from_the_list_to_the_paper_in_one_go(ministry: Ministry, as_user: As) -> None:
    """Looking at the addresses and saying that it is sent is one line of each case."""
    cases, keys = waiting(ministry, 3)
    client, url = as_user(ministry.intake), addresses.letters_of_notices_url()
    listed = text(client.get(addresses.notices_url()))
    assert listed.count('name="notice"') == 3
    assert f'action="{url}"' in listed
    page = text(client.get(addresses.letters_of_notices_url(keys[:2])))
    assert page.count("<article") == 2
    assert "Số 5, phường Mẫu" not in page
    assert "0911" not in page
    yesterday = clock.today() - timedelta(days=1)
    OutgoingMail.objects.update(created_at=clock.now() - timedelta(days=3))
    data = {"notice": keys[:2], "way": "letter", "told_on": f"{yesterday:%d/%m/%Y}", "print": "1"}
    done = text(client.post(url, {**data, "note": "Bưu điện Bà Triệu."}, follow=True))
    assert done.count("Số 5, phường Mẫu") == 2
    assert "0911" not in done
    assert "Đã báo 2 người gửi" in done
    for case in cases[:2]:
        told = {"told": "received", "way": "letter", "told_on": yesterday.isoformat()}
        assert own_lines(case, ministry) == [(Verb.READ_CONTACTS, told)]
        history = text(client.get(addresses.case_url(case.pk)))
        assert f"bằng thư in, ngày {yesterday:%d/%m/%Y}; có xem thông tin liên hệ" in history
        assert "Bưu điện Bà Triệu." in history
    assert list(ManualNotice.objects.open().values_list("pk", flat=True)) == keys[2:]
    assert list(told_otherwise()) == []
    # loaded anew, it is done to nobody twice
    assert client.post(url, data).status_code == 302
    assert own_lines(cases[0], ministry) == own_lines(cases[1], ministry)
    assert len(own_lines(cases[0], ministry)) == 1


def test_addresses_alone_are_a_look_at_each(ministry: Ministry, as_user: As) -> None:
    cases, keys = waiting(ministry, 2)
    client, url = as_user(ministry.intake), addresses.letters_of_notices_url()
    page = text(client.post(url, {"notice": keys, "contacts": "1", "note": "đang viết"}))
    assert page.count("Số 5, phường Mẫu") == 2
    assert "đang viết" in page
    assert all(own_lines(case, ministry) == [(Verb.READ_CONTACTS, {})] for case in cases)
    client.post(url, {"notice": keys, "way": "letter"})
    assert ManualNotice.objects.open().count() == 0
    told = (Verb.NOTE, {"told": "received", "way": "letter"})
    assert all(own_lines(case, ministry)[1:] == [told] for case in cases)


def test_one_that_is_refused_holds_up_no_other(ministry: Ministry, as_user: As) -> None:
    cases, keys = waiting(ministry, 2, Status.EXTENDED)
    client, url = as_user(ministry.officer), addresses.letters_of_notices_url()
    grown = {f"shown-{keys[0]}": "1", f"shown-{keys[1]}": "2"}
    page = client.post(url, {"notice": keys, "way": "letter", "print": "1", **grown}, follow=True)
    assert "xem lại thư" in text(page)
    # no address of one that was not marked
    assert text(page).count("Số 5, phường Mẫu") == 1
    assert own_lines(cases[0], ministry) == []
    lines = own_lines(cases[1], ministry)
    assert [line[0] for line in lines] == [Verb.NOTE, Verb.READ_CONTACTS]
    assert page.context["again_url"] == addresses.letters_of_notices_url(keys[:1])
    assert list(told_otherwise()) == []


def test_a_day_that_cannot_be_is_refused(ministry: Ministry, as_user: As) -> None:
    case, [key] = waiting(ministry, 1)
    client, url = as_user(ministry.intake), addresses.letters_of_notices_url()
    morrow, early = clock.today() + timedelta(days=1), clock.today() - timedelta(days=1)
    data = {"notice": [key], "way": "letter", "print": "1"}
    wrong = client.post(url, {**data, "told_on": f"{morrow:%d/%m/%Y}"})
    assert (wrong.status_code, "chưa đến" in text(wrong)) == (422, True)
    one = addresses.notice_url(case[0].pk, key)
    assert client.post(one, {**data, "told_on": f"{morrow:%d/%m/%Y}"}).status_code == 422
    assert client.post(one, {**data, "told_on": f"{early:%d/%m/%Y}"}).status_code == 409
    page = text(client.post(url, {**data, "told_on": f"{early:%d/%m/%Y}"}))
    assert f"Từ ngày {clock.today():%d/%m/%Y} mới có việc phải báo." in page
    assert own_lines(case[0], ministry) == []
    assert client.post(url, {"notice": [key]}).status_code == 422


def test_one_letter_is_marked_and_printed_in_one_go_too(ministry: Ministry, as_user: As) -> None:
    [case], [key] = waiting(ministry, 1)
    client, url = as_user(ministry.intake), addresses.notice_url(case.pk, key)
    assert 'name="print"' in text(client.get(url))
    page = text(client.post(url, {"way": "letter", "print": "1"}, follow=True))
    assert page.count("Số 5, phường Mẫu") == 1
    told = {"told": "received", "way": "letter"}
    assert own_lines(case, ministry) == [(Verb.READ_CONTACTS, told)]
    assert client.post(url, {"way": "letter", "print": "1"}).status_code == 409
    assert len(own_lines(case, ministry)) == 1


@pytest.mark.parametrize("status", [Status.COMPLAINT, Status.DENUNCIATION])
def test_keepers_of_sealed_cases_send_several(status: Status, ministry: Ministry, as_user: As) -> None:
    """The address stands on the letter and nowhere else; no contacts are looked at."""
    cases, keys = waiting(ministry, 2, status)
    client, url = as_user(ministry.inspector), addresses.letters_of_notices_url()
    assert text(client.post(url, {"notice": keys, "contacts": "1"})).count("Số 5, phường Mẫu") == 0
    page = text(client.post(url, {"notice": keys, "way": "letter", "print": "1"}, follow=True))
    assert (page.count("Số 5, phường Mẫu"), page.count("0911")) == (2, 0)
    for case in cases:
        assert not case.events.filter(verb=Verb.READ_CONTACTS).exists()
        line = case.events.filter(verb=Verb.NOTE, data__has_key="addressed").get()
        assert line.data["addressed"] == line.data["told"]
        assert "thư có ghi địa chỉ" in text(client.get(addresses.case_url(case.pk)))
    assert list(told_otherwise()) == []


@pytest.mark.parametrize(
    ("status", "may", "addressed"),
    [(Status.RECEIVED, "I", "I"), (Status.PROCESSING, "I", "I"), (Status.DENUNCIATION, "T", "T")],
)
def test_the_letters_by_role(status: Status, may: str, addressed: str, ministry: Ministry) -> None:
    """Of what is one's own to tell, and nobody else's; whatever keys are sent."""
    who = people(ministry)
    url = addresses.letters_of_notices_url()
    for letter in LETTERS:
        _cases, [key] = waiting(ministry, 1, status)
        ManualNotice.objects.filter(pk=key).update(unit=None)
        client = Client()
        client.force_login(who[letter])
        page = client.get(addresses.letters_of_notices_url([key]))
        assert (page.status_code == 200) == (letter in may), letter
        for data in ({"contacts": "1"}, {"way": "letter", "print": "1"}):
            answer = client.post(url, {"notice": [key], **data}, follow=True)
            if "way" in data:
                assert ("Số 5, phường Mẫu" in text(answer)) == (letter in addressed), letter
            elif letter not in may:
                assert "Số 5, phường Mẫu" not in text(answer), letter
        assert ManualNotice.objects.open().filter(pk=key).exists() == (letter not in may), letter
    assert Client().get(addresses.letters_of_notices_url([1])).status_code == 302


def test_queries_do_not_grow(ministry: Ministry, as_user: As) -> None:
    client, counts = as_user(ministry.intake), []
    for number in (1, 20):
        _cases, keys = waiting(ministry, number)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(addresses.letters_of_notices_url(keys))
        assert len(page.context["sheets"]) == number
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_what_was_just_marked_is_there_again_after_a_reload(ministry: Ministry, as_user: As) -> None:
    """Without the addresses: each making of an addressed letter is a line of its own."""
    cases, keys = waiting(ministry, 2)
    client, url = as_user(ministry.intake), addresses.letters_of_notices_url()
    answer = client.post(url, {"notice": keys, "way": "letter", "print": "1"})
    told_url = addresses.told_letters_url(keys)
    assert (answer.status_code, answer["Location"]) == (303, told_url)
    first = text(client.get(told_url))
    assert "Vừa ghi đã gửi" in first
    assert (first.count("<article"), first.count("Số 5, phường Mẫu")) == (2, 2)
    again = text(client.get(told_url))
    assert (again.count("<article"), again.count("Số 5, phường Mẫu")) == (2, 0)
    assert len(own_lines(cases[0], ministry)) == 1
    made = client.post(addresses.told_letters_url(), {"notice": keys, "contacts": "1"}, follow=True)
    assert text(made).count("Số 5, phường Mẫu") == 2
    assert [line[0] for line in own_lines(cases[0], ministry)] == [Verb.READ_CONTACTS] * 2
    page = text(client.get(addresses.case_url(cases[0].pk)))
    assert f'href="{addresses.notice_url(cases[0].pk, keys[0])}"' in page
    assert list(told_otherwise()) == []
    # of nobody who neither told them nor may tell them
    assert as_user(ministry.publisher).get(told_url).status_code == 302


@pytest.mark.parametrize(("status", "who"), [(Status.RECEIVED, "intake"), (Status.DENUNCIATION, "inspector")])
def test_a_single_letter_is_made_again_too(status: Status, who: str, ministry: Ministry, as_user: As) -> None:
    [case], [key] = waiting(ministry, 1, status)
    client, url = as_user(getattr(ministry, who)), addresses.notice_url(case.pk, key)
    answer = client.post(url, {"way": "letter", "print": "1"})
    assert (answer.status_code, answer["Location"]) == (303, url)
    assert text(client.get(url)).count("Số 5, phường Mẫu") == 1
    page = text(client.get(url))
    assert ("Số 5, phường Mẫu" in page, "Tạo lại thư có địa chỉ" in page) == (False, True)
    lines = len(own_lines(case, ministry))
    made = client.post(url, {"again": "1"}, follow=True)
    assert text(made).count("Số 5, phường Mẫu") == 1
    assert len(own_lines(case, ministry)) == lines + 1


def test_a_call_sends_no_letter(ministry: Ministry, as_user: As) -> None:
    [case], [key] = waiting(ministry, 1)
    client, data = as_user(ministry.intake), {"way": "telephone", "print": "1"}
    one = client.post(addresses.notice_url(case.pk, key), data)
    many = client.post(addresses.letters_of_notices_url(), {"notice": [key], **data})
    for page in (one, many):
        assert (page.status_code, "Gọi điện thì không có thư gửi đi" in text(page)) == (422, True)
    assert own_lines(case, ministry) == []
