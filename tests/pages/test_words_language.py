"""Vietnamese words in a page of another language say so, for screen readers (WCAG 3.1.2)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from wagtail.users.models import UserProfile

from pakn_portal.staff.addresses import case_url
from tests.factories import make_case, make_ministry
from tests.pages.answers import publish
from tests.pages.test_tracking import make_mine, open_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry(section: Any) -> Any:
    return make_ministry()


@pytest.fixture
def english(settings: Any) -> None:
    settings.PAKN_PORTAL = {**settings.PAKN_PORTAL, "LANGUAGE": "en"}


def section_of(response: Any) -> tuple[str, str]:
    """The language of the section in this page, and what stands in it."""
    assert response.status_code == 200
    _before, language, html = re.split(r'<div class="pakn" lang="(\w+)">', response.content.decode())
    return language, html.split("<footer")[0]


def marked(html: str) -> list[str]:
    """The tag and the beginning of the text of each element that says it is Vietnamese."""
    found = re.findall(r'<(\w+)[^>]* lang="vi"[^>]*>\s*(?:<[^>]+>\s*)*([^<]*)', html)
    return [f"{tag}: {text.strip()}" for tag, text in found]


def test_question_and_answer_in_an_english_page(client: Client, ministry: Any, english: None) -> None:
    page = publish(ministry)
    language, html = section_of(client.get(page.url))
    assert language == "en"
    first = {"question": page.question.splitlines()[0], "answer": page.answer.splitlines()[0]}
    assert {
        f"h1: {page.title}", f"span: {page.title}", f"div: {first['question']}", f"div: {first['answer']}",
    } <= set(marked(html))  # fmt: skip
    assert not any("Question" in each or "Answer" in each for each in marked(html))


def test_lists_of_answers_in_an_english_page(client: Client, ministry: Any, english: None) -> None:
    page = publish(ministry)
    archive = page.get_parent()
    _language, html = section_of(client.get(archive.url))
    assert f"a: {page.title}" in marked(html)
    assert any(each.startswith("p: ") for each in marked(html))
    assert 'data-titles-lang="vi"' in html
    _language, html = section_of(client.get(archive.get_parent().url))
    assert f"a: {page.title}" in marked(html)


@pytest.mark.usefixtures("section", "quick")
def test_what_senders_wrote_on_their_english_tracking_page(client: Client, english: None) -> None:
    case, secret = make_mine()
    language, html = section_of(open_case(client, case, secret))
    assert language == "en"
    assert {"dd: Hỏi", "div: Tôi nghỉ việc đã hai tháng."} <= set(marked(html))


def test_a_vietnamese_page_says_it_once(client: Client, ministry: Any) -> None:
    page = publish(ministry)
    for url in (page.url, page.get_parent().url):
        language, html = section_of(client.get(url))
        assert language == "vi"
        assert 'lang="vi"' not in html


def test_what_was_sent_in_an_english_admin(client: Client, ministry: Any) -> None:
    case = make_case("answered", ministry)
    client.force_login(ministry.intake)
    UserProfile.objects.update_or_create(user=ministry.intake, defaults={"preferred_language": "en"})
    html = client.get(case_url(case.pk)).content.decode()
    assert f"h2: {case.submission.title}" in marked(html)
    assert any(case.submission.content.splitlines()[0] in each for each in marked(html))
