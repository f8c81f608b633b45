"""What a newcomer's installation got wrong without being told."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import CheckMessage
from django.test import override_settings

from pakn_portal import checks
from pakn_portal.checks import database, register_keys
from pakn_portal.register.heads import addresses


def heads(folder: Any) -> list[CheckMessage]:
    with override_settings(PAKN_PORTAL={"REGISTER_HEADS": {"folder": folder}}):
        return list(register_keys.place_outside())


def basic(**portal: Any) -> list[tuple[str, str]]:
    with override_settings(PAKN_PORTAL=portal):
        return [
            (str(one.id).removeprefix("pakn_portal."), str(one.hint)) for one in checks.check_settings(None)
        ]


def test_the_folder_for_the_ends_of_the_register_is_tried(tmp_path: Path, settings: Any) -> None:
    """W041 looked only whether it is there."""
    assert heads(str(tmp_path)) == heads(tmp_path) == []
    assert list(tmp_path.iterdir()) == []
    settings.MEDIA_ROOT = str(tmp_path)
    (tmp_path / "so").mkdir()
    for folder, told in (
        (str(tmp_path / "so"), "handed out by the web server"),
        ("so", "whatever folder"),
        (str(tmp_path / "khong-co"), "is not there"),
    ):
        (message,) = heads(folder)
        assert message.id == "pakn_portal.W041"
        assert told in message.msg


def test_a_folder_that_takes_no_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**options: Any) -> Any:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(register_keys, "TemporaryFile", full)
    (message,) = heads(str(tmp_path))
    assert "takes no file: No space left" in message.msg


def test_addresses_for_the_ends_of_the_register_are_looked_at() -> None:
    for wrong in (["luutru"], [" a b@c.vn"], [3]):
        assert ("E036", 'Write each as "luutru@example.vn".') in basic(REGISTER_HEADS={"mail_to": wrong})
    assert "E036" not in dict(basic(REGISTER_HEADS={"mail_to": ["", " luutru@example.vn "]}))
    with override_settings(PAKN_PORTAL={"REGISTER_HEADS": {"mail_to": ["", " luutru@example.vn "]}}):
        assert addresses() == ["luutru@example.vn"]


@pytest.mark.parametrize(
    ("portal", "hint"),
    [
        ({"REGISTER_HEADS": {"foldr": "/srv"}}, "Did you mean 'folder'?"),
        ({"CLAMD": {"adress": "/run"}}, "Did you mean 'address'?"),
        ({"ELASTICSEARCH": {"host": []}}, "Did you mean 'hosts'?"),
    ],
)
def test_an_unknown_name_in_any_dict_is_an_error(portal: dict[str, Any], hint: str) -> None:
    assert ("E001", hint) in basic(**portal)


@pytest.mark.parametrize(
    "portal", [{"REGISTER_HEADS": {"folder": Path("/srv/so")}}, {"CLAMD": {"address": Path("/run/clamd")}}]
)
def test_a_path_is_as_good_as_its_text(portal: dict[str, Any]) -> None:
    assert "E022" not in dict(basic(**portal))


@pytest.mark.parametrize(
    ("portal", "hint"),
    [
        ({"TRUSTED_PROXY_COUNT": "2"}, "It must be a whole number, such as 2."),
        ({"ATTACHMENT_TYPES": "pdf, jpg"}, "It must be a list, such as ['pdf', 'jpg']."),
        ({"MAIL_MAX_ATTEMPTS": "many"}, "It must be a whole number, such as 40."),
        ({"MAIL_MAX_ATTEMPTS": -1}, "It must be a whole number, such as 40."),
        ({"MINISTRY_NAME": 7}, "It must be a text, such as '7'."),
    ],
)
def test_a_hint_has_the_sites_own_value(portal: dict[str, Any], hint: str) -> None:
    """One that named the default would be copied as it stands."""
    assert ("E022", hint) in basic(**portal)


@pytest.mark.django_db
def test_the_table_of_a_cache_is_named_where_it_is_missing(settings: Any) -> None:
    backend = "django.core.cache.backends.db.DatabaseCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "no_such_table"}}
    (message,) = database.cache()
    assert "manage.py createcachetable" in str(message.hint)


def test_a_cache_that_keeps_nothing_is_called_that() -> None:
    def told(kind: str) -> str:
        with override_settings(CACHES={"default": {"BACKEND": f"django.core.cache.backends.{kind}"}}):
            return next(one.msg for one in checks._cache())

    assert "keeps nothing" in told("dummy.DummyCache")
    assert "Each process keeps" in told("locmem.LocMemCache")
