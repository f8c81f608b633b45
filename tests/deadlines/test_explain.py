from __future__ import annotations

import pytest
from django.utils.translation import override

from pakn_portal.deadlines.count import Halt, MoreTime, Term, compute_deadline
from pakn_portal.deadlines.explain import explain, long_date

from .calendars import d, shipped


def sentence(language: str, term: Term, start: str, *args: object) -> str:
    deadline = compute_deadline(term, d(start), *args, calendar=shipped())  # type: ignore[arg-type]
    with override(language):
        return explain(deadline)


WAIT = "chờ bổ sung"


@pytest.mark.parametrize(
    ("term", "start", "args", "expected"),
    [
        (
            Term(10, "wd"),
            "12/02/2026",
            (),
            "10 ngày làm việc từ 12/02/2026; bỏ qua 14–22/02 (Tết Nguyên đán); đến hạn thứ Năm 05/03/2026",
        ),
        (
            Term(6, "wd"),
            "31/12/2025",
            (),
            "6 ngày làm việc từ 31/12/2025; bỏ qua 01–02/01/2026 (Tết Dương lịch, Nghỉ hoán đổi với thứ Bảy "
            "10/01); tính cả 10/01/2026 (Làm bù cho ngày 02/01); đến hạn thứ Bảy 10/01/2026",
        ),
        (
            Term(5, "wd"),
            "02/03/2026",
            ([Halt(d("03/03/2026"), d("06/03/2026"), WAIT)],),
            "5 ngày làm việc từ 02/03/2026; tạm dừng 03–06/03: chờ bổ sung; đến hạn thứ Sáu 13/03/2026",
        ),
        (
            Term(5, "wd"),
            "02/03/2026",
            ([Halt(d("05/03/2026"), None, WAIT)],),
            "5 ngày làm việc từ 02/03/2026; tạm dừng từ 05/03: chờ bổ sung; "
            "còn 3 ngày làm việc khi tính hạn trở lại",
        ),
        (
            Term(20, "cd"),
            "26/01/2026",
            ((), [MoreTime(Term(10, "wd"), "việc phức tạp", "Quyết định 267/QĐ-LĐTBXH")]),
            "20 ngày (kể cả ngày nghỉ) từ 26/01/2026; ngày cuối 15/02 là ngày nghỉ (Tết Nguyên đán) nên tính "
            "sang ngày làm việc tiếp theo; gia hạn thêm 10 ngày làm việc: việc phức tạp "
            "(Quyết định 267/QĐ-LĐTBXH); đến hạn thứ Hai 09/03/2026",
        ),
    ],
)
def test_vietnamese(term: Term, start: str, args: tuple, expected: str) -> None:
    assert sentence("vi", term, start, *args) == expected


def test_english() -> None:
    assert sentence("en", Term(10, "wd"), "12/02/2026") == (
        "10 working days from 12/02/2026; skipping 14–22/02 (Tết Nguyên đán); due Thursday 05/03/2026"
    )


def test_a_weekend_inside_a_run_belongs_to_it() -> None:
    text = sentence("en", Term(5, "wd"), "28/04/2023")
    assert "skipping 29/04–03/05 (" in text


def test_the_year_is_written_where_it_is_another_one() -> None:
    assert "skipping 01/01/2025 (" in sentence("en", Term(7, "wd"), "24/12/2024")


def test_a_last_day_on_a_plain_weekend_is_named_by_its_weekday() -> None:
    assert "the last day, 14/03, is a day off (Saturday)" in sentence("en", Term(9, "cd"), "05/03/2026")


def test_a_proposed_day_off_is_counted_and_said() -> None:
    text = sentence("en", Term(5, "wd"), "20/11/2026")
    assert "still counting 24/11 (Ngày Văn hóa Việt Nam), a day off only proposed" in text


def test_a_pause_with_an_extension_to_come() -> None:
    text = sentence(
        "en",
        Term(20, "cd"),
        "05/03/2026",
        [Halt(d("16/03/2026"))],
        [MoreTime(Term(10, "wd"), "complex")],
    )
    assert text == (
        "20 calendar days from 05/03/2026; paused since 16/03; extended by 10 working days: complex; "
        "10 calendar days left, and then the extension, once the clock runs again"
    )


def test_a_pause_after_the_term_ended_on_a_day_off() -> None:
    text = sentence("en", Term(20, "cd"), "23/02/2026", [Halt(d("16/03/2026"))])
    assert text.endswith("due on the first working day after the pause")


def test_long_date() -> None:
    with override("vi"):
        assert long_date(d("05/03/2026")) == "thứ Năm 05/03/2026"
