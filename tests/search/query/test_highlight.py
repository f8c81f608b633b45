from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pakn_portal.search.query import highlight
from pakn_portal.search.query.highlight import EXCERPT_LENGTH, Highlighter
from pakn_portal.search.query.reading import read_query


def marked(query: str, text: str) -> list[str]:
    highlighter = Highlighter(read_query(query, []))
    return [one.text for one in highlighter.whole(text) if one.is_match]


def test_neighbours_become_one_mark() -> None:
    assert marked("bao hiem that nghiep", "Trợ cấp bảo hiểm thất nghiệp là gì?") == ["bảo hiểm thất nghiệp"]
    assert marked("bao hiem that", "Bảo hiểm thất nghiệp") == ["Bảo hiểm thất"]


def test_single_words_of_a_longer_query_are_not_marked() -> None:
    assert marked("chế độ thai sản", "Chế tạo, độ bền, thai nhi, tài sản") == []


def test_words_only_as_a_whole() -> None:
    assert marked("an toàn", "Lan toàn quyền; an toàn.") == ["an toàn"]


def test_numbers_however_they_are_spelled() -> None:
    assert marked("15/2025/tt-bldtbxh", "Thông tư 15/2025/TT-BLĐTBXH.") == ["15/2025/TT-BLĐTBXH"]


def test_excerpt_shows_the_densest_part() -> None:
    filler = "Nội dung khác. " * 60
    text = f"{filler}Học nghề miễn phí cho bộ đội xuất ngũ. {filler}"
    excerpt = Highlighter(read_query("học nghề miễn phí", [])).excerpt(text)
    joined = "".join(one.text for one in excerpt)
    assert "Học nghề miễn phí" in joined
    assert (joined.startswith("…\u00a0"), joined.endswith("\u00a0…")) == (True, True)
    assert len(joined) < EXCERPT_LENGTH + 60


def test_the_beginning_of_a_number_is_marked() -> None:
    assert marked("15/2025", "Thông tư 15/2025/TT-BLĐTBXH, 115/2025.") == ["15/2025"]


def excerpt_marks(query: str, text: str) -> list[str]:
    return [one.text for one in Highlighter(read_query(query, [])).excerpt(text) if one.is_match]


@pytest.mark.parametrize("query", ["học nghề", "15/2025/TT-BLĐTBXH", "nghề"])
def test_no_match_is_lost_where_two_pieces_meet(query: str) -> None:
    shown = {"nghề": "nghề"}.get(query, query)
    for before in range(highlight._PIECE - 30, highlight._PIECE + 5):
        text = f"{'x' * before} {shown} {'y' * 3_000}"
        assert excerpt_marks(query, text) == [shown], before


def test_a_part_of_a_word_is_no_match_where_two_pieces_meet() -> None:
    for before in range(highlight._PIECE - 30, highlight._PIECE + 5):
        assert excerpt_marks("an toàn", f"{'x' * before} lan toàn toànx {'y ' * 1_500}") == [], before
        assert excerpt_marks("nghề", f"{'x' * before}nghề nghềx {'y ' * 1_500}") == [], before


def test_all_that_is_shown_is_marked() -> None:
    before = "x" * (highlight._PIECE - 40)
    text = f"{before} học nghề và học phí, học nghề, rồi lại học nghề. {'y ' * 900}"
    assert excerpt_marks("học nghề", text) == ["học nghề"] * 3


@given(st.text(max_size=400), st.text(max_size=40))
def test_segments_are_the_text(text: str, query: str) -> None:
    segments = Highlighter(read_query(query, [])).whole(text)
    assert "".join(one.text for one in segments) == text


def excerpt_of(query: str, text: str) -> str:
    return "".join(one.text for one in Highlighter(read_query(query, [])).excerpt(text))


@pytest.mark.parametrize("query", ["học nghề", "không có ở đây"])
def test_an_excerpt_never_ends_inside_a_word(query: str) -> None:
    """Wherever it is cut, also where the text ends soon after."""
    for before in range(200, 320):
        text = f"{'ab ' * (before // 3)}học nghề miễn phí cho người lao động nước ngoài trong tháng tới này"
        words = excerpt_of(query, text).replace("\u00a0", " ").replace("…", " ").split()
        assert set(words) <= set(text.split()), before
    text = " ".join(f"tháng{number}" for number in range(60))
    for length in range(100, len(text)):
        cut = text[:length].rsplit(" ", 1)[0]
        words = excerpt_of(query, cut).replace("\u00a0", " ").replace("…", " ").split()
        assert set(words) <= set(cut.split()), length


def test_the_dots_of_a_cut_never_stand_alone() -> None:
    excerpt = excerpt_of("học nghề", f"{'Lời mở đầu dài. ' * 30}Học nghề. {'Lời kết dài. ' * 30}")
    assert (excerpt[:2], excerpt[-2:], " …" in excerpt, "… " in excerpt) == (
        "…\u00a0",
        "\u00a0…",
        False,
        False,
    )


def test_points_of_a_list_are_parted_by_more_than_a_dash() -> None:
    text = "Hồ sơ gồm:\n- Đơn đề nghị học nghề\n- Bản sao thẻ căn cước\n\n• Ảnh 3x4.\nNộp tại xã - phường."
    assert excerpt_of("học nghề", text) == (
        "Hồ sơ gồm: Đơn đề nghị học nghề; Bản sao thẻ căn cước; Ảnh 3x4. Nộp tại xã - phường."
    )
