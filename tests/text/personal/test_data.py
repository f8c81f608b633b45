from __future__ import annotations

import pytest
from hypothesis import given

from pakn_portal.text import Find, find_personal_data
from tests.text.strategies import anything, messy, petition

KNOWN = (("name", "Nguyễn Văn An"), ("email", "an.nguyen@example.vn"), ("phone", "0912345678"))

FOUND = {
    "phone": [
        "⟦0912345678⟧", "gọi ⟦0912.345.678⟧ nhé", "⟦0912 345 678⟧", "⟦091-234-5678⟧",
        "⟦09 12 34 56 78⟧", "⟦84912345678⟧",
        "⟦0 9 1 2 3 4 5 6 7 8⟧", "⟦0.9.1.2.3.4.5.6.7.8⟧", "⟦+84912345678⟧", "⟦+84 912 345 678⟧",
        "⟦(+84) 912-345-678⟧",
        "⟦0084 912 345 678⟧", "⟦０９１２３４５６７８⟧", "⟦0912\u200b345\u200b678⟧", "sđt⟦0912345678⟧",
        "⟦024 3826 9557⟧",
        "⟦(024) 3826 9557⟧", "⟦02438269557⟧", "⟦0203.3825.123⟧", "⟦+84 24 3826 9557⟧",
        "điện thoại: ⟦04 3826 955⟧",
        "tiền về tài khoản chậm. Gọi tôi ⟦0912345678⟧", "sai số tài khoản, liên hệ ⟦0912 345 678⟧",
        "⟦01683456789⟧", "⟦٠٩١٢٣٤٥٦٧٨⟧", "⟦không chín một hai ba bốn năm sáu bảy tám⟧",
    ],
    "email": [
        "⟦an.nguyen@example.vn⟧", "mail: ⟦an_nguyen+1@mail.molisa.gov.vn⟧.", "⟦an @ gmail . com⟧",
        "⟦an (at) gmail.com⟧",
        "⟦AN@GMAIL.COM⟧", "⟦an@gmail⟧", "(⟦an@x.org⟧)", "⟦an a còng gmail chấm com⟧",
        "⟦an@\u200bgmail.com⟧",
    ],
    "id_number": [
        "CMND ⟦123456789⟧", "CCCD số: ⟦001085012345⟧", "⟦001 085 012 345⟧", "⟦001085012345⟧",
        "⟦123456789⟧",
        "căn cước công dân của tôi là ⟦001.085.012.345⟧", "chứng minh nhân dân ⟦123 456 789⟧",
        "hộ chiếu ⟦B1234567⟧",
        "cmt ⟦0 1 2 3 4 5 6 7 8⟧",
    ],
    "tax_code": ["MST ⟦0312345678⟧", "mã số thuế: ⟦0100109106-001⟧", "⟦0100109106-001⟧",
    "⟦8012345678⟧"],
    "bank_account": [
        "STK: ⟦19036712345678⟧", "số tài khoản ⟦0912345678⟧", "số tài khoản ⟦0071001234567⟧",
        "tài khoản ngân hàng Agribank của tôi là ⟦1500 2051 2345⟧",
        "tk số ⟦711A12345678⟧ Vietinbank", "tài khoản ⟦102A88776655⟧", "STK ⟦711AA2345678⟧",
        "tài khoản: ⟦102A 8877 6655⟧", "⟦19036712345678⟧ Techcombank", "thẻ ⟦4111 1111 1111 1111⟧",
    ],
    "insurance_number": [
        "mã số BHXH ⟦0116012345⟧", "số sổ bảo hiểm của tôi là ⟦7909 123 456⟧",
        "thẻ BHYT ⟦DN4010112345678⟧",
        "số bhxh ⟦0912345678⟧",
    ],
    "plate": [
        "⟦30A-123.45⟧", "xe ⟦29-H1 123.45⟧", "⟦29-H1 1234⟧", "⟦51F12345⟧", "biển số ⟦30a-12345⟧",
        "⟦30A 12345⟧",
    ],
    "birth_date": [
        "sinh ngày ⟦05/03/1985⟧", "ngày sinh: ⟦5-3-1985⟧", "sinh năm ⟦1985⟧",
        "sinh ngày ⟦5 tháng 3 năm 1985⟧", "NS ⟦1985⟧",
        "Sinh ⟦05.03.1985⟧", "sinh ngày⟦2.12.1990⟧", "sinh ngay ⟦05/03/1985⟧",
        "ngày tháng năm sinh ⟦05/03/85⟧", "s/n ⟦5-8-71⟧",
    ],
    "address": [
        "ở ⟦số nhà 12, ngõ 34, đường Láng, phường Láng Thượng, quận Đống Đa, Hà Nội⟧",
        "⟦số 5 phố Huế, Hà Nội⟧",
        "⟦thôn Đông, xã Tân Lập, huyện Vũ Thư, tỉnh Thái Bình⟧.",
        "⟦tổ 5, khu phố 3, phường Linh Trung, TP. Thủ Đức⟧",
        "⟦thon dong, xa tan lap, huyen vu thu, tinh thai binh⟧", "Tôi ở ⟦xã Tân Lập, huyện Vũ Thư⟧ ạ",
        "Địa chỉ: ⟦12 Nguyễn Trãi, Thanh Xuân, Hà Nội⟧", "thường trú tại ⟦ấp 3, xã Bình Hoà⟧",
        "⟦hẻm 12/3 đường Lê Lợi⟧", "ở ⟦số 7B ngách 45/12 ngõ Thịnh Quang, phường Thịnh Quang, Hà Nội⟧",
        "⟦ngõ Thịnh Quang, phường Thịnh Quang, quận Đống Đa⟧",
        "⟦so nha 18 ngo 76 Linh Lang, Ba Dinh, Ha Noi⟧",
        "⟦so 3 ngach 8 ngo 20 My Dinh, Nam Tu Liem⟧ ạ", "⟦phòng 302 nhà A5 tập thể Kim Liên⟧",
        "⟦chung cư HH2C Linh Đàm, phòng 1204⟧",
        "quê quán ⟦xã Tân Lập⟧", "⟦THÔN ĐÔNG, XÃ TÂN LẬP⟧",
    ],
}  # fmt: skip
CASES = [(kind, marked) for kind, texts in FOUND.items() for marked in texts]

