from __future__ import annotations

import pytest
from hypothesis import given

from pakn_portal.answers.differences import DiffOp, Piece, word_differences
from tests.text.strategies import messy, vietnamese

S, R, A = DiffOp.SAME, DiffOp.REMOVED, DiffOp.ADDED


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("", "", []),
        ("Nộp ở xã.", "Nộp ở xã.", [(S, "Nộp ở xã.")]),
        ("Nộp ở xã", "Nộp ở phường", [(S, "Nộp ở "), (R, "xã"), (A, "phường")]),
        ("", "Nộp", [(A, "Nộp")]),
        ("Một\nHai\nBa", "Một\nBa", [(S, "Một\n"), (R, "Hai\n"), (S, "Ba")]),
        ("báo trước 30 ngày", "báo trước 45 ngày làm việc", [
            (S, "báo trước "), (R, "30"), (A, "45"), (S, " ngày"), (A, " làm việc")]),
        ("Nộp đơn ở xã. Hết.", "Gửi thư về phường. Hết.", [
            (R, "Nộp đơn ở xã."), (A, "Gửi thư về phường."), (S, " Hết.")]),
        ("Theo quy định cũ, ông nộp tại xã", "Xin báo ông đến thẳng phường", [
            (R, "Theo quy định cũ, ông nộp tại xã"), (A, "Xin báo ông đến thẳng phường")]),
    ],
)  # fmt: skip
def test_words_that_came_and_went(before: str, after: str, pieces: list[tuple[DiffOp, str]]) -> None:
    assert word_differences(before, after) == [Piece(*piece) for piece in pieces]


@given(vietnamese | messy, vietnamese | messy)
def test_both_texts_can_be_read_from_it(before: str, after: str) -> None:
    pieces = word_differences(before, after)
    assert "".join(text for change, text in pieces if change != A) == before
    assert "".join(text for change, text in pieces if change != R) == after
    assert all(text for _change, text in pieces)


def test_a_text_of_the_same_word_is_told_as_a_whole() -> None:
    before, after = "a " * 20_000, "a " * 19_000 + "b"
    assert [piece.change for piece in word_differences(before, after)] == [R, A]


def test_neither_do_many_lines_make_the_work_grow() -> None:
    assert word_differences("a\n" * 20_000, "a\n" * 19_000 + "b")[-1].change == A
