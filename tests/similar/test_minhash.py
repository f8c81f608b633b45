"""Near-duplicates by keyed MinHash: what nearly the same words share, and what others do not."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pakn_portal.similar.minhash import bands, likeness, shingles

KEY, OTHER_KEY = b"k" * 32, b"o" * 32

PETITION = """Công ty nơi tôi làm việc nợ bảo hiểm xã hội từ tháng ba nên tôi nghỉ việc mà không chốt
được sổ. Tôi đã gửi đơn hai lần tới cơ quan bảo hiểm xã hội của quận nhưng chỉ nhận được câu trả lời
rằng công ty chưa đóng đủ. Xin Bộ cho biết trong khi chờ công ty đóng thì tôi có được hưởng trợ cấp thất
nghiệp hay không, và nếu được thì phải nộp những giấy tờ gì, trong thời hạn bao lâu. Mẹ tôi năm nay 62
tuổi, không có lương hưu, cả nhà chỉ trông vào thu nhập của tôi nên tôi rất mong sớm được hướng dẫn."""
OTHERS = (
    "Tôi là giáo viên hợp đồng, xin hỏi thời gian tập sự có được tính vào thời gian nâng lương không?",
    "Con tôi bị khuyết tật vận động, đề nghị Bộ hướng dẫn hồ sơ xác định mức độ khuyết tật tại nơi tạm trú.",
    "Doanh nghiệp chúng tôi muốn làm thêm quá 200 giờ trong năm thì phải thông báo cho cơ quan nào?",
    "Đề nghị Bộ xem xét tăng mức chuẩn trợ giúp xã hội vì giá cả ở thành phố đã tăng nhiều so với năm trước.",
)


def shared(one: str, other: str) -> int:
    return len(set(bands(one, key=KEY)) & set(bands(other, key=KEY)))


def edited(text: str, share: float, seed: int) -> str:
    """One word in so many is another."""
    chance = random.Random(seed)
    words = text.split()
    return " ".join(chance.choice(words) if chance.random() < share else word for word in words)


def test_marks_capitals_signs_and_lines_change_nothing() -> None:
    assert bands(PETITION, key=KEY) == bands(PETITION.upper().replace(",", " –\n"), key=KEY)
    plain = "Cong ty noi toi lam viec no bao hiem xa hoi"
    assert bands(plain, key=KEY) == bands("Công ty nơi tôi làm việc nợ bảo hiểm xã hội", key=KEY)


def test_nearly_the_same_words_share_a_band() -> None:
    found = [shared(PETITION, edited(PETITION, 0.06, seed)) for seed in range(100)]
    assert sum(count > 0 for count in found) >= 99


def test_a_greeting_and_a_name_put_around_it_do_not_hide_it() -> None:
    around = f"Kính gửi Bộ trưởng! Tôi tên là X, ở tỉnh Y. {PETITION} Tôi xin chân thành cảm ơn."
    assert shared(PETITION, around) >= 3


@pytest.mark.parametrize("other", OTHERS)
def test_other_matters_share_none(other: str) -> None:
    assert shared(PETITION, other) == 0


def test_the_more_is_the_same_the_more_bands() -> None:
    near, far = (
        sum(shared(PETITION, edited(PETITION, share, n)) for n in range(30)) for share in (0.03, 0.12)
    )
    assert near > 1.5 * far


def test_without_the_key_a_band_tells_nothing() -> None:
    assert not set(bands(PETITION, key=KEY)) & set(bands(PETITION, key=OTHER_KEY))


@given(st.text(max_size=300))
def test_any_text_has_all_its_bands(text: str) -> None:
    found = bands(text, key=KEY)
    assert len(found) == 24
    assert all(0 <= band < 1 << 63 for band in found)
    assert found == bands(text, key=KEY)


def test_likeness_is_the_share_of_what_either_has() -> None:
    one, other = shingles("một hai ba bốn"), shingles("một hai ba năm")
    assert likeness(one, other) == 33
    assert likeness(one, one) == 100
    assert likeness(set(), set()) == 0
    assert shingles("một hai") == {"mot hai"}
    assert shingles(" . ") == set()
