from __future__ import annotations

import ast
import sys
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.core import checks as django_checks
from django.core.files.storage import storages
from django.test import override_settings

from pakn_portal import checks, clock
from pakn_portal.conf import DEFAULTS
from pakn_portal.snippets.models import Holiday
from tests.architecture.source import python_files
from tests.factories import make_lists


class NoScanner:
    pass


GOOD = {
    "MINISTRY_NAME": "Bộ Mẫu",
    "MINISTRY_PHONE": "1900 0000",
    "MINISTRY_HOURS": "8:00–17:00",
    "REGISTER_KEYS": ["a key of the register's own"],
    "REGISTER_HEADS": {"mail_to": ["thanhtra@bo.example.vn"]},
}


def found(**changes: Any) -> list[str]:
    """The identifiers that all our checks, deployment included, give with these settings."""
    portal = {**GOOD, **changes.pop("PAKN_PORTAL", {})}
    with override_settings(**changes, PAKN_PORTAL=portal):
        storages._backends = None
        messages = [
            *checks.check_settings(None),
            *checks.check_portal(None),
            *checks.check_backends(None),
            *checks.check_databases(None),
            *checks.check_deployment(None),
        ]
        assert all(message.hint for message in messages)
    return [str(message.id).removeprefix("pakn_portal.") for message in messages]


@pytest.fixture(autouse=True)
def own_storages() -> Any:
    yield
    storages._backends = None
    storages._storages = {}


#: What the settings of the tests would be warned of before they went to a real site.
AS_A_SITE = {
    "CACHES": {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}},
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
}


def test_a_good_site_is_only_told_to_name_a_scanner_and_a_second_factor() -> None:
    assert found(**AS_A_SITE) == ["W003", "W033"]


def test_an_unknown_setting_is_an_error_with_a_guess() -> None:
    with override_settings(PAKN_PORTAL={"MINISTRY_NAMES": "Bộ Mẫu"}):
        (message,) = checks.check_settings(None)
    assert (message.id, message.hint) == ("pakn_portal.E001", "Did you mean 'MINISTRY_NAME'?")


@pytest.mark.parametrize(
    ("portal", "expected"),
    [
        ({"CASE_NUMBER_FORMAT": "PAKN-{sequence}"}, "E003"),
        ({"CASE_NUMBER_FORMAT": "PAKN-{year}"}, "E003"),
        ({"CASE_NUMBER_FORMAT": "PAKN-{yeer}-{sequence}"}, "E003"),
        ({"OFFICE_HOURS_END": "five"}, "E004"),
        ({"CAPTCHA": "portal.missing.Captcha"}, "E006"),
        ({"FILE_SCANNER": "tests.checks.test_checks.NoScanner"}, "E006"),
        ({"SEARCH_ENGINE": "pakn_portal.search.engines.ElasticsearchEngine"}, "E007"),
        ({"PRIVATE_STORAGE": "nowhere"}, "E008"),
        ({"ROLE_CHANGES_TOLD_TO": "thanhtra"}, "E031"),
        ({"ARCHIVE_PAGE_SIZE": 0}, "E013"),
        ({"ARCHIVE_PAGE_SIZE": 2_000}, "E013"),
        ({"ARCHIVE_PAGE_SIZE": "10"}, "E013"),
        ({"CASE_NUMBER_FORMAT": "PHAN-ANH-KIEN-NGHI-CUA-NGUOI-DAN-{year}-{sequence:06d}"}, "E036"),
        ({"CASE_NUMBER_FORMAT": "PAKN-{year}-{sequence:x}"}, "E036"),
        ({"MAIL_FROM": "Bộ Mẫu"}, "E036"),
        ({"MAIL_MAX_ATTEMPTS": 0}, "E036"),
        ({"MAIL_LINK_DAYS": 0}, "E036"),
        ({"BASE_TEMPLATE": "pakn_portal/base.html"}, "E036"),
        ({"REGISTER_KEYS": ["short"]}, "E038"),
        ({"REGISTER_KEYS": [" " * 25]}, "E038"),
        ({"REGISTER_KEYS": [settings.SECRET_KEY]}, "E038"),
        ({"REGISTER_KEYS": [b"bytes that are long enough for it"]}, "E038"),
        ({"RATE_LIMITS": {"track_per_number_hour": 19}}, "E036"),
        ({"ATTACHMENTS_MAX_TOTAL_BYTES": 1024}, "E036"),
        ({"ATTACHMENT_TYPES": []}, "E036"),
        ({"LANGUAGE": "fr"}, "W038"),
    ],
)
def test_a_setting_that_cannot_work_is_an_error(portal: dict[str, Any], expected: str) -> None:
    assert expected in found(PAKN_PORTAL=portal)


