from __future__ import annotations

import pytest
from django.utils.translation import override

from pakn_portal.deadlines.time_left import TimeLeft, time_left

from .calendars import d, shipped


@pytest.mark.parametrize(
    ("due_on", "today", "left", "words", "short"),
    [
        (None, "05/03/2026", TimeLeft("none"), "chưa có hạn", "chưa có hạn"),
        ("05/03/2026", "05/03/2026", TimeLeft("today", 0), "hết hạn hôm nay", "hôm nay"),
        ("05/03/2026", "02/03/2026", TimeLeft("normal", 3), "còn 3 ngày làm việc", "còn 3 ngày"),
        ("05/03/2026", "03/03/2026", TimeLeft("soon", 2), "còn 2 ngày làm việc", "còn 2 ngày"),
        ("23/02/2026", "13/02/2026", TimeLeft("soon", 1), "còn 1 ngày làm việc", "còn 1 ngày"),
        ("05/03/2026", "09/03/2026", TimeLeft("overdue", 2), "quá hạn 2 ngày làm việc", "quá 2 ngày"),
        ("06/03/2026", "07/03/2026", TimeLeft("overdue", 0), "quá hạn", "quá hạn"),
        ("31/12/2027", "03/01/2028", TimeLeft("overdue", None), "quá hạn", "quá hạn"),
        ("15/01/2028", "20/12/2027", TimeLeft("normal", None), "chưa đến hạn", "chưa đến hạn"),
    ],
)
def test_time_left(due_on: str | None, today: str, left: TimeLeft, words: str, short: str) -> None:
    found = time_left(d(due_on) if due_on else None, d(today), shipped())
    assert found == left
    with override("vi"):
        assert found.phrase == words
        assert found.short == short


def test_how_soon_is_soon_is_an_argument() -> None:
    assert time_left(d("05/03/2026"), d("02/03/2026"), shipped(), soon_within=3).state == "soon"


def test_english_singular() -> None:
    with override("en"):
        assert TimeLeft("soon", 1).phrase == "1 working day left"
        assert TimeLeft("overdue", 2).phrase == "2 working days overdue"
        assert (TimeLeft("soon", 1).short, TimeLeft("overdue", 2).short) == ("1 day left", "2 days late")