NOT_PERSONAL = [
    "Luật 58/2014/QH13, Thông tư 15/2025/TT-BLĐTBXH và 1764/QĐ-LĐTBXH", "mã hồ sơ PAKN-2026-000123",
    "lương 4.680.000 đồng, 150000000 đồng, 200.000.000 VND", "1.500.000.000 đồng",
    "Điều 102, khoản 2, điểm a", "năm 2025",
    "ngày 05/03/2026", "05.12.2022 10 giờ", "từ 28/11/2022 đến 27/05/2023",
    "ngày 5 tháng 3 năm 2026", "15%, 7,5% và 22,5 %",
    "03, 04, 05, 06, 07", "sinh con ngày 06-12-2022", "người sinh năm 1960 trở về trước",
    "Mẫu 12b-2020", "Mẫu số 12B-HSB",
    "xã, phường, thị trấn; huyện, quận", "UBND xã Tân Lập, huyện Vũ Thư, tỉnh Thái Bình",
    "thôn, ấp, bản, tổ dân phố",
    "số tài khoản. Điều 5. 12 tháng", "ngân hàng cho vay 200.000.000 trong 12 tháng",
    "Tuyến xe buýt số 32 Giáp Bát - Nhổn", "Ngõ Thịnh Quang đang được trải nhựa",
    "Họ tên: ghi bằng chữ in hoa", "họ và tên: lý do vắng mặt", "mã ngành 6201", "hotline 1900 9068",
    "tổ chức, cơ quan ở trung ương", "bản Hướng dẫn số 5", "đường bộ, đường sắt", "a@b",
    "@nguyenvana", "5 @ 10.000",
    "thôn đặc biệt khó khăn, xã an toàn khu, huyện nghèo", "tài khoản 12345",
    "giá trị 0,912345678", "BHXH từ 01.02.2003 06 tháng",
    "", "[số điện thoại] và [địa chỉ]",
]  # fmt: skip


