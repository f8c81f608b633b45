"""Screens of the CMS that people of the section come to, also with errors, as they read them."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any, Final

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from pakn_portal.notifications.edited.models import MailTemplate
from pakn_portal.snippets.models import DeadlineRule, RefusalReason, Sector
from pakn_portal.text.syllable_shapes import is_syllable

pytestmark = pytest.mark.django_db

_WORD: Final = re.compile(r"[\w'’-]+")
_LATIN: Final = re.compile(r"[A-Za-z][A-Za-z'’-]{2,}")
#: Names, and words that everybody uses.
KNOWN: Final = {
    "http",
    "ten-trang",
    "username",
    "moderators",
    "approval",
    "editors",
    "wagtail",
    "pakn",
    "testserver",
    "javascript",
    "domain",
    "blog",
    "url",
    "web",
    "slug",
    "menu",
}
KNOWN |= {
    "email",
    "avif",
    "gif",
    "jpg",
    "jpeg",
    "png",
    "webp",
    "csv",
    "xlsx",
    "tsv",
    "boss",
    "example",
    "blocks",
}
#: What Wagtail and Django write in English without asking any catalogue.
FIXED: Final = {"Search", "Actions", "Root", "action-publish", "Username", "English"}
#: Wagtail's own translation, and the name of a row that it makes.
FIXED |= {"Xem bản live", "Moderators approval"}
#: Where nothing is counted Wagtail hides the word "None"; anywhere else it would be read.
_COUNTER: Final = re.compile(r"<div data-side-panel-toggle-counter [^>]* hidden>\s*None\s*</div>")
#: For readers of the screen alone: the names of rights as the database keeps them.
FIXED_BEGINNINGS: Final = ("Can add ", "Can change ", "Can delete ")


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self._within: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style", "template", "svg", "code"):
            self._within.append(tag)
        self.texts += [
            value for name, value in attrs if value and name in ("title", "aria-label", "placeholder")
        ]

    def handle_endtag(self, tag: str) -> None:
        if self._within and tag == self._within[-1]:
            self._within.pop()

    def handle_data(self, data: str) -> None:
        if not self._within:
            self.texts.append(data)


def english(response: Any) -> set[str]:
    """Texts with a word that is neither Vietnamese nor known."""
    words = _Words()
    words.feed(_COUNTER.sub("", response.content.decode()))
    found = set()
    for text in (" ".join(each.split()) for each in words.texts):
        text = re.sub(r"\b\w+\.\w+\b", "", text)
        if text in FIXED or text.startswith(FIXED_BEGINNINGS):
            continue
        latin = [word for word in _WORD.findall(text) if _LATIN.fullmatch(word) and word.lower() not in KNOWN]
        if any(not is_syllable(word.lower()) for word in latin):
            found.add(text)
    return found


@pytest.fixture
def boss(section: Any, client: Client) -> Client:
    client.force_login(get_user_model().objects.create_superuser("boss", "boss@example.vn", "x"))
    return client


def test_the_sign_in_is_vietnamese(db: Any, client: Client) -> None:
    page = client.get("/admin/login/")
    assert "Mật khẩu" in page.content.decode()
    assert english(page) == set()


def test_a_tick_is_read_out_in_vietnamese(boss: Client) -> None:
    """“True” is spelt like a Vietnamese word, so the others do not see it."""
    MailTemplate.objects.create(mail="guided", subject="{{ mã hồ sơ }}", body="{{ lời của Bộ }}")
    for model in (MailTemplate, RefusalReason, DeadlineRule, Sector):
        html = boss.get(reverse(model.snippet_viewset.get_url_name("list"))).content.decode()  # type: ignore[attr-defined]
        words = re.findall(r'<span class="w-sr-only">\s*(\w+)\s*</span>', html)
        assert {"Có", "Không"} & {*words}, model
        assert not {"True", "False"} & {*words}, model


def test_rights_are_named_in_vietnamese(boss: Client) -> None:
    page = boss.get(f"/admin/groups/edit/{Group.objects.get(name__contains='Văn phòng Bộ').pk}/")
    html = page.content.decode()
    assert english(page) == set()
    for name in (
        "Tiếp nhận, phân loại, chuyển hồ sơ",
        "Công khai, đính chính, gỡ câu trả lời",
        "Được vào trang quản trị",
    ):
        assert name in html


def test_pages_are_made_and_refused_in_vietnamese(boss: Client) -> None:
    home = Page.objects.get(depth=2)
    section = Page.objects.get(url_path__endswith="/pakn/")
    assert english(boss.get(f"/admin/pages/{home.pk}/add_subpage/")) == set()
    add = f"/admin/pages/add/pakn_portal/sectionpage/{home.pk}/"
    assert english(boss.get(add)) == set()
    taken = boss.post(
        add,
        {
            "title": "Chuyên mục",
            "slug": section.slug,
            "intro": "null",
            "comments-TOTAL_FORMS": 0,
            "comments-INITIAL_FORMS": 0,
        },
    )
    assert english(taken) == set()
    assert "trong địa chỉ đã có ở trang cấp trên" in taken.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/admin/",
        "/admin/users/",
        "/admin/users/new/",
        "/admin/groups/new/",
        "/admin/collections/add/",
        "/admin/reports/page-types-usage/",
        "/admin/reports/site-history/",
        "/admin/reports/workflow/",
        "/admin/snippets/pakn_portal/deadlinerule/add/",
        "/admin/snippets/pakn_portal/holiday/add/",
        "/admin/pages/usage/pakn_portal/submissionpage/",
        "/admin/images/multiple/add/",
    ],
)
def test_no_screen_is_half_english(address: str, boss: Client) -> None:
    page = boss.get(address)
    assert page.status_code == 200
    assert english(page) == set()
    if "/snippets/" in address or "/users/new" in address:
        assert english(boss.post(address, {})) == set()
