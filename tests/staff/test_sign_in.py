"""Guessing a password at the log-in page of the CMS: slow for who guesses, and nobody else is shut out."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import PASSWORD, Ministry
from tests.fixtures.later import later
from tests.fixtures.threads import at_once

pytestmark = [pytest.mark.every_database, pytest.mark.every_wagtail]

HERE, ELSEWHERE = "203.0.113.5", "198.51.100.7"
TOLD = "Mạng của ông/bà vừa có quá nhiều lần nhập sai mật khẩu"


def sign_in(name: str, password: str, address: str = HERE) -> Any:
    client = Client(REMOTE_ADDR=address)
    given = {"username": name, "password": password, "next": reverse("wagtailadmin_home")}
    return client.post(reverse("wagtailadmin_login"), given)


def is_in(answer: Any) -> bool:
    return answer.status_code == 302 and "_auth_user_id" in answer.client.session


@pytest.mark.django_db
def test_m5_after_forty_wrong_passwords_the_right_one_is_not_looked_at(ministry: Ministry) -> None:
    wrong = [sign_in("bientap", f"wrong-{number}") for number in range(40)]
    assert not any(is_in(answer) for answer in wrong)
    assert TOLD not in wrong[4].content.decode() and TOLD in wrong[5].content.decode()
    right = sign_in("bientap", PASSWORD)
    assert not is_in(right)
    assert TOLD in right.content.decode() and "15 phút" in right.content.decode()


@pytest.mark.django_db
def test_the_owner_signs_in_from_elsewhere_and_here_when_the_time_is_over(ministry: Ministry) -> None:
    for number in range(8):
        sign_in("bientap", f"wrong-{number}")
    assert not is_in(sign_in("bientap", PASSWORD))
    assert is_in(sign_in("bientap", PASSWORD, ELSEWHERE))
    assert is_in(sign_in("vanphong", PASSWORD)), "a colleague in the same network is not concerned"
    with later(minutes=16):
        assert is_in(sign_in("bientap", PASSWORD))


@pytest.mark.django_db
def test_right_passwords_are_not_counted(ministry: Ministry) -> None:
    assert all(is_in(sign_in("bientap", PASSWORD)) for _each in range(12))
    for number in range(4):
        sign_in("bientap", f"wrong-{number}")
    assert is_in(sign_in("bientap", PASSWORD))


@pytest.mark.django_db
def test_an_account_that_is_not_there_is_counted_like_one_that_is(ministry: Ministry) -> None:
    def seen(name: str) -> list[bool]:
        return [TOLD in sign_in(name, "wrong").content.decode() for _each in range(7)]

    assert seen("khong-co-ai") == seen("vanphong") == [False] * 5 + [True] * 2


@pytest.mark.django_db
def test_another_spelling_of_the_account_is_the_same_account(ministry: Ministry) -> None:
    for name in ("bientap", "BIENTAP", " bientap", "ｂｉｅｎｔａｐ", "Bientap"):
        sign_in(name, "wrong")
    assert not is_in(sign_in("bientap", PASSWORD))


@pytest.mark.django_db
def test_many_accounts_from_one_address_are_limited_together(ministry: Ministry) -> None:
    for number in range(50):
        sign_in(f"nguoi-{number}", "wrong")
    assert TOLD in sign_in("bientap", PASSWORD).content.decode()
    assert is_in(sign_in("bientap", PASSWORD, ELSEWHERE))


@pytest.mark.django_db
def test_what_a_browser_writes_about_its_address_does_not_help(ministry: Ministry) -> None:
    for number in range(6):
        client = Client(REMOTE_ADDR=HERE, HTTP_X_FORWARDED_FOR=f"192.0.2.{number}")
        answer = client.post(reverse("wagtailadmin_login"), {"username": "bientap", "password": "wrong"})
    assert TOLD in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_twenty_tries_at_once_five_are_looked_at(ministry: Ministry) -> None:
    answers = at_once([lambda: sign_in("bientap", "wrong").content.decode()] * 20)
    assert sum(TOLD in answer for answer in answers) == 15


@pytest.mark.django_db
def test_no_limit_where_the_site_wants_none(ministry: Ministry, settings: Any) -> None:
    settings.PAKN_PORTAL = {"RATE_LIMITS": {"sign_in_wrong_per_account_15_minutes": 0}}
    for number in range(10):
        sign_in("bientap", f"wrong-{number}")
    assert is_in(sign_in("bientap", PASSWORD))
