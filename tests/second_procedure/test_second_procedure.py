"""A procedure that no room of the package knows; in a process of its own, for apps are loaded once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.fixtures.database import template
from tests.fixtures.other_apps import walk

pytestmark = pytest.mark.slow


def test_a_second_procedure_goes_its_way_beside_petitions(tmp_path: Path) -> None:
    told = json.loads(walk("second_procedure", tmp_path, begin=template()))
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