@pytest.mark.parametrize("off", [0, None])
def test_each_limit_may_be_disabled(off: int | None) -> None:
    limits = dict.fromkeys(DEFAULTS["RATE_LIMITS"], off)
    assert {"E001", "E022", "E036"}.isdisjoint(found(PAKN_PORTAL={"RATE_LIMITS": limits}))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"USE_TZ": False}, "E005"),
        ({"PAKN_PORTAL": {"REGISTER_KEYS": []}}, "W040"),
        ({"PAKN_PORTAL": {"REGISTER_HEADS": {}}}, "W041"),
        ({"PAKN_PORTAL": {"REGISTER_HEADS": {"folder": "/no/such/folder"}}}, "W041"),
        ({"PAKN_PORTAL": {"TIME_ZONE": "UTC"}}, "W001"),
        ({"PAKN_PORTAL": {"TIME_ZONE": "Asia/Hanoi"}}, "E028"),
        ({"PAKN_PORTAL": {"LANGUAGE": "xx"}}, "E029"),
        ({"WAGTAILADMIN_BASE_URL": ""}, "W005"),
        ({"WAGTAILADMIN_BASE_URL": "http://localhost:8000"}, "W005"),
        ({"WAGTAILADMIN_BASE_URL": "http://example.com"}, "W005"),
        ({"WAGTAILADMIN_BASE_URL": "cong.example.vn"}, "E036"),
        ({"ALTCHA_HMAC_KEY": b"bytes"}, "E036"),
        ({"CSRF_FAILURE_VIEW": "django.views.csrf.csrf_failure"}, "W030"),
        ({"ROOT_URLCONF": "pakn_portal.urls"}, "W035"),
        ({"DATA_UPLOAD_MAX_MEMORY_SIZE": 1024 * 1024}, "W036"),
        ({"DATA_UPLOAD_MAX_NUMBER_FILES": 20}, "W036"),
        ({"AUTHENTICATION_BACKENDS": ["django.contrib.auth.backends.ModelBackend"]}, "W031"),
        ({"MIDDLEWARE": [path for path in settings.MIDDLEWARE if "Policy" not in path]}, "W034"),
        ({"MIDDLEWARE": [path for path in settings.MIDDLEWARE if "StaffSessions" not in path]}, "W032"),
        ({"AUTHENTICATION_BACKENDS": [*reversed(settings.AUTHENTICATION_BACKENDS)]}, "W031"),
        ({"SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https")}, "W007"),
        ({"USE_X_FORWARDED_HOST": True}, "W007"),
        ({"CACHES": {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}}, "W004"),
        ({"MEDIA_ROOT": settings.PRIVATE_ROOT.parent}, "E009"),
    ],
)
def test_a_set_up_that_would_hurt_is_told(changes: dict[str, Any], expected: str) -> None:
    assert expected in found(**{**AS_A_SITE, **changes})


@pytest.mark.parametrize(
    "cache",
    [
        {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": "/dev/null/cache"},
        {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "no_such_table"},
        {"BACKEND": "django.core.cache.backends.memcached.PyMemcacheCache", "LOCATION": "127.0.0.1:1"},
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1"},
    ],
    ids=lambda cache: cache["BACKEND"].rpartition(".")[2],
)
@pytest.mark.django_db
def test_a_cache_that_keeps_nothing_is_told(cache: dict[str, Any]) -> None:
    with override_settings(CACHES={"default": cache}):
        (told,) = checks.check_cache(None, databases=["default"])
    assert told.id == "pakn_portal.W039"
    assert checks.check_cache(None, databases=["default"]) == []


def test_a_missing_client_names_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine's own module is there, and what it imports is not."""
    path = "pakn_portal.search.engines.elasticsearch"
    monkeypatch.delitem(sys.modules, path, raising=False)
    monkeypatch.setitem(sys.modules, "elasticsearch", None)
    with override_settings(PAKN_PORTAL={"SEARCH_ENGINE": f"{path}.ElasticsearchEngine"}):
        told = [one for one in checks.check_backends(None) if one.id == "pakn_portal.E006"]
    assert [one.hint for one in told] == ["Run “pip install 'pakn_portal[elasticsearch]'”."]


def test_a_missing_app_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "NEEDED_APPS", (*checks.NEEDED_APPS, "wagtail.contrib.forms"))
    assert "E002" in found()


