from __future__ import annotations

import os
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import OperationalError

from pakn_portal import clock
from pakn_portal.cases.enums import Status
from pakn_portal.management import worker
from pakn_portal.management.file_checks import orphan_files, rows_without_file
from pakn_portal.reports.models import WorkerRound
from pakn_portal.submissions.models import Attachment
from pakn_portal.submissions.storage import private_storage
from pakn_portal.submissions.tray import keep_upload
from tests.factories import make_case, make_ministry

NAMES = [
    "sealed pages",
    "supplements",
    "calendar",
    "deadlines",
    "mail",
    "index",
    "similar texts",
    "limits",
    "register",
    "figures",
    "files",
]


def run_once() -> list[str]:
    out = StringIO()
    call_command("pakn_worker", "--once", stdout=out)
    return out.getvalue().splitlines()


@pytest.mark.django_db(transaction=True)
def test_once_tells_each_step_and_ends_with_a_count() -> None:
    make_case(Status.RECEIVED, make_ministry())
    *steps, last = run_once()
    assert [line.split(":")[0] for line in steps] == NAMES
    assert steps[NAMES.index("mail")].startswith("mail: 2 sent, 0 retried")
    assert steps[NAMES.index("figures")].startswith("figures: 1 counted")
    assert last == "3 things done, 0 steps failed."
    assert run_once()[-1] == "0 things done, 0 steps failed."
    assert WorkerRound.objects.get().failed == ""


@pytest.mark.django_db(transaction=True)
def test_a_step_that_fails_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(should_stop: Any) -> dict[str, int]:
        raise RuntimeError("secret words")

    steps = [worker.WorkerStep("broken", fail), *worker.STEPS]
    monkeypatch.setattr(worker, "STEPS", steps)
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("pakn_worker", "--once", stdout=out)
    lines = out.getvalue().splitlines()
    assert ended.value.code == 1
    assert lines[0] == "broken: failed, RuntimeError: see the log"
    assert [line.split(":")[0] for line in lines[1:-1]] == NAMES
    assert lines[-1] == "0 things done, 1 steps failed."
    assert WorkerRound.objects.get().failed == "broken"


@pytest.mark.django_db(transaction=True)
def test_a_cron_line_is_silent_unless_a_step_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(should_stop: Any) -> dict[str, int]:
        raise RuntimeError

    make_case(Status.RECEIVED, make_ministry())  # there is a mail to send
    out = StringIO()
    call_command("pakn_worker", "--once", "--verbosity", "0", stdout=out)
    assert out.getvalue() == ""
    monkeypatch.setattr(worker, "STEPS", [worker.WorkerStep("broken", fail), *worker.STEPS])
    with pytest.raises(SystemExit):
        call_command("pakn_worker", "--once", "--verbosity", "0", stdout=out)
    assert out.getvalue().splitlines() == ["broken: failed, RuntimeError: see the log"]


@pytest.mark.django_db(transaction=True)
def test_a_round_that_cannot_be_noted_is_a_step_that_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database may be gone by then, and a worker that runs for weeks must not end of it."""

    def fail(*args: Any, **kwargs: Any) -> None:
        raise OperationalError("the database went away")

    monkeypatch.setattr(WorkerRound.objects, "update_or_create", fail)
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("pakn_worker", "--once", stdout=out)
    assert out.getvalue().splitlines()[-2:] == [
        "round: failed, OperationalError: see the log",
        "0 things done, 1 steps failed.",
    ]


def test_it_asks_once_a_day_whether_a_text_is_left_to_remember(monkeypatch: pytest.MonkeyPatch) -> None:
    left, asked = [2, 0, 0, 0], []

    def fill(should_stop: Any) -> int:
        asked.append(clock.today())
        return left.pop(0)

    monkeypatch.setattr(worker, "_settled", {})
    monkeypatch.setattr(worker.sources, "fill", fill)
    for _round in range(4):
        worker._remember_texts(lambda: False)
    assert len(asked) == 2, "until there is none"
    with clock.acting_at(clock.now() + timedelta(days=1)):
        worker._remember_texts(lambda: False)
        worker._remember_texts(lambda: False)
    assert len(asked) == 3


def test_told_to_stop_it_starts_no_further_step(db: None) -> None:
    assert list(worker.run_steps(lambda: True)) == []


@pytest.mark.django_db(transaction=True)
def test_it_keeps_running_until_it_is_told_to_stop(manage_process: Any) -> None:
    process = manage_process("pakn_worker", "--interval", "0.2", "--verbosity", "2")
    while "steps failed" not in process.stdout.readline():
        assert process.poll() is None
    process.terminate()
    rest, _none = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Stopped after" in rest.splitlines()[-1]


# files


def upload(name: str = "don.txt") -> Attachment:
    file = ContentFile(b"noi dung", name=name)
    return keep_upload(file, form_key="khoa", name=name, content_type="text/plain", sha256=name)


def touch(path: str, **ago: float) -> None:
    """Give a file a time of the product's clock; the disk has one of its own."""
    past = (clock.now() - timedelta(**ago)).timestamp()
    os.utime(private_storage().path(path), (past, past))


@pytest.mark.django_db(transaction=True)
def test_uploads_without_a_form_and_files_without_a_row_go() -> None:
    kept, left = upload("a.txt"), upload("b.txt")
    Attachment.objects.filter(pk=left.pk).update(uploaded_at=clock.now() - timedelta(hours=25))
    fresh = private_storage().save("pakn/ab/moi", ContentFile(b"x"))
    orphan = private_storage().save("pakn/ab/cu", ContentFile(b"x"))
    for path in (orphan, kept.file.name):
        touch(path, hours=25)
    touch(fresh, hours=23)
    assert list(orphan_files()) == [orphan]
    assert run_once()[-2].startswith("files: 0 scanned, 1 removed, 1 orphans")
    assert [private_storage().exists(name) for name in (kept.file.name, fresh, orphan, left.file.name)] == [
        True, True, False, False,
    ]  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_a_row_whose_file_is_gone_is_told() -> None:
    attachment = upload("c.txt")
    assert attachment not in list(rows_without_file())
    private_storage().delete(attachment.file.name)
    assert attachment in list(rows_without_file())


@pytest.mark.django_db(transaction=True)
def test_a_scanner_that_is_down_is_told_by_step_and_log(
    settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.PAKN_PORTAL = {"FILE_SCANNER": "tests.submissions.test_files.Sleeping"}
    for name in ("a.txt", "b.txt"):
        keep_upload(
            ContentFile(b"noi dung", name=name),
            form_key="khoa",
            name=name,
            content_type="text/plain",
            sha256=name,
            is_scanned=False,
        )
    assert run_once()[-2].startswith("files: 0 scanned, 0 removed, 0 orphans, 2 unscanned")
    assert [record.levelname for record in caplog.records if "scanner" in record.message] == ["WARNING"]
    settings.PAKN_PORTAL = {}
    assert run_once()[-2].startswith("files: 2 scanned, 0 removed, 0 orphans, 0 unscanned")
