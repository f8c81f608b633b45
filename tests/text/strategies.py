"""Text as hypothesis makes it for these tests."""

from __future__ import annotations

from hypothesis import strategies as st

VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxy" + "àáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
LETTERS = VIETNAMESE + VIETNAMESE.upper()
PUNCTUATION = " \n\t.,;:/-–_@()[]+&0123456789"
MARKS = "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323"
INVISIBLE = "\u200b\u00ad\ufeff\u202e\x00\u2060"

vietnamese = st.text(LETTERS + PUNCTUATION, max_size=120)
messy = st.text(LETTERS + PUNCTUATION + MARKS + INVISIBLE, max_size=120)
anything = st.text(max_size=120)

_FRAGMENTS = (
    "0912345678", "0912.345.678", "024 3826 9557", "001085012345", "123456789", "0100109106-001",
    "a.b@gmail.com",
    "a (at) gmail.com", "số tài khoản ", "STK: ", "1500 2051 2345", "Vietcombank", "sinh ngày ",
    "05/03/1985",
    "mã số BHXH ", "7909123456", "DN4010112345678", "30A-123.45", "số nhà 12", "thôn Đông",
    ", xã Tân Lập", ", Hà Nội",
    "Địa chỉ: ", "15/2025/TT-BLĐTBXH", "4.680.000 đồng", " đồng", "Nguyễn Văn An",
    "nguyen van an", "ông An", "không chín",
    "[số điện thoại]", "[địa chỉ", "]", "84", "+", "(0", ")", "-", ".", " ", "\n", "0", "12",
    "2025", "a", "@", "Đ",
)  # fmt: skip
#: pieces of personal data and of what surrounds it, in any order
petition = st.lists(st.sampled_from(_FRAGMENTS), max_size=14).map("".join)
