from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from pakn_portal import clock
from pakn_portal.submissions import actions, secrets, tray
from pakn_portal.submissions.models import Attachment, UploadTray
from tests.submissions.test_actions import NEW, bytes_on_disk, keep

pytestmark = pytest.mark.django_db


def test_the_same_file_twice_is_kept_once() -> None:
    assert keep("k") == keep("k")
    assert Attachment.objects.count() == 1


def test_a_file_is_dropped_only_with_its_form_key(django_capture_on_commit_callbacks: Any) -> None:
    attachment, before = keep("mine"), bytes_on_disk()
    assert tray.drop_upload(attachment.key, form_key="other") is False
    with django_capture_on_commit_callbacks(execute=True):
        assert tray.drop_upload(attachment.key, form_key="mine") is True
    assert bytes_on_disk() == before - 1


def test_i11_the_sweeper_takes_only_what_waited_a_day(django_capture_on_commit_callbacks: Any) -> None:
    old, young, sent = keep("old"), keep("young", body="1"), keep("sent", body="2")
    actions.create_submission(NEW, form_key="sent")
    yesterday = clock.now() - timedelta(hours=25)
    Attachment.objects.filter(pk__in=[old.pk, sent.pk]).update(uploaded_at=yesterday)
    with django_capture_on_commit_callbacks(execute=True):
        assert [tray.sweep_uploads(), tray.sweep_uploads()] == [1, 0]
    assert {file.pk for file in Attachment.objects.all()} == {young.pk, sent.pk}


def tray_of(form_key: str) -> UploadTray:
    return UploadTray.objects.get(key=secrets.form_key_hash(form_key))


def test_what_moves_to_another_form_stays_of_its_place_and_waits_as_long() -> None:
    keep("old")
    until = clock.now() + timedelta(days=14)
    tray.keep_uploads("old", place="case/7/note", until=until)
    tray.move_uploads("old", to="new")
    assert [file.name for file in tray.waiting_uploads("new")] == ["don.pdf"]
    assert (tray_of("new").place, tray_of("new").kept_until) == ("case/7/note", until)
    Attachment.objects.update(uploaded_at=clock.now() - timedelta(days=3))
    assert tray.sweep_uploads() == 0
    tray.drop_uploads_at("case/7/")
    assert tray.waiting_uploads("new") == []


def test_only_waiting_files_are_kept_longer_and_never_shorter() -> None:
    now = clock.now()
    tray.drop_upload(keep("empty").key, form_key="empty")
    tray.keep_uploads("empty", place="case/7/note", until=now)
    assert (tray_of("empty").place, tray_of("empty").kept_until) == ("", None)
    keep("k")
    for until in (now, None, now - timedelta(days=2)):
        tray.keep_uploads("k", place="case/7/note", until=until)
    assert tray_of("k").kept_until == now


def test_what_waits_for_staff_takes_no_room_from_visitors() -> None:
    of_visitor = keep("visitor")
    keep("staff", body="x")
    tray.keep_uploads("staff", place="case/7/note", until=clock.now())
    assert tray.bytes_waiting() == of_visitor.size
