from __future__ import annotations

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation

from pakn_portal.submissions.forms.fields import (
    MOST_LINKS,
    MailField,
    NameField,
    OpenTextField,
    PhoneField,
    TaxCodeField,
    TextField,
)
from pakn_portal.submissions.forms.language import looks_vietnamese
from pakn_portal.submissions.forms.provinces import province_names


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("0912345678", "0912345678"),
        ("0912 345 678", "0912345678"),
        ("0912.345.678", "0912345678"),
        ("+84 912 345 678", "0912345678"),
        ("+84 (0) 912-345-678", "0912345678"),
        ("84912345678", "0912345678"),
        ("0084912345678", "0912345678"),
        ("024 3826 9999", "02438269999"),
        ("+84 24 3826 9999", "02438269999"),
        ("1900 1234", "19001234"),
        ("+49 30 901820", "+4930901820"),
        ("０９１２ ３４５ ６７８", "0912345678"),
        ("٠٩١٢٣٤٥٦٧٨", "0912345678"),
        ("0912\u00a0345\u200b678", "0912345678"),
        ("(+84)\u2009912–345—678", "0912345678"),
        ("Tel: +84 (0)912.345.678", "0912345678"),
        ("tel:+84912345678", "0912345678"),
        ("O9l2 345 678", "0912345678"),
        ("0049 (0) 30 901820", "+4930901820"),
        ("024.3826.9999 máy lẻ 12", "02438269999x12"),
        ("024 3826 9999 (ext. 12)", "02438269999x12"),
        ("024 3826 9999 (12)", "02438269999x12"),
    ],
)
def test_telephones_are_forgiven_their_form(typed: str, stored: str) -> None:
    assert PhoneField().clean(typed) == stored


@pytest.mark.parametrize(
    "typed",
    ["12", "0112345678", "09123456789", "số của tôi", "0912345678; drop", "+84", "0912345678 / 0987654321"],
)
def test_telephones_that_cannot_be_are_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        PhoneField().clean(typed)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("0312345678", "0312345678"),
        ("0312 345 678-001", "0312345678-001"),
        ("0101234567–001", "0101234567-001"),
        ("0101234567 − 001", "0101234567-001"),
        ("0101234567001", "0101234567-001"),
        ("MST: 0101.234.567", "0101234567"),
        ("０１０１２３４５６７", "0101234567"),
        ("٠١٠١٢٣٤٥٦٧", "0101234567"),
        ("O1O1234567\u200b", "0101234567"),
        ("001086012345", "001086012345"),
        ("001 086 012 345", "001086012345"),
    ],
)
def test_tax_codes(typed: str, stored: str) -> None:
    assert TaxCodeField(max_length=14).clean(typed) == stored


@pytest.mark.parametrize("typed", ["07912345678", "123", "abc", "079123456789-001", "0101234567-01"])
def test_what_is_no_tax_code_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        TaxCodeField().clean(typed)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("an@x.vn", "an@x.vn"),
        ("Nguyễn An <an@X.VN>", "an@x.vn"),
        ("Nguyễn An (an@x.vn)", "an@x.vn"),
        ("mailto:an@x.vn?subject=Hỏi", "an@x.vn"),
        ("E-mail: an@x.vn.", "an@x.vn"),
        ("“an@x.vn”,", "an@x.vn"),
        ("an＠x．vn", "an@x.vn"),
        ("an\u200b@x.vn\u00a0", "an@x.vn"),
        ("nguyen–an@x.vn", "nguyen-an@x.vn"),
        ("an@thư-viện.vn", "an@thư-viện.vn"),
    ],
)
def test_mail_addresses_come_with_names_and_full_stops(typed: str, stored: str) -> None:
    assert MailField().clean(typed) == stored


@pytest.mark.parametrize("typed", ["ten@", "an", "an@x.vn, binh@x.vn", "an@x.vn\r\nBcc: b@x.vn", "a b@x.vn"])
def test_what_is_no_mail_address_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        MailField().clean(typed)


