from __future__ import annotations

import pytest

from pakn_portal.text import Find, secret_markings


@pytest.mark.parametrize(
    ("text", "marking"),
    [
        ("MẬT", "MẬT"),
        ("Độ mật: TỐI MẬT", "TỐI MẬT"),
        ("TUYỆT MẬT", "TUYỆT MẬT"),
        ("CÔNG VĂN MẬT GỬI BỘ", "MẬT"),
        ("[MẬT] Báo cáo", "MẬT"),
        ("bao-cao_TUYET_MAT.pdf", "TUYET_MAT"),
        ("CV_MAT.docx", "MAT"),
        ("CV 12 MẬT.pdf", "MẬT"),
        ("TÔ\u0301I MÂ\u0323T", "TÔ\u0301I MÂ\u0323T"),
        ("T\u200bỐI MẬT", "T\u200bỐI MẬT"),
    ],
)
def test_stamps_are_found(text: str, marking: str) -> None:
    start = text.index(marking)
    assert secret_markings(text) == [Find("secret_marking", start, start + len(marking), marking)]


@pytest.mark.parametrize(
    "text",
    [
        "mật khẩu", "bí mật kinh doanh", "Mật khẩu", "BÍ MẬT KINH DOANH", "BẢO MẬT", "MẬT KHẨU",
        "MẬT ĐỘ DÂN SỐ", "MẬT ONG",
        "tài liệu tối mật", "Tuyệt mật", "CƠ MẬT", "TÚI MẬT", "chợ MAT", "THUỐC MATA", "mật", "",
    ],
)  # fmt: skip
def test_words_of_a_sentence_are_no_stamps(text: str) -> None:
    assert secret_markings(text) == []


def test_each_stamp_is_found() -> None:
    assert [find.text for find in secret_markings("MẬT\nTỐI MẬT, TUYỆT MẬT")] == [
        "MẬT",
        "TỐI MẬT",
        "TUYỆT MẬT",
    ]
