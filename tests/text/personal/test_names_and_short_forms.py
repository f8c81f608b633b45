"""What only a person can decide on: names of others, and the sender's own values as people shorten them."""

from __future__ import annotations

import importlib
import pkgutil
import re
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

import pytest

from pakn_portal.text import find_personal_data, mask_all, mask_note, mask_sure, personal

KNOWN = (
    ("name", "Nguyễn Thị Thu Cúc"),
    ("organisation", "Công ty TNHH May Bình Minh"),
    ("email", "thucuc.nguyen@gmail.com"),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Chị Cúc hỏi về thai sản", "Cúc"), ("Tôi là Cúc ạ", "Cúc"), ("CHỊ CÚC HỎI", "CÚC"),
        ("gặp chị cúc.", "cúc"),
        ("Thu Cúc xin hỏi", "Thu Cúc"), ("cô thu cúc xin hỏi", "thu cúc"), ("chi thu cuc xin hoi", "thu cuc"),
        ("ký tên N.T.T.C", "N.T.T.C"), ("người gửi: NTTC", "NTTC"), ("N. T. T. Cúc", "N. T. T. Cúc"),
        ("Ng.T.T.Cúc", "Ng.T.T.Cúc"),
        ("Cty May Bình Minh nợ lương", "May Bình Minh"), ("xưởng Bình Minh nợ lương", "Bình Minh"),
        ("may binh minh no luong", "may binh minh"),
        ("hộp thư thucuc.nguyen đầy", "thucuc.nguyen"), ("hộp thư nguyen.thucuc đầy", "nguyen.thucuc"),
        ("tài khoản cuc.nguyen bị khóa", "cuc.nguyen"), ("ký là Thu  Cúc", "Thu  Cúc"),
        ("Cúc đã gửi đơn", "Cúc"), ("Hôm qua Cúc có hỏi", "Cúc"), ("Trả lời Cúc:", "Cúc"),
        ("Kính gửi Cúc,", "Cúc"),
    ],
)  # fmt: skip
def test_short_forms_of_known_values_are_found_unsurely(text: str, found: str) -> None:
    finds = [(find.text, find.is_sure) for find in find_personal_data(text, KNOWN)]
    assert finds == [(found, False)]


@pytest.mark.parametrize(
    "text",
    [
        "hoa cúc nở",
        "em cúc cung tận tụy",
        "buổi bình minh ở biển",
        "thu về",
        "cúc đã nở",
        "Kim Cúc đã gửi đơn",
    ],
)
def test_words_that_only_look_like_them_stay(text: str) -> None:
    assert [find.text for find in find_personal_data(text, KNOWN) if find.text != "bình minh"] == []


def test_the_whole_value_is_sure() -> None:
    assert [find.is_sure for find in find_personal_data("Nguyễn Thị Thu Cúc", KNOWN)] == [True]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ông Nguyễn Văn Bình hẹn tôi", ("name", "Nguyễn Văn Bình")),
        ("chị Hoa kế toán", ("given_name", "Hoa")),
        ("Đ/c Hoàng Mạnh tiếp tôi", ("name", "Hoàng Mạnh")),
        ("bà nguyễn thị lan chưa trả", ("name", "nguyễn thị lan")),
        ("Họ tên: trần thị thu hiền", ("name", "trần thị thu hiền")),
        ("Ho va ten: nguyen van hung", ("name", "nguyen van hung")),
        ("Cán bộ tên là Tuấn đã quát tôi", ("given_name", "Tuấn")),
        ("Công an viên Bạch Công Tử lập biên bản", ("name", "Bạch Công Tử")),
    ],
)
def test_names_of_others_are_found_unsurely(text: str, found: tuple[str, str]) -> None:
    assert [(f.kind, f.text, f.is_sure) for f in find_personal_data(text)] == [(*found, False)]


def test_each_way_of_masking_takes_its_own() -> None:
    text = "Anh Nam gọi bà Trần Thị Loan và chị Cúc theo số 0912345678."
    number = "theo số [số điện thoại]."
    assert mask_sure(text, KNOWN) == f"Anh Nam gọi bà Trần Thị Loan và chị Cúc {number}"
    assert mask_note(text, KNOWN) == f"Anh Nam gọi bà [họ tên] và chị [họ tên] {number}"
    assert mask_all(text, KNOWN) == f"Anh [họ tên] gọi bà [họ tên] và chị [họ tên] {number}"


def _patterns() -> list[Any]:
    """Every pattern that runs over the text of a sender."""
    found = []
    for info in pkgutil.iter_modules(personal.__path__):
        if info.name != "redaction":  # works on what was found
            module = importlib.import_module(f"pakn_portal.text.personal.{info.name}")
            for name, value in vars(module).items():
                each = [
                    one if isinstance(one, re.Pattern) else getattr(one, "pattern", one)
                    for one in (value if _is_list(value) else [value])
                ]
                found += [
                    pytest.param(one, id=f"{info.name}.{name}") for one in each if isinstance(one, re.Pattern)
                ]
    return found


def _is_list(value: Any) -> bool:
    """A table of rules; a single rule is a named tuple."""
    return isinstance(value, tuple | list) and not hasattr(value, "_fields")


@pytest.mark.parametrize("pattern", _patterns())
def test_a_pattern_looks_only_so_far_from_where_it_begins(pattern: re.Pattern[str]) -> None:
    """Then twice the text is twice the work. What repeats without end must not give back what it took."""
    assert list(_endless(_parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE))) == []


def _endless(parsed: Any) -> Any:
    for operation, argument in parsed:
        if (
            operation in (_constants.MAX_REPEAT, _constants.MIN_REPEAT)
            and argument[1] is _constants.MAXREPEAT
        ):
            yield operation
        for each in argument if isinstance(argument, tuple | list) else [argument]:
            if isinstance(each, _parser.SubPattern):
                yield from _endless(each)
            elif isinstance(each, list):
                for inner in each:
                    if isinstance(inner, _parser.SubPattern):
                        yield from _endless(inner)
