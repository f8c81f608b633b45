"""What rows of before become when a site is upgraded."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from pakn_portal import clock
from pakn_portal.notifications.models import OutgoingMail
from pakn_portal.notifications.seals import is_as_written

pytestmark = [pytest.mark.exhaustive, pytest.mark.django_db(transaction=True)]

BEFORE_VIEWS = "0058_replaced_citations"
BEFORE_SEALS = "0060_standing_clocks"
SEALS = import_module("pakn_portal.migrations.0062_seals_of_mails")


def migrate(name: str | None = None) -> Any:
    """To this migration, without one to the newest; the models as they are then."""
    executor = MigrationExecutor(connection)
    newest = [key for key in executor.loader.graph.leaf_nodes() if key[0] == "pakn_portal"]
    target = newest if name is None else [("pakn_portal", name)]
    executor.migrate(target)
    return executor.loader.project_state(target).apps


@pytest.fixture(autouse=True)
def newest_again(transactional_db: None) -> Iterator[None]:
    yield
    migrate()


def reader() -> Any:
    return get_user_model().objects.create_user(username="nhan", email="nhan@bo.example")


def mails_of_before(to: Any, number: int) -> None:
    """Every second one has left."""
    old = migrate(BEFORE_SEALS).get_model("pakn_portal", "OutgoingMail")
    for each in range(number):
        has_left = {"state": "sent", "sent_at": clock.now()} if each % 2 else {}
        old.objects.create(template="deadline_digest", to_user_id=to.pk, context={"count": each}, **has_left)


def test_each_mail_gets_its_seal_also_where_it_was_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    mails_of_before(reader(), 5)
    monkeypatch.setattr(SEALS, "_CHUNK", 2)
    whole, calls = SEALS._words, []

    def cut_off(mail: Any, kinds: Any) -> str:
        calls.append(mail.pk)
        if len(calls) > 3:
            raise ConnectionError
        return str(whole(mail, kinds))

    monkeypatch.setattr(SEALS, "_words", cut_off)
    with pytest.raises(ConnectionError):
        migrate()
    assert OutgoingMail.objects.exclude(seal="").count() == 2, "what was done stays done"
    calls.clear()
    migrate()
    assert len(calls) == 3, "and is not done again"
    assert all(map(is_as_written, OutgoingMail.objects.all()))
    assert OutgoingMail.objects.count() == 5


def test_where_it_was_done_already_nothing_is_sealed_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    mails_of_before(reader(), 3)
    migrate()
    migrate("0061_sealed_mails")
    monkeypatch.setattr(SEALS, "_words", None)
    migrate()
    assert all(map(is_as_written, OutgoingMail.objects.all()))


def test_a_view_may_get_a_name_that_a_later_one_has() -> None:
    old = migrate(BEFORE_VIEWS).get_model("pakn_portal", "SavedView")
    owner = reader()
    for name in ("Quá hạn", "quá hạn", "quá hạn (2)"):
        old.objects.create(owner_id=owner.pk, name=name)
    migrate()
    names = list(old.objects.order_by("pk").values_list("name", flat=True))
    assert names == ["Quá hạn", "quá hạn (2)", "quá hạn (2) (2)"]
