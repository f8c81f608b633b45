"""A procedure that no room of the package knows; in a process of its own, for apps are loaded once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.fixtures.database import migrate_with, template
from tests.fixtures.small_portal import MANAGE

pytestmark = pytest.mark.slow


def run(tmp_path: Path, *arguments: str) -> str:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings.second_procedure",
        "PAKN_TEST_DB_NAME": str(tmp_path / "second_procedure.sqlite3"),
        "PAKN_TEST_WORK_DIR": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, *arguments], cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_no_check_complains_and_no_migration_is_missing(tmp_path: Path) -> None:
    commands = json.dumps([["check"], ["makemigrations", "--check", "--dry-run"]])
    checked, migrations = map(json.loads, run(tmp_path, "-c", MANAGE, commands).splitlines())
    assert (checked[0], "no issues" in checked[1]) == (0, True), checked
    assert (migrations[0], "No changes" in migrations[1]) == (0, True), migrations


def test_a_second_procedure_goes_its_way_beside_petitions(tmp_path: Path) -> None:
    migrate_with("second_procedure", tmp_path / "second_procedure.sqlite3", begin=template())
    told = json.loads(run(tmp_path, "-m", "tests.second_procedure.journey").strip().splitlines()[-1])
    assert told == {
        "gaps": [],
        "due": [True, ["reply"]],
        "no right": "Bạn không có quyền “Trả lời” đối với đề xuất DX-1.",
        "faster": "vanphong đã làm trước: “Trả lời”, nên đề xuất DX-1 hiện ở trạng thái “Đã trả lời”. "
        "Hãy xem lại.",
        "illegal": "Không thể “Trả lời”: đề xuất DX-1 hiện ở trạng thái “Đã trả lời”.",
        "stopped": None,
        "archive": ["Đặt ghế ở hành lang tầng ba"],
        "no words": "Khi thực hiện “Hỏi lại” phải ghi rõ nội dung hoặc lý do.",
        "away": [],
        "guard": "Người đề xuất không tự trả lời.",
        "button": ["Người đề xuất không tự trả lời."],
        "mails": [
            ["tacgia@bo.example", "DX-1: đã được trả lời"],
            ["tacgia@bo.example", "DX-1: đã được trả lời"],
            ["vanphong@bo.example", "DX-1: có đề xuất mới"],
            ["vanphong@bo.example", "DX-2: có đề xuất mới"],
        ],
        "faults": [],
        "history": [
            "tacgia đề xuất",
            "vanphong trả lời 27 ký tự",
            "tacgia hỏi lại: Còn tầng hai?",
            "vanphong trả lời 18 ký tự",
        ],
        "words": [
            "I15 broken: DX-1: reply is not what line 4 of its register has",
            "I5 broken: DX-1: line 3 was changed",
        ],
        "erased": {"forgotten": ["4/reply"]},
        "untyped": "suggest",
        "published": {
            "four eyes": "Người trả lời không tự công khai.",
            "other words": "Trang có lời khác với đề xuất và trả lời.",
            "on": [200, True, 1],
            "by the back door": "Trang chỉ được công khai qua đề xuất của nó.",
            "altered": [
                "I4 broken: DX-3: page has other words",
                "I15 broken: DX-3: page.reply is not what line 3 of its register has",
                "I4 broken: page stands in the archive with other words, or not at all",
                "I4 broken: DX-3 is open, but its page is live",
                "I5 broken: DX-3 is open, but its register ends with answered",
            ],
            "off": [404, False, 0],
            "shown": [True, False],
            "register": ["suggest", "reply", "publish", "unpublish"],
            "verified": [],
        },
        "counted": [[2, 2, 2], [1, 1, 1]],
        "verified": [
            "DX-1: due_on is not what the register ends with",
            "DX-2 is answered, but its register ends with open",
        ],
    }