def _unmarked(marked: str) -> tuple[str, str]:
    before, _, rest = marked.partition("⟦")
    personal, _, after = rest.partition("⟧")
    return before + personal + after, personal


@pytest.mark.parametrize(("kind", "marked"), CASES)
def test_personal_data_is_found(kind: str, marked: str) -> None:
    text, personal = _unmarked(marked)
    finds = find_personal_data(text)
    assert [(find.kind, find.text) for find in finds] == [(kind, personal)]
    assert text[finds[0].start : finds[0].end] == personal


@pytest.mark.parametrize("text", NOT_PERSONAL)
def test_what_is_no_personal_data_stays(text: str) -> None:
    assert find_personal_data(text) == []


@pytest.mark.parametrize(
    "typed",
    [
        "Nguyễn Văn An", "nguyễn văn an", "NGUYỄN VĂN AN", "nguyen van an", "Nguyễn  Văn\nAn",
        "Nguyêñ Văn An", "NguyenVanAn",
        "Nguyễn\u200b Văn An", "nguyễn-văn-an",
    ],
)  # fmt: skip
def test_a_known_name_is_found_however_it_is_typed(typed: str) -> None:
    text = f"Tôi là {typed}, hỏi về thai sản"
    assert find_personal_data(text, KNOWN) == [Find("name", 7, 7 + len(typed), typed)]


@pytest.mark.parametrize(
    ("kind", "value", "text", "found"),
    [
        ("name", "Trần Thị Hòa", "bà Trần Thị Hoà ạ", "Trần Thị Hoà"),
        ("phone", "0912345678", "số (+84) 91 23 45 67-8", "(+84) 91 23 45 67-8"),
        ("passport", "C7654321", "mang c7654321", "c7654321"),
        ("birth_date", "05/03/1985", "hôm 05-03-1985", "05-03-1985"),
        ("email", "an.nguyen@example.vn", "an nguyen@example . vn", "an nguyen@example . vn"),
        ("name", "An", "ông An", "An"),
        ("name", "김민수", "tôi là 김민수", "김민수"),
    ],
)
def test_known_values_are_found(kind: str, value: str, text: str, found: str) -> None:
    assert found in [find.text for find in find_personal_data(text, [(kind, value)])]


def test_known_values_are_no_parts_of_words() -> None:
    known = [("name", "An"), ("name", "Văn Hoà"), ("name", ""), ("note", "…"), ("name", "x")]
    assert find_personal_data("an toàn lao động; An toàn; văn hoàn; ăn x", known) == []


def test_the_kind_of_a_known_value_wins() -> None:
    assert [find.kind for find in find_personal_data("gọi 0912345678", [("fax", "0912345678")])] == ["fax"]


def test_the_nearest_words_decide_the_kind() -> None:
    text = "Mã số BHXH 0116012345, sđt 0912345678, MST 0312345678, STK 1903671234 Techcombank"
    kinds = [find.kind for find in find_personal_data(text)]
    assert kinds == ["insurance_number", "phone", "tax_code", "bank_account"]


@given(anything | messy | petition)
def test_finds_are_sorted_apart_and_say_what_stands_there(text: str) -> None:
    finds = find_personal_data(text, KNOWN)
    ends = [0, *(find.end for find in finds)]
    for before, find in zip(ends, finds, strict=False):
        assert before <= find.start < find.end <= len(text)
        assert find.text == text[find.start : find.end]


@pytest.mark.parametrize(
    ("mailbox", "is_sure"),
    [
        ("hotro@mof.gov.vn", False),
        ("vanphongbo@mof.gov.vn", False),
        ("hotro.dvc@molisa.gov.vn", False),
        ("hieu.nguyen@mof.gov.vn", True),
        ("hotro@gmail.com", True),
        ("hotro@gov.vn.example.com", True),
    ],
)
def test_a_person_decides_on_the_mailbox_of_an_office(mailbox: str, is_sure: bool) -> None:
    (found,) = find_personal_data(f"Thư gửi về {mailbox} thì trả lại.")
    assert (found.text, found.is_sure) == (mailbox, is_sure)
