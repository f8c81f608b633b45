from __future__ import annotations

import random

import pytest

from pakn_portal.submissions.forms.provinces import province_names
from pakn_portal.text import alphabet_key


@pytest.mark.parametrize(
    "names",
    [
        ["Vụ Bảo hiểm xã hội", "Vụ Bình đẳng giới", "Vụ Pháp chế"],
        ["Cà Mau", "Cao Bằng", "Cần Thơ"],
        ["Dân số", "Đà Nẵng", "Em"],
        ["Ba Vì", "Bà Rịa", "Bả Cả", "Bã Mía", "Bá Thước", "Bạ Hà", "Băng", "Bân"],
        ["ma", "mà", "mả", "mã", "má", "mạ", "măng", "mân", "me", "mê", "mi", "mo", "mô", "mơ", "mu", "mưa"],
        ["Phòng 1", "Phòng 2", "Phòng A"],
    ],
)
def test_names_stand_as_in_a_vietnamese_dictionary(names: list[str]) -> None:
    shuffled = random.Random(7).sample(names, len(names))
    assert sorted(shuffled, key=alphabet_key) == names
    assert sorted(map(str.upper, shuffled), key=alphabet_key) == [name.upper() for name in names]


def test_provinces_stand_in_this_order() -> None:
    names = province_names()
    assert names.index("Cà Mau") < names.index("Cao Bằng") < names.index("Cần Thơ") < names.index("Đà Nẵng")
