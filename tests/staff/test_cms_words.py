from __future__ import annotations

from django.utils.translation import gettext, ngettext, override

from pakn_portal.staff.cms_words import WORDS


def test_words_wagtail_has_no_vietnamese_for_come_from_our_catalogue() -> None:
    with override("vi"):
        assert gettext("Awaiting your review") == "Chờ bạn duyệt"
        assert ngettext("Publish 1 page", "Publish %(counter)s pages", 1) == "Công khai %(counter)s trang"


def test_no_word_is_left_in_english() -> None:
    with override("vi"):
        assert [word for word in WORDS if gettext(word) == word] == []
