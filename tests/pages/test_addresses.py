from __future__ import annotations

import pytest

from pakn_portal.pages.answers.prepared import LONGEST_SLUG, answer_slug


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Nghỉ việc hai tháng còn kịp không?", "nghi-viec-hai-thang-con-kip-khong-7"),
        (
            "Người lao động nghỉ việc hai tháng có được nộp hồ sơ hưởng trợ cấp không",
            "nguoi-lao-dong-nghi-viec-hai-thang-co-duoc-nop-ho-so-huong-7",
        ),
        # a word that ends just where the cut is
        (f"{'a' * 29} {'b' * 30} c", f"{'a' * 29}-{'b' * 30}-7"),
        # one word without an end
        ("x" * 90, f"{'x' * LONGEST_SLUG}-7"),
        ("???", "7"),
    ],
)
def test_an_address_is_cut_between_two_words(title: str, slug: str) -> None:
    assert answer_slug(title, "7") == slug
