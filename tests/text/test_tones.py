from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given

from pakn_portal.text import fold, place_tones, unify_tones
from tests.text.strategies import anything, vietnamese

# old, new
DIFFERENT = [
    ("hòa", "hoà"), ("hóa", "hoá"), ("tỏa", "toả"), ("xõa", "xoã"), ("họa", "hoạ"),
    ("khóa", "khoá"), ("lòa", "loà"),
    ("tòa", "toà"), ("thỏa", "thoả"), ("ngõa", "ngoã"), ("đọa", "đoạ"), ("góa", "goá"),
    ("òa", "oà"), ("ỏa", "oả"),
    ("khỏe", "khoẻ"), ("khóe", "khoé"), ("hòe", "hoè"), ("lòe", "loè"), ("xòe", "xoè"),
    ("tóe", "toé"), ("chóe", "choé"),
    ("họe", "hoẹ"), ("nhòe", "nhoè"), ("thủy", "thuỷ"), ("thúy", "thuý"), ("tùy", "tuỳ"),
    ("hủy", "huỷ"),
    ("lũy", "luỹ"), ("ngụy", "nguỵ"), ("úy", "uý"), ("ủy", "uỷ"), ("Ủy", "Uỷ"), ("thụy", "thuỵ"),
    ("trụy", "truỵ"),
    ("Hòa", "Hoà"), ("HÒA", "HOÀ"), ("THỦY", "THUỶ"), ("Thủy", "Thuỷ"), ("KHỎE", "KHOẺ"), ("Úy", "Uý"),
]  # fmt: skip

_SAME = """
    quý Quý QUÝ quỳ quỷ quỹ quỵ quá quà quả quạ què quẻ quét quốc quận quất quặng quắc quyển quyền
    quyết quỳnh quýt quí
    quậy quào quạu quẫy quở quới quốc quầng quặt quấy quờ quế quệ
    gì gìn gí già giá giả giã giạ giờ giỗ giữ giữa giếng giết giặt giỏi giống giường giúp giũa giấy
    giầy giày giáo giàu
    thuở thuế huệ tuệ quê khuê thuê xuề Huế thuổng chuộng cuộc buồm muối tuổi chuối nguội cuối buổi
    tuần xuất luật huấn thuật khuất khuấy ngoằn hoặc xoắn hoẵng thoắt toán hoàn hoàng khoảng loát
    hoạch ngoảnh khoét toét
    ngoài hoài xoáy loáy ngoáo ngoéo khoèo khuỷu khuýp huých huýt tuýp suýt quýnh luýnh khuya
    chuyện tuyết quyến nguyễn Nguyễn NGUYỄN duyệt khuyết uyển xuyến
    tiếng Việt biển kiếm hiệp yếu yến kiều tiểu diều chiếu yểu mía lìa nghĩa bịa địa phía của mùa
    lúa búa lụa chúa
    mưa cửa nửa dứa ngứa ngựa người mười tưới lưới cưỡi rượu hươu bướu hưởng đường nước ước tượng
    cưu cứu hữu ngửi gửi
    ái ào áu áy ấu ấy éo ếu íu ói ối ới úi vải màu sáu máy đấu đấy kéo nếu chịu nói tối tới núi
    á ắ ấ é ế í ó ố ớ ú ứ ý ở ỷ ừ kỹ kĩ mỹ lý tỉ
    xoóng moóc soóc thoòng boóng
    được đã đến đúng nghiễm nghiệp nguyệt khuỵu
"""
SAME = _SAME.split()
FOREIGN = """
    café résumé Perú Bogotá Málaga Dvořák Zoé Chloé Élysée naïve Pokémon àéo hoàbình hòahòahòa b1
    KRÔNG Đắk Lắk Pác
    straße Привет 東京 x̂ó
"""


@pytest.mark.parametrize(("old", "new"), DIFFERENT)
def test_the_styles_differ_in_open_oa_oe_uy(old: str, new: str) -> None:
    assert [place_tones(old), place_tones(new)] == [new, new]
    assert [place_tones(old, "old"), place_tones(new, "old")] == [old, old]
    assert unify_tones(old) == unify_tones(new) == new


@pytest.mark.parametrize("syllable", SAME)
def test_the_styles_agree_elsewhere(syllable: str) -> None:
    assert place_tones(syllable, "new") == syllable
    assert place_tones(syllable, "old") == syllable


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("cuả", "của"), ("muà", "mùa"), ("thúôc", "thuốc"), ("qúy", "quý"), ("qúa", "quá"),
        ("gía", "giá"), ("gìơ", "giờ"), ("nghiã", "nghĩa"), ("chiạ", "chịa"), ("đựơc", "được"),
        ("ngừơi", "người"),
        ("tòan", "toàn"), ("hòang", "hoàng"), ("khủyu", "khuỷu"), ("ĐỰƠC", "ĐƯỢC"),
        ("thủơ", "thuở"),
    ],
)  # fmt: skip
def test_a_tone_on_the_wrong_letter_is_put_right(typed: str, right: str) -> None:
    assert place_tones(typed, "old") == right
    assert unify_tones(typed) == unify_tones(right)


@pytest.mark.parametrize("word", FOREIGN.split())
def test_other_words_are_left_alone(word: str) -> None:
    text = unicodedata.normalize("NFC", word)
    assert place_tones(text) == text
    assert place_tones(text, "old") == text


def test_a_sentence_keeps_all_else() -> None:
    old = "Ủy ban nhân dân tỉnh Hòa Bình, số 12/QĐ-UBND; sức khỏe (thủy lợi)."
    new = "Uỷ ban nhân dân tỉnh Hoà Bình, số 12/QĐ-UBND; sức khoẻ (thuỷ lợi)."
    assert place_tones(old) == new
    assert place_tones(new, "old") == old


def test_decomposed_text_is_composed() -> None:
    assert place_tones(unicodedata.normalize("NFD", "hòa")) == "hoà"


def test_an_unknown_style_is_refused() -> None:
    with pytest.raises(ValueError, match="newest"):
        place_tones("hòa", "newest")  # type: ignore[arg-type]


@given(vietnamese)
def test_placing_keeps_length_letters_and_is_idempotent(text: str) -> None:
    placed = place_tones(text)
    assert len(placed) == len(text)
    assert fold(placed) == fold(text)
    assert place_tones(placed) == placed


@given(vietnamese)
def test_going_over_the_other_style_makes_no_difference(text: str) -> None:
    assert place_tones(place_tones(text, "old"), "new") == place_tones(text, "new")
    assert place_tones(place_tones(text, "new"), "old") == place_tones(text, "old")


@given(anything)
def test_any_text_can_be_given(text: str) -> None:
    assert unify_tones(unify_tones(text)) == unify_tones(text)
