from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from pytest_django import Settings

from example_site.portal.checks import no_demo_accounts_in_production

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo_account() -> object:
    return get_user_model().objects.create_user("vanphong", password="vanphong")


def problems() -> list[str | None]:
    return [error.id for error in no_demo_accounts_in_production(None)]


def test_demo_accounts_are_refused_when_debug_is_off(demo_account: object, settings: Settings) -> None:
    settings.DEBUG = False
    assert problems() == ["portal.E001"]


def test_demo_accounts_are_welcome_on_a_trial(demo_account: object, settings: Settings) -> None:
    settings.DEBUG = True
    assert problems() == []


def test_an_account_with_a_password_of_its_own_passes(settings: Settings) -> None:
    get_user_model().objects.create_user("vanphong", password="mật khẩu dài và riêng")
    settings.DEBUG = False
    assert problems() == []
