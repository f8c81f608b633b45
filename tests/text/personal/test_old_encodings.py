"""Vietnamese of before Unicode is known by its letters, and nothing else is taken for it."""

from __future__ import annotations

import pytest

from pakn_portal.text.personal.old_encodings import is_in_old_letters


@pytest.mark.parametrize(
    "text",
    [
        "NguyÔn ThÞ B×nh, sè 12 ngâ 5 phè Hµng B¹c",
        "TrÇn ThÞ KÝn",
        "Hμng B¹c",  # the other µ
        "C«ng v¨n tr¶ lêi c«ng d©n",
        "§iÒu 5. NghÞ ®Þnh cña ChÝnh phñ",
        "Quyết định đã ban hành.\n1\tPh¹m V¨n §øc\tXã Minh Khai",  # among words in Unicode
        "Nguyeãn Thò Bình, soá 12 ngoõ 5 phoá Haøng Baïc",
        "CÔNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM",
        "Ñöôøng Leâ Lôïi, quaän 1",
        "Trần\nL©m\nHoµng\nB¹ch",  # one in each row
    ],
)
def test_old_letters_are_known(text: str) -> None:
    assert is_in_old_letters(text)


@pytest.mark.parametrize(
    "text",
    [
        "Nguyễn Thị Bình, số 12 ngõ 5 phố Hàng Bạc, đường Lê Lợi",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM, ĐỘC LẬP - TỰ DO",
        "Thuý, Hoà, toà án, khoẻ, quý, uỷ ban; 25 °C, 12 m², ± 3 µm, § 5, © 2026, 5 × 3, «Nhà nước», Intel®",
        "Où est la bibliothèque de l'Hôtel de Ville ? Ça va, naïf, Noël, Citroën, maïs, thaï, coût, côté",
        "Müller, Größe, Straße, für, über, König, schön, Tür, Übung, Äpfel, Öl, Höhe, grün, früh",
        "São Paulo, coração, não, ação, año, niño, señor, Køb, Århus, Ångström, Malmö, þing, garð",
        "m² m³ €uro ½ ¼ ª º ¿qué? ¡olé!",
        "",
    ],
)
def test_nothing_else_is_taken_for_it(text: str) -> None:
    assert not is_in_old_letters(text)
