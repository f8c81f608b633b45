from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pakn_portal.text import read_keystrokes


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tieefn luwowng", "tiền lương"),
        ("tieenf luowng", "tiền lương"),
        ("Baor hieemr xax hooij", "bảo hiểm xã hội"),
        ("dduwowngf", "đường"),
        ("nghir thai sarn", "nghỉ thai sản"),
        ("truwowngf quyeenf", "trường quyền"),
        ("bao3 hiem63 xa4 hoi65", "bảo hiểm xã hội"),
        ("tie6n2 luong7 d9ong62", "tiền lương đồng"),
        ("hoàn thueesr", "hoàn thueesr"),
        ("bhxh 1 lan", "bhxh 1 lan"),
        ("thai san", "thai san"),
        ("tiền lương", "tiền lương"),
        ("15/2021/ND-CP covid19 4.0 QH14", "15/2021/ND-CP covid19 4.0 QH14"),
        ("", ""),
    ],
)
def test_keys_are_read_where_a_syllable_comes_out(typed: str, meant: str) -> None:
    assert read_keystrokes(typed) == meant


@given(st.text(max_size=200))
def test_any_text_is_taken(text: str) -> None:
    read = read_keystrokes(text)
    assert read_keystrokes(read) == read_keystrokes(read_keystrokes(read))
