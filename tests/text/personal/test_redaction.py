from __future__ import annotations

import pytest
from hypothesis import given, settings

from pakn_portal.text import Find, find_personal_data, label_of, mask, mask_all
from tests.text.personal.test_data import KNOWN
from tests.text.strategies import anything, messy, petition


def test_each_find_gives_way_to_a_label_that_says_what_stood_there() -> None:
    text = "Tôi là NGUYEN VAN AN, sinh ngày 05/03/1985, SĐT 0912.345.678, ở số nhà 12, ngõ 5, Hà Nội."
    assert (
        mask_all(text, KNOWN) == "Tôi là [họ tên], sinh ngày [ngày sinh], SĐT [số điện thoại], ở [địa chỉ]."
    )


def test_only_the_finds_given_are_masked() -> None:
    text = "0912345678 và an@gmail.com"
    finds = find_personal_data(text)
    assert mask(text, finds[1:]) == "0912345678 và [thư điện tử]"
    assert mask(text, reversed(finds)) == "[số điện thoại] và [thư điện tử]"
    assert mask(text, []) == text


def test_a_kind_of_ones_own_has_a_general_label() -> None:
    assert label_of("shoe_size") == "[thông tin cá nhân]"
    assert mask("cỡ 43", [Find("shoe_size", 3, 5, "43")]) == "cỡ [thông tin cá nhân]"


def test_labels_do_not_lend_their_words_to_the_next_number() -> None:
    assert mask_all("[số tài khoản] 12 34 56 78 90 12") == "[số tài khoản] 12 34 56 78 90 12"


def test_text_between_finds_is_kept_as_it_was_typed() -> None:
    text = "Hòa\u0301 gọi 0912345678\r\n"
    assert mask_all(text) == "Hòa\u0301 gọi [số điện thoại]\r\n"


@pytest.mark.parametrize("piece", ["không ", "Ông A ", "0912345678 ", "Nguyễn Văn ", "ông Trần Văn An và "])
def test_however_often_it_stands_there_one_masking_is_enough(piece: str) -> None:
    masked = mask_all(piece * 200)
    assert mask_all(masked) == masked


@settings(max_examples=400)
@given(anything | messy | petition)
def test_after_masking_nothing_is_found_any_more(text: str) -> None:
    masked = mask_all(text, KNOWN)
    assert find_personal_data(masked, KNOWN) == []
    assert mask_all(masked, KNOWN) == masked


def test_what_the_text_has_just_named_is_not_named_again() -> None:
    assert mask_all("Số điện thoại: 0912 345 678.") == "Số điện thoại: [đã che]."
    assert mask_all("Gọi 0912 345 678.") == "Gọi [số điện thoại]."
    masked = mask_all("SỐ ĐIỆN THOẠI 0912345678, 0987654321")
    assert masked == mask_all(masked) == "SỐ ĐIỆN THOẠI [đã che], [số điện thoại]"