@pytest.mark.django_db
def test_the_days_off_of_the_next_year_are_asked_for_in_autumn() -> None:
    make_lists()
    Holiday.objects.filter(date__year=2027).delete()
    with clock.acting_at(datetime(2026, 10, 31, tzinfo=UTC)):
        assert checks.check_calendar(None, databases=["default"]) == []
    with clock.acting_at(datetime(2026, 11, 1, tzinfo=UTC)):
        (message,) = checks.check_calendar(None, databases=["default"])
    assert message.id == "pakn_portal.W006"
    assert "2027" in message.msg


@pytest.mark.django_db
def test_an_empty_list_of_holidays_sends_to_the_set_up() -> None:
    messages = checks.check_calendar(None, databases=["default"])
    assert {message.hint for message in messages} == {"Run “manage.py pakn_setup”."}


def test_no_check_asks_the_database_unless_told_to() -> None:
    assert checks.check_calendar(None) == []


def test_the_checks_are_registered() -> None:
    registered = django_checks.registry.registry.get_checks(include_deployment_checks=True)
    ours = {check.__name__ for check in registered if check.__module__ == "pakn_portal.checks"}
    assert ours == {
        "check_settings", "check_portal", "check_backends", "check_databases", "check_deployment",
        "check_cache", "check_calendar", "check_migrations", "check_site", "check_visitors",
    }  # fmt: skip


def test_an_unknown_limit_is_an_error_with_a_guess() -> None:
    with override_settings(PAKN_PORTAL={"RATE_LIMITS": {"submit_per_adress_hour": 1}}):
        (message,) = checks.check_settings(None)
    assert (message.id, message.hint) == ("pakn_portal.E001", "Did you mean 'submit_per_address_hour'?")


def test_the_captcha_needs_its_key_unless_the_site_has_another_captcha() -> None:
    assert found(**AS_A_SITE, ALTCHA_HMAC_KEY=None) == ["E011", "W003", "W033"]
    other = {"CAPTCHA": "pakn_portal.submissions.captcha.Captcha"}
    assert found(**AS_A_SITE, ALTCHA_HMAC_KEY=None, PAKN_PORTAL=other) == ["W003", "W033"]


def test_a_type_of_file_that_cannot_be_checked_is_an_error() -> None:
    assert found(**AS_A_SITE, PAKN_PORTAL={"ATTACHMENT_TYPES": ["pdf", "exe"]}) == ["E012", "W003", "W033"]


@pytest.mark.parametrize("name", ["django_otp.middleware.OTPMiddleware", "wagtail_2fa.middleware.Verify"])
def test_a_second_factor_is_known_by_its_name(name: str) -> None:
    assert "W033" not in found(**AS_A_SITE, MIDDLEWARE=[*settings.MIDDLEWARE, name])


@pytest.mark.parametrize("count", [0, 1])
def test_a_site_that_counts_its_proxies_is_believed(count: int) -> None:
    proxied = {**AS_A_SITE, "USE_X_FORWARDED_HOST": True, "PAKN_PORTAL": {"TRUSTED_PROXY_COUNT": count}}
    assert "W007" not in found(**proxied)
    assert "W007" not in found(**AS_A_SITE, USE_X_FORWARDED_HOST=True, DEBUG=True)


def test_a_server_that_cannot_look_into_files_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pakn_portal.submissions.files.reader._places", lambda: "/there/is/none")
    assert found(**AS_A_SITE) == ["W003", "E030", "W033"]


def test_no_hint_sends_to_a_file_that_an_installed_package_does_not_have() -> None:
    """Neither wheel nor index holds docs/."""
    sent = [
        f"{path.name}: {node.value}"
        for path in python_files()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and "see docs/" in str(node.value).lower()
    ]
    assert sent == []
