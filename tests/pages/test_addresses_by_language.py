"""A portal with `i18n_patterns`: the section's words are Vietnamese, its addresses the visitor's."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.test import Client
from django.utils import translation
from wagtail.models import Locale
from wagtail.users.models import UserProfile

from pakn_portal.notifications.outbox.sending import send_due_mails
from pakn_portal.pages.models import SubmissionPage
from tests.factories import make_case, make_ministry
from tests.pages.answers import publish
from tests.pages.test_tracking import make_mine

pytestmark = pytest.mark.django_db

ENGLISH_AND_FRENCH = [("en", "English"), ("fr", "Français")]
GERMAN_AND_VIETNAMESE = [("de", "Deutsch"), ("vi", "Tiếng Việt")]
#: The portal's own menu and words, around the section.
BASE = """{% load i18n wagtailcore_tags %}<html><title>{% block title %}{% endblock %}</title>
{% block extra_css %}{% endblock %}<a href="{% url 'pakn_portal:challenge' %}">{% translate "January" %}</a>
<a href="{% pageurl page %}">{% get_current_language as code %}menu in {{ code }}</a>
{% block content %}{% endblock %}</html>"""


def make_portal(settings: Any, languages: list[tuple[str, str]], code: str, **more: Any) -> None:
    settings.ROOT_URLCONF = "tests.urls_by_language"
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = languages
    Locale.objects.update(language_code=languages[0][0])
    settings.LANGUAGE_CODE = code
    settings.MIDDLEWARE = [
        *settings.MIDDLEWARE[:1],
        "django.middleware.locale.LocaleMiddleware",
        *settings.MIDDLEWARE[1:],
    ]
    loaders = [
        ("django.template.loaders.locmem.Loader", {"base.html": BASE}),
        "django.template.loaders.app_directories.Loader",
    ]
    (engine,) = settings.TEMPLATES
    options = {**engine["OPTIONS"], "loaders": loaders}
    settings.TEMPLATES = [{**engine, "APP_DIRS": False, "OPTIONS": options}]
    for name, value in more.items():
        setattr(settings, name, value)
    translation.activate(code)


@pytest.fixture(params=["en", "en-us"])
def english(request: Any, settings: Any, section: Any) -> Any:
    """No address is in Vietnamese."""
    make_portal(settings, ENGLISH_AND_FRENCH, request.param)
    yield section
    translation.deactivate()


@pytest.fixture
def german(settings: Any, section: Any) -> Any:
    """Vietnamese is there too, for who asks for it."""
    make_portal(settings, GERMAN_AND_VIETNAMESE, "de")
    yield section
    translation.deactivate()


def links_of(html: str) -> set[str]:
    found = re.findall(r'(?:href|action|data-pakn-proof|data-pakn-suggestions)="([^"#]*)', html)
    paths = {urlsplit(link).path for link in found if not link.startswith(("mailto:", "tel:", "data:"))}
    return {path for path in paths if path and not path.startswith("/static/")}


def form_address() -> str:
    return str(SubmissionPage.objects.get(sender_kind="citizen").url)


def seen(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return str(response.content.decode())


def walk(client: Client, first: str, prefix: str) -> set[str]:
    """Every address that pages of the section name, from the first one on; all of them are there."""
    waiting, known = [first], {first}
    while waiting:
        address = waiting.pop()
        response = client.get(address)
        assert response.status_code in (200, 302, 405), address
        assert address.startswith(prefix)
        if '<div class="pakn" lang="vi">' in (html := response.content.decode(errors="replace")):
            new = links_of(html) - known
            known |= new
            waiting += new
    return known


def test_every_link_is_at_the_visitors_address(client: Client, english: Any) -> None:
    page = publish(make_ministry())
    english.intro = f'<a linktype="page" id="{english.get_parent().pk}">Cổng</a>'
    english.save()
    known = walk(client, "/en/pakn/", "/en/")
    assert {"/en/pakn-he-thong/thu-thach/", "/en/pakn-he-thong/goi-y/", "/en/"} <= known
    assert page.url in known


def test_the_words_are_vietnamese_all_the_same(client: Client, english: Any) -> None:
    html = seen(client, "/en/pakn/tra-cuu/")
    assert "Mã tra cứu" in html
    assert 'aria-label="Vị trí của trang này"' in html


def test_a_visitor_of_another_language_keeps_it(client: Client, english: Any) -> None:
    assert 'class="pakn" lang="fr"' in (html := seen(client, "/fr/pakn/"))
    assert all(link.startswith("/fr/") for link in links_of(html))


def test_a_form_that_was_refused_and_a_case_lead_on(client: Client, english: Any, quick: None) -> None:
    case, secret = make_mine()
    number_and_secret = {"number": case.number, "secret": secret}
    for response in (client.post("/en/pakn/tra-cuu/", number_and_secret), client.post(form_address(), {})):
        html = response.content.decode()
        assert '<div class="pakn" lang="vi">' in html
        assert all(link.startswith("/en/") for link in links_of(html))


def test_the_proof_is_there_in_a_portal_that_translates_its_pages(
    client: Client, english: Any, settings: Any
) -> None:
    settings.WAGTAIL_I18N_ENABLED = True
    html = seen(client, form_address())
    (proof,) = re.findall(r'data-pakn-proof="([^"]+)"', html)
    assert client.get(proof).status_code == 200


def test_links_in_mails_are_at_an_address_of_the_portal(client: Client, english: Any) -> None:
    ministry = make_ministry()
    case = make_case("submitted", ministry)
    translation.activate("vi")  # whoever works in the admin, and lets the mails go
    send_due_mails()
    translation.activate("en")
    assert mail.outbox
    links = [link for sent in mail.outbox for link in re.findall(r"https?://\S+", sent.body)]
    assert case.number in "".join(sent.body for sent in mail.outbox)
    assert links
    for link in links:
        path = urlsplit(link).path
        assert path.startswith("/en/")
        assert client.get(path).status_code in (200, 302)


def test_staff_who_read_vietnamese_find_the_files_and_the_page(client: Client, english: Any) -> None:
    ministry = make_ministry()
    page = publish(ministry)
    UserProfile.objects.update_or_create(user=ministry.intake, defaults={"preferred_language": "vi"})
    client.force_login(ministry.intake)
    case = page.public_text.case
    html = seen(client, f"/en/admin/pakn/cases/inspect/{case.pk}/")
    assert page.url in links_of(html)


def test_the_portals_own_part_stays_in_the_visitors_language(client: Client, german: Any) -> None:
    html = seen(client, "/de/pakn/tra-cuu/")
    assert "Mã tra cứu" in html
    assert "Januar<" in html
    assert "menu in de<" in html
    assert all(link.startswith("/de/") for link in links_of(html))
    chosen = seen(client, "/vi/pakn/tra-cuu/")
    assert all(link.startswith("/vi/") for link in links_of(chosen))
    assert "menu in vi<" in chosen
