"""The section never changes the portal's own words: its catalogue is read before Wagtail's and Django's."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import django
import pytest
import wagtail
from django.apps import apps

import pakn_portal
from pakn_portal.text.tones import place_tones
from scripts.words_of_wagtail import read
from tests.docs.pages import DOCS

Message = tuple[str, str]  # context, message

OURS: Final = Path(pakn_portal.__file__).parent / "locale"
CMS: Final = OURS.parent / "wagtail_vietnamese" / "locale"


def theirs(domain: str) -> dict[Message, set[str]]:
    """Each message of Wagtail, Django and the apps beside us, with what Vietnamese they have for it."""
    found: dict[Message, set[str]] = {}
    packages = [Path(package.__file__).parent for package in (django, wagtail)]
    packages += [Path(app.path) for app in apps.get_app_configs() if "site-packages" in app.path]
    for english in {path for package in packages for path in package.rglob(f"en/LC_MESSAGES/{domain}.po")}:
        vietnamese = read(english.parents[2] / "vi" / "LC_MESSAGES" / english.name)
        for message in (*read(english), *vietnamese):
            translation = vietnamese.get(message, "")
            found.setdefault(message, set()).update({translation} if translation else ())
    return found


#: Words of Django's own admin that the CMS uses in another sense: there “History” leads to versions and acts,
#: which everything else calls “lịch sử”, and “bản ghi nhớ” is a memorandum. And the CMS has two words for one
#: act where it was translated in part: “thu hồi xuất bản” on a button, “gỡ” wherever it asks and tells.
#: “Username” it leaves in English, and four sentences lost the blank beside a name (“nhậpcủa bạn”).
BETTER_IN_THE_CMS: Final = {
    ("", "%(label)s and Publish"): "%(label)s và công khai",
    ("", "Enter your %(username_field_name)s"): "%(username_field_name)s",
    ("", "History"): "Lịch sử",
    ("", "Last Name"): "Họ và chữ đệm",
    ("", "Resubmit to %(task_name)s"): "Gửi lại cho bước %(task_name)s",
    ("", "Unpublish"): "Gỡ công khai",
    ("", "Unpublished"): "Đã gỡ",
    ("", "Username"): "Tên đăng nhập",
    (
        "",
        "Your %(username_field)s and password didn't match. Please try again.",
    ): "%(username_field)s hoặc mật khẩu không đúng. Hãy thử lại.",
}


def filled_gaps() -> set[str]:
    """What `wagtail_vietnamese` has: words of the CMS that it has no Vietnamese for."""
    return {message for _context, message in read(CMS / "vi/LC_MESSAGES/django.po")}


def test_what_others_translate_we_translate_alike() -> None:
    others = theirs("django")
    changed = {
        message: (ours, others[message])
        for catalogue in (OURS, CMS)
        for message, ours in read(catalogue / "vi/LC_MESSAGES/django.po").items()
        if others.get(message) and ours not in others[message]
    }
    assert {message: ours for message, (ours, _theirs) in changed.items()} == BETTER_IN_THE_CMS
    assert not set(BETTER_IN_THE_CMS) & set(read(OURS / "vi/LC_MESSAGES/django.po"))


def test_what_others_leave_open_is_filled_knowingly() -> None:
    """A word of theirs without Vietnamese is translated in their sense only, as `wagtail_vietnamese` does."""
    others, named = theirs("django"), filled_gaps()
    filled = [
        message
        for message in read(OURS / "vi/LC_MESSAGES/django.po")
        if message in others and not others[message] and message[1] not in named
    ]
    assert filled == []


def test_tone_marks_stand_in_one_place() -> None:
    """“khóa” everywhere, never “khoá”."""
    texts = [
        text
        for catalogue in (OURS, CMS)
        for domain in ("django", "djangojs")
        for text in read(catalogue / f"vi/LC_MESSAGES/{domain}.po").values()
    ]
    texts += [path.read_text() for path in (DOCS / "huong-dan").glob("*.md")]
    assert len(texts) > 1000
    wrong = [
        (word, right)
        for text in texts
        for word, right in zip(text.split(), place_tones(text, "old").split(), strict=True)
        if word != right
    ]
    assert wrong == []


@pytest.mark.parametrize("word", ["Number", "To", "History", "Next", "Document"])
def test_the_reader_of_catalogues_knows_their_words(word: str) -> None:
    """Without this the two tests above would hold for an empty catalogue too."""
    assert ("", word) in theirs("django")
    assert any(message == word for _context, message in read(OURS / "vi/LC_MESSAGES/django.po"))
