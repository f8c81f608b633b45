"""The same form sent twice at the same moment, with files: by a double click, a telephone, two tabs."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from pakn_portal.cases.models import Case
from pakn_portal.submissions.files import reader
from pakn_portal.submissions.models import Attachment
from pakn_portal.submissions.tray import keep_upload
from tests.fixtures.races import runners
from tests.pages.forms import CITIZEN, fill, number_and_secret
from tests.submissions.files import pdf_bytes

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("section", "quick")]
ROUNDS = 4


@pytest.fixture(autouse=True)
def read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The look into a file takes each time another time; without it the threads meet where it matters."""
    monkeypatch.setattr(reader, "look", lambda file, kind, who: set())


@pytest.fixture(autouse=True)
def without_limits(settings: Any) -> None:
    """The limits by address have tests of their own."""
    names = ("submit_per_address_hour", "submit_per_address_day", "submit_plain_per_address_hour")
    limits = dict.fromkeys((*names, "upload_per_address_hour"), 0)
    settings.PAKN_PORTAL = {**settings.PAKN_PORTAL, "RATE_LIMITS": limits}


def files(*names: str, size: int = 100) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(f"{name}.pdf", pdf_bytes(name * size)) for name in names]


def test_three_equal_posts_keep_their_file_once() -> None:
    with runners(3) as together:
        for _round in range(ROUNDS):
            data = fill(Client())

            def post(data: dict[str, Any] = data) -> Any:
                return Client().post(CITIZEN, {**data, "attachments": files("a")})

            receipts = {number_and_secret(each.content.decode()) for each in together.run(post, post, post)}
            assert len(receipts) == 1
            case = Case.objects.latest("pk")
            assert [file.name for file in case.submission.attachments.all()] == ["a.pdf"]
    assert Attachment.objects.filter(submission=None).count() == 0


def test_what_three_keep_at_once_is_one_file() -> None:
    with runners(3) as together:
        for number in range(3 * ROUNDS):

            def keep(number: int = number) -> Any:
                (file,) = files("a")
                what = {"name": "a.pdf", "content_type": "application/pdf", "sha256": "0" * 64}
                return keep_upload(file, form_key=f"form {number}", **what)

            kept = together.run(keep, keep, keep)
            assert {type(each) for each in kept} == {Attachment}
            assert len({each.pk for each in kept}) == 1
    assert Attachment.objects.count() == 3 * ROUNDS
    assert len({file.file.name for file in Attachment.objects.all()}) == 3 * ROUNDS


def test_doubles_of_before_make_room_for_the_rule() -> None:
    """The migration keeps the first of each, and those that belong to a case it leaves alone."""
    migration = import_module("pakn_portal.migrations.0009_one_file_for_a_form")
    (rule,) = Attachment._meta.constraints
    with connection.schema_editor() as editor:
        editor.remove_constraint(Attachment, rule)
    try:
        rows = [("k", "a"), ("k", "a"), ("k", "b"), ("", "a"), ("", "a"), ("l", "a"), ("k", "a")]
        for key, name in rows:
            Attachment.objects.create(upload_key=key, name=name, size=1, sha256="0")
        migration.drop_doubles(apps, None)
        left = list(Attachment.objects.order_by("pk").values_list("upload_key", "name"))
        assert left == [("k", "a"), ("k", "b"), ("", "a"), ("", "a"), ("l", "a")]
    finally:
        with connection.schema_editor() as editor:
            editor.add_constraint(Attachment, rule)


def test_two_posts_of_one_form_never_keep_more_files_than_one_may_have() -> None:
    with runners() as together:
        for _round in range(ROUNDS):
            data = fill(Client())
            posts = [
                lambda names=names, data=data: Client().post(CITIZEN, {**data, "attachments": files(*names)})
                for names in ("abcde", "fghij")
            ]
            together.run(*posts)
            for case in Case.objects.all():
                assert case.submission.attachments.count() <= 5


def test_files_that_wait_never_pass_the_count_or_the_sum(settings: Any) -> None:
    settings.PAKN_PORTAL = {**settings.PAKN_PORTAL, "ATTACHMENTS_MAX_TOTAL_BYTES": 5000}
    with runners(3) as together:
        for _round in range(ROUNDS):
            data = {**fill(Client()), "action": "attach"}
            posts = [
                lambda names=names, data=data: Client().post(
                    CITIZEN, {**data, "attachments": files(*names, size=900)}
                )
                for names in ("abc", "def", "ghi")
            ]
            assert [response.status_code for response in together.run(*posts)] == [200] * 3
            kept = Attachment.objects.filter(submission=None)
            assert sum(file.size for file in kept) <= 5000
            assert {file.file.storage.exists(file.file.name) for file in kept} == {True}
            kept.delete()


def test_a_file_taken_off_while_the_form_is_sent_breaks_nothing() -> None:
    with runners() as together:
        for _round in range(2 * ROUNDS):
            data = fill(Client())
            Client().post(CITIZEN, {**data, "action": "attach", "attachments": files("a", "b")})
            key = Attachment.objects.filter(submission=None, name="a.pdf").latest("pk").key
            sent, taken_off = together.run(
                lambda data=data: Client().post(CITIZEN, data),
                lambda data=data, key=key: Client().post(
                    CITIZEN, {**data, "action": "attach", "remove_file": key}
                ),
            )
            assert sent.status_code == 200
            came = {file.name for file in Case.objects.latest("pk").submission.attachments.all()}
            assert "b.pdf" in came
            # what was taken off in time has not arrived
            assert taken_off.status_code == 409 or "a.pdf" not in came
            # who takes a file off too late is told that it has arrived
            assert taken_off.status_code == 200 or (taken_off.status_code, came) == (409, {"a.pdf", "b.pdf"})
