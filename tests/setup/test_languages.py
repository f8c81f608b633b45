"""What `pakn_setup` writes where the section speaks English, and that changing over makes nothing twice."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import Locale, Page, Site, Task, Workflow

import pakn_portal
from pakn_portal import permissions
from pakn_portal.management.removal import remove_from_portal
from pakn_portal.management.setup.roles import role_group
from pakn_portal.pages.models import SectionPage, SubmissionPage
from pakn_portal.snippets.models import Agency, DeadlineRule, Holiday, RefusalReason, Sector
from pakn_portal.snippets.needed import reason_not_supplemented
from pakn_portal.snippets.starter_rows import read
from tests.factories import make_user
from tests.setup.test_pakn_setup import counts, last_line, set_up

STARTER = Path(pakn_portal.__file__).parent / "snippets" / "starter"
#: Synonyms look into the archive's text, which is Vietnamese.
WITH_WORDS = {
    "agencies": Agency,
    "deadline_rules": DeadlineRule,
    "holidays": Holiday,
    "refusal_reasons": RefusalReason,
    "sectors": Sector,
}
#: Numbers of documents are the same in every language: 20/2008/NĐ-CP.
NUMBER = re.compile(r"\d+(/\d+)?[/-][\w-]+(/[\w-]+)?")


def is_vietnamese(text: str) -> bool:
    """Whether a letter stands in it that English has not."""
    letters = unicodedata.normalize("NFD", NUMBER.sub("", text))
    return any(unicodedata.combining(one) or one in "đĐ" for one in letters)


def section_pages(site: Site) -> list[Page]:
    return list(SectionPage.objects.get().get_descendants(inclusive=True).specific())


def content(site: Site) -> Iterator[str]:
    for page in section_pages(site):
        yield from (page.title, page.draft_title, page.slug, page.search_description, page.intro)
    for model in (Workflow, Task, Group):
        yield from model._default_manager.values_list("name", flat=True)
    for model in WITH_WORDS.values():
        for row in model._default_manager.values():
            yield from (value for value in row.values() if isinstance(value, str))


@pytest.fixture
def english(settings: Any) -> None:
    settings.PAKN_PORTAL = {**settings.PAKN_PORTAL, "LANGUAGE": "en"}


def test_nothing_in_an_english_section_is_vietnamese(english: None, site: Site) -> None:
    Group.objects.all().delete()
    set_up()
    assert [text for text in content(site) if is_vietnamese(text)] == []
    assert [page.slug for page in section_pages(site)] == [
        "pakn", "send", "citizens", "businesses", "track", "answers",
    ]  # fmt: skip
    assert SubmissionPage.objects.get(slug="citizens").intro.startswith("<p>Write in Vietnamese")
    assert "in Vietnamese" in RefusalReason.objects.get(code="not_vietnamese").public_text


def test_the_measure_knows_vietnamese(site: Site) -> None:
    """Without this the test above would hold for anything."""
    set_up()
    assert len([text for text in content(site) if is_vietnamese(text)]) > 250


@pytest.mark.parametrize("name", WITH_WORDS)
def test_every_row_has_its_english(name: str) -> None:
    for row in json.loads((STARTER / f"{name}.json").read_text()):
        english = row.pop("en")
        written = {field for field, text in row.items() if isinstance(text, str) and is_vietnamese(text)}
        assert written - english.keys() == set(), row
        assert all(row[field] for field in english), row
        assert not any(is_vietnamese(text) or not text for text in english.values()), row


@pytest.mark.django_db
@pytest.mark.parametrize("name", WITH_WORDS)
def test_english_rows_are_valid(name: str) -> None:
    for row in read(name, "en"):
        WITH_WORDS[name](**row).full_clean(validate_unique=False, validate_constraints=False)


@pytest.mark.parametrize(("first", "then"), [("vi", "en"), ("en", "vi")])
def test_another_language_makes_nothing_twice_and_changes_nothing(site: Site, first: str, then: str) -> None:
    made = last_line(set_up(language=first)).split()[0]
    before, words = counts(), sorted(content(site))
    assert last_line(set_up(language=then)) == f"0 created, {made} kept."
    assert counts() == before
    assert sorted(content(site)) == words


def test_the_option_goes_before_the_setting(english: None, site: Site) -> None:
    set_up(language="vi")
    assert SectionPage.objects.get().title == "Bộ với Người dân và Doanh nghiệp"


@pytest.mark.parametrize(
    ("setting", "title", "notes"),
    [
        ("en-gb", "The Ministry for Citizens and Businesses", 0),
        ("fr", "The Ministry for Citizens and Businesses", 1),
        ("", "Bộ với Người dân và Doanh nghiệp", 0),  # the portal's own, vi
    ],
)
def test_a_third_language_gets_english_and_is_told(
    settings: Any, site: Site, setting: str, title: str, notes: int
) -> None:
    settings.PAKN_PORTAL = {**settings.PAKN_PORTAL, "LANGUAGE": setting}
    output = set_up()
    assert SectionPage.objects.get().title == title
    assert output.count("There is no content in “fr”") == notes


def test_a_role_is_known_by_its_english_name(english: None, site: Site, client: Client) -> None:
    set_up()
    publishers = role_group("publisher")
    assert publishers.name == "PAKN – Publishers"
    assert publishers.permissions.filter(codename="publish_case").exists()
    make_user("bientap").groups.add(publishers)
    client.force_login(get_user_model().objects.create_superuser("quantri", "quantri@bo.example", "x"))
    response = client.post(reverse("wagtailusers_groups:delete", args=[publishers.pk]), follow=True)
    assert Group.objects.filter(pk=publishers.pk).exists()
    assert "PAKN – Publishers" in response.content.decode()
    assert remove_from_portal()["groups"] == len(permissions.ROLES)
    assert not Group.objects.filter(name__startswith="PAKN").exists()


def test_a_reason_that_is_put_back_is_english(english: None, site: Site) -> None:
    assert reason_not_supplemented().name == "What was asked for was not added"


def test_a_tree_with_locales_keeps_them(settings: Any, site: Site, client: Client) -> None:
    settings.WAGTAIL_I18N_ENABLED = True
    locale = Locale.objects.create(language_code="en")
    home = site.root_page.copy_for_translation(locale)
    home.save_revision().publish()
    other = Site.objects.create(hostname="en.example", root_page=home)
    set_up(language="en", site=other.hostname)
    assert {page.locale for page in section_pages(site)} == {locale}
    with translation.override("en"):
        assert client.get("/pakn/answers/").status_code == 200
    assert last_line(set_up(language="vi", site=other.hostname)).startswith("0 created")