def told(field: forms.Field, typed: str) -> str:
    with translation.override("vi"), pytest.raises(ValidationError) as refused:
        field.clean(typed)
    return " ".join(refused.value.messages)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (
            "an@x.vn, binh@x.vn",
            "Ở đây có hai địa chỉ thư điện tử. Xin chỉ để lại một; địa chỉ kia có thể ghi trong nội dung.",
        ),
        (
            "an@x.vn hoặc binh@x.vn",
            "Ở đây có hai địa chỉ thư điện tử. Xin chỉ để lại một; địa chỉ kia có thể ghi trong nội dung.",
        ),
        ("nguyễn.an@x.vn", "Địa chỉ thư điện tử viết không dấu; ở đây có “ễ”."),
        ("an@@x.vn", "Địa chỉ thư điện tử chỉ có một dấu @; ở đây có nhiều hơn."),
        ("an@binh@x.vn", "Địa chỉ thư điện tử chỉ có một dấu @; ở đây có nhiều hơn."),
        ("nguyen an@x.vn", "Địa chỉ thư điện tử không có dấu cách. Xin viết liền."),
        ("không có", "Ở đây chưa có dấu @. Không có thì để trống."),
        ("an.x.vn", "Ở đây chưa có dấu @. Không có thì để trống."),
        ("ten@x", "Chưa đủ."),
    ],
)
def test_what_is_wrong_with_a_mail_address_is_said(typed: str, sentence: str) -> None:
    field = MailField(required=False, error_messages={"invalid": "Chưa đủ."})
    assert told(field, typed) == sentence


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("không có", "Ở đây chưa có chữ số nào. Không có thì để trống."),
        ("09123456789", "Ở đây có 11 chữ số; số điện thoại này có 10 chữ số."),
        ("024 3826 99999", "Ở đây có 12 chữ số; số điện thoại này có 11 chữ số."),
        ("0112345678", "Không có số điện thoại nào bắt đầu bằng 011. Xin xem lại."),
        ("0912345678; drop 3", "Ngoài chữ số còn có nội dung khác. Xin chỉ để lại số điện thoại."),
        (
            "0912 345",
            "Số điện thoại chưa đủ. Xin viết như 0912 345 678; số nước ngoài thì bắt đầu bằng dấu +.",
        ),
        (
            "38269999",
            "Số điện thoại chưa đủ. Xin viết như 0912 345 678; số nước ngoài thì bắt đầu bằng dấu +.",
        ),
    ],
)
def test_what_is_wrong_with_a_telephone_number_is_said(typed: str, sentence: str) -> None:
    assert told(PhoneField(required=False), typed) == sentence


def test_who_must_write_one_is_not_told_to_leave_it_empty() -> None:
    assert told(PhoneField(), "không có") == "Ở đây chưa có chữ số nào."
    assert told(MailField(), "không có") == "Ở đây chưa có dấu @."


@pytest.mark.parametrize(
    "name", ["Nguyễn Thị Thu Cúc", "Y Bhăm Niê", "Công ty TNHH 3T", "Иван Петров", "O'Brien"]
)
def test_names_of_one_alphabet_are_taken(name: str) -> None:
    assert NameField().clean(name) == name


@pytest.mark.parametrize("name", ["Nguyễn Vаn A", "12345", "…"])
def test_names_that_deceive_are_refused(name: str) -> None:
    with pytest.raises(ValidationError):
        NameField().clean(name)


def test_one_line_stays_one_line_and_several_stay_several() -> None:
    assert TextField().clean(" a\r\nb\u2028c ") == "a b c"
    assert TextField(lines=True).clean("a\r\n\r\nb") == "a\n\nb"


def test_too_many_links_are_refused() -> None:
    with pytest.raises(ValidationError):
        OpenTextField(lines=True).clean("http://a.vn " * (MOST_LINKS + 1))
    assert OpenTextField(lines=True).clean("http://a.vn")


def test_the_thirty_four_provinces() -> None:
    assert len(province_names()) == 34
    assert province_names()[0] == "An Giang"
    assert "Đà Nẵng" in province_names()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tôi nghỉ việc đã hai tháng, tôi còn được hưởng trợ cấp không?", True),
        ("Toi nghi viec da hai thang, toi con duoc huong tro cap that nghiep khong", True),
        ("I left my job two months ago and would like to know whether I can still apply.", False),
        ("Hi", True),
    ],
)
def test_the_language_is_guessed_gently(text: str, expected: bool) -> None:
    assert looks_vietnamese(text) is expected
