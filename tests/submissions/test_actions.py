from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile

from pakn_portal import clock
from pakn_portal.submissions import actions, secrets
from pakn_portal.submissions.enums import FileState
from pakn_portal.submissions.models import Attachment, Submission
from pakn_portal.submissions.uploads import take_uploads
from tests.factories import make_lists
from tests.submissions.files import pdf

pytestmark = pytest.mark.django_db
NEW = actions.NewSubmission(
    actions.NewSender("  Nguyễn   Thị\u200b Thu Cúc ", phone="0900000101"),
    title="Nghỉ việc\nhai tháng",
    content="Tôi\r\nhỏi.",
)


def bytes_on_disk() -> int:
    root = Path(storages["private"].location)  # type: ignore[attr-defined]
    return sum(1 for path in root.rglob("*") if path.is_file())


def keep(form_key: str, name: str = "don.pdf", body: str = "") -> Attachment:
    uploads = take_uploads([pdf(name, body)], form_key=form_key, address="192.0.2.1")
    assert uploads.errors == []
    return uploads.kept[-1]


def test_every_text_is_normalised() -> None:
    submission = actions.create_submission(NEW).submission
    assert submission.title == "Nghỉ việc hai tháng"
    assert submission.content == "Tôi\nhỏi."
    assert submission.sender.full_name == "Nguyễn   Thị Thu Cúc"
    assert "nghi viec hai thang" in submission.folded


def test_one_form_key_makes_one_submission() -> None:
    first = actions.create_submission(NEW, form_key="k")
    second = actions.create_submission(NEW, form_key="k")
    assert (second.submission, second.secret, second.is_repeat) == (first.submission, first.secret, True)
    assert Submission.objects.count() == 1


def test_without_a_form_key_each_is_new() -> None:
    assert actions.create_submission(NEW).submission != actions.create_submission(NEW).submission


@pytest.mark.parametrize(
    ("received", "registered"),
    [
        ("2026-03-05T10:00:00+07:00", "2026-03-05"),
        ("2026-03-05T17:30:00+07:00", "2026-03-06"),
        ("2026-03-07T10:00:00+07:00", "2026-03-09"),
        ("2026-02-16T10:00:00+07:00", "2026-02-23"),
        ("2026-03-05T23:30:00+00:00", "2026-03-06"),
    ],
)
def test_it_counts_as_registered_on_a_working_day(received: str, registered: str) -> None:
    make_lists()
    assert actions.registration_day(clock.datetime.fromisoformat(received)).isoformat() == registered


def test_f27_a_year_without_rows_registers_on_the_day_itself() -> None:
    assert (
        actions.registration_day(clock.datetime.fromisoformat("2050-01-01T10:00:00+07:00")).isoformat()
        == "2050-01-01"
    )


def test_kept_files_go_with_their_form() -> None:
    mine, other = keep("mine"), keep("other", body="x")
    submission = actions.create_submission(NEW, form_key="mine").submission
    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.submission, mine.upload_key) == (submission, "")
    assert other.submission is None


def test_names_on_disk_tell_nothing(django_capture_on_commit_callbacks: Any) -> None:
    attachment = keep("k", "Nguyễn Thị Cúc.pdf")
    assert attachment.name == "Nguyễn Thị Cúc.pdf"
    assert "Cúc" not in attachment.file.name
    with pytest.raises(ValueError, match="no address"):
        _ = attachment.file.url


def test_a_file_without_a_verdict_waits_and_is_decided_later(settings: Any) -> None:
    settings.PAKN_PORTAL = {"FILE_SCANNER": "tests.submissions.test_files.Sleeping"}
    attachment = keep("k")
    assert attachment.state == FileState.RECEIVED
    assert actions.scan_waiting_files() == 0
    settings.PAKN_PORTAL = {}
    assert actions.scan_waiting_files() == 1
    attachment.refresh_from_db()
    assert attachment.state == FileState.AVAILABLE


def test_a_supplement_takes_its_files_along() -> None:
    submission = actions.create_submission(NEW).submission
    keep("more")
    supplement = actions.add_supplement(submission, content=" Tôi bổ sung. ", form_key="more")
    assert supplement.content == "Tôi bổ sung."
    assert [file.submission for file in supplement.attachments.all()] == [submission]


def test_too_many_uploads_from_one_address_are_refused(settings: Any) -> None:
    settings.PAKN_PORTAL = {"RATE_LIMITS": {"upload_per_address_hour": 1}}
    files = [pdf("a.pdf", "1"), pdf("b.pdf", "2")]
    uploads = take_uploads(files, form_key=secrets.issue_form_key(), address="192.0.2.1")
    assert [file.name for file in uploads.kept] == ["a.pdf"]
    assert len(uploads.errors) == 1


def test_a_bad_file_leaves_no_bytes() -> None:
    before = bytes_on_disk()
    take_uploads([SimpleUploadedFile("a.pdf", b"<html>")], form_key="k", address="192.0.2.1")
    assert bytes_on_disk() == before
